package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.state.Walk;

/**
 * What a name in the tree stands for (inode(7)). Known to its node by its number; lives while a
 * name or an open file description holds it. Sub-classes add content; the operations that only one
 * kind has default to the errno of the others.
 */
public abstract sealed class Inode
    permits Directory, RegularFile, SymbolicLink, DeviceNode, Fifo, SocketNode, SyntheticNode {
  final NodeFiles node;
  int number;
  int permissions;
  int uid;
  int gid;
  int links;
  int opens;
  long accessedNanos;
  long modifiedNanos;
  long changedNanos;

  /** Record locks of fcntl(2) and the lock of flock(2), made when first asked for. */
  FileLocks locks;

  Inode(NodeFiles node, int permissions) {
    this.node = node;
    this.permissions = permissions;
    long now = node.calendarNanos();
    accessedNanos = now;
    modifiedNanos = now;
    changedNanos = now;
  }

  /** The file type bits of st_mode. */
  abstract int type();

  /** st_size in bytes. */
  long size() {
    return 0;
  }

  /** st_blocks, in units of 512 bytes. */
  long blocks() {
    return 0;
  }

  /** st_rdev. */
  long device() {
    return 0;
  }

  /** Its number on the node; handle of its mappings. */
  public int number() {
    return number;
  }

  /** Type and permission bits as in st_mode. */
  public int mode() {
    return type() | permissions;
  }

  /** Owner. */
  public int uid() {
    return uid;
  }

  /** Group. */
  public int gid() {
    return gid;
  }

  boolean isDirectory() {
    return type() == FileMode.DIRECTORY;
  }

  boolean isLink() {
    return type() == FileMode.LINK;
  }

  /** The entry {@code name} of a directory, or null; directories only. */
  Inode lookup(String name) {
    return null;
  }

  /** The directory above; a directory's only. */
  Inode parent() {
    return null;
  }

  /** Where a symbolic link leads for process {@code pid}, or null. */
  String target(int pid) {
    return null;
  }

  /** Opens it; {@code pid} is who opens. The result has no reference yet. */
  abstract OpenFile open(int flags, int pid);

  /** truncate(2): a positive errno, or 0. */
  int resize(long size) {
    return isDirectory() ? Errno.EISDIR : Errno.EINVAL;
  }

  /** Content changed. */
  void touch() {
    modifiedNanos = node.calendarNanos();
    changedNanos = modifiedNanos;
  }

  /** Attributes changed. */
  void touchAttributes() {
    changedNanos = node.calendarNanos();
  }

  /** Nothing holds it any longer: content gives its pages back. */
  void release() {}

  FileLocks locks() {
    if (locks == null) {
      locks = new FileLocks();
    }
    return locks;
  }

  FileStatus status() {
    return new FileStatus(
        FileStatus.TREE_DEVICE,
        number,
        mode(),
        links,
        uid,
        gid,
        device(),
        size(),
        blocks(),
        accessedNanos,
        modifiedNanos,
        changedNanos);
  }

  /** Every field; {@code node} and number are the tree's business. */
  void walk(Walk walk) {
    permissions = walk.i32("permissions", permissions);
    uid = walk.i32("uid", uid);
    gid = walk.i32("gid", gid);
    links = walk.i32("links", links);
    opens = walk.i32("opens", opens);
    accessedNanos = walk.i64("accessed", accessedNanos);
    modifiedNanos = walk.i64("modified", modifiedNanos);
    changedNanos = walk.i64("changed", changedNanos);
    if (walk.present("locked", locks != null)) {
      locks().walk(walk);
    }
  }
}
