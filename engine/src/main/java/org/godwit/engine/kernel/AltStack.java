package org.godwit.engine.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.state.Walk;

/** A task's alternate stack for handlers (sigaltstack(2)). */
final class AltStack {
  /** Bytes of stack_t: pointer, flags, size. */
  static final int BYTES = 24;

  private static final int ON = 1;
  private static final int DISABLED = 2;
  private static final int AUTO_DISARM = 1 << 31;
  private static final long LEAST = 2048;

  private long base;
  private long size;
  private int flags = DISABLED;

  private boolean holds(long sp) {
    boolean usable = (flags & (DISABLED | AUTO_DISARM)) == 0;
    return usable && sp > base && sp - base <= size;
  }

  /** Where a handler's frame goes for a task whose stack pointer is {@code sp}. */
  long top(long sp) {
    if ((flags & DISABLED) != 0 || holds(sp)) {
      return sp;
    }
    return base + size;
  }

  /** As stack_t, as it is for a task whose stack pointer is {@code sp}. */
  byte[] bytes(long sp) {
    ByteBuffer to = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    to.putLong(base).putInt(holds(sp) ? flags | ON : flags).putInt(0).putLong(size);
    return to.array();
  }

  /** sigaltstack: 0 or a positive errno. */
  int set(byte[] stack, long sp) {
    ByteBuffer from = ByteBuffer.wrap(stack).order(ByteOrder.LITTLE_ENDIAN);
    int wanted = from.getInt(8);
    int mode = wanted & ~AUTO_DISARM;
    if (holds(sp)) {
      return Errno.EPERM;
    }
    if (mode != 0 && mode != ON && mode != DISABLED) {
      return Errno.EINVAL;
    }
    if (mode == DISABLED) {
      off();
      return 0;
    }
    if (Long.compareUnsigned(from.getLong(16), LEAST) < 0) {
      return Errno.ENOMEM;
    }
    base = from.getLong(0);
    size = from.getLong(16);
    flags = wanted & AUTO_DISARM;
    return 0;
  }

  /** sigreturn: what is not valid is not taken. */
  void restore(byte[] stack, long sp) {
    set(stack, sp);
  }

  /** None: for exec and new threads. */
  void off() {
    base = 0;
    size = 0;
    flags = DISABLED;
  }

  /** fork: the child's stack is its parent's. */
  void copy(AltStack from) {
    base = from.base;
    size = from.size;
    flags = from.flags;
  }

  void walk(Walk walk) {
    base = walk.i64("altBase", base);
    size = walk.i64("altSize", size);
    flags = walk.i32("altFlags", flags);
  }
}
