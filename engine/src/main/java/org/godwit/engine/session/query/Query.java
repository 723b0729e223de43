package org.godwit.engine.session.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.Sample;

/**
 * A question to a recording: "all moments when ...". Written in words:
 *
 * <pre>
 * query    = ["first"] subject {filter}
 * subject  = ["process"] PROCESS              it was there (usually with "on NODE")
 *          | "reason" [WORD]                  a stay reason held, such as monkey
 *          | "locked"                         a lock was set
 *          | FIGURE ("<" | "<=" | ">" | ">=") NUMBER
 *          | "event" KIND                     an event of that kind, such as migrated
 * filter   = "on" NODE | "of" PROCESS | "from" NODE | "to" NODE | "after" TIME | "before" TIME
 * PROCESS  = 1042@1 | 1042 | name of a program
 * NODE     = number | name
 * FIGURE   = load | runnable | cpu | memory | network | calls | guests | away
 * TIME     = 10s, 500ms, 2min ...
 * </pre>
 *
 * "from" and "to" are the two ends of a migration. A figure holds from the end of the first
 * sampling interval in which it did to the end of the last.
 */
public final class Query {
  private final Subject subject;
  private final Filter filter;
  private final boolean first;

  Query(Subject subject, Filter filter, boolean first) {
    this.subject = subject;
    this.filter = filter;
    this.first = first;
  }

  /**
   * Reads a query.
   *
   * @throws ProblemException {@code query.*}: what is not understood, with what is possible
   */
  public static Query parse(String text) throws ProblemException {
    return new QueryReader(text).query();
  }

  /** A place in the grammar where a word is to stand. */
  public enum Slot {
    /** {@code first}. */
    FIRST,
    /** What a subject begins with, unless it is a process. */
    SUBJECT,
    /** The word of a stay reason. */
    REASON,
    /** A kind of event. */
    KIND,
    /** How a figure is compared. */
    RELATION,
    /** A number or size. */
    NUMBER,
    /** A process. */
    PROCESS,
    /** A node. */
    NODE,
    /** A time with its unit. */
    TIME,
    /** What a filter begins with. */
    FILTER;

    /** All words that can stand there; empty where they depend on the session. */
    public List<String> words() {
      return QueryReader.words(this);
    }
  }

  /**
   * What may stand next in a query that has been written so far; empty if something in it is wrong.
   *
   * @param text a query or the beginning of one, of whole words
   */
  public static Set<Slot> next(String text) {
    return new QueryReader(text).next();
  }

  /** What is asked for. */
  sealed interface Subject {
    /** A body was somewhere. */
    record Presence(Who who) implements Subject {}

    /** A stay reason held; null for any. */
    record Reason(StayReason reason) implements Subject {}

    /** A lock was set. */
    record Locked() implements Subject {}

    /** A figure of a node was beyond a bound. */
    record Level(Figure figure, Relation relation, double bound) implements Subject {}

    /** An event of a kind. */
    record Kind(String kind) implements Subject {}
  }

  /** A figure that nodes are sampled for. */
  enum Figure {
    LOAD(Sample::load),
    RUNNABLE(Sample::runnable),
    CPU(Sample::cpuShare),
    MEMORY(Sample::memoryBytes),
    NETWORK(Sample::networkBytes),
    CALLS(Sample::forwardedCalls),
    GUESTS(Sample::guests),
    AWAY(Sample::away);

    private final ToDoubleFunction<Sample> value;

    Figure(ToDoubleFunction<Sample> value) {
      this.value = value;
    }

    double of(Sample sample) {
      return value.applyAsDouble(sample);
    }
  }

  /** How a figure is compared. */
  enum Relation {
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST;

    boolean holds(double value, double bound) {
      return switch (this) {
        case LESS -> value < bound;
        case AT_MOST -> value <= bound;
        case MORE -> value > bound;
        case AT_LEAST -> value >= bound;
      };
    }
  }

