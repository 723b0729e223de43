package org.godwit.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs a check for each of the seeds 1 to 20, or some of them. Sessions share nothing, so several
 * run at a time; all seeds run to the end, and the failure names every seed for which the check did
 * not hold.
 */
final class Seeds {
  /** Seeds that every claim of the seed text is held against (issue 2). */
  static final int COUNT = 20;

  private static final int SOME = 3;

  /** A claim about the session of one seed. */
  @FunctionalInterface
  interface Check {
    void holdsFor(long seed) throws Exception;
  }

  private Seeds() {}

  /** Each of the twenty. */
  static void each(Check check) {
    upTo(COUNT, check);
  }

  /** Three of them, and all in the slow run: for what boots, which costs more. */
  static void some(Check check) {
    upTo(Variation.OWN_DIVISOR ? COUNT : SOME, check);
  }

  private static void upTo(int count, Check check) {
    List<AssertionError> failures = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<?>> runs = new ArrayList<>();
      for (long seed = 1; seed <= count; seed++) {
        long each = seed;
        runs.add(
            threads.submit(
                () -> {
                  check.holdsFor(each);
                  return null;
                }));
      }
      for (int i = 0; i < count; i++) {
        try {
          runs.get(i).get();
        } catch (ExecutionException e) {
          failures.add(
              new AssertionError(
                  "seed " + (i + 1) + ": " + e.getCause().getMessage(), e.getCause()));
        } catch (InterruptedException e) {
          throw new AssertionError("interrupted", e);
        }
      }
    }
    if (!failures.isEmpty()) {
      AssertionError all =
          new AssertionError(
              failures.size()
                  + " of "
                  + count
                  + " seeds; first "
                  + failures.getFirst().getMessage());
      failures.forEach(all::addSuppressed);
      throw all;
    }
  }
}
