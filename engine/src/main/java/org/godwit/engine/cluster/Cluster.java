package org.godwit.engine.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;
import org.godwit.engine.balance.Policies;
import org.godwit.engine.balance.Policy;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.kernel.SyscallTable;
import org.godwit.engine.network.Frame;
import org.godwit.engine.network.Network;
import org.godwit.engine.node.Node;
import org.godwit.engine.node.NodeSettings;
import org.godwit.engine.node.Surroundings;
import org.godwit.engine.state.Revivable;
import org.godwit.engine.state.StateHash;
import org.godwit.engine.time.Draws;
import org.godwit.engine.time.Grid;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.TransferView;

/**
 * All islands and the links between them. Time goes in windows: at a window's start each node
 * promises when it could send at the earliest; the window ends when the first such message could
 * arrive; within it islands run without each other; at its end one thread gives the frames their
 * arrivals in (departure, sender, sequence) order. Windows follow from the state alone: where
 * {@link #advance} is cut does not move their ends.
 */
public final class Cluster implements Surroundings, Revivable, AutoCloseable {
  /** Where programs of the session's own lie. */
  private static final String INSTALLED = "/usr/local/bin/";

  /** Where they are found by name too: in the PATH of every shell, however it was started. */
  private static final String FOUND = "/usr/bin/";

  /** What a worker needs at least to be worth waking, instructions. */
  private static final long PARALLEL_INSTRUCTIONS = 3_000;

  /** Windows until the next attempt to pass over some, when one has gained nothing. */
  private static final int PATIENCE = 3;

  private static final long LONGEST_WINDOW = 1_000_000_000L;
  private static final long LEAVE_PATIENCE = 30_000_000_000L;

  /** A node that is or was part of the cluster. */
  static final class Member {
    final Node node;
    NodeView.Status status = NodeView.Status.UP;
    long since;
    long leaveBy;

    Member(Node node, long since) {
      this.node = node;
      this.since = since;
    }

    boolean takesPart() {
      return status == NodeView.Status.UP || status == NodeView.Status.LEAVING;
    }
  }

  private final Scenario scenario;
  private final ClusterSettings settings;
  private final NodeSettings nodeSettings;
  private final SyscallTable table = new SyscallTable();
  private final Function<String, ElfImage> programs;
  private final Roots roots;
  private final TreeMap<Integer, Member> members = new TreeMap<>();

  /** Programs that a user has added, by name. */
  private final TreeMap<String, ElfImage> installed = new TreeMap<>();

  private final Network network = new Network();
  private final PriorityQueue<Frame> underWay = new PriorityQueue<>();
  private final List<Event> fresh = new ArrayList<>();
  private transient Workers workers;
  private List<Integer> nodesUp = List.of();
  private List<Integer> nodesConfigured = List.of();
  private List<Node> islands = List.of();
  private Policy policy;
  private String policyCode = "";
  private long now;
  private long windowEnd;

  /** How long a window may be for what nodes may send at any time. */
  private long atAnyTime;

  /** The instant at which the first message may arrive that is bound to a time. */
  private long atPromised;

  /** So many windows are not skimmed, since the last attempt gained nothing. */
  private transient int patience;

  private long clusterEvents;
  private long windows;
  private long shared;
  private long inline;

  /**
   * A cluster at time 0.
   *
   * @param programs finds the program of a name; null if there is none
   * @param roots what nodes boot from; it has every profile of the scenario
   */
  public Cluster(
      Scenario scenario,
      ClusterSettings settings,
      Function<String, ElfImage> programs,
      Roots roots) {
    this.roots = roots;
    this.scenario = scenario;
    this.settings = settings;
    this.programs = programs;
    this.workers = new Workers(settings.workers());
    this.policy = Policies.named(scenario.policy()).orElseThrow();
    this.nodeSettings =
        new NodeSettings(
            scenario.kernel(),
            scenario.costs(),
            new Draws(scenario.seed()),
            scenario.epochSeconds() * 1_000_000_000L,
            scenario.clockDivisor(),
            settings.migrateEvery(),
            scenario.method(),
            settings.machine());
    for (NodeSpec spec : scenario.nodes()) {
      add(spec);
    }
    membershipChanged();
    if (scenario.links().isEmpty()) {
      for (NodeSpec spec : scenario.nodes()) {
        linkToAll(spec.id());
      }
    } else {
      scenario.links().forEach(network::set);
    }
    takeEvents().clear();
    for (NodeSpec spec : scenario.nodes()) {
      boot(spec);
    }
  }

