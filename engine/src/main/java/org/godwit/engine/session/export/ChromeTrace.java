package org.godwit.engine.session.export;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.EventKinds;
import org.godwit.engine.session.query.Tracks;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.NodeSpec;

/**
 * A recording as Chrome trace events (the JSON object form of Google's "Trace Event Format"), which
 * the Perfetto UI and chrome://tracing draw.
 *
 * <p>A node is a trace process, a guest process a thread of every node that it was on, under the
 * same number. Its slices say where the body was: {@code resident} while it could run there, {@code
 * migrate} from freeze to resume on the node that it left, and within {@code resident} a {@code
 * frozen} for a migration that failed. A flow joins each {@code migrate} with the stay that it led
 * to. Load, memory and traffic are counters of the node; locks, reasons, refusals and faults are
 * instants. Times are microseconds with three decimals, exact. Slices of one lane never overlap.
 *
 * <p>Lines are ordered by time, node, lane and then kind; {@code otherData} names scenario, seed
 * and clock divisor.
 */
public final class ChromeTrace {
  /** Lane of a node's own instants. No guest has it. */
  private static final int NODE_LANE = 0;

  /** Trace process of what concerns the cluster as a whole. */
  private static final int CLUSTER = 0;

  private final RecordedSession session;
  private final Tracks tracks;
  private final SortedMap<Integer, SortedMap<Integer, String>> lanes = new TreeMap<>();
  private final List<Line> lines = new ArrayList<>();

  private ChromeTrace(RecordedSession session) {
    this.session = session;
    this.tracks = new Tracks(session.events(), session.facts().endNanos());
  }

  /**
   * Writes the trace of {@code session} to {@code out}, which is flushed and stays open.
   *
   * @throws IOException if {@code out} fails
   */
  public static void write(RecordedSession session, Writer out) throws IOException {
    ChromeTrace trace = new ChromeTrace(session);
    trace.collect();
    trace.writeTo(out);
    out.flush();
  }

  /**
   * A timed trace event.
   *
   * @param rank order among those of one instant and lane: longer slices first, then what needs one
   * @param fields further members in order; a {@code Map} is an object
   */
  private record Line(
      String phase,
      long nanos,
      int node,
      int lane,
      int rank,
      SequencedMap<String, Object> fields) {}

  // Collecting

  private void collect() {
    lane(CLUSTER, NODE_LANE, "cluster");
    for (int node : nodeNames().keySet()) {
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
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("cat", name.equals("resident") ? "process" : "migration");
    fields.put("dur", micros(to - from));
    if (!args.isEmpty()) {
      fields.put("args", args);
    }
    lines.add(new Line("X", from, node, track.lane(), name.equals("frozen") ? 1 : 0, fields));
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
    flow("s", flow, frozen, stay.node(), track);
    flow("f", flow, resumed, move.to(), track);
  }

  private void flow(String phase, int number, long nanos, int node, Tracks.Track track) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", "migration");
    fields.put("cat", "migration");
    fields.put("id", "0x" + Integer.toHexString(number));
    if (phase.equals("f")) {
      fields.put("bp", "e");
    }
    lines.add(new Line(phase, nanos, node, track.lane(), 2, fields));
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
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("args", args(series, value));
    lines.add(new Line("C", sample.atNanos(), sample.node(), NODE_LANE, 0, fields));
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
      case Happening.CommandRefused refused ->
          ofNode(event, "command refused", args("why", text(refused.why())));
      case Happening.Launched _,
          Happening.Booted _,
          Happening.Forked _,
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
    instant(event.atNanos(), track.nodeAt(event.atNanos()), track.lane(), "t", name, args);
  }

  private void ofNode(Event event, String name, SequencedMap<String, Object> args) {
    lane(event.node(), NODE_LANE, event.node() == CLUSTER ? "cluster" : "node");
    String scope = event.node() == CLUSTER ? "g" : "p";
    instant(event.atNanos(), event.node(), NODE_LANE, scope, name, args);
  }

