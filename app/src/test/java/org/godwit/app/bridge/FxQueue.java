package org.godwit.app.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The FX executor of a test that has no toolkit: the test's own thread does what is handed over.
 */
final class FxQueue implements Executor {
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Waits for one task and does it. */
  void serveOne() throws InterruptedException {
    Runnable task = tasks.poll(60, TimeUnit.SECONDS);
    assertThat(task).isNotNull();
    task.run();
  }

  /** Does what comes, and pulses, until something is so; a minute is no claim about speed. */
  void until(EngineBridge bridge, BooleanSupplier condition) throws InterruptedException {
    long giveUp = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("gave up waiting").isLessThan(giveUp);
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      bridge.pulse();
      Thread.sleep(1);
    }
  }
}
