package org.godwit.engine.session.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.EventKinds;
import org.godwit.engine.session.query.Names;
import org.godwit.engine.session.query.Tracks;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.Sample;

/**
 * What traces draw of a recording, whatever their format. A lane belongs to a node and a guest
 * process that was on it. Its slices say where the body was: {@code resident} while it could run
 * there, {@code migrate} from freeze to resume on the node that it left, and within {@code
 * resident} a {@code frozen} for a migration that failed. A flow joins each {@code migrate} with
 * the stay that it led to. Slices of one lane never overlap.
 */
final class Timeline {
  /** Lane of a node's own instants. No guest has it. */
  static final int NODE_LANE = 0;

  /** Number of what concerns the cluster as a whole. */
  static final int CLUSTER = 0;

  private final RecordedSession session;
  private final Tracks tracks;
  private final Names names;
  private final SortedMap<Integer, SortedMap<Integer, String>> lanes = new TreeMap<>();
  private final List<Line> lines = new ArrayList<>();

  /** The timeline of {@code session}. */
  Timeline(RecordedSession session) {
    this.session = session;
    this.tracks = new Tracks(session.events(), session.facts().endNanos());
    this.names = new Names(session);
    collect();
  }

  /** What a line is. */
  enum Kind {
    SLICE,
    FLOW_START,
    FLOW_END,
    COUNTER,
    INSTANT
  }

  /**
   * Something to draw.
   *
   * @param nanos when, or since when
   * @param untilNanos until when; the same but for a slice
   * @param rank order among those of one instant and lane: longer slices first, then what needs one
   * @param flow number of the flow, from 1; else 0
   * @param args further figures in order; a counter's one value
   */
  record Line(
      Kind kind,
      long nanos,
      long untilNanos,
      int node,
      int lane,
      int rank,
      String name,
      String category,
      int flow,
      SequencedMap<String, Object> args) {}

  /** By time, node, lane and rank. */
  List<Line> lines() {
    return lines;
  }

  /** Names of lanes, by node and number. */
  SortedMap<Integer, SortedMap<Integer, String>> lanes() {
    return lanes;
  }

  /** Name of a node, or of the cluster. */
  String name(int node) {
    return node == CLUSTER ? "cluster" : names.node(node);
  }

  private void collect() {
    lane(CLUSTER, NODE_LANE, "cluster");
    for (int node : names.nodes().keySet()) {
      lane(node, NODE_LANE, "node");
    }
    int flow = 0;
    for (Tracks.Track track : tracks.all()) {
      for (Tracks.Stay stay : track.stays()) {
        lane(stay.node(), track.lane(), name(track, stay.node()));
        slice("resident", stay.node(), track, stay.fromNanos(), stay.toNanos(), args());
        if (stay.leaving() != null) {
          flight(track, stay, ++flow);
        }
      }
    }
    for (Sample sample : session.samples()) {
      counters(sample);
    }
    for (Event event : session.events()) {
      happening(event);
    }
    lines.sort(
        Comparator.comparingLong(Line::nanos)
            .thenComparingInt(Line::node)
            .thenComparingInt(Line::lane)
            .thenComparingInt(Line::rank));
  }

  private static String name(Tracks.Track track, int node) {
    String guest = node == track.id().home() ? "" : " (guest of node " + track.id().home() + ")";
    return track.id().pid() + " " + track.program() + guest;
  }

  private void lane(int node, int lane, String name) {
    lanes.computeIfAbsent(node, _ -> new TreeMap<>()).put(lane, name);
  }

  private void slice(
      String name,
      int node,
      Tracks.Track track,
      long from,
      long to,
      SequencedMap<String, Object> args) {
    lines.add(
        new Line(
            Kind.SLICE,
            from,
            to,
            node,
            track.lane(),
            name.equals("frozen") ? 1 : 0,
            name,
            name.equals("resident") ? "process" : "migration",
            0,
            args));
  }