  private void instant(
      long nanos,
      int node,
      int lane,
      String scope,
      String name,
      SequencedMap<String, Object> args) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("cat", "control");
    fields.put("s", scope);
    if (!args.isEmpty()) {
      fields.put("args", args);
    }
    lines.add(new Line("i", nanos, node, lane, 3, fields));
  }

  private SortedMap<Integer, String> nodeNames() {
    SortedMap<Integer, String> names = new TreeMap<>();
    for (NodeSpec node : session.scenario().nodes()) {
      names.put(node.id(), node.name());
    }
    for (Event event : session.events()) {
      if (event.what() instanceof Happening.NodeUp up && event.node() != CLUSTER) {
        names.put(event.node(), up.name());
      }
    }
    return names;
  }

  // Writing

  private void writeTo(Writer out) throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.COMPACT);
    json.beginObject();
    json.name("displayTimeUnit").value("ms");
    json.name("otherData").beginObject();
    json.name("schema").value("1");
    json.name("scenario").value(session.scenario().name());
    json.name("seed").value(Long.toString(session.scenario().seed()));
    json.name("clockDivisor").value(Integer.toString(session.scenario().clockDivisor()));
    json.name("kernel").value(session.scenario().kernel().text());
    json.name("policy").value(session.scenario().policy());
    json.name("engineVersion").value(session.facts().engineVersion());
    json.name("behaviourVersion").value(Integer.toString(session.facts().behaviourVersion()));
    json.endObject();
    json.name("traceEvents").beginArray();
    metadata(json, out);
    for (Line line : lines) {
      newLine(json, out);
      json.beginObject();
      json.name("ph").value(line.phase());
      json.name("ts").value(micros(line.nanos()));
      json.name("pid").value(line.node());
      if (!line.phase().equals("C")) {
        json.name("tid").value(line.lane());
      }
      members(json, line.fields());
      json.endObject();
    }
    json.endArray();
    json.endObject();
    json.flush();
    out.write('\n');
  }

  private void metadata(JsonWriter json, Writer out) throws IOException {
    SortedMap<Integer, String> names = nodeNames();
    for (var node : lanes.entrySet()) {
      int id = node.getKey();
      String name = id == CLUSTER ? "cluster" : names.getOrDefault(id, "node" + id);
      metadata(json, out, "process_name", id, null, args("name", name));
      metadata(json, out, "process_sort_index", id, null, args("sort_index", id));
      for (var lane : node.getValue().entrySet()) {
        metadata(json, out, "thread_name", id, lane.getKey(), args("name", lane.getValue()));
        metadata(
            json, out, "thread_sort_index", id, lane.getKey(), args("sort_index", lane.getKey()));
      }
    }
  }

  private static void metadata(
      JsonWriter json,
      Writer out,
      String name,
      int node,
      Integer lane,
      SequencedMap<String, Object> args)
      throws IOException {
    newLine(json, out);
    json.beginObject();
    json.name("ph").value("M");
    json.name("name").value(name);
    json.name("pid").value(node);
    if (lane != null) {
      json.name("tid").value(lane);
    }
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("args", args);
    members(json, fields);
    json.endObject();
  }

  /** A trace event a line: such a file can be compared and searched with plain tools. */
  private static void newLine(JsonWriter json, Writer out) throws IOException {
    json.flush();
    out.write('\n');
  }

  private static void members(JsonWriter json, SequencedMap<String, Object> fields)
      throws IOException {
    for (var field : fields.entrySet()) {
      json.name(field.getKey());
      switch (field.getValue()) {
        case String text -> json.value(text);
        case Boolean flag -> json.value(flag);
        case Number number -> json.value(number);
        case SequencedMap<?, ?> map -> {
          json.beginObject();
          SequencedMap<String, Object> inner = new LinkedHashMap<>();
          map.forEach((key, value) -> inner.put((String) key, value));
          members(json, inner);
          json.endObject();
        }
        default -> throw new IllegalStateException("no JSON for " + field.getValue());
      }
    }
  }

  private static BigDecimal micros(long nanos) {
    return BigDecimal.valueOf(nanos, 3);
  }

  private static String text(Problem problem) {
    return problem.arguments().isEmpty() ? problem.key() : problem.key() + problem.arguments();
  }

  private static SequencedMap<String, Object> args(Object... keysAndValues) {
    SequencedMap<String, Object> args = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      args.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return args;
  }
}
