package org.godwit.app.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.godwit.app.host.LiveLogs;
import org.godwit.engine.session.Advisers;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.Problem;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording that is opened as a session: looked at everywhere, and gone on with. */
class ReplayTest {
  private static final long SECOND = 1_000_000_000L;

  /** When a person does the first thing. */
  private static final long LATE = 3_700_000_000L;

  private static RecordedSession recorded;

  @TempDir Path folder;
  private final FxQueue fx = new FxQueue();
  private final List<Problem> faults = new ArrayList<>();
  private EngineBridge bridge;

  /** Six seconds of the seed's story, whose script launches; then a command of a person's. */
  @BeforeAll
  static void record() throws Exception {
    try (Session session = BoardSession.open("seed-spin", "clockDivisor=1000")) {
      session.advance(LATE);
      session.submit(new Command.Launch("late", 1, "spin", List.of(), 2, false));
      session.advance(4 * SECOND + SECOND / 2);
      session.submit(new Command.SetPolicy("none"));
      session.advance(6 * SECOND);
      recorded = RecordedSession.of(session);
    }
  }

  private static Optional<byte[]> program(String name) {
    return Catalogue.program(name).map(Catalogue::elf);
  }

  private void open(RecordedSession what) {
    bridge =
        new EngineBridge(
            fx, System::nanoTime, new LiveLogs(folder, System::nanoTime, Runnable::run));
    bridge.onFault(fault -> faults.add(fault.problem()));
    bridge.setPace(Pace.MAX);
    bridge.open(
        () -> EngineSession.again("a.godwit", what, ReplayTest::program, Advisers.NONE), false);
  }

  @AfterEach
  void end() throws InterruptedException {
    bridge.close();
    bridge.awaitEnd(5_000);
  }

  @Test
  void comesToItsEndShowsItsPastAndGoesOn() throws Exception {
    open(recorded);
    List<CommandRecord> answers = new ArrayList<>();
    bridge.submit(new Command.SetPolicy("openmosix"), answers::add);
    until(() -> bridge.frame().latestNanos() == 6 * SECOND);
    until(() -> bridge.replayEndProperty().get() == -1);

    // Asked before it had begun to run.
    assertThat(answers.getFirst().refused()).isEqualTo(Problem.of("replay.refused"));
    RecordedSession again = asked(LiveSession::recorded);
    assertThat(again.events()).isEqualTo(recorded.events());
    assertThat(again.hashes()).isEqualTo(recorded.hashes());
    assertThat(again.commands()).isEqualTo(recorded.commands());
    assertThat(again.facts()).isEqualTo(recorded.facts());
    assertThat(faults).isEmpty();
    for (HashSample each : recorded.hashes().subList(0, 5).reversed()) {
      look(each.atNanos());
      long hash = asked(there -> ((EngineSession) there).session().stateHash());
      assertThat(hash).isEqualTo(each.hash());
    }

    // On from second 3, where the second launch had not happened, and where it never will.
    look(3 * SECOND);
    bridge.continueFromHere(() -> {});
    until(() -> bridge.futuresProperty().get().size() == 2);
    bridge.run();
    until(() -> bridge.frame().view().nanos() > 8 * SECOND);
    List<Event> other = asked(open -> open.events(0));
    assertThat(other)
        .as("the same up to there, then another course")
        .startsWith(
            recorded.events().stream().filter(e -> e.atNanos() < 3 * SECOND).toArray(Event[]::new))
        .noneMatch(
            event -> event.what() instanceof Happening.Launched it && it.launch().equals("late"));

    // And the recording itself goes on beyond its end, with what a person does then.
    bridge.showFuture(1);
    until(() -> bridge.futuresProperty().get().getFirst().isShown());
    bridge.submit(new Command.Launch("more", 2, "spin", List.of(), 1, false));
    bridge.run();
    until(() -> bridge.frame().view().nanos() > 7 * SECOND);
    List<CommandRecord> commands = asked(LiveSession::commands);
    assertThat(commands)
        .startsWith(recorded.commands().toArray(new CommandRecord[0]))
        .last()
        .matches(each -> each.refused() == null && each.atNanos() == 6 * SECOND);
  }

  /** Whoever ends it has a session at that moment whose script goes on, and nothing else. */
  @Test
  void isGivenUpWhereItStands() throws Exception {
    open(recorded);
    bridge.endReplay();
    until(() -> bridge.frame().session() == 1);
    assertThat(bridge.frame().latestNanos()).isLessThan(6 * SECOND);
    bridge.run();
    until(() -> bridge.frame().view().nanos() > 5 * SECOND);

    List<Event> events = asked(open -> open.events(0));
    List<CommandRecord> commands = asked(LiveSession::commands);
    assertThat(events)
        .startsWith(
            recorded.events().stream().filter(e -> e.atNanos() < LATE).toArray(Event[]::new));
    assertThat(commands).hasSize(recorded.commands().size() - 2);
    assertThat(faults).isEmpty();
  }

  /** Whoever only looked leaves nothing to be recovered. */
  @Test
  void nothingIsKeptOfWhatLiesInItsFile() throws Exception {
    open(recorded);
    until(() -> bridge.frame().latestNanos() == 6 * SECOND);
    assertThat(files()).hasSize(1);
    end();
    assertThat(files()).isEmpty();
  }

  @Test
  void anEditedRecordingIsFoundOut() throws Exception {
    List<Event> edited = new ArrayList<>(recorded.events());
    Event lie = edited.get(edited.size() / 2);
    edited.set(
        edited.size() / 2,
        new Event(lie.atNanos(), lie.node(), lie.sequence(), new Happening.PolicyChanged("x")));
    open(with(edited, recorded.facts().behaviourVersion()));
    until(() -> !faults.isEmpty());

    assertThat(faults).containsExactly(Problem.of("replay.differs", lie.atNanos() / 1e9));
  }

  @Test
  void anotherBehaviourOrAMissingProgramIsSaid() throws Exception {
    open(with(recorded.events(), 1));
    until(() -> !faults.isEmpty());
    assertThat(faults.getFirst().key()).isEqualTo("verify.other-behaviour");
    assertThat(bridge.frame().session()).isZero();
    end();
    faults.clear();
    RecordedSession without =
        new RecordedSession(
            recorded.facts(),
            recorded.scenario(),
            recorded.commands(),
            recorded.events(),
            recorded.samples(),
            recorded.hashes(),
            List.of(),
            "",
            Optional.empty());
    open(without);
    until(() -> !faults.isEmpty());
    assertThat(faults.getFirst().key()).isEqualTo("verify.missing-programs");
  }

  private static RecordedSession with(List<Event> events, int behaviour) {
    return new RecordedSession(
        new RecordedSession.Facts(behaviour, "0.1.0", recorded.facts().endNanos(), 0),
        recorded.scenario(),
        recorded.commands(),
        events,
        recorded.samples(),
        recorded.hashes(),
        recorded.programs(),
        "",
        Optional.empty());
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  private void look(long nanos) throws InterruptedException {
    bridge.lookAt(nanos);
    until(() -> bridge.frame().state() == RunState.PAST && bridge.frame().view().nanos() == nanos);
  }

  private <T> T asked(Function<LiveSession, T> question) throws InterruptedException {
    AtomicReference<T> answer = new AtomicReference<>();
    bridge.ask(question, answer::set);
    until(() -> answer.get() != null);
    return answer.get();
  }

  private void until(BooleanSupplier condition) throws InterruptedException {
    fx.until(bridge, condition);
  }
}
