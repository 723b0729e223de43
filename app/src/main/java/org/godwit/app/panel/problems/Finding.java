package org.godwit.app.panel.problems;

import java.util.List;
import java.util.function.Supplier;
import org.godwit.app.notice.Notice;
import org.godwit.engine.session.Explanation;
import org.godwit.model.ProcessId;

/**
 * Something that a person should look at.
 *
 * @param severity how much it matters
 * @param atNanos virtual time, or −1 if it belongs to no moment
 * @param process whom it concerns, or null
 * @param node where, or 0
 * @param words the sentence, in the language of the moment at which it is asked for
 * @param remedies what can be done about it, the first one by one click; may be empty
 */
public record Finding(
    Notice.Severity severity,
    long atNanos,
    ProcessId process,
    int node,
    Supplier<String> words,
    List<Explanation.Remedy> remedies) {
  public Finding {
    remedies = List.copyOf(remedies);
  }

  /** The first remedy that a command can carry out, or null. */
  public Explanation.Remedy fix() {
    return remedies.stream().filter(each -> !each.commands().isEmpty()).findFirst().orElse(null);
  }
}
