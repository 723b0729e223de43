package org.godwit.engine.kernel.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.state.Walk;

/**
 * Who is at the other end of a Unix socket, or sent something over it: struct ucred of unix(7).
 *
 * @param pid process
 * @param uid user
 * @param gid group
 */
public record Sender(int pid, int uid, int gid) {
  /** Length of struct ucred. */
  public static final int BYTES = 12;

  private static final int OVERFLOW = 65_534;

  /** What a receiver sees of what was sent before anybody asked for credentials. */
  public static final Sender UNTOLD = new Sender(0, OVERFLOW, OVERFLOW);

  /** What SO_PEERCRED says of a socket that has no peer. */
  public static final Sender NOBODY = new Sender(0, -1, -1);

  /** From struct ucred. */
  public static Sender of(ByteBuffer from, int at) {
    return new Sender(from.getInt(at), from.getInt(at + 4), from.getInt(at + 8));
  }

  /** As struct ucred. */
  public byte[] bytes() {
    ByteBuffer to = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return to.putInt(pid).putInt(uid).putInt(gid).array();
  }

  /** One that may be missing. */
  static Sender walk(Walk walk, Sender sender) {
    if (!walk.present("sender", sender != null)) {
      return null;
    }
    Sender from = sender == null ? NOBODY : sender;
    return new Sender(
        walk.i32("pid", from.pid), walk.i32("uid", from.uid), walk.i32("gid", from.gid));
  }
}
