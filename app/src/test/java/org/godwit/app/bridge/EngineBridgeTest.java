package org.godwit.app.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The engine thread against a scripted cluster, with a wall clock and an FX executor of the test.
 */
class EngineBridgeTest {
  private final AtomicLong wall = new AtomicLong();
  private final FxQueue fx = new FxQueue();
  private final EngineBridge bridge = new EngineBridge(fx, wall::get);
  private final ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void end() throws InterruptedException {
    bridge.close();
    bridge.awaitEnd(2_000);
  }

  @Test
  void virtualTimeFollowsTheWallClockAtTheAskedPace() throws Exception {
    open(true);
    bridge.setPace(new Pace(2));
    until(() -> bridge.frame().pace().factor() == 2);
    for (int i = 1; i <= 10; i++) {
      wall.addAndGet(50_000_000L);
      long wanted = i * 100_000_000L;
      until(() -> cluster.now() >= wanted);
      assertThat(cluster.now()).isEqualTo(wanted);
    }
  }

  @Test
  void pausedTimeStandsAndCommandsAreStillServed() throws Exception {
    open(false);
    bridge.submit(new Command.Launch("a", 1, "spin", List.of(), 1, false));
    until(() -> !bridge.frame().view().processes().isEmpty());
    wall.addAndGet(5_000_000_000L);
    bridge.query(LiveSession::now, now -> assertThat(now).isZero());
    fx.serveOne();
    assertThat(bridge.frame().state()).isEqualTo(RunState.PAUSED);
    assertThat(bridge.frame().view().nanos()).isZero();
  }

  @Test
  void aWindowThatDoesNotLookLosesNoEvent() throws Exception {
    open(true);
    bridge.submit(new Command.Launch("a", 1, "spin", List.of(), 3, false));
    for (int i = 0; i < 100; i++) {
      wall.addAndGet(50_000_000L);
      Thread.sleep(2);
    }
    AtomicReference<Integer> logged = new AtomicReference<>();
    bridge.pause();
    bridge.query(session -> session.events(0).size(), logged::set);
    until(() -> logged.get() != null && events.size() >= logged.get());
    assertThat(events).isEqualTo(cluster.events(0));
    assertThat(events).isSorted();
  }

  @Test
  void aSlowWindowIsNeverWaitedFor() throws Exception {
    AtomicLong reached = new AtomicLong(-1);
    try (EngineBridge alone = new EngineBridge(Runnable::run, System::nanoTime)) {
      alone.setPace(Pace.MAX);
      alone.open(() -> cluster, true);
      // Nobody pulses here; the engine goes on all the same.
      long giveUp = System.nanoTime() + 60_000_000_000L;
      while (reached.get() < 5_000_000_000L && System.nanoTime() < giveUp) {
        alone.query(LiveSession::now, reached::set);
        Thread.sleep(5);
      }
      assertThat(alone.frame().session()).as("frames applied").isZero();
      while (alone.frame().events().isEmpty() && System.nanoTime() < giveUp) {
        alone.pulse();
        Thread.sleep(5);
      }
      assertThat(alone.frame().events()).isNotEmpty();
    }
    assertThat(reached.get()).isGreaterThanOrEqualTo(5_000_000_000L);
  }

  @Test
  void anExceptionOfTheEngineBecomesAFaultAndAnotherSessionCanBeOpened() throws Exception {
    List<EngineFault> faults = Collections.synchronizedList(new ArrayList<>());
    bridge.onFault(faults::add);
    open(true);
    cluster.broken = true;
    wall.addAndGet(50_000_000L);
    until(() -> bridge.frame().state() == RunState.FAILED && !faults.isEmpty());
    assertThat(faults.getFirst().cause()).hasMessage("told to break");
    assertThat(faults.getFirst().fatal()).isTrue();
    ScriptedCluster other = new ScriptedCluster(ScriptedCluster.scenario(1));
    bridge.open(() -> other, false);
    until(() -> bridge.frame().session() == 2);
    assertThat(bridge.frame().view().nodes()).hasSize(2);
  }

  @Test
  void aScenarioThatCannotBeOpenedLeavesThePresentOneOpen() throws Exception {
    List<EngineFault> faults = Collections.synchronizedList(new ArrayList<>());
    bridge.onFault(faults::add);
    open(false);
    bridge.open(
        () -> {
          throw new ProblemException(Problem.of("scenario.too-large", 9));
        },
        true);
    until(() -> !faults.isEmpty());
    assertThat(faults.getFirst().problem()).isEqualTo(Problem.of("scenario.too-large", 9));
    assertThat(bridge.frame().session()).isEqualTo(1);
    assertThat(bridge.frame().state()).isEqualTo(RunState.PAUSED);
  }

  @Test
  void aStepEndsAtTheNextEventOfTheSelection() throws Exception {
    cluster.submit(new Command.Launch("a", 1, "spin", List.of(), 3, false));
    open(false);
    ProcessId mover = new ProcessId(1, 1001);
    AtomicReference<Boolean> done = new AtomicReference<>();
    bridge.step(new Step.NextEvent(Set.of(mover)));
    bridge.query(_ -> true, done::set);
    until(() -> done.get() != null && bridge.frame().view().transfers().size() == 1);
    List<Event> all = cluster.events(0);
    assertThat(all.getLast().what()).isInstanceOf(Happening.MigrationStarted.class);
    assertThat(all.getLast().what().process()).isEqualTo(mover);
    assertThat(bridge.frame().state()).isEqualTo(RunState.PAUSED);
  }

  @Test
  void paceThatCannotBeKeptIsReported() {
    Pacer pacer = new Pacer();
    pacer.restart(new Pace(10), 0, 0, 0);
    long virtual = 0;
    for (long now = 0; now <= 3_000_000_000L; now += 10_000_000L) {
      virtual += 20_000_000L;
      pacer.reached(virtual, virtual / 100, now);
    }
    assertThat(pacer.slow()).isTrue();
    assertThat(pacer.ratio()).isBetween(1.9, 2.1);
    assertThat(pacer.mips()).isBetween(19.0, 21.0);
    // The debt is forgiven: what is asked next is near what was reached.
    assertThat(pacer.target(3_000_000_000L) - virtual)
        .isLessThanOrEqualTo(10 * Pacer.FORGIVEN_NANOS);
  }

  private void open(boolean run) throws Exception {
    bridge.onFrame(frame -> events.addAll(frame.events()));
    bridge.open(() -> cluster, run);
    until(() -> bridge.frame().session() == 1);
  }

  private void until(BooleanSupplier condition) throws InterruptedException {
    fx.until(bridge, condition);
  }
}
