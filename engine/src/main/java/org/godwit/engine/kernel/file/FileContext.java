package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.net.Sender;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;

/**
 * What one process has of files: descriptors, current directory, umask, credentials, console. Part
 * of its deputy; threads share it. Every handler of this package gets it with the call.
 */
public final class FileContext {
  /** In a walk, beside the bits of the umask: the current directory is another node's. */
  private static final int REMOTE = 1 << 16;

  private final NodeFiles node;
  private Descriptors descriptors;
  private Whereabouts at = new Whereabouts();
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
    at.directory = node.tree().root();
    node.tree().hold(at.directory);
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

  /** As SO_PEERCRED tells of it: with the effective user. */
  Sender asPeer() {
    return new Sender(pid, credentials.euid(), credentials.egid());
  }

  /** As SCM_CREDENTIALS tells of it if it does not say who it is: with the real user. */
  Sender asSender() {
    return new Sender(pid, credentials.uid(), credentials.gid());
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
    return at.umask;
  }

  /** Changes the file mode creation mask. */
  public void umask(int mask) {
    at.umask = mask & 0777;
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
    return at.directory;
  }

  /** Whether the current directory is another node's, so that nothing here starts from it. */
  boolean isRemote() {
    return at.remote != null;
  }

  /** Makes a directory of another node, a path below /mfs, the current one. */
  public void enterRemote(String path) {
    leaveDirectory();
    at.remote = path;
  }

  /** Goes to the root. */
  public void leaveDirectory() {
    directory(node.tree().root());
  }

  /** Changes the current directory. */
  void directory(Inode next) {
    node.tree().hold(next);
    node.tree().letGo(at.directory);
    at.directory = next;
    at.remote = null;
  }

  /**
   * The current directory as the guest's bytes; null if it was removed or the process has ended.
   */
  public String directoryPath() {
    if (at.remote != null) {
      return at.remote;
    }
    return at.directory == null ? null : node.tree().pathOf(at.directory);
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
    unlock(file);
    file.release();
    return 0;
  }

  private void unlock(int fd) {
    unlock(descriptors.get(fd));
  }

  private void unlock(OpenFile file) {
    Inode inode = file.inode();
    if (inode != null && inode.locks != null) {
      inode.locks.processClosed(pid);
    }
  }

  /** What a child gets: copies of everything, sharing the open files. */
  public FileContext fork(int childPid) {
    return fork(childPid, false, false);
  }

  /**
   * What a child gets (clone(2)).
   *
   * @param sameTable CLONE_FILES: the table of descriptors is one for both
   * @param samePlace CLONE_FS: so are current directory and umask
   */
  public FileContext fork(int childPid, boolean sameTable, boolean samePlace) {
    FileContext child = new FileContext(node, childPid, credentials);
    if (samePlace) {
      node.tree().letGo(child.at.directory);
      child.at = at.join();
    } else {
      child.directory(at.directory);
      child.at.remote = at.remote;
      child.at.umask = at.umask;
    }
    child.fileLimit = fileLimit;
    child.console = console;
    child.descriptors = sameTable ? descriptors.join() : descriptors.fork();
    return child;
  }

  /** Whether another process uses the same table of descriptors, or the same current directory. */
  public boolean isShared() {
    return descriptors.isShared() || at.isShared();
  }

  /** What exec closes, in a table of the process's own. */
  public void closeOnExec() {
    if (descriptors.isShared()) {
      Descriptors own = descriptors.fork();
      descriptors.leave();
      descriptors = own;
    }
    for (int fd : descriptors.open()) {
      if (descriptors.closeOnExec(fd)) {
        close(fd);
      }
    }
  }

  /** The process ends; the object is of no use any more. */
  public void closeAll() {
    if (descriptors.leave()) {
      for (int fd : descriptors.open()) {
        close(fd);
      }
    } else {
      descriptors.open().forEach(this::unlock); // Its locks end with it, the open files do not.
      descriptors = new Descriptors(0);
    }
    if (at.leave()) {
      node.tree().letGo(at.directory);
    }
    at = new Whereabouts();
  }

  /**
   * Every field. To be read into a fresh context of a node that has been read already; what it held
   * is counted in the node's walk.
   */
  public void walk(Walk walk) {
    if (walk.reading()) {
      node.tree().letGo(at.directory);
    }
    pid = walk.i32("pid", pid);
    int bits = walk.i32("umask", at.umask | (at.remote == null ? 0 : REMOTE));
    at.umask = bits & 0777;
    if ((bits & REMOTE) != 0) {
      at.remote = walk.text("remoteDirectory", at.remote);
    }
    fileLimit = walk.i64("fileLimit", fileLimit);
    credentials = Credentials.walk(walk, credentials);
    at.directory = node.tree().reference(walk, at.directory);
    int id = walk.i32("console", console == null ? 0 : console.id());
    console = node.console(id);
    descriptors.walk(walk, node);
  }
}
