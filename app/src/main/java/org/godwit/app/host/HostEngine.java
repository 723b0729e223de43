package org.godwit.app.host;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.godwit.engine.session.Engine;

/**
 * The engine of this program: interprets, and translates what is hot on a thread of its own. One
 * for all sessions, so that a rewound or repeated one finds its code translated.
 */
public final class HostEngine {
  private static final long IDLE_SECONDS = 10;

  private HostEngine() {}

  /** The engine for whoever does not ask for a particular one. */
  public static Engine auto() {
    return Auto.ENGINE;
  }

  /** Made when first asked for. */
  private static final class Auto {
    static final Engine ENGINE = Engine.translator(thread()::execute);

    /** One thread, which ends when there is nothing to do and never keeps the program alive. */
    private static Executor thread() {
      ThreadPoolExecutor one =
          new ThreadPoolExecutor(
              1,
              1,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              task -> {
                Thread thread = new Thread(task, "translator");
                thread.setDaemon(true);
                return thread;
              });
      one.allowCoreThreadTimeOut(true);
      return one;
    }
  }
}
