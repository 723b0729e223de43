/**
 * Everything a user can do to a cluster. Commands are the only input of a session (design rule 7).
 */
package org.godwit.model.command;
