package org.godwit.engine.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.kernel.Signals;
import org.godwit.engine.kernel.Task;
import org.godwit.engine.kernel.TaskWait;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.node.Node;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.LinkView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.godwit.model.view.TerminalView;
import org.godwit.model.view.TransferView;

/**
 * Makes pictures of a cluster that stands still, and the samples of its load. Changes nothing in
 * the cluster; what it remembers is the last sampling interval, which lies at absolute instants.
 */
public final class Views {
  /** What was measured of a node at the last sampling instant. */
  private static final class Meter {
    private long atNanos;
    private long runnableNanos;
    private long[] busyNanos;
    private double[] shares;
    private long forwarded;
    private long networkBytes;
  }

  private final Cluster cluster;
  private final TreeMap<Integer, Meter> meters = new TreeMap<>();
  private final TreeMap<Long, long[]> links = new TreeMap<>();
  private final TreeMap<Long, double[]> linkShares = new TreeMap<>();
  private long linksAt;

  /** Views of one cluster. */
  public Views(Cluster cluster) {
    this.cluster = cluster;
  }

  // ---------------------------------------------------------------- samples

  /** Closes the sampling interval that ends now: a row for each node that takes part. */
  public List<Sample> sample() {
    List<Sample> rows = new ArrayList<>();
    for (Cluster.Member member : cluster.members().values()) {
      if (member.takesPart()) {
        rows.add(sample(member.node));
      }
    }
    sampleLinks();
    return rows;
  }

  private Sample sample(Node node) {
    Meter meter = meters.computeIfAbsent(node.spec().id(), id -> newMeter(node));
    long now = cluster.now();
    double span = Math.max(1, now - meter.atNanos);
    double share = 0;
    for (int i = 0; i < meter.busyNanos.length; i++) {
      long busy = node.busyNanos(i);
      meter.shares[i] = Math.clamp((busy - meter.busyNanos[i]) / span, 0.0, 1.0);
      meter.busyNanos[i] = busy;
      share += meter.shares[i] / meter.busyNanos.length;
    }
    double runnable = (node.runnableNanos() - meter.runnableNanos) / span;
    long forwarded = node.kernel().forwardedCalls();
    long sent = node.networkBytes();
    Sample row =
        new Sample(
            now,
            node.spec().id(),
            runnable,
            node.balancer().normalisedLoad(),
            share,
            node.frames().used() * 4096,
            forwarded - meter.forwarded,
            sent - meter.networkBytes,
            guests(node),
            away(node));
    meter.atNanos = now;
    meter.runnableNanos = node.runnableNanos();
    meter.forwarded = forwarded;
    meter.networkBytes = sent;
    return row;
  }

  private static Meter newMeter(Node node) {
    Meter meter = new Meter();
    meter.busyNanos = new long[node.spec().cpus()];
    meter.shares = new double[node.spec().cpus()];
    return meter;
  }

  private void sampleLinks() {
    double span = Math.max(1, cluster.now() - linksAt);
    linksAt = cluster.now();
    for (LinkSpec spec : cluster.network().specs()) {
      long key = (long) spec.a() << 32 | spec.b();
      long[] before = links.computeIfAbsent(key, k -> new long[2]);
      long forth = cluster.network().busyNanos(spec.a(), spec.b());
      long back = cluster.network().busyNanos(spec.b(), spec.a());
      linkShares.put(
          key,
          new double[] {
            Math.clamp((forth - before[0]) / span, 0.0, 1.0),
            Math.clamp((back - before[1]) / span, 0.0, 1.0)
          });
      before[0] = forth;
      before[1] = back;
    }
  }

  private static int guests(Node node) {
    int count = 0;
    for (Body body : node.kernel().bodies()) {
      count += body.id().home() != node.spec().id() ? 1 : 0;
    }
    return count;
  }

  private static int away(Node node) {
    int count = 0;
    for (Process process : node.kernel().processes()) {
      count += process.alive() && process.where() != node.spec().id() ? 1 : 0;
    }
    return count;
  }

  // ---------------------------------------------------------------- pictures

  /** The whole cluster now; {@code events} is how many were logged so far. */
  public ClusterView picture(long events) {
    List<NodeView> nodes = new ArrayList<>();
    List<ProcessView> processes = new ArrayList<>();
    List<TransferView> transfers = new ArrayList<>();
    List<TerminalView> terminals = new ArrayList<>();
    long retired = 0;
    double most = 0;
    double sum = 0;
    int counted = 0;
    for (Cluster.Member member : cluster.members().values()) {
      nodes.add(nodeView(member));
      if (!member.takesPart()) {
        continue;
      }
      double load = member.node.balancer().normalisedLoad();
      most = Math.max(most, load);
      sum += load;
      counted++;
      for (Process process : member.node.kernel().processes()) {
        ProcessView view = processView(process);
        processes.add(view);
        retired += view.instructions();
      }
      member.node.files().terminals().all().stream()
          .filter(each -> !each.name().isEmpty() && each.masterOpen())
          .forEach(each -> terminals.add(terminalView(member.node, each)));
      member.node.mover().transfers().forEach(each -> transfers.add(withProgress(each)));
    }
    return new ClusterView(
        cluster.now(),
        cluster.scenario().clockDivisor(),
        cluster.policy().name(),
        cluster.scenario().kernel().text(),
        nodes,
        linkViews(),
        processes,
        transfers,
        terminals,
        retired,
        most < 0.01 ? 1 : sum / counted / most,
        events);
  }

