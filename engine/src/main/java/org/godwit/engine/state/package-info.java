/**
 * The one walk over state (design rule 8): what lives in an island names each of its fields to a
 * {@link org.godwit.engine.state.Walk} in one method, and that method serves writing, reading and
 * hashing. Knows nothing of what it walks.
 */
package org.godwit.engine.state;
