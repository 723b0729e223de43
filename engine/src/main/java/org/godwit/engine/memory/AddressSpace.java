package org.godwit.engine.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.godwit.engine.state.Revivable;
import org.godwit.engine.state.StateHash;
import org.godwit.engine.state.Walk;

/**
 * The memory of one process: areas, the pages behind them, and tables that make the ordinary access
 * quick.
 *
 * <p>Three layers. {@link AreaMap} says what is mapped and is the truth about permissions. {@link
 * PageTable} holds the pages that are present and not merely a clean view of something private:
 * owned pages (anonymous, or private copies) and shared ones. The read and write tables are caches
 * of both for the machine: an entry is a page's bytes if that access needs no further thought. A
 * null write entry means unmapped, read-only, copy-on-write or not written since the last {@link
 * #mark}; {@link #storeSlow} decides. Tables are filled by use and emptied by whatever changes the
 * truth.
 *
 * <p>Addresses have {@link #ADDRESS_BITS} bits. Both tables have a root of 4096 entries that is
 * never null and leaves of 4096 (16 MiB); unused leaves are one shared empty one, so a small
 * process costs about 150 kB of tables.
 *
 * <p>Used by the thread that advances the node, one at a time. Nothing here depends on identity,
 * time or order of hashing.
 */
public final class AddressSpace implements Revivable {
  /** Part of a walk: the pages. */
  public static final String PAGES_PART = "pages";

  /** User addresses are below 1 << ADDRESS_BITS. */
  public static final int ADDRESS_BITS = 36;

  public static final long SIZE = 1L << ADDRESS_BITS;

  /** An address shifted right by this is its index in the root of a table. */
  public static final int LEAF_SHIFT = 24;

  /** Lowest address that mmap hands out (vm.mmap_min_addr). */
  public static final long LOWEST = 0x10000;

  /** First address above the stack. */
  public static final long STACK_TOP = SIZE - Page.SIZE;

  /** Reserved for the stack of the first thread (RLIMIT_STACK). */
  public static final long STACK_SIZE = 8L << 20;

  /** mmap searches downwards from here; a gap of 1 MiB lies between it and the stack. */
  public static final long MMAP_TOP = STACK_TOP - STACK_SIZE - (1L << 20);

  static final int PAGES = 1 << ADDRESS_BITS - Page.SHIFT;
  static final int ROOT = 1 << ADDRESS_BITS - LEAF_SHIFT;
  private static final int LEAF = 1 << LEAF_SHIFT - Page.SHIFT;
  private static final int CODE_SLOTS = 256;
  private static final int CROSSING_SLOTS = 32;
  private static final byte[][] EMPTY = new byte[LEAF][];

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Frames frames;
  private final AreaMap areas = new AreaMap();
  private final PageTable pages = new PageTable();
  private transient byte[][][] read;
  private transient byte[][][] write;
  private transient long[] codeTags;
  private transient CodeCache[] codeCaches;
  private transient long[] crossingTags;
  private transient long[][] crossings;
  private final TreeSet<Integer> behind = new TreeSet<>();
  private long codeVersion;
  private transient long cleanings;
  private transient Object translations;
  private long brkStart;
  private long brk;
  private long epoch = 1;
  private int users = 1;

  /**
   * An empty space.
   *
   * @param frames the node's RAM, charged for each page that the space allocates
   */
  public AddressSpace(Frames frames) {
    this.frames = frames;
    revive();
  }

  /** Makes the caches anew, empty. */
  @Override
  public void revive() {
    read = new byte[ROOT][][];
    write = new byte[ROOT][][];
    codeTags = new long[CODE_SLOTS];
    codeCaches = new CodeCache[CODE_SLOTS];
    crossingTags = new long[CROSSING_SLOTS];
    crossings = new long[CROSSING_SLOTS][];
    Arrays.fill(read, EMPTY);
    Arrays.fill(write, EMPTY);
    forgetCode();
  }

  // ---------------------------------------------------------------- mapping

  /** The areas in ascending order: an immutable snapshot. */
  public List<Area> areas() {
    return areas.list();
  }

  /** The area that contains an address, or null. */
  public Area find(long address) {
    return areas.find(address);
  }

  /** Whether nothing is mapped in the range and it lies within user addresses. */
  public boolean isFree(long start, long length) {
    return inside(start, length) && areas.isFree(start, start + length);
  }

