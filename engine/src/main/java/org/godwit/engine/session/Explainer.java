package org.godwit.engine.session;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.cluster.Cluster;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.node.Node;
import org.godwit.engine.session.Explanation.Because;
import org.godwit.engine.session.Explanation.Kind;
import org.godwit.engine.session.Explanation.Remedy;
import org.godwit.model.LockOrigin;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision.Candidate;
import org.godwit.model.event.Decision.Target;
import org.godwit.model.event.MoveCause;

/**
 * Finds out what holds a process, in a cluster that stands still. It asks the deputy, the node and
 * the policy, the very ones that would decide, and changes nothing.
 */
final class Explainer {
  private static final int FASTEST = 1_000_000;

  private final Cluster cluster;
  private final long now;

  Explainer(Cluster cluster) {
    this.cluster = cluster;
    this.now = cluster.now();
  }

  /** Everything that holds {@code process} from moving to {@code to}, or anywhere if that is 0. */
  Explanation explain(Process process, int to) {
    if (!process.alive()) {
      return answer(process, to, Kind.ENDED, List.of(), List.of());
    }
    Node here = process.where() == 0 ? null : cluster.node(process.where());
    Node home = cluster.node(process.id().home());
    Body body = here == null ? null : here.kernel().body(process.id());
    if (body == null || home.mover().destination(process) != 0) {
      return answer(process, to, Kind.MOVING, List.of(), List.of());
    }
    List<Because> because = new ArrayList<>();
    for (StayEvidence each : process.reasons()) {
      because.add(reason(process, each));
    }
    if (to != 0) {
      Because target = target(process, home, to);
      if (target != null) {
        because.add(target);
      }
    }
    boolean blocked = !because.isEmpty();
    addHolds(process, here, because);
    boolean held = !because.isEmpty();
    Beliefs beliefs = here.balancer().beliefs();
    Candidate candidate = cluster.policy().consider(beliefs, process.id());
    List<Target> targets =
        candidate.targets().stream().filter(each -> to == 0 || each.node() == to).toList();
    if (!held) {
      addDoubts(process, here, to, beliefs, candidate, targets, because);
    }
    Kind kind = blocked ? Kind.BLOCKED : held ? Kind.HELD : Kind.NOT_WORTH;
    return answer(process, to, kind, because, targets);
  }

  private Explanation answer(
      Process process, int to, Kind kind, List<Because> because, List<Target> targets) {
    Node here = process.where() == 0 ? null : cluster.node(process.where());
    return new Explanation(
        now,
        process.id(),
        process.program(),
        process.where(),
        to,
        kind,
        because,
        targets,
        here == null ? null : here.balancer().verdict(),
        null);
  }

  // ---------------------------------------------------------------- what forbids any move

  private static Because reason(Process process, StayEvidence evidence) {
    String word = evidence.reason().word();
    return new Because(
        Problem.of("explain.reason", word),
        evidence,
        null,
        List.of(advice("remedy.reason." + word)));
  }

  /** Why the target that was asked about would not take it, or null. */
  private Because target(Process process, Node home, int to) {
    Problem refusal = home.mover().refusal(process, to, MoveCause.USER);
    if (refusal != null && !refusal.key().equals("move.refused.reason")) {
      return because(refusal);
    }
    Node there = cluster.node(to);
    Problem closed = there == null || to == process.id().home() ? null : there.closed();
    if (closed == null) {
      return null;
    }
    return there.balancer().switches().contains(NodeSwitch.BLOCK)
        ? because(
            closed,
            new Remedy(
                Problem.of("remedy.unblock", to),
                List.of(new Command.SetSwitch(to, NodeSwitch.BLOCK, false))))
        : because(closed, new Remedy(Problem.of("remedy.raise-limit", to), List.of()));
  }

  // ---------------------------------------------------------------- what forbids it by itself

  private void addHolds(Process process, Node here, List<Because> because) {
    ProcessRef ref = new ProcessRef.ById(process.id());
    int at = here.spec().id();
    if (process.locked()) {
      because.add(lock(process, ref));
    }
    if (here.balancer().switches().contains(NodeSwitch.STAY)) {
      because.add(switched(at, NodeSwitch.STAY, "explain.stay", "remedy.stay-off"));
    }
    if (here.balancer().switches().contains(NodeSwitch.LSTAY) && process.id().home() == at) {
      because.add(switched(at, NodeSwitch.LSTAY, "explain.lstay", "remedy.lstay-off"));
    }
    String policy = cluster.policy().name();
    if (policy.equals("none") || policy.equals("round-robin")) {
      because.add(
          because(
              Problem.of("explain.policy", policy),
              new Remedy(
                  Problem.of("remedy.policy", "openmosix"),
                  List.of(new Command.SetPolicy("openmosix")))));
    }
  }

  private Because lock(Process process, ProcessRef ref) {
    LockOrigin origin = process.lockOrigin();
    List<Remedy> remedies = new ArrayList<>();
    remedies.add(new Remedy(Problem.of("remedy.unlock"), List.of(new Command.SetLock(ref, false))));
    List<ProcessId> same = lockedBy(origin);
    if (same.size() > 1) {
      remedies.add(
          new Remedy(
              Problem.of("remedy.unlock-session", same.size()),
              same.stream()
                  .map(each -> (Command) new Command.SetLock(new ProcessRef.ById(each), false))
                  .toList()));
    }
    remedies.add(onceMoreUnlocked(process));
    return new Because(Problem.of("explain.locked"), null, origin, remedies);
  }

