package org.godwit.engine.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.godwit.engine.info.InfoMessage;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.kernel.KernelMessage;
import org.godwit.engine.kernel.KernelSettings;
import org.godwit.engine.kernel.NodeFigures;
import org.godwit.engine.kernel.Ports;
import org.godwit.engine.kernel.ProcFiles;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.kernel.Signals;
import org.godwit.engine.kernel.SyscallTable;
import org.godwit.engine.kernel.Task;
import org.godwit.engine.kernel.file.FilePorts;
import org.godwit.engine.kernel.file.NodeFiles;
import org.godwit.engine.kernel.net.NetStack;
import org.godwit.engine.kernel.net.NetworkPort;
import org.godwit.engine.kernel.net.Packet;
import org.godwit.engine.kernel.tty.TerminalSink;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.machine.Stop;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.KernelMemory;
import org.godwit.engine.migration.MoveMessage;
import org.godwit.engine.migration.MovePorts;
import org.godwit.engine.migration.Mover;
import org.godwit.engine.network.Frame;
import org.godwit.engine.network.Payload;
import org.godwit.engine.state.Walk;
import org.godwit.engine.time.Agenda;
import org.godwit.engine.time.CpuClock;
import org.godwit.engine.time.Grid;
import org.godwit.engine.time.Purpose;
import org.godwit.model.Problem;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.NodeSpec;

/**
 * An island: its CPUs take turns by local time, the least first, between the events of its agenda
 * (decision 4). An event at an instant comes before the instructions at it. A hart that enters the
 * kernel waits until no CPU is behind it; signals, freezes and the end of a quantum reach a running
 * hart at its next kernel entry or the next absolute millisecond. So where {@link #advance} is cut
 * cannot be seen in what happens.
 */
public final class Node implements Ports, MovePorts {
  /** What can be due at an instant. */
  private sealed interface Job {
    /** A frame has reached this node, its first byte at {@code firstNanos}. */
    record Arrival(Frame frame, long firstNanos) implements Job {}

    /** A frame's content takes effect: the receiving CPU has done its work. */
    record Deal(int from, Payload payload) implements Job {}

    /** Something that a part of the node planned. */
    record Planned(Runnable what) implements Job {}

    /** The once-a-second tick. */
    record Tick() implements Job {}
  }

  private static final long PAGE = 4096;
  private static final long TICK_NANOS = 1_000_000_000L;

  private final NodeSpec spec;
  private final NodeSettings settings;
  private final Surroundings surroundings;
  private final List<Cpu> cpus = new ArrayList<>();
  private final RunQueue queue = new RunQueue();
  private final Agenda<Job> agenda = new Agenda<>();
  private final Frames frames;
  private final NodeFiles files;
  private final Kernel kernel;
  private final Mover mover;
  private final Balancer balancer;
  private final List<Frame> outbox = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final TreeMap<Integer, Long> lastDeparture = new TreeMap<>();
  private final TreeMap<Integer, Long> lastDeal = new TreeMap<>();
  private final TreeMap<Integer, Channel> channels = new TreeMap<>();
  private long now;
  private long sequence;
  private long eventSequence;
  private long frameSequence;
  private long networkBytes;
  private long nextTick;
  private int wanting;
  private long runnableNanos;
  private long entryCost;
  private Cpu current;

  /** The task whose call or fault is being dealt with, or null. */
  private Task entered;

  /** Nothing but instructions happens here before this instant, unless something comes. */
  private long quietUntil;

  private boolean down;
  private final Tunables tunables;
  private boolean leaving;