  /**
   * A process as a person named it; what is not given is null or 0.
   *
   * @param id its identity
   * @param pid its pid, whatever its home
   * @param program its program
   */
  record Who(ProcessId id, int pid, String program) {
    boolean is(Tracks.Track track) {
      if (track == null) {
        return false;
      }
      if (id != null) {
        return id.equals(track.id());
      }
      return pid != 0 ? pid == track.id().pid() : program.equals(track.program());
    }
  }

  /**
   * A node as a person named it.
   *
   * @param id its number, or 0
   * @param name its name, if there is no number
   */
  record Where(int id, String name) {}

  /** What narrows a query; null and the extremes of a long narrow nothing. */
  record Filter(Where on, Who of, Where from, Where to, long afterNanos, long beforeNanos) {}

  /**
   * The moments, by time, node and process; at most one if the first was asked for.
   *
   * @throws ProblemException {@code query.no-node} or {@code query.no-process} if the recording
   *     never had such a one
   */
  public List<Moment> in(RecordedSession session) throws ProblemException {
    Answer answer = new Answer(session, new Names(session));
    List<Moment> found = new ArrayList<>();
    for (Moment each : answer.all()) {
      if (each.fromNanos() >= filter.afterNanos() && each.fromNanos() < filter.beforeNanos()) {
        found.add(each);
      }
    }
    found.sort(
        Comparator.comparingLong(Moment::fromNanos)
            .thenComparingInt(Moment::node)
            .thenComparing(Moment::process, Comparator.nullsFirst(Comparator.naturalOrder())));
    return first && !found.isEmpty() ? List.of(found.getFirst()) : List.copyOf(found);
  }

  private final class Answer {
    private final RecordedSession session;
    private final Tracks tracks;
    private final int on;
    private final int from;
    private final int to;
    private final long end;

    Answer(RecordedSession session, Names names) throws ProblemException {
      this.session = session;
      this.tracks = new Tracks(session.events(), session.facts().endNanos());
      this.end =
          session.events().isEmpty()
              ? session.facts().endNanos()
              : Math.max(session.facts().endNanos(), session.events().getLast().atNanos());
      this.on = names.number(filter.on());
      this.from = names.number(filter.from());
      this.to = names.number(filter.to());
      names.demand(filter.of(), tracks);
      if (subject instanceof Subject.Presence(var who)) {
        names.demand(who, tracks);
      }
    }

    List<Moment> all() {
      return switch (subject) {
        case Subject.Presence(var who) -> presences(who);
        case Subject.Reason(var reason) -> reasons(reason);
        case Subject.Locked _ -> locks();
        case Subject.Level level -> levels(level);
        case Subject.Kind(var kind) -> events(kind);
      };
    }

    private List<Moment> presences(Who who) {
      List<Moment> found = new ArrayList<>();
      for (Tracks.Track track : tracks.all()) {
        if (!who.is(track) || !ofRightProcess(track)) {
          continue;
        }
        for (Tracks.Stay stay : track.stays()) {
          if (on == 0 || stay.node() == on) {
            found.add(
                new Moment(
                    stay.fromNanos(), stay.toNanos(), stay.node(), track.id(), null, Double.NaN));
          }
        }
      }
      return found;
    }

    private List<Moment> reasons(StayReason wanted) {
      List<Moment> found = new ArrayList<>();
      List<Event> open = new ArrayList<>();
      for (Event event : session.events()) {
        switch (event.what()) {
          case Happening.ReasonRaised raised
              when wanted == null || raised.evidence().reason() == wanted -> {
            if (isHere(event)) {
              open.add(event);
            }
          }
          case Happening.ReasonCleared cleared ->
              close(
                  open,
                  event,
                  begun ->
                      begun.what().process().equals(cleared.process())
                          && ((Happening.ReasonRaised) begun.what()).evidence().reason()
                              == cleared.reason(),
                  found);
          default -> closeEnded(open, event, found);
        }
      }
      open.forEach(begun -> found.add(stretch(begun, end)));
      return found;
    }

