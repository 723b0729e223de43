package org.godwit.engine.session.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;

/**
 * A recording as a Perfetto trace (protocol buffers, {@code perfetto/trace/trace.proto}), which
 * ui.perfetto.dev and trace_processor read.
 *
 * <p>A node is a process track; below it lie its counters, a track of its own instants and
 * decisions, and a track for each guest process that was on it. What the slices, flows, counters
 * and instants are: {@link Timeline}. Each decision is an instant with candidates, targets and
 * verdict as annotations. Timestamps are virtual nanoseconds.
 *
 * <p>Packets are ordered: all descriptors, then by time; at one instant slices end before others
 * begin. Numbers of tracks follow from node, lane and kind, so that one recording gives the same
 * bytes.
 */
public final class PerfettoTrace {
  // TracePacket
  private static final int PACKET = 1;
  private static final int TIMESTAMP = 8;
  private static final int SEQUENCE_ID = 10;
  private static final int TRACK_EVENT = 11;
  private static final int SEQUENCE_FLAGS = 13;
  private static final int TRACK_DESCRIPTOR = 60;
  private static final int STATE_CLEARED = 1;

  // TrackDescriptor and what it holds
  private static final int UUID = 1;
  private static final int NAME = 2;
  private static final int PROCESS = 3;
  private static final int PARENT_UUID = 5;
  private static final int COUNTER = 8;
  private static final int PROCESS_PID = 1;
  private static final int PROCESS_NAME = 6;
  private static final int COUNTER_UNIT = 3;
  private static final int UNIT_COUNT = 2;
  private static final int UNIT_BYTES = 3;

  // TrackEvent
  private static final int ANNOTATION = 4;
  private static final int TYPE = 9;
  private static final int TRACK = 11;
  private static final int CATEGORY = 22;
  private static final int EVENT_NAME = 23;
  private static final int COUNTER_VALUE = 30;
  private static final int DOUBLE_VALUE = 44;
  private static final int FLOW = 47;
  private static final int LAST_FLOW = 48;
  private static final int BEGIN = 1;
  private static final int END = 2;
  private static final int INSTANT = 3;
  private static final int COUNT = 4;

  // DebugAnnotation
  private static final int ANNOTATION_BOOL = 2;
  private static final int ANNOTATION_INT = 4;
  private static final int ANNOTATION_DOUBLE = 5;
  private static final int ANNOTATION_STRING = 6;
  private static final int ANNOTATION_NAME = 10;

  private final RecordedSession session;
  private final Timeline timeline;
  private final List<Packet> packets = new ArrayList<>();

  /** Numbers of counter tracks of a node, by name. */
  private final SortedMap<Integer, SortedMap<String, Integer>> counters = new TreeMap<>();

  private PerfettoTrace(RecordedSession session) {
    this.session = session;
    this.timeline = new Timeline(session);
  }

  /**
   * An event of a track.
   *
   * @param order among those of one instant: ends, begins, the rest
   */
  private record Packet(long nanos, int order, Proto event) {}

  /** Where a slice begins. */
  private record Start(int node, int lane, long nanos) {}

  /**
   * Writes the trace of {@code session} to {@code out}, which is flushed and stays open.
   *
   * @throws IOException if {@code out} fails
   */
  public static void write(RecordedSession session, OutputStream out) throws IOException {
    PerfettoTrace trace = new PerfettoTrace(session);
    trace.collect();
    trace.writeTo(out);
    out.flush();
  }

  // ---------------------------------------------------------------- collecting

