package org.godwit.app.host;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that carries out one after the other. What the executors of Java do around a task takes
 * longer than writing what a session has to say once a second.
 */
public final class Pen implements Executor {
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("godwit-log").unstarted(this::work);
  private boolean begun;

  /** One whose thread begins with its first task. */
  public Pen() {}

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    synchronized (this) {
      if (!begun) {
        begun = true;
        thread.start();
      }
    }
    LockSupport.unpark(thread);
  }

  private void work() {
    while (true) {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      LockSupport.park(this);
    }
  }
}