  // ---------------------------------------------------------------- membership

  void join(NodeSpec spec) {
    add(spec);
    membershipChanged();
  }

  private void add(NodeSpec spec) {
    Node node = new Node(spec, nodeSettings, this, table, now);
    members.put(spec.id(), new Member(node, now));
  }

  /** Fills the tree of a node and, if it has a profile, starts its init. */
  void boot(NodeSpec spec) {
    if (spec.boots()) {
      Node node = node(spec.id());
      roots.furnish(spec.profile(), node.files().tree());
      Hosts.create(node.files().tree(), hosts());
      Problem problem = node.kernel().launches().boot(spec.profile());
      if (problem != null) {
        node.record(new Happening.CommandRefused(problem));
      }
    } else if (roots.has(Roots.BARE)) {
      roots.furnish(Roots.BARE, node(spec.id()).files().tree());
      Hosts.create(node(spec.id()).files().tree(), hosts());
    }
    Mounts.agree(node(spec.id()));
    installed.forEach((name, image) -> install(node(spec.id()), name, image));
  }

  /** Puts a program into the files of all nodes, and of those that join later. */
  void install(String name, ElfImage image) {
    installed.put(name, image);
    for (Member member : members.values()) {
      if (member.takesPart()) {
        install(member.node, name, image);
      }
    }
  }

  /** The file lies on the disk, outside the RAM; what programs have put in its place stays. */
  private static void install(Node node, String name, ElfImage image) {
    String path = INSTALLED + name;
    if (node.files().tree().hasPlaceFor(path)) {
      node.files().tree().put(path, 0755, image.store());
    }
    String link = FOUND + name;
    if (node.files().tree().find(link) == null && node.files().tree().hasPlaceFor(link)) {
      node.files().tree().link(link, path);
    }
  }

  /** The nodes that are configured now, as /etc/hosts has them (hosts(5)). */
  private List<String> hosts() {
    return nodesConfigured.stream()
        .map(id -> members.get(id).node.spec())
        .map(Hosts::line)
        .toList();
  }

  /** Nodes know each other by name: who joins gets a line in /etc/hosts, who has left has none. */
  private void tellHosts() {
    List<String> hosts = hosts();
    for (Member member : members.values()) {
      if (member.takesPart()) {
        Hosts.update(member.node.files().tree(), hosts);
      }
    }
  }

  /** Whether nodes can boot from a profile of that name. */
  boolean hasProfile(String profile) {
    return roots.has(profile);
  }

  /** Links a node to all that are up, with the scenario's defaults. */
  void linkToAll(int node) {
    for (int other : nodesUp) {
      if (other != node) {
        network.set(
            new LinkSpec(
                node,
                other,
                scenario.network().megabitsPerSecond(),
                scenario.network().latencyNanos()));
      }
    }
  }

  void status(Member member, NodeView.Status status) {
    member.status = status;
    member.since = now;
    membershipChanged();
  }

  /** A node leaves in order: it is emptied, and goes off when it is alone or has waited enough. */
  void leave(Member member) {
    status(member, NodeView.Status.LEAVING);
    member.leaveBy = now + LEAVE_PATIENCE;
    member.node.expel();
    member.node.bring();
  }

  /** A node goes off: its links, and all that it held, are gone. */
  void switchOff(Member member, NodeView.Status status) {
    member.node.powerOff();
    int id = member.node.spec().id();
    loseFramesOf(id);
    network.isolate(id);
    status(member, status);
    for (Member other : members.values()) {
      if (other != member) {
        other.node.forgetNode(id);
        other.node.files().net().forgetNode(id);
        other.node.kernel().settle();
      }
    }
  }

  private void loseFramesOf(int id) {
    underWay.removeIf(frame -> frame.from() == id || frame.to() == id);
    for (Member other : members.values()) {
      other.node.loseFrom(id);
    }
  }

  /** Cuts a link: what is on it is lost at both ends. */
  boolean cut(int a, int b) {
    for (Member member : members.values()) {
      int to = member.node.spec().id();
      for (int from : members.keySet()) {
        if (from != to && network.uses(from, to, a, b)) {
          member.node.loseFrom(from);
        }
      }
    }
    return network.cut(a, b);
  }

