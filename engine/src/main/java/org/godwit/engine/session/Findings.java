package org.godwit.engine.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.session.Explanation.Remedy;
import org.godwit.engine.session.Finding.Kind;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;

/**
 * Looks for trouble in what a session logs: its events and load samples, live or recorded. Each
 * finding is reported once for what it concerns. It looks at nothing else, so the same log gives
 * the same findings, however it is cut. Not thread safe.
 */
public final class Findings {
  /** So many moves of a process within {@link #PING_PONG_NANOS} are ping-pong. */
  static final int PING_PONG_MOVES = 4;

  static final long PING_PONG_NANOS = 20_000_000_000L;

  /** A process starves that wants a CPU and gets less than this share of it ... */
  static final double STARVING_SHARE = 0.05;

  /** ... for so many ticks in a row. */
  static final int STARVING_TICKS = 10;

  /** Ticks in a row for which everybody must be locked. */
  static final int LOCKED_TICKS = 3;

  /** Ticks in a row for which a node must be just full. */
  static final int FULL_TICKS = 10;

  /** Short jobs that must have come and gone while nobody else could leave. */
  static final int SHORT_JOBS = 5;

  /** By how much a target must be busier than believed ... */
  static final double STALE_LOAD = 1;

  /** ... and how old the belief must be. */
  static final long STALE_NANOS = 2_000_000_000L;

  /** Share of a home's CPUs that forwarded calls take ... */
  static final double FORWARDING_SHARE = 0.25;

  /** ... in so many samples in a row. */
  static final int FORWARDING_SAMPLES = 12;

  /** Least time for which nobody must have heard of a node. */
  static final long UNKNOWN_NANOS = 20_000_000_000L;

  /**
   * The same for each further node. A node tells one of n − 1 others a second, so that one of them
   * hears nothing for T seconds by chance with probability exp(−T/(n−1)): once in a million runs.
   */
  static final long UNKNOWN_NANOS_A_NODE = 14_000_000_000L;

  private static final double SURPLUS = 0.05;
  private static final double SECOND = 1e9;

  /** What was seen of a node's balancer. */
  private static final class Watch {
    private int cpus;
    private int lockedTicks;
    private int fullTicks;
    private int forwardingSamples;
    private boolean sentSomebody;
    private double load;
    private long upNanos;
    private long heardNanos = -1;
    private final TreeSet<ProcessId> young = new TreeSet<>();
    private final TreeSet<ProcessId> gone = new TreeSet<>();
  }

  /** What was seen of a process's CPU use. */
  private record Appetite(int node, long atNanos, long cpuNanos, int hungryTicks) {}

  private final Scenario scenario;
  private final TreeMap<Integer, Watch> nodes = new TreeMap<>();
  private final Map<ProcessId, ArrayDeque<Long>> moves = new HashMap<>();
  private final Map<ProcessId, Appetite> appetites = new HashMap<>();
  private final Map<ProcessId, ProcessId> parents = new HashMap<>();
  private final Map<ProcessId, String> programs = new HashMap<>();
  private final TreeSet<String> told = new TreeSet<>();
  private final List<Finding> found = new ArrayList<>();

  /** Findings of a session of that scenario. */
  public Findings(Scenario scenario) {
    this.scenario = scenario;
    for (NodeSpec each : scenario.nodes()) {
      watch(each.id()).cpus = each.cpus();
    }
  }

  /** All that was found so far, in order. */
  public List<Finding> all() {
    return List.copyOf(found);
  }

  /** Takes over what is new in the log, in order; gives what was found in it. */
  public List<Finding> append(List<Event> events, List<Sample> samples) {
    int before = found.size();
    int next = 0;
    for (Event event : events) {
      while (next < samples.size() && samples.get(next).atNanos() <= event.atNanos()) {
        sample(samples.get(next++));
      }
      event(event);
    }
    while (next < samples.size()) {
      sample(samples.get(next++));
    }
    return List.copyOf(found.subList(before, found.size()));
  }

