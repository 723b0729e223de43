package org.godwit.engine.kernel.tty;

import org.godwit.engine.state.Walk;

/**
 * Packet mode of a master end (TIOCPKT of ioctl_tty(2)): each read begins with a byte that is 0
 * before data, or else says what has happened at the terminal end since. Left out: EXTPROC.
 */
final class PacketMode {
  static final int FLUSHED_INPUT = 1;
  static final int FLUSHED_OUTPUT = 2;
  static final int STOPPED = 4;
  static final int STARTED = 8;
  private static final int OTHER_FLOW = 16;
  private static final int USUAL_FLOW = 32;

  private boolean on;
  private int status;

  boolean isOn() {
    return on;
  }

  /** Switches it; news from before are forgotten. */
  void on(boolean next) {
    status = next && !on ? 0 : status;
    on = next;
  }

  /** Whether there is something to tell. */
  boolean hasNews() {
    return on && status != 0;
  }

  /** What there is to tell, once. */
  int takeNews() {
    int taken = status;
    status = 0;
    return taken;
  }

  /** Something has happened; of stop and start only the last counts. */
  void note(int bits) {
    if (on) {
      status = switched(status, bits, STOPPED, STARTED);
    }
  }

  /** The terminal's own flow control by ^S and ^Q began or ended. */
  void flow(boolean usual) {
    if (on) {
      status = switched(status, usual ? USUAL_FLOW : OTHER_FLOW, OTHER_FLOW, USUAL_FLOW);
    }
  }

  private static int switched(int before, int bits, int one, int other) {
    int both = one | other;
    return ((bits & both) != 0 ? before & ~both : before) | bits;
  }

  void walk(Walk walk) {
    on = walk.flag("packets", on);
    status = walk.i32("packetStatus", status);
  }
}
