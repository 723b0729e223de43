package org.godwit.engine.session;

import java.util.List;
import java.util.Optional;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ClusterView;

/**
 * A cluster that runs: a scenario, a seed, and the commands given to it. Same scenario, seed,
 * programs and commands give the same events, samples and hashes, however {@link #advance} is cut
 * and however many workers there are.
 *
 * <p>Call it from one thread at a time. Lists that it returns are immutable snapshots.
 */
public final class Session implements AutoCloseable {
  /** Grid on which every stop and every command lies, in nanoseconds (decision 1). */
  public static final long GRID_NANOS = 10_000;

  private Session() {}

  /**
   * Opens a scenario at virtual time 0.
   *
   * @throws ProblemException if the scenario cannot be run (an unknown program or policy, more
   *     memory than the host has)
   */
  public static Session open(Scenario scenario, ProgramSource programs, SessionOptions options)
      throws ProblemException {
    throw new IllegalStateException("under construction");
  }

  /** What it was opened with. */
  public Scenario scenario() {
    throw new IllegalStateException("under construction");
  }

  /** Virtual time reached, in nanoseconds, on the grid. */
  public long now() {
    throw new IllegalStateException("under construction");
  }

  /** Makes a program known under a name, in place of any other of that name. */
  public void addProgram(String name, byte[] elf) throws ProblemException {
    throw new IllegalStateException("under construction");
  }

  /** Carries out a command now. A refused one is recorded with its reason. */
  public CommandRecord submit(Command command) {
    throw new IllegalStateException("under construction");
  }

  /** Runs to {@code untilNanos}, rounded down to the grid; no-op if that is not in the future. */
  public void advance(long untilNanos) {
    throw new IllegalStateException("under construction");
  }

  /** The cluster now. */
  public ClusterView view() {
    throw new IllegalStateException("under construction");
  }

  /** The events from position {@code from} on, in order. */
  public List<Event> events(int from) {
    throw new IllegalStateException("under construction");
  }

  /** The load samples from position {@code from} on, in order. */
  public List<Sample> samples(int from) {
    throw new IllegalStateException("under construction");
  }

  /** The commands so far, those of the scenario's script included. */
  public List<CommandRecord> commands() {
    throw new IllegalStateException("under construction");
  }

  /** The state hashes so far, one each virtual second. */
  public List<HashSample> hashes() {
    throw new IllegalStateException("under construction");
  }

  /** The programs that launches have used so far, by name, as SHA-256 and bytes. */
  public List<ProgramImage> programs() {
    throw new IllegalStateException("under construction");
  }

  /** Content of a file of a node, e.g. {@code /proc/1001/cantmove}; empty if there is none. */
  public Optional<byte[]> readFile(int node, String path) {
    throw new IllegalStateException("under construction");
  }

  /** What a migration of {@code process} to {@code to} would be. Leaves the state unchanged. */
  public DryRun dryRun(ProcessId process, int to) {
    throw new IllegalStateException("under construction");
  }

  /** Hash of the whole state now. */
  public long stateHash() {
    throw new IllegalStateException("under construction");
  }

  /** Ends the workers. */
  @Override
  public void close() {}
}
