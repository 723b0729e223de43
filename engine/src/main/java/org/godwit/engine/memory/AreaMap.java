package org.godwit.engine.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.godwit.engine.state.Walk;

/**
 * Areas by address: disjoint, sorted, neighbours merged where one continues the other, as Linux
 * shows them. A sorted list: a process has tens of areas, and most questions are a binary search.
 */
final class AreaMap {
  private final ArrayList<Area> areas = new ArrayList<>();

  List<Area> list() {
    return List.copyOf(areas);
  }

  void addAll(AreaMap other) {
    areas.addAll(other.areas);
  }

  /** Replaces the backings, each by the one that the resolver has for its handle. */
  void rebind(LongFunction<Backing> resolver) {
    areas.replaceAll(
        area -> area.backing() == null ? area : area.backedBy(resolver.apply(area.handle())));
  }

  /** Index of the first area that ends after the address. */
  private int indexAfter(long address) {
    int low = 0;
    int high = areas.size();
    while (low < high) {
      int middle = low + high >>> 1;
      if (areas.get(middle).end() <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  Area find(long address) {
    if (address < 0) {
      return null;
    }
    int i = indexAfter(address);
    return i < areas.size() && areas.get(i).start() <= address ? areas.get(i) : null;
  }

  boolean isFree(long start, long end) {
    int i = indexAfter(start);
    return i == areas.size() || areas.get(i).start() >= end;
  }

  /** Whether every address of the range is mapped. */
  boolean covers(long start, long end) {
    long at = start;
    for (int i = indexAfter(start); at < end; i++) {
      if (i == areas.size() || areas.get(i).start() > at) {
        return false;
      }
      at = areas.get(i).end();
    }
    return true;
  }

  /** Adds an area where nothing is mapped. */
  void add(Area area) {
    int i = indexAfter(area.start());
    areas.add(i, area);
    merge(i + 1);
    merge(i);
  }

  /** Joins the area at an index with the one before if it continues that. */
  private void merge(int i) {
    if (i > 0 && i < areas.size() && areas.get(i - 1).continues(areas.get(i))) {
      Area before = areas.get(i - 1);
      areas.set(i - 1, before.moved(before.start(), before.length() + areas.get(i).length()));
      areas.remove(i);
    }
  }

  /** Makes a range free; areas that reach out of it keep their outer parts. */
  void remove(long start, long end) {
    split(start);
    split(end);
    int from = indexAfter(start);
    int to = from;
    while (to < areas.size() && areas.get(to).start() < end) {
      to++;
    }
    areas.subList(from, to).clear();
  }

  /** Makes an address a border if it lies inside an area. */
  private void split(long address) {
    int i = indexAfter(address);
    if (i < areas.size() && areas.get(i).start() < address) {
      Area area = areas.get(i);
      areas.set(i, area.part(area.start(), address));
      areas.add(i + 1, area.part(address, area.end()));
    }
  }

  /** Changes permissions up to the first gap; returns where that is, or the end of the range. */
  long protect(long start, long end, int prot) {
    split(start);
    split(end);
    long at = start;
    int first = indexAfter(start);
    int i = first;
    while (at < end && i < areas.size() && areas.get(i).start() == at) {
      at = areas.get(i).end();
      areas.set(i, areas.get(i).withProt(prot));
      i++;
    }
    for (int j = Math.min(i, areas.size() - 1); j >= first; j--) {
      merge(j);
    }
    mergeAt(end);
    return at;
  }

  /** Undoes a needless border. */
  private void mergeAt(long address) {
    int i = indexAfter(address);
    if (i < areas.size() && areas.get(i).start() == address) {
      merge(i);
    }
  }

  /** Start of the highest gap of a length between two addresses, or -1. */
  long highestGap(long low, long high, long length) {
    long top = high;
    for (int i = areas.size() - 1; i >= 0; i--) {
      Area area = areas.get(i);
      if (area.start() >= top) {
        continue;
      }
      if (top - Math.max(low, area.end()) >= length) {
        return top - length;
      }
      top = Math.min(top, area.start());
    }
    return top - low >= length ? top - length : -1;
  }

  boolean hasSharedWritable() {
    for (Area area : areas) {
      if (area.shared() && area.writable()) {
        return true;
      }
    }
    return false;
  }

  /** Whether nobody else's stores can be seen, and nobody else sees its own. */
  boolean isPrivate() {
    for (Area area : areas) {
      if (area.backing() != null && !area.backing().isConstant()) {
        return false;
      }
    }
    return !hasSharedWritable();
  }

  /** Whether some part of a range can be executed. */
  boolean hasExecutable(long start, long end) {
    for (int i = indexAfter(start); i < areas.size() && areas.get(i).start() < end; i++) {
      if (areas.get(i).executable()) {
        return true;
      }
    }
    return false;
  }

  void walk(Walk walk, LongFunction<Backing> resolver) {
    int count = walk.count("areas", areas.size());
    for (int i = 0; i < count; i++) {
      Area area = walk(walk, walk.reading() ? null : areas.get(i), resolver);
      if (walk.reading()) {
        areas.add(area);
      }
    }
  }

  private static Area walk(Walk walk, Area area, LongFunction<Backing> resolver) {
    boolean known = area != null;
    long start = walk.i64("start", known ? area.start() : 0);
    long end = walk.i64("end", known ? area.end() : 0);
    int prot = walk.i32("prot", known ? area.prot() : 0);
    boolean shared = walk.flag("shared", known && area.shared());
    long offset = walk.i64("offset", known ? area.offset() : 0);
    String name = walk.text("name", known ? area.name() : "");
    Backing backing = null;
    if (walk.present("backing", known && area.backing() != null)) {
      long handle = walk.i64("handle", known ? area.backing().handle() : 0);
      backing = known ? area.backing() : resolver.apply(handle);
    }
    return known ? area : new Area(start, end, prot, shared, backing, offset, name);
  }
}
