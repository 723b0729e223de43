package org.godwit.app.bridge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.godwit.engine.session.DryRun;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.CostModel;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.LinkDefaults;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.LinkView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.godwit.model.view.TransferView;

/**
 * A make-believe cluster for window tests: programs that spin, wait or share memory, a balancer
 * that moves the first one too many, links that need time for bytes. Steps by whole milliseconds.
 * It imitates only what the window shows; the rules of a real cluster are the engine's.
 */
public final class ScriptedCluster implements LiveSession {
  private static final long MS = 1_000_000L;
  private static final int PAGE = 4096;

  private final Scenario scenario;
  private final TreeMap<Integer, Machine> machines = new TreeMap<>();
  private final List<LinkSpec> links = new ArrayList<>();
  private final List<LinkSpec> cut = new ArrayList<>();
  private final TreeMap<ProcessId, Task> tasks = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<CommandRecord> commands = new ArrayList<>();
  private String policy = "openmosix";
  private long now;
  private long simulated;
  private long retired;

  /** Whether {@link #advance} throws, to see what the window makes of it. */
  public volatile boolean broken;

  private static final class Machine {
    NodeSpec spec;
    NodeView.Status status = NodeView.Status.UP;
    long since;
    int nextPid;
    long sequence;
    double load;
    final List<NodeSwitch> switches = new ArrayList<>();
    Problem verdict;
    long decidedAt = -1;
  }

  private static final class Task {
    ProcessId id;
    String program;
    List<String> arguments;
    String launch;
    int where;
    ProcessView.State state = ProcessView.State.READY;
    boolean lock;
    List<StayEvidence> reasons = List.of();
    long cpu;
    long forwarded;
    long started;
    long arrived;
    int migrations;
    int exit = -1;
    long ended;
    int to;
    long moveBegan;
    long bytes;
    MoveCause cause;
    double share;
  }

  public ScriptedCluster(Scenario scenario) {
    this.scenario = scenario;
    scenario.nodes().forEach(this::add);
    if (scenario.links().isEmpty()) {
      for (NodeSpec a : scenario.nodes()) {
        for (NodeSpec b : scenario.nodes()) {
          if (a.id() < b.id()) {
            links.add(new LinkSpec(a.id(), b.id(), 100, 100_000));
          }
        }
      }
    } else {
      links.addAll(scenario.links());
    }
  }

  /** Node 1 with two CPUs of 800 MHz, and {@code peers} others like it. */
  public static Scenario scenario(int peers) {
    List<NodeSpec> nodes = new ArrayList<>();
    double[][] places = {{40, 40}, {480, 40}, {260, 340}};
    for (int i = 0; i <= peers; i++) {
      double x = i < 3 && peers < 3 ? places[i][0] : 40 + i % 4 * 400;
      double y = i < 3 && peers < 3 ? places[i][1] : 40 + i / 4 * 300;
      nodes.add(new NodeSpec(i + 1, "node" + (i + 1), 2, 800, 8000, 256L << 20, x, y));
    }
    return new Scenario(
        "scripted",
        new LocalText("Three nodes", "3 つのノード"),
        new LocalText("A make-believe cluster", "作り物のクラスタ"),
        1,
        60_000 * MS,
        100,
        KernelVersion.V2_4_17,
        "openmosix",
        1_000_000_000L,
        CostModel.DEFAULT,
        LinkDefaults.DEFAULT,
        nodes,
        List.of(),
        List.of());
  }

  private void add(NodeSpec spec) {
    Machine machine = new Machine();
    machine.spec = spec;
    machine.since = now;
    machine.nextPid = spec.id() * 1000 + 1;
    machines.put(spec.id(), machine);
  }