  /** A machine that is switched on at {@code now} with nothing running. */
  public Node(
      NodeSpec spec,
      NodeSettings settings,
      Surroundings surroundings,
      SyscallTable table,
      long now) {
    this.spec = spec;
    this.settings = settings;
    this.surroundings = surroundings;
    this.now = now;
    for (int i = 0; i < spec.cpus(); i++) {
      Cpu cpu = new Cpu(i, new CpuClock(now, spec.mhz(), settings.clockDivisor()));
      cpu.local = now;
      cpus.add(cpu);
    }
    frames = new Frames(spec.memoryBytes() / PAGE);
    files =
        new NodeFiles(
            new FilePorts(() -> this.now, settings.epochNanos(), frames, this::random, sha -> null),
            spec.limits(),
            new NetStack(new SocketPort(), () -> this.now, new KernelMemory(frames)));
    kernel =
        new Kernel(
            new KernelSettings(
                spec.id(),
                spec.name(),
                settings.version(),
                settings.costs(),
                settings.draws(),
                settings.epochNanos(),
                spec.cpus(),
                settings.migrateEvery(),
                spec.limits(),
                spec.dfsa()),
            this,
            files,
            frames,
            table);
    kernel.now(now);
    files.tree().mount("/proc", ProcFiles.of(kernel, new Figures(), HpcFiles.of(this)));
    files.tree().mount("/mfs", kernel.remoteFiles());
    tunables = new Tunables(settings.costs());
    files.terminals().sink(new TerminalEvents());
    mover = new Mover(kernel, this, settings.method());
    balancer = new Balancer(this, surroundings, settings);
    nextTick =
        now
            + Grid.ceil(
                1 + settings.draws().below(TICK_NANOS - 1, Purpose.TICK_PHASE, spec.id(), 0),
                Grid.STEP_NANOS);
    plan(nextTick, Agenda.Kind.TICK, new Job.Tick());
  }

  /** What terminals of the session show goes into the events. */
  private final class TerminalEvents implements TerminalSink {
    @Override
    public void shows(String terminal, byte[] bytes) {
      record(new Happening.TerminalOutput(terminal, new String(bytes, ISO_8859_1)));
    }

    @Override
    public void closed(String terminal) {
      record(new Happening.TerminalClosed(terminal));
    }
  }

  private void random(int pid, byte[] into, int from, int count) {
    for (int i = 0; i < count; i++) {
      into[from + i] =
          (byte)
              settings.draws().bits(Purpose.GET_RANDOM, (long) spec.id() << 32 | pid, sequence++);
    }
  }

  // ---------------------------------------------------------------- what it is made of

  /** Number, name, CPUs, clock, memory. */
  public NodeSpec spec() {
    return spec;
  }

  /** Its kernel. */
  public Kernel kernel() {
    return kernel;
  }

  /** Its part in migrations. */
  public Mover mover() {
    return mover;
  }

  /** Its part in balancing. */
  public Balancer balancer() {
    return balancer;
  }

  /** Its files. */
  public NodeFiles files() {
    return files;
  }

  /** Its RAM. */
  public Frames frames() {
    return frames;
  }

  /** Up to where it has come. */
  public long now() {
    return now;
  }

  /** When its next tick is. */
  public long nextTick() {
    return nextTick;
  }

  /** When its last tick was; before it came up if there was none yet. */
  public long lastTick() {
    return nextTick - TICK_NANOS;
  }

  /** Content of a file as root would read it; empty if there is none or it is not regular. */
  public java.util.Optional<byte[]> readFile(String path) {
    return files.tree().content(path);
  }

  /** Bytes that it has sent since the start. */
  public long networkBytes() {
    return networkBytes;
  }

  /** Busy time of a CPU up to now. */
  public long busyNanos(int cpu) {
    return cpus.get(cpu).busy(now);
  }

  /** The task on a CPU, or null. */
  public Task onCpu(int cpu) {
    return cpus.get(cpu).task;
  }

  /** Tasks that run or are ready. */
  public int runnable() {
    return wanting;
  }

  /** Time integral of {@link #runnable} since the start, task-nanoseconds. */
  public long runnableNanos() {
    return runnableNanos;
  }

  // ---------------------------------------------------------------- the loop

  /** Carries the node to {@code until}: everything before that instant has then happened. */
  public void advance(long until) {
    while (true) {
      long event = Math.min(agenda.nextNanos(), nextTimer());
      Cpu cpu = hindmost();
      long reached = cpu == null ? Long.MAX_VALUE : cpu.local;
      if (event <= reached && event < until) {
        at(event);
        happen();
      } else if (reached < until) {
        at(reached);
        step(cpu, Math.min(until, event));
      } else {
        break;
      }
    }
    at(until);
  }

