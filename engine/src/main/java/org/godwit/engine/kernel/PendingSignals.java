package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.state.Walk;

/**
 * Signals that wait to be taken by a task or by any task of a process. A standard signal waits
 * once, real-time ones (32 and up) queue in the order in which they came (signal(7)); a timer has
 * one signal in the queue, which counts how often it has run out again (timer_getoverrun(2)).
 */
final class PendingSignals {
  private static final int FIRST_REAL_TIME = 32;

  /** Most that queue for one receiver (RLIMIT_SIGPENDING). */
  static final int MOST = 1024;

  private long bits;
  private final List<SignalInfo> queue = new ArrayList<>();

  /** Which wait; bit 0 is signal 1. */
  long bits() {
    return bits;
  }

  /** Adds one; false if the queue is full (EAGAIN). */
  boolean add(SignalInfo info) {
    if (info.code() == SignalInfo.TIMER) {
      for (int i = 0; i < queue.size(); i++) {
        SignalInfo earlier = queue.get(i);
        if (earlier.code() == SignalInfo.TIMER && earlier.pid() == info.pid()) {
          queue.set(i, earlier.again(info));
          return true;
        }
      }
    }
    boolean waits = (bits & Signals.bit(info.signal())) != 0;
    if (waits && info.signal() < FIRST_REAL_TIME) {
      return true;
    }
    if (queue.size() >= MOST) {
      return false;
    }
    queue.add(info);
    bits |= Signals.bit(info.signal());
    return true;
  }

  /** One that was taken waits again, before all others. */
  void putBack(SignalInfo info) {
    queue.addFirst(info);
    bits |= Signals.bit(info.signal());
  }

  /** Takes the first of the least number among {@code wanted}, or null. */
  SignalInfo take(long wanted) {
    if ((bits & wanted) == 0) {
      return null;
    }
    int signal = Long.numberOfTrailingZeros(bits & wanted) + 1;
    SignalInfo taken = null;
    boolean more = false;
    for (int i = 0; i < queue.size(); i++) {
      if (queue.get(i).signal() == signal) {
        if (taken == null) {
          taken = queue.remove(i--);
        } else {
          more = true;
        }
      }
    }
    bits = more ? bits : bits & ~Signals.bit(signal);
    return taken;
  }

  /** Drops all of {@code unwanted}. */
  void drop(long unwanted) {
    if ((bits & unwanted) != 0) {
      queue.removeIf(each -> (Signals.bit(each.signal()) & unwanted) != 0);
      bits &= ~unwanted;
    }
  }

  void walk(Walk walk) {
    bits = walk.i64("pending", bits);
    int count = walk.count("signals", queue.size());
    for (int i = 0; i < count; i++) {
      SignalInfo info = SignalInfo.walk(walk, walk.reading() ? null : queue.get(i));
      if (walk.reading()) {
        queue.add(info);
      }
    }
  }
}
