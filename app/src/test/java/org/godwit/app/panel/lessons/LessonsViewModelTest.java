package org.godwit.app.panel.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.godwit.app.host.LessonFiles;
import org.godwit.engine.session.Grading.Outcome;
import org.godwit.model.ProblemException;
import org.godwit.model.scenario.Lesson;
import org.junit.jupiter.api.Test;

class LessonsViewModelTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<Lesson> opened = new ArrayList<>();
  private final List<Consumer<List<Outcome>>> graded = new ArrayList<>();
  private final Lesson spin = LessonFiles.lesson("04-one-more-than-cpus");
  private final LessonsViewModel model =
      new LessonsViewModel(List.of(spin), opened::add, (lesson, then) -> graded.add(then));

  LessonsViewModelTest() throws ProblemException {}

  @Test
  void aPredictionComesBeforeTheRun() {
    model.lesson().set(spin);
    model.run();
    assertThat(opened).isEmpty();
    model.prediction().set(1);
    model.run();
    assertThat(opened).containsExactly(spin);
    assertThat(model.right()).isTrue();
  }

  @Test
  void checksAreMarkedOnTheWayAndItEndsWithTheLessonsTime() {
    model.lesson().set(spin);
    model.prediction().set(0);
    model.run();
    model.reached("demo", 99 * SECOND);
    assertThat(graded).as("another scenario").isEmpty();
    model.reached("seed-spin", 5 * SECOND);
    model.reached("seed-spin", 6 * SECOND);
    assertThat(graded).as("one question at a time").hasSize(1);
    graded.getFirst().accept(List.of(Outcome.NOT_YET, Outcome.NOT_YET));
    assertThat(model.done().get()).isFalse();
    model.reached("seed-spin", 30 * SECOND);
    graded.get(1).accept(List.of(Outcome.PASSED, Outcome.PASSED));
    assertThat(model.done().get()).isTrue();
    assertThat(model.right()).isFalse();
    assertThat(model.outcomes()).containsOnly(Outcome.PASSED);
    model.reached("seed-spin", 31 * SECOND);
    assertThat(graded).as("it is over").hasSize(2);
    model.lesson().set(null);
    assertThat(model.prediction().get()).isEqualTo(-1);
  }

  @Test
  void theTextHasTwoHalvesInBothLanguages() {
    assertThat(LessonFiles.text(spin.name(), "en")).hasSize(2);
    assertThat(LessonFiles.text(spin.name(), "ja").getLast()).contains("1 つです");
    assertThat(LessonFiles.text(spin.name(), "fr")).isEqualTo(LessonFiles.text(spin.name(), "en"));
  }
}
