/**
 * Moving a process: the protocol between its home, the node it leaves and the node it goes to, as a
 * documented state machine (decision 13). One {@link org.godwit.engine.migration.Mover} per node
 * plays all three parts. The body crosses only as serialised bytes.
 */
package org.godwit.engine.migration;
