package org.godwit.app.panel.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.godwit.app.panel.DecisionLog;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.HappeningText;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.event.Decision;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/** Words processes, nodes and verdicts for the inspector. Holds no state of its own. */
final class CardWording {
  private static final double WRAP = 4_294_967_296.0;

  private final Messages messages;
  private final Figures figures;
  private final HappeningText texts;
  private final Roster roster;

  CardWording(Messages messages, Figures figures, HappeningText texts, Roster roster) {
    this.messages = messages;
    this.figures = figures;
    this.texts = texts;
    this.roster = roster;
  }

  ProcessCard process(ProcessView p, ClusterView view, DecisionLog log) {
    return new ProcessCard(
        p,
        p.arguments().isEmpty() ? p.program() : p.program() + " " + String.join(" ", p.arguments()),
        messages.of(
            p.isAway() ? "inspector.subtitle.away" : "inspector.subtitle.home",
            p.id().toString(),
            roster.node(p.id().home()),
            roster.node(p.where())),
        processFacts(p),
        p.reasons().stream().map(this::reason).toList(),
        verdict(Verdict.of(p, view, log), p),
        p.watch() == null ? "" : figures.count(p.watch()),
        p.watch() == null || p.watch() < 0 ? -1 : Math.min(1, p.watch() / WRAP));
  }

  NodeCard node(NodeView n, ClusterView view) {
    String verdict = texts.words(n.lastVerdict());
    boolean speaks = n.status() == NodeView.Status.UP && n.decidesNanos() > view.nanos();
    return new NodeCard(
        n,
        n.spec().name(),
        messages.of(
            "inspector.node.subtitle",
            n.spec().cpus(),
            figures.count(n.spec().mhz()),
            figures.bytes(n.spec().memoryBytes())),
        nodeFacts(n, view),
        verdict.isEmpty()
            ? messages.of("inspector.node.noDecision")
            : messages.of(
                "inspector.node.decision", figures.shortInstant(n.lastDecisionNanos()), verdict),
        speaks
            ? messages.of("inspector.node.next", figures.duration(n.decidesNanos() - view.nanos()))
            : "");
  }

