package org.godwit.app.panel.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.godwit.app.panel.Clusters;
import org.godwit.app.panel.DecisionLog;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;
import org.junit.jupiter.api.Test;

class DecisionsViewModelTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);

  private final DecisionLog log = new DecisionLog();
  private final DecisionsViewModel model =
      new DecisionsViewModel(
          new Messages(Locale.ENGLISH),
          new Figures(Locale.ENGLISH),
          Problem::key,
          new Roster(),
          log);

  private static Event decided(long at, int node, Decision decision) {
    return event(at, node, new Happening.Decided(decision));
  }

  private static Decision moves() {
    return new Decision(
        "p",
        3,
        2,
        8000,
        List.of(
            new Decision.Candidate(new ProcessId(1, 1002), 1, Problem.of("locked"), List.of()),
            Clusters.weighed(SPIN).candidates().getFirst()),
        Problem.of("moves"),
        SPIN,
        2);
  }

  @Test
  void everyCandidateGetsALineEvenIfLeftOut() {
    log.append(
        List.of(decided(1, 1, moves())),
        List.of(
            new Sample(1, 2, 3, 0, 0, 0, 0, 0, 0, 0), new Sample(2, 2, 9, 0, 0, 0, 0, 0, 0, 0)));
    List<CostRow> lines = model.costs(model.rows().getFirst());
    assertThat(lines)
        .containsExactly(
            new CostRow("1002@1", "100", "", "", "", "", "", "", "", "locked", false),
            new CostRow(
                "1001@1",
                "66",
                "2",
                "1.50, 600 ms old",
                "3.00",
                "5,333 → 4,923",
                "-400 ms",
                "12.0 ms",
                "0.00 s",
                "too.low",
                true));
    assertThat(model.choice(model.rows().getFirst())).isEqualTo("1001@1 → 2");
    assertThat(model.runnable(model.rows().getFirst())).isEqualTo("3.00 / 2");
  }

  @Test
  void filtersGoByChoiceAndBySelection() {
    log.append(
        List.of(
            decided(1, 1, Clusters.weighed(SPIN)),
            decided(2, 1, moves()),
            decided(3, 2, Clusters.weighed(new ProcessId(2, 2001)))));
    model.onlyChosen().set(true);
    assertThat(times()).containsExactly(2L);
    model.onlyChosen().set(false);
    model.onlySelected().set(true);
    assertThat(times()).containsExactly(1L, 2L, 3L);
    model.select(List.of(SPIN), List.of());
    assertThat(times()).containsExactly(1L, 2L);
    model.select(List.of(), List.of(2));
    assertThat(times()).containsExactly(3L);
  }

  @Test
  void theLogIsBoundedAndKnowsTheLastOfEach() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < DecisionLog.CAPACITY + 100; i++) {
      events.add(decided(i, 1, Clusters.weighed(SPIN)));
    }
    log.append(events);
    log.append(List.of(decided(9_999, 2, moves())));
    assertThat(log.entries()).hasSize(DecisionLog.CAPACITY);
    assertThat(log.entries().getFirst().atNanos()).isEqualTo(101);
    assertThat(log.lastOf(1).orElseThrow().atNanos()).isEqualTo(DecisionLog.CAPACITY + 99);
    assertThat(log.lastAbout(SPIN).orElseThrow().node()).isEqualTo(2);
    assertThat(log.lastAbout(new ProcessId(9, 9))).isEmpty();
  }

  private List<Long> times() {
    return model.rows().stream().map(DecisionLog.Entry::atNanos).toList();
  }
}