  private Watch watch(int node) {
    return nodes.computeIfAbsent(node, id -> new Watch());
  }

  // ---------------------------------------------------------------- events

  private void event(Event event) {
    switch (event.what()) {
      case Happening.Launched launched -> programs.put(launched.process(), launched.program());
      case Happening.Forked forked -> {
        parents.put(forked.process(), forked.parent());
        programs.put(forked.process(), programs.getOrDefault(forked.parent(), ""));
      }
      case Happening.Executed executed -> programs.put(executed.process(), executed.program());
      case Happening.Exited exited -> ended(exited.process());
      case Happening.Killed killed -> ended(killed.process());
      case Happening.Migrated migrated -> moved(event.atNanos(), migrated.migration());
      case Happening.NodeUp _ -> watch(event.node()).upNanos = event.atNanos();
      case Happening.NodeLeft _ -> nodes.remove(event.node());
      case Happening.NodeCrashed _ -> nodes.remove(event.node());
      case Happening.Decided(var decision) -> {
        if (failed(decision)) {
          policyFailed(event, decision);
        }
        if (decision.inputs() != null) {
          decided(event, decision, decision.inputs().beliefs());
        }
      }
      default -> {
        // Nothing to learn from it.
      }
    }
  }

  private void ended(ProcessId process) {
    appetites.remove(process);
    for (Watch watch : nodes.values()) {
      if (watch.young.remove(process)) {
        watch.gone.add(process);
      }
    }
  }

  private void moved(long now, Migration migration) {
    ProcessId process = migration.process();
    watch(migration.from()).sentSomebody = true;
    ArrayDeque<Long> recent = moves.computeIfAbsent(process, id -> new ArrayDeque<>());
    recent.addLast(now);
    while (now - recent.getFirst() > PING_PONG_NANOS) {
      recent.removeFirst();
    }
    if (recent.size() >= PING_PONG_MOVES) {
      tell(
          Kind.PING_PONG,
          now,
          process,
          migration.to(),
          Problem.of(
              "finding.ping-pong",
              process.toString(),
              recent.size(),
              (now - recent.getFirst()) / SECOND),
          new Remedy(
              Problem.of("remedy.lock", process.toString()),
              List.of(new Command.SetLock(new ProcessRef.ById(process), true))));
    }
  }

  // ---------------------------------------------------------------- decisions

  private void decided(Event event, Decision decision, Beliefs beliefs) {
    Watch watch = watch(event.node());
    watch.cpus = beliefs.cpus();
    for (Beliefs.Peer peer : beliefs.peers()) {
      watch(peer.node()).heardNanos = event.atNanos();
    }
    hunger(event, beliefs);
    boolean surplus = beliefs.mean() > beliefs.cpus() + SURPLUS;
    lockedSession(event, beliefs, surplus);
    everybodyLocked(event, decision, watch);
    oneTooFew(event, decision, beliefs, watch);
    tooShort(event, decision, watch);
    if (surplus) {
      unknown(event);
    }
    if (decision.chosen() != null) {
      stale(event, decision);
    }
  }

  /** Whether a policy of the user's own gave no answer, and nobody was moved for that reason. */
  public static boolean failed(Decision decision) {
    return decision.verdict().key().startsWith("own-policy.");
  }

  /** Once for each way of failing, however many nodes ask. */
  private void policyFailed(Event event, Decision decision) {
    if (told.add(decision.policy() + " " + decision.verdict().key())) {
      Remedy remedy =
          new Remedy(
              Problem.of("remedy.policy", "openmosix"),
              List.of(new Command.SetPolicy("openmosix")));
      found.add(
          new Finding(
              Kind.POLICY_FAILED,
              event.atNanos(),
              null,
              event.node(),
              decision.verdict(),
              List.of(remedy)));
    }
  }