  private void membershipChanged() {
    List<Integer> up = new ArrayList<>();
    List<Integer> configured = new ArrayList<>();
    List<Node> parts = new ArrayList<>();
    members.forEach(
        (id, member) -> {
          if (member.takesPart()) {
            parts.add(member.node);
          }
          if (member.status == NodeView.Status.UP) {
            up.add(id);
          }
          if (member.status != NodeView.Status.LEFT) {
            configured.add(id);
          }
        });
    nodesUp = List.copyOf(up);
    nodesConfigured = List.copyOf(configured);
    islands = List.copyOf(parts);
    tellHosts();
  }

  // ---------------------------------------------------------------- what nodes know of it

  @Override
  public List<Integer> nodesUp() {
    return nodesUp;
  }

  @Override
  public List<Integer> nodesConfigured() {
    return nodesConfigured;
  }

  @Override
  public int megabitsPerSecond(int from, int to) {
    return network.megabitsPerSecond(from, to);
  }

  @Override
  public long latencyNanos(int from, int to) {
    return network.latencyNanos(from, to).orElse(-1);
  }

  @Override
  public long departureFloor(int from, int to) {
    OptionalLong latency = network.latencyNanos(from, to);
    return latency.isEmpty() ? 0 : windowEnd - latency.getAsLong();
  }

  @Override
  public Policy policy() {
    return policy;
  }

  void policy(Policy next) {
    policy = next;
    policyCode = "";
  }

  /** A user's policy answers, loaded from what has that code. */
  void policyCode(String code) {
    if (!code.isEmpty() && !code.equals(policyCode)) {
      policyCode = code;
      record(new Happening.PolicyLoaded(policy.name(), code));
    }
  }

  // ---------------------------------------------------------------- looking

  /** What it was made of. */
  public Scenario scenario() {
    return scenario;
  }

  /** Virtual time reached. */
  public long now() {
    return now;
  }

  /** Forwarded calls served by all nodes so far, those that went down included. */
  public long forwardedCalls() {
    long sum = 0;
    for (Member member : members.values()) {
      sum += member.node.kernel().forwardedCalls();
    }
    return sum;
  }

  /** Windows so far. */
  public long windows() {
    return windows;
  }

  /** How often islands were advanced by several threads so far; a window may be cut in parts. */
  public long shared() {
    return shared;
  }

  /** How often they were advanced by one thread, for want of work or of workers. */
  public long inline() {
    return inline;
  }

  TreeMap<Integer, Member> members() {
    return members;
  }

  Network network() {
    return network;
  }

  SyscallTable table() {
    return table;
  }

  ElfImage program(String name) {
    return programs.apply(name);
  }

  /** A node that takes part, or null. */
  public Node node(int id) {
    Member member = members.get(id);
    return member == null || !member.takesPart() ? null : member.node;
  }

  /** The process of that identity, or null. */
  public Process process(ProcessId id) {
    Node home = node(id.home());
    return home == null ? null : home.kernel().process(id);
  }

  // ---------------------------------------------------------------- time

  /** Carries all islands to {@code until}, which lies on the grid. */
  public void advance(long until) {
    while (now < until) {
      if (windowEnd <= now) {
        openWindow(now);
      }
      if (patience > 0) {
        patience--;
      } else if (windowEnd < until) {
        skim(until);
      }
      if (now < windowEnd) {
        long target = Math.min(windowEnd, until);
        each(Node::advance, target);
        reach(target);
      }
    }
  }

  private void reach(long target) {
    now = target;
    gather();
    if (now == windowEnd) {
      carry(windowEnd);
    }
  }

  private void openWindow(long start) {
    windows++;
    hearPromises();
    windowEnd = endOfWindow(start);
  }

  private void hearPromises() {
    atAnyTime = LONGEST_WINDOW;
    long end = Long.MAX_VALUE;
    for (Node node : islands) {
      long latency = network.leastLatencyNanos(node.spec().id());
      if (latency >= 0 && node.isOpen()) {
        atAnyTime = Math.min(atAnyTime, node.leastNanos() + latency);
      } else if (latency >= 0) {
        end = Math.min(end, node.promise() + latency);
      }
    }
    for (Frame frame : underWay) {
      long latency = network.leastLatencyNanos(frame.from());
      if (latency >= 0) {
        end = Math.min(end, frame.departureNanos() + latency);
      }
    }
    atPromised = end;
  }