  private void at(long nanos) {
    runnableNanos += wanting * (nanos - now);
    now = nanos;
    kernel.now(nanos);
  }

  /** The busy CPU that is furthest behind; ties go to the lower number. */
  private Cpu hindmost() {
    Cpu hindmost = null;
    for (int i = 0; i < cpus.size(); i++) {
      Cpu cpu = cpus.get(i);
      if (cpu.task != null && (hindmost == null || cpu.local < hindmost.local)) {
        hindmost = cpu;
      }
    }
    return hindmost;
  }

  /** When the kernel, the network stack or a terminal next wants to be called. */
  private long nextTimer() {
    long terminals = Math.max(now, files.terminals().deadlineNanos());
    long net = Math.max(now, files.net().deadlineNanos());
    return Math.min(kernel.nextAlarmNanos(), Math.min(net, terminals));
  }

  private void timers() {
    kernel.fireAlarms();
    if (files.net().deadlineNanos() <= now) {
      files.net().tick(now);
      kernel.settle();
    }
    if (files.terminals().deadlineNanos() <= now) {
      files.terminals().tick(now);
      kernel.settle();
    }
  }

  private void happen() {
    if (agenda.nextNanos() > now || agenda.nextKind() == Agenda.Kind.TICK && nextTimer() <= now) {
      timers();
      return;
    }
    Agenda.Entry<Job> entry = agenda.take();
    switch (entry.what()) {
      case Job.Arrival job -> arrived(job.frame(), job.firstNanos());
      case Job.Deal job -> {
        balancer.heard(job.from());
        deal(job.from(), job.payload());
      }
      case Job.Planned job -> job.what().run();
      case Job.Tick job -> tick();
    }
    kernel.settle();
  }

  private void tick() {
    nextTick = now + TICK_NANOS;
    plan(nextTick, Agenda.Kind.TICK, new Job.Tick());
    balancer.tick();
  }

  private void plan(long nanos, Agenda.Kind kind, Job job) {
    agenda.add(nanos, kind, spec.id(), sequence++, job);
  }

  // ---------------------------------------------------------------- CPUs

  private void step(Cpu cpu, long limit) {
    if (cpu.entry != null || cpu.exercise) {
      enter(cpu);
      return;
    }
    if (cpu.local >= cpu.noticeAt) {
      notice(cpu);
      return;
    }
    Body body = cpu.task.body();
    long end = Math.min(limit, cpu.noticeAt);
    if (body.tasks().size() > 1
        || body.sharesMemory()
        || body.memory().hasSharedWritable()
        || kernel.seesOthersWrite(body)) {
      end = Math.min(end, sliceEnd(cpu));
    }
    run(cpu, end);
  }

  /** Runs the hart of a CPU up to an instant, or to its next stop. */
  private void run(Cpu cpu, long end) {
    Body body = cpu.task.body();
    long slots = cpu.clock.slotsBefore(end) - cpu.clock.slotsBefore(cpu.local);
    long budget = slots;
    if (body.exerciseAt() != Long.MAX_VALUE) {
      budget = Math.min(budget, Math.max(0, body.exerciseAt() - body.instructions()));
    }
    Hart hart = cpu.task.hart();
    long before = hart.retired();
    cpu.runs(before);
    hart.setCounters(cpu);
    Stop stop = budget == 0 ? Stop.BUDGET : settings.machine().run(hart, body.memory(), budget);
    long ran = hart.retired() - before;
    if (stop == Stop.OUT_OF_FRAMES && frames.withheld()) {
      cpu.local = Math.max(cpu.local, cpu.after(ran)); // Tried again when its time has come.
    } else if (stop != Stop.BUDGET) {
      cpu.entry = stop;
      cpu.local = cpu.after(stop == Stop.ECALL ? ran : ran + 1);
    } else if (body.instructions() >= body.exerciseAt()) { // also where that is just at the end
      cpu.exercise = true;
      cpu.local = Math.max(cpu.local, cpu.after(ran));
    } else {
      cpu.local = end;
    }
  }

