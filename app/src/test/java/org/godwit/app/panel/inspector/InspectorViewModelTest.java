package org.godwit.app.panel.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.SECOND;
import static org.godwit.app.panel.Clusters.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.godwit.app.panel.Clusters;
import org.godwit.app.panel.DecisionLog;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.HappeningText;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Happening;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.LedgerRow;
import org.junit.jupiter.api.Test;

class InspectorViewModelTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);

  private record Question(int node, String path, Consumer<Optional<byte[]>> then) {}

  private final List<Command> sent = new ArrayList<>();
  private final List<Question> asked = new ArrayList<>();
  private final Map<ProcessId, Consumer<List<LedgerRow>>> ledgers = new HashMap<>();
  private final Messages messages = new Messages(Locale.ENGLISH);
  private final Figures figures = new Figures(Locale.ENGLISH);
  private final Roster roster = new Roster();
  private final DecisionLog log = new DecisionLog();
  private final InspectorViewModel model =
      new InspectorViewModel(
          messages,
          figures,
          new HappeningText(messages, problem -> problem.key(), roster, figures),
          roster,
          log,
          sent::add,
          (node, path, then) -> asked.add(new Question(node, path, then)),
          (process, then) -> ledgers.put(process, then),
          new WhyViewModel(
              (process, to, then) -> {}, (process, then) -> {}, sent::addAll, Problem::key));

  private void show(Clusters.Proc... processes) {
    ClusterView view = Clusters.of(processes);
    roster.learn(view);
    model.show(view);
  }

  @Test
  void systemCallsAreSummedUpByCallAndSortedByCost() {
    show(process(1, 1001, "spin"));
    model.inspect(Optional.of(SPIN), Optional.empty());
    assertThat(model.calls().get()).isEmpty();
    ledgers
        .get(SPIN)
        .accept(
            List.of(
                new LedgerRow("getpid", LedgerRow.Place.HERE, 7, 14_000, 0, 0, 0),
                new LedgerRow("read", LedgerRow.Place.HERE, 2, 4_000, 5_000_000, 0, 0),
                new LedgerRow("read", LedgerRow.Place.MFS, 1, 300_000, 0, 100, 1100),
                new LedgerRow("read", LedgerRow.Place.HOME, 3, 900_000, 0, 300, 3300)));
    assertThat(model.calls().get())
        .containsExactly(
            new CallLine(
                "read",
                figures.duration(1_204_000),
                "2 here  \u00b7  1 by MFS  \u00b7  3 at home  \u00b7  "
                    + figures.bytes(4800)
                    + " sent  \u00b7  waited "
                    + figures.duration(5_000_000)),
            new CallLine("getpid", figures.duration(14_000), "7 here"));
    Consumer<List<LedgerRow>> late = ledgers.get(SPIN);
    model.inspect(Optional.empty(), Optional.of(1));
    late.accept(List.of());
    model.inspect(Optional.of(SPIN), Optional.empty());
    assertThat(model.calls().get()).isEmpty();
  }

  @Test
  void aStayReasonIsShownWithSentenceEvidenceAndRemedy() {
    show(process(1, 1001, "shmget").stays(StayReason.MONKEY));
    model.inspect(Optional.of(SPIN), Optional.empty());
    ProcessCard card = model.process().get();
    assertThat(card.reasons())
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.word()).isEqualTo("monkey");
              assertThat(reason.meaning()).contains("shares writable memory");
              assertThat(reason.evidence())
                  .isEqualTo("raised by shmget (7) at 0x1034c, time 0:02.000 000");
              assertThat(reason.remedy()).contains("detach");
            });
    assertThat(card.verdict().tone()).isEqualTo(VerdictCard.Tone.BLOCKED);
    assertThat(card.verdict().text()).contains("monkey");
  }

  @Test
  void whatIsNotWorthItComesWithTheBalancersSums() {
    show(process(1, 1001, "spin"));
    log.append(
        List.of(Clusters.event(3 * SECOND, 1, new Happening.Decided(Clusters.weighed(SPIN)))));
    model.inspect(Optional.of(SPIN), Optional.empty());
    VerdictCard verdict = model.process().get().verdict();
    assertThat(verdict.title()).isEqualTo("It may move, but that is not worth it");
    assertThat(verdict.costs())
        .containsExactly(
            new VerdictCard.CostLine(
                "node2",
                "1.50, 600 ms old",
                "5,333 → 4,923",
                "-400 ms",
                "12.0 ms",
                "0.00 s",
                "too.low"));
  }

  @Test
  void theWatchedVariableShowsHowFarItIsFromWrapping() {
    show(process(1, 1001, "spin").watch(1L << 31));
    model.inspect(Optional.of(SPIN), Optional.empty());
    assertThat(model.process().get().watch()).isEqualTo("2,147,483,648");
    assertThat(model.process().get().watchShare()).isEqualTo(0.5);
  }

  @Test
  void aProcessThatIsGoneLeavesAnEmptyInspector() {
    show(process(1, 1001, "spin"));
    model.inspect(Optional.of(SPIN), Optional.of(2));
    assertThat(model.process().get()).isNotNull();
    assertThat(model.node().get()).as("the process wins over the node").isNull();
    show();
    assertThat(model.process().get()).isNull();
    model.inspect(Optional.empty(), Optional.of(2));
    assertThat(model.node().get().title()).isEqualTo("node2");
  }

  @Test
  void anAnswerForAnotherProcessIsDropped() {
    show(process(1, 1001, "spin"), process(1, 1002, "spin").on(2));
    model.inspect(Optional.of(SPIN), Optional.empty());
    model.openFile("lock");
    model.inspect(Optional.of(new ProcessId(1, 1002)), Optional.empty());
    assertThat(asked)
        .extracting(Question::path)
        .containsExactly("/proc/1001/lock", "/proc/1002/lock");
    assertThat(asked).extracting(Question::node).as("files lie at home").containsOnly(1);
    asked.get(1).then().accept(Optional.of("1\n".getBytes(StandardCharsets.UTF_8)));
    asked.get(0).then().accept(Optional.of("0\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(model.fileText().get()).isEqualTo("1\n");
    model.openFile("");
    assertThat(model.fileText().get()).isEmpty();
  }

  @Test
  void commandsNameWhatIsInspected() {
    show(process(1, 1001, "spin"));
    model.inspect(Optional.of(SPIN), Optional.empty());
    model.setLock(true);
    model.migrate(2);
    model.signal(9);
    ProcessRef ref = new ProcessRef.ById(SPIN);
    assertThat(sent)
        .containsExactly(
            new Command.SetLock(ref, true),
            new Command.Migrate(ref, 2),
            new Command.Signal(ref, 9));
    sent.clear();
    model.inspect(Optional.empty(), Optional.of(2));
    model.setSwitch(NodeSwitch.QUIET, true);
    model.setSpeed(0);
    model.setSpeed(8000);
    model.setSpeed(9000);
    model.expel();
    model.bring();
    model.setLock(true);
    assertThat(sent)
        .as("a speed that is impossible or no change is not sent, nor anything to no process")
        .containsExactly(
            new Command.SetSwitch(2, NodeSwitch.QUIET, true),
            new Command.SetSpeed(2, 9000),
            new Command.Expel(2),
            new Command.Bring(2));
  }

  @Test
  void whatHoldsAProcessBackCanBeUndoneOnTheCard() {
    show(process(1, 1001, "spin").locked());
    model.inspect(Optional.of(SPIN), Optional.empty());
    assertThat(model.process().get().verdict().remedy()).isEqualTo(VerdictCard.Remedy.UNLOCK);
    model.remedy(VerdictCard.Remedy.UNLOCK);
    model.show(
        Clusters.of(
            List.of(Clusters.node(1, NodeSwitch.LSTAY), Clusters.node(2)),
            process(1, 1001, "spin")));
    assertThat(model.process().get().verdict().remedy()).isEqualTo(VerdictCard.Remedy.LSTAY_OFF);
    model.remedy(VerdictCard.Remedy.LSTAY_OFF);
    assertThat(sent)
        .containsExactly(
            new Command.SetLock(new ProcessRef.ById(SPIN), false),
            new Command.SetSwitch(1, NodeSwitch.LSTAY, false));
  }
}
