package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.file.NodeFiles;
import org.godwit.engine.kernel.ipc.MessageQueues;
import org.godwit.engine.kernel.ipc.Semaphores;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.memory.Backing;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.PageWait;
import org.godwit.engine.memory.Parcel;
import org.godwit.engine.state.StateReader;
import org.godwit.engine.state.StateWriter;
import org.godwit.engine.state.Walk;
import org.godwit.model.LockOrigin;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;
import org.godwit.model.view.LedgerRow;
import org.godwit.model.view.LedgerRow.Place;

/**
 * One node's kernel: the processes whose home it is, the bodies that run on it, and the system
 * calls of both. Everything happens at {@link #now}, which the node sets before it calls in.
 */
public final class Kernel {
  private final KernelSettings settings;
  private final Ports ports;
  private final NodeFiles files;
  private final Frames frames;
  private final SyscallTable table;
  private final TreeMap<Integer, Process> processes = new TreeMap<>();
  private final TreeMap<ProcessId, Body> bodies = new TreeMap<>();
  private final SharedMemory sharedMemory;
  private final Semaphores semaphores = new Semaphores();
  private final MessageQueues messages;
  private final Staying staying = new Staying(this);
  private final MfsClient mfs = new MfsClient(this);
  private final MfsServer mfsServer = new MfsServer(this);
  private final MfsCopies mfsCopies = new MfsCopies(this);
  private final Unfiled unfiled = new Unfiled(this);
  private final Dfsa dfsa;
  private final Calls calls = new Calls(this);
  private final Waits waits = new Waits(this);
  private final Ends ends = new Ends(this);
  private final LateClears lateClears = new LateClears(this);
  private final Crossing crossing = new Crossing(this);
  private final Futexes futexes = new Futexes(this);
  private final Alarms alarms = new Alarms();
  private final Jobs jobs = new Jobs(this);
  private final LaunchService launches = new LaunchService(this);
  private int nextPid;
  private long now;
  private long forwardedCalls;

  /** A kernel with nothing running. */
  public Kernel(
      KernelSettings settings, Ports ports, NodeFiles files, Frames frames, SyscallTable table) {
    this.settings = settings;
    this.ports = ports;
    this.files = files;
    this.frames = frames;
    this.table = table;
    this.dfsa = new Dfsa(this, settings.dfsa());
    this.sharedMemory = new SharedMemory(this);
    this.messages = new MessageQueues(files.buffers());
    this.nextPid = settings.node() * 1000 + 1;
    files.terminals().jobs(jobs);
    files.connect((nanos, what) -> alarms.at(nanos, what)::cancel, new SignalReading(this));
    files.remoteFiles(file -> mfs.closed(file.server(), file.owner(), file.handle()));
  }

  // ---------------------------------------------------------------- what others ask of it

  /** What it was set up with. */
  public KernelSettings settings() {
    return settings;
  }

  Ports ports() {
    return ports;
  }

  /** The node's files. */
  public NodeFiles files() {
    return files;
  }

  /** The node's RAM. */
  public Frames frames() {
    return frames;
  }

  SharedMemory sharedMemory() {
    return sharedMemory;
  }

  Semaphores semaphores() {
    return semaphores;
  }

  MessageQueues messages() {
    return messages;
  }

  MfsClient mfs() {
    return mfs;
  }

  MfsCopies mfsCopies() {
    return mfsCopies;
  }

  Unfiled unfiled() {
    return unfiled;
  }

  MfsServer mfsServer() {
    return mfsServer;
  }

  Dfsa dfsa() {
    return dfsa;
  }

  /** Mounts /mfs with {@code dfsa=1} or {@code dfsa=0} from now on. */
  public void mountRemoteFiles(boolean direct) {
    dfsa.mounted(direct);
  }

  /** Whether files of other nodes are in use here. */
  public boolean usesRemoteFiles() {
    return mfs.reachesOut();
  }

  /** What is shown as /mfs. */
  public SyntheticDirectory remoteFiles() {
    return mfs.root();
  }

  /** A node is gone for good. */
  public void forgetNode(int gone) {
    mfsServer.nodeGone(gone);
    mfs.nodeGone();
    dfsa.nodeGone(gone);
  }

  Calls calls() {
    return calls;
  }

  Waits waits() {
    return waits;
  }

  LateClears lateClears() {
    return lateClears;
  }

  SyscallTable table() {
    return table;
  }

  /** As {@link #bodies}, to be changed. */
  TreeMap<ProcessId, Body> bodyMap() {
    return bodies;
  }

