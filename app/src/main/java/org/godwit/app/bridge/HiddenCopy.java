package org.godwit.app.bridge;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.godwit.engine.session.Session;

/**
 * Questions that only a session can answer that goes on: whether a process will move, what a move
 * would be, or what an earlier moment was like. A copy of the open session is made on a thread of
 * its own and asked; the session itself does not notice (decision 31).
 */
public final class HiddenCopy {
  private HiddenCopy() {}

  /**
   * Asks a copy at the moment that is shown, the present or an earlier one.
   *
   * @param bridge has the open session
   * @param fx gets the answer
   * @param question may do to the copy what it likes
   * @param then gets the answer; empty if no copy can be made
   */
  public static <T> void ask(
      EngineBridge bridge, Executor fx, Function<Session, T> question, Consumer<Optional<T>> then) {
    bridge.copy(
        maker ->
            Thread.ofVirtual()
                .name("hidden-copy")
                .start(
                    () -> {
                      Optional<T> answer = maker.flatMap(each -> answer(each, question));
                      fx.execute(() -> then.accept(answer));
                    }));
  }

  private static <T> Optional<T> answer(Callable<Session> maker, Function<Session, T> question) {
    try (Session copy = maker.call()) {
      return Optional.ofNullable(question.apply(copy));
    } catch (Exception e) {
      return Optional.empty();
    }
  }
}