  private static boolean inside(long start, long length) {
    return start >= 0 && length > 0 && length <= SIZE && start <= STACK_TOP - length;
  }

  /**
   * Maps an area where it says, in place of what was there (MAP_FIXED).
   *
   * @throws IllegalArgumentException if it does not lie within user addresses
   */
  public void map(Area area) {
    if (!inside(area.start(), area.length())) {
      throw new IllegalArgumentException("outside user addresses: " + area);
    }
    unmap(area.start(), area.length());
    areas.add(area);
  }

  /**
   * Finds room for a mapping: at {@code hint} if that is free, else the highest gap below {@link
   * #MMAP_TOP}. Deterministic: no address randomisation (decision 7).
   *
   * @param hint wished address, a multiple of the page size, or 0
   * @param length bytes, a multiple of the page size
   * @return an address, or -1 if there is no such gap
   */
  public long findRoom(long hint, long length) {
    if (hint >= LOWEST && isFree(hint, length)) {
      return hint;
    }
    return inside(LOWEST, length) ? areas.highestGap(LOWEST, MMAP_TOP, length) : -1;
  }

  /** Unmaps a range; parts of it that are not mapped do not matter. */
  public void unmap(long start, long length) {
    long end = start + length;
    noteChange(start, end);
    areas.remove(start, end);
    drop(start, end);
  }

  /**
   * Changes permissions.
   *
   * @return false if part of the range is not mapped (ENOMEM); what is mapped before that part was
   *     changed
   */
  public boolean protect(long start, long length, int prot) {
    noteChange(start, start + length);
    long covered = areas.protect(start, start + length, prot);
    noteChange(start, covered);
    forget(start, covered);
    return covered == start + length;
  }

  /**
   * mremap(2) within one area: shrinks, grows in place if what follows is free, else moves if it
   * may.
   *
   * @return the new address, or -1 if it does not fit (ENOMEM)
   * @throws GuestFault if the old range is not wholly inside one area (EFAULT)
   */
  public long remap(long oldStart, long oldLength, long newLength, boolean mayMove) {
    demandAll(oldStart, oldStart + oldLength);
    Area area = areas.find(oldStart);
    if (area == null || oldStart + oldLength > area.end()) {
      throw new GuestFault(GuestFault.Kind.LOAD, GuestFault.Cause.UNMAPPED, oldStart);
    }
    if (newLength <= oldLength) {
      if (newLength < oldLength) {
        unmap(oldStart + newLength, oldLength - newLength);
      }
      return oldStart;
    }
    boolean last = oldStart + oldLength == area.end();
    if (last && isFree(area.end(), newLength - oldLength)) {
      Area grown = area.part(oldStart, area.end()).moved(oldStart, newLength);
      areas.remove(oldStart, area.end());
      areas.add(grown);
      return oldStart;
    }
    long target = mayMove ? findRoom(0, newLength) : -1;
    if (target != -1) {
      move(area.part(oldStart, oldStart + oldLength), target, newLength);
    }
    return target;
  }

  /**
   * mremap(2) with MREMAP_FIXED: as {@link #remap}, to a given address whose old mappings vanish.
   *
   * @throws GuestFault if the old range is not wholly inside one area (EFAULT)
   */
  public void remapTo(long oldStart, long oldLength, long newStart, long newLength) {
    demandAll(oldStart, oldStart + oldLength);
    Area area = areas.find(oldStart);
    if (area == null || oldStart + oldLength > area.end()) {
      throw new GuestFault(GuestFault.Kind.LOAD, GuestFault.Cause.UNMAPPED, oldStart);
    }
    if (newLength < oldLength) {
      unmap(oldStart + newLength, oldLength - newLength);
    }
    unmap(newStart, newLength);
    Area rest = areas.find(oldStart);
    move(rest.part(oldStart, oldStart + Math.min(oldLength, newLength)), newStart, newLength);
  }

  private void move(Area old, long target, long newLength) {
    noteChange(old.start(), old.end());
    forget(old.start(), old.end());
    areas.remove(old.start(), old.end());
    areas.add(old.moved(target, newLength));
    int shift = number(target) - number(old.start());
    pages.visit(
        number(old.start()),
        number(old.end()),
        (number, page) -> {
          pages.put(number, null);
          pages.put(number + shift, page);
          page.epoch = epoch; // Whoever has its bytes has them under another number.
        });
  }

