package org.godwit.engine.kernel.file;

import org.godwit.engine.state.Walk;

/** An open file description over an inode, which it holds as long as it lives. */
abstract class InodeFile extends OpenFile {
  private Inode inode;

  /** {@code inode} is null only for one that is about to be read from a walk. */
  InodeFile(NodeFiles node, int flags, Inode inode) {
    super(node, flags);
    this.inode = inode;
    if (inode != null) {
      node.tree().hold(inode);
    }
  }

  @Override
  public Inode inode() {
    return inode;
  }

  @Override
  String name() {
    String path = node.tree().nameOf(inode);
    return path == null ? "/ (deleted)" : path;
  }

  @Override
  FileStatus status() {
    return inode.status();
  }

  @Override
  void close() {
    if (inode.locks != null) {
      inode.locks.fileClosed(id);
    }
    node.tree().letGo(inode);
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    inode = node.tree().reference(walk, inode); // Its hold is counted in the inode's own walk.
  }
}
