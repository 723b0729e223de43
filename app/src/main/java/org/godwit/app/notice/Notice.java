package org.godwit.app.notice;

import java.util.ArrayList;
import java.util.List;
import org.godwit.model.Problem;

/**
 * One message to the user. Kept as key and arguments, so that it follows the language.
 *
 * @param severity how much it matters
 * @param text what happened, and what to do
 * @param details what "Copy details" copies, e.g. a stack trace; empty if nothing
 * @param atNanos virtual time, or −1 if it belongs to no moment
 * @param remedies links offered with it
 */
public record Notice(
    Severity severity, Problem text, String details, long atNanos, List<Remedy> remedies) {
  public Notice {
    remedies = List.copyOf(remedies);
  }

  /** A notice without details and remedies. */
  public static Notice of(Severity severity, long atNanos, String key, Object... arguments) {
    return new Notice(severity, Problem.of(key, arguments), "", atNanos, List.of());
  }

  /** This notice with a link that does something about it. */
  public Notice with(String labelKey, Runnable action) {
    List<Remedy> more = new ArrayList<>(remedies);
    more.add(new Remedy(labelKey, action));
    return new Notice(severity, text, details, atNanos, more);
  }

  /** How much a notice matters. */
  public enum Severity {
    INFO,
    WARNING,
    ERROR
  }

  /**
   * A link of a notice.
   *
   * @param labelKey message key of the link
   * @param action what it does, on the FX thread
   */
  public record Remedy(String labelKey, Runnable action) {}
}
