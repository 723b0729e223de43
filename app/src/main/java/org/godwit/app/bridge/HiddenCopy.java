package org.godwit.app.bridge;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.godwit.app.host.HostEngine;
import org.godwit.engine.session.Recipe;
import org.godwit.engine.session.Session;
import org.godwit.model.ProblemException;

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
   * @param then gets the answer; empty if no copy can be made, because a program was replaced under
   *     its name or the session is not one that runs
   */
  public static <T> void ask(
      EngineBridge bridge, Executor fx, Function<Session, T> question, Consumer<Optional<T>> then) {
    Frame frame = bridge.frame();
    boolean past = frame.state() == RunState.PAST;
    long nanos = frame.view().nanos();
    bridge.query(
        open ->
            past
                ? open.recipe()
                    .map(
                        each ->
                            each.until(
                                nanos,
                                (int)
                                    each.commands().stream()
                                        .filter(command -> command.atNanos() <= nanos)
                                        .count()))
                : open.recipe(),
        recipe ->
            Thread.ofVirtual()
                .name("hidden-copy")
                .start(
                    () -> {
                      Optional<T> answer = recipe.flatMap(each -> answer(each, past, question));
                      fx.execute(() -> then.accept(answer));
                    }));
  }

  private static <T> Optional<T> answer(
      Recipe recipe, boolean past, Function<Session, T> question) {
    try (Session copy = recipe.cook(_ -> Optional.empty(), 1, HostEngine.auto())) {
      return past || copy.stateHash() == recipe.stateHash()
          ? Optional.ofNullable(question.apply(copy))
          : Optional.empty();
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }
}
