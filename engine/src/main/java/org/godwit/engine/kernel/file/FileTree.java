package org.godwit.engine.kernel.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.kernel.proc.SyntheticFile;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.state.Walk;

/**
 * The inodes of one node, from the root down, and those that only open files hold. Populated by
 * {@link #put} and its siblings before or while programs run; those take paths as text (stored as
 * UTF-8), make missing directories (0755, root) and replace what is there.
 *
 * <p>Everything else in this package holds names as the guest's bytes, one {@code char} per byte.
 */
public final class FileTree {
  /** As Linux has it (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  /** Debian's group tty. */
  private static final int TTY_GROUP = 5;

  private final NodeFiles node;
  private final TreeMap<Integer, Inode> inodes = new TreeMap<>();
  private final TreeMap<String, SyntheticDirectory> mounts = new TreeMap<>();
  private int nextNumber = 1;

  /** Whether a link was ever made whose target has the name of the cluster's file system. */
  private boolean linksAway;

  private Directory root;

  FileTree(NodeFiles node) {
    this.node = node;
  }

  /** Makes the root and the devices. */
  void format() {
    root = new Directory(node, 0755);
    register(root);
    root.links = 2;
    directory("/tmp", FileMode.STICKY | 0777);
    device("/dev/null", 0666, DeviceNode.Kind.NULL);
    device("/dev/zero", 0666, DeviceNode.Kind.ZERO);
    device("/dev/full", 0666, DeviceNode.Kind.FULL);
    device("/dev/random", 0666, DeviceNode.Kind.RANDOM);
    device("/dev/urandom", 0666, DeviceNode.Kind.URANDOM);
    device("/dev/tty", 0666, DeviceNode.Kind.TTY);
    device("/dev/ptmx", 0666, DeviceNode.Kind.PTMX);
    directory("/dev/pts", 0755);
    device("/dev/console", 0600, DeviceNode.Kind.CONSOLE);
    link("/dev/fd", "/proc/self/fd");
    link("/dev/stdin", "/proc/self/fd/0");
    link("/dev/stdout", "/proc/self/fd/1");
    link("/dev/stderr", "/proc/self/fd/2");
  }

  void noteLink(String target) {
    linksAway |= target.contains(Resolver.CLUSTER);
  }

  boolean linksAway() {
    return linksAway;
  }

  /** The root directory. */
  public Directory root() {
    return root;
  }

  /** The inode of that number, or null: for mappings, which know files by number. */
  public Inode inode(int number) {
    return inodes.get(number);
  }

  /** How many inodes there are. */
  public int inodes() {
    return inodes.size();
  }

  /** The inode at {@code path}, links not followed, without permission checks; or null. */
  public Inode find(String path) {
    Inode at = root;
    for (String name : names(path)) {
      at = at == null ? null : at.lookup(name);
    }
    return at;
  }

  /** The executable regular file that {@code path} leads to by links at its end, or null. */
  public RegularFile executable(String path) {
    String at = path;
    Inode found = find(at);
    for (int links = 0; links < MOST_LINKS && found instanceof SymbolicLink link; links++) {
      String target = link.target(0); // A link of the tree leads everybody to the same place.
      at = target.startsWith("/") ? target : at.substring(0, at.lastIndexOf('/') + 1) + target;
      found = find(at);
    }
    return found instanceof RegularFile file && (file.permissions & 0111) != 0 ? file : null;
  }

  /** What the file at {@code path} holds now; empty if there is no regular or synthetic file. */
  public java.util.Optional<byte[]> content(String path) {
    return switch (find(path)) {
      case RegularFile file -> {
        byte[] bytes = new byte[(int) Math.min(file.size(), Integer.MAX_VALUE - 8)];
        file.content().read(0, bytes, 0, bytes.length);
        yield java.util.Optional.of(bytes);
      }
      case SyntheticNode synthetic when synthetic.entry() instanceof SyntheticFile file ->
          java.util.Optional.of(file.read(0));
      case null, default -> java.util.Optional.empty();
    };
  }

