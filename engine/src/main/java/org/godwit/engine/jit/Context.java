package org.godwit.engine.jit;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.machine.Cold;
import org.godwit.engine.machine.Fcsr;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.machine.Stop;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.PageWait;

/**
 * What translated code works on, and what one address space knows of translated code. Kept with the
 * space, used by one thread at a time, and never seen by anything but the translator.
 */
final class Context {
  /** No address: a run that returns to nobody. */
  static final long NEVER = -2;

  /** Calls nest so deep, then everything returns to the dispatcher (decision 35). */
  private static final int DEEPEST = 64;

  /** Blocks that are interpreted one by one, in search of a region. */
  private static final int BURST = 64;

  private static final long SHORT_STRETCH = 2_000;
  private static final int TABLE = 1 << 12;
  private static final int MISSES = 256;
  private static final int LOOK_EVERY = 64;
  private static final int MOST_TARGETS = 400;
  private static final int MOST_REMAKES = 6;

  /** An indirect jump that has nothing new to tell is looked at after so many. */
  private static final int SELDOM = 1 << 16;

  // Read by translated code.
  final AddressSpace memory;
  long[] x;
  long[] f;
  Fcsr fcsr;
  long left;

  Hart hart;
  Stop stop;

  /**
   * How many instructions are still to be interpreted without looking for regions. A stretch goes
   * on where a budget ended in it: with budgets of some dozen instructions (threads in slices of a
   * few microseconds) there would be nothing but looking otherwise.
   */
  long rest;

  /** Instructions interpreted in stretches. */
  long interpreted;

  /** How often a region was entered. */
  private long runs;

  /** Whether the last region left its next instruction to the interpreter. */
  boolean passed;

  private int looked; // Blocks interpreted one by one since the last region or stretch.
  private long stretch = SHORT_STRETCH; // What rest is next.
  private int depth;
  private final Regions regions;
  private final Region[] table = new Region[TABLE];
  private final Map<Long, Site> sites = new TreeMap<>();
  private final Map<Long, Switch> switches = new TreeMap<>();
  private long version;

  /** A place where control arrived. */
  static final class Site {
    int visits;
    boolean refused;
    Regions.Order order;
    Region region;
    int remakes;
  }

  /** An indirect jump and where it went when the region did not know the target. */
  private static final class Switch {
    long[] targets;
    int misses;
    int patience = MISSES;

    Switch(long[] targets) {
      this.targets = targets;
    }

    void add(long target) {
      if (Arrays.binarySearch(targets, target) < 0 && targets.length < MOST_TARGETS) {
        targets = Arrays.copyOf(targets, targets.length + 1);
        targets[targets.length - 1] = target;
        Arrays.sort(targets);
      }
    }
  }

  Context(AddressSpace memory, Regions regions) {
    this.memory = memory;
    this.regions = regions;
    this.version = memory.codeVersion();
  }

  /** Prepares for a hart of this space. */
  void begin(Hart running) {
    hart = running;
    x = running.integers();
    f = running.floats();
    fcsr = running.fcsr();
    stop = null;
  }

  /** Prepares for running regions with a budget. */
  void enter(long budget) {
    left = budget;
    depth = 0;
  }

  /** A region has run: where it ended another may begin. */
  void beginLooking() {
    looked = 0;
    rest = 0;
    stretch = SHORT_STRETCH;
  }

  /** A block was interpreted in search of a region; after many in vain a stretch is due. */
  void looked() {
    looked++;
    if (looked > BURST) {
      looked = 0;
      rest = stretch;
      stretch = Math.min(2 * stretch, Translator.LONG_STRETCH);
    }
  }

  /** Forgets what other code may have taken the place of. What is still true is found again. */
  void refresh() {
    if (version != memory.codeVersion()) {
      version = memory.codeVersion();
      Arrays.fill(table, null);
      sites.clear();
      switches.clear();
    }
  }

  // ---------------------------------------------------------------- called by translated code

  /**
   * Runs regions from an address until control arrives at {@code back}, no region is found, or one
   * stops.
   *
   * @return the address of the next instruction, as {@link Region#run}
   */
  static long call(Context c, long target, long back) {
    if (c.depth == DEEPEST) {
      return target;
    }
    c.depth++;
    long pc = target;
    do {
      Region region = c.table[(int) (pc >>> 1) & TABLE - 1];
      if (region == null || region.pc != pc) {
        region = c.find(pc);
        if (region == null) {
          break;
        }
      }
      long left = c.left;
      if (left < region.need) {
        break;
      }
      long runs = c.runs++;
      pc = region.run(c);
      region.executed += left - c.left;
      region.runs += c.runs - runs;
      if (c.regions.isHot(region)) {
        c.heat(region);
      }
    } while (pc != back);
    c.depth--;
    return pc;
  }

