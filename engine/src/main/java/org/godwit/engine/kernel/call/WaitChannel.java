package org.godwit.engine.kernel.call;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that calls wait on: a pipe's data, a socket's room, a child's end. Waking hands the
 * waiters to the kernel in the order in which they came; they try again and may wait anew. A
 * watcher stays until it is removed (epoll(7)). Membership follows from the waiting calls and the
 * sets of epoll, and is not walked. Belongs to one island; not thread safe.
 */
public final class WaitChannel {
  /** Told when a channel wakes; a waiter at most once for each time it was added. */
  public interface Waiter {
    /** The channel has news. */
    void wake();
  }

  private final List<Waiter> waiters = new ArrayList<>();
  private final List<Waiter> watchers = new ArrayList<>();

  /** Adds a waiter at the end. */
  public void add(Waiter waiter) {
    waiters.add(waiter);
  }

  /** Forgets a waiter, if it is there. */
  public void remove(Waiter waiter) {
    waiters.remove(waiter);
  }

  /** Adds one that is told of all news until it is removed. */
  public void watch(Waiter watcher) {
    watchers.add(watcher);
  }

  /** Removes a watcher, if it is there. */
  public void unwatch(Waiter watcher) {
    watchers.remove(watcher);
  }

  /** Wakes all, first come first; then tells the watchers. */
  public void wake() {
    wakeWaiters();
    if (!watchers.isEmpty()) {
      for (Waiter each : List.copyOf(watchers)) {
        each.wake();
      }
    }
  }

  /** Wakes all but the watchers: for what is worth another try, but is no news (epoll's edge). */
  public void wakeWaiters() {
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
