package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.state.StateReader;
import org.godwit.engine.state.StateWriter;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;

/**
 * What a body that is away knows of its deputy's descriptors, so that file calls on MFS need no
 * home (DFSA, reference section 6.3): which numbers are taken, which of them are files of other
 * nodes, and what a path means to the process. The body opens and closes by it, and tells home of
 * both with the next call that goes there, with its end, or by coming home; nothing else can look
 * at the table in between, since a process that is away has one task. Offsets are with the files.
 */
public final class FileLease {
  /**
   * A taken descriptor.
   *
   * @param server node of the file, 0 for what only home can use
   * @param handle its descriptor there
   * @param owner process under whose name it is open there
   * @param flags it was opened with
   * @param path it was opened by
   * @param isNew whether home does not know of it
   */
  record Open(int server, int handle, ProcessId owner, int flags, String path, boolean isNew) {
    private static final Open HOMES = new Open(0, 0, new ProcessId(1, 1), 0, "", false);

    static Open walk(Walk walk, Open value) {
      int server = walk.i32("server", value.server);
      if (server == 0) {
        return HOMES;
      }
      int handle = walk.i32("handle", value.handle);
      int home = walk.i32("ownerHome", value.owner.home());
      int pid = walk.i32("ownerPid", value.owner.pid());
      int flags = walk.i32("flags", value.flags);
      String path = walk.text("path", value.path);
      boolean isNew = walk.flag("isNew", value.isNew);
      return new Open(server, handle, new ProcessId(home, pid), flags, path, isNew);
    }
  }

  /**
   * What a body has done to the table since home last heard.
   *
   * @param closed descriptors of home's that are closed; before what was opened
   * @param opened new ones
   * @param lastCreate see {@link FileLease#lastCreate()}
   */
  record Changes(List<Integer> closed, SortedMap<Integer, Open> opened, int lastCreate) {}

  private final TreeMap<Integer, Open> taken = new TreeMap<>();
  private final TreeSet<Integer> closed = new TreeSet<>();
  private int limit;
  private int umask;
  private long fileLimit;
  private int selected;
  private int lastCreate;
  private boolean created;
  private long requests;

  /** As home has it, when nothing was done with it yet. */
  public FileLease(int limit, int umask, int selected, int lastCreate) {
    this.limit = limit;
    this.umask = umask;
    this.selected = selected;
    this.lastCreate = lastCreate;
  }

  /** The same with RLIMIT_FSIZE. */
  FileLease fileLimit(long bytes) {
    fileLimit = bytes;
    return this;
  }

  /** RLIMIT_FSIZE. */
  long fileLimit() {
    return fileLimit;
  }

  /** One that {@link #renew} fills. */
  FileLease() {}

  /** A descriptor is taken by something that only home can use. */
  public void take(int fd) {
    taken.put(fd, Open.HOMES);
  }

  /** A descriptor is a file of another node. */
  void take(int fd, int server, int handle, ProcessId owner) {
    taken.put(fd, new Open(server, handle, owner, 0, "", false));
  }

  /** The file of another node that a descriptor stands for, or null. */
  Open file(int fd) {
    Open open = taken.get(fd);
    return open == null || open.server == 0 ? null : open;
  }

  int umask() {
    return umask;
  }

  /** The node behind {@code /mfs/selected}, 0 for none. */
  int selected() {
    return selected;
  }

  /** Node of the last successful create through MFS, 0 for none. */
  int lastCreate() {
    return lastCreate;
  }

  void lastCreate(int node) {
    lastCreate = node;
    created = true;
  }

  /** The lowest free descriptor, or −1 if the process may have no more (EMFILE). */
  int free() {
    int fd = 0;
    while (taken.containsKey(fd)) {
      fd++;
    }
    return fd < limit ? fd : -1;
  }

  /** The body has opened a file. */
  void open(int fd, Open file) {
    taken.put(fd, file);
  }

  /** The body closes a descriptor that is a file of another node. */
  Open close(int fd) {
    Open open = taken.remove(fd);
    if (!open.isNew) {
      closed.add(fd);
    }
    return open;
  }

  /** The number of the next request. */
  long nextRequest() {
    return ++requests;
  }

