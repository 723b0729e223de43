/**
 * The nouns of a cluster as immutable values: ids, scenario, commands, events, views, stay reasons,
 * the session file and its codec.
 *
 * <p>No behaviour of a cluster lives here, no thread, no clock, no host file and no sentence for
 * people. Everyone may call it, from any thread.
 */
package org.godwit.model;
