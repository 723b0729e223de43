package org.godwit.engine.kernel;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.state.Walk;

/**
 * What the deputy knows of an address space: the objects that are mapped, under the numbers by
 * which the body asks for their pages, SysV segments, and what is locked. Processes that share an
 * address space (clone(2), CLONE_VM) share this, too.
 */
final class Mappings {
  private final TreeMap<Long, PageStore> mapped = new TreeMap<>();
  private long nextHandle = 1;
  private int users = 1;
  private final TreeSet<Integer> gotSegments = new TreeSet<>();
  private final TreeMap<Long, Integer> attached = new TreeMap<>();
  private final LockedMemory locked = new LockedMemory();

  /** Handles of mapped devices. */
  private final TreeSet<Long> devices = new TreeSet<>();

  /** Handles of files that were mapped shared and may not be written. */
  private final TreeSet<Long> unwritable = new TreeSet<>();

  /** Which file a handle is of, with the call that mapped it. */
  private final TreeMap<Long, MappedFile> files = new TreeMap<>();

  /**
   * A file that was mapped.
   *
   * @param inode its number on the home
   * @param pc where mmap was called
   * @param descriptor what was given to it
   */
  record MappedFile(int inode, long pc, int descriptor) {}

  /** Those of a child with memory of its own: what is mapped, but no segments and no locks. */
  Mappings fork() {
    Mappings child = fresh();
    child.mapped.putAll(mapped);
    child.files.putAll(files);
    child.devices.addAll(devices);
    child.unwritable.addAll(unwritable);
    return child;
  }

  /** Those of a new program: none, with numbers that were never used before. */
  Mappings fresh() {
    Mappings none = new Mappings();
    none.nextHandle = nextHandle;
    return none;
  }

  /** Processes that share them. */
  int users() {
    return users;
  }

  /** One more process shares them. */
  Mappings join() {
    users++;
    return this;
  }

  /** A process is done with them; whether it was the last. */
  boolean leave() {
    return --users == 0;
  }

  /** Gives a mapped object a number under which the body can ask for its pages. */
  long map(PageStore store) {
    mapped.put(nextHandle, store);
    return nextHandle++;
  }

  /** As {@link #map}, for a device. */
  long mapDevice(PageStore store) {
    devices.add(nextHandle);
    return map(store);
  }

  /** As {@link #map}, for a file that may not be written through the mapping. */
  long mapUnwritable(PageStore store) {
    unwritable.add(nextHandle);
    return map(store);
  }

  /** Says which file a handle is of. */
  void mapsFile(long handle, MappedFile file) {
    files.put(handle, file);
  }

  /** The object under a number, or null. */
  PageStore mapped(long handle) {
    return mapped.get(handle);
  }

  /** Adds the numbers of all that has been mapped. */
  void serials(TreeSet<Long> to) {
    mapped.values().forEach(each -> to.add(each.serial()));
  }

  /** The file that a handle is of, or null if it is of something else. */
  MappedFile file(long handle) {
    return files.get(handle);
  }

  /** Whether one of the files has ever been mapped. */
  boolean hasMapped(TreeSet<Integer> inodes) {
    return files.values().stream().anyMatch(each -> inodes.contains(each.inode()));
  }

  boolean isDevice(long handle) {
    return devices.contains(handle);
  }

  boolean isUnwritable(long handle) {
    return unwritable.contains(handle);
  }

  /** What is locked in memory. */
  LockedMemory locked() {
    return locked;
  }

  /** SysV segments that were asked for and not given back. */
  TreeSet<Integer> gotSegments() {
    return gotSegments;
  }

  /** Attached SysV segments by their address. */
  TreeMap<Long, Integer> attached() {
    return attached;
  }

  /** Every field that lasts, for the island's hash. */
  void walk(Walk walk) {
    walk.i64("nextHandle", nextHandle);
    walk.i32("users", users);
    gotSegments.forEach(each -> walk.i32("got", each));
    attached.forEach(
        (address, segment) -> {
          walk.i64("at", address);
          walk.i32("segment", segment);
        });
    locked.walk(walk);
    walk.longs("devices", devices.stream().mapToLong(each -> each).toArray());
    walk.longs("unwritable", unwritable.stream().mapToLong(each -> each).toArray());
    for (Map.Entry<Long, MappedFile> each : files.entrySet()) {
      walk.i64("mapped", each.getKey());
      walk.i32("file", each.getValue().inode());
      walk.i64("mappedBy", each.getValue().pc());
      walk.i32("mappedFrom", each.getValue().descriptor());
    }
  }
}
