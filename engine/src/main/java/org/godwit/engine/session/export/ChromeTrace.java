package org.godwit.engine.session.export;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.godwit.engine.session.file.RecordedSession;

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
  private final RecordedSession session;
  private final Timeline timeline;

  private ChromeTrace(RecordedSession session) {
    this.session = session;
    this.timeline = new Timeline(session);
  }

  /**
   * Writes the trace of {@code session} to {@code out}, which is flushed and stays open.
   *
   * @throws IOException if {@code out} fails
   */
  public static void write(RecordedSession session, Writer out) throws IOException {
    new ChromeTrace(session).writeTo(out);
    out.flush();
  }

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
    for (Timeline.Line line : timeline.lines()) {
      newLine(json, out);
      json.beginObject();
      json.name("ph").value(phase(line.kind()));
      json.name("ts").value(micros(line.nanos()));
      json.name("pid").value(line.node());
      if (line.kind() != Timeline.Kind.COUNTER) {
        json.name("tid").value(line.lane());
      }
      members(json, fields(line));
      json.endObject();
    }
    json.endArray();
    json.endObject();
    json.flush();
    out.write('\n');
  }

  private static String phase(Timeline.Kind kind) {
    return switch (kind) {
      case SLICE -> "X";
      case FLOW_START -> "s";
      case FLOW_END -> "f";
      case COUNTER -> "C";
      case INSTANT -> "i";
    };
  }

  /** Further members of a line in order; a {@code Map} is an object. */
  private static SequencedMap<String, Object> fields(Timeline.Line line) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", line.name());
    if (!line.category().isEmpty()) {
      fields.put("cat", line.category());
    }
    switch (line.kind()) {
      case SLICE -> fields.put("dur", micros(line.untilNanos() - line.nanos()));
      case INSTANT ->
          fields.put(
              "s",
              line.lane() != Timeline.NODE_LANE
                  ? "t"
                  : line.node() == Timeline.CLUSTER ? "g" : "p");
      case FLOW_START, FLOW_END -> {
        fields.put("id", "0x" + Integer.toHexString(line.flow()));
        if (line.kind() == Timeline.Kind.FLOW_END) {
          fields.put("bp", "e");
        }
      }
      case COUNTER -> {
        // Its value is its only argument.
      }
    }
    if (!line.args().isEmpty()) {
      fields.put("args", line.args());
    }
    return fields;
  }

  private void metadata(JsonWriter json, Writer out) throws IOException {
    for (var node : timeline.lanes().entrySet()) {
      int id = node.getKey();
      String name = timeline.name(id);
      metadata(json, out, "process_name", id, null, Timeline.args("name", name));
      metadata(json, out, "process_sort_index", id, null, Timeline.args("sort_index", id));
      for (var lane : node.getValue().entrySet()) {
        metadata(
            json, out, "thread_name", id, lane.getKey(), Timeline.args("name", lane.getValue()));
        metadata(
            json,
            out,
            "thread_sort_index",
            id,
            lane.getKey(),
            Timeline.args("sort_index", lane.getKey()));
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
}
