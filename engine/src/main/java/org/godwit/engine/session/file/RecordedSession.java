package org.godwit.engine.session.file;

import java.util.List;
import java.util.Optional;
import org.godwit.engine.session.Advisers;
import org.godwit.engine.session.BootRoot;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.Recipe;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionInputs;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.Scenario;

/**
 * A session as it lies in a file: what it was opened with, what was done, and what came of it.
 * Enough for tables, charts and exports without running anything, and for running it again.
 *
 * @param facts under which circumstances it was made
 * @param scenario what the session was opened with
 * @param commands in the order of their sequence
 * @param events in order
 * @param samples in order of time, then node
 * @param hashes in order of time
 * @param programs the programs used, by name
 * @param roots what its nodes have booted from, by profile
 * @param inputs what came from outside beside scenario and programs
 * @param notes what somebody wrote about it, Markdown; empty for nothing
 * @param preview a PNG picture of the workbench
 */
public record RecordedSession(
    Facts facts,
    Scenario scenario,
    List<CommandRecord> commands,
    List<Event> events,
    List<Sample> samples,
    List<HashSample> hashes,
    List<ProgramImage> programs,
    List<BootRoot> roots,
    SessionInputs inputs,
    String notes,
    Optional<byte[]> preview) {
  public RecordedSession {
    commands = List.copyOf(commands);
    events = List.copyOf(events);
    samples = List.copyOf(samples);
    hashes = List.copyOf(hashes);
    programs = List.copyOf(programs);
    roots = List.copyOf(roots);
  }

  /** A session none of whose nodes has booted. */
  public RecordedSession(
      Facts facts,
      Scenario scenario,
      List<CommandRecord> commands,
      List<Event> events,
      List<Sample> samples,
      List<HashSample> hashes,
      List<ProgramImage> programs,
      String notes,
      Optional<byte[]> preview) {
    this(facts, scenario, commands, events, samples, hashes, programs, List.of(), notes, preview);
  }

  /** A session that was given nothing from outside. */
  public RecordedSession(
      Facts facts,
      Scenario scenario,
      List<CommandRecord> commands,
      List<Event> events,
      List<Sample> samples,
      List<HashSample> hashes,
      List<ProgramImage> programs,
      List<BootRoot> roots,
      String notes,
      Optional<byte[]> preview) {
    this(
        facts,
        scenario,
        commands,
        events,
        samples,
        hashes,
        programs,
        roots,
        SessionInputs.NONE,
        notes,
        preview);
  }

  /**
   * Circumstances of a recording. Nothing in it depends on the host or on the number of workers.
   *
   * @param behaviourVersion version of the engine's behaviour (decision 32)
   * @param engineVersion version of the program, for people
   * @param endNanos virtual time reached
   * @param migrateEvery instructions after which movable processes were moved, 0 for never
   */
  public record Facts(
      int behaviourVersion, String engineVersion, long endNanos, long migrateEvery) {}

  /** What {@code session} holds now; without notes and picture. */
  public static RecordedSession of(Session session) {
    return new RecordedSession(
        new Facts(
            SessionFile.BEHAVIOUR_VERSION,
            SessionFile.ENGINE_VERSION,
            session.now(),
            session.migrateEvery()),
        session.scenario(),
        session.commands(),
        session.events(0),
        session.samples(0),
        session.hashes(),
        session.programs(),
        session.roots(),
        session.inputs(),
        "",
        Optional.empty());
  }

  /** The same with other notes. */
  public RecordedSession withNotes(String notes) {
    return new RecordedSession(
        facts, scenario, commands, events, samples, hashes, programs, roots, inputs, notes,
        preview);
  }

  /** The same with a picture. */
  public RecordedSession withPreview(byte[] png) {
    return new RecordedSession(
        facts,
        scenario,
        commands,
        events,
        samples,
        hashes,
        programs,
        roots,
        inputs,
        notes,
        Optional.of(png));
  }

  /**
   * Whether running it again with this engine gives the same events and hashes; otherwise it can be
   * looked at, or run as a new session.
   */
  public boolean isReproducible() {
    return facts.behaviourVersion == SessionFile.BEHAVIOUR_VERSION;
  }

  /**
   * How it came to a moment: with the commands up to it, those at it included.
   *
   * @param nanos virtual time, at most that of the end
   */
  public Recipe recipeUntil(long nanos) {
    int count = (int) commands.stream().filter(each -> each.atNanos() <= nanos).count();
    return recipe().until(nanos, count);
  }

  /** How it came to its end, to be run again; nothing is known of the state there. */
  public Recipe recipe() {
    return new Recipe(
        scenario,
        inputs,
        programs,
        commands,
        roots,
        facts.endNanos,
        facts.migrateEvery,
        0,
        Advisers.NONE);
  }
}
