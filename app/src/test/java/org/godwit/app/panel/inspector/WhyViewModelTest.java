package org.godwit.app.panel.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.godwit.engine.session.Explanation;
import org.godwit.engine.session.Explanation.Because;
import org.godwit.engine.session.Explanation.Forecast;
import org.godwit.engine.session.Explanation.Kind;
import org.godwit.engine.session.Explanation.Remedy;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.junit.jupiter.api.Test;

class WhyViewModelTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);
  private static final ProcessId OTHER = new ProcessId(1, 1002);
  private static final Command UNLOCK = new Command.SetLock(new ProcessRef.ById(SPIN), false);

  private final List<Consumer<Explanation>> asked = new ArrayList<>();
  private final List<Integer> targets = new ArrayList<>();
  private final List<Consumer<Optional<Forecast>>> copies = new ArrayList<>();
  private final List<Command> sent = new ArrayList<>();
  private final WhyViewModel model =
      new WhyViewModel(
          (process, to, then) -> {
            targets.add(to);
            asked.add(then);
          },
          (process, then) -> copies.add(then),
          sent::addAll,
          Problem::key);

  private static Explanation at(long nanos, int to) {
    Remedy unlock = new Remedy(Problem.of("remedy.unlock"), List.of(UNLOCK));
    return new Explanation(
        nanos,
        SPIN,
        "spin",
        1,
        to,
        Kind.HELD,
        List.of(new Because(Problem.of("explain.locked"), null, null, List.of(unlock))),
        List.of(),
        null,
        null);
  }

  @Test
  void oneQuestionIsUnderWayAtATimeAndLateAnswersAboutOthersAreDropped() {
    model.inspect(SPIN);
    model.refresh();
    assertThat(asked).hasSize(1);
    model.inspect(OTHER);
    asked.getFirst().accept(at(5, 0));
    assertThat(model.answer().get()).isNull();
  }

  @Test
  void anotherTargetIsAskedForAtOnce() {
    model.inspect(SPIN);
    asked.getFirst().accept(at(5, 0));
    model.target().set(2);
    asked.get(1).accept(at(5, 2));
    assertThat(targets).containsExactly(0, 2);
    assertThat(model.answer().get().to()).isEqualTo(2);
  }

  @Test
  void whatACopyFoundIsPartOfTheAnswerUntilItHasComeOrSomebodyIntervenes() {
    model.inspect(SPIN);
    asked.getFirst().accept(at(5, 0));
    model.lookAhead();
    model.lookAhead();
    assertThat(copies).as("one copy at a time").hasSize(1);
    assertThat(model.looking().get()).isTrue();
    copies.getFirst().accept(Optional.of(new Forecast(9, 2, 20)));
    assertThat(model.looking().get()).isFalse();
    asked.get(1).accept(at(6, 0));
    assertThat(model.answer().get().kind()).isEqualTo(Kind.WILL_MOVE);
    model.refresh();
    asked.get(2).accept(at(10, 0));
    assertThat(model.answer().get().kind()).as("past").isEqualTo(Kind.HELD);

    model.apply(model.answer().get().because().getFirst().remedies().getFirst());
    assertThat(sent).containsExactly(UNLOCK);
  }
}