  /** When a window ends that opens at {@code start}, as long as nothing happens. */
  private long endOfWindow(long start) {
    long end = Math.min(start + atAnyTime, atPromised);
    return Math.max(Grid.floor(end, Grid.STEP_NANOS), start + Grid.STEP_NANOS);
  }

  /**
   * Passes over windows in which nothing happens but instructions: harts run ahead of their nodes'
   * time up to the first instant at which anything else is known to happen, and all nodes follow
   * them to the first kernel entry. Ends of windows lie where they would have been, so this cannot
   * be seen in any result, only in how long it takes.
   */
  private void skim(long until) {
    if (settings.windowByWindow() || !underWay.isEmpty()) {
      return;
    }
    hearPromises();
    patience = PATIENCE;
    while (windowEnd < until && leap(until)) {
      patience = 0;
    }
  }

  /** Returns false if that is no further than the end of the window. */
  private boolean leap(long until) {
    long calm = until;
    for (int i = 0; i < islands.size() && calm > windowEnd; i++) {
      calm = Math.min(calm, islands.get(i).calmUntil(calm));
    }
    if (calm <= windowEnd) {
      return false;
    }
    each(Node::runAhead, calm);
    for (int i = 0; i < islands.size(); i++) {
      calm = Math.min(calm, islands.get(i).quietUntil());
    }
    calm = Grid.floor(calm, Grid.STEP_NANOS);
    if (calm <= windowEnd) {
      return false;
    }
    for (int i = 0; i < islands.size(); i++) {
      islands.get(i).advance(calm);
    }
    while (windowEnd < calm) {
      windows++;
      windowEnd = endOfWindow(windowEnd);
    }
    reach(calm);
    return true;
  }

  /** What is done with each island. */
  interface Stretch {
    void carry(Node island, long until);
  }

  private void each(Stretch stretch, long target) {
    if (workers.several() && islands.size() > 1 && worthSharing(target)) {
      shared++;
      workers.carry(islands, stretch, target);
      return;
    }
    inline++;
    for (int i = 0; i < islands.size(); i++) {
      stretch.carry(islands.get(settings.reverseOrder() ? islands.size() - 1 - i : i), target);
    }
  }

  private boolean worthSharing(long target) {
    if (settings.forceParallel()) {
      return true;
    }
    int busy = 0;
    for (Node node : islands) {
      long cpus = Math.min(node.runnable(), node.spec().cpus());
      long slots = (target - now) * node.spec().mhz() / (1000L * scenario.clockDivisor());
      busy += cpus * slots >= PARALLEL_INSTRUCTIONS ? 1 : 0;
    }
    return busy > 1;
  }

  /** Takes what nodes have sent and logged in this stretch. */
  private void gather() {
    int from = fresh.size();
    for (int i = 0; i < islands.size(); i++) {
      underWay.addAll(islands.get(i).takeOutbox());
      fresh.addAll(islands.get(i).takeEvents());
    }
    if (fresh.size() - from > 1) {
      Collections.sort(fresh.subList(from, fresh.size()));
    }
  }

  /** Gives all frames that have departed before {@code end} their arrivals. */
  private void carry(long end) {
    while (!underWay.isEmpty() && underWay.peek().departureNanos() < end) {
      Frame frame = underWay.remove();
      Node to = node(frame.to());
      if (to != null && network.carry(frame) instanceof Network.Fate.Arrives arrives) {
        to.deliver(frame, arrives.firstNanos(), Math.max(arrives.nanos(), now));
      }
    }
  }

  /** Ends the current window here, so that a command may change anything. */
  void interruptWindow() {
    gather();
    carry(now);
    windowEnd = now;
  }

  // ---------------------------------------------------------------- events and state

  /** Logs something of the cluster as a whole. */
  void record(Happening happening) {
    fresh.add(new Event(now, 0, clusterEvents++, happening));
  }

  /** Hands over the events since the last time, in order. */
  public List<Event> takeEvents() {
    gather();
    List<Event> taken = new ArrayList<>(fresh);
    fresh.clear();
    return taken;
  }

