/**
 * What a balancing policy of a user's own is made of: the one interface that classes from outside
 * implement. It changes only by additions.
 */
package org.godwit.model.policy;
