package org.godwit.app.panel;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;

/**
 * The balancers' verdicts as data: the newest {@value #CAPACITY}, and the last one of each node and
 * about each process. The inspector's "Why?" and the decision table read the same ones. FX thread
 * only.
 */
public final class DecisionLog {
  /** Decisions kept. */
  public static final int CAPACITY = 5_000;

  private final ObservableList<Entry> entries = FXCollections.observableArrayList();
  private final ObservableList<Entry> view = FXCollections.unmodifiableObservableList(entries);
  private final Map<Integer, Double> loads = new HashMap<>();
  private final Map<Integer, Entry> byNode = new HashMap<>();
  private final Map<ProcessId, Entry> byProcess = new HashMap<>();

  /**
   * A decision with its place in the log.
   *
   * @param atNanos virtual time of the tick
   * @param node whose balancer spoke
   * @param decision what it considered and chose
   * @param truth runnable tasks that nodes really had over the sampling interval before, by node
   */
  public record Entry(long atNanos, int node, Decision decision, Map<Integer, Double> truth) {
    public Entry {
      truth = Map.copyOf(truth);
    }

    /** A decision of which the truth is not known. */
    public Entry(long atNanos, int node, Decision decision) {
      this(atNanos, node, decision, Map.of());
    }

    /** What it thought of a process, if it looked at it. */
    public Optional<Decision.Candidate> candidate(ProcessId process) {
      return decision.candidates().stream().filter(c -> c.process().equals(process)).findFirst();
    }
  }

  /** Takes over events of which the truth is not known. */
  public void append(List<Event> events) {
    append(events, List.of());
  }

  /** Takes over events and samples that are new; of events all but decisions are passed over. */
  public void append(List<Event> events, List<Sample> samples) {
    ArrayDeque<Entry> fresh = new ArrayDeque<>();
    int next = 0;
    for (Event event : events) {
      for (; next < samples.size() && samples.get(next).atNanos() <= event.atNanos(); next++) {
        loads.put(samples.get(next).node(), samples.get(next).runnable());
      }
      if (event.what() instanceof Happening.Decided(Decision decision)) {
        Entry entry = new Entry(event.atNanos(), event.node(), decision, loads);
        fresh.addLast(entry);
        byNode.put(event.node(), entry);
        for (Decision.Candidate candidate : decision.candidates()) {
          byProcess.put(candidate.process(), entry);
        }
      }
    }
    for (; next < samples.size(); next++) {
      loads.put(samples.get(next).node(), samples.get(next).runnable());
    }
    while (fresh.size() > CAPACITY) {
      fresh.removeFirst();
    }
    int surplus = entries.size() + fresh.size() - CAPACITY;
    if (surplus > 0) {
      entries.remove(0, surplus);
    }
    if (!fresh.isEmpty()) {
      entries.addAll(fresh);
    }
  }

  /** Forgets everything; for another session. */
  public void clear() {
    entries.clear();
    loads.clear();
    byNode.clear();
    byProcess.clear();
  }

  /** The decisions kept, oldest first. Unmodifiable. */
  public ObservableList<Entry> entries() {
    return view;
  }

  /** The last decision of a node. */
  public Optional<Entry> lastOf(int node) {
    return Optional.ofNullable(byNode.get(node));
  }

  /** The last decision in which a process was looked at. */
  public Optional<Entry> lastAbout(ProcessId process) {
    return Optional.ofNullable(byProcess.get(process));
  }
}
