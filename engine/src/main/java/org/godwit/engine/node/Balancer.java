package org.godwit.engine.node;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.godwit.engine.balance.LoadLimit;
import org.godwit.engine.balance.OutsidePolicy;
import org.godwit.engine.balance.Policy;
import org.godwit.engine.info.Hearsay;
import org.godwit.engine.info.InfoMessage;
import org.godwit.engine.info.LoadMeter;
import org.godwit.engine.info.PeerWindow;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.kernel.Steering;
import org.godwit.engine.migration.Mover;
import org.godwit.engine.state.Walk;
import org.godwit.engine.time.Purpose;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;
import org.godwit.model.policy.PolicyAnswer;
import org.godwit.model.view.LedgerRow;

/**
 * What a node does at its tick, once a second: folds its load, says that it is alive to the nodes
 * with which it shares processes, tells one random node about itself, and lets the policy decide.
 * Beliefs about others come only from what they said.
 */
public final class Balancer {
  private static final double SECOND = 1e9;
  private static final long PAGE = 4096;

  /** Calls are counted for the record each so many ticks. */
  private static final int TICKS_BETWEEN_COUNTS = 10;

  /** Figures of one body, folded at each tick. */
  private static final class Figures {
    private long cpuNanos;
    private long runnableNanos;
    private long homeCalls;
    private double cpuLoad;
    private double cpuShare;
    private double wanted;
  }

  private final Node node;
  private final Surroundings surroundings;
  private final NodeSettings settings;
  private final LoadMeter load = new LoadMeter();
  private final PeerWindow peers = new PeerWindow();
  private final Hearsay hearsay = new Hearsay();
  private final TreeMap<ProcessId, Figures> figures = new TreeMap<>();
  private final TreeMap<Integer, Long> lastHeard = new TreeMap<>();

  /** Peers that wait to hear which of their messages have come. */
  private final TreeSet<Integer> asked = new TreeSet<>();

  private final EnumSet<NodeSwitch> switches = EnumSet.noneOf(NodeSwitch.class);
  private Policy.Memory memory = Policy.Memory.EMPTY;
  private int speed;
  private long ticks;
  private long lastTick;
  private long workNanos;
  private double guestRunnable;
  private double guestShare;
  private Problem verdict;
  private long verdictNanos = -1;

  Balancer(Node node, Surroundings surroundings, NodeSettings settings) {
    this.node = node;
    this.surroundings = surroundings;
    this.settings = settings;
    this.speed = node.spec().speed();
    this.lastTick = node.now();
  }

  // ---------------------------------------------------------------- switches and figures

  /** The switches that are on, in their order. */
  public Set<NodeSwitch> switches() {
    return switches;
  }

  /** Flips a switch. */
  public void set(NodeSwitch which, boolean on) {
    if (on ? switches.add(which) : switches.remove(which)) {
      node.record(new Happening.SwitchChanged(which, on));
    }
  }

  /** Why no guest may come here now, or null. */
  Problem closed() {
    int id = node.spec().id();
    if (switches.contains(NodeSwitch.BLOCK)) {
      return Problem.of("move.refused.blocked", id);
    }
    return limit().full() ? Problem.of("move.refused.full", id) : null;
  }

  /** The caps of /proc/hpc/admin against what ran here in the last second. */
  private LoadLimit limit() {
    Tunables numbers = node.tunables();
    return new LoadLimit(
        node.spec().cpus(),
        speed,
        numbers.loadLimit,
        numbers.guestsOnly,
        numbers.cpuLimit,
        load.last(),
        guestRunnable,
        guestShare);
  }

  /** While a cap is exceeded, one process is sent away each second. */
  private void shed() {
    LoadLimit limit = limit();
    if (!limit.exceeded()) {
      return;
    }
    LoadLimit.Push push = limit.push(beliefs());
    if (push != null) {
      node.mover().wish(node.kernel().body(push.process()), push.to(), MoveCause.LIMIT);
    }
  }

  /** What others are told of one CPU's speed. */
  public int speed() {
    return speed;
  }

  /** Changes that. */
  public void speed(int value) {
    speed = value;
    node.record(new Happening.SpeedChanged(value));
  }

  /** Load as the tools show it: per CPU and yardstick, 1 = one busy yardstick CPU. */
  public double normalisedLoad() {
    return load.mean() * 10_000 / speed / node.spec().cpus();
  }

  /** The last verdict, or null. */
  public Problem verdict() {
    return verdict;
  }

  /** When it was given, −1 for never. */
  public long verdictNanos() {
    return verdictNanos;
  }

  /** Share of one CPU that a body used in the last second. */
  public double cpuShare(ProcessId process) {
    Figures known = figures.get(process);
    return known == null ? 0 : known.cpuShare;
  }

  void kernelWork(long nanos) {
    workNanos += nanos;
  }

