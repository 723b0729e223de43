package org.godwit.engine.session;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.godwit.model.ProblemException;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.scenario.Scenario;

/**
 * All that is needed to make a session again up to an instant: it is immutable, so another thread
 * may cook from it while the session goes on.
 *
 * @param scenario what the session was opened with
 * @param inputs what came from outside
 * @param programs the programs it has used
 * @param commands what was submitted so far, the script's steps included
 * @param roots what its nodes have booted from
 * @param nowNanos the instant
 * @param migrateEvery as in {@link SessionOptions}
 * @param stateHash the state there
 * @param advisers whom the session that is made asks once it has come to that instant
 */
public record Recipe(
    Scenario scenario,
    SessionInputs inputs,
    List<ProgramImage> programs,
    List<CommandRecord> commands,
    List<BootRoot> roots,
    long nowNanos,
    long migrateEvery,
    long stateHash,
    Advisers advisers) {
  public Recipe {
    programs = List.copyOf(programs);
    commands = List.copyOf(commands);
    roots = List.copyOf(roots);
  }

  /**
   * The same up to an earlier moment; nothing is known of the state there.
   *
   * @param nanos the moment
   * @param count how many of the commands had been submitted
   */
  public Recipe until(long nanos, int count) {
    return new Recipe(
        scenario,
        inputs,
        programs,
        commands.subList(0, count),
        roots,
        nanos,
        migrateEvery,
        0,
        advisers);
  }

  /**
   * A session that has come to {@link #nowNanos} in the same way; its caller closes it.
   *
   * @param others where programs are found that the session has not used yet
   * @throws ProblemException if a program is missing
   */
  public Session cook(ProgramSource others, int workers) throws ProblemException {
    return cook(others, workers, Engine.interpreter());
  }

  /** The same on a given engine. */
  public Session cook(ProgramSource others, int workers, Engine engine) throws ProblemException {
    return cook(others, workers, engine, _ -> {});
  }

  /**
   * The same, watched.
   *
   * @param reached hears how far it has come, in virtual nanoseconds, at least ten times in a
   *     virtual second; what it throws gives the session up
   */
  public Session cook(ProgramSource others, int workers, Engine engine, LongConsumer reached)
      throws ProblemException {
    return Session.again(this, source(others), options(workers, engine), reached);
  }

  /** The programs and trees of this, before those of others. */
  ProgramSource source(ProgramSource others) {
    TreeMap<String, byte[]> known = new TreeMap<>();
    programs.forEach(each -> known.putIfAbsent(each.name(), each.bytes()));
    TreeMap<String, List<GuestFile>> knownRoots = new TreeMap<>();
    roots.forEach(each -> knownRoots.put(each.profile(), each.files()));
    return new ProgramSource() {
      @Override
      public Optional<byte[]> elf(String name) {
        return known.containsKey(name) ? Optional.of(known.get(name)) : others.elf(name);
      }

      @Override
      public Optional<List<GuestFile>> root(String profile) {
        return knownRoots.containsKey(profile)
            ? Optional.of(knownRoots.get(profile))
            : others.root(profile);
      }
    };
  }

  /** How a session is opened that is to go this way. */
  SessionOptions options(int workers, Engine engine) {
    return new SessionOptions(workers, false, false, migrateEvery, engine);
  }
}
