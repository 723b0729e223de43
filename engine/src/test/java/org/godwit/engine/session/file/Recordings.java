package org.godwit.engine.session.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.CostModel;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.LinkDefaults;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.scenario.Step;

/** A recording put together by hand: small, and with everything that exports must show. */
public final class Recordings {
  private static final long SECOND = 1_000_000_000L;
  private static final ProcessId SPIN = new ProcessId(1, 1001);
  private static final ProcessId CHILD = new ProcessId(1, 1002);
  private static final ProcessId SHM = new ProcessId(2, 2001);

  private Recordings() {}

  /** Two nodes, three processes, moves there and back, a failed move, a refusal, a crash. */
  public static RecordedSession sample() {
    Scenario scenario =
        new Scenario(
            "sample",
            new LocalText("Sample", "見本"),
            new LocalText("", ""),
            42,
            30 * SECOND,
            100,
            KernelVersion.V2_4_26,
            "openmosix",
            1_013_299_200L,
            CostModel.DEFAULT,
            LinkDefaults.DEFAULT,
            List.of(
                new NodeSpec(1, "node1", 2, 800, 8000, 256L << 20, 0, 0),
                new NodeSpec(2, "node2", 1, 800, 8000, 256L << 20, 320, 0)),
            List.of(),
            List.of(new Step(0, new Command.Launch("spin", 1, "spin", List.of(), 1, false))));
    byte[] elf = "\u007fELF not really".getBytes(StandardCharsets.ISO_8859_1);
    return new RecordedSession(
        new RecordedSession.Facts(SessionFile.BEHAVIOUR_VERSION, "0.1.0", 25 * SECOND, 0),
        scenario,
        List.of(
            new CommandRecord(0, 0, scenario.script().getFirst().command(), null),
            new CommandRecord(
                3 * SECOND,
                1,
                new Command.Migrate(new ProcessRef.ByLaunch("gone", 0), 2),
                Problem.of("command.no-process"))),
        events(),
        samples(),
        List.of(new HashSample(SECOND, -1), new HashSample(2 * SECOND, 0x123)),
        List.of(
            new ProgramImage("again", SessionFile.sha256(elf), elf),
            new ProgramImage("spin", SessionFile.sha256(elf), elf)),
        "# Notes\nüber\n",
        Optional.of(new byte[] {(byte) 0x89, 'P', 'N', 'G'}));
  }

  private static List<Event> events() {
    List<Event> events = new ArrayList<>();
    add(events, 0, 1, new Happening.Launched(SPIN, "spin", List.of("a,b"), "spin"));
    add(events, 0, 2, new Happening.Launched(SHM, "shmget", List.of(), "shm"));
    add(
        events,
        1_000,
        2,
        new Happening.ReasonRaised(
            SHM, new StayEvidence(StayReason.MONKEY, "shmget", 0x10400, 0, 1_000)));
    add(events, SECOND, 1, new Happening.LockChanged(SPIN, true));
    add(
        events,
        SECOND,
        2,
        new Happening.MigrationRefused(
            SHM, 2, 1, MoveCause.USER, Problem.of("move.refused.reason", "monkey")));
    add(events, 2 * SECOND, 1, decision());
    add(events, 2 * SECOND, 1, new Happening.MigrationStarted(SPIN, 1, 2, MoveCause.BALANCER));
    add(
        events,
        2 * SECOND + 5_000_123,
        1,
        new Happening.Migrated(
            new Migration(
                1,
                SPIN,
                1,
                2,
                MoveCause.BALANCER,
                2 * SECOND,
                2 * SECOND + 100,
                2 * SECOND + 1_000,
                2 * SECOND + 4_000_000,
                2 * SECOND + 5_000_000,
                9,
                3,
                39_548)));
    add(events, 4 * SECOND, 1, new Happening.Forked(CHILD, SPIN));
    add(events, 5 * SECOND, 1, new Happening.MigrationStarted(CHILD, 2, 1, MoveCause.USER));
    add(
        events,
        6 * SECOND,
        1,
        new Happening.MigrationAborted(CHILD, 2, 1, Problem.of("move.aborted.timeout", 1)));
    add(events, 8 * SECOND, 1, new Happening.Output(CHILD, null, 1, "hello \"world\",\r\n\u0000"));
    add(events, 9 * SECOND, 1, new Happening.Exited(CHILD, 3));
    add(
        events,
        12 * SECOND,
        1,
        new Happening.Migrated(
            new Migration(
                2,
                SPIN,
                2,
                1,
                MoveCause.EVACUATION,
                12 * SECOND - 9_000,
                12 * SECOND - 8_000,
                12 * SECOND - 7_000,
                12 * SECOND - 1_000,
                12 * SECOND - 500,
                1,
                0,
                5_000)));
    add(events, 13 * SECOND, 2, new Happening.NodeCrashed("node2"));
    add(events, 13 * SECOND, 2, new Happening.Lost(SHM, 2));
    add(events, 20 * SECOND, 0, new Happening.PolicyChanged("none"));
    add(events, 21 * SECOND, 1, new Happening.Killed(SPIN, 11, 0x10000, 0));
    return events;
  }

  private static Happening decision() {
    Problem none = Problem.of("target.not-faster");
    return new Happening.Decided(
        new Decision(
            "openmosix",
            2.75,
            2,
            8000,
            List.of(
                new Decision.Candidate(CHILD, 0.5, Problem.of("candidate.locked"), List.of()),
                new Decision.Candidate(
                    SPIN,
                    0.66,
                    null,
                    List.of(
                        new Decision.Target(2, 300, 0, 5333.3, 8000, 1.5, 0.25, 0, none),
                        new Decision.Target(
                            3, 400, 1.5, 5333.3, 8000, 1.5, 0.25, 0, Problem.of("target.best"))))),
            Problem.of("balance.moved", "1001@1", 2),
            SPIN,
            2));
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      for (int node = 1; node <= 2; node++) {
        samples.add(new Sample(i * SECOND / 4, node, 0.1 * i, 1.0 / i, 0.5, 4096L * i, i, 7, 0, 1));
      }
    }
    return samples;
  }

  private static void add(List<Event> events, long nanos, int node, Happening what) {
    long sequence = events.stream().filter(event -> event.node() == node).count();
    events.add(new Event(nanos, node, sequence, what));
  }

  /** The bytes of the file for a recording. */
  static byte[] file(RecordedSession session) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      SessionFileWriter.write(session, out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}
