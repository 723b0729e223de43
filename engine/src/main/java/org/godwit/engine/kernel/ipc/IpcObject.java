package org.godwit.engine.kernel.ipc;

import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/** What semaphore sets and message queues have in common. */
abstract class IpcObject {
  final Permission permission;

  /** When it was last changed, seconds since 1970. */
  long changedSeconds;

  /** Wakes when a call that waits for it may give another answer. */
  final WaitChannel news = new WaitChannel();

  IpcObject(Permission permission) {
    this.permission = permission;
  }

  void walk(Walk walk) {
    permission.walk(walk);
    changedSeconds = walk.i64("changed", changedSeconds);
  }
}
