package org.godwit.app.cli;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.godwit.app.host.HostFiles;
import org.godwit.app.panel.export.ExportFormat;
import org.godwit.app.panel.export.ExportManner;
import org.godwit.app.panel.export.ExportWatch;
import org.godwit.app.panel.export.SessionExporter;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.json.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code godwit export}: a recording in another format. Of a damaged file what is intact is
 * exported, the damage named, and the status 2. A session without terminals has none to export,
 * which is said and no error.
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

  @Option(names = "--from", paramLabel = "TIME", descriptionKey = "export.from")
  private String from;

  @Option(names = "--until", paramLabel = "TIME", descriptionKey = "export.until")
  private String until;

  @Option(names = "--dark", descriptionKey = "export.dark")
  private boolean dark;

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
    if (SessionExporter.isPossible(opened.session(), chosen.get())) {
      SessionExporter.write(
          opened.session(),
          chosen.get(),
          HostFiles.path(out),
          manner(opened.session()),
          new ExportWatch());
    } else {
      terminal.complain(Problem.of("export.no-terminals"));
    }
    opened.damage().forEach(terminal::complain);
    return opened.damage().isEmpty() ? 0 : Cli.USER_ERROR;
  }

  private ExportManner manner(RecordedSession session) throws ProblemException {
    long end = session.facts().endNanos();
    long first = from == null ? 0 : nanos("--from", from);
    long last = until == null ? end : nanos("--until", until);
    if (last > end || first >= last && end > 0) {
      throw new ProblemException(
          Problem.of(
              "export.bad-stretch",
              Units.timeText(first),
              Units.timeText(last),
              Units.timeText(end)));
    }
    return new ExportManner(
        new Messages(terminal.wording().locale()),
        Tokens.load(),
        dark ? Variant.DARK : Variant.LIGHT,
        first,
        last);
  }

  private static long nanos(String option, String text) throws ProblemException {
    OptionalLong nanos = Units.nanos(text);
    if (nanos.isEmpty()) {
      throw new ProblemException(Problem.of("cli.bad-time", option, text));
    }
    return nanos.getAsLong();
  }
}
