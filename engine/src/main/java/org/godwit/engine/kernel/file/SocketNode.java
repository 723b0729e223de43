package org.godwit.engine.kernel.file;

import org.godwit.engine.state.Walk;

/** The name of a bound UNIX socket (unix(7)). Outlives the socket; connecting then is refused. */
final class SocketNode extends Inode {
  /** Number of the bound socket in the node's network stack. */
  private int socket;

  SocketNode(NodeFiles node, int permissions, int socket) {
    super(node, permissions);
    this.socket = socket;
  }

  int socket() {
    return socket;
  }

  @Override
  int type() {
    return FileMode.SOCKET;
  }

  @Override
  OpenFile open(int flags, int pid) {
    return new PathFile(node, flags, this);
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    socket = walk.i32("socket", socket);
  }
}
