package org.godwit.engine.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.Lesson;
import org.godwit.model.scenario.Lesson.Check;
import org.godwit.model.scenario.Scenario;

/**
 * Holds what a session has logged against the checks of a lesson.
 *
 * @param scenario the session's scenario
 * @param events its events
 * @param samples its load samples
 * @param commands its commands
 * @param untilNanos how far it has come
 */
public record Grading(
    Scenario scenario,
    List<Event> events,
    List<Sample> samples,
    List<CommandRecord> commands,
    long untilNanos) {
  public Grading {
    events = List.copyOf(events);
    samples = List.copyOf(samples);
    commands = List.copyOf(commands);
  }

  /** A session as it stands. */
  public static Grading of(Session session) {
    return new Grading(
        session.scenario(),
        session.events(0),
        session.samples(0),
        session.commands(),
        session.now());
  }

  /** What became of a check. */
  public enum Outcome {
    /** It holds. */
    PASSED,
    /** It does not. */
    FAILED,
    /** The session has not come so far. */
    NOT_YET
  }

  /** The checks of a lesson, in their order. */
  public List<Outcome> outcomes(Lesson lesson) {
    return lesson.checks().stream().map(this::outcome).toList();
  }

  /** One check. */
  public Outcome outcome(Check check) {
    if (check.atNanos() > untilNanos) {
      return Outcome.NOT_YET;
    }
    Double value = value(check);
    boolean holds =
        value != null
            && (check.least() == null || value >= check.least())
            && (check.most() == null || value <= check.most());
    return holds ? Outcome.PASSED : Outcome.FAILED;
  }

  /** What a check looks at; null if there is no such process or sample. */
  private Double value(Check check) {
    ProcessId process = check.process() == null ? null : find(check.process());
    if (check.process() != null && process == null) {
      return null;
    }
    return switch (check.what()) {
      case MOVES -> count(check, process, Happening.Migrated.class);
      case REFUSED -> count(check, process, Happening.MigrationRefused.class);
      case WHERE -> process == null ? null : where(check, process);
      case REASON -> reasons(check, process);
      case LOCK -> process == null ? null : lock(check, process);
      case FORWARDED ->
          (double)
              samples.stream()
                  .filter(each -> each.atNanos() <= check.atNanos())
                  .mapToLong(Sample::forwardedCalls)
                  .sum();
      case STATUS -> process == null ? null : status(check, process);
      case ALIVE -> process == null ? null : alive(check, process) ? 1.0 : 0.0;
      case FINDING -> findings(check);
      case IMBALANCE -> imbalance(check);
    };
  }

  private List<Event> until(Check check) {
    return events.stream().filter(each -> each.atNanos() <= check.atNanos()).toList();
  }

  private double count(Check check, ProcessId process, Class<? extends Happening> kind) {
    return until(check).stream()
        .map(Event::what)
        .filter(each -> kind.isInstance(each))
        .filter(each -> process == null || process.equals(each.process()))
        .count();
  }

  private double where(Check check, ProcessId process) {
    int where = process.home();
    for (Event each : until(check)) {
      if (each.what() instanceof Happening.Migrated(var move) && move.process().equals(process)) {
        where = move.to();
      }
    }
    return where;
  }

  private double reasons(Check check, ProcessId process) {
    TreeSet<String> held = new TreeSet<>();
    for (Event each : until(check)) {
      if (process != null && !process.equals(each.what().process())) {
        continue;
      }
      switch (each.what()) {
        case Happening.ReasonRaised raised ->
            held.add(raised.process() + " " + raised.evidence().reason().word());
        case Happening.ReasonCleared cleared ->
            held.remove(cleared.process() + " " + cleared.reason().word());
        default -> {
          // Not about reasons.
        }
      }
    }
    return held.stream().anyMatch(each -> each.endsWith(" " + check.word()))
            || check.word().isEmpty() && !held.isEmpty()
        ? 1
        : 0;
  }

  private Double lock(Check check, ProcessId process) {
    Map<ProcessId, Boolean> locks = new HashMap<>();
    for (Event each : until(check)) {
      switch (each.what()) {
        // One that a launch service has forked has its lock already.
        case Happening.Launched launched ->
            locks.merge(launched.process(), startsLocked(launched.launch()), Boolean::logicalOr);
        case Happening.Forked forked ->
            locks.put(forked.process(), locks.getOrDefault(forked.parent(), false));
        case Happening.LockChanged changed -> locks.put(changed.process(), changed.locked());
        default -> {
          // Not about locks.
        }
      }
    }
    Boolean locked = locks.get(process);
    return locked == null ? null : (Double) (locked ? 1.0 : 0.0);
  }

  private boolean startsLocked(String launch) {
    return commands.stream()
        .anyMatch(
            each ->
                each.command() instanceof Command.Launch command
                    && command.launch().equals(launch)
                    && command.locked());
  }

  private double status(Check check, ProcessId process) {
    for (Event each : until(check)) {
      switch (each.what()) {
        case Happening.Exited exited when exited.process().equals(process) -> {
          return exited.status();
        }
        case Happening.Killed killed when killed.process().equals(process) -> {
          return 128 + killed.signal();
        }
        default -> {
          // Somebody else's end, or none.
        }
      }
    }
    return -1;
  }

  private boolean alive(Check check, ProcessId process) {
    for (Event each : until(check)) {
      boolean over =
          switch (each.what()) {
            case Happening.Exited exited -> exited.process().equals(process);
            case Happening.Killed killed -> killed.process().equals(process);
            case Happening.Lost lost -> lost.process().equals(process);
            case Happening.NodeCrashed _ -> each.node() == process.home();
            case Happening.NodeLeft _ -> each.node() == process.home();
            default -> false;
          };
      if (over) {
        return false;
      }
    }
    return true;
  }

  private double findings(Check check) {
    Findings findings = new Findings(scenario);
    findings.append(
        until(check), samples.stream().filter(each -> each.atNanos() <= check.atNanos()).toList());
    return findings.all().stream()
        .filter(
            each ->
                each.kind().name().toLowerCase(Locale.ROOT).replace('_', '-').equals(check.word()))
        .count();
  }

  private Double imbalance(Check check) {
    TreeMap<Integer, Double> last = new TreeMap<>();
    for (Sample each : samples) {
      if (each.atNanos() <= check.atNanos()) {
        last.put(each.node(), each.load());
      }
    }
    double sum = last.values().stream().mapToDouble(each -> each).sum();
    double most = last.values().stream().mapToDouble(each -> each).max().orElse(0);
    return last.isEmpty() ? null : (Double) (sum == 0 ? 1 : most * last.size() / sum);
  }

  private ProcessId find(ProcessRef reference) {
    return switch (reference) {
      case ProcessRef.ById by -> by.id();
      case ProcessRef.ByLaunch by -> {
        List<ProcessId> started = new ArrayList<>();
        for (Event each : events) {
          if (each.what() instanceof Happening.Launched launched
              && launched.launch().equals(by.launch())) {
            started.add(launched.process());
          }
        }
        yield by.index() < started.size() ? started.get(by.index()) : null;
      }
    };
  }
}
