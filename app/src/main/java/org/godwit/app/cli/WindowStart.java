package org.godwit.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.godwit.app.host.HostFiles;
import org.godwit.app.launch.Displays;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.engine.session.Session;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;

/** Opens the window where there can be one; elsewhere says why not and shows the demo in text. */
final class WindowStart {
  private final Terminal terminal;

  WindowStart(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Opens the workbench; gives the exit status.
   *
   * @param file a session file, or null
   * @param policies folder of the user's own policies, or null for the usual one
   */
  int start(String file, String policies) throws ProblemException {
    Optional<String> missing = Displays.missing(terminal.environment());
    String why = missing.map(terminal.wording()::of).orElse(null);
    HeadlessDemo.Photographer photographer = this::picture;
    if (why == null) {
      try {
        WorkbenchDoor.open(path(file), path(policies), terminal.wording().locale());
        return 0;
      } catch (UnsupportedOperationException | LinkageError e) {
        String failed = terminal.wording().of("demo.failed", String.valueOf(e.getMessage()));
        why = failed;
        // The toolkit starts once in a JVM, and this was it.
        photographer =
            _ -> {
              throw new IllegalStateException(failed);
            };
      }
    }
    if (file != null) {
      throw new ProblemException(Problem.of("demo.file-needs-window", why, file));
    }
    return new HeadlessDemo(terminal, HeadlessDemo.usualFolder(), photographer).run(why);
  }

  private static Path path(String text) throws ProblemException {
    return text == null ? null : HostFiles.path(text);
  }

  private byte[] picture(Session session) throws ProblemException {
    return WorkbenchDoor.picture(
        session.scenario(),
        session.view(),
        session.events(0),
        session.samples(0),
        terminal.wording().locale());
  }
}