  /** On a node without a boot there is no mosrun, and nothing that would lock what is launched. */
  private Remedy onceMoreUnlocked(Process process) {
    int home = process.id().home();
    boolean booted = cluster.node(home).kernel().launches().booted();
    List<String> arguments = new ArrayList<>();
    if (booted) {
      arguments.addAll(List.of("-l", process.program()));
    }
    arguments.addAll(process.arguments());
    return new Remedy(
        Problem.of("remedy.mosrun-l", process.program()),
        List.of(
            new Command.Launch(
                "unlocked-" + now,
                home,
                booted ? "/bin/mosrun" : process.program(),
                arguments,
                1,
                false)));
  }

  /** The living processes whose lock comes from the same place, the holder among them. */
  private List<ProcessId> lockedBy(LockOrigin origin) {
    List<ProcessId> same = new ArrayList<>();
    if (origin != null) {
      Node home = cluster.node(origin.holder().home());
      for (Process each : home.kernel().processes()) {
        if (each.alive() && each.locked() && origin.equals(each.lockOrigin())) {
          same.add(each.id());
        }
      }
    }
    return same;
  }

  // ---------------------------------------------------------------- why it is not worth it

  private void addDoubts(
      Process process,
      Node here,
      int to,
      Beliefs beliefs,
      Candidate candidate,
      List<Target> targets,
      List<Because> because) {
    if (candidate.excluded() != null) {
      because.add(because(candidate.excluded()));
    }
    if (to != 0 && beliefs.peers().stream().noneMatch(each -> each.node() == to)) {
      because.add(because(Problem.of("explain.unheard", to), unquiet(to)));
    } else if (beliefs.peers().isEmpty()) {
      because.add(because(Problem.of("explain.nobody-heard"), unquiet(0)));
    }
    for (Target each : targets) {
      if (to != 0 && !each.verdict().key().equals("target.best")) {
        because.add(because(each.verdict(), remedy(process.id(), each, beliefs)));
      }
    }
    double need = beliefs.mean() - beliefs.cpus();
    boolean asksNeed = !cluster.policy().name().startsWith("opportunity-cost");
    if (asksNeed && need <= 0.05) {
      because.add(
          because(
              Problem.of("explain.enough-cpus", beliefs.mean(), beliefs.cpus()),
              new Remedy(
                  Problem.of("remedy.launch-one-more", process.program()),
                  List.of(
                      new Command.Launch(
                          "one-more-" + now,
                          here.spec().id(),
                          process.program(),
                          process.arguments(),
                          1,
                          false)))));
    } else if (to == 0 && !targets.isEmpty() && targets.stream().noneMatch(Explainer::isBest)) {
      Target nearest = targets.getFirst();
      for (Target each : targets) {
        nearest = each.rateThere() > nearest.rateThere() ? each : nearest;
      }
      because.add(because(Problem.of("balance.no-better"), remedy(process.id(), nearest, beliefs)));
    }
  }

  private static boolean isBest(Target target) {
    return target.verdict().key().equals("target.best");
  }

  /** For a place that is too slow: the least speed at which the policy would take it. */
  private Remedy[] remedy(ProcessId process, Target target, Beliefs beliefs) {
    String verdict = target.verdict().key();
    if (!verdict.equals("target.not-faster") && !verdict.equals("target.cost")
        || !tempts(process, target.node(), FASTEST, beliefs)) {
      return new Remedy[0];
    }
    int tooLow = 0;
    int enough = FASTEST;
    while (enough - tooLow > 1) {
      int middle = (tooLow + enough) / 2;
      if (tempts(process, target.node(), middle, beliefs)) {
        enough = middle;
      } else {
        tooLow = middle;
      }
    }
    return new Remedy[] {
      new Remedy(
          Problem.of("remedy.speed", target.node(), enough),
          List.of(new Command.SetSpeed(target.node(), enough)))
    };
  }

  /** Whether the policy would find a node best for a process if it had that speed. */
  private boolean tempts(ProcessId process, int node, int speed, Beliefs beliefs) {
    List<Beliefs.Peer> peers = new ArrayList<>();
    for (Beliefs.Peer each : beliefs.peers()) {
      peers.add(each.node() == node ? each.withSpeed(speed) : each);
    }
    return cluster.policy().consider(beliefs.with(peers), process).targets().stream()
        .anyMatch(each -> each.node() == node && isBest(each));
  }

  /** For a node that is not heard of: quiet switched off, where it is on. */
  private Remedy[] unquiet(int node) {
    List<Remedy> remedies = new ArrayList<>();
    for (int each : cluster.nodesUp()) {
      if ((node == 0 || node == each)
          && cluster.node(each).balancer().switches().contains(NodeSwitch.QUIET)) {
        remedies.add(
            new Remedy(
                Problem.of("remedy.quiet-off", each),
                List.of(new Command.SetSwitch(each, NodeSwitch.QUIET, false))));
      }
    }
    return remedies.toArray(new Remedy[0]);
  }

  private static Because switched(int node, NodeSwitch which, String what, String remedy) {
    return because(
        Problem.of(what, node),
        new Remedy(Problem.of(remedy, node), List.of(new Command.SetSwitch(node, which, false))));
  }

  private static Because because(Problem what, Remedy... remedies) {
    return new Because(what, null, null, List.of(remedies));
  }

  private static Remedy advice(String key) {
    return new Remedy(Problem.of(key), List.of());
  }
}
