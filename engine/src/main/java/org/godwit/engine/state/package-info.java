/**
 * The one walk over state (design rule 8): what lives in an island names each of its fields to a
 * {@link org.godwit.engine.state.Walk} in one method, and that method serves writing, reading and
 * hashing. Beside it {@link org.godwit.engine.state.GraphCopy}, which copies all of it in memory
 * for checkpoints. Both know nothing of what they go through.
 */
package org.godwit.engine.state;
