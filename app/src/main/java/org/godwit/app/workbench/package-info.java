/**
 * The main window: menu, toolbar, docking, status bar, toasts, and what a panel gets to work with.
 * Panels register as {@link org.godwit.app.workbench.ToolWindow}s and see only {@link
 * org.godwit.app.workbench.WorkbenchContext}; the frame knows no panel by name.
 */
package org.godwit.app.workbench;
