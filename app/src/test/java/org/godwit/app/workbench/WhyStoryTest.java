package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import org.godwit.app.bridge.Pace;
import org.godwit.app.bridge.RunState;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.app.panel.DecisionLog;
import org.godwit.app.panel.decisions.CostRow;
import org.godwit.app.panel.recording.Recordings;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Decision;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;

/**
 * The card that answers "why does it not migrate?", on the real engine: every remedy is a button,
 * and pressing it has the effect that it names. The manual's words stand beside it.
 */
class WhyStoryTest extends WindowTest {
  private static final long SECOND = 1_000_000_000L;

  @Override
  WorkbenchStart beginning() throws Exception {
    return WorkbenchDoor.start(Locale.ENGLISH);
  }

  @Test
  void everyRemedyIsAButtonThatDoesWhatItSays() throws Exception {
    settled(1);
    bridge.setPace(new Pace(8));

    // One job too few: the button starts the one that makes a surplus, and one of them moves.
    launch("two", "spin", 2, false);
    waitFor(() -> all("spin").size() == 2);
    why(all("spin").getFirst());
    waitFor(
        () -> says("openmosix(7): \"On a node with two CPUs the third of three spin(1) moves."));
    press("start one more spin here");
    waitFor(() -> all("spin").size() == 3);
    waitFor(() -> all("spin").stream().anyMatch(this::isAway));

    // Peers that are said to be slow: the button says how fast they must be, and sets it.
    bridge.submit(new Command.SetSpeed(2, 1_000));
    bridge.submit(new Command.SetSpeed(3, 1_000));
    waitFor(() -> speed(3) == 1_000);
    long told =
        bridge.frame().view().nanos() + 12 * SECOND; // what was heard before is not believed
    waitFor(() -> bridge.frame().view().nanos() > told);
    all("spin").stream()
        .filter(this::isAway)
        .forEach(each -> bridge.submit(new Command.Migrate(ref(each), 1)));
    waitFor(() -> all("spin").stream().noneMatch(this::isAway));
    why(all("spin").getLast());
    waitFor(() -> lookup("#why-target").tryQuery().isPresent());
    interact(() -> target().setValue(2));
    press("set the speed of node 2 to");
    waitFor(() -> speed(2) > 1_000);
    assertThat(speed(2)).as("as much as is needed").isLessThanOrEqualTo(8_000);
    assertThat(speed(3)).isEqualTo(1_000);
    waitFor(() -> all("spin").stream().anyMatch(each -> where(each) == 2));

    // A lock from an ancestor: once more with mosrun -l, the whole family, and by itself.
    launch("tied", "pipe", 1, true);
    waitFor(() -> all("pipe").size() == 2);
    ProcessId child = all("pipe").getLast();
    why(child);
    waitFor(() -> says("mosrun(1): \"Unlocked: the balancer may move it.\""));
    press("start pipe once more with mosrun -l");
    waitFor(() -> all("pipe").size() == 4);
    assertThat(all("pipe").stream().filter(this::isLocked).count()).isEqualTo(2);
    press("unlock all 2 processes");
    waitFor(() -> all("pipe").stream().noneMatch(this::isLocked));
    fire("edit.undo");
    waitFor(() -> all("pipe").stream().filter(this::isLocked).count() == 2);
    why(child);
    press("write 0 to its lock.");
    waitFor(() -> !isLocked(child));
    assertThat(all("pipe").stream().filter(this::isLocked).count()).isEqualTo(1);

    // At an earlier moment the card speaks of that moment, and only the present can be changed.
    long unlocked = bridge.frame().view().nanos();
    bridge.pause();
    waitFor(() -> bridge.frame().state() == RunState.PAUSED);
    waitFor(() -> !says("It is locked: "));
    interact(
        () -> workbench.context().selection().momentProperty().set(unlocked - unlocked % SECOND));
    waitFor(() -> bridge.frame().state() == RunState.PAST);
    for (long back = 1; !isLocked(child); back++) {
      long earlier = unlocked - back * SECOND / 2;
      interact(() -> workbench.context().selection().momentProperty().set(earlier));
      waitFor(() -> bridge.frame().view().nanos() <= earlier);
    }
    waitFor(() -> button("write 0 to its lock.").isPresent());
    interact(() -> button("write 0 to its lock.").orElseThrow().fire());
    waitFor(
        () ->
            workbench.context().notices().notices().stream()
                .anyMatch(each -> each.text().key().equals("past.refused")));
    assertThat(isLocked(child)).isTrue();
  }