  private static TerminalView terminalView(Node node, Terminal terminal) {
    int home = node.spec().id();
    int leader = terminal.session();
    return new TerminalView(
        terminal.name(),
        home,
        terminal.device(),
        terminal.rows(),
        terminal.columns(),
        leader == 0 ? null : new ProcessId(home, leader),
        terminal.foreground(),
        terminal.waiting());
  }

  private TransferView withProgress(TransferView move) {
    Node target = cluster.node(move.to());
    long sent = target == null ? 0 : target.mover().bytesHere(move.process());
    return new TransferView(
        move.process(),
        move.from(),
        move.to(),
        move.phase(),
        move.startedNanos(),
        sent,
        move.bytesTotal(),
        move.pages());
  }

  private NodeView nodeView(Cluster.Member member) {
    Node node = member.node;
    NodeSpec spec = node.spec();
    boolean up = member.takesPart();
    Meter meter = meters.get(spec.id());
    List<NodeView.CpuView> cpus = new ArrayList<>();
    for (int i = 0; i < spec.cpus(); i++) {
      Task task = up ? node.onCpu(i) : null;
      cpus.add(
          new NodeView.CpuView(
              up && meter != null ? meter.shares[i] : 0, task == null ? null : task.body().id()));
    }
    return new NodeView(
        spec.believed(node.balancer().speed()),
        member.status,
        member.since,
        List.copyOf(node.balancer().switches()),
        cpus,
        up ? node.frames().used() * 4096 : 0,
        up ? node.runnable() : 0,
        up ? node.balancer().normalisedLoad() : 0,
        up ? guests(node) : 0,
        up ? away(node) : 0,
        node.nextTick(),
        node.balancer().verdictNanos(),
        node.balancer().verdict());
  }

  private List<LinkView> linkViews() {
    List<LinkView> views = new ArrayList<>();
    for (LinkSpec spec : cluster.network().specs()) {
      double[] shares = linkShares.getOrDefault((long) spec.a() << 32 | spec.b(), new double[2]);
      long bytes =
          cluster.network().bytes(spec.a(), spec.b()) + cluster.network().bytes(spec.b(), spec.a());
      views.add(new LinkView(spec, true, shares[0], shares[1], bytes));
    }
    for (LinkSpec spec : cluster.network().cutLinks()) {
      views.add(new LinkView(spec, false, 0, 0, 0));
    }
    return views;
  }

  /** The body of a process, wherever it runs; null while it is in no place that could run it. */
  public Body body(Process process) {
    Node node = process.where() == 0 ? null : cluster.node(process.where());
    return node == null ? null : node.kernel().body(process.id());
  }

  private ProcessView processView(Process process) {
    Body body = process.alive() ? body(process) : null;
    long now = cluster.now();
    ProcessId id = process.id();
    boolean here = body != null;
    Node where = process.where() == 0 ? null : cluster.node(process.where());
    return new ProcessView(
        id,
        process.program(),
        process.arguments(),
        process.parent(),
        process.launch(),
        process.where() == 0 ? id.home() : process.where(),
        state(process, body),
        here ? waiting(body) : "",
        process.locked(),
        process.reasons(),
        process.alive() ? process.tasks() : 0,
        process.alive() ? here ? body.cpuNanos(now) : 0 : process.ending().cpuNanos(),
        here && where != null ? where.balancer().cpuShare(id) : 0,
        here ? body.memory().residentPages() : 0,
        here ? body.memory().movablePages() : 0,
        process.migrations(),
        process.forwardedCalls(),
        process.alive() ? here ? body.instructions() : 0 : process.ending().instructions(),
        process.startedNanos(),
        here ? body.arrivedNanos() : process.startedNanos(),
        process.alive() ? -1 : process.ending().shellStatus(),
        here && !body.tasks().isEmpty() ? body.tasks().getFirst().hart().pc() : 0,
        here ? body.watched() : null);
  }

  private static ProcessView.State state(Process process, Body body) {
    if (!process.alive()) {
      if (process.lost()) {
        return ProcessView.State.LOST;
      }
      if (Signals.isCrash(process.ending().signal())) {
        return ProcessView.State.CRASHED;
      }
      return process.parent() != 0 ? ProcessView.State.ZOMBIE : ProcessView.State.EXITED;
    }
    if (body == null || body.frozen()) {
      return ProcessView.State.FROZEN;
    }
    ProcessView.State state = ProcessView.State.WAITING;
    for (Task task : body.tasks()) {
      switch (task.state()) {
        case RUNNING -> {
          return ProcessView.State.RUNNING;
        }
        case READY -> state = ProcessView.State.READY;
        case STOPPED -> {
          if (state == ProcessView.State.WAITING && task.stopped()) {
            state = ProcessView.State.STOPPED;
          }
        }
        case WAITING, ENDED -> {}
      }
    }
    return state;
  }

  private String waiting(Body body) {
    for (Task task : body.tasks()) {
      String name =
          switch (task.waiting()) {
            case TaskWait.AtHome w -> cluster.table().name(w.call().number());
            case TaskWait.Sleep w -> cluster.table().name(w.call().number());
            case TaskWait.CpuSleep w -> cluster.table().name(w.call().number());
            case TaskWait.Futex w -> "futex";
            case TaskWait.PageIn w -> "page";
            case TaskWait.GoHome w -> cluster.table().name(w.call().number());
            case TaskWait.Exercise w -> "migrate";
            case TaskWait.Pause w -> cluster.table().name(w.call().number());
            case TaskWait.SignalIn w -> cluster.table().name(w.call().number());
            case TaskWait.Dfsa w -> cluster.table().name(w.call().number());
            case TaskWait.Vfork w -> cluster.table().name(w.call().number());
            case null -> "";
          };
      if (!name.isEmpty()) {
        return name;
      }
    }
    return "";
  }
}
