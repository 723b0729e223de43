package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.godwit.model.ProblemException;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints of whole sessions: all scenarios on board, and every command on the way. */
class CheckpointsTest {
  private static final SessionOptions HOW = SessionOptions.DEFAULT.with(Engine.translator(null));

  static List<String> scenarios() {
    return Catalogue.scenarios();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyScenarioGoesOnFromCopiesOfCopies(String name) {
    try (Session session = OnBoard.open(OnBoard.scenario(name), HOW)) {
      Session copy = session.checkpoint().resume(1);
      for (long millis : new long[] {333, 600, 1_100}) {
        long until = millis * Account.MILLISECOND + 3 * Session.GRID_NANOS;
        session.advance(until);
        copy.advance(until);
        assertThat(copy.stateHash()).isEqualTo(session.stateHash());
        assertThat(copy.view()).isEqualTo(session.view());
        Session next = copy.checkpoint().resume(2);
        copy.close();
        copy = next;
        assertThat(copy.stateHash()).isEqualTo(session.stateHash());
      }
      assertThat(copy.events(0)).isEqualTo(session.events(0));
      assertThat(copy.hashes()).isEqualTo(session.hashes()).isNotEmpty();
      copy.close();
    }
  }

  static List<String> courses() {
    return List.of("pipe", "threads", "migrate-every", "eventful");
  }

  /** Being copied at many moments leaves no trace, and each copy comes to the same end. */
  @ParameterizedTest
  @MethodSource("courses")
  void whoIsCopiedDoesNotNotice(String name) throws ProblemException {
    Course course = Course.named(name);
    Fingerprint straight = course.run(HOW);
    List<Checkpoint> kept = new ArrayList<>();
    List<Long> hashes = new ArrayList<>();
    Recipe[] recipe = new Recipe[1];
    Random draw = new Random(5);
    Fingerprint watched =
        course.run(
            HOW,
            new Random(6),
            session -> {
              if (draw.nextInt(6) == 0) {
                kept.add(session.checkpoint());
                hashes.add(session.stateHash());
              }
              recipe[0] = session.now() == course.endNanos() ? session.recipe() : null;
            });
    assertThat(watched).isEqualTo(straight);
    assertThat(kept).hasSizeGreaterThan(1);
    for (int i = 0; i < kept.size(); i++) {
      Checkpoint each = kept.get(i);
      boolean whole = i == 0 || i == kept.size() / 2;
      try (Session session = whole ? each.resume(recipe[0], 1 + i % 2) : each.resume(1)) {
        assertThat(session.stateHash()).isEqualTo(whole ? straight.last() : hashes.get(i));
        if (whole) {
          assertThat(Fingerprint.of(session, options(course))).isEqualTo(straight);
        }
      }
    }
  }

  private static SessionOptions options(Course course) {
    return new SessionOptions(1, false, false, course.migrateEvery(), HOW.engine());
  }
}
