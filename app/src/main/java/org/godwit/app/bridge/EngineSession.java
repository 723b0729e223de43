package org.godwit.app.bridge;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.godwit.app.host.HostEngine;
import org.godwit.engine.session.Advisers;
import org.godwit.engine.session.BootRoot;
import org.godwit.engine.session.Checkpoint;
import org.godwit.engine.session.DryRun;
import org.godwit.engine.session.Explanation;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.Recipe;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
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
 * The engine's session behind the workbench's seam. Engine thread only.
 *
 * @param session the session
 * @param log where it is kept while it is open
 * @param rerun the recording whose way it goes at first, or null
 */
public record EngineSession(Session session, SessionLogs.Log log, Rerun rerun)
    implements LiveSession {
  /** A session that is kept nowhere. */
  public EngineSession(Session session) {
    this(session, SessionLogs.Log.NONE, null);
  }

  /**
   * A recording that is run again from its beginning and can be gone on with.
   *
   * @param file its name, for messages
   * @param others where programs are found that it has not used
   * @param advisers whom the user's own policies ask once it has come to its end
   * @throws ProblemException if it cannot be run to the same: another behaviour, missing programs
   */
  public static EngineSession again(
      String file, RecordedSession recorded, ProgramSource others, Advisers advisers)
      throws ProblemException {
    Rerun rerun = Rerun.begin(file, recorded, others, advisers);
    return new EngineSession(rerun.replay().session(), SessionLogs.Log.NONE, rerun);
  }

  @Override
  public LiveSession keptIn(SessionLogs logs) {
    return new EngineSession(session, logs.begin(session), rerun);
  }

  @Override
  public int eventCount() {
    return session.eventCount();
  }

  @Override
  public int sampleCount() {
    return session.sampleCount();
  }

  @Override
  public long replayEnd() {
    return rerun == null || rerun.replay().isOver() ? -1 : rerun.replay().endNanos();
  }

  @Override
  public void endReplay() {
    if (rerun != null) {
      rerun.replay().end();
    }
  }

  @Override
  public long replayParts() {
    return rerun == null ? -1 : rerun.parts();
  }

  @Override
  public void keep() {
    log.keep();
  }

  @Override
  public Scenario scenario() {
    return session.scenario();
  }

  @Override
  public long now() {
    return session.now();
  }

  @Override
  public void addProgram(String name, byte[] elf) throws ProblemException {
    session.addProgram(name, elf);
  }

  @Override
  public CommandRecord submit(Command command) {
    return session.submit(command);
  }

  @Override
  public void advance(long untilNanos) {
    if (replayEnd() >= 0) {
      rerun.replay().advance(untilNanos);
    } else {
      session.advance(untilNanos);
    }
  }

  @Override
  public ClusterView view() {
    return session.view();
  }

  @Override
  public List<Event> events(int from) {
    return session.events(from);
  }

  @Override
  public List<Sample> samples(int from) {
    return session.samples(from);
  }

  @Override
  public List<CommandRecord> commands() {
    return session.commands();
  }

  @Override
  public List<HashSample> hashes() {
    return session.hashes();
  }

  @Override
  public List<ProgramImage> programs() {
    return session.programs();
  }

  @Override
  public List<BootRoot> roots() {
    return session.roots();
  }

  @Override
  public Optional<byte[]> readFile(int node, String path) {
    return session.readFile(node, path);
  }

  @Override
  public DryRun dryRun(ProcessId process, int to) {
    return session.dryRun(process, to);
  }

  @Override
  public List<LedgerRow> ledger(ProcessId process) {
    return session.ledger(process);
  }

  @Override
  public Optional<Explanation> explain(ProcessId process, int to) {
    try {
      return Optional.of(session.explain(process, to));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /** A class that cannot be copied is an error of ours that costs exact looks back, no more. */
  @Override
  public Optional<Checkpoint> checkpoint() {
    try {
      return Optional.of(session.checkpoint());
    } catch (IllegalStateException e) {
      System.getLogger(EngineSession.class.getName()).log(Level.WARNING, "no checkpoint", e);
      return Optional.empty();
    }
  }

  @Override
  public Optional<Callable<Session>> copy(Checkpoint from, long nanos, int commands) {
    Recipe recipe = session.recipe(nanos, commands);
    ProgramSource source = session.source();
    return Optional.of(
        () -> from == null ? recipe.cook(source, 1, HostEngine.auto()) : from.resume(recipe, 1));
  }

  @Override
  public RecordedSession recorded() {
    return RecordedSession.of(session);
  }

  @Override
  public void close() {
    session.close();
    if (rerun != null && rerun.isAllThereIs()) {
      log.forget();
    } else {
      log.end();
    }
  }

  /** Keeps what can still be read before anything else: closing may fail as well. */
  @Override
  public void abandon() {
    log.leave();
    session.close();
  }
}