  /** A recording answers too: from what is in it, without an engine, and without buttons. */
  @Test
  void aRecordingSaysWhyAtEveryMoment() throws Exception {
    settled(1);
    bridge.setPace(new Pace(8));
    launch("tied", "spin", 3, true);
    waitFor(() -> bridge.frame().view().nanos() > 6 * SECOND);
    bridge.pause();
    waitFor(() -> bridge.frame().state() == RunState.PAUSED);
    Path file = Files.createTempDirectory("godwit").resolve("mine.godwit");
    fire("file.export");
    waitFor(() -> lookup("#export-folder").tryQuery().isPresent());
    interact(
        () -> {
          lookup("#export-folder").queryTextInputControl().setText(file.getParent().toString());
          lookup("#export-name").queryTextInputControl().setText("mine");
          lookup("#export-go").queryButton().fire();
        });
    waitFor(() -> Files.isRegularFile(file));
    interact(() -> new Recordings().open(file, workbench.context()));
    waitFor(() -> lookup(".tab-pane").queryAllAs(TabPane.class).stream().anyMatch(this::chooseWhy));
    waitFor(() -> lookup("#recording-why-moment").tryQuery().isPresent());
    interact(() -> ((Slider) lookup("#recording-why-moment").query()).setValue(4));
    waitFor(() -> recorded("It is locked: "));
    assertThat(recorded("lock(5): \"")).as("the manual's words").isTrue();
    assertThat(recorded("Found in what is recorded")).isTrue();
    assertThat(recordedPanel().lookup(".remedy")).as("nothing can be done about the past").isNull();
    interact(() -> lookup("#recording-why-again").queryButton().fire());
    waitFor(() -> recorded("Found by running the recording again"));
  }

  private boolean chooseWhy(TabPane tabs) {
    return tabs.getTabs().stream()
        .filter(each -> "recording-why".equals(each.getId()))
        .peek(each -> tabs.getSelectionModel().select(each))
        .findFirst()
        .isPresent();
  }

  private Parent recordedPanel() {
    return lookup("#recording-why-moment").query().getParent().getParent();
  }

  private boolean recorded(String words) {
    return recordedPanel().lookupAll(".label").stream()
        .anyMatch(each -> String.valueOf(((Labeled) each).getText()).contains(words));
  }

  /** The panel tells belief from truth, what each place is worth, and leads to the moment. */
  @Test
  void aDecisionShowsWhatWasBelievedAndLeadsToItsMoment() throws Exception {
    settled(1);
    bridge.setPace(new Pace(8));
    bridge.submit(new Command.SetSpeed(3, 6_500));
    waitFor(() -> bridge.frame().view().nanos() > 12 * SECOND); // all have heard of it
    launch("three", "spin", 3, false);
    waitFor(() -> all("spin").stream().anyMatch(this::isAway));
    fire("window.decisions");
    waitFor(() -> !entries().getItems().isEmpty());

    // Nobody moved, and the balancer says why.
    DecisionLog.Entry calm =
        entries().getItems().stream()
            .filter(each -> each.decision().chosen() == null && each.node() == 1)
            .findFirst()
            .orElseThrow();
    interact(() -> entries().getSelectionModel().select(calm));
    assertThat(cell(entries(), "decision-verdict", calm)).hasSizeGreaterThan(10);

    // Somebody did: of two places the better one, by the figures that are shown.
    DecisionLog.Entry entry =
        entries().getItems().stream()
            .filter(each -> each.decision().chosen() != null && each.node() == 1)
            .findFirst()
            .orElseThrow();
    interact(() -> entries().getSelectionModel().select(entry));
    waitFor(() -> costs().getItems().stream().anyMatch(CostRow::chosen));
    List<CostRow> rows =
        costs().getItems().stream()
            .filter(each -> !each.target().isEmpty())
            .filter(each -> each.process().equals(chosen().process()))
            .toList();
    assertThat(rows).allMatch(each -> !each.belief().isEmpty() && !each.truth().isEmpty());
    List<Decision.Target> targets =
        entry.candidate(entry.decision().chosen()).orElseThrow().targets();
    assertThat(rows).hasSameSizeAs(targets).hasSize(2);
    for (int i = 0; i < targets.size(); i++) {
      boolean slower = targets.get(i).node() == 3;
      assertThat(rows.get(i).chosen()).isEqualTo(!slower);
      assertThat(rows.get(i).rates()).endsWith(slower ? "6,500" : "8,000");
    }
    bridge.pause();
    waitFor(() -> bridge.frame().state() == RunState.PAUSED);
    interact(() -> lookup("#decisions-moment").queryButton().fire());
    waitFor(() -> bridge.frame().state() == RunState.PAST);
    waitFor(() -> Math.abs(bridge.frame().view().nanos() - entry.atNanos()) <= 10_000);
    assertThat(all("spin").stream().noneMatch(this::isAway)).as("it had not left yet").isTrue();
  }