  // ---------------------------------------------------------------- ahead of time

  /**
   * Up to when nothing but instructions can happen here, unless a hart enters the kernel or
   * something comes from elsewhere: the first entry of the agenda, timer or look of a hart at what
   * waits for it. {@link #now} if something is due, or if others could see what harts do meanwhile.
   */
  public long calmUntil(long limit) {
    if (mover.busy()) {
      return now;
    }
    long calm = Math.min(limit, Math.min(agenda.nextNanos(), nextTimer()));
    boolean looks = false;
    for (int i = 0; i < cpus.size() && calm > now; i++) {
      Cpu cpu = cpus.get(i);
      if (cpu.task == null) {
        continue;
      }
      Body body = cpu.task.body();
      if (body.tasks().size() > 1 || body.sharesMemory() || !body.memory().isPrivate()) {
        return now;
      }
      if (cpu.entry != null || cpu.exercise) {
        calm = Math.min(calm, cpu.local);
      } else if (looksInVain(cpu)) {
        looks = true;
      } else {
        calm = Math.min(calm, Math.max(cpu.local, cpu.noticeAt));
      }
    }
    if (!looks || calm <= now) {
      return Math.max(calm, now);
    }
    for (int i = 0; i < cpus.size(); i++) {
      Cpu cpu = cpus.get(i);
      if (cpu.task != null && looksInVain(cpu)) {
        look(cpu);
        calm = Math.min(calm, cpu.noticeAt);
      }
    }
    return calm;
  }

  /** Whether a hart looks up now and finds nothing to do. */
  private boolean looksInVain(Cpu cpu) {
    return cpu.entry == null
        && !cpu.exercise
        && cpu.local == now
        && cpu.noticeAt <= now
        && cpu.debt == 0
        && !cpu.task.looksUp()
        && !cpu.task.body().timerDue(now)
        && queue.highest() < 0;
  }

  /**
   * Runs the harts, which {@link #calmUntil} has allowed, ahead of this node's time, each up to
   * {@code limit} or to its next kernel entry, which waits until the node has come there. A hart
   * that needs a frame of memory stops before: others may take it first. What a hart does between
   * its looks at the kernel depends on nothing that can come meanwhile, so it cannot be seen that
   * it was ahead.
   */
  public void runAhead(long limit) {
    quietUntil = limit;
    frames.withhold(true);
    try {
      for (int i = 0; i < cpus.size(); i++) {
        Cpu cpu = cpus.get(i);
        if (cpu.task != null && cpu.entry == null && cpu.local < limit) {
          run(cpu, limit);
          quietUntil = Math.min(quietUntil, cpu.local);
        }
      }
    } finally {
      frames.withhold(false);
    }
  }

  /** Before which instant the harts that {@link #runAhead} has run do not enter the kernel. */
  public long quietUntil() {
    return quietUntil;
  }

  /** The next step of the grid; on a slow clock the start of the one with the next instruction. */
  private static long sliceEnd(Cpu cpu) {
    long next = cpu.clock.retires(cpu.clock.slotsBefore(cpu.local) + 1);
    return Math.max(Grid.after(cpu.local, Grid.STEP_NANOS), Grid.floor(next, Grid.STEP_NANOS));
  }

  /** The hart of this CPU is in the kernel, and no CPU is behind it. */
  private void enter(Cpu cpu) {
    Task task = cpu.task;
    Stop stop = cpu.entry;
    boolean exercise = cpu.exercise;
    cpu.entry = null;
    cpu.exercise = false;
    current = cpu;
    cpu.inKernel = true;
    entered = task;
    entryCost = cpu.debt;
    cpu.debt = 0;
    if (exercise) {
      mover.exercise(task.body());
    } else {
      entryCost += settings.costs().callNanos();
      handle(task, stop);
    }
    kernel.settle();
    entered = null;
    leave(cpu, task);
  }

