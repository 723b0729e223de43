/**
 * What a terminal shows: bytes of a node's pseudo terminal in, a grid of characters out. The set of
 * control sequences is that of a VT102 with xterm's colours, titles, alternate screen and bracketed
 * paste, described as TERM=xterm-256color (ECMA-48; "XTerm Control Sequences", T. Dickey).
 *
 * <p>No window and no engine is known here; one thread at a time.
 */
package org.godwit.app.terminal;
