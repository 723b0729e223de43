/**
 * Terminals of nodes: a tab for each login, drawn from the bytes that the session recorded, typed
 * at by commands. {@link org.godwit.app.terminal.TerminalScreen} knows what a screen holds; here it
 * is painted, scrolled, selected and given keys. FX thread only.
 */
package org.godwit.app.panel.terminal;
