package org.godwit.engine.jit;

/**
 * Where regions are translated: a port, because the engine owns no thread for it (decision 18).
 * When a task runs, and on which thread, changes speed and nothing else.
 */
@FunctionalInterface
public interface Background {
  /** Translates at once, on the thread that asks: for tests and for hosts without spare threads. */
  Background AT_ONCE = Runnable::run;

  /**
   * Runs a task some time, or never.
   *
   * @param task does not throw
   */
  void submit(Runnable task);
}