  /** A regular file of root with these contents (copied). */
  public RegularFile put(String path, int permissions, byte[] contents) {
    RegularFile file = put(path, permissions, new PageStore(node.ports().frames()));
    int written = contents.length == 0 ? 0 : file.write(0, contents, 0, contents.length);
    if (written != contents.length) {
      throw new IllegalStateException(path + ": no room for " + contents.length + " bytes");
    }
    return file;
  }

  /** A regular file of root over {@code contents}, which may be sealed and shared. */
  public RegularFile put(String path, int permissions, PageStore contents) {
    RegularFile file = new RegularFile(node, permissions & FileMode.PERMISSIONS);
    file.content(contents);
    place(path, file);
    return file;
  }

  /** A directory of root; one that is there already only changes its permissions. */
  public Directory directory(String path, int permissions) {
    Directory directory = make(names(path));
    directory.permissions = permissions & FileMode.PERMISSIONS;
    return directory;
  }

  /** Whether a file can be put at {@code path}: programs may have made something else of it. */
  public boolean hasPlaceFor(String path) {
    Inode at = root;
    for (String name : names(path)) {
      if (at != null && !(at instanceof Directory)) {
        return false;
      }
      at = at == null ? null : at.lookup(name);
    }
    return at == null || !at.isDirectory();
  }

  /** A symbolic link of root. */
  public void link(String path, String target) {
    place(path, new SymbolicLink(node, bytes(target)));
  }

  /** Shows {@code directory} at {@code path}. To be repeated, with the same path, after reading. */
  public void mount(String path, SyntheticDirectory directory) {
    String key = bytes(path);
    mounts.put(key, directory);
    make(names(path)).mount(key);
  }

  /** Removes a name, if it is there. */
  void remove(String path) {
    List<String> names = names(path);
    Inode inode = find(path);
    if (inode != null) {
      make(names.subList(0, names.size() - 1)).remove(names.getLast());
      dropIfUnused(inode);
    }
  }

  /** The device of a new terminal, which belongs to {@code owner} and group tty (pts(4)). */
  DeviceNode terminal(Terminal terminal, Credentials owner) {
    DeviceNode device =
        new DeviceNode(this.node, 0620, FileStatus.device(DeviceNode.PTS, terminal.number()));
    device.uid = owner.uid();
    device.gid = TTY_GROUP;
    place(terminal.device(), device);
    return device;
  }

  /** A FIFO of root. */
  Fifo fifo(String path, int permissions) {
    Fifo fifo = new Fifo(node, permissions);
    place(path, fifo);
    return fifo;
  }

  /** The device through which a program takes a console; opening it removes it. */
  String takeable(Console console) {
    String path = consoleDevice(console.id());
    place(path, new DeviceNode(node, 0600, FileStatus.device(DeviceNode.HVC, console.id())));
    return path;
  }

  static String consoleDevice(int console) {
    return "/dev/hvc" + console;
  }

  /** Changes the owner of what is at {@code path}. */
  public void own(String path, int uid, int gid) {
    Inode inode = find(path);
    inode.uid = uid;
    inode.gid = gid;
  }

  SyntheticDirectory mounted(String path) {
    return mounts.get(path);
  }

  /** Whether another inode may be made; else ENOSPC. */
  boolean hasRoom() {
    return inodes.size() < node.limits().files();
  }

  /** Gives a new inode its number. */
  <T extends Inode> T register(T inode) {
    inode.number = nextNumber++;
    inodes.put(inode.number, inode);
    return inode;
  }

  /** Forgets an inode that neither a name nor an open file holds. */
  void dropIfUnused(Inode inode) {
    if (inode.links == 0 && inode.opens == 0 && inodes.remove(inode.number, inode)) {
      inode.release();
    }
  }

  /** Holds an inode for an open file, a current directory or a mapping. */
  void hold(Inode inode) {
    inode.opens++;
  }

  void letGo(Inode inode) {
    inode.opens--;
    dropIfUnused(inode);
  }

