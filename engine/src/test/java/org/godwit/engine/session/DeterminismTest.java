package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.godwit.model.event.Happening;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Same scenario, seed and commands: same states, events, samples and export bytes, whoever advances
 * the islands, in what order, and wherever the run is cut (design section 3, decisions 1 and 5).
 */
@Execution(ExecutionMode.CONCURRENT)
class DeterminismTest {
  private static final SessionOptions ONE = SessionOptions.DEFAULT;
  private static final SessionOptions TWO = SessionOptions.workers(2);
  private static final Engine TRANSLATOR = Engine.translator(null);
  private static final SessionOptions FORCED = new SessionOptions(2, true, false, 0, TRANSLATOR);
  private static final SessionOptions REVERSED = new SessionOptions(1, false, true, 0).byWindows();

  static Stream<String> courses() {
    return Course.all().stream().map(Course::name);
  }

  @ParameterizedTest
  @MethodSource("courses")
  void howARunIsCarriedOutCannotBeSeen(String name) {
    Course course = Course.named(name);
    Fingerprint straight = course.run(ONE);
    assertThat(straight.hashes()).hasSize((int) (course.endNanos() / Session.HASH_NANOS));

    same("two workers", course.run(TWO), straight);
    same("translated, two workers, every window shared", course.run(FORCED), straight);
    same("islands in reverse order, window by window", course.run(REVERSED), straight);
    same("cut by chance", cut(course, ONE, 1), straight);
    same("translated, cut by chance", cut(course, ONE.with(TRANSLATOR), 2), straight);
    same("translated, cut by chance and shared", cut(course, FORCED, 3), straight);
    same("watched at every stop", watched(course), straight);
    assertThat(TRANSLATOR.regions()).isPositive();
    assertThat(TRANSLATOR.failures()).isZero();
  }

  private static Fingerprint cut(Course course, SessionOptions how, long seed) {
    return course.run(how, new Random(seed), session -> {});
  }

  /** Looking at a session by every means it has changes nothing in it. */
  private static Fingerprint watched(Course course) {
    return course.run(
        ONE,
        new Random(4),
        session -> {
          ClusterView view = session.view();
          session.stateHash();
          for (ProcessView each : view.processes()) {
            for (NodeView node : view.nodes()) {
              session.dryRun(each.id(), node.spec().id());
            }
            session.readFile(each.id().home(), "/proc/" + each.id().pid() + "/maps");
            session.readFile(each.id().home(), "/proc/" + each.id().pid() + "/status");
          }
        });
  }

  private static void same(String how, Fingerprint run, Fingerprint straight) {
    // The first state that differs says more than the last.
    for (int i = 0; i < straight.hashes().size(); i++) {
      assertThat(run.hashes().get(i)).as("%s: state", how).isEqualTo(straight.hashes().get(i));
    }
    assertThat(run.last()).as("%s: last state", how).isEqualTo(straight.last());
    assertThat(run.events()).as("%s: events", how).isEqualTo(straight.events());
    assertThat(run.samples()).as("%s: samples", how).isEqualTo(straight.samples());
    assertThat(run.commands()).as("%s: commands", how).isEqualTo(straight.commands());
    assertThat(run.exports()).as("%s: exports", how).isEqualTo(straight.exports());
  }

  @Test
  void theCoursesHaveInThemWhatCouldGoWrong() {
    TreeMap<String, Fingerprint> runs = new TreeMap<>();
    Course.all().forEach(course -> runs.put(course.name(), course.run(ONE)));
    assertThat(runs.get("spin").migrations()).isEqualTo(1);
    assertThat(runs.get("lock").migrations()).isEqualTo(2);
    assertThat(runs.get("pipe").migrations()).isEqualTo(1);
    assertThat(runs.get("files").migrations()).isEqualTo(1);
    assertThat(runs.get("migrate-every").migrations()).isGreaterThan(100);

    Fingerprint eventful = runs.get("eventful");
    assertThat(eventful.migrations()).isGreaterThan(8);
    List<Class<?>> kinds = new ArrayList<>();
    eventful.events().forEach(each -> kinds.add(each.what().getClass()));
    assertThat(kinds)
        .contains(
            Happening.Decided.class,
            Happening.LockChanged.class,
            Happening.MigrationRefused.class,
            Happening.NodeUp.class,
            Happening.NodeLeft.class,
            Happening.NodeCrashed.class,
            Happening.LinkCut.class,
            Happening.LinkSet.class,
            Happening.Lost.class,
            Happening.SwitchChanged.class,
            Happening.SpeedChanged.class,
            Happening.PolicyChanged.class,
            Happening.CommandRefused.class);
    assertThat(eventful.commands().stream().filter(each -> each.refused() != null)).hasSize(1);
  }

  @Test
  void anotherSeedIsAnotherRun() {
    // Else the tests above could compare runs in which nothing depends on anything.
    Course course = Course.named("spin");
    Course other =
        new Course(
            course.name(),
            new Variation(course.scenario()).seed(course.scenario().seed() + 1).base(),
            0,
            List.of(),
            course.endNanos());
    assertThat(other.run(ONE).hashes()).doesNotContainAnyElementsOf(course.run(ONE).hashes());
    assertThatCode(() -> same("another seed", other.run(ONE), course.run(ONE)))
        .isInstanceOf(AssertionError.class);
  }
}