  void forget(Body body) {
    figures.remove(body.id());
  }

  void sentTo(int peer) {
    peers.sentTo(peer);
  }

  /** A node is gone for good. */
  public void forgetNode(int gone) {
    peers.forget(gone);
    hearsay.forget(gone);
    lastHeard.remove(gone);
    asked.remove(gone);
  }

  // ---------------------------------------------------------------- the tick

  void tick() {
    ticks++;
    fold();
    checkPeers();
    keepAlive();
    gossip();
    shed();
    countCalls();
    decide();
    lastTick = node.now();
  }

  /** Says of bodies that have had calls answered elsewhere where theirs were answered so far. */
  private void countCalls() {
    if (ticks % TICKS_BETWEEN_COUNTS != 0) {
      return;
    }
    for (Body body : node.kernel().bodies()) {
      List<LedgerRow> rows = node.kernel().ledger(body);
      if (rows.stream().anyMatch(each -> each.place() != LedgerRow.Place.HERE)) {
        node.record(new Happening.CallsCounted(body.id(), rows));
      }
    }
  }

  private void fold() {
    long now = node.now();
    double span = Math.max(1, now - lastTick);
    double runnable = workNanos / span;
    workNanos = 0;
    guestRunnable = 0;
    guestShare = 0;
    for (Body body : node.kernel().bodies()) {
      Figures known = figures.computeIfAbsent(body.id(), id -> firstFigures(body));
      long cpu = body.cpuNanos(now);
      long wanted = body.runnableNanos(now);
      known.wanted = (wanted - known.runnableNanos) / span;
      runnable += known.wanted;
      known.cpuShare = (cpu - known.cpuNanos) / span;
      if (body.id().home() != node.spec().id()) {
        guestRunnable += (wanted - known.runnableNanos) / span;
        guestShare += known.cpuShare;
      }
      known.cpuLoad = (5 * known.cpuLoad + 3 * known.cpuShare) / 8;
      body.history().add(now - lastTick, body.homeCalls() - known.homeCalls);
      decay(body);
      known.cpuNanos = cpu;
      known.runnableNanos = wanted;
      known.homeCalls = body.homeCalls();
    }
    load.fold(runnable);
  }

  private void decay(Body body) {
    Tunables numbers = node.tunables();
    Steering steering = body.steering();
    long interval = numbers.decaySeconds * 1_000_000_000L;
    switch (steering.decay()) {
      case SLOW -> body.history().decay(interval, numbers.slowKept);
      case FAST -> body.history().decay(interval, numbers.fastKept);
      case NONE -> {}
      case OWN -> body.history().decay(steering.ownSeconds() * 1_000_000_000L, steering.ownKept());
    }
  }

  /** Calls a second that the policy is to count for a process (reference section 5.3). */
  private static double callsThatCount(Body body) {
    double calls = body.history().callsPerSecond();
    return switch (body.steering().job()) {
      case ANY -> calls;
      case CPU -> 0;
      case IO -> 2 * calls;
    };
  }

  /** The past elsewhere of a body that came here does not count as load here. */
  private Figures firstFigures(Body body) {
    Figures first = new Figures();
    if (body.cameFrom() != 0) {
      first.cpuNanos = body.cpuNanos(node.now());
      first.homeCalls = body.homeCalls();
    }
    return first;
  }

  /** A partner that was silent for too long is taken for dead (decision 28). */
  private void checkPeers() {
    Kernel kernel = node.kernel();
    long now = node.now();
    for (Process process : List.copyOf(kernel.processes())) {
      int where = process.where();
      if (process.alive()
          && where != node.spec().id()
          && where != 0
          && silent(where, process.whereSinceNanos(), now)) {
        kernel.lost(process, where);
      }
    }
    for (Body body : List.copyOf(kernel.bodies())) {
      int home = body.id().home();
      if (home != node.spec().id() && silent(home, body.arrivedNanos(), now)) {
        kernel.discard(body);
      }
    }
  }

  /** Whether nothing has come from a peer for too long since a process is shared with it. */
  private boolean silent(int peer, long since, long now) {
    return now - Math.max(since, lastHeard.getOrDefault(peer, since)) > Mover.PATIENCE_NANOS;
  }

  private void keepAlive() {
    TreeSet<Integer> partners = new TreeSet<>();
    for (Body body : node.kernel().bodies()) {
      partners.add(body.id().home());
    }
    for (Process process : node.kernel().processes()) {
      if (process.alive()) {
        partners.add(process.where());
        partners.add(node.mover().destination(process));
      }
    }
    List<Integer> waiting = node.unconfirmedPeers();
    partners.addAll(waiting);
    partners.addAll(asked);
    asked.clear();
    partners.remove(node.spec().id());
    partners.remove(0);
    lastHeard.keySet().retainAll(partners);
    for (int partner : partners) {
      node.send(
          partner,
          new InfoMessage.KeepAlive(
              node.now(),
              guestsOf(partner),
              node.mover().partyTo(partner),
              awayAt(partner),
              asleep(partner),
              node.confirmed(partner),
              waiting.contains(partner)));
    }
  }