  /** An instruction of a region stopped; puts the budget right and returns where. */
  static long stopped(Context c, RuntimeException reason, int number, Region region) {
    long pc = region.pcOf(number);
    c.left += region.refundOf(number);
    switch (reason) {
      case GuestFault fault -> c.stop = c.hart.stopFault(fault);
      case PageWait wait -> c.stop = c.hart.stopWait(wait);
      case OutOfFrames _ -> c.stop = Stop.OUT_OF_FRAMES;
      case Halt _ -> {}
      default -> throw reason;
    }
    return pc | Region.STOPPED;
  }

  /**
   * Executes an atomic on the hart's registers; what may change code is left to the interpreter.
   */
  static void atomic(Context c, long d) {
    var area = c.memory.find(c.x[Decoded.rs1(d)]);
    if (area != null && area.executable()) {
      throw Halt.INSTANCE;
    }
    c.stop = Cold.execute(c.hart, c.memory, d);
    if (c.stop != null) {
      throw Halt.INSTANCE;
    }
  }

  /** An indirect jump at {@code pc} of the region leads where the region has no block. */
  static void missed(Context c, Region region, long pc, long target) {
    region.patience = 0;
    Switch known = c.switches.get(pc);
    if (known == null) {
      known = new Switch(c.targets(region, pc));
      c.switches.put(pc, known);
    }
    known.add(target);
    known.misses++;
    if (known.misses % LOOK_EVERY == 0) {
      c.look(region);
    }
    if (known.misses == known.patience) {
      known.misses = 0;
      known.patience *= 2;
      if (known.targets.length > region.flow().targets(pc).length) {
        c.remake(region);
      } else {
        region.patience = SELDOM;
      }
    }
  }

  // ---------------------------------------------------------------- finding regions

  /** The region that starts at an address, or null. */
  Region find(long pc) {
    int slot = (int) (pc >>> 1) & TABLE - 1;
    if (table[slot] != null && table[slot].pc == pc) {
      return table[slot];
    }
    Site site = sites.get(pc);
    if (site == null) {
      return null;
    }
    take(site);
    if (site.region != null) {
      table[slot] = site.region;
    }
    return site.region;
  }

  /** Takes what was ordered if it is ready. */
  private void take(Site site) {
    if (site.order != null && site.order.done()) {
      Region made = site.order.region();
      site.order = null;
      if (made != null) {
        site.region = made;
        table[(int) (made.pc >>> 1) & TABLE - 1] = made;
      } else if (site.region == null) {
        site.refused = true;
      }
    }
  }

  /**
   * Notes that the interpreter arrived at an address, and orders a region there when it did so
   * often enough.
   *
   * @param weight how much it counts
   */
  void visit(long pc, int weight, int threshold) {
    Site site = sites.get(pc);
    if (site == null) {
      site = new Site();
      sites.put(pc, site);
      site.region = regions.find(pc, memory);
    }
    if (site.region != null || site.refused || site.order != null) {
      return;
    }
    site.visits += weight;
    if (site.visits >= threshold) {
      site.order = regions.order(pc, memory, jump -> targets(null, jump));
      take(site);
    }
  }

  /** Targets of an indirect jump, as seen here or by those who made a region with it. */
  private long[] targets(Region region, long pc) {
    Switch known = switches.get(pc);
    return known != null ? known.targets : region == null ? new long[0] : region.flow().targets(pc);
  }

  /** Takes the place of a region if a better one is ready. */
  private void look(Region region) {
    Site site = sites.get(region.pc);
    if (site != null) {
      take(site);
    }
  }

  private void remake(Region region) {
    Site site = sites.get(region.pc);
    if (site != null && site.order == null && site.remakes < MOST_REMAKES) {
      site.remakes++;
      site.order = regions.order(region.pc, memory, jump -> targets(region, jump));
    }
  }

  /** Has the hot version of a region made, or puts it into its place. */
  private void heat(Region region) {
    Region hotter = region.hotter;
    if (hotter == null) {
      if (!region.ordered) {
        regions.heat(region);
      }
      return;
    }
    int slot = (int) (region.pc >>> 1) & TABLE - 1;
    if (table[slot] == region) {
      table[slot] = hotter;
    }
    Site site = sites.get(region.pc);
    if (site != null && site.region == region) {
      site.region = hotter;
    }
  }
}