  /**
   * madvise(2) with MADV_DONTNEED: private pages revert to zeros or to their file.
   *
   * @return false if part of the range is not mapped (ENOMEM); the mapped parts were treated
   */
  public boolean discard(long start, long length) {
    noteChange(start, start + length);
    drop(start, start + length);
    return areas.covers(start, start + length);
  }

  // ---------------------------------------------------------------- the heap

  /** Sets where the heap starts and, empty, ends: after the program's last segment. */
  public void startHeap(long address) {
    brkStart = address;
    brk = address;
  }

  /** Current end of the heap. */
  public long brk() {
    return brk;
  }

  /** Where the heap starts. */
  public long heapStart() {
    return brkStart;
  }

  /**
   * brk(2) of Linux: moves the end of the heap.
   *
   * @return the end that holds now: as wished, or the old one if that cannot be
   */
  public long brk(long wished) {
    if (wished < brkStart || wished >= MMAP_TOP) {
      return brk;
    }
    long oldEnd = roundUp(brk);
    long newEnd = roundUp(wished);
    if (newEnd > oldEnd) {
      if (!isFree(oldEnd, newEnd - oldEnd)) {
        return brk;
      }
      areas.add(new Area(oldEnd, newEnd, Prot.READ_WRITE, false, null, 0, "[heap]"));
    } else if (newEnd < oldEnd) {
      unmap(newEnd, oldEnd - newEnd);
    }
    brk = wished;
    return brk;
  }

  /** The next multiple of the page size. */
  public static long roundUp(long address) {
    return address + Page.SIZE - 1 & -Page.SIZE;
  }

  // ---------------------------------------------------------------- life

  /**
   * A copy for a child process: private pages are shared until either side writes, shared ones stay
   * shared. Charges nothing yet.
   */
  public AddressSpace fork() {
    demandAll(0, SIZE);
    AddressSpace child = new AddressSpace(frames);
    child.areas.addAll(areas);
    child.brkStart = brkStart;
    child.brk = brk;
    child.epoch = epoch;
    cleanWrites(0, PAGES);
    pages.visit(
        (number, page) -> {
          child.pages.put(number, page);
          page.mappings += page.sealed() ? 0 : 1;
        });
    return child;
  }

  /**
   * As {@link #fork()}, for a child that has backings of its own.
   *
   * @param resolver finds the child's backing by the handle of the parent's
   */
  public AddressSpace fork(LongFunction<Backing> resolver) {
    AddressSpace child = fork();
    child.areas.rebind(resolver);
    return child;
  }

  /** Processes that use it: more than one after clone(2) with CLONE_VM. */
  public int users() {
    return users;
  }

  /** One more process uses it. */
  public AddressSpace join() {
    users++;
    return this;
  }

  /** A process is done with it; the last one releases it. */
  public void leave() {
    users--;
    if (users == 0) {
      release();
    }
  }

  /** Drops everything: exit, exec or departure. The space is empty afterwards. */
  public void release() {
    noteChange(0, SIZE);
    areas.remove(0, SIZE);
    drop(0, SIZE);
    brkStart = 0;
    brk = 0;
  }

  /**
   * Pages that belong to this space or that it shares: the resident set. Clean views of files do
   * not count.
   */
  public int residentPages() {
    return pages.size();
  }

  /**
   * Number of pages that a migration carries: anonymous and touched, or differing from their file.
   */
  public int movablePages() {
    int[] count = {behind.size()};
    pages.visit((number, page) -> count[0] += page.owned() ? 1 : 0);
    return count[0];
  }

  /** Number of pages that a migration carries as a record only, since they hold zeros. */
  public int zeroPages() {
    int[] count = new int[1];
    pages.visit((number, page) -> count[0] += page.owned() && page.isZero() ? 1 : 0);
    return count[0];
  }

  /** Whether some area is both shared and writable: two spaces may then see each other's stores. */
  public boolean hasSharedWritable() {
    return areas.hasSharedWritable();
  }

  /**
   * Whether no other space and no call can see its stores or make it see others, and all its pages
   * are here: then what a hart does in it until it enters the kernel is settled.
   */
  public boolean isPrivate() {
    return behind.isEmpty() && areas.isPrivate();
  }

  // ---------------------------------------------------------------- the machine's way in

  /**
   * Read table: {@code [address >>> 24][address >>> 12 & 4095]} is a page's bytes, or null: {@link
   * #loadSlow}.
   */
  public byte[][][] readTable() {
    return read;
  }

  /** Write table, shaped as the read table; null means {@link #storeSlow}. */
  public byte[][][] writeTable() {
    return write;
  }

