package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.godwit.engine.session.Grading.Outcome;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.json.LessonReader;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.Lesson;
import org.godwit.model.scenario.Scenario;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a lesson says will be seen is seen, and a task is done by doing it and not otherwise. */
@Execution(ExecutionMode.CONCURRENT)
class LessonsTest {
  /**
   * Translates what has run for long; that the interpreter gives the same is asserted elsewhere.
   */
  private static final Engine TRANSLATOR = Engine.translator(Runnable::run);

  static List<String> lessons() {
    return Catalogue.lessons();
  }

  @Test
  void thereAreSixteen() {
    assertThat(lessons()).hasSize(16);
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void itsChecksHoldInItsRunAndItsTaskWhenDone(String name) throws Exception {
    Lesson lesson = lesson(name);
    try (Session session = open(lesson)) {
      session.advance(lesson.untilNanos());
      List<Outcome> outcomes = Grading.of(session).outcomes(lesson);
      assertThat(outcomes).isNotEmpty();
      if (lesson.task()) {
        assertThat(outcomes).contains(Outcome.FAILED);
      } else {
        assertThat(outcomes).as(name).containsOnly(Outcome.PASSED);
      }
    }
    if (lesson.task()) {
      try (Session session = open(lesson)) {
        session.advance(2 * Account.SECOND);
        unlock(session, "third", 0);
        if (name.contains("everything")) {
          unlock(session, "spins", 0);
          unlock(session, "spins", 1);
        }
        session.advance(lesson.untilNanos());
        assertThat(Grading.of(session).outcomes(lesson)).containsOnly(Outcome.PASSED);
      }
    }
  }

  private static void unlock(Session session, String launch, int index) {
    session.submit(new Command.SetLock(new ProcessRef.ByLaunch(launch, index), false));
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void bothLanguagesHaveATextBeforeAndAfter(String name) throws Exception {
    Lesson lesson = lesson(name);
    assertThat(lesson.title().ja()).isNotEqualTo(lesson.title().en());
    assertThat(lesson.choices()).hasSizeGreaterThan(1).allMatch(c -> !c.en().equals(c.ja()));
    for (String language : List.of("en", "ja")) {
      String text =
          new String(
              Catalogue.lesson(name, "text." + language + ".md").orElseThrow().readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(text.split("\n---\n")).hasSize(2).allMatch(part -> part.strip().length() > 15);
    }
  }

  @Test
  void aCheckThatIsNotReachedIsNotYet() throws Exception {
    Lesson lesson = lesson("04-one-more-than-cpus");
    try (Session session = open(lesson)) {
      session.advance(Account.SECOND);
      assertThat(Grading.of(session).outcomes(lesson)).containsOnly(Outcome.NOT_YET);
    }
  }

  /** A teacher's own, with the check of the issue: nobody above 1.2 times the mean. */
  @Test
  void loadsCanBeHeldAgainstTheirMean() throws Exception {
    Lesson lesson =
        read(
            """
            {"title": "t", "scenario": "seed-spin", "question": "q", "choices": ["a", "b"],
             "answer": 0, "run": "20s", "checks": [
              {"at": "20s", "that": "imbalance", "atMost": 1.2, "text": "balanced"},
              {"at": "20s", "that": "imbalance", "atMost": 2.6, "text": "not all in one place"}]}
            """);
    try (Session session = open(lesson)) {
      session.advance(lesson.untilNanos());
      assertThat(Grading.of(session).outcomes(lesson))
          .as("loads per CPU are 1, 0.5 and 0: the busiest has twice the mean")
          .containsExactly(Outcome.FAILED, Outcome.PASSED);
    }
  }

  @Test
  void mistakesAreLocated() {
    assertThatThrownBy(() -> read("{\"title\": \"t\", \"checks\": [{\"that\": \"speed\"}]}"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> read("{\"titel\": \"t\"}")).hasMessageContaining("json.unknown-key");
  }

  private static Lesson read(String json) throws ProblemException {
    return LessonReader.read("own", "own/lesson.json", new StringReader(json));
  }

  private static Lesson lesson(String name) throws Exception {
    try (Reader text =
        new InputStreamReader(
            Catalogue.lesson(name, "lesson.json").orElseThrow(), StandardCharsets.UTF_8)) {
      return LessonReader.read(name, name + "/lesson.json", text);
    }
  }

  /** At a quick divisor where the lesson's programs only loop. */
  private static Session open(Lesson lesson) throws Exception {
    boolean loops = lesson.scenario().matches("seed-(spin|lock|spin-slow-peers)|.*-locked");
    List<String> settings = loops ? List.of("clockDivisor=10000") : List.of();
    try (Reader text =
        new InputStreamReader(
            Catalogue.scenario(lesson.scenario()).orElseThrow(), StandardCharsets.UTF_8)) {
      Scenario scenario = ScenarioReader.read(lesson.scenario() + ".json", text, settings);
      return Session.open(
          scenario, OnBoard.SOURCE, new SessionOptions(1, false, false, 0, TRANSLATOR));
    }
  }
}
