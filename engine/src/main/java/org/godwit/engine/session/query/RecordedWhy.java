package org.godwit.engine.session.query;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.godwit.engine.session.Explanation;
import org.godwit.engine.session.Explanation.Because;
import org.godwit.engine.session.Explanation.Kind;
import org.godwit.engine.session.Explanation.Remedy;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;

/**
 * What held a process at a moment of a recording, from what is recorded alone: its stay reasons
 * with their evidence, its lock, the switches of its node, and the last decision of that node.
 * Nothing is run for it, so a recording of any version will do; who looks for every term runs it
 * again. That it left later is known, not foretold.
 */
public final class RecordedWhy {
  private final ProcessId process;
  private final int to;
  private final long nanos;
  private final TreeMap<StayReason, StayEvidence> reasons = new TreeMap<>();
  private final TreeMap<Integer, EnumSet<NodeSwitch>> switchesOf = new TreeMap<>();
  private final TreeMap<Integer, Decision> said = new TreeMap<>();
  private final TreeMap<ProcessId, String> programs = new TreeMap<>();
  private String policy;
  private int where;
  private boolean born;
  private boolean ended;
  private boolean crossing;
  private boolean locked;

  private RecordedWhy(RecordedSession session, ProcessId process, int to, long nanos) {
    this.process = process;
    this.to = to;
    this.nanos = nanos;
    this.policy = session.scenario().policy();
  }

  /**
   * Explains one process.
   *
   * @param to the target that is asked about, 0 for any
   * @param nanos the moment; what happened at it has happened
   * @return empty if there was no such process yet
   */
  public static Optional<Explanation> of(
      RecordedSession session, ProcessId process, int to, long nanos) {
    RecordedWhy why = new RecordedWhy(session, process, to, nanos);
    for (Event event : session.events()) {
      if (event.atNanos() > nanos) {
        break;
      }
      why.see(event);
    }
    return why.born ? Optional.of(why.answer(session)) : Optional.empty();
  }

  private void see(Event event) {
    switch (event.what()) {
      case Happening.Launched(var who, var program, _, _) -> born(who, program, who.home());
      case Happening.Booted(var who, _) -> born(who, "init", who.home());
      case Happening.Forked(var who, var parent) ->
          born(who, programs.getOrDefault(parent, ""), event.node());
      case Happening.Executed(var who, var program) -> programs.put(who, program);
      case Happening.SwitchChanged(var which, var on) -> {
        EnumSet<NodeSwitch> of =
            switchesOf.computeIfAbsent(event.node(), _ -> EnumSet.noneOf(NodeSwitch.class));
        if (on) {
          of.add(which);
        } else {
          of.remove(which);
        }
      }
      case Happening.PolicyChanged(var name) -> policy = name;
      case Happening.Decided(var decision) -> decided(event.node(), decision);
      default -> {
        if (process.equals(event.what().process())) {
          seeOwn(event.what());
        }
      }
    }
  }

  private void born(ProcessId who, String program, int node) {
    programs.put(who, program);
    if (who.equals(process)) {
      born = true;
      ended = false;
      where = node;
      reasons.clear();
    }
  }

  private void decided(int node, Decision decision) {
    said.put(node, decision);
    if (decision.inputs() != null) {
      for (Beliefs.Resident each : decision.inputs().beliefs().processes()) {
        if (each.id().equals(process)) {
          // An inherited lock has no event of its own.
          locked = each.locked();
          where = node;
        }
      }
    }
  }

  private void seeOwn(Happening what) {
    switch (what) {
      case Happening.Exited _, Happening.Killed _, Happening.Lost _ -> ended = true;
      case Happening.LockChanged(_, var now) -> locked = now;
      case Happening.ReasonRaised(_, var evidence) -> reasons.put(evidence.reason(), evidence);
      case Happening.ReasonCleared(_, var reason) -> reasons.remove(reason);
      case Happening.MigrationStarted _ -> crossing = true;
      case Happening.MigrationAborted _ -> crossing = false;
      case Happening.Migrated(Migration move) -> {
        crossing = false;
        where = move.to();
      }
      default -> {
        // It does not bear on this.
      }
    }
  }

  // ---------------------------------------------------------------- the answer

  private Explanation answer(RecordedSession session) {
    List<Because> because = new ArrayList<>();
    List<Decision.Target> targets = List.of();
    Kind kind = ended ? Kind.ENDED : crossing ? Kind.MOVING : null;
    Decision last = said.get(where);
    if (kind == null) {
      reasons.forEach(
          (reason, evidence) ->
              because.add(
                  new Because(
                      Problem.of("explain.reason", reason.word()),
                      evidence,
                      null,
                      List.of(advice("remedy.reason." + reason.word())))));
      boolean blocked = !because.isEmpty();
      holds(because);
      boolean held = !because.isEmpty();
      Decision.Candidate candidate = candidate(last);
      if (candidate != null) {
        targets =
            candidate.targets().stream().filter(each -> to == 0 || each.node() == to).toList();
        if (!held && candidate.excluded() != null) {
          because.add(new Because(candidate.excluded(), null, null, List.of()));
        }
      }
      kind = blocked ? Kind.BLOCKED : held ? Kind.HELD : Kind.NOT_WORTH;
    }
    Explanation explanation =
        new Explanation(
            nanos,
            process,
            programs.getOrDefault(process, ""),
            crossing ? 0 : where,
            to,
            kind,
            because,
            targets,
            last == null ? null : last.verdict(),
            null);
    return kind == Kind.ENDED || kind == Kind.MOVING || kind == Kind.BLOCKED
        ? explanation
        : explanation.with(whatCame(session));
  }

  private void holds(List<Because> because) {
    if (locked) {
      because.add(
          new Because(
              Problem.of("explain.locked"),
              null,
              null,
              List.of(
                  advice("remedy.unlock"),
                  new Remedy(
                      Problem.of("remedy.mosrun-l", programs.getOrDefault(process, "")),
                      List.of()))));
    }
    EnumSet<NodeSwitch> here = switchesOf.getOrDefault(where, EnumSet.noneOf(NodeSwitch.class));
    if (here.contains(NodeSwitch.STAY)) {
      because.add(
          new Because(
              Problem.of("explain.stay", where),
              null,
              null,
              List.of(new Remedy(Problem.of("remedy.stay-off", where), List.of()))));
    }
    if (here.contains(NodeSwitch.LSTAY) && process.home() == where) {
      because.add(
          new Because(
              Problem.of("explain.lstay", where),
              null,
              null,
              List.of(new Remedy(Problem.of("remedy.lstay-off", where), List.of()))));
    }
    if (policy.equals("none") || policy.equals("round-robin")) {
      because.add(
          new Because(
              Problem.of("explain.policy", policy),
              null,
              null,
              List.of(new Remedy(Problem.of("remedy.policy", "openmosix"), List.of()))));
    }
  }

  private Decision.Candidate candidate(Decision decision) {
    return decision == null
        ? null
        : decision.candidates().stream()
            .filter(each -> each.process().equals(process))
            .findFirst()
            .orElse(null);
  }

  private Explanation.Forecast whatCame(RecordedSession session) {
    for (Event event : session.events()) {
      if (event.atNanos() > nanos
          && event.what() instanceof Happening.MigrationStarted(var who, _, var target, _)
          && who.equals(process)) {
        return new Explanation.Forecast(event.atNanos(), target, session.facts().endNanos());
      }
    }
    return new Explanation.Forecast(-1, 0, session.facts().endNanos());
  }

  private static Remedy advice(String key) {
    return new Remedy(Problem.of(key), List.of());
  }
}