  /**
   * Where the decoded code of the page that contains {@code pc} is kept, or null if it must not be
   * kept because somebody may write to the page unnoticed. Valid until a store that was not quick
   * or a change of mappings; ask again then.
   *
   * @throws GuestFault if the page cannot be executed
   * @throws PageWait if it is not here yet
   */
  public CodeCache code(long pc) {
    long number = pc >>> Page.SHIFT;
    int slot = (int) number & CODE_SLOTS - 1;
    return codeTags[slot] == number ? codeCaches[slot] : decodable(pc);
  }

  /**
   * As {@link #code}, and prepares the page so that the caller may add decoded code: takes it out
   * of write tables, so that later stores are noticed.
   */
  public CodeCache decodable(long pc) {
    Page page = executable(pc);
    CodeCache cache = null;
    if (page.sealed()) {
      cache = page.code();
    } else {
      int number = number(pc);
      cleanWrites(number, number + 1);
      if (page.writers == 0) {
        cache = page.code();
      }
    }
    int slot = number(pc) & CODE_SLOTS - 1;
    codeTags[slot] = pc >>> Page.SHIFT;
    codeCaches[slot] = cache;
    return cache;
  }

  /** How often pages were taken out of the write table; whoever remembers some forgets them. */
  public long cleanings() {
    return cleanings;
  }

  /**
   * Changes whenever something else may be behind an executable address: it was mapped, unmapped,
   * protected, or copied for a first store. Stores to pages that are this space's own do not count.
   */
  public long codeVersion() {
    return codeVersion;
  }

  /**
   * The bytes of the page that contains {@code pc} if it can be executed and never changes, else
   * null. Never waits and never faults.
   */
  public byte[] sealedCode(long pc) {
    Area area = areas.find(pc);
    if (area == null || !area.executable()) {
      return null;
    }
    Page page = pages.get(number(pc));
    if (page == null && behind.contains(number(pc))) {
      return null;
    }
    if (page == null && area.backing() != null) {
      try {
        page = area.backing().page(area.backingPage(pc));
      } catch (PageWait wait) {
        return null; // Whoever executes there will ask for it.
      }
    }
    return page != null && page.sealed() ? page.bytes : null;
  }

  /** What an engine keeps with this space, or null. It means nothing to anybody else. */
  public Object translations() {
    return translations;
  }

  public void setTranslations(Object kept) {
    translations = kept;
  }

  /** What {@link #keepCrossing} kept for this address, or null. */
  public long[] crossing(long pc) {
    int slot = (int) (pc >>> Page.SHIFT) & CROSSING_SLOTS - 1;
    return crossingTags[slot] == pc ? crossings[slot] : null;
  }

  /**
   * Keeps the decoded form of an instruction that crosses from one page to the next, if both can
   * never change. It cannot be in the cache of its page, since in another space another page may
   * follow.
   */
  public void keepCrossing(long pc, long[] entries) {
    if (executable(pc).sealed() && executable(pc + 2).sealed()) {
      int slot = (int) (pc >>> Page.SHIFT) & CROSSING_SLOTS - 1;
      crossingTags[slot] = pc;
      crossings[slot] = entries;
    }
  }

  /**
   * The instruction word at {@code pc}; if its first halfword says that it is compressed, only that
   * one is read.
   *
   * @throws GuestFault if it cannot be executed
   * @throws PageWait if it is not here yet
   */
  public int fetch(long pc) {
    int low = (short) SHORTS.get(executable(pc).bytes, (int) pc & Page.SIZE - 2) & 0xffff;
    if ((low & 3) != 3) {
      return low;
    }
    long next = pc + 2;
    int high = (short) SHORTS.get(executable(next).bytes, (int) next & Page.SIZE - 2);
    return high << 16 | low;
  }

  private Page executable(long pc) {
    Area area = areas.find(pc);
    if (area == null) {
      throw new GuestFault(GuestFault.Kind.FETCH, GuestFault.Cause.UNMAPPED, pc);
    }
    if (!area.executable()) {
      throw new GuestFault(GuestFault.Kind.FETCH, GuestFault.Cause.DENIED, pc);
    }
    Page page = pages.get(number(pc));
    if (page != null) {
      return page;
    }
    demand(number(pc), pc);
    return source(area, pc, GuestFault.Kind.FETCH);
  }

