package org.godwit.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.godwit.app.host.HostEngine;
import org.godwit.app.host.HostFiles;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.scenario.Scenario;

/**
 * The demo for a host without a window: what a person would do first, three launches of spin on
 * node 1, then the table, the session file and a picture of the workbench.
 */
final class HeadlessDemo {
  /** Enough for the balancer to move one and for nothing more to happen. */
  private static final long END_NANOS = 20_000_000_000L;

  private static final long BETWEEN_LAUNCHES_NANOS = 1_000_000_000L;

  private final Terminal terminal;
  private final Path folder;
  private final Photographer photographer;

  /**
   * A demo that writes into {@code folder}.
   *
   * @param photographer makes the picture
   */
  HeadlessDemo(Terminal terminal, Path folder, Photographer photographer) {
    this.terminal = terminal;
    this.folder = folder;
    this.photographer = photographer;
  }

  /** Makes a picture of the workbench. */
  @FunctionalInterface
  interface Photographer {
    /**
     * The workbench on {@code session} as PNG.
     *
     * @throws IllegalStateException if JavaFX cannot make it here; its message says why
     */
    byte[] picture(Session session) throws ProblemException;
  }

  /**
   * Runs it; {@code why} there is no window is what a person reads first. Gives the exit status.
   */
  int run(String why) throws ProblemException {
    terminal.complain(terminal.wording().of("demo.no-window", why));
    HostFiles.makeFolder(folder);
    Scenario scenario = OnBoard.scenario("demo", List.of());
    SessionOptions options = SessionOptions.DEFAULT.with(HostEngine.auto());
    List<Path> written = new ArrayList<>();
    try (Session session = Session.open(scenario, OnBoard.programs("demo"), options)) {
      for (int i = 1; i <= 3; i++) {
        session.submit(new Command.Launch("spin-" + i, 1, "spin", List.of(), 1, false));
        session.advance(i * BETWEEN_LAUNCHES_NANOS);
      }
      session.advance(END_NANOS);
      new ProcessTable(session).lines(terminal.wording()).forEach(terminal::line);
      RecordedSession recorded = RecordedSession.of(session);
      byte[] picture = picture(session);
      if (picture != null) {
        Path file = folder.resolve("demo.png");
        HostFiles.write(file, out -> out.write(picture));
        written.add(file);
        recorded = recorded.withPreview(picture);
      }
      Path file = folder.resolve("demo.godwit");
      RecordedFiles.write(file, recorded);
      written.addFirst(file);
    }
    terminal.line(
        terminal
            .wording()
            .of("demo.files", String.join(", ", written.stream().map(Path::toString).toList())));
    terminal.line(terminal.wording().of("demo.how"));
    return 0;
  }

  /** The picture, or null where JavaFX lacks something; says so then. */
  private byte[] picture(Session session) throws ProblemException {
    try {
      return photographer.picture(session);
    } catch (IllegalStateException | LinkageError e) {
      terminal.complain(terminal.wording().of("demo.no-picture", String.valueOf(e.getMessage())));
      return null;
    }
  }

  /** app/target/demo in a checkout, wherever Maven was started; else beside the user. */
  static Path usualFolder() {
    if (Files.exists(Path.of("app", "pom.xml"))) {
      return Path.of("app", "target", "demo");
    }
    return Files.exists(Path.of("pom.xml")) && Files.isDirectory(Path.of("target"))
        ? Path.of("target", "demo")
        : Path.of("godwit-demo");
  }
}
