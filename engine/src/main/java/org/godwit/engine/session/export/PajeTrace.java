package org.godwit.engine.session.export;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.godwit.engine.session.file.RecordedSession;

/**
 * A recording as a Pajé trace ("Pajé trace file format", Schnorr 2016), which pj_dump, ViTE and R
 * read.
 *
 * <p>Containers: the cluster, its nodes, and in a node each stay of a guest. A stay's state is
 * {@code resident}, with {@code frozen} pushed on it for a migration that failed, and {@code
 * migrate} from the freeze until the body resumed elsewhere; then the container is destroyed. A
 * link joins the two containers of a migration. Variables of a node: load, runnable, cpu, memory,
 * network, forwarded calls. Locks, stay reasons and the like are events. Times are seconds with
 * nine decimals.
 */
public final class PajeTrace {
  private static final String DEFINITIONS =
      """
      %EventDef PajeDefineContainerType 0
      %	Alias string
      %	Type string
      %	Name string
      %EndEventDef
      %EventDef PajeDefineStateType 1
      %	Alias string
      %	Type string
      %	Name string
      %EndEventDef
      %EventDef PajeDefineVariableType 2
      %	Alias string
      %	Type string
      %	Name string
      %	Color color
      %EndEventDef
      %EventDef PajeDefineLinkType 3
      %	Alias string
      %	Type string
      %	StartContainerType string
      %	EndContainerType string
      %	Name string
      %EndEventDef
      %EventDef PajeDefineEventType 4
      %	Alias string
      %	Type string
      %	Name string
      %EndEventDef
      %EventDef PajeDefineEntityValue 5
      %	Alias string
      %	Type string
      %	Name string
      %	Color color
      %EndEventDef
      %EventDef PajeCreateContainer 6
      %	Time date
      %	Alias string
      %	Type string
      %	Container string
      %	Name string
      %EndEventDef
      %EventDef PajeDestroyContainer 7
      %	Time date
      %	Type string
      %	Name string
      %EndEventDef
      %EventDef PajeSetState 8
      %	Time date
      %	Type string
      %	Container string
      %	Value string
      %EndEventDef
      %EventDef PajePushState 9
      %	Time date
      %	Type string
      %	Container string
      %	Value string
      %EndEventDef
      %EventDef PajePopState 10
      %	Time date
      %	Type string
      %	Container string
      %EndEventDef
      %EventDef PajeSetVariable 11
      %	Time date
      %	Type string
      %	Container string
      %	Value double
      %EndEventDef
      %EventDef PajeStartLink 12
      %	Time date
      %	Type string
      %	Container string
      %	StartContainer string
      %	Value string
      %	Key string
      %EndEventDef
      %EventDef PajeEndLink 13
      %	Time date
      %	Type string
      %	Container string
      %	EndContainer string
      %	Value string
      %	Key string
      %EndEventDef
      %EventDef PajeNewEvent 14
      %	Time date
      %	Type string
      %	Container string
      %	Value string
      %EndEventDef
      0 cluster 0 cluster
      0 node cluster node
      0 guest node guest
      1 body guest body
      4 control guest control
      4 nodecontrol node control
      4 clustercontrol cluster control
      3 migration cluster guest guest migration
      5 resident body resident "0.20 0.55 0.75"
      5 migrate body migrate "0.90 0.55 0.10"
      5 frozen body frozen "0.60 0.60 0.60"
      """;

  private static final List<String> VARIABLES =
      List.of("load", "runnable", "cpu", "memory", "network", "forwarded calls");

  private final Timeline timeline;
  private final long endNanos;
  private final List<Row> rows = new ArrayList<>();

  /** The newest container of a node's lane. */
  private final Map<List<Integer>, String> containers = new HashMap<>();

  private final SortedMap<String, Long> open = new TreeMap<>();
  private int residencies;

  private PajeTrace(RecordedSession session) {
    this.timeline = new Timeline(session);
    long last = session.facts().endNanos();
    for (Timeline.Line line : timeline.lines()) {
      last = Math.max(last, line.untilNanos());
    }
    this.endNanos = last;
  }

  /**
   * A timed line.
   *
   * @param order among those of one instant
   * @param text what follows the time
   */
  private record Row(long nanos, int order, int code, String text) {}

