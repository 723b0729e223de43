/**
 * The session file {@code *.godwit}: its layout, writing it, and reading it from a stream that
 * nobody vouches for. Works on streams; which file they belong to, and where it lies, is the app's
 * business. Used by the app and by exports.
 */
package org.godwit.engine.session.file;
