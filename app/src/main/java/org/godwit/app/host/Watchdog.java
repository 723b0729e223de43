package org.godwit.app.host;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Runs foreign code on a thread of its own, for a limited time. Of no use after {@link Hangs}. */
final class Watchdog {
  /** What a question may take: decision 21. */
  static final long MILLIS = 100;

  /** What the loading of classes may take. */
  static final long LOADING_MILLIS = 2_000;

  /** On a busy host code that wants to run but gets no CPU is given so much more. */
  private static final int PATIENCE = 50;

  private static final long NOT_BEGUN = -1;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private volatile Thread thread;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> {
            thread = Thread.ofPlatform().name("policy").daemon(true).unstarted(task);
            return thread;
          });

  /** It did not come back in time. */
  static final class Hangs extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Runs {@code work}.
   *
   * @param millis CPU time that it may take, or wall time for which it may stand still
   * @throws ExecutionException with whatever it threw
   */
  <T> T run(Callable<T> work, long millis) throws ExecutionException, Hangs {
    AtomicLong cpuBefore = new AtomicLong(NOT_BEGUN);
    Future<T> future =
        executor.submit(
            () -> {
              cpuBefore.set(THREADS.getCurrentThreadCpuTime());
              return work.call();
            });
    try {
      for (int i = 0; i < PATIENCE; i++) {
        try {
          return future.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          boolean starved =
              cpuBefore.get() == NOT_BEGUN
                  || thread.getState() == Thread.State.RUNNABLE
                      && THREADS.getThreadCpuTime(thread.threadId()) - cpuBefore.get()
                          < millis * 1_000_000;
          if (!starved) {
            break;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
    throw new Hangs();
  }
}