  /**
   * Writes the trace of {@code session} to {@code out}, which is flushed and stays open.
   *
   * @throws IOException if {@code out} fails
   */
  public static void write(RecordedSession session, Writer out) throws IOException {
    PajeTrace trace = new PajeTrace(session);
    trace.collect();
    trace.writeTo(out);
    out.flush();
  }

  private void collect() {
    add(0, 0, 6, "c0 cluster 0 cluster");
    for (int node : timeline.lanes().keySet()) {
      if (node != Timeline.CLUSTER) {
        add(0, 1, 6, container(node) + " node c0 " + quoted(timeline.name(node)));
      }
    }
    for (Timeline.Line line : timeline.lines()) {
      switch (line.kind()) {
        case SLICE -> slice(line);
        case FLOW_START -> {
          String from = containers.get(List.of(line.node(), line.lane()));
          add(line.nanos(), 4, 12, "migration c0 " + from + " move m" + line.flow());
        }
        case FLOW_END -> {
          String to = containers.get(List.of(line.node(), line.lane()));
          add(line.nanos(), 5, 13, "migration c0 " + to + " move m" + line.flow());
        }
        case COUNTER ->
            add(
                line.nanos(),
                6,
                11,
                "v"
                    + VARIABLES.indexOf(line.name())
                    + " "
                    + container(line.node())
                    + " "
                    + line.args().firstEntry().getValue());
        case INSTANT -> instant(line);
      }
    }
    open.forEach((name, until) -> add(until, 9, 7, "guest " + name));
    for (int node : timeline.lanes().keySet()) {
      if (node != Timeline.CLUSTER) {
        add(endNanos, 10, 7, "node " + container(node));
      }
    }
    add(endNanos, 11, 7, "cluster c0");
    rows.sort(Comparator.comparingLong(Row::nanos).thenComparingInt(Row::order));
  }

  private void slice(Timeline.Line line) {
    List<Integer> lane = List.of(line.node(), line.lane());
    switch (line.name()) {
      case "resident" -> {
        String name = "g" + ++residencies;
        containers.put(lane, name);
        open.put(name, line.untilNanos());
        String shown = timeline.lanes().get(line.node()).get(line.lane());
        add(
            line.nanos(),
            2,
            6,
            name + " guest " + container(line.node()) + " " + quoted(shown + " #" + residencies));
        add(line.nanos(), 3, 8, "body " + name + " resident");
      }
      case "migrate" -> {
        String name = containers.get(lane);
        open.put(name, line.untilNanos());
        add(line.nanos(), 3, 8, "body " + name + " migrate");
      }
      default -> {
        add(line.nanos(), 3, 9, "body " + containers.get(lane) + " frozen");
        add(line.untilNanos(), 3, 10, "body " + containers.get(lane));
      }
    }
  }

  private void instant(Timeline.Line line) {
    String value = quoted(line.name());
    String guest = containers.get(List.of(line.node(), line.lane()));
    if (line.node() == Timeline.CLUSTER) {
      add(line.nanos(), 7, 14, "clustercontrol c0 " + value);
    } else if (line.lane() == Timeline.NODE_LANE) {
      add(line.nanos(), 7, 14, "nodecontrol " + container(line.node()) + " " + value);
    } else if (guest != null) {
      add(line.nanos(), 7, 14, "control " + guest + " " + value);
    }
  }

  private void add(long nanos, int order, int code, String text) {
    rows.add(new Row(nanos, order, code, text));
  }

  private static String container(int node) {
    return "n" + node;
  }

  /** The format knows no escapes. */
  private static String quoted(String text) {
    return '"' + text.replace('"', '\'').replaceAll("\\p{Cntrl}", " ") + '"';
  }

  private void writeTo(Writer out) throws IOException {
    out.write(DEFINITIONS);
    for (int i = 0; i < VARIABLES.size(); i++) {
      out.write("2 v" + i + " node " + quoted(VARIABLES.get(i)) + " \"0.2 0.6 0.3\"\n");
    }
    for (Row row : rows) {
      out.write(
          row.code()
              + " "
              + BigDecimal.valueOf(row.nanos(), 9).toPlainString()
              + " "
              + row.text()
              + "\n");
    }
  }
}
