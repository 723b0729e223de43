package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;

/**
 * What one process has of files: descriptors, current directory, umask, credentials, console. Part
 * of its deputy; threads share it. Every handler of this package gets it with the call.
 */
public final class FileContext {
  private static final int DEFAULT_UMASK = 022;

  /** In a walk, beside the bits of the umask: the current directory is another node's. */
  private static final int REMOTE = 1 << 16;

  private final NodeFiles node;
  private Descriptors descriptors;
  private Inode directory;

  /** The current directory if it is another node's, as a path below /mfs; else null. */
  private String remoteDirectory;

  private int umask = DEFAULT_UMASK;
  private long fileLimit = Long.MAX_VALUE;
  private Credentials credentials;
  private int pid;
  private Console console;

  /** A process without descriptors whose current directory is the root. */
  public FileContext(NodeFiles node, int pid, Credentials credentials) {
    this.node = node;
    this.descriptors = new Descriptors(node.limits().descriptors());
    this.pid = pid;
    this.credentials = credentials;
    directory = node.tree().root();
    node.tree().hold(directory);
  }

  /** The node. */
  public NodeFiles node() {
    return node;
  }

  /** The table of descriptors. */
  public Descriptors descriptors() {
    return descriptors;
  }

  /** The process. */
  public int pid() {
    return pid;
  }

  /** Who the process is. */
  public Credentials credentials() {
    return credentials;
  }

  /** Changes who the process is. */
  public void credentials(Credentials changed) {
    credentials = changed;
  }

  /** The controlling console, or null. */
  public Console console() {
    return console;
  }

  /** Gives the process a console and opens it as descriptors 0, 1 and 2, which must be free. */
  public void attach(Console attached) {
    console = attached;
    OpenFile plain = node.register(new ConsoleFile(node, OpenFlags.READ_WRITE, attached, 1));
    OpenFile error = node.register(new ConsoleFile(node, OpenFlags.READ_WRITE, attached, 2));
    descriptors.place(0, plain, false);
    descriptors.place(1, plain, false);
    descriptors.place(2, error, false);
  }

  /** The process takes a console that waits for one; the first is its controlling console. */
  void take(Console taken) {
    if (console == null) {
      console = taken;
    }
    node.taken(taken, pid);
  }

  /** Opens a terminal as descriptors 0, 1 and 2, which must be free. */
  public void attach(Terminal terminal) {
    DeviceNode device = (DeviceNode) node.tree().find(terminal.device());
    OpenFile file = node.register(new TerminalFile(node, OpenFlags.READ_WRITE, device, terminal));
    for (int fd = 0; fd < 3; fd++) {
      descriptors.place(fd, file, false);
    }
  }

  /** Opens a file of another node as the lowest free descriptor; −EMFILE if there is none. */
  public int installRemote(
      int flags, int server, int handle, ProcessId owner, String path, boolean closeOnExec) {
    MfsFile file = new MfsFile(node, OpenCalls.kept(flags), server, handle, owner, path);
    int fd = descriptors.hasRoom(1) ? descriptors.add(node.register(file), 0, closeOnExec) : -1;
    return fd < 0 ? -Errno.EMFILE : fd;
  }

  /** Opens a file of another node as a descriptor that is free. */
  public void placeRemote(
      int fd,
      int flags,
      int server,
      int handle,
      ProcessId owner,
      String path,
      boolean closeOnExec) {
    MfsFile file = new MfsFile(node, OpenCalls.kept(flags), server, handle, owner, path);
    descriptors.place(fd, node.register(file), closeOnExec);
  }

  /** Whether a descriptor is open on a regular file or a directory of the tree. */
  public boolean isPlain(int fd) {
    OpenFile file = file(fd);
    return file != null
        && (file.inode() instanceof RegularFile || file.inode() instanceof Directory);
  }

  /** The file mode creation mask. */
  public int umask() {
    return umask;
  }

  /** Changes the file mode creation mask. */
  public void umask(int mask) {
    umask = mask & 0777;
  }

