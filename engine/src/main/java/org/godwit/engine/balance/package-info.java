/**
 * Balancing policies: functions from what a node believes to a decision with its reasons. No clock,
 * no thread, no access to nodes; what a policy remembers it is given and gives back (design section
 * 6).
 */
package org.godwit.engine.balance;