  private void handle(Task task, Stop stop) {
    Hart hart = task.hart();
    long pc = hart.pc();
    switch (stop) {
      case BUDGET -> throw new IllegalStateException("a spent budget is no kernel entry");
      case ECALL -> entryCost += kernel.call(task);
      case EBREAK -> kernel.fault(task, Signals.SIGTRAP, pc, pc);
      case ILLEGAL -> kernel.fault(task, Signals.SIGILL, pc, pc);
      case MISALIGNED -> kernel.fault(task, Signals.SIGBUS, pc, hart.address());
      case FAULT -> {
        GuestFault fault = hart.fault();
        boolean bus = fault.cause() == GuestFault.Cause.BEYOND_END;
        kernel.fault(task, bus ? Signals.SIGBUS : Signals.SIGSEGV, pc, fault.address());
      }
      case PAGE_WAIT -> kernel.pageWait(task, hart.pageWait().handle(), hart.pageWait().index());
      case OUT_OF_FRAMES -> kernel.outOfMemory(task.body());
    }
  }

  /** Back to user mode, with this task or another. */
  private void leave(Cpu cpu, Task task) {
    kernel.lookAtCpuTime(task.body());
    if (cpu.task == task) {
      kernel.beforeUserMode(task);
    }
    if (mover.isStopping(task.body())) {
      mover.stop(task.body()); // Even if it waits by now: what it waits for may be held back.
    }
    kernel.settle();
    if (cpu.task != null && queue.highest() > cpu.task.urgency()) {
      preempt(cpu);
    }
    cpu.spend(entryCost);
    cpu.inKernel = false;
    current = null;
    if (cpu.task == null) {
      next(cpu);
    }
  }

  /** A running hart looks up: signals, freezes, the end of its quantum. */
  private void notice(Cpu cpu) {
    Task task = cpu.task;
    current = cpu;
    cpu.inKernel = true;
    entryCost = cpu.debt;
    cpu.debt = 0;
    if (look(cpu)) {
      if (task.hasQuantum() && queue.highest() >= task.urgency()) {
        cpu.clear(now);
        task.become(Task.State.READY, now);
        queue.add(task);
      }
    }
    leave(cpu, task);
  }

  /** Sets when the hart looks up next; returns whether its quantum is over, and begins another. */
  private boolean look(Cpu cpu) {
    cpu.noticeAt = Grid.after(cpu.local, Grid.NOTICE_NANOS);
    boolean over = cpu.local >= cpu.quantumEnd;
    if (over) {
      cpu.quantumEnd = Grid.after(cpu.local, quantum(cpu.task));
    }
    return over;
  }

  /** A more urgent task is ready: the one on this CPU goes back to the head of its list. */
  private void preempt(Cpu cpu) {
    Task task = cpu.task;
    cpu.clear(now);
    task.become(Task.State.READY, now);
    queue.addFirst(task);
  }

  private void next(Cpu cpu) {
    Task task = queue.poll();
    if (task != null) {
      dispatch(cpu, task);
    }
  }

  /** CPU time for the kernel's own work: an idle CPU's, else CPU 0's (decision 6). */
  private long work(long cost) {
    balancer.kernelWork(cost);
    if (current != null) {
      entryCost += cost;
      return now + entryCost;
    }
    Cpu idle = leastBusyIdle();
    if (idle != null) {
      return idle.work(now, cost);
    }
    cpus.getFirst().debt += cost;
    return now + cost;
  }

  private Cpu leastBusyIdle() {
    Cpu best = null;
    for (Cpu cpu : cpus) {
      if (cpu.idle() && (best == null || cpu.local < best.local && best.local > now)) {
        best = cpu;
      }
    }
    return best;
  }

  // ---------------------------------------------------------------- ports of the kernel

  @Override
  public void movable(Process process) {
    mover.movable(process);
  }

  @Override
  public void ready(Task task) {
    wanting++;
    if (task == entered && current.task == null) {
      current.keep(task, now); // Its call did not wait: the rest of its quantum is still its own.
      return;
    }
    Cpu idle = leastBusyIdle();
    if (idle == null) {
      queue.add(task);
    } else {
      dispatch(idle, task);
    }
  }