  /** RLIMIT_FSIZE: no file may be written past it; {@link Long#MAX_VALUE} for no limit. */
  public long fileLimit() {
    return fileLimit;
  }

  /** Changes RLIMIT_FSIZE. */
  public void fileLimit(long bytes) {
    fileLimit = bytes;
  }

  /** Whether the process's body is on this node, its home. */
  boolean bodyHere() {
    return node.signals().isHere(pid);
  }

  /** The current directory, which is not {@link #isRemote}. */
  Inode directory() {
    return directory;
  }

  /** Whether the current directory is another node's, so that nothing here starts from it. */
  boolean isRemote() {
    return remoteDirectory != null;
  }

  /** Makes a directory of another node, a path below /mfs, the current one. */
  public void enterRemote(String path) {
    leaveDirectory();
    remoteDirectory = path;
  }

  /** Goes to the root. */
  public void leaveDirectory() {
    directory(node.tree().root());
  }

  /** Changes the current directory. */
  void directory(Inode next) {
    node.tree().hold(next);
    node.tree().letGo(directory);
    directory = next;
    remoteDirectory = null;
  }

  /**
   * The current directory as the guest's bytes; null if it was removed or the process has ended.
   */
  public String directoryPath() {
    if (remoteDirectory != null) {
      return remoteDirectory;
    }
    return directory == null ? null : node.tree().pathOf(directory);
  }

  /** The open file of {@code fd} that is more than a place in the tree, or null (EBADF). */
  public OpenFile file(int fd) {
    OpenFile file = descriptors.get(fd);
    return file == null || (file.flags() & OpenFlags.PATH) != 0 ? null : file;
  }

  /** Opens {@code file} as the lowest free descriptor; −EMFILE if there is none. */
  int install(OpenFile file, boolean closeOnExec) {
    file.retain();
    int fd = descriptors.add(file, 0, closeOnExec);
    file.release(); // Closes it if the table did not take it.
    return fd < 0 ? -Errno.EMFILE : fd;
  }

  /** close(2): 0 or −EBADF. */
  public int close(int fd) {
    OpenFile file = descriptors.remove(fd);
    if (file == null) {
      return -Errno.EBADF;
    }
    Inode inode = file.inode();
    if (inode != null && inode.locks != null) {
      inode.locks.processClosed(pid);
    }
    file.release();
    return 0;
  }

  /** What a child gets: copies of everything, sharing the open files. */
  public FileContext fork(int childPid) {
    FileContext child = new FileContext(node, childPid, credentials);
    child.directory(directory);
    child.remoteDirectory = remoteDirectory;
    child.umask = umask;
    child.fileLimit = fileLimit;
    child.console = console;
    child.descriptors = descriptors.fork();
    return child;
  }

  /** What exec closes. */
  public void closeOnExec() {
    for (int fd : descriptors.open()) {
      if (descriptors.closeOnExec(fd)) {
        close(fd);
      }
    }
  }

  /** The process ends; the object is of no use any more. */
  public void closeAll() {
    for (int fd : descriptors.open()) {
      close(fd);
    }
    node.tree().letGo(directory);
    directory = null;
  }

  /**
   * Every field. To be read into a fresh context of a node that has been read already; what it held
   * is counted in the node's walk.
   */
  public void walk(Walk walk) {
    if (walk.reading()) {
      node.tree().letGo(directory);
    }
    pid = walk.i32("pid", pid);
    int bits = walk.i32("umask", umask | (remoteDirectory == null ? 0 : REMOTE));
    umask = bits & 0777;
    if ((bits & REMOTE) != 0) {
      remoteDirectory = walk.text("remoteDirectory", remoteDirectory);
    }
    fileLimit = walk.i64("fileLimit", fileLimit);
    credentials = Credentials.walk(walk, credentials);
    directory = node.tree().reference(walk, directory);
    int id = walk.i32("console", console == null ? 0 : console.id());
    console = node.console(id);
    descriptors.walk(walk, node);
  }
}
