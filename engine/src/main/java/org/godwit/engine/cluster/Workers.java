package org.godwit.engine.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.godwit.engine.node.Node;

/**
 * Threads that advance the islands of one window side by side. Which thread takes which island is
 * left to chance and invisible, since islands share nothing. The caller works too. An exception in
 * an island reaches the caller after all have stopped.
 *
 * <p>Windows of 100 µs follow each other closely, and waking a parked thread takes about as long as
 * one of them. So whoever waits looks again for a while before it parks, and the caller waits for
 * islands, not for threads: one that wakes too late finds nothing left to do and delays nobody.
 */
final class Workers implements AutoCloseable {
  /** So often a waiting thread looks before it parks: some tens of microseconds. */
  private static final int LOOKS = 1_000;

  private final int count;
  private final List<Worker> threads = new ArrayList<>();
  private volatile boolean closed;

  Workers(int count) {
    this.count = count;
  }

  boolean several() {
    return count > 1;
  }

  void carry(List<Node> nodes, Cluster.Stretch stretch, long until) {
    while (threads.size() < count - 1) {
      threads.add(new Worker());
    }
    Window window = new Window(nodes, stretch, until);
    for (int i = 0; i < Math.min(count, nodes.size()) - 1; i++) {
      threads.get(i).give(window);
    }
    window.work();
    window.await();
    if (window.failure != null) {
      throw new IllegalStateException("an island failed", window.failure);
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(worker -> LockSupport.unpark(worker.thread));
  }

  /** The islands of one window; each is taken by one thread. */
  private static final class Window {
    private final List<Node> nodes;
    private final Cluster.Stretch stretch;
    private final long until;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean callerParks;
    private volatile Throwable failure;

    Window(List<Node> nodes, Cluster.Stretch stretch, long until) {
      this.nodes = nodes;
      this.stretch = stretch;
      this.until = until;
    }

    /** Advances islands until none is left to take. */
    void work() {
      for (int i = taken.getAndIncrement(); i < nodes.size(); i = taken.getAndIncrement()) {
        try {
          stretch.carry(nodes.get(i), until);
        } catch (Throwable t) {
          failure = t;
        }
        if (done.incrementAndGet() == nodes.size() && callerParks) {
          LockSupport.unpark(caller);
        }
      }
    }

    /** Waits until all islands are whole, even if somebody interrupts. */
    void await() {
      boolean interrupted = false;
      for (int looks = 0; done.get() < nodes.size(); looks++) {
        if (looks < LOOKS) {
          Thread.onSpinWait();
        } else {
          callerParks = true;
          if (done.get() < nodes.size()) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
          }
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A thread that takes part in the windows that it is given. */
  private final class Worker implements Runnable {
    private final Thread thread = new Thread(this, "godwit-window");
    private volatile Window given;
    private volatile boolean parks;

    Worker() {
      thread.setDaemon(true);
      thread.start();
    }

    void give(Window window) {
      given = window;
      if (parks) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      Window last = null;
      int looks = 0;
      while (!closed) {
        Window now = given;
        if (now != last) {
          last = now;
          looks = 0;
          now.work();
        } else if (looks++ < LOOKS) {
          Thread.onSpinWait();
        } else {
          parks = true;
          if (given == last && !closed) {
            LockSupport.park(this);
          }
          parks = false;
        }
      }
    }
  }
}