    private List<Moment> locks() {
      List<Moment> found = new ArrayList<>();
      List<Event> open = new ArrayList<>();
      SortedSet<ProcessId> locked = new TreeSet<>();
      SortedSet<String> launches = Names.lockedLaunches(session);
      for (Event event : session.events()) {
        ProcessId process = event.what().process();
        boolean begins =
            switch (event.what()) {
              case Happening.LockChanged lock -> lock.locked();
              case Happening.Launched launched -> launches.contains(launched.launch());
              // A child has its parent's lock.
              case Happening.Forked forked -> locked.contains(forked.parent());
              default -> false;
            };
        if (begins && locked.add(process) && isHere(event)) {
          open.add(event);
        } else if (event.what() instanceof Happening.LockChanged lock && !lock.locked()) {
          locked.remove(process);
          close(open, event, begun -> begun.what().process().equals(process), found);
        } else {
          closeEnded(open, event, found);
        }
      }
      open.forEach(begun -> found.add(stretch(begun, end)));
      return found;
    }

    private void closeEnded(List<Event> open, Event event, List<Moment> found) {
      if (event.what() instanceof Happening.Exited
          || event.what() instanceof Happening.Killed
          || event.what() instanceof Happening.Lost) {
        close(open, event, begun -> begun.what().process().equals(event.what().process()), found);
      }
    }

    private void close(
        List<Event> open,
        Event event,
        java.util.function.Predicate<Event> which,
        List<Moment> found) {
      for (Event begun : List.copyOf(open)) {
        if (which.test(begun)) {
          open.remove(begun);
          found.add(stretch(begun, event.atNanos()));
        }
      }
    }

    private Moment stretch(Event begun, long until) {
      return new Moment(
          begun.atNanos(), until, begun.node(), begun.what().process(), begun, Double.NaN);
    }

    private List<Moment> levels(Subject.Level level) {
      List<Moment> found = new ArrayList<>();
      SortedMap<Integer, Moment> open = new TreeMap<>();
      for (Sample sample : session.samples()) {
        if (on != 0 && sample.node() != on) {
          continue;
        }
        double value = level.figure().of(sample);
        Moment running = open.remove(sample.node());
        if (level.relation().holds(value, level.bound())) {
          long since = running == null ? sample.atNanos() : running.fromNanos();
          double peak = running == null ? value : Math.max(running.peak(), value);
          open.put(
              sample.node(), new Moment(since, sample.atNanos(), sample.node(), null, null, peak));
        } else if (running != null) {
          found.add(running);
        }
      }
      found.addAll(open.values());
      return found;
    }

    private List<Moment> events(String kind) {
      List<Moment> found = new ArrayList<>();
      for (Event event : session.events()) {
        if (EventKinds.of(event.what()).equals(kind) && isHere(event) && hasEnds(event.what())) {
          found.add(Moment.of(event));
        }
      }
      return found;
    }

    /** Of a process: where its body is counts, because events stand with its home. */
    private boolean isHere(Event event) {
      ProcessId id = event.what().process();
      Tracks.Track track = id == null ? null : tracks.at(id, event.atNanos());
      if (!ofRightProcess(track)) {
        return false;
      }
      return on == 0 || event.node() == on || track != null && track.nodeAt(event.atNanos()) == on;
    }

    private boolean ofRightProcess(Tracks.Track track) {
      return filter.of() == null || filter.of().is(track);
    }

    private boolean hasEnds(Happening what) {
      if (from == 0 && to == 0) {
        return true;
      }
      return switch (what) {
        case Happening.MigrationRequested m -> ends(m.from(), m.to());
        case Happening.MigrationRefused m -> ends(m.from(), m.to());
        case Happening.MigrationStarted m -> ends(m.from(), m.to());
        case Happening.MigrationAborted m -> ends(m.from(), m.to());
        case Happening.Migrated(Migration m) -> ends(m.from(), m.to());
        default -> false;
      };
    }

    private boolean ends(int source, int target) {
      return (from == 0 || from == source) && (to == 0 || to == target);
    }
  }
}
