/**
 * Export of a session: the dialog, and the writing of session file, tables, trace and pictures off
 * the FX thread. Formats are the engine's; files go through {@code org.godwit.app.host}.
 */
package org.godwit.app.panel.export;