  /** As {@link #processes()}, to be changed. */
  TreeMap<Integer, Process> processMap() {
    return processes;
  }

  Syscall row(int number) {
    return table.row(number);
  }

  Staying staying() {
    return staying;
  }

  /** Name of a call. */
  String nameOf(Call call) {
    return table.name(call.number());
  }

  Futexes futexes() {
    return futexes;
  }

  /** How programs are launched once the node has booted. */
  public LaunchService launches() {
    return launches;
  }

  Jobs jobs() {
    return jobs;
  }

  Alarms alarms() {
    return alarms;
  }

  /** Virtual time of what is being done. */
  public long now() {
    return now;
  }

  /** Sets the instant at which the next things happen; never goes back. */
  public void now(long nanos) {
    if (nanos < now) {
      throw new IllegalStateException("time would go back from " + now + " to " + nanos);
    }
    now = nanos;
  }

  /** Processes whose home is here, ended ones included until they are forgotten, by pid. */
  public Collection<Process> processes() {
    return Collections.unmodifiableCollection(processes.values());
  }

  /** The process of that pid whose home is here, or null. */
  public Process process(int pid) {
    return processes.get(pid);
  }

  /** The process of that identity, or null if it is not of this home. */
  public Process process(ProcessId id) {
    return id.home() == settings.node() ? processes.get(id.pid()) : null;
  }

  /** Bodies on this node, by identity. */
  public Collection<Body> bodies() {
    return Collections.unmodifiableCollection(bodies.values());
  }

  /** The body of that process, or null if it is not here. */
  public Body body(ProcessId id) {
    return bodies.get(id);
  }

  /** Whether another process may write to memory that this body sees. */
  public boolean seesOthersWrite(Body body) {
    Process process = process(body.id());
    return process != null && process.reasonMap().containsKey(StayReason.MONKEY);
  }

  /** Another node says which of its guests sleep. */
  public void hearOfSleep(List<ProcessId> guests, List<ProcessId> asleep) {
    for (ProcessId each : guests) {
      Process process = process(each);
      if (process != null) {
        process.asleepAway(asleep.contains(each));
      }
    }
  }

  /** Calls served for processes that are away, since the start. */
  public long forwardedCalls() {
    return forwardedCalls;
  }

  /** When the next alarm is due. */
  public long nextAlarmNanos() {
    return alarms.nextNanos();
  }

  /** Does everything that is due now. */
  public void fireAlarms() {
    while (alarms.fire(now)) {
      drainRetries();
    }
  }

  int allocatePid() {
    return nextPid++;
  }

  int lastPid() {
    return nextPid - 1;
  }

  /** Processes and threads that were started here. */
  int startedProcesses() {
    return nextPid - settings.node() * 1000 - 1;
  }

  void add(Process process) {
    processes.put(process.id().pid(), process);
  }

  void add(Body body) {
    bodies.put(body.id(), body);
  }

  /** Forgets an ended process that nobody waits for. */
  public void forget(Process process) {
    processes.remove(process.id().pid());
  }

  // ---------------------------------------------------------------- system calls

  /**
   * The task stands at an ecall. Makes the call.
   *
   * @return CPU time that it costs beside entering the kernel, nanoseconds
   */
  public long call(Task task) {
    return calls.call(task);
  }

  /** System calls of a process by kind and place, as far as this node knows. */
  public List<LedgerRow> ledger(Body body) {
    return Ledger.rows(body.ledger().entries(), table);
  }

  /** System calls of an ended process by kind and place. */
  public List<LedgerRow> ledger(Ending ending) {
    return Ledger.rows(ending.ledger(), table);
  }

  void retryLater(PendingCall call) {
    calls.retryLater(call);
  }

  /** Lets everything happen that what was done has made possible. */
  public void settle() {
    drainRetries();
  }

  /** Tries the calls again whose wait has ended; they may end the wait of others. */
  void drainRetries() {
    lateClears.tryAgain();
    calls.drainRetries();
  }

  /** Sends to the body, or keeps it back while the body is moving (decision 13). */
  void toBody(Process process, KernelMessage message) {
    if (process.held()) {
      process.heldTraffic().add(message);
    } else if (process.where() == settings.node()) {
      receive(settings.node(), message);
    } else {
      ports.send(process.where(), message);
    }
  }

  /** Lets traffic for the body pass again and sends what was kept back, in order. */
  public void release(Process process) {
    process.held(false);
    List<KernelMessage> kept = List.copyOf(process.heldTraffic());
    process.heldTraffic().clear();
    for (KernelMessage message : kept) {
      toBody(process, message);
    }
    drainRetries();
  }

