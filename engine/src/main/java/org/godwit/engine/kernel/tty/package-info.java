/**
 * Terminals: the two ends of a pseudo terminal with the line discipline between them (pty(7),
 * termios(3), drivers/tty/n_tty.c). Knows bytes, settings and process group numbers; what opens it
 * is in the file package, who is in which group is asked through {@link
 * org.godwit.engine.kernel.tty.JobPort}. Used by the file package; belongs to one island.
 */
package org.godwit.engine.kernel.tty;
