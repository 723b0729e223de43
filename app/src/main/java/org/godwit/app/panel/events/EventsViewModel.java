package org.godwit.app.panel.events;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;

/**
 * The event log that a person reads: the newest {@value #CAPACITY} events, filtered by kind, text
 * and selection. Older ones are counted, and stay in the session. FX thread only.
 */
public final class EventsViewModel {
  /** Events kept for reading. */
  public static final int CAPACITY = 20_000;

  private final Function<Event, String> sentences;
  private final ArrayDeque<EventRow> kept = new ArrayDeque<>();
  private final ObservableList<EventRow> visible = FXCollections.observableArrayList();
  private final ObservableList<EventRow> visibleView =
      FXCollections.unmodifiableObservableList(visible);
  private final ObservableSet<EventKind> kinds =
      FXCollections.observableSet(
          EnumSet.complementOf(EnumSet.of(EventKind.DECISION, EventKind.OUTPUT)));
  private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
  private final BooleanProperty onlySelected = new SimpleBooleanProperty(this, "onlySelected");
  private final ReadOnlyLongWrapper total = new ReadOnlyLongWrapper(this, "total", 0);
  private Set<ProcessId> processes = Set.of();
  private Set<Integer> nodes = Set.of();
  private String[] words = {};

  /**
   * @param sentences words an event
   */
  public EventsViewModel(Function<Event, String> sentences) {
    this.sentences = sentences;
    kinds.addListener((SetChangeListener<EventKind>) change -> refilter());
    onlySelected.addListener((property, before, after) -> refilter());
    filter.addListener(
        (property, before, after) -> {
          words = words(after);
          refilter();
        });
  }

  /** Takes over events that are new, in their order. */
  public void append(List<Event> events) {
    if (events.isEmpty()) {
      return;
    }
    List<EventRow> passing = new ArrayList<>();
    for (Event event : events) {
      EventRow row = new EventRow(event, EventKind.of(event.what()), sentences.apply(event));
      kept.addLast(row);
      if (passes(row)) {
        passing.add(row);
      }
    }
    total.set(total.get() + events.size());
    int gone = 0;
    while (kept.size() > CAPACITY) {
      EventRow oldest = kept.removeFirst();
      if (gone < visible.size() && visible.get(gone) == oldest) {
        gone++;
      }
    }
    if (gone > 0) {
      visible.remove(0, gone);
    }
    int surplus = passing.size() - CAPACITY;
    visible.addAll(surplus > 0 ? passing.subList(surplus, passing.size()) : passing);
  }

  /** Words everything anew, after a change of language. */
  public void reword() {
    List<EventRow> again = new ArrayList<>(kept.size());
    for (EventRow row : kept) {
      again.add(new EventRow(row.event(), row.kind(), sentences.apply(row.event())));
    }
    kept.clear();
    kept.addAll(again);
    refilter();
  }

  /** Forgets everything; for another session. */
  public void clear() {
    kept.clear();
    visible.clear();
    total.set(0);
  }

  private static String[] words(String text) {
    String typed = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    return typed.isEmpty() ? new String[0] : typed.split("\\s+");
  }

  /**
   * The newest lines of the kinds that are shown with every word of {@code text}.
   *
   * @param most how many at most
   */
  public List<EventRow> find(String text, int most) {
    String[] wanted = words(text);
    List<EventRow> found = new ArrayList<>();
    Iterator<EventRow> back = kept.descendingIterator();
    while (back.hasNext() && found.size() < most) {
      EventRow row = back.next();
      if (kinds.contains(row.kind()) && hasWords(row, wanted)) {
        found.add(row);
      }
    }
    return found;
  }

  /** The lines that pass the filters, oldest first. Unmodifiable. */
  public ObservableList<EventRow> rows() {
    return visibleView;
  }

  /** The kinds that are shown; change it to filter. At first all but decisions and output. */
  public ObservableSet<EventKind> kinds() {
    return kinds;
  }

  /** Words that must all occur in a line's sentence, kind or process. */
  public StringProperty filter() {
    return filter;
  }

  /** Show only lines about what is selected; no effect while nothing is. */
  public BooleanProperty onlySelected() {
    return onlySelected;
  }

  /** How many events there were, those no longer kept included. */
  public ReadOnlyLongProperty total() {
    return total.getReadOnlyProperty();
  }

  /** Says what is selected. */
  public void select(Collection<ProcessId> selectedProcesses, Collection<Integer> selectedNodes) {
    processes = Set.copyOf(selectedProcesses);
    nodes = Set.copyOf(selectedNodes);
    if (onlySelected.get()) {
      refilter();
    }
  }

  private void refilter() {
    List<EventRow> wanted = new ArrayList<>();
    for (EventRow row : kept) {
      if (passes(row)) {
        wanted.add(row);
      }
    }
    visible.setAll(wanted);
  }

  private boolean passes(EventRow row) {
    return kinds.contains(row.kind()) && concernsSelection(row.event()) && hasWords(row, words);
  }

  private boolean concernsSelection(Event event) {
    if (!onlySelected.get() || (processes.isEmpty() && nodes.isEmpty())) {
      return true;
    }
    ProcessId process = event.what().process();
    return (process != null && processes.contains(process))
        || nodes.contains(event.node())
        || touchesNodes(event.what());
  }

  private boolean touchesNodes(Happening what) {
    return switch (what) {
      case Happening.MigrationRequested(_, var from, var to, _) -> either(from, to);
      case Happening.MigrationRefused(_, var from, var to, _, _) -> either(from, to);
      case Happening.MigrationStarted(_, var from, var to, _) -> either(from, to);
      case Happening.MigrationAborted(_, var from, var to, _) -> either(from, to);
      case Happening.Migrated(var migration) -> either(migration.from(), migration.to());
      case Happening.LinkSet(var a, var b, _, _) -> either(a, b);
      case Happening.LinkCut(var a, var b) -> either(a, b);
      default -> false;
    };
  }

  private boolean either(int a, int b) {
    return nodes.contains(a) || nodes.contains(b);
  }

  private static boolean hasWords(EventRow row, String[] words) {
    if (words.length == 0) {
      return true;
    }
    ProcessId process = row.event().what().process();
    String text =
        (row.sentence() + " " + row.kind() + " " + (process == null ? "" : process))
            .toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (!text.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
