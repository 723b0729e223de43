package org.godwit.app.cli;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.godwit.app.host.HostEngine;
import org.godwit.app.host.HostFiles;
import org.godwit.app.host.PolicyFolder;
import org.godwit.app.text.ExplanationText;
import org.godwit.app.text.ManualWords;
import org.godwit.engine.session.Explanation;
import org.godwit.engine.session.Explanation.Because;
import org.godwit.engine.session.Explanation.Remedy;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.RecordedWhy;
import org.godwit.model.LockOrigin;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Decision.Target;
import org.godwit.model.json.JsonLines;
import org.godwit.model.json.Units;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ProcessView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit explain}: why a process of a scenario does not migrate, at an instant. */
@Command(name = "explain")
final class ExplainCommand implements Cli.Action {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SCENARIO", descriptionKey = "explain.scenario")
  private String name;

  @Option(names = "--pid", paramLabel = "PID@HOME", required = true, descriptionKey = "explain.pid")
  private String pid;

  @Option(names = "--to", paramLabel = "NODE", descriptionKey = "explain.to")
  private Integer to;

  @Option(names = "--at", paramLabel = "TIME", defaultValue = "10s", descriptionKey = "explain.at")
  private String at;

  @Option(
      names = "--ahead",
      paramLabel = "TIME",
      defaultValue = "10s",
      descriptionKey = "explain.ahead")
  private String ahead;

  @Option(names = "--set", paramLabel = "KEY=VALUE", descriptionKey = "run.set")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--json", descriptionKey = "run.json")
  private boolean json;

