package org.godwit.app.panel.load;

import java.util.Optional;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;

/**
 * A moment that the chart marks.
 *
 * @param atNanos when
 * @param node on which line it stands
 * @param kind which sign it gets
 */
public record Marker(long atNanos, int node, Kind kind) {
  /** The signs of ux.md, "Charts". */
  public enum Kind {
    /** A triangle. */
    LAUNCH,
    /** A diamond. */
    MOVE,
    /** A square. */
    LOCK,
    /** A cross. */
    FAULT
  }

  /** The marker of an event, if it has one. A move is marked where it arrives. */
  static Optional<Marker> of(Event event) {
    return switch (event.what()) {
      case Happening.Launched(var process, _, _, _) ->
          Optional.of(new Marker(event.atNanos(), process.home(), Kind.LAUNCH));
      case Happening.Migrated(var migration) ->
          Optional.of(new Marker(event.atNanos(), migration.to(), Kind.MOVE));
      case Happening.LockChanged _ ->
          Optional.of(new Marker(event.atNanos(), event.node(), Kind.LOCK));
      case Happening.Killed _, Happening.Lost _, Happening.NodeCrashed _, Happening.OutOfMemory _ ->
          Optional.of(new Marker(event.atNanos(), event.node(), Kind.FAULT));
      default -> Optional.empty();
    };
  }
}