  private List<ProcessId> asleep(int home) {
    return guestsOf(home).stream().filter(id -> node.kernel().body(id).runnable() == 0).toList();
  }

  private List<ProcessId> guestsOf(int home) {
    List<ProcessId> guests = new ArrayList<>();
    for (Body body : node.kernel().bodies()) {
      if (body.id().home() == home && !node.mover().moving(body)) {
        guests.add(body.id());
      }
    }
    return guests;
  }

  private List<ProcessId> awayAt(int there) {
    List<ProcessId> away = new ArrayList<>();
    for (Process process : node.kernel().processes()) {
      if (process.alive()
          && (process.where() == there || node.mover().destination(process) == there)) {
        away.add(process.id());
      }
    }
    return away;
  }

  private void gossip() {
    if (switches.contains(NodeSwitch.QUIET)) {
      return;
    }
    List<Integer> others = new ArrayList<>(surroundings.nodesUp());
    others.remove((Integer) node.spec().id());
    if (others.isEmpty()) {
      return;
    }
    long draw = settings.draws().below(others.size(), Purpose.GOSSIP, node.spec().id(), ticks);
    node.send(others.get((int) draw), news(load.upper()));
  }

  private InfoMessage.Gossip news(double tellsLoad) {
    return new InfoMessage.Gossip(
        node.now(),
        node.spec().cpus(),
        speed,
        tellsLoad,
        closed() != null,
        node.frames().free() * PAGE,
        node.frames().capacity() * PAGE);
  }

  /** What this node would say of itself, with the load by which it decides. */
  InfoMessage.Gossip ownNews() {
    return news(load.mean());
  }

  /** What a node said last, or null if that is too long ago. */
  InfoMessage.Gossip hearsay(int from) {
    return hearsay.of(from, node.now());
  }

  double[] loadAverages() {
    return load.averages();
  }

  /** Something has come from a peer, whatever it was: it lives. */
  void heard(int from) {
    lastHeard.put(from, node.now());
  }

  void receive(int from, InfoMessage message) {
    switch (message) {
      case InfoMessage.Gossip gossip -> {
        if (!switches.contains(NodeSwitch.QUIET)) {
          peers.heard(from, gossip, surroundings.nodesUp().size());
          hearsay.heard(from, gossip);
        }
      }
      case InfoMessage.KeepAlive alive -> {
        if (alive.asks()) {
          asked.add(from);
        }
        node.confirm(from, alive.confirmed(), alive.sentNanos());
        node.mover().reported(from, alive.guests(), alive.moving(), alive.sentNanos());
        node.kernel().hearOfSleep(alive.guests(), alive.asleep());
        dropUnknown(from, alive);
      }
    }
  }

  /** A guest that its home no longer counts as here has been given up there: it ends. */
  private void dropUnknown(int home, InfoMessage.KeepAlive alive) {
    for (Body body : List.copyOf(node.kernel().bodies())) {
      boolean longHere = alive.sentNanos() - body.arrivedNanos() > Mover.PATIENCE_NANOS;
      if (body.id().home() == home && longHere && !alive.away().contains(body.id())) {
        node.kernel().discard(body);
      }
    }
  }

  // ---------------------------------------------------------------- deciding

  private void decide() {
    Policy policy = surroundings.policy();
    if (policy.knowsAll()) {
      return;
    }
    Beliefs beliefs = beliefs();
    if (!policy.asksOutside(beliefs)) {
      decide(beliefs);
    }
  }

  /** What the policy wanted to be remembered at its last decision. */
  public List<Long> memory() {
    return memory.values();
  }

  /** Takes an answer that was got from outside for a decision on what is believed now. */
  public void advised(String policy, PolicyAnswer answer) {
    Beliefs beliefs = beliefs();
    take(beliefs, OutsidePolicy.judge(policy, beliefs, memory, answer));
  }

  /**
   * Lets the policy decide on {@code beliefs} and asks for the move that it wants. Every decision
   * is logged with all that it was made from, unless nothing runs here that could move.
   */
  public Decision decide(Beliefs beliefs) {
    return take(beliefs, surroundings.policy().decide(beliefs, memory, settings.draws()));
  }

