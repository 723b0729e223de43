/**
 * Recordings as editor tabs, read-only: the same panels as a live session's, filled once from the
 * file. FX thread; files are read on another.
 */
package org.godwit.app.panel.recording;