  /** The guest's path of a directory, or null if it has been removed (getcwd(3)). */
  String pathOf(Inode directory) {
    if (directory instanceof SyntheticNode synthetic) {
      return synthetic.path();
    }
    StringBuilder path = new StringBuilder();
    Inode at = directory;
    while (at != root) {
      Directory above = (Directory) at.parent();
      String name = above.nameOf(at);
      if (name == null) {
        return null;
      }
      path.insert(0, "/" + name);
      at = above;
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  /** A path to a file in the guest's bytes, or null if there is none. */
  public String pathTo(Inode file) {
    return file == null ? null : nameOf(file);
  }

  /** A path of any inode, or null if it has none left. Looks through the whole tree. */
  String nameOf(Inode inode) {
    if (inode.isDirectory() || inode instanceof SyntheticNode) {
      return inode instanceof SyntheticNode synthetic ? synthetic.path() : pathOf(inode);
    }
    for (Inode each : inodes.values()) {
      String name = each instanceof Directory directory ? directory.nameOf(inode) : null;
      String above = name == null ? null : pathOf(each);
      if (above != null) {
        return above.equals("/") ? "/" + name : above + "/" + name;
      }
    }
    return null;
  }

  /** A reference to an inode that may be synthetic. */
  Inode reference(Walk walk, Inode inode) {
    String path = inode instanceof SyntheticNode synthetic ? synthetic.path() : "";
    if (walk.present("synthetic", !path.isEmpty())) {
      path = walk.text("path", path);
      return walk.reading() ? findGuest(path) : inode;
    }
    int number = walk.i32("inode", inode == null ? 0 : inode.number);
    return walk.reading() ? inodes.get(number) : inode;
  }

  /** All inodes: first kinds, then fields, so that references find what they name. */
  void walk(Walk walk) {
    nextNumber = walk.i32("nextNumber", nextNumber);
    int count = walk.count("inodes", inodes.size());
    if (walk.reading()) {
      inodes.clear();
      for (int i = 0; i < count; i++) {
        int number = walk.i32("number", 0);
        Inode blank = blank(walk.i32("type", 0));
        blank.number = number;
        inodes.put(number, blank);
      }
    } else {
      for (Map.Entry<Integer, Inode> each : inodes.entrySet()) {
        walk.i32("number", each.getKey());
        walk.i32("type", each.getValue().type());
      }
    }
    root = (Directory) inodes.get(walk.i32("root", root.number));
    for (Inode each : inodes.values()) {
      each.walk(walk);
    }
  }

  private Inode blank(int type) {
    return switch (type) {
      case FileMode.DIRECTORY -> new Directory(node, 0);
      case FileMode.REGULAR -> new RegularFile(node, 0);
      case FileMode.LINK -> new SymbolicLink(node, "");
      case FileMode.CHARACTER -> new DeviceNode(node, 0, 0);
      case FileMode.FIFO -> new Fifo(node, 0);
      case FileMode.SOCKET -> new SocketNode(node, 0, 0);
      default -> throw new IllegalStateException("inode type " + Integer.toOctalString(type));
    };
  }

  private void device(String path, int permissions, DeviceNode.Kind kind) {
    place(path, new DeviceNode(node, permissions, FileStatus.device(kind.major, kind.minor)));
  }

  private void place(String path, Inode inode) {
    List<String> names = names(path);
    Directory directory = make(names.subList(0, names.size() - 1));
    String name = names.getLast();
    Inode old = directory.lookup(name);
    if (old != null) {
      if (old.isDirectory()) {
        throw new IllegalArgumentException(path + " is a directory");
      }
      directory.remove(name);
      dropIfUnused(old);
    }
    directory.add(name, register(inode));
  }

  private Directory make(List<String> names) {
    Directory at = root;
    for (String name : names) {
      Inode next = at.lookup(name);
      if (next == null) {
        next = register(new Directory(node, 0755));
        at.add(name, next);
      }
      if (!(next instanceof Directory directory)) {
        throw new IllegalArgumentException(name + " in " + names + " is no directory");
      }
      at = directory;
    }
    return at;
  }

  Inode findGuest(String path) {
    Inode at = root;
    for (String name : split(path)) {
      at = at == null ? null : at.lookup(name);
    }
    return at;
  }

  private static List<String> names(String text) {
    return split(bytes(text));
  }

  private static List<String> split(String path) {
    List<String> names = new ArrayList<>();
    for (String each : path.split("/")) {
      if (!each.isEmpty()) {
        names.add(each);
      }
    }
    return names;
  }

  /** Text as the guest's bytes. */
  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
