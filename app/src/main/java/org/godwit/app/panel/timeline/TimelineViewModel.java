package org.godwit.app.panel.timeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.ProcessView;

/**
 * The timeline: a lane per process and the stretch of time that is looked at. Built from events
 * alone, so that a recording shows the same lanes as the live session did. FX thread only.
 */
public final class TimelineViewModel {
  /** Lanes kept; the ones that ended longest ago fall off first. */
  public static final int LANES = 1_000;

  /** Shortest and longest stretch that can be looked at. */
  public static final long MIN_SPAN = 1_000_000L;

  private static final long FIRST_SPAN = 60_000_000_000L;
  private static final long AROUND = 10_000_000_000L;

  /** Which of a process's migrations: when it ran again. */
  private record Moved(ProcessId process, long resumedNanos) {}

  private final Messages messages;
  private final Figures figures;
  private final Roster roster;
  private final Map<ProcessId, Lane> lanes = new LinkedHashMap<>();
  private final Map<Moved, Long> heard = new LinkedHashMap<>();
  private final Map<Moved, Event> fetches = new LinkedHashMap<>();
  private final ObjectProperty<Migration> opened = new SimpleObjectProperty<>(this, "opened");
  private final BooleanProperty following = new SimpleBooleanProperty(this, "following", true);
  private long nowNanos;
  private long version;
  private long fromNanos;
  private long spanNanos = FIRST_SPAN;

  /**
   * @param messages the window's texts
   * @param figures how figures are written
   * @param roster names
   */
  public TimelineViewModel(Messages messages, Figures figures, Roster roster) {
    this.messages = messages;
    this.figures = figures;
    this.roster = roster;
    following.addListener((property, before, after) -> follow());
  }

  /** Takes over events that are new, in their order. */
  public void append(List<Event> events) {
    version += events.size();
    for (Event event : events) {
      nowNanos = Math.max(nowNanos, event.atNanos());
      long at = event.atNanos();
      switch (event.what()) {
        case Happening.Launched(var process, _, _, _) ->
            lanes.putIfAbsent(process, new Lane(process, process.home(), at));
        case Happening.Forked(var process, var parent) -> {
          Lane from = lanes.get(parent);
          int node = from == null ? process.home() : from.node();
          lanes.putIfAbsent(process, new Lane(process, node, at));
        }
        case Happening.Migrated(var migration) -> {
          heard.put(new Moved(migration.process(), migration.resumedNanos()), at);
          Lane lane = lanes.get(migration.process());
          if (lane != null) {
            lane.cross(migration);
          }
        }
        case Happening.PagesFetched fetched ->
            fetches.put(new Moved(fetched.process(), fetched.sinceNanos()), event);
        case Happening.Exited(var process, _) -> end(process, at);
        case Happening.Killed(var process, _, _, _) -> end(process, at);
        case Happening.Lost(var process, _) -> end(process, at);
        case Happening.OutOfMemory(var process, _) -> end(process, at);
        default -> {
          // Nothing else moves or ends a process.
        }
      }
    }
    dropOldLanes();
    follow();
  }

  /** Takes over a new picture of the cluster; only its time and unknown processes matter here. */
  public void show(ClusterView view) {
    nowNanos = Math.max(nowNanos, view.nanos());
    for (ProcessView process : view.processes()) {
      if (process.isAlive() && !lanes.containsKey(process.id())) {
        version++;
        lanes.put(process.id(), new Lane(process.id(), process.where(), process.startedNanos()));
      }
    }
    follow();
  }

  /** Says how far a recording goes. */
  public void showUntil(long nanos) {
    nowNanos = Math.max(nowNanos, nanos);
  }

  /** Forgets everything; for another session. */
  public void clear() {
    version++;
    lanes.clear();
    heard.clear();
    fetches.clear();
    opened.set(null);
    nowNanos = 0;
    fromNanos = 0;
    spanNanos = FIRST_SPAN;
    following.set(true);
  }

  /** The migration whose anatomy is shown, or null. */
  public ObjectProperty<Migration> opened() {
    return opened;
  }

  /**
   * Opens the anatomy of a lane's migration that is nearest to an instant; none if it never moved.
   */
  public void open(Lane lane, long nanos) {
    Migration nearest = null;
    for (Migration each : lane.crossings()) {
      if (nearest == null
          || Math.abs(each.frozenNanos() - nanos) < Math.abs(nearest.frozenNanos() - nanos)) {
        nearest = each;
      }
    }
    opened.set(nearest);
  }

