package org.godwit.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.godwit.app.host.HostFiles;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFileReader;
import org.godwit.engine.session.file.SessionFileWriter;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;

/** Session files on the host. */
final class RecordedFiles {
  private RecordedFiles() {}

  /** Opens a session file as far as it is intact. */
  static OpenedSession open(Path file) throws ProblemException {
    try (InputStream in = HostFiles.open(file)) {
      return SessionFileReader.read(file.toString(), in);
    } catch (IOException e) {
      throw new ProblemException(Problem.of("host.unreadable", file.toString()));
    }
  }

  /** Refuses a file that is none, before a window is opened for it. */
  static void demandSession(Path file) throws ProblemException {
    open(file);
  }

  /** Writes a session file as a whole. */
  static void write(Path file, RecordedSession session) throws ProblemException {
    HostFiles.write(file, out -> SessionFileWriter.write(session, out));
  }
}
