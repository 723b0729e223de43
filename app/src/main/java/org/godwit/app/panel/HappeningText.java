package org.godwit.app.panel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.NodeLimits;
import org.godwit.model.view.LedgerRow;

/**
 * Words one event of the log as one sentence, in the window's language. The engine knows only kinds
 * and figures (decision 34); every name comes from the {@link Roster}. FX thread only.
 */
public final class HappeningText {
  private static final int OUTPUT_CHARACTERS = 120;
  private static final String[] SIGNALS = {
    "",
    "SIGHUP",
    "SIGINT",
    "SIGQUIT",
    "SIGILL",
    "SIGTRAP",
    "SIGABRT",
    "SIGBUS",
    "SIGFPE",
    "SIGKILL",
    "SIGUSR1",
    "SIGSEGV",
    "SIGUSR2",
    "SIGPIPE",
    "SIGALRM",
    "SIGTERM",
    "SIGSTKFLT",
    "SIGCHLD",
    "SIGCONT",
    "SIGSTOP",
    "SIGTSTP",
    "SIGTTIN",
    "SIGTTOU",
    "SIGURG",
    "SIGXCPU",
    "SIGXFSZ",
    "SIGVTALRM",
    "SIGPROF",
    "SIGWINCH",
    "SIGIO",
    "SIGPWR",
    "SIGSYS"
  };

  private final Messages messages;
  private final Function<Problem, String> problems;
  private final Roster roster;
  private final Figures figures;

  /**
   * @param messages the window's texts
   * @param problems words a problem or verdict in the window's language
   * @param roster names
   * @param figures how figures are written
   */
  public HappeningText(
      Messages messages, Function<Problem, String> problems, Roster roster, Figures figures) {
    this.messages = messages;
    this.problems = problems;
    this.roster = roster;
    this.figures = figures;
  }

  /** The event as one sentence. */
  public String sentence(Event event) {
    return switch (event.what()) {
      case Happening.Launched(var p, var program, var arguments, _) ->
          say("event.launched", commandLine(program, arguments), p, node(p.home()));
      case Happening.LaunchFailed(var program, var problem) ->
          say("event.launchFailed", program, words(problem));
      case Happening.Booted(var p, var profile) -> say("event.booted", node(p.home()), profile, p);
      case Happening.Forked(var p, var parent) -> say("event.forked", who(parent), p);
      case Happening.Executed(var p, var program) -> say("event.executed", p, program);
      case Happening.Exited(var p, var status) ->
          say("event.exited", who(p), figures.count(status));
      case Happening.Killed killed -> killed(killed);
      case Happening.Lost(var p, var node) -> say("event.lost", who(p), node(node));
      case Happening.LockChanged(var p, var locked) ->
          say(locked ? "event.locked" : "event.unlocked", who(p));
      case Happening.ReasonRaised(var p, var evidence) -> raised(p, evidence);
      case Happening.ReasonCleared(var p, var reason) ->
          say("event.reasonCleared", who(p), reason.word());
      case Happening.MigrationRequested(var p, var from, var to, var cause) ->
          say("event.requested." + key(cause), who(p), node(from), node(to));
      case Happening.MigrationRefused(var p, _, var to, var cause, var why) ->
          say("event.refused", who(p), node(to), cause(cause), words(why));
      case Happening.MigrationStarted(var p, var from, var to, _) ->
          say("event.started", who(p), node(from), node(to));
      case Happening.Migrated(var migration) -> migrated(migration);
      case Happening.MigrationAborted(var p, var from, var to, var why) ->
          say("event.aborted", who(p), node(from), node(to), words(why));
      case Happening.PagesFetched(var p, var from, var pages, var faults, var bytes, _, _) ->
          say(
              "event.fetched",
              who(p),
              node(from),
              figures.count(pages),
              figures.bytes(bytes),
              figures.count(faults));
      case Happening.Decided(var decision) ->
          say("event.decided", node(event.node()), words(decision.verdict()));
      case Happening.UnknownCall(var p, var number, var name, var pc) ->
          say("event.unknownCall", who(p), name, Integer.toString(number), Figures.address(pc));
      case Happening.OutOfMemory(var p, var bytes) ->
          say("event.outOfMemory", node(event.node()), who(p), figures.bytes(bytes));
      case Happening.LimitReached(var p, var call, var limit, var most) ->
          say(
              "event.limit." + limit.name().toLowerCase(Locale.ROOT).replace('_', '-'),
              who(p),
              call,
              isBytes(limit) ? figures.bytes(most) : figures.count(most),
              node(event.node()));
      case Happening.Output(var p, var owner, var descriptor, var bytes) ->
          owner == null
              ? say("event.output", who(p), Integer.toString(descriptor), excerpt(bytes))
              : say(
                  "event.outputOf",
                  who(p),
                  Integer.toString(descriptor),
                  excerpt(bytes),
                  who(owner));
      case Happening.TerminalOpened(var p, var terminal, var device, _, _) ->
          say("event.terminalOpened", terminal, who(p), device, node(event.node()));
      case Happening.TerminalOutput(var terminal, var bytes) ->
          say("event.terminalOutput", terminal, excerpt(bytes));
      case Happening.TerminalResized(var terminal, var rows, var columns) ->
          say("event.terminalResized", terminal, figures.count(columns), figures.count(rows));
      case Happening.TerminalClosed(var terminal) -> say("event.terminalClosed", terminal);
      case Happening.NodeUp(var name) -> say("event.nodeUp", name);
      case Happening.NodeLeft(var name) -> say("event.nodeLeft", name);
      case Happening.NodeCrashed(var name) -> say("event.nodeCrashed", name);
      case Happening.LinkSet(var a, var b, var megabits, var latency) ->
          say(
              "event.linkSet",
              node(a),
              node(b),
              figures.count(megabits),
              figures.duration(latency));
      case Happening.LinkCut(var a, var b) -> say("event.linkCut", node(a), node(b));
      case Happening.SwitchChanged(var which, var on) ->
          say(
              "event.switch." + which.name().toLowerCase(Locale.ROOT) + (on ? ".on" : ".off"),
              node(event.node()));
      case Happening.SpeedChanged(var speed) ->
          say("event.speed", node(event.node()), figures.count(speed));
      case Happening.PolicyChanged(var policy) -> say("event.policy", policy);
      case Happening.CallsCounted(var process, var rows) ->
          say(
              "event.callsCounted",
              roster.process(process),
              figures.count(counted(rows, LedgerRow.Place.HERE)),
              figures.count(counted(rows, LedgerRow.Place.MFS)),
              figures.count(counted(rows, LedgerRow.Place.HOME)));
      case Happening.PolicyLoaded(var policy, var code) -> say("event.policyLoaded", policy, code);
      case Happening.CommandRefused(var why) -> say("event.commandRefused", words(why));
    };
  }

