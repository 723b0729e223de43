package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.model.ProcessId;
import org.godwit.model.view.ProcessView;

/**
 * Forwarded calls as dots on the tethers: each runs home and back, one to four a second by the
 * logarithm of the real rate, never one for each call. Plain data, one thread.
 */
final class CallTraffic {
  /** How long a dot runs to the home and back, in wall ms. */
  static final double TRIP_MILLIS = 900;

  private final Map<ProcessId, Line> lines = new TreeMap<>();
  private final List<Dot> dots = new ArrayList<>();
  private long seenNanos;
  private boolean moving;

  private static final class Line {
    private long calls;
    private double perSecond;
    private double due;
  }

  /** One dot. */
  static final class Dot {
    private final ProcessId process;
    private double elapsed;

    private Dot(ProcessId process) {
      this.process = process;
    }

    ProcessId process() {
      return process;
    }

    /** Place on the tether: 0 at home, 1 where the process runs. */
    double place() {
      double trip = Math.min(1, elapsed / TRIP_MILLIS);
      return Math.abs(1 - 2 * trip);
    }
  }

  /** Takes over what is new in a frame. */
  void accept(Frame frame, boolean newSession) {
    if (newSession) {
      lines.clear();
      dots.clear();
      seenNanos = frame.view().nanos();
    }
    moving = frame.state() == RunState.RUNNING;
    double seconds = (frame.view().nanos() - seenNanos) / 1e9;
    seenNanos = frame.view().nanos();
    Map<ProcessId, ProcessView> away = new TreeMap<>();
    for (ProcessView process : frame.view().processes()) {
      if (process.isAway() && process.isAlive()) {
        away.put(process.id(), process);
      }
    }
    lines.keySet().retainAll(away.keySet());
    dots.removeIf(dot -> !away.containsKey(dot.process));
    away.forEach((id, process) -> measure(id, process, seconds));
  }

  private void measure(ProcessId id, ProcessView process, double seconds) {
    Line line = lines.get(id);
    if (line == null) {
      line = new Line();
      line.calls = process.forwardedCalls();
      lines.put(id, line);
    }
    if (seconds > 0) {
      double now = (process.forwardedCalls() - line.calls) / seconds;
      double weight = 1 - Math.exp(-seconds / 0.5);
      line.perSecond += (now - line.perSecond) * weight;
      line.calls = process.forwardedCalls();
    }
  }

  /** Lets wall time pass. */
  void tick(double millis) {
    if (!moving) {
      return;
    }
    dots.forEach(dot -> dot.elapsed += millis);
    dots.removeIf(dot -> dot.elapsed >= TRIP_MILLIS);
    lines.forEach(
        (id, line) -> {
          line.due += dotsPerSecond(line.perSecond) * millis / 1000;
          if (line.due >= 1) {
            line.due -= 1;
            dots.add(new Dot(id));
          }
        });
  }

  /** How many dots a second stand for so many calls a second. */
  static double dotsPerSecond(double callsPerSecond) {
    if (callsPerSecond < 0.2) {
      return 0;
    }
    return Math.clamp(1 + Math.log10(Math.max(1, callsPerSecond)), 1, 4);
  }

  /** The dots under way. */
  List<Dot> dots() {
    return dots;
  }
}