  private void hunger(Event event, Beliefs beliefs) {
    for (Beliefs.Resident each : beliefs.processes()) {
      Appetite before = appetites.get(each.id());
      int ticks = 0;
      if (before != null && before.node == event.node()) {
        double span = event.atNanos() - before.atNanos;
        boolean hungry =
            each.wanted() > 0.95 && each.cpuNanos() - before.cpuNanos < STARVING_SHARE * span;
        ticks = hungry ? before.hungryTicks + 1 : 0;
      }
      appetites.put(each.id(), new Appetite(event.node(), event.atNanos(), each.cpuNanos(), ticks));
      if (ticks >= STARVING_TICKS) {
        tell(
            Kind.STARVATION,
            event.atNanos(),
            each.id(),
            event.node(),
            Problem.of("finding.starvation", each.id().toString(), event.node(), ticks),
            new Remedy(
                Problem.of("remedy.balance", each.id().toString()),
                List.of(
                    new Command.Migrate(new ProcessRef.ById(each.id()), Command.Migrate.BALANCE))));
      }
    }
  }

  private void lockedSession(Event event, Beliefs beliefs, boolean surplus) {
    if (!surplus) {
      return;
    }
    TreeMap<ProcessId, List<ProcessId>> families = new TreeMap<>();
    TreeSet<ProcessId> locked = new TreeSet<>();
    for (Beliefs.Resident each : beliefs.processes()) {
      if (each.locked()) {
        locked.add(each.id());
      }
    }
    for (ProcessId each : locked) {
      ProcessId root = each;
      while (parents.containsKey(root) && locked.contains(parents.get(root))) {
        root = parents.get(root);
      }
      families.computeIfAbsent(root, id -> new ArrayList<>()).add(each);
    }
    families.forEach(
        (root, members) -> {
          if (members.size() > 1) {
            tell(
                Kind.LOCKED_SESSION,
                event.atNanos(),
                root,
                event.node(),
                Problem.of(
                    "finding.locked-session",
                    members.size() - 1,
                    root.toString(),
                    programs.getOrDefault(root, "")),
                unlock("remedy.unlock-session", members));
          }
        });
  }

  private static Remedy unlock(String key, List<ProcessId> processes) {
    return new Remedy(
        Problem.of(key, processes.size()),
        processes.stream()
            .map(each -> (Command) new Command.SetLock(new ProcessRef.ById(each), false))
            .toList());
  }

  private void everybodyLocked(Event event, Decision decision, Watch watch) {
    List<Decision.Candidate> candidates = decision.candidates();
    boolean all =
        !candidates.isEmpty()
            && candidates.stream()
                .allMatch(
                    each ->
                        each.excluded() != null
                            && each.excluded().key().equals("candidate.locked"));
    watch.lockedTicks = all ? watch.lockedTicks + 1 : 0;
    if (watch.lockedTicks >= LOCKED_TICKS) {
      tell(
          Kind.EVERYBODY_LOCKED,
          event.atNanos(),
          null,
          event.node(),
          Problem.of("finding.everybody-locked", event.node(), candidates.size()),
          unlock(
              "remedy.unlock-session",
              candidates.stream().map(Decision.Candidate::process).toList()));
    }
  }

  private void oneTooFew(Event event, Decision decision, Beliefs beliefs, Watch watch) {
    long busy = beliefs.processes().stream().filter(each -> each.wanted() > 0.95).count();
    boolean idlePeer = beliefs.peers().stream().anyMatch(each -> each.load() < each.cpus() / 2.0);
    boolean full =
        decision.verdict().key().equals("balance.idle")
            && busy == beliefs.cpus()
            && idlePeer
            && !watch.sentSomebody;
    watch.fullTicks = full ? watch.fullTicks + 1 : 0;
    if (watch.fullTicks >= FULL_TICKS) {
      ProcessId one = beliefs.processes().getFirst().id();
      tell(
          Kind.ONE_JOB_TOO_FEW,
          event.atNanos(),
          null,
          event.node(),
          Problem.of("finding.one-too-few", event.node(), beliefs.cpus()),
          new Remedy(
              Problem.of("remedy.launch-one-more", programs.getOrDefault(one, "")), List.of()));
    }
  }

