package org.godwit.engine.kernel.call;

import java.util.List;

/**
 * What a handler answers: a value (negative errno for failure, results in the call's out buffers),
 * or what the call waits for. Blocking is data: the handler is called again when a channel wakes or
 * the deadline passes (design rule 6).
 */
public sealed interface Outcome {
  /** The call is finished with this value for a0. */
  record Done(long value) implements Outcome {}

  /**
   * The call waits.
   *
   * @param channels what can end the wait, in a fixed order
   * @param deadlineNanos virtual time at which the handler is called again at the latest; {@link
   *     Long#MAX_VALUE} for never
   */
  record Wait(List<WaitChannel> channels, long deadlineNanos) implements Outcome {
    public Wait {
      channels = List.copyOf(channels);
    }
  }

  /** A finished call. */
  static Outcome done(long value) {
    return new Done(value);
  }

  /** A failed call; {@code errno} is positive. */
  static Outcome error(int errno) {
    return new Done(-errno);
  }

  /** A deputy's answer to a body that is away: come home, and make the call again here. */
  long COME_HOME = Long.MIN_VALUE + 2;

  /** The body has to be here before the call can be made. */
  static Outcome comeHome() {
    return new Done(COME_HOME);
  }

  /** Waits for a channel without a deadline. */
  static Outcome waitFor(WaitChannel channel) {
    return new Wait(List.of(channel), Long.MAX_VALUE);
  }
}