  /** Its quantum: whole notices, one at least. */
  private long quantum(Task task) {
    long nanos = task.body().quantumNanos(settings.costs().quantumNanos());
    return Math.max(Grid.NOTICE_NANOS, Grid.floor(nanos, Grid.NOTICE_NANOS));
  }

  private void dispatch(Cpu cpu, Task task) {
    cpu.put(task, now, quantum(task));
    if (task.looksUp()) {
      cpu.noticeAt = cpu.local; // A handler runs before anything else of the program does.
    }
  }

  @Override
  public void unready(Task task) {
    wanting--;
    for (Cpu cpu : cpus) {
      if (cpu.task == task) {
        cpu.clear(now);
        if (!cpu.inKernel) {
          cpu.turnBack(now);
          next(cpu);
        }
        return;
      }
    }
    queue.remove(task);
  }

  @Override
  public void rescheduled(Task task) {
    if (queue.remove(task)) {
      queue.add(task);
    }
  }

  @Override
  public void yield(Task task) {
    for (Cpu cpu : cpus) {
      if (cpu.task == task && queue.highest() >= task.urgency()) {
        cpu.clear(now);
        task.become(Task.State.READY, now);
        queue.add(task);
      }
    }
  }

  @Override
  public void requestMove(Process process, int node, MoveCause cause) {
    mover.request(process, node, cause);
  }

  @Override
  public void goHome(Body body) {
    mover.wish(body, 0, MoveCause.CALL);
  }

  @Override
  public void fetchLeftBehind(Body body, int number) {
    mover.fault(body, number);
  }

  @Override
  public void bodyEnded(Body body) {
    mover.bodyEnded(body);
    balancer.forget(body);
  }

  @Override
  public void processEnded(Process process) {
    mover.processEnded(process);
  }

  /** What /proc tells of this machine. */
  private final class Figures implements NodeFigures {
    @Override
    public long busyNanos(int cpu) {
      return Node.this.busyNanos(cpu);
    }

    @Override
    public int runnable() {
      return wanting;
    }

    @Override
    public double[] loadAverages() {
      return balancer.loadAverages();
    }

    @Override
    public int megahertz() {
      return spec.mhz();
    }
  }

  // ---------------------------------------------------------------- administration

  Tunables tunables() {
    return tunables;
  }

  @Override
  public List<Integer> configured() {
    return surroundings.nodesConfigured();
  }

  @Override
  public boolean servesFiles() {
    return !balancer.switches().contains(NodeSwitch.NOMFS);
  }

  @Override
  public boolean isUp(int node) {
    return node == spec.id() || surroundings.nodesUp().contains(node);
  }

  /** Sends all guests home and takes no more. */
  public void expel() {
    balancer.set(NodeSwitch.BLOCK, true);
    for (Body body : List.copyOf(kernel.bodies())) {
      if (body.id().home() != spec.id()) {
        mover.wish(body, Command.Migrate.HOME, MoveCause.EVACUATION);
      }
    }
  }

  /** Brings all processes of this home back and lets none leave by itself. */
  public void bring() {
    balancer.set(NodeSwitch.LSTAY, true);
    for (Process process : List.copyOf(kernel.processes())) {
      if (process.alive() && process.where() != spec.id()) {
        mover.request(process, Command.Migrate.HOME, MoveCause.EVACUATION);
      }
    }
  }

  /** Somebody on this node wants it to leave the cluster. */
  void askToLeave() {
    leaving = true;
  }

  /** Whether somebody on this node wants it to leave. */
  public boolean wantsToLeave() {
    return leaving;
  }

  // ---------------------------------------------------------------- messages

  @Override
  public void send(int to, Payload payload) {
    boolean kept =
        payload instanceof KernelMessage
            || payload instanceof MoveMessage.Wish
            || payload instanceof MoveMessage.WishRefused;
    transmit(to, kept ? channel(to).send(payload, now) : payload);
  }

  private Channel channel(int peer) {
    return channels.computeIfAbsent(peer, id -> new Channel());
  }

