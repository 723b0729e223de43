package org.godwit.engine.kernel;

import org.godwit.engine.state.Walk;

/** Dispositions of the 64 signals, as rt_sigaction(2) sets them. Part of a body. */
final class SignalHandlers {
  static final long DEFAULT = 0;
  static final long IGNORE = 1;

  private long[] handler = new long[Signals.COUNT + 1];
  private long[] flags = new long[Signals.COUNT + 1];
  private long[] mask = new long[Signals.COUNT + 1];

  long handler(int signal) {
    return handler[signal];
  }

  long flags(int signal) {
    return flags[signal];
  }

  long mask(int signal) {
    return mask[signal];
  }

  void set(int signal, long newHandler, long newFlags, long newMask) {
    handler[signal] = newHandler;
    flags[signal] = newFlags;
    mask[signal] = newMask;
  }

  /** Signals that are ignored by request, as bits. */
  long ignored() {
    return bits(true);
  }

  /** Signals that have a handler, as bits. */
  long caught() {
    return bits(false);
  }

  private long bits(boolean ignored) {
    long bits = 0;
    for (int i = 1; i <= Signals.COUNT; i++) {
      boolean counts = ignored ? handler[i] == IGNORE : handler[i] > IGNORE || handler[i] < 0;
      bits |= counts ? Signals.bit(i) : 0;
    }
    return bits;
  }

  /** exec: what had a handler goes back to the default, what was ignored stays so. */
  void forExec() {
    for (int i = 1; i <= Signals.COUNT; i++) {
      if (handler[i] != IGNORE) {
        set(i, DEFAULT, 0, 0);
      }
    }
  }

  void copy(SignalHandlers from) {
    handler = from.handler.clone();
    flags = from.flags.clone();
    mask = from.mask.clone();
  }

  void walk(Walk walk) {
    handler = walk.longs("handlers", handler);
    flags = walk.longs("handlerFlags", flags);
    mask = walk.longs("handlerMasks", mask);
  }
}
