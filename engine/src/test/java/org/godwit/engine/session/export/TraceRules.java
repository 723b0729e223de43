package org.godwit.engine.session.export;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a Chrome trace must keep to be drawn as it is meant: known phases, finite times, named
 * lanes, slices that nest, flows with one start and one end inside slices, numeric counters.
 */
final class TraceRules {
  private static final Set<String> PHASES = Set.of("M", "X", "i", "C", "s", "f");

  private final List<String> offences = new ArrayList<>();
  private final Set<String> lanes = new TreeSet<>();
  private final Set<Integer> processes = new TreeSet<>();
  private final Map<String, List<Slice>> slices = new TreeMap<>();

  private TraceRules() {}

  private record Slice(BigDecimal from, BigDecimal to, String name) {}

  /** The broken rules; empty for a good trace. */
  static List<String> offences(String json) {
    TraceRules rules = new TraceRules();
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    JsonArray events =
        JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("traceEvents");
    for (JsonElement each : events) {
      rules.metadata(each.getAsJsonObject());
    }
    for (JsonElement each : events) {
      rules.event(each.getAsJsonObject());
    }
    rules.slices.forEach(rules::nest);
    rules.flows(events);
    return rules.offences;
  }

  private void metadata(JsonObject event) {
    if (event.get("ph").getAsString().equals("M")) {
      int pid = event.get("pid").getAsInt();
      switch (event.get("name").getAsString()) {
        case "process_name" -> processes.add(pid);
        case "thread_name" -> lanes.add(pid + "/" + event.get("tid").getAsInt());
        default -> {}
      }
    }
  }

  private void event(JsonObject event) {
    String phase = event.get("ph").getAsString();
    check(PHASES.contains(phase), "unknown phase", event);
    if (phase.equals("M")) {
      return;
    }
    check(processes.contains(event.get("pid").getAsInt()), "pid without a name", event);
    check(event.get("ts").getAsBigDecimal().signum() >= 0, "negative time", event);
    if (phase.equals("C")) {
      check(!event.has("tid"), "counter with a lane", event);
      for (var series : event.getAsJsonObject("args").entrySet()) {
        check(
            series.getValue().getAsJsonPrimitive().isNumber(), "counter that is no number", event);
      }
      return;
    }
    check(lanes.contains(lane(event)), "tid without a name", event);
    if (phase.equals("X")) {
      BigDecimal from = event.get("ts").getAsBigDecimal();
      BigDecimal length = event.get("dur").getAsBigDecimal();
      check(length.signum() >= 0, "negative duration", event);
      slices
          .computeIfAbsent(lane(event), _ -> new ArrayList<>())
          .add(new Slice(from, from.add(length), event.get("name").getAsString()));
    }
    if (phase.equals("i")) {
      check(Set.of("g", "p", "t").contains(event.get("s").getAsString()), "bad scope", event);
    }
  }

  private void nest(String lane, List<Slice> all) {
    all.sort(
        Comparator.comparing(Slice::from)
            .thenComparing(Slice::to, Comparator.<BigDecimal>reverseOrder()));
    Deque<Slice> open = new ArrayDeque<>();
    for (Slice slice : all) {
      while (!open.isEmpty() && open.peek().to.compareTo(slice.from) <= 0) {
        open.pop();
      }
      if (!open.isEmpty() && slice.to.compareTo(open.peek().to) > 0) {
        offences.add(lane + ": " + slice + " overlaps " + open.peek());
      }
      open.push(slice);
    }
  }

  private void flows(JsonArray events) {
    Map<String, List<JsonObject>> flows = new TreeMap<>();
    for (JsonElement each : events) {
      JsonObject event = each.getAsJsonObject();
      if (Set.of("s", "f").contains(event.get("ph").getAsString())) {
        String key = event.get("cat") + " " + event.get("name") + " " + event.get("id");
        flows.computeIfAbsent(key, _ -> new ArrayList<>()).add(event);
      }
    }
    for (List<JsonObject> flow : flows.values()) {
      boolean pair =
          flow.size() == 2
              && flow.get(0).get("ph").getAsString().equals("s")
              && flow.get(1).get("ph").getAsString().equals("f")
              && time(flow.get(0)).compareTo(time(flow.get(1))) <= 0;
      check(pair, "flow that is no pair", flow.getFirst());
      for (JsonObject end : flow) {
        boolean inside =
            slices.getOrDefault(lane(end), List.of()).stream()
                .anyMatch(
                    slice ->
                        slice.from.compareTo(time(end)) <= 0 && slice.to.compareTo(time(end)) >= 0);
        check(inside, "flow outside of a slice", end);
      }
    }
  }

  private static BigDecimal time(JsonObject event) {
    return event.get("ts").getAsBigDecimal();
  }

  private static String lane(JsonObject event) {
    return event.get("pid").getAsInt() + "/" + event.get("tid").getAsInt();
  }

  private void check(boolean kept, String rule, JsonObject event) {
    if (!kept) {
      offences.add(rule + ": " + event);
    }
  }
}
