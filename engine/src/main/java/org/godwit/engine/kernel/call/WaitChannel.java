package org.godwit.engine.kernel.call;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that calls wait on: a pipe's data, a socket's room, a child's end. Waking hands the
 * waiters to the kernel in the order in which they came; they try again and may wait anew.
 * Membership follows from the waiting calls and is not walked. Belongs to one island; not thread
 * safe.
 */
public final class WaitChannel {
  /** Told when a channel wakes; called at most once for each time it was added. */
  public interface Waiter {
    /** The channel has news. */
    void wake();
  }

  private final List<Waiter> waiters = new ArrayList<>();

  /** Adds a waiter at the end. */
  public void add(Waiter waiter) {
    waiters.add(waiter);
  }

  /** Forgets a waiter, if it is there. */
  public void remove(Waiter waiter) {
    waiters.remove(waiter);
  }

  /** Wakes all, first come first. */
  public void wake() {
    if (waiters.isEmpty()) {
      return;
    }
    List<Waiter> woken = List.copyOf(waiters);
    waiters.clear();
    for (Waiter each : woken) {
      each.wake();
    }
  }
}
