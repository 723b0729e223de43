package org.godwit.app.panel.problems;

import java.util.function.Supplier;
import org.godwit.app.notice.Notice;
import org.godwit.model.ProcessId;

/**
 * Something that a person should look at.
 *
 * @param severity how much it matters
 * @param atNanos virtual time, or −1 if it belongs to no moment
 * @param process whom it concerns, or null
 * @param node where, or 0
 * @param words the sentence, in the language of the moment at which it is asked for
 * @param fix what one click can do about it
 */
public record Finding(
    Notice.Severity severity,
    long atNanos,
    ProcessId process,
    int node,
    Supplier<String> words,
    Fix fix) {
  /** What one click can do. */
  public enum Fix {
    /** Nothing. */
    NONE,
    /** Lock the process. */
    LOCK
  }
}
