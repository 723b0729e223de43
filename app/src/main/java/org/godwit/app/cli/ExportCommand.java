package org.godwit.app.cli;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.godwit.app.host.HostFiles;
import org.godwit.engine.session.export.ChromeTrace;
import org.godwit.engine.session.export.CsvExport;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
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

  @Option(names = "--to", required = true, paramLabel = "csv|chrome", descriptionKey = "export.to")
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
    if (!format.equals("csv") && !format.equals("chrome")) {
      throw new ProblemException(Problem.of("cli.not-one-of", "--to", format, "csv, chrome"));
    }
    OpenedSession opened = RecordedFiles.open(HostFiles.path(file));
    Path target = HostFiles.path(out);
    if (format.equals("csv")) {
      csv(opened.session(), target);
    } else {
      HostFiles.write(
          target,
          stream -> {
            var writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            ChromeTrace.write(opened.session(), writer);
          });
    }
    opened.damage().forEach(terminal::complain);
    return opened.damage().isEmpty() ? 0 : Cli.USER_ERROR;
  }

  private static void csv(RecordedSession session, Path folder) throws ProblemException {
    HostFiles.makeFolder(folder);
    for (CsvExport table : CsvExport.values()) {
      HostFiles.write(
          folder.resolve(table.fileName()),
          stream -> {
            var writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            table.write(session, writer);
          });
    }
  }
}
