package org.godwit.app.cli;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.godwit.app.experiment.Crew;
import org.godwit.app.experiment.Measure;
import org.godwit.app.experiment.Plan;
import org.godwit.app.experiment.ReportPage;
import org.godwit.app.experiment.RunLog;
import org.godwit.app.experiment.Summary;
import org.godwit.app.experiment.SummaryTables;
import org.godwit.app.host.HostEngine;
import org.godwit.app.host.HostFiles;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.experiment.Arrivals;
import org.godwit.engine.session.experiment.Result;
import org.godwit.engine.session.experiment.Trial;
import org.godwit.engine.session.file.SessionFile;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command.Launch;
import org.godwit.model.json.ExperimentReader;
import org.godwit.model.json.JsonLines;
import org.godwit.model.json.ScenarioWriter;
import org.godwit.model.scenario.Experiment;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.scenario.Step;
import org.godwit.resources.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit experiment}: a grid of runs, in parallel, into tables and a page. */
@Command(name = "experiment")
final class ExperimentCommand implements Cli.Action {
  private static final int MAX_WORKERS = 256;
  private static final long TELL_NANOS = 2_000_000_000L;

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "EXPERIMENT",
      descriptionKey = "experiment.name")
  private String name;

  @Option(names = "--out", paramLabel = "DIR", descriptionKey = "experiment.out")
  private String out;

  @Option(names = "--workers", paramLabel = "N", descriptionKey = "experiment.workers")
  private Integer workers;

  @Option(names = "--fresh", descriptionKey = "experiment.fresh")
  private boolean fresh;

  @Option(names = "--json", descriptionKey = "run.json")
  private boolean json;

  @Option(names = "--policies", paramLabel = "DIR", descriptionKey = "run.policies")
  private String policies;

  /** One of the workers of {@link Crew}. */
  @Option(names = "--as-worker", hidden = true)
  private boolean asWorker;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  private long toldNanos = System.nanoTime();

  ExperimentCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    if (name == null) {
      list();
      return 0;
    }
    Plan plan = Plan.of(read());
    if (asWorker) {
      serve(plan);
      return 0;
    }
    int size = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    if (size < 1 || size > MAX_WORKERS) {
      throw new ProblemException(Problem.of("cli.out-of-range", "--workers", 1, MAX_WORKERS));
    }
    String fingerprint = fingerprint(plan);
    Path folder = HostFiles.path(out == null ? "experiment-" + plan.experiment().name() : out);
    HostFiles.makeFolder(folder);
    RunLog log = RunLog.open(folder, fingerprint, fresh);
    Map<Integer, Result> there = log.results();
    List<Integer> open = new ArrayList<>();
    for (Plan.Run run : plan.runs()) {
      if (!(there.get(run.number()) instanceof Result.Measured)) { // what failed is tried again
        open.add(run.number());
      }
    }
    Crew.work(
        size,
        worker(),
        open,
        result -> {
          log.add(result);
          tell(log.results().size(), plan.runs().size());
        });
    report(folder, plan, log.results());
    return 0;
  }

  private List<String> worker() {
    List<String> line = new ArrayList<>(List.of("experiment", "--as-worker", name));
    if (policies != null) {
      line.addAll(List.of("--policies", policies));
    }
    return line;
  }

  private void list() throws ProblemException {
    TextTable table = new TextTable();
    String language = terminal.wording().locale().getLanguage();
    for (String each : Catalogue.experiments()) {
      table.row(List.of(each, experiment(each).title().in(language)));
    }
    table.lines().forEach(terminal::line);
  }

  // ---------------------------------------------------------------- what is asked

  private Experiment read() throws ProblemException {
    return experiment(name);
  }

  private static Experiment experiment(String name) throws ProblemException {
    Optional<InputStream> onBoard = Catalogue.experiment(name);
    if (onBoard.isPresent()) {
      return read(name, name + ".json", onBoard.get());
    }
    Path file = HostFiles.path(name);
    if (!Files.exists(file)) {
      throw new ProblemException(
          Problem.of("experiment.none", name, String.join(", ", Catalogue.experiments())));
    }
    String last = file.getFileName().toString();
    return read(last.replaceFirst("\\.json$", ""), name, HostFiles.open(file));
  }

  private static Experiment read(String name, String file, InputStream stream)
      throws ProblemException {
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return ExperimentReader.read(name, file, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The scenario's name: on board, or a file beside the experiment's. */
  private String scenarioName(Experiment experiment) {
    if (Catalogue.scenario(experiment.scenario()).isPresent()
        || Catalogue.experiment(name).isPresent()) {
      return experiment.scenario();
    }
    Path beside = Path.of(name).resolveSibling(experiment.scenario());
    return beside.toString();
  }

  private Scenario scenario(Experiment experiment, Plan.Run run) throws ProblemException {
    Scenario scenario = OnBoard.scenario(scenarioName(experiment), run.settings());
    return experiment.jobs() == null ? scenario : Arrivals.into(scenario, experiment.jobs());
  }

  /**
   * Of all that the results depend on; every run's scenario is read for it, so that a wrong setting
   * shows before the first of them.
   */
  private String fingerprint(Plan plan) throws ProblemException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          Integer.toString(SessionFile.BEHAVIOUR_VERSION).getBytes(StandardCharsets.UTF_8));
      ProgramSource programs = OnBoard.programs(scenarioName(plan.experiment()));
      TreeSet<String> seen = new TreeSet<>();
      for (Plan.Run run : plan.runs()) {
        Scenario scenario = scenario(plan.experiment(), run);
        StringWriter text = new StringWriter();
        ScenarioWriter.write(scenario, text);
        String code = OnBoard.policies(policies, terminal, scenario).code(scenario.policy());
        text.write(code);
        digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
        for (Step step : scenario.script()) {
          if (step.command() instanceof Launch launch && seen.add(launch.program())) {
            programs.elf(launch.program()).ifPresent(digest::update);
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---------------------------------------------------------------- a worker

  private void serve(Plan plan) {
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        Result result = run(plan, Integer.parseInt(line));
        Terminal.utf8(terminal.out(), JsonLines.line(Result.class, result) + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result run(Plan plan, int number) {
    try {
      Experiment experiment = plan.experiment();
      Scenario scenario = scenario(experiment, plan.runs().get(number));
      return new Result.Measured(
          number,
          Trial.run(
              scenario,
              OnBoard.programs(scenarioName(experiment)),
              OnBoard.policies(policies, terminal, scenario),
              HostEngine.auto()));
    } catch (ProblemException e) {
      return new Result.Impossible(number, e.problem());
    }
  }

  // ---------------------------------------------------------------- what came out

  private void tell(int done, int all) {
    long now = System.nanoTime();
    if (done == all || now - toldNanos >= TELL_NANOS) {
      toldNanos = now;
      terminal.err().println(terminal.wording().of("experiment.progress", done, all));
      terminal.err().flush();
    }
  }

  private void report(Path folder, Plan plan, Map<Integer, Result> results)
      throws ProblemException {
    Summary summary = Summary.of(plan, results);
    write(folder.resolve("runs.csv"), SummaryTables.runs(plan, results));
    write(folder.resolve("summary.csv"), SummaryTables.summary(summary));
    write(folder.resolve("report.html"), ReportPage.html(summary, terminal.wording()));
    for (Result each : results.values()) {
      if (each instanceof Result.Impossible impossible) {
        terminal.complain(impossible.why());
      }
    }
    if (json) {
      Terminal.utf8(terminal.out(), json(summary));
      return;
    }
    TextTable table = new TextTable();
    List<String> head =
        new ArrayList<>(plan.experiment().axes().stream().map(Experiment.Axis::key).toList());
    head.add(terminal.wording().of("experiment.runs"));
    for (Measure measure : Measure.values()) {
      head.add(terminal.wording().of("experiment.measure." + measure.key()));
    }
    table.row(head);
    for (Summary.Line line : summary.lines()) {
      List<String> row = new ArrayList<>(line.values());
      row.add(Integer.toString(line.runs()));
      for (Measure measure : Measure.values()) {
        row.add(ReportPage.text(line.estimates().get(measure)));
      }
      table.row(row);
    }
    table.lines().forEach(terminal::line);
    terminal.line(
        terminal.wording().of("experiment.written", folder.resolve("report.html").toString()));
  }

  private static void write(Path file, String text) throws ProblemException {
    HostFiles.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String json(Summary summary) {
    StringWriter text = new StringWriter();
    try {
      JsonWriter json = new JsonWriter(text);
      json.setFormattingStyle(FormattingStyle.PRETTY);
      json.beginObject();
      json.name("experiment").value(summary.plan().experiment().name());
      json.name("runs").value(summary.plan().runs().size());
      json.name("missing").value(summary.missing());
      json.name("lines").beginArray();
      for (Summary.Line line : summary.lines()) {
        json.beginObject();
        for (int i = 0; i < line.values().size(); i++) {
          json.name(summary.plan().experiment().axes().get(i).key()).value(line.values().get(i));
        }
        json.name("runs").value(line.runs());
        for (Measure measure : Measure.values()) {
          json.name(measure.key()).beginObject();
          finite(json.name("mean"), line.estimates().get(measure).mean());
          finite(json.name("halfWidth95"), line.estimates().get(measure).halfWidth());
          json.endObject();
        }
        json.endObject();
      }
      json.endArray();
      json.endObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private static void finite(JsonWriter json, double value) throws IOException {
    if (Double.isNaN(value)) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }
}
