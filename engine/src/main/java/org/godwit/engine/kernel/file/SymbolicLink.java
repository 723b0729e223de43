package org.godwit.engine.kernel.file;

import org.godwit.engine.state.Walk;

/** A symbolic link (symlink(7)); it is followed by the resolver and never opened. */
final class SymbolicLink extends Inode {
  private String target;

  SymbolicLink(NodeFiles node, String target) {
    super(node, 0777);
    this.target = target;
    node.tree().noteLink(target);
  }

  @Override
  int type() {
    return FileMode.LINK;
  }

  @Override
  long size() {
    return target.length();
  }

  @Override
  String target(int pid) {
    return target;
  }

  @Override
  OpenFile open(int flags, int pid) {
    return new PathFile(node, flags, this);
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    target = walk.text("target", target);
    node.tree().noteLink(target);
  }
}
