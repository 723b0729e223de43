package org.godwit.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.godwit.app.host.HostEngine;
import org.godwit.app.host.HostFiles;
import org.godwit.app.host.PolicyFolder;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.json.Units;
import org.godwit.model.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit run}: a scenario without a window, as fast as it goes. */
@Command(name = "run")
final class RunCommand implements Cli.Action {
  private static final int MAX_WORKERS = 256;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SCENARIO", descriptionKey = "run.scenario")
  private String name;

  @Option(names = "--for", paramLabel = "TIME", descriptionKey = "run.for")
  private String forTime;

  @Option(names = "--seed", paramLabel = "N", descriptionKey = "run.seed")
  private Long seed;

  @Option(names = "--workers", paramLabel = "N", defaultValue = "1", descriptionKey = "run.workers")
  private int workers;

  @Option(names = "--set", paramLabel = "KEY=VALUE", descriptionKey = "run.set")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--out", paramLabel = "FILE.godwit", descriptionKey = "run.out")
  private String out;

  @Option(names = "--json", descriptionKey = "run.json")
  private boolean json;

  @Option(names = "--policies", paramLabel = "DIR", descriptionKey = "run.policies")
  private String policies;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    if (workers < 1 || workers > MAX_WORKERS) {
      throw new ProblemException(Problem.of("cli.out-of-range", "--workers", 1, MAX_WORKERS));
    }
    List<String> all = new ArrayList<>(settings);
    if (seed != null) {
      all.add("seed=" + seed);
    }
    Scenario scenario = OnBoard.scenario(name, all);
    PolicyFolder own = OnBoard.policies(policies, terminal, scenario);
    long until = forTime == null ? scenario.forNanos() : nanos(forTime);
    Path file = out == null ? null : HostFiles.path(out);
    SessionOptions options = new SessionOptions(workers, false, false, 0, HostEngine.auto());
    try (Session session = Session.open(scenario, OnBoard.programs(name), options);
        Recording recording = Recording.begin(session, file)) {
      session.consult(own);
      while (file != null && session.now() + Recording.STEP_NANOS < until) {
        session.advance(session.now() + Recording.STEP_NANOS);
        recording.keep();
      }
      session.advance(until);
      recording.finish();
      ProcessTable table = new ProcessTable(session);
      if (json) {
        Terminal.utf8(terminal.out(), table.json());
      } else {
        table.lines(terminal.wording()).forEach(terminal::line);
      }
    }
    return 0;
  }

  private static long nanos(String text) throws ProblemException {
    OptionalLong nanos = Units.nanos(text);
    if (nanos.isEmpty() || nanos.getAsLong() < Session.GRID_NANOS) {
      throw new ProblemException(Problem.of("cli.bad-time", "--for", text));
    }
    return nanos.getAsLong();
  }
}
