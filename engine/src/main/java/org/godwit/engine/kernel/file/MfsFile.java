package org.godwit.engine.kernel.file;

import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;

/**
 * A file of another node, opened through MFS. Offset and content are there; here is only under
 * which number. Calls on it never come to its own methods: they are sent there.
 */
public final class MfsFile extends OpenFile {
  private int server;
  private int handle;
  private ProcessId owner;
  private String path;

  MfsFile(NodeFiles node, int flags, int server, int handle, ProcessId owner, String path) {
    super(node, flags);
    this.server = server;
    this.handle = handle;
    this.owner = owner;
    this.path = path;
  }

  /** The node that has it. */
  public int server() {
    return server;
  }

  /** Its descriptor there. */
  public int handle() {
    return handle;
  }

  /** The path by which it was opened. */
  public String path() {
    return path;
  }

  /** The process that opened it, under whose name the other node keeps it. */
  public ProcessId owner() {
    return owner;
  }

  @Override
  Kind kind() {
    return Kind.MFS;
  }

  @Override
  String name() {
    return path;
  }

  @Override
  FileStatus status() {
    return FileStatus.anonymous(id(), FileMode.REGULAR, node.calendarNanos());
  }

  @Override
  void close() {
    node.remoteClose(this);
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    server = walk.i32("server", server);
    handle = walk.i32("handle", handle);
    int home = walk.i32("home", owner == null ? 1 : owner.home());
    int pid = walk.i32("pid", owner == null ? 1 : owner.pid());
    owner = new ProcessId(home, pid);
    path = walk.text("path", path);
  }
}
