package org.godwit.engine.session.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a Perfetto trace must keep: a track is described, under a parent that is, before it is used;
 * packets of the sequence in order of time; begins and ends in balance on each track; a flow begins
 * once and ends once, not before it began. Field numbers: perfetto's .proto files.
 */
final class PerfettoRules {
  private final List<String> offences = new ArrayList<>();
  private final Set<Long> tracks = new TreeSet<>();
  private final Map<Long, Deque<String>> open = new TreeMap<>();
  private final Map<Long, Long> flows = new TreeMap<>();
  private final Set<Long> ended = new TreeSet<>();
  private long now;

  private PerfettoRules() {}

  /** The broken rules; empty for a good trace. */
  static List<String> offences(byte[] trace) {
    PerfettoRules rules = new PerfettoRules();
    List<WireMessage> packets = new WireMessage(trace).messages(1);
    for (WireMessage packet : packets) {
      rules.packet(packet);
    }
    if (packets.isEmpty() || packets.getFirst().number(13) != 1) {
      rules.offences.add("the first packet does not clear the state");
    }
    rules.open.forEach(
        (track, slices) -> rules.check(slices.isEmpty(), "open at the end: " + slices));
    rules.flows.keySet().forEach(id -> rules.check(rules.ended.contains(id), "no end of " + id));
    return rules.offences;
  }

  private void check(boolean holds, String offence) {
    if (!holds) {
      offences.add(offence);
    }
  }

  private void packet(WireMessage packet) {
    check(packet.number(10) == 1, "no sequence");
    if (packet.has(60)) {
      WireMessage track = packet.message(60);
      check(track.number(1) != 0 && tracks.add(track.number(1)), "track twice or 0");
      check(!track.has(5) || tracks.contains(track.number(5)), "unknown parent");
      check(!track.text(2).isEmpty(), "a track without a name");
    } else {
      check(packet.number(8) >= now, "back in time: " + packet.number(8) + " after " + now);
      now = packet.number(8);
      event(packet.message(11));
    }
  }

  private void event(WireMessage event) {
    long track = event.number(11);
    check(tracks.contains(track), "unknown track " + track);
    Deque<String> slices = open.computeIfAbsent(track, _ -> new ArrayDeque<>());
    switch ((int) event.number(9)) {
      case 1 -> {
        check(!event.text(23).isEmpty(), "a slice without a name");
        slices.push(event.text(23));
      }
      case 2 -> {
        check(!slices.isEmpty(), "an end without a begin at " + now);
        slices.poll();
      }
      case 3 -> check(!event.text(23).isEmpty(), "an instant without a name");
      case 4 -> check(event.has(30) != event.has(44), "a counter with no or two values");
      default -> offences.add("type " + event.number(9));
    }
    if (event.has(47)) {
      check(flows.put(event.number(47), now) == null, "a flow twice");
    }
    if (event.has(48)) {
      check(flows.containsKey(event.number(48)), "a flow ends that has not begun");
      check(ended.add(event.number(48)), "a flow ends twice");
    }
    check(!(event.has(47) && event.has(48)), "begin and end of flows in one event");
    for (WireMessage annotation : event.messages(4)) {
      check(!annotation.text(10).isEmpty(), "an annotation without a name");
    }
  }
}
