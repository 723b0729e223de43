package org.godwit.engine.jit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.godwit.engine.memory.AddressSpace;

/**
 * The regions that all processes and nodes share, within a bound. A region is known by its address
 * and by the bytes of the pages that it was read from: whatever space has the same bytes there, on
 * pages that never change, may use it. So code of an image survives exec, move and rewind, and
 * needs no name (decision 35).
 *
 * <p>For all threads.
 */
public final class Regions {
  /**
   * Most instructions of a region, then how many to try if its method gets too long. What HotSpot
   * needs for a method grows faster than the method.
   */
  private static final int[] SIZES = {120, 60, 30, 12};

  private static final int MOST_OF_ONE_ADDRESS = 16;

  /**
   * Instructions executed for each byte of bytecode before HotSpot's second compiler may have a
   * region: what it takes for a byte would have executed so many in the first compiler's code.
   */
  private static final int HEAT = 10_000;

  /**
   * What is left after fewer instructions than this stays wide ({@link Emitter}) when it is hot.
   */
  private static final int SHORT_STAY = 50;

  private final Background background;
  private final long mostBytes;
  private final int heat;
  private final long shortStay;
  private final Map<Long, Deque<Region>> byPc = new TreeMap<>();
  private final Deque<Region> oldest = new ArrayDeque<>();
  private long bytes;
  private int failures;
  private volatile boolean empty = true;

  /** A region that was asked for. */
  static final class Order {
    private volatile boolean done;
    private Region region;

    boolean done() {
      return done;
    }

    /** The region, or null if there will be none; after {@link #done}. */
    Region region() {
      return region;
    }

    private void deliver(Region made) {
      region = made;
      done = true;
    }
  }

  /**
   * @param background where translating happens
   * @param mostBytes how much code is kept, in bytes of bytecode and guest pages
   */
  public Regions(Background background, long mostBytes) {
    this(background, mostBytes, HEAT, SHORT_STAY);
  }

  /**
   * With other numbers of instructions: for each byte before a region is made anew as hot, and
   * below which it then stays wide.
   */
  Regions(Background background, long mostBytes, int heat, long shortStay) {
    this.shortStay = shortStay;
    this.background = background;
    this.mostBytes = mostBytes;
    this.heat = heat;
  }

  /** Bytes of bytecode and guest pages that are kept now. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Whether nothing was ever translated. */
  boolean isEmpty() {
    return empty;
  }

  /** Number of regions that are kept now. */
  public synchronized int count() {
    return oldest.size();
  }

  /** How often translating failed by an error of ours; such code stays interpreted. */
  public synchronized int failures() {
    return failures;
  }

  /** A region for this address whose code is in this space, or null. */
  synchronized Region find(long pc, AddressSpace memory) {
    Deque<Region> candidates = byPc.get(pc);
    if (candidates != null) {
      for (Region region : candidates) {
        if (region.flow().isIn(memory)) {
          return region;
        }
      }
    }
    return null;
  }

  /** Orders a region; reading the code happens now, translating it in the background. */
  Order order(long pc, AddressSpace memory, LongFunction<long[]> tables) {
    Order order = new Order();
    Flow[] flows = new Flow[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      flows[i] = Explorer.explore(memory, pc, tables, SIZES[i]);
      if (flows[i] == null) {
        order.deliver(null);
        return order;
      }
    }
    background.submit(() -> order.deliver(translate(flows)));
    return order;
  }

  /** Whether a region has been executed for so long that its hot version pays. */
  boolean isHot(Region region) {
    return !region.hot && region.executed > (long) heat * region.methodBytes();
  }

  /** Orders the hot version of a region, once. */
  void heat(Region region) {
    synchronized (this) {
      if (region.ordered) {
        return;
      }
      region.ordered = true;
    }
    background.submit(
        () -> {
          try {
            boolean wide = region.executed < shortStay * region.runs;
            Region hotter = Emitter.region(region.flow(), true, wide);
            keep(hotter);
            region.hotter = hotter;
            retire(region);
          } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            failed();
          }
        });
  }

  /** The largest of the flows that HotSpot will compile; null after an error of ours. */
  private Region translate(Flow[] flows) {
    try {
      for (Flow flow : flows) {
        Analysis.run(flow);
        Region region = Emitter.region(flow, false, true);
        if (region != null) {
          keep(region);
          return region;
        }
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      failed();
    }
    return null;
  }

  private synchronized void failed() {
    failures++;
  }

  private synchronized void keep(Region region) {
    Deque<Region> same = byPc.computeIfAbsent(region.pc, _ -> new ArrayDeque<>());
    empty = false;
    same.addFirst(region);
    oldest.addLast(region);
    bytes += region.weight();
    if (same.size() > MOST_OF_ONE_ADDRESS) {
      drop(same.peekLast());
    }
    while (bytes > mostBytes && oldest.size() > 1) {
      drop(oldest.peekFirst());
    }
  }

  private synchronized void retire(Region region) {
    if (oldest.contains(region)) {
      drop(region);
    }
  }

  private void drop(Region region) {
    oldest.remove(region);
    bytes -= region.weight();
    Deque<Region> same = byPc.get(region.pc);
    same.remove(region);
    if (same.isEmpty()) {
      byPc.remove(region.pc);
    }
  }
}