  private static final byte[] NOTHING = {};

  /** What home is to be told, which then counts as told; empty if there is nothing. */
  byte[] tell() {
    boolean any = created || !closed.isEmpty();
    for (Open each : taken.values()) {
      any |= each.isNew;
    }
    if (!any) {
      return NOTHING;
    }
    StateWriter writer = new StateWriter();
    walkChanges(writer, changes());
    closed.clear();
    created = false;
    taken.replaceAll(
        (fd, each) ->
            each.isNew
                ? new Open(each.server, each.handle, each.owner, each.flags, each.path, false)
                : each);
    return writer.toBytes();
  }

  private Changes changes() {
    TreeMap<Integer, Open> opened = new TreeMap<>();
    taken.forEach(
        (fd, each) -> {
          if (each.isNew) {
            opened.put(fd, each);
          }
        });
    return new Changes(List.copyOf(closed), opened, lastCreate);
  }

  /** What a body has told. */
  static Changes told(byte[] bytes) {
    return walkChanges(
        new StateReader(bytes), new Changes(List.of(), Collections.emptySortedMap(), 0));
  }

  private static Changes walkChanges(Walk walk, Changes value) {
    List<Integer> closed = new ArrayList<>();
    int closes = walk.count("closed", value.closed.size());
    for (int i = 0; i < closes; i++) {
      closed.add(walk.i32("fd", walk.reading() ? 0 : value.closed.get(i)));
    }
    TreeMap<Integer, Open> opened = new TreeMap<>();
    List<Map.Entry<Integer, Open>> all = new ArrayList<>(value.opened.entrySet());
    int opens = walk.count("opened", all.size());
    for (int i = 0; i < opens; i++) {
      int fd = walk.i32("fd", walk.reading() ? 0 : all.get(i).getKey());
      opened.put(fd, Open.walk(walk, walk.reading() ? Open.HOMES : all.get(i).getValue()));
    }
    return new Changes(closed, opened, walk.i32("lastCreate", value.lastCreate));
  }

  /** Takes over what home says; it has been told everything before. */
  void renew(byte[] bytes) {
    FileLease from = new FileLease();
    from.walkHomes(new StateReader(bytes));
    taken.clear();
    taken.putAll(from.taken);
    limit = from.limit;
    umask = from.umask;
    fileLimit = from.fileLimit;
    selected = from.selected;
    lastCreate = from.lastCreate;
  }

  /** A child's: the same descriptors, nothing to tell. */
  FileLease fork() {
    FileLease copy = new FileLease(limit, umask, selected, lastCreate).fileLimit(fileLimit);
    copy.taken.putAll(taken);
    return copy;
  }

  /** The part that home knows, as bytes. */
  byte[] bytes() {
    StateWriter writer = new StateWriter();
    walkHomes(writer);
    return writer.toBytes();
  }

  private void walkHomes(Walk walk) {
    limit = walk.i32("limit", limit);
    umask = walk.i32("umask", umask);
    fileLimit = walk.i64("fileLimit", fileLimit);
    selected = walk.i32("selected", selected);
    lastCreate = walk.i32("lastCreate", lastCreate);
    List<Map.Entry<Integer, Open>> all = new ArrayList<>(taken.entrySet());
    int count = walk.count("taken", all.size());
    for (int i = 0; i < count; i++) {
      int fd = walk.i32("fd", walk.reading() ? 0 : all.get(i).getKey());
      taken.put(fd, Open.walk(walk, walk.reading() ? Open.HOMES : all.get(i).getValue()));
    }
  }

  /** Every field; null if {@code lease} is. */
  static FileLease walk(Walk walk, FileLease lease) {
    if (!walk.present("files", lease != null)) {
      return null;
    }
    FileLease walked = walk.reading() ? new FileLease() : lease;
    walked.walkHomes(walk);
    int count = walk.count("closed", walked.closed.size());
    List<Integer> all = new ArrayList<>(walked.closed);
    for (int i = 0; i < count; i++) {
      walked.closed.add(walk.i32("fd", walk.reading() ? 0 : all.get(i)));
    }
    walked.created = walk.flag("created", walked.created);
    walked.requests = walk.i64("requests", walked.requests);
    return walked;
  }
}