  private void collect() {
    Map<Start, Integer> arriving = new HashMap<>(); // Only asked.
    Map<Start, Integer> leaving = new HashMap<>(); // Only asked.
    for (Timeline.Line line : timeline.lines()) {
      Start start = new Start(line.node(), line.lane(), line.nanos());
      if (line.kind() == Timeline.Kind.FLOW_START) {
        leaving.put(start, line.flow());
      } else if (line.kind() == Timeline.Kind.FLOW_END) {
        arriving.put(start, line.flow());
      }
    }
    for (Timeline.Line line : timeline.lines()) {
      Start start = new Start(line.node(), line.lane(), line.nanos());
      switch (line.kind()) {
        case SLICE -> {
          Integer from = line.name().equals("migrate") ? leaving.get(start) : null;
          Integer to = line.name().equals("resident") ? arriving.remove(start) : null;
          slice(line, from, to);
        }
        case COUNTER -> counter(line);
        case INSTANT -> {
          if (!line.name().equals("decision")) {
            add(
                line.nanos(),
                5,
                event(INSTANT, lane(line), line.name(), line.category(), line.args()));
          }
        }
        case FLOW_START, FLOW_END -> {
          // They are fields of the slices that they join.
        }
      }
    }
    for (Event each : session.events()) {
      if (each.what() instanceof Happening.Decided(Decision decision)) {
        add(
            each.atNanos(),
            5,
            event(
                INSTANT,
                lane(each.node(), Timeline.NODE_LANE),
                decision.chosen() == null ? "decision: nobody" : "decision: " + decision.chosen(),
                "balance",
                annotations(decision)));
      }
    }
    packets.sort(Comparator.comparingLong(Packet::nanos).thenComparingInt(Packet::order));
  }

  private void slice(Timeline.Line line, Integer flowFrom, Integer flowTo) {
    Proto begin = event(BEGIN, lane(line), line.name(), line.category(), line.args());
    if (flowFrom != null) {
      begin.fixed64(FLOW, flowFrom);
    }
    if (flowTo != null) {
      begin.fixed64(LAST_FLOW, flowTo);
    }
    Proto end = new Proto().integer(TYPE, END).integer(TRACK, lane(line));
    // What arrives begins after what leaves at the same instant, and the inner after the outer. An
    // empty slice ends where it begins: after everything that ends there, and at once.
    int order = flowTo != null ? 3 : line.rank() == 0 ? 2 : 4;
    add(line.nanos(), order, begin);
    add(line.untilNanos(), line.nanos() == line.untilNanos() ? order : 1 - line.rank(), end);
  }

  private void counter(Timeline.Line line) {
    SortedMap<String, Integer> ofNode = counters.computeIfAbsent(line.node(), _ -> new TreeMap<>());
    int number = ofNode.computeIfAbsent(line.name(), _ -> ofNode.size());
    Proto event = new Proto().integer(TYPE, COUNT).integer(TRACK, counter(line.node(), number));
    switch (line.args().firstEntry().getValue()) {
      case Double value -> event.real(DOUBLE_VALUE, value);
      case Number value -> event.integer(COUNTER_VALUE, value.longValue());
      case Object other -> throw new IllegalStateException("a counter of " + other);
    }
    add(line.nanos(), 6, event);
  }

  private static SequencedMap<String, Object> annotations(Decision decision) {
    SequencedMap<String, Object> args =
        Timeline.args(
            "policy", decision.policy(),
            "runnable", decision.runnable(),
            "cpus", decision.cpus(),
            "speed", decision.speed());
    if (decision.verdict() != null) {
      args.put("verdict", Timeline.text(decision.verdict()));
    }
    if (decision.chosen() != null) {
      args.put("chosen", decision.chosen().toString());
      args.put("to", decision.to());
    }
    for (Decision.Candidate candidate : decision.candidates()) {
      String name = "candidate " + candidate.process();
      args.put(name + " cpu", candidate.cpuLoad());
      if (candidate.excluded() != null) {
        args.put(name + " excluded", Timeline.text(candidate.excluded()));
      }
      for (Decision.Target target : candidate.targets()) {
        String there = name + " to " + target.node();
        args.put(there + " gain_s", target.gain());
        args.put(there + " cost_s", target.transferCost() + target.callCost());
        args.put(there + " load", target.load());
        args.put(there + " belief_age_ns", target.beliefAgeNanos());
        if (target.verdict() != null) {
          args.put(there + " verdict", Timeline.text(target.verdict()));
        }
      }
    }
    return args;
  }

