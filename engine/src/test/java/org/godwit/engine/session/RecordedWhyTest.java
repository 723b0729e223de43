package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.engine.session.Account.SECOND;

import java.util.Optional;
import org.godwit.engine.session.Explanation.Because;
import org.godwit.engine.session.Explanation.Kind;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.RecordedWhy;
import org.godwit.model.ProcessId;
import org.junit.jupiter.api.Test;

/**
 * What a recording says of a process is what the session said when it was there: the same kind of
 * answer, for the same things, whether it is read from the record or found by running it again.
 */
class RecordedWhyTest {
  @Test
  void theRecordAndTheRerunSayWhatTheSessionSaid() throws Exception {
    for (String scenario : new String[] {"seed-shmget", "seed-lock", "seed-spin"}) {
      try (Session session = Variation.of(scenario).quick().open()) {
        session.advance(3 * SECOND);
        ProcessId who = session.view().processes().get(1).id();
        Explanation live = session.explain(who, 0);
        session.advance(8 * SECOND);
        RecordedSession recorded = RecordedSession.of(session);
        Explanation read = RecordedWhy.of(recorded, who, 0, 3 * SECOND).orElseThrow();
        assertThat(read.program()).isEqualTo(live.program());
        assertThat(read.where()).isEqualTo(live.where());
        assertThat(read.nodeSays()).isEqualTo(live.nodeSays());
        if (live.kind() != Kind.NOT_WORTH) {
          assertThat(read.kind()).as(scenario).isEqualTo(live.kind());
          assertThat(read.because().stream().map(Because::what))
              .isEqualTo(live.because().stream().map(Because::what).toList());
          assertThat(read.because().getFirst().evidence())
              .isEqualTo(live.because().getFirst().evidence());
        }
        try (Session again = recorded.recipeUntil(3 * SECOND).cook(name -> Optional.empty(), 1)) {
          assertThat(again.explain(who, 0)).isEqualTo(live);
        }
      }
    }
  }

  @Test
  void whatCameLaterIsKnown() throws Exception {
    try (Session session = Variation.of("seed-spin").quick().open()) {
      session.advance(12 * SECOND);
      RecordedSession recorded = RecordedSession.of(session);
      long moves = 0;
      for (ProcessId who : session.launched("spins")) {
        Explanation read = RecordedWhy.of(recorded, who, 0, SECOND / 2).orElseThrow();
        if (read.kind() == Kind.WILL_MOVE) {
          moves++;
          Explanation there =
              RecordedWhy.of(recorded, who, 0, read.forecast().leavesNanos() + 10 * SECOND / 1000)
                  .orElseThrow();
          assertThat(there.kind()).isIn(Kind.MOVING, Kind.NOT_WORTH);
        }
      }
      assertThat(moves).isEqualTo(1);
      assertThat(RecordedWhy.of(recorded, new ProcessId(1, 1999), 0, SECOND)).isEmpty();
    }
  }
}