  private void tooShort(Event event, Decision decision, Watch watch) {
    boolean onlyYoung = !decision.candidates().isEmpty();
    for (Decision.Candidate each : decision.candidates()) {
      boolean young = each.excluded() != null && each.excluded().key().equals("candidate.young");
      onlyYoung &= young || each.excluded() != null;
      if (young) {
        watch.young.add(each.process());
      } else {
        watch.young.remove(each.process());
      }
    }
    if (!onlyYoung) {
      watch.gone.clear();
    } else if (watch.gone.size() >= SHORT_JOBS) {
      tell(
          Kind.JOBS_TOO_SHORT,
          event.atNanos(),
          null,
          event.node(),
          Problem.of("finding.too-short", event.node(), watch.gone.size()),
          new Remedy(Problem.of("remedy.longer-jobs"), List.of()));
    }
  }

  private void unknown(Event event) {
    long patience = Math.max(UNKNOWN_NANOS, (nodes.size() - 1) * UNKNOWN_NANOS_A_NODE);
    nodes.forEach(
        (id, watch) -> {
          long since = Math.max(watch.heardNanos, watch.upNanos);
          if (id != event.node() && event.atNanos() - since > patience) {
            tell(
                Kind.UNKNOWN_NODE,
                event.atNanos(),
                null,
                id,
                Problem.of("finding.unknown-node", id, (event.atNanos() - since) / SECOND),
                new Remedy(
                    Problem.of("remedy.quiet-off", id),
                    List.of(new Command.SetSwitch(id, NodeSwitch.QUIET, false))));
          }
        });
  }

  private void stale(Event event, Decision decision) {
    for (Decision.Candidate candidate : decision.candidates()) {
      if (!candidate.process().equals(decision.chosen())) {
        continue;
      }
      for (Decision.Target target : candidate.targets()) {
        double truth = watch(target.node()).load;
        if (target.node() == decision.to()
            && target.beliefAgeNanos() >= STALE_NANOS
            && truth - target.load() >= STALE_LOAD) {
          tell(
              Kind.STALE_BELIEFS,
              event.atNanos(),
              candidate.process(),
              event.node(),
              Problem.of(
                  "finding.stale",
                  candidate.process().toString(),
                  target.node(),
                  target.load(),
                  target.beliefAgeNanos() / SECOND,
                  truth));
        }
      }
    }
  }

  // ---------------------------------------------------------------- samples

  private void sample(Sample sample) {
    Watch watch = watch(sample.node());
    watch.load = sample.runnable();
    double callNanos = scenario.costs().callNanos() + 2.0 * scenario.costs().messageNanos();
    double span = Session.SAMPLE_NANOS * (double) Math.max(1, watch.cpus);
    double share = sample.forwardedCalls() * callNanos / span;
    watch.forwardingSamples = share >= FORWARDING_SHARE ? watch.forwardingSamples + 1 : 0;
    if (watch.forwardingSamples >= FORWARDING_SAMPLES) {
      tell(
          Kind.HOME_OVERLOADED,
          sample.atNanos(),
          null,
          sample.node(),
          Problem.of(
              "finding.home-overloaded",
              sample.node(),
              sample.forwardedCalls() * (int) (1_000_000_000L / Session.SAMPLE_NANOS),
              share * 100),
          new Remedy(
              Problem.of("remedy.bring", sample.node()),
              List.of(new Command.Bring(sample.node()))));
    }
  }

  private void tell(
      Kind kind, long now, ProcessId process, int node, Problem words, Remedy... remedies) {
    String about = kind + " " + (process == null ? "node " + node : process.toString());
    if (told.add(about)) {
      found.add(new Finding(kind, now, process, node, words, List.of(remedies)));
    }
  }
}