  private List<Fact> processFacts(ProcessView p) {
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("state", stateWords(p)));
    facts.add(fact("home", roster.node(p.id().home())));
    facts.add(fact("on", roster.node(p.where())));
    facts.add(
        fact("cpu", figures.percent(p.cpuShare()) + " %  ·  " + figures.duration(p.cpuNanos())));
    facts.add(fact("memory", figures.bytes(p.residentPages() * 4096L)));
    facts.add(
        fact(
            "movable",
            messages.of(
                "inspector.pages",
                figures.count(p.movablePages()),
                figures.bytes(p.movablePages() * 4096L))));
    facts.add(fact("migrations", figures.count(p.migrations())));
    facts.add(fact("forwarded", figures.count(p.forwardedCalls())));
    facts.add(fact("instructions", figures.count(p.instructions())));
    facts.add(fact("threads", figures.count(p.threads())));
    facts.add(
        fact(
            "parent", p.parent() == 0 ? "–" : new ProcessId(p.id().home(), p.parent()).toString()));
    facts.add(fact("started", figures.shortInstant(p.startedNanos())));
    facts.add(fact("arrived", figures.shortInstant(p.arrivedNanos())));
    if (p.isAlive()) {
      facts.add(fact("pc", Figures.address(p.pc())));
    } else if (p.exitStatus() >= 0) {
      facts.add(
          fact(
              "exit",
              p.exitStatus() > 128
                  ? HappeningText.signal(p.exitStatus() - 128) + " (" + p.exitStatus() + ")"
                  : Integer.toString(p.exitStatus())));
    }
    return facts;
  }

  private List<Fact> nodeFacts(NodeView n, ClusterView view) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        fact(
            "status",
            messages.of(
                "node.status." + n.status().name().toLowerCase(Locale.ROOT),
                figures.shortInstant(n.sinceNanos()))));
    facts.add(fact("load", figures.load(n.load())));
    facts.add(
        fact(
            "runnable",
            messages.of("inspector.runnable", figures.count(n.runnable()), n.spec().cpus())));
    double busy = n.cpus().stream().mapToDouble(NodeView.CpuView::share).sum();
    facts.add(
        fact("cpuBusy", figures.percent(n.cpus().isEmpty() ? 0 : busy / n.cpus().size()) + " %"));
    facts.add(
        fact(
            "memory",
            messages.of(
                "inspector.ofTotal",
                figures.bytes(n.memoryUsed()),
                figures.bytes(n.spec().memoryBytes()))));
    facts.add(fact("guests", figures.count(n.guests())));
    facts.add(fact("away", figures.count(n.away())));
    facts.add(fact("kernel", view.kernel()));
    facts.add(fact("policy", view.policy()));
    return facts;
  }

  private String stateWords(ProcessView p) {
    String state = messages.of("processes.state." + p.state().name().toLowerCase(Locale.ROOT));
    return p.state() == ProcessView.State.WAITING && !p.waitingFor().isEmpty()
        ? messages.of("processes.state.waitingFor", p.waitingFor())
        : state;
  }

  private ReasonCard reason(StayEvidence evidence) {
    return new ReasonCard(
        evidence.reason().word(),
        texts.meaning(evidence.reason()),
        texts.evidence(evidence),
        texts.remedy(evidence.reason()));
  }

  private VerdictCard verdict(Verdict verdict, ProcessView p) {
    return switch (verdict) {
      case Verdict.Ended() -> card(VerdictCard.Tone.NEUTRAL, "ended");
      case Verdict.Moving(var t) ->
          card(VerdictCard.Tone.FREE, "moving", roster.node(t.from()), roster.node(t.to()));
      case Verdict.Blocked(var reasons) ->
          card(
              VerdictCard.Tone.BLOCKED,
              "blocked",
              String.join(", ", reasons.stream().map(r -> r.reason().word()).toList()));
      case Verdict.Locked() ->
          card(VerdictCard.Tone.STAYS, "locked").with(VerdictCard.Remedy.UNLOCK);
      case Verdict.HeldByNode(var node, var which) ->
          card(
                  VerdictCard.Tone.STAYS,
                  "held",
                  roster.node(node),
                  which.name().toLowerCase(Locale.ROOT))
              .with(
                  which == NodeSwitch.STAY
                      ? VerdictCard.Remedy.STAY_OFF
                      : VerdictCard.Remedy.LSTAY_OFF);
      case Verdict.NowhereToGo() -> card(VerdictCard.Tone.STAYS, "nowhere");
      case Verdict.WillMove(var entry, var to) ->
          card(
              VerdictCard.Tone.FREE,
              "willMove",
              roster.node(entry.node()),
              roster.node(to),
              figures.shortInstant(entry.atNanos()));
      case Verdict.LeftOut(var entry, var candidate) ->
          card(
              VerdictCard.Tone.STAYS,
              "leftOut",
              roster.node(entry.node()),
              figures.shortInstant(entry.atNanos()),
              texts.words(candidate.excluded()));
      case Verdict.NotWorth(var entry, var candidate) -> notWorth(entry, candidate);
      case Verdict.Free(var said) -> free(said, p);
    };
  }

  private VerdictCard notWorth(DecisionLog.Entry entry, Decision.Candidate candidate) {
    return new VerdictCard(
        VerdictCard.Tone.STAYS,
        messages.of("verdict.notWorth.title"),
        messages.of(
            "verdict.notWorth.text",
            roster.node(entry.node()),
            figures.shortInstant(entry.atNanos()),
            texts.words(entry.decision().verdict())),
        VerdictCard.Remedy.NONE,
        candidate.targets().stream().map(this::costLine).toList());
  }

  private VerdictCard free(Optional<DecisionLog.Entry> said, ProcessView p) {
    return said.isEmpty()
        ? card(VerdictCard.Tone.FREE, "free")
        : new VerdictCard(
            VerdictCard.Tone.FREE,
            messages.of("verdict.free.title"),
            messages.of(
                "verdict.freeSaid.text",
                roster.node(p.where()),
                figures.shortInstant(said.get().atNanos()),
                texts.words(said.get().decision().verdict())),
            VerdictCard.Remedy.NONE,
            List.of());
  }

  private VerdictCard.CostLine costLine(Decision.Target t) {
    return new VerdictCard.CostLine(
        roster.node(t.node()),
        messages.of("verdict.belief", figures.load(t.load()), figures.duration(t.beliefAgeNanos())),
        String.format(messages.locale(), "%,.0f → %,.0f", t.rateHere(), t.rateThere()),
        figures.seconds(t.gain()),
        figures.seconds(t.transferCost()),
        figures.seconds(t.callCost()),
        texts.words(t.verdict()));
  }

  private VerdictCard card(VerdictCard.Tone tone, String key, Object... arguments) {
    return new VerdictCard(
        tone,
        messages.of("verdict." + key + ".title", arguments),
        messages.of("verdict." + key + ".text", arguments),
        VerdictCard.Remedy.NONE,
        List.of());
  }

  private Fact fact(String key, String value) {
    return new Fact(messages.of("fact." + key), value);
  }
}