  /** Waits for a page that is left behind on another node. */
  private void demand(int number, long address) {
    if (!behind.isEmpty() && behind.contains(number)) {
      throw new PageWait(PageWait.LEFT_BEHIND, number).at(address);
    }
  }

  /** The same for whatever is left behind of a range, one page after the other. */
  private void demandAll(long start, long end) {
    Integer first = behind.isEmpty() ? null : behind.ceiling(number(start));
    if (first != null && first < end >>> Page.SHIFT) {
      demand(first, (long) first << Page.SHIFT);
    }
  }

  /** The page behind an address that this space holds no page of its own for. */
  private static Page source(Area area, long address, GuestFault.Kind kind) {
    if (area.backing() == null) {
      return Page.ZERO;
    }
    Page page;
    try {
      page = area.backing().page(area.backingPage(address));
    } catch (PageWait wait) {
      throw wait.at(address);
    }
    if (page == null) {
      throw new GuestFault(kind, GuestFault.Cause.BEYOND_END, address);
    }
    return page;
  }

  /** The bytes of a page for loads, after filling the read table. */
  private byte[] readable(long address) {
    if (address >>> ADDRESS_BITS == 0) {
      byte[] quick = read[(int) (address >>> LEAF_SHIFT)][number(address) & LEAF - 1];
      if (quick != null) {
        return quick;
      }
    }
    Area area = areas.find(address);
    if (area == null) {
      throw new GuestFault(GuestFault.Kind.LOAD, GuestFault.Cause.UNMAPPED, address);
    }
    if (!area.readable()) {
      throw new GuestFault(GuestFault.Kind.LOAD, GuestFault.Cause.DENIED, address);
    }
    Page page = present(area, address, GuestFault.Kind.LOAD);
    enter(read, number(address), page.bytes);
    return page.bytes;
  }

  /** The page for an access; a page of a shared mapping is entered into the page table. */
  private Page present(Area area, long address, GuestFault.Kind kind) {
    int number = number(address);
    Page page = pages.get(number);
    if (page == null) {
      demand(number, address);
      page = source(area, address, kind);
      if (area.shared() && !page.sealed()) {
        page.mappings++;
        pages.put(number, page);
      }
    }
    return page;
  }

  /**
   * The bytes of a page for stores, after copying if need be, stamping the epoch and filling the
   * tables.
   */
  private byte[] writable(long address) {
    if (address >>> ADDRESS_BITS == 0) {
      byte[] quick = write[(int) (address >>> LEAF_SHIFT)][number(address) & LEAF - 1];
      if (quick != null) {
        return quick;
      }
    }
    Area area = areas.find(address);
    if (area == null) {
      throw new GuestFault(GuestFault.Kind.STORE, GuestFault.Cause.UNMAPPED, address);
    }
    if (!area.writable()) {
      throw new GuestFault(GuestFault.Kind.STORE, GuestFault.Cause.DENIED, address);
    }
    Page page = present(area, address, GuestFault.Kind.STORE);
    int number = number(address);
    if (!area.shared() && !(page.owned() && page.mappings == 1)) {
      page = replace(number, page);
      codeVersion += area.executable() ? 1 : 0;
    }
    page.touch();
    page.epoch = epoch;
    page.writers++;
    enter(read, number, page.bytes);
    enter(write, number, page.bytes);
    return page.bytes;
  }

  /** Gives this space its own copy of a page. */
  private Page replace(int number, Page shared) {
    frames.takeOne();
    Page copy = Page.owned(shared == Page.ZERO ? new byte[Page.SIZE] : shared.bytes.clone());
    Page old = pages.put(number, copy);
    if (old != null) {
      unhold(old);
    }
    forgetCode();
    return copy;
  }

  private void unhold(Page page) {
    if (!page.sealed() && --page.mappings == 0 && page.owned()) {
      frames.give(1);
    }
  }

  private static int number(long address) {
    return (int) (address >>> Page.SHIFT);
  }

  private static void enter(byte[][][] table, int number, byte[] bytes) {
    int index = number >>> LEAF_SHIFT - Page.SHIFT;
    if (table[index] == EMPTY) {
      table[index] = new byte[LEAF][];
    }
    table[index][number & LEAF - 1] = bytes;
  }

  /** Forgets pages and table entries of a range. */
  private void drop(long start, long end) {
    forget(start, end);
    pages.visit(
        number(start),
        number(end),
        (number, page) -> {
          pages.put(number, null);
          unhold(page);
        });
    if (!behind.isEmpty()) {
      var gone = behind.subSet(number(start), (int) (end >>> Page.SHIFT));
      frames.give(gone.size());
      gone.clear();
    }
  }