  /**
   * Housekeeping at absolute instants: ended processes are forgotten after a while, nodes that wait
   * to leave do so when they are empty.
   */
  public void tidy(long keepEndedNanos) {
    for (Member member : members.values()) {
      if (!member.takesPart()) {
        continue;
      }
      Kernel kernel = member.node.kernel();
      for (Process process : List.copyOf(kernel.processes())) {
        if (!process.alive()
            && process.parent() == 0
            && now - process.endedNanos() >= keepEndedNanos) {
          kernel.forget(process);
        }
      }
      if (member.status == NodeView.Status.UP && member.node.wantsToLeave()) {
        interruptWindow();
        leave(member);
      }
      if (member.status == NodeView.Status.LEAVING
          && (now >= member.leaveBy || member.node.isAlone())) {
        interruptWindow();
        record(new Happening.NodeLeft(member.node.spec().name()));
        switchOff(member, NodeView.Status.LEFT);
      }
    }
  }

  /**
   * Asks a policy that knows all, node by node, with the truth about every other; to be called at
   * absolute instants. Within one instant each node knows what those before it have decided.
   */
  public void oversee() {
    if (!policy.knowsAll()) {
      return;
    }
    interruptWindow();
    TreeMap<Integer, Integer> load = trueLoads();
    for (int id : nodesUp) {
      Decision decision = node(id).balancer().decide(truth(id, load));
      if (decision.chosen() != null) {
        load.merge(id, -1, Integer::sum);
        load.merge(decision.to(), 1, Integer::sum);
      }
    }
    for (Node island : islands) {
      island.kernel().settle();
    }
  }

  /** Runnable tasks of each node that is up, with those that are on their way to it. */
  private TreeMap<Integer, Integer> trueLoads() {
    TreeMap<Integer, Integer> load = new TreeMap<>();
    for (Node island : islands) {
      load.merge(island.spec().id(), island.runnable(), Integer::sum);
      for (TransferView move : island.mover().transfers()) {
        load.merge(move.to(), 1, Integer::sum);
      }
    }
    return load;
  }

  /** What node {@code id} would believe if it knew everything. Changes nothing. */
  public Beliefs truth(int id) {
    return truth(id, trueLoads());
  }

  private Beliefs truth(int id, TreeMap<Integer, Integer> load) {
    Beliefs own = node(id).balancer().beliefs();
    List<Beliefs.Peer> peers = new ArrayList<>();
    for (int other : nodesUp) {
      int mbits = other == id ? 0 : megabitsPerSecond(id, other);
      if (mbits > 0) {
        Beliefs there = node(other).balancer().beliefs();
        peers.add(
            new Beliefs.Peer(
                other,
                0,
                there.cpus(),
                there.speed(),
                load.get(other),
                node(other).closed() != null,
                there.freeBytes(),
                there.totalBytes(),
                mbits,
                latencyNanos(id, other)));
      }
    }
    return new Beliefs(
        own.nowNanos(),
        id,
        own.cpus(),
        own.speed(),
        load.get(id),
        load.get(id),
        own.stay(),
        own.lstay(),
        own.freeBytes(),
        own.totalBytes(),
        own.processes(),
        peers);
  }

  /** Hash of everything that lasts. */
  public long stateHash() {
    StateHash hash = new StateHash();
    hash.i64("now", now);
    hash.i64("windowEnd", windowEnd);
    hash.text("policy", policy.name());
    if (!policyCode.isEmpty()) {
      hash.text("policyCode", policyCode);
    }
    for (Member member : members.values()) {
      hash.constant("status", member.status, NodeView.Status.values());
      if (member.takesPart()) {
        member.node.walk(hash);
      }
    }
    network.walk(hash);
    underWay.stream()
        .sorted()
        .forEach(
            frame -> {
              hash.i64("departure", frame.departureNanos());
              hash.i32("from", frame.from());
              hash.i32("bytes", frame.payload().bytes());
            });
    return hash.value();
  }

  /**
   * Makes sure that the next store to each page is noticed; to be called before a checkpoint, so
   * that it shares what has not changed since the last one. It cannot be seen in any result.
   */
  public void noticeWrites() {
    for (Node island : islands) {
      for (Body body : island.kernel().bodies()) {
        body.memory().noticeWrites();
      }
    }
  }

  /** A copy has no threads of its own until it is told how many to have. */
  @Override
  public void revive() {
    workers = new Workers(1);
  }

  /** Has its islands advanced by so many threads from now on. */
  public void employ(int count) {
    workers.close();
    workers = new Workers(count);
  }

  @Override
  public void close() {
    workers.close();
  }
}
