package org.godwit.engine.kernel.file;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/**
 * The advisory locks of one inode: those of flock(2), held by open file descriptions, and record
 * locks of fcntl(2), held by processes (or, for the F_OFD_ kind, by descriptions). No deadlock is
 * looked for (Linux: EDEADLK).
 */
final class FileLocks {
  /** Up to the end of the file, however far it grows. */
  static final long TO_END = Long.MAX_VALUE;

  /**
   * A record lock on bytes [start, end).
   *
   * @param owner pid, or for F_OFD_ locks the negative number of the open file
   */
  record Range(long owner, long start, long end, boolean exclusive) {
    boolean overlaps(long from, long to) {
      return start < to && from < end;
    }
  }

  final WaitChannel changed = new WaitChannel();
  private final TreeSet<Integer> holders = new TreeSet<>();
  private boolean exclusive;
  private List<Range> ranges = new ArrayList<>();

  /** Takes or converts the flock of an open file; false if others are in the way. */
  boolean take(int openFile, boolean wantsExclusive) {
    boolean alone = holders.isEmpty() || holders.size() == 1 && holders.contains(openFile);
    if (!alone && (wantsExclusive || exclusive)) {
      return false;
    }
    holders.add(openFile);
    exclusive = wantsExclusive;
    changed.wake();
    return true;
  }

  /** Gives up the flock of an open file. */
  void give(int openFile) {
    if (holders.remove(openFile)) {
      changed.wake();
    }
  }

  /** The first record lock in the way, or null. */
  Range conflict(long owner, long start, long end, boolean wantsExclusive) {
    for (Range each : ranges) {
      boolean foreign = each.owner() != owner && each.overlaps(start, end);
      if (foreign && (wantsExclusive || each.exclusive())) {
        return each;
      }
    }
    return null;
  }

  /** Replaces what {@code owner} holds of a range by {@code lock}, or by nothing if it is null. */
  void set(long owner, long start, long end, Range lock) {
    List<Range> next = new ArrayList<>();
    for (Range each : ranges) {
      if (each.owner() != owner || !each.overlaps(start, end)) {
        next.add(each);
        continue;
      }
      if (each.start() < start) {
        next.add(new Range(owner, each.start(), start, each.exclusive()));
      }
      if (each.end() > end) {
        next.add(new Range(owner, end, each.end(), each.exclusive()));
      }
    }
    if (lock != null) {
      next.add(lock);
    }
    ranges = next;
    changed.wake();
  }

  /** A process closed a descriptor on the inode, and with it loses all its record locks there. */
  void processClosed(int pid) {
    drop(pid);
  }

  /** An open file went away. */
  void fileClosed(int openFile) {
    give(openFile);
    drop(-openFile);
  }

  private void drop(long owner) {
    if (ranges.removeIf(each -> each.owner() == owner)) {
      changed.wake();
    }
  }

  void walk(Walk walk) {
    exclusive = walk.flag("exclusive", exclusive);
    long[] ids = walk.longs("holders", holders.stream().mapToLong(Integer::longValue).toArray());
    int count = walk.count("ranges", ranges.size());
    List<Range> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Range each = walk.reading() ? new Range(0, 0, 0, false) : ranges.get(i);
      read.add(
          new Range(
              walk.i64("owner", each.owner()),
              walk.i64("start", each.start()),
              walk.i64("end", each.end()),
              walk.flag("exclusive", each.exclusive())));
    }
    if (walk.reading()) {
      for (long each : ids) {
        holders.add((int) each);
      }
      ranges = read;
    }
  }
}
