package org.godwit.app.cli;

import java.nio.file.Path;
import org.godwit.app.host.HostEngine;
import org.godwit.app.host.HostFiles;
import org.godwit.app.text.Wording;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Verification;
import org.godwit.engine.session.query.Verification.Divergence;
import org.godwit.model.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit verify}: whether a recording is what happens when it is run again. */
@Command(name = "verify")
final class VerifyCommand implements Cli.Action {
  private static final int DIFFERS = 1;
  private static final int LONGEST_LINE = 400;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE.godwit", descriptionKey = "verify.file")
  private String file;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    Path path = HostFiles.path(file);
    OpenedSession opened = RecordedFiles.open(path);
    opened.damage().forEach(terminal::complain);
    RecordedSession recorded = opened.session();
    Verification verification = Verification.of(file, recorded, HostEngine.auto());
    Wording words = terminal.wording();
    if (verification.first().isEmpty()) {
      terminal.line(
          words.of(
              "verify.identical",
              file,
              recorded.events().size(),
              recorded.hashes().size(),
              recorded.facts().endNanos() / 1e9));
      return 0; // Whatever else is wrong with the file, and was named: the session is whole.
    }
    Divergence first = verification.first().orElseThrow();
    terminal.line(words.of("verify.differs", file, first.atNanos() / 1e9));
    terminal.line(words.of("verify.component." + first.component()));
    if (first.node() > 0) {
      terminal.line(words.of("verify.node", first.node()));
    }
    terminal.line(words.of("verify.file", shown(first.recorded())));
    terminal.line(words.of("verify.again", shown(first.again())));
    if (verification.hashesAgree()) {
      terminal.line(words.of("verify.edited"));
    }
    return DIFFERS;
  }

  private String shown(String line) {
    if (line.isEmpty()) {
      return terminal.wording().of("verify.nothing");
    }
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
  }
}
