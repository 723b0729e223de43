package org.godwit.app.panel.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import org.godwit.app.bridge.BoardSession;
import org.godwit.app.bridge.EngineSession;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.load.LoadPicture;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two real sessions of which the second locks what would have moved. */
@Execution(ExecutionMode.CONCURRENT)
class CompareViewModelTest {
  private static final long SECOND = 1_000_000_000L;

  private static RecordedSession a;
  private static RecordedSession b;
  private CompareViewModel model;

  @BeforeAll
  static void runTwo() throws Exception {
    a = run(false, 8 * SECOND);
    b = run(true, 6 * SECOND);
  }

  @BeforeEach
  void compare() {
    model = model(Locale.ENGLISH, a, b);
  }

  private static RecordedSession run(boolean locked, long until) throws Exception {
    try (Session session = BoardSession.open("seed-spin", "clockDivisor=1000")) {
      session.advance(SECOND);
      if (locked) {
        for (var process : session.view().processes()) {
          session.submit(new Command.SetLock(new ProcessRef.ById(process.id()), true));
        }
      }
      session.advance(until);
      return new EngineSession(session).recorded();
    }
  }

  private static CompareViewModel model(Locale language, RecordedSession a, RecordedSession b) {
    return new CompareViewModel(new Messages(language), new Figures(Locale.ENGLISH), Pair.of(a, b));
  }

  private static Event moved() {
    return a.events().stream()
        .filter(event -> event.what() instanceof Happening.Migrated)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theStoryBeginsWithTheCommandThatWasGivenInOneOnly() {
    List<CompareViewModel.Line> story = model.story();
    assertThat(story.getFirst().isHead()).isTrue();
    assertThat(story.get(1)).returns("A", CompareViewModel.Line::who);
    assertThat(story.get(2))
        .returns("B", CompareViewModel.Line::who)
        .returns(SECOND, CompareViewModel.Line::atNanos);
    assertThat(model.moment().get()).isEqualTo(SECOND);
    assertThat(model.verdict()).contains("0:01.000");
    assertThat(model(Locale.JAPANESE, a, b).verdict()).contains("0:01.000 000 の時点で分かれます");
  }

  @Test
  void processesStandBesideEachOtherAtTheMoment() {
    Event moved = moved();
    model.moment().set(moved.atNanos() - SECOND / 2);
    assertThat(model.processes()).isNotEmpty().noneMatch(CompareViewModel.ProcessRow::differs);

    model.moment().set(moved.atNanos() + SECOND / 10);
    assertThat(model.processes())
        .filteredOn(CompareViewModel.ProcessRow::differs)
        .singleElement()
        .returns(moved.what().process(), CompareViewModel.ProcessRow::id)
        .matches(row -> !row.a().equals("node1") && row.b().equals("node1"));

    model.moment().set(7 * SECOND); // The second has ended by then.
    assertThat(model.processes()).allMatch(row -> row.b().equals("after the end"));
  }

  @Test
  void migrationsAndTotalsAreTold() {
    assertThat(model.moves())
        .first()
        .matches(CompareViewModel.MoveRow::differs)
        .returns("–", CompareViewModel.MoveRow::wayB)
        .matches(row -> row.wayA().startsWith("node1 → "));
    assertThat(model.totals()).hasSize(a.scenario().nodes().size() + 1);
    double mean =
        a.samples().stream()
            .filter(sample -> sample.node() == 1)
            .mapToDouble(Sample::load)
            .average()
            .orElseThrow();
    assertThat(model.totals().getFirst().cells())
        .startsWith("node1")
        .element(3)
        .isEqualTo(String.format(Locale.ROOT, "%.2f", mean));
  }

  @Test
  void theDifferenceIsThatOfTheSamplesOverTheTimeThatBothHave() {
    model.manner().set(CompareViewModel.Manner.DIFFERENCE);
    LoadPicture picture = model.picture();
    assertThat(picture.toNanos()).isEqualTo(6 * SECOND);
    assertThat(picture.series()).hasSize(a.scenario().nodes().size());
    for (LoadPicture.Series series : picture.series()) {
      for (long at = SECOND / 4; at <= 6 * SECOND; at += SECOND / 4) {
        double expected = load(a, series.node(), at) - load(b, series.node(), at);
        assertThat(series.valueAt(at)).isCloseTo(expected, within(1e-12));
      }
    }
    assertThat(picture.series()).anyMatch(series -> series.valueAt(6 * SECOND) < 0);

    model.mean().set(true);
    double ofA =
        a.samples().stream()
            .filter(s -> s.atNanos() == 5 * SECOND)
            .mapToDouble(Sample::load)
            .average()
            .orElseThrow();
    double ofB =
        b.samples().stream()
            .filter(s -> s.atNanos() == 5 * SECOND)
            .mapToDouble(Sample::load)
            .average()
            .orElseThrow();
    assertThat(model.picture().series())
        .singleElement()
        .satisfies(
            mean -> assertThat(mean.valueAt(5 * SECOND)).isCloseTo(ofA - ofB, within(1e-12)));

    model.manner().set(CompareViewModel.Manner.BOTH);
    assertThat(model.picture().series())
        .extracting(LoadPicture.Series::name)
        .containsExactly("mean A", "mean B");
  }

  private static double load(RecordedSession session, int node, long at) {
    return session.samples().stream()
        .filter(sample -> sample.node() == node && sample.atNanos() == at)
        .mapToDouble(Sample::load)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSessionIsTheSameAsItself() {
    CompareViewModel same = model(Locale.ENGLISH, a, a);
    assertThat(same.isSame()).isTrue();
    assertThat(same.story()).isEmpty();
    assertThat(same.verdict()).startsWith("The same session: 0:08.000");
  }
}