  private void flight(Tracks.Track track, Tracks.Stay stay, int flow) {
    Migration move = stay.leaving();
    long frozen = stay.toNanos();
    long resumed = Math.max(frozen, move.resumedNanos());
    slice(
        "migrate",
        stay.node(),
        track,
        frozen,
        resumed,
        args(
            "to", move.to(),
            "cause", EventKinds.of(move.cause()),
            "pages", move.pages(),
            "zeroPages", move.zeroPages(),
            "bytes", move.bytes(),
            "requested_ns", move.requestedNanos(),
            "granted_ns", move.grantedNanos(),
            "committed_ns", move.committedNanos()));
    flow(Kind.FLOW_START, flow, frozen, stay.node(), track);
    flow(Kind.FLOW_END, flow, resumed, move.to(), track);
  }

  private void flow(Kind kind, int number, long nanos, int node, Tracks.Track track) {
    lines.add(
        new Line(
            kind, nanos, nanos, node, track.lane(), 2, "migration", "migration", number, args()));
  }

  private void counters(Sample sample) {
    counter(sample, "load", "load", sample.load());
    counter(sample, "runnable", "tasks", sample.runnable());
    counter(sample, "cpu", "share", sample.cpuShare());
    counter(sample, "memory", "bytes", sample.memoryBytes());
    counter(sample, "network", "bytes", sample.networkBytes());
    counter(sample, "forwarded calls", "calls", sample.forwardedCalls());
  }

  private void counter(Sample sample, String name, String series, Number value) {
    lane(sample.node(), NODE_LANE, "node");
    lines.add(
        new Line(
            Kind.COUNTER,
            sample.atNanos(),
            sample.atNanos(),
            sample.node(),
            NODE_LANE,
            0,
            name,
            "",
            0,
            args(series, value)));
  }

  private void happening(Event event) {
    switch (event.what()) {
      case Happening.LockChanged lock ->
          ofProcess(event, lock.locked() ? "lock set" : "lock cleared", args());
      case Happening.ReasonRaised raised ->
          ofProcess(
              event,
              "stays: " + raised.evidence().reason().word(),
              args(
                  "call", raised.evidence().call(),
                  "pc", "0x" + Long.toHexString(raised.evidence().pc()),
                  "argument", raised.evidence().argument()));
      case Happening.ReasonCleared cleared ->
          ofProcess(event, "no longer: " + cleared.reason().word(), args());
      case Happening.MigrationRefused refused ->
          ofProcess(
              event,
              "migration refused",
              args(
                  "to", refused.to(),
                  "cause", EventKinds.of(refused.cause()),
                  "why", text(refused.why())));
      case Happening.MigrationAborted aborted -> aborted(event, aborted);
      case Happening.PagesFetched fetched ->
          ofProcess(
              event,
              "pages fetched",
              args(
                  "from", fetched.from(),
                  "pages", fetched.pages(),
                  "faults", fetched.faults(),
                  "bytes", fetched.bytes(),
                  "since", fetched.sinceNanos()));
      case Happening.Executed executed ->
          ofProcess(event, "exec", args("program", executed.program()));
      case Happening.Exited exited -> ofProcess(event, "exit", args("status", exited.status()));
      case Happening.Killed killed ->
          ofProcess(
              event,
              "killed",
              args(
                  "signal", killed.signal(),
                  "pc", "0x" + Long.toHexString(killed.pc()),
                  "address", "0x" + Long.toHexString(killed.address())));
      case Happening.Lost lost -> ofProcess(event, "lost", args("node", lost.node()));
      case Happening.UnknownCall call ->
          ofProcess(event, "unknown call", args("number", call.number(), "name", call.name()));
      case Happening.OutOfMemory memory ->
          ofProcess(event, "out of memory", args("bytes", memory.bytes()));
      case Happening.LimitReached reached ->
          ofProcess(
              event,
              "limit reached",
              args("limit", reached.limit().toString(), "most", reached.most()));
      case Happening.Decided decided -> {
        if (decided.decision().chosen() != null) {
          ofNode(
              event,
              "decision",
              args(
                  "chosen", decided.decision().chosen().toString(),
                  "to", decided.decision().to(),
                  "policy", decided.decision().policy()));
        }
      }
      case Happening.LaunchFailed failed ->
          ofNode(
              event,
              "launch failed",
              args("program", failed.program(), "why", text(failed.problem())));
      case Happening.NodeUp up -> ofNode(event, "node up", args("name", up.name()));
      case Happening.NodeLeft left -> ofNode(event, "node left", args("name", left.name()));
      case Happening.NodeCrashed crashed ->
          ofNode(event, "node crashed", args("name", crashed.name()));
      case Happening.LinkSet link ->
          ofNode(
              event,
              "link set",
              args(
                  "a", link.a(),
                  "b", link.b(),
                  "megabitsPerSecond", link.megabitsPerSecond(),
                  "latency_ns", link.latencyNanos()));
      case Happening.LinkCut cut -> ofNode(event, "link cut", args("a", cut.a(), "b", cut.b()));
      case Happening.SwitchChanged changed ->
          ofNode(event, "switch", args("which", changed.which().toString(), "on", changed.on()));
      case Happening.SpeedChanged changed -> ofNode(event, "speed", args("speed", changed.speed()));
      case Happening.PolicyChanged changed ->
          ofNode(event, "policy", args("policy", changed.policy()));
      case Happening.PolicyLoaded loaded ->
          ofNode(event, "policy loaded", args("policy", loaded.policy(), "code", loaded.code()));
      case Happening.CommandRefused refused ->
          ofNode(event, "command refused", args("why", text(refused.why())));
      case Happening.Launched _,
          Happening.Booted _,
          Happening.Forked _,
          Happening.CallsCounted _,
          Happening.Migrated _,
          Happening.MigrationRequested _,
          Happening.MigrationStarted _,
          Happening.Output _,
          Happening.TerminalOpened _,
          Happening.TerminalOutput _,
          Happening.TerminalResized _,
          Happening.TerminalClosed _ -> {
        // Slices and flows show the first four; output belongs to terminals.
      }
    }
  }

