package org.godwit.model.view;

import org.godwit.model.ProcessId;

/**
 * A terminal of the session that is open. What it shows is in the events.
 *
 * @param terminal its id
 * @param node its node
 * @param device its path there, e.g. {@code /dev/pts/0}
 * @param rows lines of its window
 * @param columns characters of a line
 * @param leader the process that leads the session on it, or null if it has ended
 * @param foreground pid of the foreground process group, 0 for none
 * @param waiting bytes typed that nobody has read yet
 */
public record TerminalView(
    String terminal,
    int node,
    String device,
    int rows,
    int columns,
    ProcessId leader,
    int foreground,
    int waiting) {}