  /** Empties table entries of a range, so that the next access asks the areas. */
  private void forget(long start, long end) {
    int to = number(end);
    cleanWrites(number(start), to);
    for (int number = number(start); number < to; ) {
      byte[][] leaf = read[number >>> LEAF_SHIFT - Page.SHIFT];
      int next = Math.min(to, (number | LEAF - 1) + 1);
      if (leaf != EMPTY) {
        Arrays.fill(leaf, number & LEAF - 1, (next - 1 & LEAF - 1) + 1, null);
      }
      number = next;
    }
    forgetCode();
  }

  /** To be called where mappings change, before or after: counts if code may be among them. */
  private void noteChange(long start, long end) {
    codeVersion += areas.hasExecutable(start, end) ? 1 : 0;
  }

  private void forgetCode() {
    Arrays.fill(codeTags, -1);
    Arrays.fill(crossingTags, -1);
  }

  /** Empties write entries of a range of pages, so that the next store to each is noticed. */
  private void cleanWrites(int from, int to) {
    cleanings++;
    for (int number = from; number < to; ) {
      byte[][] leaf = write[number >>> LEAF_SHIFT - Page.SHIFT];
      int next = Math.min(to, (number | LEAF - 1) + 1);
      if (leaf != EMPTY) {
        for (; number < next; number++) {
          if (leaf[number & LEAF - 1] != null) {
            leaf[number & LEAF - 1] = null;
            pages.get(number).writers--;
          }
        }
      }
      number = next;
    }
  }

  // ---------------------------------------------------------------- accesses

  /**
   * A load that the read table could not serve at once: fills it, or crosses a page.
   *
   * @param size 1, 2, 4 or 8 bytes
   * @return the value, not extended beyond {@code size}: upper bits are zero
   * @throws GuestFault if not allowed
   * @throws PageWait if a page is not here yet
   */
  public long loadSlow(long address, int size) {
    int offset = (int) address & Page.SIZE - 1;
    byte[] page = readable(address);
    if (offset <= Page.SIZE - size) {
      return get(page, offset, size);
    }
    byte[] next = readable((address | Page.SIZE - 1) + 1);
    long value = 0;
    for (int i = 0; i < size; i++) {
      int at = offset + i;
      long each = at < Page.SIZE ? page[at] : next[at - Page.SIZE];
      value |= (each & 0xff) << 8 * i;
    }
    return value;
  }

  /**
   * A store that the write table could not serve at once. It happens wholly or not at all.
   *
   * @param size 1, 2, 4 or 8 bytes; the low bits of {@code value} are stored
   * @throws GuestFault if not allowed
   * @throws PageWait if a page is not here yet
   * @throws OutOfFrames if the node has no frame for a copy
   */
  public void storeSlow(long address, long value, int size) {
    int offset = (int) address & Page.SIZE - 1;
    byte[] page = writable(address);
    if (offset <= Page.SIZE - size) {
      put(page, offset, value, size);
      return;
    }
    byte[] next = writable((address | Page.SIZE - 1) + 1);
    for (int i = 0; i < size; i++) {
      int at = offset + i;
      byte each = (byte) (value >>> 8 * i);
      if (at < Page.SIZE) {
        page[at] = each;
      } else {
        next[at - Page.SIZE] = each;
      }
    }
  }

  private static long get(byte[] page, int offset, int size) {
    return switch (size) {
      case 1 -> page[offset] & 0xffL;
      case 2 -> (short) SHORTS.get(page, offset) & 0xffffL;
      case 4 -> (int) INTS.get(page, offset) & 0xffff_ffffL;
      case 8 -> (long) Page.LONGS.get(page, offset);
      default -> throw new IllegalArgumentException("access of " + size + " bytes");
    };
  }

  private static void put(byte[] page, int offset, long value, int size) {
    switch (size) {
      case 1 -> page[offset] = (byte) value;
      case 2 -> SHORTS.set(page, offset, (short) value);
      case 4 -> INTS.set(page, offset, (int) value);
      case 8 -> Page.LONGS.set(page, offset, value);
      default -> throw new IllegalArgumentException("access of " + size + " bytes");
    }
  }

  /** An unsigned byte. Throws as {@link #loadSlow}; so do all loads below. */
  public int load8(long address) {
    return (int) loadSlow(address, 1);
  }

