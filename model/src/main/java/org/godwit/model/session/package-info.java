/**
 * What the header of a session file states. Values only; reading and writing the file is the
 * engine's {@code session.file}.
 */
package org.godwit.model.session;
