package org.godwit.app.bridge;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.godwit.engine.session.BootRoot;
import org.godwit.engine.session.Checkpoint;
import org.godwit.engine.session.DryRun;
import org.godwit.engine.session.Explanation;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFile;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.LedgerRow;

/**
 * What the workbench needs of a session. The engine's {@code Session} is final; this seam lets
 * tests put a scripted cluster in its place, and lets a session file listen to a live one.
 *
 * <p>Only the engine thread calls it. Lists that it returns are immutable.
 */
public interface LiveSession extends AutoCloseable {
  /** What it was opened with. */
  Scenario scenario();

  /** Virtual time reached, in nanoseconds. */
  long now();

  /** Makes a program known under a name, in place of any other of that name. */
  void addProgram(String name, byte[] elf) throws ProblemException;

  /** Carries out a command now; a refused one comes back with its reason. */
  CommandRecord submit(Command command);

  /** Runs to {@code untilNanos}; no-op if that is not in the future. */
  void advance(long untilNanos);

  /** The cluster now. */
  ClusterView view();

  /** The events from position {@code from} on, in order. */
  List<Event> events(int from);

  /** The load samples from position {@code from} on, in order. */
  List<Sample> samples(int from);

  /** The commands so far, those of the scenario's script included. */
  List<CommandRecord> commands();

  /** The state hashes so far, one each virtual second. */
  List<HashSample> hashes();

  /** The programs that launches have used so far. */
  List<ProgramImage> programs();

  /** What its nodes have booted from so far, by profile. */
  default List<BootRoot> roots() {
    return List.of();
  }

  /** The session so far as it would lie in a file, made of immutable lists. */
  default RecordedSession recorded() {
    return new RecordedSession(
        new RecordedSession.Facts(
            SessionFile.BEHAVIOUR_VERSION, SessionFile.ENGINE_VERSION, now(), 0),
        scenario(),
        commands(),
        events(0),
        samples(0),
        hashes(),
        programs(),
        roots(),
        "",
        Optional.empty());
  }

  /** Content of a file of a node, e.g. {@code /proc/1001/cantmove}; empty if there is none. */
  Optional<byte[]> readFile(int node, String path);

  /** The system calls of a process by kind and place; empty if this session cannot say. */
  default List<LedgerRow> ledger(ProcessId process) {
    return List.of();
  }

  /** What a migration of {@code process} to node {@code to} would be; changes nothing. */
  DryRun dryRun(ProcessId process, int to);

  /**
   * What holds {@code process} from moving to node {@code to} (0: anywhere); empty if this session
   * cannot say, or if there is no such process.
   */
  default Optional<Explanation> explain(ProcessId process, int to) {
    return Optional.empty();
  }

  /** All of it as it is now, to go on from later; empty if it cannot be copied. */
  default Optional<Checkpoint> checkpoint() {
    return Optional.empty();
  }

  /** How to make another that stands where this one stands; empty if it cannot be copied. */
  default Optional<Callable<Session>> copy() {
    return checkpoint()
        .<Callable<Session>>map(here -> () -> here.resume(1))
        .or(() -> copy(null, now(), commands().size()));
  }

  /**
   * How to make another session that has come to an earlier moment in the same way; empty if this
   * one cannot be copied. It is asked on the engine thread and carried out on another.
   *
   * @param from a checkpoint on the way, or null to go the whole way
   * @param nanos the moment
   * @param commands how many commands it had been given
   */
  default Optional<Callable<Session>> copy(Checkpoint from, long nanos, int commands) {
    return Optional.empty();
  }

  /** How many events there are. */
  default int eventCount() {
    return events(0).size();
  }

  /** How many samples there are. */
  default int sampleCount() {
    return samples(0).size();
  }

  /**
   * Virtual time up to which it goes the way of a recording; until it has come there, or {@link
   * #endReplay} was called, it is to be advanced and nothing else. −1 for a session that is free.
   */
  default long replayEnd() {
    return -1;
  }

  /** It goes the way of a recording no further. */
  default void endReplay() {}

  /** Where it has taken another way than the recording, or −1; asked when the replay is over. */
  default long replayParts() {
    return -1;
  }

  /** This session, kept in {@code logs} from now on if it is one that can be. */
  default LiveSession keptIn(SessionLogs logs) {
    return this;
  }

  /** Called some times a second of wall time: what must not be lost is written down. */
  default void keep() {}

  /** Ends it; what was kept of it is thrown away. */
  @Override
  void close();

  /** Ends it after a fault of ours; what was kept of it stays, to be recovered. */
  default void abandon() {
    close();
  }
}