  /** What a stay reason means, in a sentence. */
  public String meaning(StayReason reason) {
    return say("reason." + reason.word() + ".meaning");
  }

  /** What helps against a stay reason, in a sentence. */
  public String remedy(StayReason reason) {
    return say("reason." + reason.word() + ".remedy");
  }

  /** What raised a stay reason: call, argument, address, time. */
  public String evidence(StayEvidence evidence) {
    if (evidence.length() != null) {
      String from = Figures.address(evidence.argument());
      String to = Figures.address(evidence.argument() + evidence.length());
      return evidence.descriptor() == null
          ? say(
              "reason.evidence.range",
              evidence.call(),
              Figures.address(evidence.pc()),
              figures.instant(evidence.atNanos()),
              from,
              to)
          : say(
              "reason.evidence.mapped",
              evidence.call(),
              Figures.address(evidence.pc()),
              figures.instant(evidence.atNanos()),
              from,
              to,
              Integer.toString(evidence.descriptor()));
    }
    return evidence.call().isEmpty()
        ? say("reason.evidence.born", figures.instant(evidence.atNanos()))
        : say(
            evidence.argument() >= 0 ? "reason.evidence.argument" : "reason.evidence",
            evidence.call(),
            Figures.address(evidence.pc()),
            figures.instant(evidence.atNanos()),
            evidence.argument() > 0xffff
                ? Figures.address(evidence.argument())
                : Long.toString(evidence.argument()));
  }

  /** Who asked for a move, as a short noun. */
  public String cause(MoveCause cause) {
    return say("cause." + key(cause));
  }

  /** A problem or verdict in words. */
  public String words(Problem problem) {
    return problem == null ? "" : problems.apply(problem);
  }

  /** A signal by its name, or its number if it has none. */
  public static String signal(int number) {
    return number > 0 && number < SIGNALS.length ? SIGNALS[number] : Integer.toString(number);
  }

  private String killed(Happening.Killed killed) {
    String who = who(killed.process());
    String signal = signal(killed.signal());
    if (killed.pc() < 0) {
      return say("event.killed", who, signal);
    }
    return killed.address() < 0
        ? say("event.killedAt", who, signal, Figures.address(killed.pc()))
        : say(
            "event.killedTouching",
            who,
            signal,
            Figures.address(killed.pc()),
            Figures.address(killed.address()));
  }

  private String raised(ProcessId process, StayEvidence evidence) {
    return say(
        "event.reasonRaised",
        who(process),
        evidence.reason().word(),
        evidence.call(),
        meaning(evidence.reason()));
  }

  private String migrated(Migration m) {
    return say(
        "event.migrated",
        who(m.process()),
        node(m.from()),
        node(m.to()),
        figures.count(m.pages()),
        figures.bytes(m.bytes()),
        figures.duration(m.resumedNanos() - m.frozenNanos()));
  }

  private static String commandLine(String program, List<String> arguments) {
    return arguments.isEmpty() ? program : program + " " + String.join(" ", arguments);
  }

  /** The first line of console bytes; they come one char a byte and mean UTF-8. */
  private static String excerpt(String bytes) {
    String text =
        new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    int end = text.indexOf('\n');
    boolean cut = end >= 0;
    text = cut ? text.substring(0, end) : text;
    if (text.length() > OUTPUT_CHARACTERS) {
      text = text.substring(0, OUTPUT_CHARACTERS);
      cut = true;
    }
    return text.replaceAll("\\p{Cntrl}", "·") + (cut ? " …" : "");
  }

  private static String key(MoveCause cause) {
    return switch (cause) {
      case BALANCER -> "balancer";
      case USER -> "user";
      case PROC_FILE -> "procFile";
      case CALL -> "call";
      case EVACUATION -> "evacuation";
      case EXERCISE -> "exercise";
      case LIMIT -> "limit";
    };
  }

  private String who(ProcessId process) {
    return process == null ? "" : roster.process(process);
  }

  private String node(int node) {
    return roster.node(node);
  }

  private static long counted(List<LedgerRow> rows, LedgerRow.Place place) {
    return rows.stream().filter(each -> each.place() == place).mapToLong(LedgerRow::count).sum();
  }

  private String say(String key, Object... arguments) {
    return messages.of(key, arguments);
  }

  private static boolean isBytes(NodeLimits.Kind limit) {
    return limit == NodeLimits.Kind.FILE_SIZE || limit == NodeLimits.Kind.MEMORY;
  }
}