  /** Keeps traffic for the body back from now on. */
  public void hold(Process process) {
    process.held(true);
  }

  /** A call has its value, and its results: they go to the program. */
  void answered(Task task, Call call, long value) {
    calls.answered(task, call, value);
  }

  void result(Task task, long value) {
    calls.result(task, value);
  }

  // ---------------------------------------------------------------- waiting

  boolean isAway(Body body) {
    return body.id().home() != settings.node();
  }

  Task task(ProcessId id, int tid) {
    Body body = bodies.get(id);
    return body == null ? null : body.task(tid);
  }

  /** The task waits from now on. */
  void wait(Task task, TaskWait wait) {
    waits.wait(task, wait);
  }

  /** The wait is over; the task is ready unless it is stopped or frozen. */
  void wake(Task task) {
    waits.wake(task);
  }

  /** An instruction touched a page that is not here. */
  public void pageWait(Task task, long handle, long index) {
    waits.pageWait(task, handle, index);
  }

  // ---------------------------------------------------------------- messages

  /** Deals with a message from another kernel. */
  public void receive(int from, KernelMessage message) {
    switch (message) {
      case KernelMessage.Forward m -> {
        Process process = process(m.process());
        if (process != null && process.alive()) {
          Call call = readCall(m.call());
          dfsa.heard(process, m.files());
          process.countForwardedCall();
          forwardedCalls++;
          calls.serve(process, table.row(call.number()), call);
        }
      }
      case KernelMessage.Reply m -> reply(m);
      case KernelMessage.Signal m -> {
        Body body = bodies.get(m.process());
        if (body != null) {
          new SignalDelivery(this).deliver(body, m.tid(), m.info());
        }
      }
      case KernelMessage.Stopped m -> news(m.process(), m.signal());
      case KernelMessage.Continued m -> news(m.process(), 0);
      case KernelMessage.ChildPolicy m -> {
        Process process = process(m.process());
        if (process != null) {
          process.childrenVanish(m.vanish());
        }
      }
      case KernelMessage.Interrupt m -> waits.interrupt(m.process(), m.tid());
      case KernelMessage.Ended m -> {
        Process process = process(m.process());
        if (process != null && process.alive()) {
          dfsa.heard(process, m.files());
          ended(process, m.ending());
        }
      }
      case KernelMessage.Born m -> born(m.process(), from);
      case KernelMessage.PageRequest m -> {
        Process process = process(m.process());
        if (process != null && process.alive()) {
          toBody(
              process,
              new KernelMessage.PageReply(
                  m.process(), m.tid(), m.handle(), m.index(), page(process, m)));
        }
      }
      case KernelMessage.PageReply m -> waits.pageCame(m);
      case KernelMessage.MfsCall m -> mfsServer.serve(from, m);
      case KernelMessage.MfsReply m -> mfs.answered(from, m);
      case KernelMessage.MfsClose m -> mfsServer.close(m.process(), m.handle());
      case KernelMessage.MfsKeep m -> mfsServer.keep(m.process(), m.handles());
      case KernelMessage.DfsaCall m -> mfsServer.serve(from, m);
      case KernelMessage.DfsaReply m -> dfsa.reply(m);
      case KernelMessage.CpuLimit m -> {
        Body body = bodies.get(m.process());
        if (body != null) {
          body.timers().limit(m.softNanos(), m.hardNanos());
        }
      }
      case KernelMessage.Nice m -> {
        Body body = bodies.get(m.process());
        if (body != null) {
          body.nice(m.nice());
        }
      }
      case KernelMessage.Mirror m -> {
        Body body = bodies.get(m.process());
        if (body != null) {
          body.mirror(m.locked(), m.reason(), m.steering());
        }
      }
    }
    drainRetries();
  }

  private void reply(KernelMessage.Reply message) {
    Body body = bodies.get(message.process());
    if (body != null) {
      dfsa.renew(body, message.files());
    }
    Task task = task(message.process(), message.tid());
    if (task != null && task.waiting() instanceof TaskWait.AtHome wait) {
      Call call = readCall(message.call());
      if (call.place == Place.HOME) {
        task.body().ledger().carried(call.number(), Place.HOME, 0, message.bytes());
      }
      if (isAway(task.body())) {
        task.body().roundTrip(now - wait.call().startedNanos);
      }
      calls.finish(task, call, message.value());
    }
  }