  /** The stretch since the latest start of a migration of the process, within its stay. */
  private void aborted(Event event, Happening.MigrationAborted aborted) {
    ofProcess(event, "migration aborted", args("to", aborted.to(), "why", text(aborted.why())));
    Tracks.Track track = tracks.at(aborted.process(), event.atNanos());
    long started = -1;
    for (Event earlier : session.events()) {
      if (earlier.atNanos() <= event.atNanos()
          && earlier.what() instanceof Happening.MigrationStarted start
          && start.process().equals(aborted.process())) {
        started = earlier.atNanos();
      }
    }
    for (Tracks.Stay stay : track.stays()) {
      if (started >= stay.fromNanos() && event.atNanos() <= stay.toNanos()) {
        slice("frozen", stay.node(), track, started, event.atNanos(), args("to", aborted.to()));
        return;
      }
    }
  }

  private void ofProcess(Event event, String name, SequencedMap<String, Object> args) {
    ProcessId id = event.what().process();
    Tracks.Track track = tracks.at(id, event.atNanos());
    instant(event.atNanos(), track.nodeAt(event.atNanos()), track.lane(), name, args);
  }

  private void ofNode(Event event, String name, SequencedMap<String, Object> args) {
    lane(event.node(), NODE_LANE, event.node() == CLUSTER ? "cluster" : "node");
    instant(event.atNanos(), event.node(), NODE_LANE, name, args);
  }

  private void instant(
      long nanos, int node, int lane, String name, SequencedMap<String, Object> args) {
    lines.add(new Line(Kind.INSTANT, nanos, nanos, node, lane, 3, name, "control", 0, args));
  }

  static String text(Problem problem) {
    return problem.arguments().isEmpty() ? problem.key() : problem.key() + problem.arguments();
  }

  static SequencedMap<String, Object> args(Object... keysAndValues) {
    SequencedMap<String, Object> args = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      args.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return args;
  }
}
