package org.godwit.app.cli;

import java.nio.file.Path;
import org.godwit.app.bridge.SessionLogs;
import org.godwit.app.host.HostFiles;
import org.godwit.app.host.LiveLogs;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.ProblemException;

/**
 * A session file that is being made. Until it is finished, what has happened so far lies beside it
 * in a log that opens as a session file does: {@code a.live.godwit} for {@code a.godwit}. It goes
 * when the file is written, and stays where the program was killed or failed before.
 */
final class Recording implements AutoCloseable {
  /**
   * How far to run at most before {@link #keep} is called again: well below a second of wall time.
   */
  static final long STEP_NANOS = 50_000_000;

  private static final String ENDING = ".godwit";

  private final Session session;
  private final Path file;
  private final SessionLogs.Log log;
  private boolean written;

  private Recording(Session session, Path file, SessionLogs.Log log) {
    this.session = session;
    this.file = file;
    this.log = log;
  }

  /**
   * Begins one.
   *
   * @param file null for none, where all of this does nothing
   * @throws ProblemException if nothing can be written there
   */
  static Recording begin(Session session, Path file) throws ProblemException {
    if (file == null) {
      return new Recording(session, null, SessionLogs.Log.NONE);
    }
    HostFiles.demandWritable(file);
    Path beside = beside(file);
    LiveLogs logs = new LiveLogs(beside.toAbsolutePath().getParent(), System::nanoTime);
    return new Recording(session, file, logs.begin(session, beside));
  }

  private static Path beside(Path file) {
    String name = file.getFileName().toString();
    String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    return file.resolveSibling(stem + ".live" + ENDING);
  }

  /** Called some times a second, between two windows. */
  void keep() {
    log.keep();
  }

  /** Writes the file. */
  void finish() throws ProblemException {
    if (file != null) {
      RecordedFiles.write(file, RecordedSession.of(session));
    }
    written = true;
  }

  @Override
  public void close() {
    if (written || session.now() == 0) {
      log.forget();
    } else {
      log.leave();
    }
  }
}