  /** A migration taken apart, with what was fetched after it if that is over. */
  public Anatomy anatomy(Migration m) {
    Moved moved = new Moved(m.process(), m.resumedNanos());
    Event last = fetches.get(moved);
    return Anatomy.of(
        m,
        heard.getOrDefault(moved, m.resumedNanos()),
        Optional.ofNullable(last).map(each -> (Happening.PagesFetched) each.what()),
        last == null ? 0 : last.atNanos());
  }

  /** The lanes in the order of birth. */
  public List<Lane> lanes() {
    return Collections.unmodifiableList(new ArrayList<>(lanes.values()));
  }

  /** Counts whatever was appended. */
  public long version() {
    return version;
  }

  /** How many lanes there are. */
  public int size() {
    return lanes.size();
  }

  /** Whether the right edge follows the present; panning switches it off. */
  public BooleanProperty following() {
    return following;
  }

  /** The present. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Left edge of what is looked at. */
  public long fromNanos() {
    return fromNanos;
  }

  /** Right edge of what is looked at. */
  public long toNanos() {
    return fromNanos + spanNanos;
  }

  /** Makes the stretch {@code factor} times as long, keeping {@code anchor} where it is. */
  public void zoom(double factor, long anchor) {
    long longest = Math.max(FIRST_SPAN, nowNanos * 2);
    long wanted = (long) Math.clamp(spanNanos * factor, (double) MIN_SPAN, (double) longest);
    double share = (double) (anchor - fromNanos) / spanNanos;
    spanNanos = wanted;
    if (following.get()) {
      follow();
    } else {
      fromNanos = Math.max(0, anchor - Math.round(share * wanted));
    }
  }

  /** Moves the stretch to later times and stops following. */
  public void pan(long nanos) {
    following.set(false);
    fromNanos = Math.clamp(fromNanos + nanos, 0, Math.max(0, nowNanos));
  }

  /** Shows a moment in the middle, with some seconds around it. */
  public void showAround(long nanos) {
    following.set(false);
    spanNanos = Math.min(spanNanos, AROUND);
    fromNanos = Math.max(0, nanos - spanNanos / 2);
  }

  /** Shows everything that there is. */
  public void fit() {
    following.set(false);
    fromNanos = 0;
    spanNanos = Math.max(MIN_SPAN, nowNanos + nowNanos / 20);
  }

  /** Name of a lane. */
  public String name(Lane lane) {
    return roster.process(lane.id());
  }

  /** Name of a node. */
  public String node(int node) {
    return roster.node(node);
  }

  /** What a lane shows at an instant: the crossing or the stay; empty outside its life. */
  public Optional<String> describe(Lane lane, long nanos) {
    for (Migration m : lane.crossings()) {
      if (nanos >= m.frozenNanos() && nanos < m.resumedNanos()) {
        return Optional.of(describe(m));
      }
    }
    for (Lane.Stay stay : lane.stays()) {
      if (nanos >= stay.fromNanos() && nanos < Math.min(stay.toNanos(), nowNanos)) {
        String until =
            stay.toNanos() == Lane.OPEN
                ? messages.of("timeline.now")
                : figures.instant(stay.toNanos());
        return Optional.of(
            messages.of(
                "timeline.stay",
                name(lane),
                node(stay.node()),
                figures.instant(stay.fromNanos()),
                until));
      }
    }
    return Optional.empty();
  }

  /** The anatomy of a migration in words. */
  public String describe(Migration m) {
    return messages.of(
        "timeline.crossing",
        roster.process(m.process()),
        node(m.from()),
        node(m.to()),
        figures.instant(m.frozenNanos()),
        figures.duration(m.resumedNanos() - m.frozenNanos()),
        figures.count(m.pages()),
        figures.bytes(m.bytes()),
        figures.duration(m.frozenNanos() - m.requestedNanos()));
  }

  private void end(ProcessId process, long at) {
    Lane lane = lanes.get(process);
    if (lane != null) {
      lane.end(at);
    }
  }

  private void follow() {
    if (following.get()) {
      // A little room to the right of the present, so that the newest bar is seen to grow.
      fromNanos = Math.max(0, nowNanos - spanNanos + spanNanos / 20);
    }
  }

  private void dropOldLanes() {
    Iterator<Lane> oldest = lanes.values().iterator();
    heard.keySet().removeIf(each -> !lanes.containsKey(each.process));
    fetches.keySet().removeIf(each -> !lanes.containsKey(each.process));
    int surplus = lanes.size() - LANES;
    while (surplus > 0 && oldest.hasNext()) {
      if (oldest.next().endedNanos() != Lane.OPEN) {
        oldest.remove();
        surplus--;
      }
    }
  }
}
