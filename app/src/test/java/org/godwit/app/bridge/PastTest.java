package org.godwit.app.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.godwit.engine.session.Explanation;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.view.ClusterView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Earlier moments of a real session, and another future from one of them. */
@Execution(ExecutionMode.CONCURRENT)
class PastTest {
  private static final long SECOND = 1_000_000_000L;

  private final FxQueue fx = new FxQueue();
  private final EngineBridge bridge = new EngineBridge(fx, System::nanoTime);
  private final Map<Long, ClusterView> live = new HashMap<>();
  private final List<Event> shown = new ArrayList<>();
  private int session;
  private int look;

  @BeforeEach
  void runTwelveSeconds() throws Exception {
    bridge.onFrame(this::follow);
    bridge.setPace(new Pace(20));
    bridge.open(() -> new EngineSession(BoardSession.open("seed-spin", "clockDivisor=1000")), true);
    until(() -> bridge.frame().view().nanos() > 12 * SECOND);
    bridge.pause();
    until(() -> bridge.frame().state() == RunState.PAUSED);
  }

  @AfterEach
  void end() throws InterruptedException {
    bridge.close();
    bridge.awaitEnd(5_000);
  }

  /** As a panel does: what is new is added, a new look begins at nothing. */
  private void follow(Frame frame) {
    if (frame.session() != session || frame.look() != look) {
      shown.clear();
      session = frame.session();
      look = frame.look();
    }
    shown.addAll(frame.events());
    if (frame.state() == RunState.RUNNING) {
      live.put(frame.view().nanos(), frame.view());
    }
  }

  private List<Event> all() throws InterruptedException {
    AtomicReference<List<Event>> events = new AtomicReference<>();
    bridge.query(open -> open.events(0), events::set);
    until(() -> events.get() != null);
    return events.get();
  }

  private void look(long nanos) throws InterruptedException {
    bridge.lookAt(nanos);
    until(
        () ->
            bridge.frame().state() == RunState.PAST
                && bridge.frame().view().nanos() == Rewind.moment(nanos));
  }

  /** What is executed again is the state that was hashed, and it answers as it would have then. */
  @Test
  void theStateThereIsTheOneThatWas() throws Exception {
    AtomicReference<List<HashSample>> known = new AtomicReference<>();
    bridge.query(LiveSession::hashes, known::set);
    until(() -> known.get() != null);
    assertThat(known.get()).hasSizeGreaterThan(10);
    for (HashSample each : known.get().reversed()) {
      look(each.atNanos());
      AtomicReference<Long> hash = new AtomicReference<>();
      AtomicReference<Optional<byte[]>> file = new AtomicReference<>();
      bridge.ask(open -> ((EngineSession) open).session().stateHash(), hash::set);
      bridge.ask(open -> open.readFile(1, "/proc/1001/stat"), file::set);
      until(() -> hash.get() != null && file.get() != null);
      assertThat(hash.get()).isEqualTo(each.hash());
      assertThat(file.get()).isPresent();
    }
  }

  /**
   * A copy is asked at the moment that is shown, whichever it is, and the session stays as it is.
   */
  @Test
  void whatHeldAProcessThenIsExplainedByACopy() throws Exception {
    ProcessId second = new ProcessId(1, 1002);
    ClusterView before = bridge.frame().view();
    assertThat(asked(second).where()).as("now it is away").isNotEqualTo(1);
    look(SECOND / 2);
    long then = bridge.frame().view().nanos();
    Explanation early = asked(second);
    assertThat(early.atNanos()).isEqualTo(then);
    assertThat(early.where()).isEqualTo(1);
    assertThat(early.because())
        .extracting(each -> each.what().key())
        .as("half a second old")
        .contains("candidate.young");
    bridge.lookAtPresent();
    until(() -> bridge.frame().state() == RunState.PAUSED);
    assertThat(bridge.frame().view()).isEqualTo(before);
  }

  /** Whoever undoes and presses run at once means the future that is just being made. */
  @Test
  void runningWhileAnotherFutureIsMadeRunsThatOne() throws Exception {
    long present = bridge.frame().view().nanos();
    look(5 * SECOND);
    bridge.setPace(new Pace(0.001));
    bridge.continueFromHere(() -> {});
    bridge.run();
    until(() -> bridge.frame().state() == RunState.RUNNING);
    assertThat(bridge.frame().view().nanos()).isLessThan(present);
    assertThat(bridge.futuresProperty().get()).hasSize(2);
  }

  private Explanation asked(ProcessId process) throws InterruptedException {
    AtomicReference<Optional<Explanation>> answer = new AtomicReference<>();
    HiddenCopy.ask(
        bridge,
        fx,
        copy -> {
          try {
            return copy.explain(process, 0);
          } catch (ProblemException e) {
            throw new IllegalStateException(e);
          }
        },
        answer::set);
    until(() -> answer.get() != null);
    return answer.get().orElseThrow();
  }

