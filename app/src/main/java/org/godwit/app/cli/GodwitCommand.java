package org.godwit.app.cli;

import java.nio.file.Path;
import org.godwit.app.host.HostFiles;
import org.godwit.engine.session.file.SessionFile;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit} and {@code godwit FILE.godwit}: the workbench. */
@Command(name = "godwit", versionProvider = GodwitCommand.Version.class)
final class GodwitCommand implements Cli.Action {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE.godwit",
      descriptionKey = "godwit.file")
  private String file;

  @Option(names = "--policies", paramLabel = "DIR", descriptionKey = "run.policies")
  private String policies;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      descriptionKey = "version")
  private boolean version;

  GodwitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The line of {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"godwit " + SessionFile.ENGINE_VERSION};
    }
  }

  @Override
  public Integer call() throws ProblemException {
    if (file != null) {
      Path path = HostFiles.path(file);
      if (!file.endsWith(".godwit") && !path.toFile().exists()) {
        throw new ProblemException(Problem.of("cli.no-such-command", file));
      }
      RecordedFiles.demandSession(path);
    }
    return new WindowStart(terminal).start(file, policies);
  }
}
