package org.godwit.app.workbench;

import org.godwit.app.bridge.Future;
import org.godwit.app.text.Messages;

/** What a future is called. */
public final class FutureNames {
  private static final double NANOS = 1e9;

  private FutureNames() {}

  /** Its number, and since when it goes a way of its own. */
  public static String of(Future future, Messages messages) {
    return future.parent() == 0
        ? messages.of("future.first", future.number())
        : messages.of("future.from", future.number(), future.fromNanos() / NANOS);
  }
}