  public int load16(long address) {
    return (int) loadSlow(address, 2);
  }

  public int load32(long address) {
    return (int) loadSlow(address, 4);
  }

  public long load64(long address) {
    return loadSlow(address, 8);
  }

  /** Throws as {@link #storeSlow}; so do all stores below. */
  public void store8(long address, int value) {
    storeSlow(address, value, 1);
  }

  public void store16(long address, int value) {
    storeSlow(address, value, 2);
  }

  public void store32(long address, int value) {
    storeSlow(address, value, 4);
  }

  public void store64(long address, long value) {
    storeSlow(address, value, 8);
  }

  /**
   * Copies from the guest.
   *
   * @throws GuestFault at the first byte that cannot be read; bytes before it are copied
   * @throws PageWait as {@link #loadSlow}
   */
  public void copyIn(long address, byte[] into, int at, int length) {
    for (int done = 0; done < length; ) {
      byte[] page = readable(address + done);
      int offset = (int) (address + done) & Page.SIZE - 1;
      int part = Math.min(length - done, Page.SIZE - offset);
      System.arraycopy(page, offset, into, at + done, part);
      done += part;
    }
  }

  /**
   * Copies to the guest.
   *
   * @throws GuestFault at the first byte that cannot be written; bytes before it are copied
   * @throws PageWait as {@link #loadSlow}
   * @throws OutOfFrames as {@link #storeSlow}
   */
  public void copyOut(long address, byte[] from, int at, int length) {
    for (int done = 0; done < length; ) {
      byte[] page = writable(address + done);
      int offset = (int) (address + done) & Page.SIZE - 1;
      int part = Math.min(length - done, Page.SIZE - offset);
      System.arraycopy(from, at + done, page, offset, part);
      done += part;
    }
  }

  /**
   * Makes sure that a range can be read or written, without changing it: to fail before a call has
   * effects.
   *
   * @throws GuestFault as the access itself would; so are {@link PageWait} and {@link OutOfFrames}
   */
  public void check(long address, long length, boolean forWriting) {
    for (long done = 0; done < length; ) {
      if (forWriting) {
        writable(address + done);
      } else {
        readable(address + done);
      }
      done += Page.SIZE - (address + done & Page.SIZE - 1);
    }
  }

  /**
   * A string that ends with a zero byte.
   *
   * @param max most bytes to read, the final zero included
   * @return the bytes before the zero, or null if there is none within {@code max}
   * @throws GuestFault as {@link #copyIn}
   */
  public byte[] readCString(long address, int max) {
    byte[] text = new byte[Math.min(max, 64)];
    for (int length = 0; length < max; length++) {
      byte each = (byte) load8(address + length);
      if (each == 0) {
        return Arrays.copyOf(text, length);
      }
      if (length == text.length) {
        text = Arrays.copyOf(text, Math.min(max, 2 * length));
      }
      text[length] = each;
    }
    return null;
  }

  // ---------------------------------------------------------------- dirt, hash, walk

  /** Receives pages in ascending order of address. */
  public interface PageVisitor {
    /** The bytes are live and must not be changed. */
    void page(long address, byte[] bytes);
  }

  /**
   * Starts a new epoch: pages written from now on count as dirty since the returned mark. Each
   * consumer keeps its own.
   *
   * @return the mark for {@link #dirtySince}
   */
  public long mark() {
    cleanWrites(0, PAGES);
    return ++epoch;
  }

  /**
   * Makes sure that the next store to each page is noticed, and no more: what is kept of the pages
   * can be told to be up to date.
   */
  public void noticeWrites() {
    cleanWrites(0, PAGES);
  }

  /** Visits movable pages that were written, copied or first touched since a mark; 0 visits all. */
  public void dirtySince(long mark, PageVisitor visitor) {
    pages.visit(
        (number, page) -> {
          if (page.owned() && page.epoch >= mark) {
            visitor.page((long) number << Page.SHIFT, page.bytes);
          }
        });
  }

  /**
   * Hash of areas, heap end and movable pages. Contents are hashed again only where something was
   * stored since the last time; pages combine by sums, so the order of touching does not matter.
   * Shared pages belong to their store's hash.
   */
  public long hash() {
    cleanWrites(0, PAGES);
    long[] sum = new long[1];
    pages.visit(
        (number, page) -> {
          if (page.owned()) {
            sum[0] += StateHash.mix(page.hash() ^ StateHash.mix(number));
          }
        });
    StateHash shape = new StateHash();
    walkShape(shape, null);
    for (int number : behind) {
      shape.i32("behind", number);
    }
    return StateHash.mix(sum[0] ^ shape.value());
  }

