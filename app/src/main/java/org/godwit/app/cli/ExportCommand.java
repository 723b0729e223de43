package org.godwit.app.cli;

import java.util.Optional;
import java.util.stream.Collectors;
import org.godwit.app.host.HostFiles;
import org.godwit.app.panel.export.ExportFormat;
import org.godwit.app.panel.export.ExportWatch;
import org.godwit.app.panel.export.SessionExporter;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code godwit export}: a recording in another format. Of a damaged file what is intact is
 * exported, the damage named, and the status 2.
 */
@Command(name = "export")
final class ExportCommand implements Cli.Action {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE.godwit", descriptionKey = "export.file")
  private String file;

  @Option(names = "--to", required = true, paramLabel = "FORMAT", descriptionKey = "export.to")
  private String format;

  @Option(names = "--out", required = true, paramLabel = "PATH", descriptionKey = "export.out")
  private String out;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    Optional<ExportFormat> chosen = ExportFormat.named(format);
    if (chosen.isEmpty()) {
      String possible =
          ExportFormat.withoutWindow().stream()
              .map(ExportFormat::key)
              .collect(Collectors.joining(", "));
      throw new ProblemException(Problem.of("cli.not-one-of", "--to", format, possible));
    }
    OpenedSession opened = RecordedFiles.open(HostFiles.path(file));
    SessionExporter.write(opened.session(), chosen.get(), HostFiles.path(out), new ExportWatch());
    opened.damage().forEach(terminal::complain);
    return opened.damage().isEmpty() ? 0 : Cli.USER_ERROR;
  }
}