  private Decision take(Beliefs beliefs, Policy.Answer answer) {
    Decision.Inputs inputs = new Decision.Inputs(beliefs, memory.values());
    memory = answer.memory();
    Decision decision = answer.decision().with(inputs);
    verdict = decision.verdict();
    verdictNanos = node.now();
    if (!beliefs.processes().isEmpty()) {
      node.record(new Happening.Decided(decision));
    }
    Body body = decision.chosen() == null ? null : node.kernel().body(decision.chosen());
    if (body != null) {
      node.mover().wish(body, decision.to(), MoveCause.BALANCER);
    }
    return decision;
  }

  /** What this node believes now. */
  public Beliefs beliefs() {
    List<Beliefs.Resident> residents = new ArrayList<>();
    long[] costs = node.tunables().overheads;
    long guess = 2 * guessedLatency() + (costs[0] + 4 * costs[1]) * 1000;
    for (Body body : node.kernel().bodies()) {
      Figures known = figures.get(body.id());
      residents.add(
          new Beliefs.Resident(
              body.id(),
              body.lockMirror(),
              body.reasonMirror(),
              node.mover().moving(body) || movingFromHome(body),
              known == null ? 0 : known.cpuLoad,
              known == null ? 0 : known.wanted,
              body.cpuNanos(node.now()),
              body.arrivedNanos(),
              body.cameFrom(),
              body.memory().movablePages() * PAGE,
              callsThatCount(body),
              body.meanRoundTripNanos(guess),
              barred(body)));
    }
    return new Beliefs(
        node.now(),
        node.spec().id(),
        node.spec().cpus(),
        speed,
        load.last(),
        load.mean(),
        switches.contains(NodeSwitch.STAY),
        switches.contains(NodeSwitch.LSTAY),
        node.frames().free() * PAGE,
        node.frames().capacity() * PAGE,
        residents,
        peersNow());
  }

  /** Nodes that the mask keeps a process from; its home is never among them. */
  private List<Integer> barred(Body body) {
    Steering steering = body.steering();
    if (!steering.filtered()) {
      return List.of();
    }
    return surroundings.nodesConfigured().stream()
        .filter(each -> each != body.id().home() && !steering.admits(each))
        .toList();
  }

  private boolean movingFromHome(Body body) {
    Process process = node.kernel().process(body.id());
    return process != null && node.mover().moving(process);
  }

  private long guessedLatency() {
    for (PeerWindow.Entry entry : peers.fresh(node.now())) {
      long latency = surroundings.latencyNanos(node.spec().id(), entry.node());
      if (latency >= 0) {
        return latency;
      }
    }
    return 0;
  }

  private List<Beliefs.Peer> peersNow() {
    List<Beliefs.Peer> believed = new ArrayList<>();
    for (PeerWindow.Entry entry : peers.fresh(node.now())) {
      int mbits = surroundings.megabitsPerSecond(node.spec().id(), entry.node());
      if (mbits > 0) {
        InfoMessage.Gossip heard = entry.heard();
        believed.add(
            new Beliefs.Peer(
                entry.node(),
                node.now() - heard.sentNanos(),
                heard.cpus(),
                heard.speed(),
                heard.load() + entry.added(),
                heard.blocked(),
                heard.freeBytes(),
                heard.totalBytes(),
                mbits,
                surroundings.latencyNanos(node.spec().id(), entry.node())));
      }
    }
    return believed;
  }

  /** The node that looks least loaded for its CPUs and speed, or 0 if nothing is known. */
  int bestTarget(IntPredicate admits) {
    int best = 0;
    double bestLoad = Double.MAX_VALUE;
    for (Beliefs.Peer peer : peersNow()) {
      double relative = (peer.load() + 1) / peer.cpus() / peer.speed();
      if (!peer.blocked() && admits.test(peer.node()) && relative < bestLoad) {
        best = peer.node();
        bestLoad = relative;
      }
    }
    return best;
  }

  /** Everything that lasts. */
  void walk(Walk walk) {
    load.walk(walk);
    peers.walk(walk);
    hearsay.walk(walk);
    walk.i32("speed", speed);
    walk.i64("ticks", ticks);
    walk.i64("work", workNanos);
    guestRunnable =
        Double.longBitsToDouble(
            walk.i64("guestRunnable", Double.doubleToRawLongBits(guestRunnable)));
    guestShare =
        Double.longBitsToDouble(walk.i64("guestShare", Double.doubleToRawLongBits(guestShare)));
    for (NodeSwitch each : switches) {
      walk.i32("switch", each.ordinal());
    }
    for (Figures each : figures.values()) {
      walk.i64("cpu", each.cpuNanos);
      walk.i64("load", Double.doubleToRawLongBits(each.cpuLoad));
      walk.i64("wanted", Double.doubleToRawLongBits(each.wanted));
    }
    for (long each : memory.values()) {
      walk.i64("memory", each);
    }
    for (int each : asked) {
      walk.i32("asked", each);
    }
    for (int each : lastHeard.keySet()) {
      walk.i64("heard", lastHeard.get(each));
    }
  }
}
