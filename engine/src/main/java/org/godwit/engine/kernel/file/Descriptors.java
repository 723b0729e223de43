package org.godwit.engine.kernel.file;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.state.Walk;

/**
 * A table of file descriptors: which open file each number stands for, and whether it closes on
 * exec. Always hands out the lowest free number. Threads of a process share one, and processes of
 * clone(2) with CLONE_FILES; fork copies it.
 */
public final class Descriptors {
  private static final int SOFT_LIMIT = 1024;

  private record Slot(OpenFile file, boolean closeOnExec) {}

  private final List<Slot> slots = new ArrayList<>();
  private int limit;

  /** Processes that use the table. */
  private int users = 1;

  /** A table that hands out numbers below {@code most}, and below 1024 until it is told more. */
  Descriptors(int most) {
    limit = Math.min(SOFT_LIMIT, most);
  }

  /** RLIMIT_NOFILE: one more than the greatest number that may be handed out. */
  public int limit() {
    return limit;
  }

  /** Changes RLIMIT_NOFILE; what is open stays open. */
  public void limit(int most) {
    limit = most;
  }

  /** The open file of {@code fd}, or null. */
  public OpenFile get(int fd) {
    Slot slot = slot(fd);
    return slot == null ? null : slot.file();
  }

  /** FD_CLOEXEC of an open descriptor. */
  boolean closeOnExec(int fd) {
    return slot(fd).closeOnExec();
  }

  void closeOnExec(int fd, boolean value) {
    slots.set(fd, new Slot(slot(fd).file(), value));
  }

  /** Open descriptors in ascending order. */
  public List<Integer> open() {
    List<Integer> open = new ArrayList<>();
    for (int fd = 0; fd < slots.size(); fd++) {
      if (slots.get(fd) != null) {
        open.add(fd);
      }
    }
    return open;
  }

  /** Whether {@code count} more descriptors can be handed out; else EMFILE. */
  boolean hasRoom(int count) {
    int free = limit;
    for (int fd = 0; fd < Math.min(limit, slots.size()); fd++) {
      free -= slots.get(fd) == null ? 0 : 1;
    }
    return free >= count;
  }

  /** The lowest free number. */
  public int free() {
    int fd = 0;
    while (slot(fd) != null) {
      fd++;
    }
    return fd;
  }

  /** Puts {@code file} at the lowest free number from {@code least} on, or answers −1 (EMFILE). */
  public int add(OpenFile file, int least, boolean closeOnExec) {
    int fd = least;
    while (slot(fd) != null) {
      fd++;
    }
    if (fd >= limit) {
      return -1;
    }
    place(fd, file, closeOnExec);
    return fd;
  }

  /** Puts {@code file} at a free number. */
  void place(int fd, OpenFile file, boolean closeOnExec) {
    while (slots.size() <= fd) {
      slots.add(null);
    }
    if (slots.set(fd, new Slot(file, closeOnExec)) != null) {
      throw new IllegalStateException("descriptor " + fd + " is taken");
    }
    file.retain();
  }

  /** Takes a descriptor out of the table; the caller releases its file. Null if it was not open. */
  OpenFile remove(int fd) {
    OpenFile file = get(fd);
    if (file != null) {
      slots.set(fd, null);
    }
    return file;
  }

  /** A table of its own over the same open files. */
  Descriptors fork() {
    Descriptors copy = new Descriptors(limit);
    copy.limit = limit;
    copy.slots.addAll(slots);
    for (Slot each : slots) {
      if (each != null) {
        each.file().retain();
      }
    }
    return copy;
  }

  /** One more process uses this very table (clone(2), CLONE_FILES). */
  Descriptors join() {
    users++;
    return this;
  }

  /** A process is done with it; whether it was the last. */
  boolean leave() {
    return --users == 0;
  }

  boolean isShared() {
    return users > 1;
  }

  private Slot slot(int fd) {
    return fd < 0 || fd >= slots.size() ? null : slots.get(fd);
  }

  /** Numbers, flags and open files by number; when reading, those are looked up in {@code node}. */
  void walk(Walk walk, NodeFiles node) {
    limit = walk.i32("limit", limit);
    List<Integer> open = open();
    int count = walk.count("descriptors", open.size());
    for (int i = 0; i < count; i++) {
      int fd = walk.i32("fd", walk.reading() ? 0 : open.get(i));
      Slot slot = slot(fd);
      int file = walk.i32("file", slot == null ? 0 : slot.file().id());
      boolean closeOnExec = walk.flag("cloexec", slot != null && slot.closeOnExec());
      if (walk.reading()) {
        while (slots.size() <= fd) {
          slots.add(null);
        }
        slots.set(fd, new Slot(node.openFile(file), closeOnExec));
      }
    }
  }
}
