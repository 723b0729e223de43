package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.state.Walk;

/** What of a process's memory is locked (mlock(2)): ranges of addresses, and what it maps yet. */
final class LockedMemory {
  /** Ends by starts; ranges do not overlap. */
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  /** MCL_FUTURE. */
  private boolean future;

  boolean future() {
    return future;
  }

  void future(boolean all) {
    future = all;
  }

  /** Whether anything holds it. */
  boolean isEmpty() {
    return ranges.isEmpty() && !future;
  }

  /** Locked bytes. */
  long bytes() {
    long sum = 0;
    for (Map.Entry<Long, Long> each : ranges.entrySet()) {
      sum += each.getValue() - each.getKey();
    }
    return sum;
  }

  void add(long start, long end) {
    remove(start, end);
    ranges.put(start, end);
  }

  void remove(long start, long end) {
    for (Map.Entry<Long, Long> each : List.copyOf(ranges.headMap(end).entrySet())) {
      long from = each.getKey();
      long to = each.getValue();
      if (to > start) {
        ranges.remove(from);
        if (from < start) {
          ranges.put(from, start);
        }
        if (to > end) {
          ranges.put(end, to);
        }
      }
    }
  }

  void clear() {
    ranges.clear();
    future = false;
  }

  /** Lets go of what is not mapped any more. */
  void trim(AddressSpace memory) {
    List<long[]> kept = new ArrayList<>();
    for (Area area : memory.areas()) {
      for (Map.Entry<Long, Long> each : ranges.entrySet()) {
        long from = Math.max(area.start(), each.getKey());
        long to = Math.min(area.end(), each.getValue());
        if (from < to) {
          kept.add(new long[] {from, to});
        }
      }
    }
    ranges.clear();
    kept.forEach(each -> ranges.put(each[0], each[1]));
  }

  void walk(Walk walk) {
    long[] flat = new long[2 * ranges.size()];
    int at = 0;
    for (Map.Entry<Long, Long> each : ranges.entrySet()) {
      flat[at++] = each.getKey();
      flat[at++] = each.getValue();
    }
    flat = walk.longs("locked", flat);
    if (walk.reading()) {
      ranges.clear();
      for (int i = 0; i < flat.length; i += 2) {
        ranges.put(flat[i], flat[i + 1]);
      }
    }
    future = walk.flag("lockedFuture", future);
  }
}
