package org.godwit.app.bridge;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.godwit.engine.session.Session;

/** Another future while it is being made, one at a time. Engine thread only. */
final class Branching {
  private final Executor engine;
  private boolean making;
  private boolean goOn;

  /**
   * @param engine carries out on the engine thread
   */
  Branching(Executor engine) {
    this.engine = engine;
  }

  /** Whether one is being made. */
  boolean making() {
    return making;
  }

  /** Makes one on a thread of its own; {@code then} gets it, or why there is none. */
  void begin(Callable<Session> maker, BiConsumer<LiveSession, Exception> then) {
    making = true;
    goOn = false;
    Thread.ofVirtual()
        .name("branch")
        .start(
            () -> {
              try {
                LiveSession made = new EngineSession(maker.call());
                engine.execute(() -> then.accept(made, null));
              } catch (Exception e) {
                engine.execute(() -> then.accept(null, e));
              }
            });
  }

  /** Whoever asks to run meanwhile means the one that is being made; false if there is none. */
  boolean goOnWhenMade() {
    goOn = making;
    return making;
  }

  /** Takes that back. */
  void standWhenMade() {
    goOn = false;
  }

  /** It has come, or will not; whether it is to run. */
  boolean over() {
    boolean run = goOn;
    making = false;
    goOn = false;
    return run;
  }
}
