package org.godwit.app.panel.processes;

import java.util.Locale;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.view.ProcessView;

/**
 * The row of one process. There is one object for the whole life of the process, updated in place,
 * so that a table keeps its selection and its scroll position while figures change. FX thread only.
 */
public final class ProcessRow {
  private final ProcessId id;
  private final ReadOnlyObjectWrapper<Shown> shown;

  ProcessRow(Shown first) {
    this.id = first.process().id();
    this.shown = new ReadOnlyObjectWrapper<>(this, "shown", first);
  }

  /**
   * What a row shows at one instant.
   *
   * @param process the process
   * @param homeName name of its home node
   * @param onName name of the node it runs on
   */
  public record Shown(ProcessView process, String homeName, String onName) {
    /** Bytes of RAM that the process holds. */
    public long memoryBytes() {
      return process.residentPages() * 4096L;
    }

    /**
     * The stay reasons as {@code cantmove} words them, separated by blanks; empty if none holds.
     */
    public String reasonWords() {
      StringBuilder words = new StringBuilder();
      for (StayEvidence evidence : process.reasons()) {
        words.append(words.isEmpty() ? "" : " ").append(evidence.reason().word());
      }
      return words.toString();
    }
  }

  /** Who it is. */
  public ProcessId id() {
    return id;
  }

  /** What it shows now. */
  public Shown now() {
    return shown.get();
  }

  /** What it shows, as a property; changes only when something visible changed. */
  public ReadOnlyObjectProperty<Shown> shown() {
    return shown.getReadOnlyProperty();
  }

  void update(Shown next) {
    if (!Objects.equals(shown.get(), next)) {
      shown.set(next);
    }
  }

  /** Whether every word of a filter occurs in what the row shows. */
  boolean matches(String[] words) {
    if (words.length == 0) {
      return true;
    }
    Shown s = now();
    String text =
        (id
                + " "
                + s.process().program()
                + " "
                + String.join(" ", s.process().arguments())
                + " "
                + s.homeName()
                + " "
                + s.onName()
                + " "
                + s.process().state()
                + " "
                + s.process().waitingFor()
                + " "
                + s.reasonWords()
                + (s.process().lock() ? " lock" : "")
                + (s.process().isAway() ? " away" : ""))
            .toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (!text.contains(word)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return id + " " + now().process().program();
  }
}