  /**
   * Writes or reads areas and movable pages: what a body carries. Reading needs an empty space.
   * Clean pages of files do not travel; they come from the backings that {@code resolver} finds by
   * handle.
   *
   * @param resolver from handle to backing; used when reading only
   * @throws OutOfFrames when reading, if the node has too few frames; then {@link #release} this
   *     space
   */
  public void walk(Walk walk, LongFunction<Backing> resolver) {
    walkShape(walk, resolver);
    if (walk.reading()) {
      for (long number : walk.longs("zeroPages", new long[0])) {
        arrive((int) number, new byte[Page.SIZE]);
      }
      for (long number : walk.longs("pages", new long[0])) {
        arrive((int) number, walk.bytes("page", new byte[0]));
      }
      return;
    }
    NumberList zeros = new NumberList();
    NumberList others = new NumberList();
    pages.visit(
        (number, page) -> {
          if (page.owned()) {
            (page.isZero() ? zeros : others).add(number);
          }
        });
    walk.longs("zeroPages", zeros.toArray());
    walk.longs("pages", others.toArray());
    for (long number : others.toArray()) {
      walk.bytes("page", pages.get((int) number).bytes);
    }
  }

  /**
   * As {@link #walk}, of a part of the pages: the bytes of the others are there already or come
   * later. Frames are charged for all of them.
   *
   * @throws IllegalStateException when writing, if pages are left behind on another node
   */
  public void walk(Walk walk, LongFunction<Backing> resolver, Parcel parcel) {
    walkShape(walk, resolver);
    if (walk.reading()) {
      for (long number : walk.longs("zeroPages", new long[0])) {
        arrive((int) number, new byte[Page.SIZE]);
      }
      for (long number : walk.longs("pages", new long[0])) {
        arrive((int) number, walk.bytes("page", new byte[0]));
      }
      for (long number : walk.longs("otherPages", new long[0])) {
        byte[] known = parcel.known((int) number);
        if (known != null) {
          arrive((int) number, known);
        } else {
          frames.takeOne();
          behind.add((int) number);
        }
      }
      return;
    }
    if (!behind.isEmpty()) {
      throw new IllegalStateException("pages are left behind: " + behind.size());
    }
    NumberList zeros = new NumberList();
    NumberList carried = new NumberList();
    NumberList others = new NumberList();
    pages.visit(
        (number, page) -> {
          if (page.owned()) {
            boolean zero = page.isZero();
            boolean now = zero || parcel.carries(number, page.epoch);
            (zero ? zeros : now ? carried : others).add(number);
          }
        });
    walk.longs("zeroPages", zeros.toArray());
    walk.longs("pages", carried.toArray());
    for (long number : carried.toArray()) {
      walk.bytes("page", pages.get((int) number).bytes);
    }
    walk.longs("otherPages", others.toArray());
  }

  /** Numbers of the pages that are left behind on another node, ascending: a snapshot. */
  public List<Integer> leftBehind() {
    return List.copyOf(behind);
  }

  /** Whether a page is left behind on another node. */
  public boolean isLeftBehind(int number) {
    return behind.contains(number);
  }

  /** A page that was left behind has come; no-op if it is not wanted any more. */
  public void bring(int number, byte[] contents) {
    if (behind.remove(number)) {
      Page page = Page.owned(contents);
      page.epoch = epoch;
      pages.put(number, page);
      codeVersion++;
      forgetCode();
    }
  }

  /** Whether there is a page of its own, here, at an address. */
  public boolean isResident(long address) {
    return pages.get(number(address)) != null;
  }

  /** The bytes of a page of its own, a copy; null if there is none. */
  public byte[] copyOf(int number) {
    Page page = pages.get(number);
    return page == null || !page.owned() ? null : page.bytes.clone();
  }

  private void walkShape(Walk walk, LongFunction<Backing> resolver) {
    brkStart = walk.i64("brkStart", brkStart);
    brk = walk.i64("brk", brk);
    areas.walk(walk, resolver);
    walk.part(PAGES_PART);
  }

  private void arrive(int number, byte[] contents) {
    frames.takeOne();
    Page page = Page.owned(contents);
    page.epoch = epoch;
    pages.put(number, page);
  }
}
