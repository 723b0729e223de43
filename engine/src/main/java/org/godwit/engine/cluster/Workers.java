package org.godwit.engine.cluster;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.godwit.engine.node.Node;

/**
 * Threads that advance the islands of one window side by side. Which thread takes which island is
 * left to chance and invisible, since islands share nothing. The caller works too. An exception in
 * an island reaches the caller after all have stopped.
 */
final class Workers implements AutoCloseable {
  private final int count;
  private final ExecutorService threads;

  Workers(int count) {
    this.count = count;
    this.threads =
        count == 1
            ? null
            : Executors.newFixedThreadPool(
                count - 1,
                task -> {
                  Thread thread = new Thread(task, "godwit-window");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  boolean several() {
    return count > 1;
  }

  void advance(List<Node> nodes, long until) {
    int parts = Math.min(count, nodes.size());
    CountDownLatch done = new CountDownLatch(parts - 1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    for (int part = 1; part < parts; part++) {
      int first = part;
      threads.execute(
          () -> {
            try {
              share(nodes, first, parts, until);
            } catch (Throwable t) {
              failure.compareAndSet(null, t);
            } finally {
              done.countDown();
            }
          });
    }
    try {
      share(nodes, 0, parts, until);
    } finally {
      await(done);
    }
    if (failure.get() != null) {
      throw new IllegalStateException("an island failed", failure.get());
    }
  }

  private static void share(List<Node> nodes, int first, int step, long until) {
    for (int i = first; i < nodes.size(); i += step) {
      nodes.get(i).advance(until);
    }
  }

  private static void await(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // Islands must be whole before anybody looks at them.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdown();
    }
  }
}
