package org.godwit.engine.kernel.file;

/** A place in the tree without access to what is there: O_PATH (open(2)). */
final class PathFile extends InodeFile {
  PathFile(NodeFiles node, int flags, Inode inode) {
    super(node, flags | OpenFlags.PATH, inode);
  }

  @Override
  Kind kind() {
    return Kind.PATH;
  }
}