  @Override
  public Scenario scenario() {
    return scenario;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public void addProgram(String name, byte[] elf) throws ProblemException {
    if (elf.length < 20 || elf[0] != 0x7F) {
      throw new ProblemException(Problem.of("elf.not-elf", name));
    }
    if (elf[18] != (byte) 0xF3) {
      throw new ProblemException(Problem.of("elf.wrong-machine", name, "x86-64"));
    }
  }

  @Override
  public CommandRecord submit(Command command) {
    Problem refused = carryOut(command);
    CommandRecord record = new CommandRecord(now, commands.size(), command, refused);
    commands.add(record);
    return record;
  }

  private Problem carryOut(Command command) {
    switch (command) {
      case Command.Launch launch -> {
        for (int i = 0; i < launch.count(); i++) {
          launch(launch);
        }
      }
      case Command.Migrate migrate -> {
        Task task = find(migrate.process());
        int to = migrate.to() == Command.Migrate.HOME ? task.id.home() : migrate.to();
        Problem why = refusal(task, to);
        if (why != null) {
          log(
              task.where,
              new Happening.MigrationRefused(task.id, task.where, to, MoveCause.USER, why));
          return why;
        }
        move(task, to, MoveCause.USER);
      }
      case Command.SetLock lock -> {
        Task task = find(lock.process());
        task.lock = lock.locked();
        log(task.id.home(), new Happening.LockChanged(task.id, lock.locked()));
      }
      case Command.Signal signal -> {
        Task task = find(signal.process());
        task.state = ProcessView.State.EXITED;
        task.exit = 128 + signal.signal();
        task.ended = now;
        log(task.id.home(), new Happening.Killed(task.id, signal.signal(), -1, -1));
      }
      case Command.AddNode add -> {
        machines
            .values()
            .forEach(m -> links.add(new LinkSpec(m.spec.id(), add.node().id(), 100, 100_000)));
        add(add.node());
        log(add.node().id(), new Happening.NodeUp(add.node().name()));
      }
      case Command.RemoveNode remove -> down(remove.node(), NodeView.Status.LEFT);
      case Command.CrashNode crash -> down(crash.node(), NodeView.Status.CRASHED);
      case Command.SetLink set -> {
        LinkSpec link = set.link();
        links.removeIf(l -> l.a() == link.a() && l.b() == link.b());
        links.add(link);
        cut.removeIf(l -> l.a() == link.a() && l.b() == link.b());
        log(
            0,
            new Happening.LinkSet(
                link.a(), link.b(), link.megabitsPerSecond(), link.latencyNanos()));
      }
      case Command.CutLink c -> {
        cut.addAll(links.stream().filter(l -> l.a() == c.a() && l.b() == c.b()).toList());
        log(0, new Happening.LinkCut(c.a(), c.b()));
      }
      case Command.SetSwitch set -> {
        List<NodeSwitch> on = machines.get(set.node()).switches;
        on.remove(set.which());
        if (set.on()) {
          on.add(set.which());
        }
        log(set.node(), new Happening.SwitchChanged(set.which(), set.on()));
      }
      case Command.SetPolicy set -> policy = set.policy();
      case Command.Expel _,
          Command.Bring _,
          Command.SetSpeed _,
          Command.Advise _,
          Command.InstallProgram _ -> {}
      case Command.OpenTerminal _,
          Command.Type _,
          Command.ResizeTerminal _,
          Command.CloseTerminal _ -> {}
    }
    return null;
  }

  private void launch(Command.Launch launch) {
    Machine home = machines.get(launch.node());
    Task task = new Task();
    task.id = new ProcessId(launch.node(), home.nextPid++);
    task.program = launch.program();
    task.arguments = launch.arguments();
    task.launch = launch.launch();
    task.where = launch.node();
    task.lock = launch.locked();
    task.started = now;
    task.arrived = now;
    tasks.put(task.id, task);
    log(launch.node(), new Happening.Launched(task.id, task.program, task.arguments, task.launch));
    StayReason reason =
        switch (task.program) {
          case "shmget" -> StayReason.MONKEY;
          case "pthread", "threads" -> StayReason.CLONE_VM;
          default -> null;
        };
    if (reason != null) {
      StayEvidence evidence = new StayEvidence(reason, "shmget", 0x10428, 0, now);
      task.reasons = List.of(evidence);
      log(launch.node(), new Happening.ReasonRaised(task.id, evidence));
    }
  }

  private void down(int node, NodeView.Status status) {
    Machine machine = machines.get(node);
    machine.status = status;
    machine.since = now;
    for (Task task : tasks.values()) {
      if (task.where == node || task.id.home() == node) {
        task.state = ProcessView.State.LOST;
        task.ended = now;
      }
    }
    log(
        node,
        status == NodeView.Status.LEFT
            ? new Happening.NodeLeft(machine.spec.name())
            : new Happening.NodeCrashed(machine.spec.name()));
  }

  private Task find(ProcessRef ref) {
    return switch (ref) {
      case ProcessRef.ById(ProcessId id) -> tasks.get(id);
      case ProcessRef.ByLaunch(String launch, int index) ->
          tasks.values().stream()
              .filter(t -> t.launch.equals(launch))
              .skip(index)
              .findFirst()
              .orElseThrow();
    };
  }

  private Problem refusal(Task task, int to) {
    if (task == null || !alive(task)) {
      return Problem.of("move.gone");
    }
    if (!task.reasons.isEmpty()) {
      return Problem.of("move.stays", task.reasons.getFirst().reason().word());
    }
    if (!machines.containsKey(to) || machines.get(to).status != NodeView.Status.UP) {
      return Problem.of("move.no-node", to);
    }
    return null;
  }

  private void move(Task task, int to, MoveCause cause) {
    if (task.where == to) {
      return;
    }
    log(task.where, new Happening.MigrationRequested(task.id, task.where, to, cause));
    log(task.where, new Happening.MigrationStarted(task.id, task.where, to, cause));
    task.to = to;
    task.cause = cause;
    task.moveBegan = now;
    task.bytes = 41L * PAGE + 600;
    task.state = ProcessView.State.FROZEN;
  }

  @Override
  public void advance(long untilNanos) {
    if (broken) {
      throw new IllegalStateException("told to break");
    }
    long until = untilNanos - untilNanos % 10_000;
    while (simulated + MS <= until) {
      now = simulated;
      millisecond();
      simulated += MS;
    }
    now = Math.max(now, until);
  }

  private void millisecond() {
    long tick = now / MS;
    for (Machine machine : machines.values()) {
      if (machine.status == NodeView.Status.UP) {
        schedule(machine, tick);
        if (tick % 1000 == machine.spec.id() * 170 % 1000) {
          decide(machine);
        }
        if (tick % 100 == 0) {
          sample(machine);
        }
      }
    }
    for (Task task : tasks.values()) {
      long needed = task.bytes * 80 + MS;
      if (task.state == ProcessView.State.FROZEN && now - task.moveBegan >= needed) {
        arrive(task);
      }
    }
    tasks.values().removeIf(t -> t.ended > 0 && now - t.ended > ClusterView.ENDED_STAY_NANOS);
  }

  private void arrive(Task task) {
    Migration migration =
        new Migration(
            ++task.migrations,
            task.id,
            task.where,
            task.to,
            task.cause,
            task.moveBegan,
            task.moveBegan + MS / 2,
            task.moveBegan + MS / 2,
            now,
            now,
            41,
            3,
            task.bytes);
    log(task.where, new Happening.Migrated(migration));
    task.where = task.to;
    task.arrived = now;
    task.state = ProcessView.State.READY;
  }

  private void schedule(Machine machine, long tick) {
    List<Task> runnable = new ArrayList<>();
    for (Task task : tasks.values()) {
      if (task.where != machine.spec.id()
          || !alive(task)
          || task.state == ProcessView.State.FROZEN) {
        continue;
      }
      boolean waits =
          switch (task.program) {
            case "pipe", "files" -> (tick + task.id.pid() * 7L) % 60 >= 50;
            case "shmget" -> (tick + task.id.pid() * 7L) % 1000 >= 250;
            default -> false;
          };
      task.state = waits ? ProcessView.State.WAITING : ProcessView.State.READY;
      if (waits) {
        task.forwarded += task.where != task.id.home() && tick % 10 == 0 ? 1 : 0;
        task.share *= 0.99;
      } else {
        runnable.add(task);
      }
    }
    machine.load += ((double) runnable.size() / machine.spec.cpus() - machine.load) / 700;
    int first = runnable.isEmpty() ? 0 : (int) (tick / 10 % runnable.size());
    for (int i = 0; i < runnable.size(); i++) {
      Task task = runnable.get((first + i) % runnable.size());
      boolean runs = i < machine.spec.cpus();
      task.share += ((runs ? 1 : 0) - task.share) / 300;
      if (runs) {
        task.state = ProcessView.State.RUNNING;
        task.cpu += MS;
        retired += 8_000;
      }
    }
  }

  private void decide(Machine machine) {
    int here = runnable(machine.spec.id());
    machine.decidedAt = now;
    Task chosen = null;
    int to = 0;
    List<Decision.Candidate> candidates = new ArrayList<>();
    if (here > machine.spec.cpus() && policy.equals("openmosix")) {
      for (Task task : tasks.values()) {
        if (task.where != machine.spec.id() || !alive(task)) {
          continue;
        }
        Problem excluded =
            task.lock
                ? Problem.of("decision.locked")
                : task.reasons.isEmpty() ? null : Problem.of("decision.stays");
        candidates.add(new Decision.Candidate(task.id, 0.66, excluded, List.of()));
        if (excluded != null || chosen != null) {
          continue;
        }
        for (Machine other : machines.values()) {
          if (other.status == NodeView.Status.UP && runnable(other.spec.id()) < other.spec.cpus()) {
            chosen = task;
            to = other.spec.id();
            break;
          }
        }
      }
    }
    machine.verdict =
        chosen != null
            ? Problem.of("decision.moves", chosen.id.pid(), to)
            : Problem.of(here > machine.spec.cpus() ? "decision.nowhere" : "decision.enough");
    log(
        machine.spec.id(),
        new Happening.Decided(
            new Decision(
                policy,
                here,
                machine.spec.cpus(),
                machine.spec.speed(),
                candidates,
                machine.verdict,
                chosen == null ? null : chosen.id,
                to)));
    if (chosen != null) {
      move(chosen, to, MoveCause.BALANCER);
    }
  }

  private int runnable(int node) {
    int count = 0;
    for (Task task : tasks.values()) {
      boolean coming = task.state == ProcessView.State.FROZEN && task.to == node;
      boolean here = task.where == node && task.state != ProcessView.State.FROZEN;
      if (alive(task) && (coming || here && task.state != ProcessView.State.WAITING)) {
        count++;
      }
    }
    return count;
  }

  private void sample(Machine machine) {
    int here = runnable(machine.spec.id());
    samples.add(
        new Sample(
            now,
            machine.spec.id(),
            here,
            machine.load,
            Math.min(1, (double) here / machine.spec.cpus()),
            memory(machine),
            0,
            0,
            guests(machine),
            away(machine)));
  }

  private int guests(Machine machine) {
    return (int)
        tasks.values().stream()
            .filter(t -> alive(t) && t.where == machine.spec.id() && t.id.home() != t.where)
            .count();
  }

  private int away(Machine machine) {
    return (int)
        tasks.values().stream()
            .filter(
                t -> alive(t) && t.where != machine.spec.id() && t.id.home() == machine.spec.id())
            .count();
  }

  private long memory(Machine machine) {
    return (18L << 20)
        + tasks.values().stream()
            .filter(t -> alive(t) && t.where == machine.spec.id())
            .mapToLong(t -> 9L << 20)
            .sum();
  }

  private static boolean alive(Task task) {
    return task.ended == 0;
  }

  private void log(int node, Happening what) {
    Machine machine = machines.get(node);
    events.add(new Event(now, node, machine == null ? events.size() : machine.sequence++, what));
  }

  @Override
  public ClusterView view() {
    List<NodeView> nodes = new ArrayList<>();
    for (Machine machine : machines.values()) {
      nodes.add(node(machine));
    }
    List<TransferView> transfers = new ArrayList<>();
    List<ProcessView> processes = new ArrayList<>();
    for (Task task : tasks.values()) {
      processes.add(process(task));
      if (task.state == ProcessView.State.FROZEN) {
        long sent = Math.min(task.bytes, Math.max(0, (now - task.moveBegan - MS / 2) / 80));
        transfers.add(
            new TransferView(
                task.id,
                task.where,
                task.to,
                TransferView.Phase.SENDING,
                task.moveBegan,
                sent,
                task.bytes,
                41));
      }
    }
    List<LinkView> linkViews = new ArrayList<>();
    for (LinkSpec link : links) {
      boolean busy =
          transfers.stream()
              .anyMatch(
                  t ->
                      Math.min(t.from(), t.to()) == link.a()
                          && Math.max(t.from(), t.to()) == link.b());
      linkViews.add(new LinkView(link, !cut.contains(link), busy ? 0.8 : 0, 0, 0));
    }
    return new ClusterView(
        now,
        100,
        policy,
        "2.4.17",
        nodes,
        linkViews,
        processes,
        transfers,
        List.of(),
        retired,
        0.93,
        events.size());
  }

  private NodeView node(Machine machine) {
    int id = machine.spec.id();
    List<ProcessId> running =
        tasks.values().stream()
            .filter(t -> t.where == id && t.state == ProcessView.State.RUNNING)
            .map(t -> t.id)
            .toList();
    List<NodeView.CpuView> cpus = new ArrayList<>();
    for (int i = 0; i < machine.spec.cpus(); i++) {
      double share = Math.clamp(machine.load * machine.spec.cpus() - i, 0, 1);
      cpus.add(new NodeView.CpuView(share, i < running.size() ? running.get(i) : null));
    }
    long phase = id * 170 % 1000 * MS;
    long next = (now - phase + 999 * MS) / (1000 * MS) * 1000 * MS + phase;
    return new NodeView(
        machine.spec,
        machine.status,
        machine.since,
        machine.switches,
        cpus,
        memory(machine),
        runnable(id),
        machine.load,
        guests(machine),
        away(machine),
        next,
        machine.decidedAt,
        machine.verdict);
  }

  private ProcessView process(Task task) {
    return new ProcessView(
        task.id,
        task.program,
        task.arguments,
        0,
        task.launch,
        task.where,
        task.state,
        task.state == ProcessView.State.WAITING ? "read" : "",
        task.lock,
        task.reasons,
        1,
        task.cpu,
        task.share,
        60,
        41,
        task.migrations,
        task.forwarded,
        task.cpu / 125,
        task.started,
        task.arrived,
        task.exit,
        0x10428,
        task.program.equals("spin") ? task.cpu / 500 : null);
  }

  @Override
  public List<Event> events(int from) {
    return List.copyOf(events.subList(Math.min(from, events.size()), events.size()));
  }

  @Override
  public List<Sample> samples(int from) {
    return List.copyOf(samples.subList(Math.min(from, samples.size()), samples.size()));
  }

  @Override
  public List<CommandRecord> commands() {
    return List.copyOf(commands);
  }

  @Override
  public List<HashSample> hashes() {
    return List.of();
  }

  @Override
  public List<ProgramImage> programs() {
    return List.of();
  }

  @Override
  public Optional<byte[]> readFile(int node, String path) {
    return Optional.of((path + " of node " + node + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public DryRun dryRun(ProcessId process, int to) {
    Task task = tasks.get(process);
    Problem why = refusal(task, to);
    return why != null
        ? DryRun.refused(why)
        : new DryRun(null, 41, 41L * PAGE + 600, 14 * MS, 0, 0, false);
  }

  @Override
  public void close() {}
}
