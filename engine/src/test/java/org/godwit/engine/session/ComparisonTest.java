package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.Recordings;
import org.godwit.engine.session.query.Causes;
import org.godwit.engine.session.query.Comparison;
import org.godwit.engine.session.query.EventKinds;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aSessionIsTheSameAsItself() {
    RecordedSession sample = Recordings.sample();
    Comparison comparison =
        Comparison.of(sample, Recordings.sample().withNotes("else").withPreview(new byte[1]));

    assertThat(comparison.isSame()).isTrue();
    assertThat(comparison.load())
        .allSatisfy(row -> assertThat(row.a()).isEqualTo(row.b()).isNotNull());
    assertThat(comparison.moves()).hasSize(2).allMatch(Comparison.MovePair::isSameWay);
  }

  /** The same scenario, but in the second run a person sends the first loop away after 3 s. */
  @Test
  void aFurtherCommandIsFoundAsTheCause() throws ProblemException {
    RecordedSession quiet = run(false);
    RecordedSession moved = run(true);
    Comparison comparison = Comparison.of(quiet, moved);

    assertThat(comparison.isSame()).isFalse();
    assertThat(comparison.inputs()).isEmpty();
    assertThat(comparison.commands().a()).isNull();
    assertThat(comparison.commands().b().command()).isInstanceOf(Command.Migrate.class);
    Comparison.Parting parting = comparison.events();
    assertThat(quiet.events().subList(0, parting.index()))
        .isEqualTo(moved.events().subList(0, parting.index()));
    assertThat(parting.b().atNanos()).isEqualTo(3 * SECOND);
    assertThat(parting.causesB())
        .as("%s", parting.b())
        .extracting(Causes.Cause::command)
        .contains(comparison.commands().b());
    assertThat(comparison.hashNanos()).isEqualTo(4 * SECOND);
    assertThat(comparison.sampleNanos()).isEqualTo(3 * SECOND + SECOND / 4);
    Comparison.MovePair row =
        comparison.moves().stream()
            .filter(each -> each.process().equals(new ProcessId(1, 1001)))
            .findFirst()
            .orElseThrow();
    assertThat(row.a()).isNull();
    assertThat(row.b().to()).isEqualTo(3);
  }

  /** A balancer's move goes back to the launch that crowded the node. */
  @Test
  void theCausesOfAMoveLeadToTheLaunch() throws ProblemException {
    RecordedSession session = run(false);
    int moved = -1;
    for (int i = 0; i < session.events().size() && moved < 0; i++) {
      if (session.events().get(i).what() instanceof Happening.Migrated) {
        moved = i;
      }
    }
    List<Causes.Cause> causes = new Causes(session).of(moved);

    assertThat(causes.getFirst().command().command()).isInstanceOf(Command.Launch.class);
    assertThat(
            causes.subList(1, causes.size()).stream()
                .map(each -> EventKinds.of(each.event().what())))
        .containsSubsequence("launched", "decided", "migrationStarted");
  }

  @Test
  void valuesOfTheScenarioThatDifferAreNamed() throws ProblemException {
    RecordedSession one = start("seed-spin-two");
    RecordedSession other = start("seed-spin");

    assertThat(Comparison.of(one, other).inputs())
        .extracting(Comparison.Input::what)
        .contains("scenario.name")
        .anyMatch(what -> what.matches("scenario\\.script\\[0\\]\\.count"));
  }

  private static RecordedSession run(boolean interfere) throws ProblemException {
    try (Session session = Variation.of("seed-spin").quick().open()) {
      session.advance(3 * SECOND);
      if (interfere) {
        session.submit(new Command.Migrate(new ProcessRef.ById(new ProcessId(1, 1001)), 3));
      }
      session.advance(5 * SECOND);
      return RecordedSession.of(session);
    }
  }

  private static RecordedSession start(String scenario) throws ProblemException {
    try (Session session = Variation.of(scenario).quick().open()) {
      session.advance(SECOND);
      return RecordedSession.of(session);
    }
  }
}