  private static byte[] page(Process process, KernelMessage.PageRequest request) {
    PageStore store = process.mappings().mapped(request.handle());
    byte[] content = new byte[4096];
    int length = store == null ? 0 : store.read(request.index() << 12, content, 0, 4096);
    return length <= 0 ? new byte[0] : content;
  }

  /** Pages that were left behind have come: who waits for one of them goes on. */
  public void pagesBrought(Body body) {
    waits.pagesBrought(body);
  }

  /** A forked body begins here; its deputy learns where. */
  void bear(Body child) {
    if (isAway(child)) {
      ports.send(child.id().home(), new KernelMessage.Born(child.id()));
    } else {
      Process process = process(child.id());
      child.mirror(process.locked(), process.firstReason(), process.steering());
      born(child.id(), settings.node());
    }
    wake(child.tasks().getFirst());
  }

  /** A parent has taken note of its child's end. */
  void reaped(Process child) {
    child.parent(0);
    ports.processEnded(child);
  }

  private void born(ProcessId child, int where) {
    Process process = process(child);
    if (process != null && process.alive()) {
      process.where(where, now);
      release(process);
    }
  }

  // ---------------------------------------------------------------- signals

  /** Sends a signal to a process whose home is here; {@code tid} 0 means any of its tasks. */
  public void signal(Process process, int tid, int signal) {
    signal(process, tid, SignalInfo.kernel(signal));
  }

  void signal(Process process, int tid, SignalInfo info) {
    if (process.alive()) {
      SignalInfo told = info.orphaned(jobs.orphaned(process.group()));
      toBody(process, new KernelMessage.Signal(process.id(), tid, told));
      files.signalNews().wake();
    }
  }

  /** Tells the deputy of a body here. */
  void tellHome(Body body, KernelMessage message) {
    if (isAway(body)) {
      ports.send(body.id().home(), message);
    } else {
      receive(settings.node(), message);
    }
  }

  /** A signal stopped a process, or with 0 let it go on: its parent hears of it. */
  private void news(ProcessId id, int stoppedBy) {
    Process process = process(id);
    if (process == null || !process.alive()) {
      return;
    }
    if (stoppedBy != 0) {
      process.stopped(stoppedBy);
    } else {
      process.continued();
    }
    Process parent = processes.get(process.parent());
    if (parent != null && parent.alive()) {
      int code = stoppedBy != 0 ? SignalInfo.CHILD_STOPPED : SignalInfo.CHILD_CONTINUED;
      int status = stoppedBy != 0 ? stoppedBy : Signals.SIGCONT;
      signal(parent, 0, WaitCalls.about(process, code, status));
      parent.childNews().wake();
    }
  }

  /** A signal came to a task that waits. */
  void interruptWait(Task task) {
    waits.interruptWait(task);
  }

  /** An instruction faulted: the signal ends the process, or its handler gets it. */
  public void fault(Task task, int signal, long pc, long address) {
    if (pc == SignalDelivery.VDSO_SIGRETURN) {
      try {
        new SignalDelivery(this).restore(task);
      } catch (PageWait page) {
        pageWait(task, page.handle(), page.index()); // It returns to there again.
      }
      return;
    }
    new SignalDelivery(this).fault(task, signal, pc, address);
    drainRetries();
  }

  /** A task looks up: what was due by the CPU time that its process has used happens. */
  public void lookAtCpuTime(Body body) {
    if (bodies.get(body.id()) == body && !body.frozen()) {
      body.timers().look(this, body);
    }
  }

  /** Gives a task that is about to run its pending signals. */
  public void beforeUserMode(Task task) {
    if (task.looksUp()) {
      new SignalDelivery(this).pending(task);
      drainRetries();
    }
  }

  // ---------------------------------------------------------------- ends

  /** The node has no frame left: the process with the largest resident set dies (decision 27). */
  public void outOfMemory(Body wanting) {
    ends.outOfMemory(wanting);
  }

  /** Ends a body that is here: tasks, memory, then the deputy learns of it. */
  void end(Body body, int status, int signal, long pc, long address) {
    ends.end(body, status, signal, pc, address);
  }

  /** Removes a body without telling anybody: it has ended, moved on, or its home is gone. */
  public void discard(Body body) {
    ends.discard(body);
  }

  /** The deputy's end: descriptors, family, parent. */
  void ended(Process process, Ending ending) {
    ends.ended(process, ending);
  }

  /**
   * The body of a process was lost with a node or a link: its stub dies (reference section 1.3).
   */
  public void lost(Process process, int node) {
    ends.lost(process, node);
  }

  // ---------------------------------------------------------------- lock and stay reasons

