package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.view.ProcessView;
import org.godwit.model.view.TransferView;

/**
 * Migrations as they are shown: a capsule flies for 300 to 1,200 ms by its bytes, or for as long as
 * the real transfer lasts on the screen if that is longer; while virtual time stands, it stands.
 * Until it lands, the process is shown at its source. Plain data, one thread.
 */
final class FlightBoard {
  /** Flights beyond this many at once are not drawn one by one. */
  static final int DRAWN = 12;

  /** With motion reduced nothing flies; the link is outlined for so long. */
  static final double REDUCED_MILLIS = 400;

  private static final double UNLANDED_SHARE = 0.96;
  private final Map<ProcessId, Flight> flights = new TreeMap<>();
  private boolean moving;
  private boolean reduced;

  /** One migration on the screen. */
  static final class Flight {
    private final ProcessId process;
    private final int from;
    private final int to;
    private long bytes;
    private double realShare;
    private boolean done;
    private boolean stepped;
    private double elapsed;
    private Migration result;

    private Flight(ProcessId process, int from, int to) {
      this.process = process;
      this.from = from;
      this.to = to;
    }

    ProcessId process() {
      return process;
    }

    int from() {
      return from;
    }

    int to() {
      return to;
    }

    /** The finished migration, or null while it is under way. */
    Migration result() {
      return result;
    }

    /** Way covered on the screen, 0 to 1. */
    double progress() {
      double shown = elapsed / durationMillis(bytes);
      return done ? Math.min(1, shown) : Math.min(Math.min(shown, realShare), UNLANDED_SHARE);
    }

    /** Share of the body's pages that were sent, 0 to 1. */
    double filled() {
      return done ? 1 : realShare;
    }

    private boolean hasLanded(boolean reduced) {
      return done && elapsed >= (reduced ? REDUCED_MILLIS : durationMillis(bytes));
    }
  }

  /** How long a body of so many bytes flies, in ms. */
  static double durationMillis(long bytes) {
    return Math.clamp(300 + 250 * Math.log10(1 + bytes / 65_536.0), 300, 1_200);
  }

  /** Takes over what is new in a frame. */
  void accept(Frame frame, boolean newSession) {
    if (newSession) {
      flights.clear();
    }
    moving = frame.state() == RunState.RUNNING;
    // What flew before this window looked at the session has landed long ago.
    List<Event> fresh = newSession ? List.of() : frame.events();
    for (Event event : fresh) {
      switch (event.what()) {
        case Happening.MigrationStarted started ->
            flights.put(
                started.process(), new Flight(started.process(), started.from(), started.to()));
        case Happening.Migrated(Migration migration) -> land(migration);
        case Happening.MigrationAborted aborted -> flights.remove(aborted.process());
        case Happening.Lost lost -> flights.remove(lost.process());
        default -> {}
      }
    }
    for (TransferView transfer : frame.view().transfers()) {
      if (transfer.phase().compareTo(TransferView.Phase.OFFERED) < 0) {
        continue;
      }
      Flight flight =
          flights.computeIfAbsent(
              transfer.process(), id -> new Flight(id, transfer.from(), transfer.to()));
      flight.bytes = Math.max(flight.bytes, transfer.bytesTotal());
      if (transfer.bytesTotal() > 0) {
        flight.realShare = (double) transfer.bytesSent() / transfer.bytesTotal();
      }
    }
    flights.values().removeIf(f -> !f.done && isOver(f, frame));
  }

  /** A flight whose process ended or arrived without telling us. */
  private static boolean isOver(Flight flight, Frame frame) {
    for (TransferView transfer : frame.view().transfers()) {
      if (transfer.process().equals(flight.process)) {
        return false;
      }
    }
    return true;
  }

  private void land(Migration migration) {
    Flight flight =
        flights.computeIfAbsent(
            migration.process(), id -> new Flight(id, migration.from(), migration.to()));
    flight.done = true;
    flight.realShare = 1;
    flight.bytes = migration.bytes();
    flight.result = migration;
    flight.stepped = !moving;
  }

  /** Whether nothing is to fly. */
  void setReduced(boolean wanted) {
    reduced = wanted;
  }

  /** Whether nothing is to fly. */
  boolean isReduced() {
    return reduced;
  }

  /** Lets {@code millis} of wall time pass and returns who landed in it. */
  List<Flight> tick(double millis) {
    List<Flight> landed = new ArrayList<>();
    for (Flight flight : List.copyOf(flights.values())) {
      if (!moving && !flight.stepped) {
        continue; // Paused is frozen mid-flight, but what a single step brought lands.
      }
      flight.elapsed += millis;
      if (flight.hasLanded(reduced)) {
        flights.remove(flight.process);
        landed.add(flight);
      }
    }
    return landed;
  }

  /** For a still picture: every flight at its real share, without waiting. */
  void settle() {
    flights.values().forEach(f -> f.elapsed = 1e9);
  }

  /** Flights by process. */
  Collection<Flight> flights() {
    return flights.values();
  }

  /** Whether the process is in flight. */
  boolean isFlying(ProcessId process) {
    return flights.containsKey(process);
  }

  /** The node on which a process is to be shown. */
  int shownAt(ProcessView process) {
    Flight flight = flights.get(process.id());
    return flight == null ? process.where() : flight.from;
  }
}