  @Option(names = "--policies", paramLabel = "DIR", descriptionKey = "run.policies")
  private String policies;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    long instant = nanos("--at", at);
    long further = nanos("--ahead", ahead);
    if (to != null && to < 1) {
      throw new ProblemException(Problem.of("command.no-node", to));
    }
    if (name.endsWith(".godwit")) {
      recording(RecordedFiles.open(HostFiles.path(name)).session(), instant, further);
      return 0;
    }
    Scenario scenario = OnBoard.scenario(name, settings);
    PolicyFolder own = OnBoard.policies(policies, terminal, scenario);
    ProgramSource programs = OnBoard.programs(name);
    try (Session session =
        Session.open(scenario, programs, SessionOptions.DEFAULT.with(HostEngine.auto()))) {
      session.consult(own);
      session.advance(instant);
      ProcessId process = find(session);
      Explanation answer = session.explain(process, to == null ? 0 : to);
      boolean settled =
          answer.kind() == Explanation.Kind.ENDED || answer.kind() == Explanation.Kind.BLOCKED;
      if (further > 0 && !settled) {
        // Nobody needs this session any more: it is its own hidden copy.
        answer = answer.with(session.foresee(process, session.now() + further));
      }
      if (json) {
        Terminal.utf8(terminal.out(), json(answer));
      } else {
        tell(answer, scenario);
      }
    }
    return 0;
  }

  /** Run again if that gives the same; else what the file says has to do. */
  private void recording(RecordedSession recorded, long asked, long further)
      throws ProblemException {
    long end = recorded.facts().endNanos();
    if (asked > end) {
      throw new ProblemException(
          Problem.of("explain.after-the-end", asked / 1e9, end / 1e9, Units.timeText(end)));
    }
    Explanation answer;
    if (recorded.isReproducible()) {
      try (Session again =
          recorded.recipeUntil(asked).cook(_ -> Optional.empty(), 1, HostEngine.auto())) {
        answer = again.explain(find(again), to == null ? 0 : to);
        boolean settled =
            answer.kind() == Explanation.Kind.ENDED || answer.kind() == Explanation.Kind.BLOCKED;
        if (further > 0 && !settled) {
          answer = answer.with(again.foresee(answer.process(), again.now() + further));
        }
      }
    } else {
      ProcessId process =
          ProcessId.parse(pid)
              .orElseThrow(() -> new ProblemException(Problem.of("command.no-process", pid)));
      answer =
          RecordedWhy.of(recorded, process, to == null ? 0 : to, asked)
              .orElseThrow(() -> new ProblemException(Problem.of("command.no-process", pid)));
    }
    if (json) {
      Terminal.utf8(terminal.out(), json(answer));
    } else {
      tell(answer, recorded.scenario());
      terminal.line(
          terminal
              .wording()
              .of(recorded.isReproducible() ? "explain.run-again" : "explain.from-record"));
    }
  }

  private void tell(Explanation answer, Scenario scenario) {
    ExplanationText text = new ExplanationText(terminal.wording()::problem);
    terminal.line(text.title(answer));
    text.lines(answer).forEach(terminal::line);
    terminal.line(
        terminal
            .wording()
            .of(
                "table.foot",
                scenario.name(),
                answer.atNanos() / 1e9,
                scenario.seed(),
                scenario.clockDivisor()));
  }

  /** A bare number will do if it is unique (decision 9). */
  private ProcessId find(Session session) throws ProblemException {
    Optional<ProcessId> whole = ProcessId.parse(pid);
    if (whole.isPresent()) {
      return whole.get();
    }
    List<ProcessId> same =
        session.view().processes().stream()
            .map(ProcessView::id)
            .filter(each -> Integer.toString(each.pid()).equals(pid))
            .toList();
    if (same.size() != 1) {
      throw new ProblemException(Problem.of("command.no-process", pid));
    }
    return same.getFirst();
  }

  private static long nanos(String option, String text) throws ProblemException {
    OptionalLong nanos = Units.nanos(text);
    if (nanos.isEmpty()) {
      throw new ProblemException(Problem.of("cli.bad-time", option, text));
    }
    return nanos.getAsLong();
  }

  // ---------------------------------------------------------------- JSON

  private static String json(Explanation e) {
    StringWriter text = new StringWriter();
    try {
      JsonWriter json = new JsonWriter(text);
      json.setFormattingStyle(FormattingStyle.PRETTY);
      json.beginObject();
      json.name("atNanos").value(e.atNanos());
      json.name("process").value(e.process().toString());
      json.name("program").value(e.program());
      json.name("where").value(e.where());
      json.name("to").value(e.to());
      json.name("answer").value(e.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      json.name("because").beginArray();
      for (Because each : e.because()) {
        because(json, each);
      }
      json.endArray();
      json.name("targets").beginArray();
      for (Target each : e.targets()) {
        json.jsonValue(JsonLines.line(each));
      }
      json.endArray();
      if (e.nodeSays() != null) {
        json.name("nodeSays").jsonValue(JsonLines.line(e.nodeSays()));
      }
      if (e.forecast() != null) {
        json.name("forecast").jsonValue(JsonLines.line(e.forecast()));
      }
      json.endObject();
      json.flush();
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
    return text + "\n";
  }

  private static void because(JsonWriter json, Because because) throws IOException {
    json.beginObject();
    json.name("what").jsonValue(JsonLines.line(because.what()));
    if (because.evidence() != null) {
      json.name("evidence").jsonValue(JsonLines.line(because.evidence()));
    }
    if (because.lock() != null) {
      LockOrigin lock = because.lock();
      json.name("lock").beginObject();
      json.name("holder").value(lock.holder().toString());
      json.name("program").value(lock.program());
      json.name("means").value(lock.means().name().toLowerCase(Locale.ROOT));
      if (lock.writer() != null) {
        json.name("writer").value(lock.writer().toString());
      }
      json.name("atNanos").value(lock.atNanos());
      json.endObject();
    }
    Optional<ManualWords.Quote> manual = ManualWords.about(because.what());
    if (manual.isPresent()) {
      json.name("manual").beginObject();
      json.name("page").value(manual.get().page());
      json.name("text").value(manual.get().text());
      json.endObject();
    }
    json.name("remedies").beginArray();
    for (Remedy each : because.remedies()) {
      json.jsonValue(JsonLines.line(each));
    }
    json.endArray();
    json.endObject();
  }
}
