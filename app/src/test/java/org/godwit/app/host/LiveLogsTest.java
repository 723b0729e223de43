package org.godwit.app.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.godwit.app.bridge.BoardSession;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.EngineFault;
import org.godwit.app.bridge.EngineSession;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.bridge.Step;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.LiveLogReader;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.SessionFileReader;
import org.godwit.engine.session.query.Verification;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class LiveLogsTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;
  private final AtomicLong wall = new AtomicLong();
  private LiveLogs logs;
  private LiveSession session;
  private Path log;

  @BeforeEach
  void openASession() throws Exception {
    logs = new LiveLogs(folder, wall::get, Runnable::run);
    session = open().keptIn(logs);
    log = folder.resolve("seed-spin-1.log");
  }

  private static LiveSession open() throws ProblemException {
    return new EngineSession(BoardSession.open("seed-spin", "clockDivisor=10000"));
  }

  /** What lies on the disk while the session runs is what a killed program leaves behind. */
  @Test
  void aKilledProgramLosesNoMoreThanTheLastPeriod(@TempDir Path afterwards) throws Exception {
    session.advance(3 * SECOND);
    session.submit(new Command.SetPolicy("none"));
    wall.set(SECOND);
    session.keep();
    session.advance(4 * SECOND);
    wall.set(SECOND + 100_000_000L);
    session.keep();
    Files.copy(log, afterwards.resolve(log.getFileName()));
    LiveLogs next = new LiveLogs(afterwards, wall::get);

    List<LiveLogs.Recovered> found = next.recover();

    Path file = afterwards.resolve("recovered").resolve("seed-spin-1.godwit");
    assertThat(found).containsExactly(new LiveLogs.Recovered(file, 3 * SECOND, false));
    try (InputStream in = HostFiles.open(file)) {
      OpenedSession opened = SessionFileReader.read("it", in);
      assertThat(opened.damage()).isEmpty();
      assertThat(opened.session().commands()).isEqualTo(session.commands());
      assertThat(opened.session().hashes()).isEqualTo(session.hashes().subList(0, 3));
      assertThat(Verification.of("it", opened.session(), HostEngine.auto()).first()).isEmpty();
    }
    assertThat(next.recover()).as("once is enough").isEmpty();
    session.close();
  }

  @Test
  void aSessionThatIsOpenIsLeftAloneAndAClosedOneLeavesNothing() {
    assertThat(logs.recover()).isEmpty();
    assertThat(log).exists();
    assertThat(logs.status().orElseThrow().intact()).isTrue();

    session.close();

    assertThat(log).doesNotExist();
    assertThat(logs.recover()).isEmpty();
  }

  /** Who closes a session without having exported it loses nothing. */
  @Test
  void aSessionThatWasWorkedInIsKeptWhenItIsClosed() throws Exception {
    AtomicInteger told = new AtomicInteger();
    logs.onClosed(told::incrementAndGet);
    session.advance(2 * SECOND);
    session.submit(new Command.SetPolicy("none"));
    session.advance(3 * SECOND);

    session.close();

    assertThat(told.get()).isOne();
    List<LiveLogs.Recovered> found = logs.recover();
    Path file = folder.resolve("kept").resolve("seed-spin-1.godwit");
    assertThat(found).containsExactly(new LiveLogs.Recovered(file, 3 * SECOND, true));
    try (InputStream in = HostFiles.open(file)) {
      OpenedSession opened = SessionFileReader.read("it", in);
      assertThat(opened.damage()).isEmpty();
      assertThat(opened.session().commands()).isEqualTo(session.commands());
      assertThat(opened.session().hashes()).isEqualTo(session.hashes());
    }
    assertThat(logs.recover()).isEmpty();
  }

  /** The engine does not wait for the disk, and what the disk has not taken waits as one batch. */
  @Test
  void theSessionRunsOnWhileItsLogIsWrittenAndIsClosedWhenAllIs(@TempDir Path slow)
      throws Exception {
    session.close();
    List<Runnable> waiting = new ArrayList<>();
    LiveLogs later = new LiveLogs(slow, wall::get, waiting::add);
    LiveSession open = open().keptIn(later);
    for (int second = 1; second <= 5; second++) {
      open.advance(second * SECOND);
      wall.set(second * SECOND);
      open.keep();
    }
    assertThat(waiting).hasSize(1);
    assertThat(later.status()).isEmpty();

    waiting.removeFirst().run();
    assertThat(later.status().orElseThrow().nanos()).isZero();
    wall.set(6 * SECOND);
    open.keep();
    waiting.removeFirst().run();

    assertThat(later.status().orElseThrow().nanos()).isEqualTo(5 * SECOND);
    open.close();
    assertThat(waiting).isEmpty();
  }

  /** Waking another thread costs as much as it has to do then. */
  @Test
  void aDiskThatHasBeenQuickIsWrittenToAtOnceUntilItIsNot(@TempDir Path quick) throws Exception {
    session.close();
    List<Runnable> waiting = new ArrayList<>();
    AtomicLong oneLook = new AtomicLong();
    LiveLogs later = new LiveLogs(quick, () -> wall.getAndAdd(oneLook.get()), waiting::add);
    LiveSession open = open().keptIn(later);
    int handedOver = 0;
    for (int second = 1; second <= 20; second++) {
      while (!waiting.isEmpty()) {
        waiting.removeFirst().run();
        handedOver++;
      }
      open.advance(second * SECOND);
      wall.addAndGet(SECOND);
      open.keep();
    }
    assertThat(handedOver).isEqualTo(5);
    assertThat(later.status().orElseThrow().nanos()).isEqualTo(20 * SECOND);

    open.submit(new Command.SetPolicy("none"));
    open.advance(21 * SECOND);
    wall.addAndGet(SECOND);
    open.keep();
    assertThat(waiting).as("a command may bring programs").hasSize(1);
    waiting.removeFirst().run();

    oneLook.set(3_000_000L);
    for (int second = 22; second <= 23; second++) {
      open.advance(second * SECOND);
      wall.addAndGet(SECOND);
      open.keep();
    }
    assertThat(waiting).as("the one before took three milliseconds").hasSize(1);
    assertThat(later.status().orElseThrow().nanos()).isEqualTo(22 * SECOND);
    waiting.removeFirst().run();
    open.abandon();
    Path log = quick.resolve("seed-spin-1.log");
    try (InputStream in = Files.newInputStream(log)) {
      OpenedSession opened = LiveLogReader.read("it", in);
      assertThat(opened.damage()).isEmpty();
      assertThat(opened.session().facts().endNanos()).isEqualTo(23 * SECOND);
      assertThat(opened.session().hashes()).hasSize(23);
      assertThat(opened.session().samples()).isEqualTo(open.samples(0));
      assertThat(opened.session().commands()).isEqualTo(open.commands());
    }
  }

  @Test
  void theNewestDozenIsKept() throws Exception {
    session.close();
    for (int i = 0; i < 14; i++) {
      LiveSession each = open().keptIn(logs);
      each.submit(new Command.SetPolicy("none"));
      each.advance(Session.GRID_NANOS);
      each.close();
      assertThat(logs.recover()).hasSize(1);
    }
    try (Stream<Path> kept = Files.list(folder.resolve("kept"))) {
      assertThat(kept).hasSize(12);
    }
  }

  /** A fault of ours may not cost the user the session in which it happened. */
  @Test
  void aSessionThatEndedByAFaultIsRecovered(@TempDir Path other) throws Exception {
    session.close();
    LiveLogs kept = new LiveLogs(other, System::nanoTime);
    BlockingQueue<EngineFault> faults = new LinkedBlockingQueue<>();
    EngineBridge bridge = new EngineBridge(Runnable::run, System::nanoTime, kept);
    bridge.onFault(faults::add);
    bridge.open(LiveLogsTest::open, false);
    bridge.submit(new Command.SetPolicy("none"));
    bridge.step(new Step.NextQuantum());
    bridge.query(
        _ -> {
          throw new IllegalStateException("told to break");
        },
        _ -> {});
    assertThat(faults.poll(60, TimeUnit.SECONDS)).matches(EngineFault::fatal);

    bridge.close();
    bridge.awaitEnd(20_000);

    List<LiveLogs.Recovered> found = new LiveLogs(other, System::nanoTime).recover();
    assertThat(found).hasSize(1);
    try (InputStream in = HostFiles.open(found.getFirst().file())) {
      assertThat(SessionFileReader.read("it", in).session().commands())
          .extracting(CommandRecord::command)
          .contains(new Command.SetPolicy("none"));
    }
  }

  @Test
  void whatIsNoLogStaysAsItIs() throws Exception {
    Path other = Files.writeString(folder.resolve("other.log"), "not one of ours");

    assertThat(logs.recover()).isEmpty();
    assertThat(other).hasContent("not one of ours");
    session.close();
  }

  @Test
  void whereNothingCanBeWrittenTheSessionRunsOn() throws Exception {
    Path taken = Files.writeString(folder.resolve("file"), "");
    LiveLogs nowhere = new LiveLogs(taken, wall::get);

    LiveSession open = session.keptIn(nowhere);
    open.advance(SECOND);
    open.keep();

    assertThat(open.now()).isEqualTo(SECOND);
    assertThat(nowhere.status().orElseThrow().intact()).isFalse();
    session.close();
  }
}
