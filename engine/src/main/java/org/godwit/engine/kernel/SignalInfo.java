package org.godwit.engine.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.state.Walk;

/**
 * A signal on its way, with what siginfo_t tells of it (sigaction(2)).
 *
 * @param signal its number
 * @param code si_code, e.g. {@link #USER}
 * @param pid who sent it, the child, or the timer's number
 * @param uid the sender's or the child's real user; of a timer how often it ran out again
 * @param value sigval, a child's status, or the address of a fault
 * @param orphaned whether the receiver's process group was orphaned when it was sent, so that the
 *     terminal's stop signals do not stop it
 */
public record SignalInfo(int signal, int code, int pid, int uid, long value, boolean orphaned) {
  static final int BYTES = 128;

  /** Sent by kill(2). */
  static final int USER = 0;

  /** Sent by the kernel. */
  static final int KERNEL = 0x80;

  /** Sent by sigqueue(3). */
  static final int QUEUE = -1;

  /** A timer of timer_create(2) ran out. */
  static final int TIMER = -2;

  /** Sent by tgkill(2). */
  static final int THREAD = -6;

  static final int CHILD_EXITED = 1;
  static final int CHILD_KILLED = 2;
  static final int CHILD_DUMPED = 3;
  static final int CHILD_STOPPED = 5;
  static final int CHILD_CONTINUED = 6;

  /** From the kernel itself. */
  static SignalInfo kernel(int signal) {
    return new SignalInfo(signal, KERNEL, 0, 0, 0, false);
  }

  /** From a process. */
  static SignalInfo from(Process sender, int signal, int code) {
    int uid = sender.files().credentials().uid();
    return new SignalInfo(signal, code, sender.id().pid(), uid, 0, false);
  }

  /** An instruction's fault: SEGV_MAPERR and the like are all 1 here, which POSIX allows for. */
  static SignalInfo fault(int signal, long address) {
    return new SignalInfo(signal, 1, 0, 0, address, false);
  }

  /** From a timer of timer_create(2) that has run out {@code overrun} times more than once. */
  static SignalInfo timer(int signal, int id, long overrun, long value) {
    int times = (int) Math.min(Integer.MAX_VALUE, overrun);
    return new SignalInfo(signal, TIMER, id, times, value, false);
  }

  /** A timer's signal that still waits when the timer runs out again. */
  SignalInfo again(SignalInfo later) {
    return timer(signal, pid, 1L + uid + later.uid, value);
  }

  SignalInfo orphaned(boolean is) {
    return new SignalInfo(signal, code, pid, uid, value, is);
  }

  /** The same news by another signal. */
  SignalInfo as(int other) {
    return new SignalInfo(other, code, pid, uid, value, orphaned);
  }

  /** Whether it tells a parent that a child stopped or went on. */
  boolean tellsOfStop() {
    return signal == Signals.SIGCHLD && (code == CHILD_STOPPED || code == CHILD_CONTINUED);
  }

  /** As siginfo_t on riscv64. */
  byte[] bytes() {
    ByteBuffer to = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(0, signal).putInt(8, code);
    boolean faulted =
        code > 0 && code < KERNEL && signal != Signals.SIGCHLD && pid == 0 && value != 0;
    if (faulted) {
      to.putLong(16, value);
    } else {
      to.putInt(16, pid).putInt(20, uid).putLong(24, value);
    }
    return to.array();
  }

  /** From the siginfo_t that rt_sigqueueinfo(2) is given. */
  static SignalInfo read(int signal, byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new SignalInfo(
        signal, from.getInt(8), from.getInt(16), from.getInt(20), from.getLong(24), false);
  }

  static SignalInfo walk(Walk walk, SignalInfo info) {
    SignalInfo from = info == null ? kernel(0) : info;
    return new SignalInfo(
        walk.i32("signal", from.signal),
        walk.i32("code", from.code),
        walk.i32("pid", from.pid),
        walk.i32("uid", from.uid),
        walk.i64("value", from.value),
        walk.flag("orphaned", from.orphaned));
  }
}
