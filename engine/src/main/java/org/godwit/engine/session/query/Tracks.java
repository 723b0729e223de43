package org.godwit.engine.session.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;

/**
 * Where every process of a recording was at what time, found from its events. An identity that
 * ended and was given out again makes a second track, with a lane number of its own.
 */
public final class Tracks {
  /** Lane numbers from here on belong to processes whose pid is taken already. */
  private static final int FURTHER_LANES = 1_000_000;

  /** Asked by identity only. The last of a list is the current one. */
  private final Map<ProcessId, List<Track>> byId = new HashMap<>();

  private final Set<Integer> lanes = new HashSet<>();
  private final List<Track> all = new ArrayList<>();
  private final long endNanos;

  /** The tracks in {@code events}, of a session that reached {@code endNanos}. */
  public Tracks(List<Event> events, long endNanos) {
    this.endNanos = events.isEmpty() ? endNanos : Math.max(endNanos, events.getLast().atNanos());
    for (Event event : events) {
      see(event);
    }
  }

  /**
   * A stay of a body on a node.
   *
   * @param node where
   * @param fromNanos since when it could run there
   * @param toNanos when it froze, ended, or the recording ended
   * @param leaving the migration that ended it, or null
   */
  public record Stay(int node, long fromNanos, long toNanos, Migration leaving) {}

  /** The course of one process. */
  public final class Track {
    private final ProcessId id;
    private final Track parent;
    private final int lane;
    private final long startNanos;
    private final List<Migration> migrations = new ArrayList<>();
    private String program;
    private long end = -1;
    private List<Stay> stays;

    private Track(ProcessId id, Track parent, String program, long startNanos) {
      this.id = id;
      this.parent = parent;
      this.program = program;
      this.startNanos = startNanos;
      int number = id.pid();
      while (!lanes.add(number)) {
        number = Math.max(FURTHER_LANES, number + 1);
      }
      this.lane = number;
    }

    /** Who. */
    public ProcessId id() {
      return id;
    }

    /** A number that no other track has: the pid, if no earlier track took it. */
    public int lane() {
      return lane;
    }

    /** The program that it ran last; empty if nobody told. */
    public String program() {
      return program;
    }

    /** When it started. */
    public long startNanos() {
      return startNanos;
    }

    /** When it ended, or −1 if the recording ended first. */
    public long end() {
      return end;
    }

    /**
     * To be asked when all events were seen. In order of time, without gaps but for the flights
     * between them. Never empty.
     */
    public List<Stay> stays() {
      if (stays == null) {
        stays = List.copyOf(findStays());
      }
      return stays;
    }

    private List<Stay> findStays() {
      List<Stay> found = new ArrayList<>();
      int node = parent == null ? id.home() : parent.nodeAt(startNanos);
      long from = startNanos;
      for (Migration move : migrations) {
        found.add(new Stay(node, from, Math.max(from, move.frozenNanos()), move));
        node = move.to();
        from = Math.max(found.getLast().toNanos(), move.resumedNanos());
      }
      found.add(new Stay(node, from, Math.max(from, end < 0 ? endNanos : end), null));
      return found;
    }

    /** The node that had the body at an instant; the source during a flight. */
    public int nodeAt(long nanos) {
      int node = stays().getFirst().node();
      for (Stay stay : stays()) {
        if (stay.fromNanos() <= nanos) {
          node = stay.node();
        }
      }
      return node;
    }
  }

  /** All tracks, in order of their first event. */
  public List<Track> all() {
    return all;
  }

  /** The track of {@code id} that was the latest at an instant, or null. */
  public Track at(ProcessId id, long nanos) {
    Track found = null;
    for (Track track : byId.getOrDefault(id, List.of())) {
      if (found == null || track.startNanos <= nanos) {
        found = track;
      }
    }
    return found;
  }

  private void see(Event event) {
    long now = event.atNanos();
    switch (event.what()) {
      case Happening.Launched launched -> {
        List<Track> known = byId.getOrDefault(launched.process(), List.of());
        if (known.isEmpty() || known.getLast().parent == null || known.getLast().end >= 0) {
          begin(launched.process(), null, launched.program(), now);
        } else {
          known.getLast().program = launched.program(); // A launch service had forked it.
        }
      }
      case Happening.Forked forked -> {
        Track parent = track(forked.parent(), now);
        begin(forked.process(), parent, parent.program, now);
      }
      case Happening.Executed executed ->
          track(executed.process(), now).program = executed.program();
      case Happening.Migrated migrated ->
          track(migrated.process(), now).migrations.add(migrated.migration());
      case Happening.Exited exited -> end(exited.process(), now);
      case Happening.Killed killed -> end(killed.process(), now);
      case Happening.Lost lost -> end(lost.process(), now);
      default -> {
        if (event.what().process() != null) {
          track(event.what().process(), now);
        }
      }
    }
  }

  private void begin(ProcessId id, Track parent, String program, long now) {
    Track track = new Track(id, parent, program, now);
    byId.computeIfAbsent(id, _ -> new ArrayList<>()).add(track);
    all.add(track);
  }

  /** A process that nobody announced began where it is first heard of. */
  private Track track(ProcessId id, long now) {
    if (!byId.containsKey(id)) {
      begin(id, null, "", now);
    }
    return byId.get(id).getLast();
  }

  private void end(ProcessId id, long now) {
    Track track = track(id, now);
    if (track.end < 0) {
      track.end = now;
    }
  }
}
