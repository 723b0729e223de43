package org.godwit.app.panel.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.SECOND;
import static org.godwit.app.panel.Clusters.event;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.Clusters;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.json.ScenarioReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FindingsViewModelTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);

  private final List<Command> sent = new ArrayList<>();
  private final FindingsViewModel model =
      new FindingsViewModel(
          new Messages(Locale.ENGLISH),
          new Roster(),
          e -> e.what().getClass().getSimpleName(),
          sent::add);

  private static Event moved(long second) {
    return event(
        second * SECOND,
        1,
        new Happening.Migrated(Clusters.migration(SPIN, 1, 2, second * SECOND)));
  }

  @BeforeEach
  void aSessionOfTwoNodes() throws ProblemException {
    String nodes = "{\"nodes\": [{\"id\": 1}, {\"id\": 2}]}";
    model.begin(ScenarioReader.read("two.json", new StringReader(nodes), List.of()));
  }

  @Test
  void faultsAreFoundButNotWhatAPersonKilled() {
    model.append(
        List.of(
            event(1, 1, new Happening.Killed(SPIN, 9, -1, -1)),
            event(2, 1, new Happening.Killed(SPIN, 11, 0x10400, 0)),
            event(3, 2, new Happening.NodeCrashed("node2")),
            event(4, 1, new Happening.UnknownCall(SPIN, 425, "x", 0x10400)),
            event(5, 1, new Happening.Exited(SPIN, 0))),
        List.of());
    assertThat(model.findings())
        .extracting(f -> f.words().get())
        .containsExactly("UnknownCall", "NodeCrashed", "Killed");
    assertThat(model.findings().getFirst().severity()).isEqualTo(Notice.Severity.WARNING);
    assertThat(model.about(model.findings().get(1))).isEqualTo("2");
  }

  @Test
  void whatTheEngineFindsIsShownWithItsRemedy() {
    model.append(List.of(moved(1), moved(2), moved(3)), List.of());
    assertThat(model.findings()).isEmpty();
    model.append(List.of(moved(4)), List.of());
    Finding finding = model.findings().getFirst();
    assertThat(finding.words().get())
        .isEqualTo("Process 1001@1 moved 4 times within 3.0 s: it finds no place to stay.");
    assertThat(model.remedy(finding)).isEqualTo("lock process 1001@1 where it is.");
    model.fix(finding);
    assertThat(sent).containsExactly(new Command.SetLock(new ProcessRef.ById(SPIN), true));
    model.append(List.of(moved(5)), List.of());
    assertThat(model.findings()).as("told once, not at every further move").hasSize(1);
  }

  @Test
  void warningsOfTheWindowAreProblemsToo() {
    model.notice(new Notice(Notice.Severity.INFO, Problem.of("a"), "", -1, List.of()));
    model.notice(new Notice(Notice.Severity.ERROR, Problem.of("b"), "", -1, List.of()));
    assertThat(model.findings()).extracting(f -> f.words().get()).containsExactly("b");
    model.clear();
    assertThat(model.findings()).isEmpty();
  }
}