  private TableView<DecisionLog.Entry> entries() {
    return lookup("#decision-table").queryTableView();
  }

  private TableView<CostRow> costs() {
    return lookup("#decision-costs").queryTableView();
  }

  private CostRow chosen() {
    return costs().getItems().stream().filter(CostRow::chosen).findFirst().orElseThrow();
  }

  private static String cell(
      TableView<DecisionLog.Entry> table, String column, DecisionLog.Entry row) {
    return table.getColumns().stream()
        .filter(each -> column.equals(each.getId()))
        .map(each -> String.valueOf(each.getCellObservableValue(row).getValue()))
        .findFirst()
        .orElseThrow();
  }

  /** A drop that would be refused says why at the cursor, and what was dropped stays. */
  @Test
  void whoMayNotGoSaysSoAtTheCursor() throws Exception {
    settled(1);
    launch("shared", "shmget", 1, false);
    bridge.submit(new Command.SetSwitch(3, NodeSwitch.BLOCK, true));
    waitFor(() -> view("shmget").filter(each -> !each.reasons().isEmpty()).isPresent());
    launch("free", "spin", 1, false);
    waitFor(() -> view("spin").isPresent());
    ProcessId held = view("shmget").orElseThrow().id();
    ProcessId free = view("spin").orElseThrow().id();
    refused(held, 2, "must stay: monkey");
    refused(free, 3, "Node 3 takes no guests");
    assertThat(where(held)).isEqualTo(1);
    assertThat(where(free)).isEqualTo(1);
  }

  private void refused(ProcessId id, int node, String words) throws Exception {
    waitFor(() -> chipOn(1, id) != null);
    grab(chipOn(1, id), centre(card(node)));
    waitFor(() -> captions().stream().anyMatch(each -> each.contains(words)));
    drop();
    waitFor(
        () ->
            bridge.frame().view().processes().stream()
                .noneMatch(each -> each.where() != 1 && each.id().equals(id)));
  }

  private Optional<ProcessView> view(String program) {
    return bridge.frame().view().processes().stream()
        .filter(each -> each.program().equals(program))
        .findFirst();
  }

  // ---------------------------------------------------------------- hands and eyes

  private void launch(String id, String program, int count, boolean locked) {
    bridge.submit(new Command.Launch(id, 1, program, List.of(), count, locked));
  }

  private void why(ProcessId process) throws Exception {
    waitFor(() -> view(process).isPresent());
    interact(
        () -> {
          workbench.context().selection().select(process);
          workbench.context().desk().showToolWindow("inspector");
        });
    waitFor(() -> lookup("#verdict").tryQuery().isPresent());
  }

  private Optional<Button> button(String words) {
    return lookup(".remedy").queryAllAs(Button.class).stream()
        .filter(each -> each.getText().startsWith(words))
        .findFirst();
  }

  /** Presses the button; cards are made anew while time runs, so what was found is used at once. */
  private void press(String words) throws Exception {
    waitFor(
        () -> {
          Optional<Button> found = button(words);
          found.ifPresent(Button::fire);
          return found.isPresent();
        });
  }

  private boolean says(String words) {
    Parent card = lookup("#verdict").queryParent();
    return card.lookupAll(".label").stream()
        .anyMatch(each -> ((Labeled) each).getText().contains(words));
  }

  @SuppressWarnings("unchecked")
  private ComboBox<Integer> target() {
    return (ComboBox<Integer>) lookup("#why-target").queryAs(ComboBox.class);
  }

  private List<ProcessId> all(String program) {
    return bridge.frame().view().processes().stream()
        .filter(each -> each.isAlive() && each.program().equals(program))
        .map(ProcessView::id)
        .toList();
  }

  private Optional<ProcessView> view(ProcessId id) {
    return bridge.frame().view().processes().stream().filter(p -> p.id().equals(id)).findFirst();
  }

  private boolean isAway(ProcessId id) {
    return where(id) != 0 && where(id) != id.home();
  }

  private boolean isLocked(ProcessId id) {
    return view(id).map(ProcessView::lock).orElse(false);
  }

  private int speed(int node) {
    return bridge.frame().view().nodes().stream()
        .filter(each -> each.spec().id() == node)
        .mapToInt(each -> each.spec().speed())
        .findFirst()
        .orElse(0);
  }

  private static ProcessRef ref(ProcessId id) {
    return new ProcessRef.ById(id);
  }
}