  /** Nodes that have not confirmed everything that was sent to them, ascending. */
  List<Integer> unconfirmedPeers() {
    return channels.entrySet().stream()
        .filter(each -> each.getValue().isWaiting())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How many numbered messages of a node have come. */
  long confirmed(int peer) {
    Channel channel = channels.get(peer);
    return channel == null ? 0 : channel.confirmed();
  }

  /** A node has said how many numbered messages have come there: sends again what was lost. */
  void confirm(int peer, long count, long saidNanos) {
    Channel channel = channels.get(peer);
    if (channel != null) {
      channel.confirm(count, saidNanos, now).forEach(each -> transmit(peer, each));
    }
  }

  /** A node is gone for good. */
  public void forgetNode(int gone) {
    channels.remove(gone);
    kernel.forgetNode(gone);
    balancer.forgetNode(gone);
  }

  private void transmit(int to, Payload payload) {
    long cost = messageCost(payload);
    long departure = Math.max(work(cost), surroundings.departureFloor(spec.id(), to));
    departure = Math.max(departure, lastDeparture.getOrDefault(to, 0L));
    lastDeparture.put(to, departure);
    networkBytes += payload.bytes();
    outbox.add(new Frame(spec.id(), to, departure, frameSequence++, payload));
  }

  private long messageCost(Payload payload) {
    return settings.costs().messageNanos()
        + payload.bytes() * settings.costs().copyNanosPerPage() / PAGE;
  }

  /** The way out for sockets; what it sends is charged and departs like any message. */
  private final class SocketPort implements NetworkPort {
    @Override
    public int ownNode() {
      return spec.id();
    }

    @Override
    public boolean exists(int node) {
      return surroundings.nodesUp().contains(node);
    }

    @Override
    public void send(int toNode, Packet packet) {
      Node.this.send(toNode, new NetMessage(packet));
    }
  }

  /** Hands over what was sent since the last time. */
  public List<Frame> takeOutbox() {
    if (outbox.isEmpty()) {
      return List.of();
    }
    List<Frame> taken = List.copyOf(outbox);
    outbox.clear();
    return taken;
  }

  /** A frame will arrive: its first byte at {@code first}, all of it at {@code arrival}. */
  public void deliver(Frame frame, long first, long arrival) {
    agenda.add(
        arrival,
        Agenda.Kind.ARRIVAL,
        frame.from(),
        frame.sequence(),
        new Job.Arrival(frame, first));
  }

  /** Frames from {@code from} that have not arrived are lost: their link was cut. */
  public void loseFrom(int from) {
    agenda.removeIf(entry -> entry.kind() == Agenda.Kind.ARRIVAL && entry.source() == from);
  }

  private void arrived(Frame frame, long firstNanos) {
    if (frame.payload() instanceof MoveMessage.Segment segment) {
      mover.reached(segment, frame.from(), firstNanos);
    }
    long done =
        Math.max(work(messageCost(frame.payload())), lastDeal.getOrDefault(frame.from(), 0L));
    lastDeal.put(frame.from(), done);
    agenda.add(
        done,
        Agenda.Kind.WORK_DONE,
        frame.from(),
        frame.sequence(),
        new Job.Deal(frame.from(), frame.payload()));
  }

  private void deal(int from, Payload payload) {
    switch (payload) {
      case Numbered numbered -> {
        if (channel(from).accept(numbered)) {
          deal(from, numbered.message());
        }
      }
      case KernelMessage message -> {
        if (message instanceof KernelMessage.Forward
            || message instanceof KernelMessage.MfsCall
            || message instanceof KernelMessage.DfsaCall) {
          work(settings.costs().callNanos());
        }
        kernel.receive(from, message);
      }
      case MoveMessage message -> mover.receive(from, message);
      case InfoMessage message -> balancer.receive(from, message);
      case NetMessage message -> files.net().receive(from, message.packet());
      default -> throw new IllegalStateException("a message of no known kind: " + payload);
    }
  }

  /**
   * Whether something that others have to wait for may leave this node at any time (decision 5),
   * {@link #leastNanos} after it was caused: while it shares processes with others.
   */
  public boolean isOpen() {
    return settings.migrateEvery() > 0
        || sharesProcesses()
        || kernel.usesRemoteFiles()
        || files.net().reachesOut();
  }

  /** What the cheapest call that sends something takes. */
  public long leastNanos() {
    return settings.costs().callNanos() + settings.costs().messageNanos();
  }

  /**
   * The earliest instant at which this node, if it is not {@linkplain #isOpen open}, might send
   * something that others have to wait for: at its next tick or after the next frame that reaches
   * it.
   */
  public long promise() {
    long first = Math.min(nextTick, agenda.earliest(Node::mayBeAnswered));
    return first + settings.costs().messageNanos();
  }

  private static boolean mayBeAnswered(Job job) {
    return switch (job) {
      case Job.Arrival arrival -> !(arrival.frame().payload() instanceof InfoMessage.Gossip);
      case Job.Deal deal -> !(deal.payload() instanceof InfoMessage.Gossip);
      case Job.Planned planned -> false;
      case Job.Tick tick -> false;
    };
  }

  /** Whether no process of others is here and none of its own elsewhere. */
  public boolean isAlone() {
    return !sharesProcesses();
  }

  private boolean sharesProcesses() {
    if (mover.busy() || files.net().reachesOut()) {
      return true;
    }
    for (Body body : kernel.bodies()) {
      if (body.id().home() != spec.id()) {
        return true;
      }
    }
    for (Process process : kernel.processes()) {
      if (process.alive() && process.where() != spec.id()) {
        return true;
      }
    }
    return false;
  }

  // ---------------------------------------------------------------- ports of the mover

  @Override
  public void record(Happening happening) {
    events.add(new Event(now, spec.id(), eventSequence++, happening));
  }

  /** Hands over the events since the last time. */
  public List<Event> takeEvents() {
    if (events.isEmpty()) {
      return List.of();
    }
    List<Event> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  @Override
  public Problem closed() {
    return balancer.closed();
  }

  @Override
  public List<Integer> nodesUp() {
    return surroundings.nodesUp();
  }

  @Override
  public int bestTarget(IntPredicate admits) {
    return balancer.bestTarget(admits);
  }

  @Override
  public void at(long nanos, Runnable what) {
    plan(nanos, Agenda.Kind.TIMER, new Job.Planned(what));
  }

  @Override
  public void sentTo(int node) {
    balancer.sentTo(node);
  }

  // ---------------------------------------------------------------- power

  /** The machine is off: nothing of it goes on. */
  public void powerOff() {
    down = true;
  }

  /** Whether it is off. */
  public boolean isDown() {
    return down;
  }

  /** Everything that lasts, for the cluster's hash. */
  public void walk(Walk walk) {
    walk.i32("node", spec.id());
    walk.i64("now", now);
    walk.flag("down", down);
    walk.i64("frames", frameSequence);
    walk.i64("events", eventSequence);
    walk.i64("bytes", networkBytes);
    walk.i64("nextTick", nextTick);
    for (Cpu cpu : cpus) {
      cpu.walk(walk, now);
    }
    walk.count("queue", queue.tasks().size());
    for (Task task : queue.tasks()) {
      walk.i32("tid", task.tid());
    }
    for (Map.Entry<Integer, Long> entry : lastDeparture.entrySet()) {
      walk.i64("departure", entry.getValue());
    }
    for (Map.Entry<Integer, Channel> entry : channels.entrySet()) {
      walk.i32("peer", entry.getKey());
      entry.getValue().walk(walk);
    }
    for (Agenda.Entry<Job> entry : agenda.inOrder()) {
      walk.i64("due", entry.nanos());
      walk.constant("kind", entry.kind(), Agenda.Kind.values());
      walk.i32("source", entry.source());
    }
    tunables.walk(walk);
    leaving = walk.flag("leaving", leaving);
    kernel.walk(walk);
    mover.walk(walk);
    balancer.walk(walk);
  }
}