  @Test
  void anyMomentShowsWhatWasSeenThenWithTheEventsUpToIt() throws Exception {
    List<Event> all = all();
    Random random = new Random(5);
    for (int i = 0; i < 30; i++) {
      look(random.nextLong(12 * SECOND));
      Frame frame = bridge.frame();
      assertThat(frame.latestNanos()).isGreaterThan(12 * SECOND);
      long at = frame.view().nanos();
      if (live.containsKey(at)) {
        assertThat(frame.view()).isEqualTo(live.get(at));
      }
      assertThat(shown).isEqualTo(all.subList(0, shown.size()));
      assertThat(shown).allMatch(event -> event.atNanos() <= at);
      assertThat(all.get(shown.size()).atNanos()).isGreaterThanOrEqualTo(at);
    }
    bridge.lookAtPresent();
    until(() -> bridge.frame().state() == RunState.PAUSED);
    assertThat(shown).isEqualTo(all);
  }

  @Test
  void commandsAreRefusedAndQuestionsAreAboutTheMoment() throws Exception {
    look(3 * SECOND);
    AtomicReference<CommandRecord> answer = new AtomicReference<>();
    bridge.submit(new Command.SetPolicy("none"), answer::set);
    until(() -> answer.get() != null);
    assertThat(answer.get().refused().key()).isEqualTo("past.refused");
    AtomicReference<Long> asked = new AtomicReference<>();
    AtomicReference<Long> queried = new AtomicReference<>();
    bridge.ask(LiveSession::now, asked::set);
    bridge.query(LiveSession::now, queried::set);
    until(() -> asked.get() != null && queried.get() != null);
    assertThat(asked.get()).isEqualTo(bridge.frame().view().nanos());
    assertThat(queried.get()).isGreaterThan(12 * SECOND);
    bridge.run();
    until(() -> bridge.frame().view().nanos() > 13 * SECOND);
    assertThat(bridge.frame().state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void backGoesToTheEventBefore() throws Exception {
    Event moved =
        all().stream()
            .filter(e -> e.what() instanceof Happening.Migrated)
            .findFirst()
            .orElseThrow();
    bridge.lookAlong(Set.of(moved.what().process()), -1);
    until(() -> bridge.frame().state() == RunState.PAST && shown.contains(moved));
    long first = bridge.frame().view().nanos();
    assertThat(first).isEqualTo(Rewind.moment(moved.atNanos() + Session.GRID_NANOS - 1));
    bridge.lookAlong(Set.of(moved.what().process()), -1);
    until(() -> bridge.frame().view().nanos() < first);
    bridge.lookAlong(Set.of(moved.what().process()), 1);
    until(() -> bridge.frame().view().nanos() == first);
  }

  @Test
  void fromAMomentBeforeTheMoveAnotherFutureBegins() throws Exception {
    Event moved =
        all().stream()
            .filter(e -> e.what() instanceof Happening.Migrated)
            .findFirst()
            .orElseThrow();
    List<Event> before = List.copyOf(all());
    look(moved.atNanos() - SECOND / 2);
    long from = bridge.frame().view().nanos();
    bridge.continueFromHere(() -> {});
    until(() -> bridge.frame().state() == RunState.PAUSED && bridge.hasOtherFutureProperty().get());
    assertThat(bridge.frame().view().nanos()).isEqualTo(from);
    assertThat(bridge.frame().latestNanos()).isEqualTo(from);
    // All that the balancer may move is locked: nobody leaves in this future.
    for (var process : bridge.frame().view().processes()) {
      bridge.submit(new Command.SetLock(new ProcessRef.ById(process.id()), true));
    }
    bridge.run();
    until(() -> bridge.frame().view().nanos() > 14 * SECOND);
    assertThat(shown).noneMatch(event -> event.what() instanceof Happening.Migrated);

    bridge.swapFutures();
    until(() -> shown.contains(moved));
    assertThat(shown).isEqualTo(before);
    bridge.swapFutures();
    until(() -> !shown.contains(moved) && !shown.isEmpty());
    assertThat(bridge.futuresProperty().get())
        .containsExactly(new Future(1, 0, 0, false), new Future(2, 1, from, true));

    // A third begins in the second; the first is still there, whole, until it is closed.
    look(from + SECOND / 4);
    long third = bridge.frame().view().nanos();
    bridge.continueFromHere(() -> {});
    until(() -> bridge.futuresProperty().get().size() == 3);
    assertThat(bridge.futuresProperty().get().getLast()).isEqualTo(new Future(3, 2, third, true));
    AtomicReference<RecordedSession> first = new AtomicReference<>();
    bridge.recorded(1, found -> first.set(found.orElseThrow()));
    until(() -> first.get() != null);
    assertThat(first.get().events()).isEqualTo(before);
    bridge.closeFuture(1);
    until(() -> bridge.futuresProperty().get().size() == 2);
    bridge.closeFuture(3); // The one that is shown stays.
    bridge.showFuture(2);
    until(() -> bridge.frame().view().nanos() > 14 * SECOND);
    assertThat(bridge.futuresProperty().get())
        .containsExactly(new Future(2, 1, from, true), new Future(3, 2, third, false));
  }

  private void until(BooleanSupplier condition) throws InterruptedException {
    fx.until(bridge, condition);
  }
}