  private static Proto event(
      int type, long track, String name, String category, SequencedMap<String, Object> args) {
    Proto event = new Proto();
    args.forEach((key, value) -> event.message(ANNOTATION, annotation(key, value)));
    return event
        .integer(TYPE, type)
        .integer(TRACK, track)
        .text(CATEGORY, category)
        .text(EVENT_NAME, name);
  }

  private static Proto annotation(String name, Object value) {
    Proto annotation = new Proto();
    switch (value) {
      case Boolean flag -> annotation.bool(ANNOTATION_BOOL, flag);
      case Double number -> annotation.real(ANNOTATION_DOUBLE, number);
      case Number number -> annotation.integer(ANNOTATION_INT, number.longValue());
      default -> annotation.text(ANNOTATION_STRING, value.toString());
    }
    return annotation.text(ANNOTATION_NAME, name);
  }

  private void add(long nanos, int order, Proto event) {
    packets.add(new Packet(nanos, order, event));
  }

  // ---------------------------------------------------------------- numbers of tracks

  private static long node(int node) {
    return 1L << 56 | node;
  }

  private static long counter(int node, int number) {
    return 2L << 56 | (long) node << 32 | number;
  }

  private static long lane(Timeline.Line line) {
    return lane(line.node(), line.lane());
  }

  private static long lane(int node, int lane) {
    return 3L << 56 | (long) node << 32 | lane;
  }

  // ---------------------------------------------------------------- writing

  private void writeTo(OutputStream out) throws IOException {
    boolean first = true;
    for (var each : timeline.lanes().entrySet()) {
      int id = each.getKey();
      Proto track = new Proto().integer(UUID, node(id)).text(NAME, timeline.name(id));
      if (id != Timeline.CLUSTER) {
        track.message(
            PROCESS, new Proto().integer(PROCESS_PID, id).text(PROCESS_NAME, timeline.name(id)));
      }
      descriptor(out, track, first);
      first = false;
      for (var counter : counters.getOrDefault(id, new TreeMap<>()).entrySet()) {
        descriptor(
            out,
            new Proto()
                .integer(UUID, counter(id, counter.getValue()))
                .text(NAME, counter.getKey())
                .integer(PARENT_UUID, node(id))
                .message(COUNTER, unit(counter.getKey())),
            false);
      }
      for (var lane : each.getValue().entrySet()) {
        descriptor(
            out,
            new Proto()
                .integer(UUID, lane(id, lane.getKey()))
                .text(NAME, lane.getValue())
                .integer(PARENT_UUID, node(id)),
            false);
      }
    }
    for (Packet each : packets) {
      packet(
          out,
          new Proto()
              .integer(TIMESTAMP, each.nanos())
              .integer(SEQUENCE_ID, 1)
              .message(TRACK_EVENT, each.event()));
    }
  }

  private static Proto unit(String counter) {
    return switch (counter) {
      case "memory", "network" -> new Proto().integer(COUNTER_UNIT, UNIT_BYTES);
      case "forwarded calls" -> new Proto().integer(COUNTER_UNIT, UNIT_COUNT);
      default -> new Proto();
    };
  }

  private static void descriptor(OutputStream out, Proto track, boolean first) throws IOException {
    Proto packet = new Proto().integer(SEQUENCE_ID, 1);
    if (first) {
      packet.integer(SEQUENCE_FLAGS, STATE_CLEARED);
    }
    packet(out, packet.message(TRACK_DESCRIPTOR, track));
  }

  private static void packet(OutputStream out, Proto packet) throws IOException {
    out.write(new Proto().message(PACKET, packet).toByteArray());
  }
}
