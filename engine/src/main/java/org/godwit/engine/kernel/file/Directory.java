package org.godwit.engine.kernel.file;

import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.state.Walk;

/**
 * A directory. Entries are listed in the order in which they were made, and an entry keeps its
 * place (cookie) while others come and go, so that removing files while listing skips nothing. A
 * directory with a mount name shows the synthetic directory of that name instead of its own
 * entries.
 */
public final class Directory extends Inode {
  /** Cookies 1 and 2 belong to "." and "..". */
  private static final long FIRST_COOKIE = 3;

  /** One name; {@code cookie} is its place in listings. */
  record Entry(String name, long cookie, Inode inode) {}

  private final TreeMap<String, Entry> byName = new TreeMap<>();
  private final TreeMap<Long, Entry> byCookie = new TreeMap<>();
  private long nextCookie = FIRST_COOKIE;
  private Directory parent;
  private String mount = "";

  Directory(NodeFiles node, int permissions) {
    super(node, permissions);
    parent = this;
    links = 1; // Its own "."; the name in the directory above adds the second.
  }

  @Override
  int type() {
    return FileMode.DIRECTORY;
  }

  @Override
  long size() {
    return 4096;
  }

  @Override
  long blocks() {
    return 8;
  }

  @Override
  public Directory parent() {
    return parent;
  }

  @Override
  public Inode lookup(String name) {
    if (!mount.isEmpty()) {
      return SyntheticNode.entry(this, mount, mounted(), name);
    }
    Entry entry = byName.get(name);
    return entry == null ? null : entry.inode();
  }

  /** The synthetic directory that covers this one, or null. */
  SyntheticDirectory mounted() {
    return mount.isEmpty() ? null : node.tree().mounted(mount);
  }

  /** Path of what is mounted here; empty if nothing is. */
  String mount() {
    return mount;
  }

  void mount(String path) {
    mount = path;
  }

  boolean isEmpty() {
    return byName.isEmpty() && mount.isEmpty();
  }

  boolean contains(String name) {
    return byName.containsKey(name);
  }

  /** Whether it has neither name nor parent any longer. */
  boolean removed() {
    return links == 0;
  }

  /** The name of entry {@code child}, or null. */
  String nameOf(Inode child) {
    for (Entry each : byName.values()) {
      if (each.inode() == child) {
        return each.name();
      }
    }
    return null;
  }

  /** The first entry whose cookie is greater, or null. */
  Entry after(long cookie) {
    Map.Entry<Long, Entry> entry = byCookie.higherEntry(cookie);
    return entry == null ? null : entry.getValue();
  }

  /** Adds a name that is not there yet. */
  void add(String name, Inode inode) {
    Entry entry = new Entry(name, nextCookie++, inode);
    if (byName.putIfAbsent(name, entry) != null) {
      throw new IllegalStateException("directory " + number + " has " + name + " already");
    }
    byCookie.put(entry.cookie(), entry);
    inode.links++;
    inode.touchAttributes();
    if (inode instanceof Directory child) {
      child.parent = this;
      links++;
    }
    touch();
  }

  /** Removes a name; the inode goes when nothing else holds it. */
  void remove(String name) {
    Entry entry = byName.remove(name);
    byCookie.remove(entry.cookie());
    Inode inode = entry.inode();
    inode.links--;
    inode.touchAttributes();
    if (inode instanceof Directory) {
      links--;
    }
    touch();
  }

  /** Takes its own "." away: the last step of rmdir. */
  void unlinkSelf() {
    links--;
  }

  @Override
  OpenFile open(int flags, int pid) {
    return new DirectoryFile(node, flags, this);
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    nextCookie = walk.i64("nextCookie", nextCookie);
    mount = walk.text("mount", mount);
    Inode above = node.tree().inode(walk.i32("parent", parent.number));
    parent = above instanceof Directory directory ? directory : this; // Removed ones may be gone.
    if (walk.reading()) {
      int count = walk.count("entries", 0);
      for (int i = 0; i < count; i++) {
        walkEntry(walk, new Entry("", 0, this));
      }
      return;
    }
    walk.count("entries", byCookie.size());
    for (Entry each : byCookie.values()) {
      walkEntry(walk, each);
    }
  }

  private void walkEntry(Walk walk, Entry entry) {
    String name = walk.text("name", entry.name());
    long cookie = walk.i64("cookie", entry.cookie());
    int inode = walk.i32("inode", entry.inode().number);
    if (walk.reading()) {
      Entry read = new Entry(name, cookie, node.tree().inode(inode));
      byName.put(name, read);
      byCookie.put(cookie, read);
    }
  }
}