  /** Writes the lock by a command of the session. */
  public void lock(Process process, boolean locked) {
    lock(process, locked, LockOrigin.Means.COMMAND, null);
  }

  /** A process of this home has written the file {@code lock}. */
  void lockByFile(Process process, boolean locked, int writer) {
    ProcessId by = writer == 0 ? null : new ProcessId(settings.node(), writer);
    lock(process, locked, LockOrigin.Means.FILE, by);
  }

  /** The launch that a process was started for says that it is locked. */
  void lockByLaunch(Process process) {
    lock(process, true, LockOrigin.Means.LAUNCH, null);
  }

  private void lock(Process process, boolean locked, LockOrigin.Means means, ProcessId writer) {
    if (process.locked() != locked) {
      process.lock(
          locked ? new LockOrigin(process.id(), process.program(), means, writer, now) : null);
      ports.record(new Happening.LockChanged(process.id(), locked));
      mirror(process);
    }
  }

  /** Changes what the balancer is told about a process. */
  public void steer(Process process, Steering steering) {
    if (!process.steering().equals(steering)) {
      process.steering(steering);
      mirror(process);
    }
  }

  void mirror(Process process) {
    Body body = bodies.get(process.id());
    if (body != null) {
      body.mirror(process.locked(), process.firstReason(), process.steering());
    } else if (process.alive()) {
      toBody(
          process,
          new KernelMessage.Mirror(
              process.id(), process.locked(), process.firstReason(), process.steering()));
    }
  }

  // ---------------------------------------------------------------- migration's handles

  /** Takes all tasks off the CPUs; the body stands still until {@link #thaw}. */
  public void freeze(Body body) {
    crossing.freeze(body);
  }

  /** Lets a frozen body go on. */
  public void thaw(Body body) {
    crossing.thaw(body);
  }

  /**
   * A wish of this body was refused, or its move failed: a wait for a verdict on a forced move is
   * over; a call that had to go home for it fails with EAGAIN.
   */
  public void moveRefused(Body body, MoveCause cause) {
    crossing.moveRefused(body, cause);
  }

  /** Whether a call of the body waits for it to be at home. */
  public boolean wantsHome(Body body) {
    return crossing.wantsHome(body);
  }

  /** The task stands still until it is known whether its forced move happens. */
  public void awaitExercise(Task task) {
    crossing.awaitExercise(task);
  }

  /** The bytes that cross the network for a frozen body. */
  public byte[] serialise(Body body) {
    return crossing.serialise(body);
  }

  /** The same, of the pages that {@code parcel} says or of all; the writer knows its parts. */
  public StateWriter written(Body body, Parcel parcel) {
    return crossing.written(body, parcel);
  }

  /**
   * Makes a frozen body of bytes that crossed the network.
   *
   * @param parcel the pages that had crossed before; null if all are in {@code bytes}
   * @throws OutOfFrames if this node has too little memory for it
   */
  public Body install(ProcessId id, byte[] bytes, int from, Parcel parcel) {
    return crossing.install(id, bytes, from, parcel);
  }

  /** Pages that were asked for before the move are asked for again from here. */
  public void refetch(Body body) {
    waits.refetch(body);
  }

  Backing backing(Body body, long handle) {
    return crossing.backing(body, handle);
  }

  // ---------------------------------------------------------------- state

  static byte[] bytes(Call call) {
    StateWriter writer = new StateWriter();
    call.walk(writer);
    return writer.toBytes();
  }

  static Call readCall(byte[] bytes) {
    Call call = new Call();
    call.walk(new StateReader(bytes));
    return call;
  }

  /** Everything of this kernel that lasts, for the island's hash. */
  public void walk(Walk walk) {
    walk.i64("now", now);
    walk.i32("nextPid", nextPid);
    walk.i64("forwarded", forwardedCalls);
    walk.i64("frames", frames.used());
    walk.count("processes", processes.size());
    List<Process> all = new ArrayList<>(processes.values());
    for (Process process : all) {
      process.walk(walk);
      process.files().walk(walk);
    }
    walk.count("bodies", bodies.size());
    for (Body body : bodies.values()) {
      body.hash(walk, now);
    }
    sharedMemory.walk(walk);
    semaphores.walk(walk);
    messages.walk(walk);
    files.walk(walk);
    mfs.walk(walk);
    mfsServer.walk(walk);
    mfsCopies.walk(walk);
    unfiled.walk(walk);
    dfsa.walk(walk);
    lateClears.walk(walk);
    if (launches.booted()) {
      launches.walk(walk);
    }
  }
}
