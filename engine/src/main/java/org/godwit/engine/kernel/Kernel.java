package org.godwit.engine.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.Restart;
import org.godwit.engine.kernel.file.NodeFiles;
import org.godwit.engine.kernel.ipc.MessageQueues;
import org.godwit.engine.kernel.ipc.Semaphores;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Backing;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.PageWait;
import org.godwit.engine.memory.Parcel;
import org.godwit.engine.state.StateReader;
import org.godwit.engine.state.StateWriter;
import org.godwit.engine.state.Walk;
import org.godwit.model.LockOrigin;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;
import org.godwit.model.view.LedgerRow;
import org.godwit.model.view.LedgerRow.Place;

/**
 * One node's kernel: the processes whose home it is, the bodies that run on it, and the system
 * calls of both. Everything happens at {@link #now}, which the node sets before it calls in.
 */
public final class Kernel {
  private static final int ECALL_BYTES = 4;

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
  private final Dfsa dfsa;
  private final Futexes futexes = new Futexes(this);
  private final Alarms alarms = new Alarms();
  private final Jobs jobs = new Jobs(this);
  private final LaunchService launches = new LaunchService(this);
  private final ArrayDeque<PendingCall> retries = new ArrayDeque<>();
  private int nextPid;
  private long now;
  private long forwardedCalls;
  private boolean draining;

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
    Hart hart = task.hart();
    long[] arguments = new long[6];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = hart.x(Hart.A0 + i);
    }
    long pc = hart.pc() - ECALL_BYTES;
    if (task.hasSignal()) {
      hart.setPc(pc); // It came before the call: the handler runs first, then the call is made.
      return 0;
    }
    Call call = new Call((int) hart.x(Hart.A7), task.tid(), pc, arguments);
    call.startedNanos = now;
    call.shunned = SignalDelivery.shunned(task);
    long cost = make(task, call);
    drainRetries();
    return cost;
  }

  /** Makes a call for the first time, or again after a page it needs has come. */
  private long make(Task task, Call call) {
    Syscall row = table.row(call.number());
    if (row == null) {
      unknown(task, call);
      return 0;
    }
    try {
      if (row.onBody() != null) {
        long value = row.onBody().run(this, task, call);
        if (value != Syscall.FORWARD) {
          result(task, value);
          task.body().ledger().returned(call.number(), Place.HERE, callNanos(), 0);
          return 0;
        }
      }
      int errno = Marshaller.in(row, call, task.body().memory());
      if (errno != 0) {
        task.unsuspend();
        failed(task, call, errno);
        return 0;
      }
    } catch (GuestFault fault) {
      task.unsuspend();
      failed(task, call, Errno.EFAULT);
      return 0;
    } catch (PageWait page) {
      fetch(task, new TaskWait.PageIn(page.handle(), page.index(), call, false, 0));
      return 0;
    } catch (OutOfFrames full) {
      noMemoryForCall(task);
      return 0;
    }
    if (isAway(task.body()) && dfsa.takes(task, row.file(), call)) {
      return call.place == Place.HERE ? copyCost(call.inBytes()) + copyCost(call.outBytes()) : 0;
    }
    if (isAway(task.body()) && row.homeFirst().test(call)) {
      wait(task, new TaskWait.GoHome(call));
      ports.goHome(task.body());
      return 0;
    }
    return submit(task, row, call);
  }

  /** A call fails before it is made. */
  private void failed(Task task, Call call, int errno) {
    result(task, -errno);
    task.body().ledger().returned(call.number(), Place.HERE, callNanos(), 0);
  }

  /** A call that the deputy has answered returns to the program. */
  private void returned(Task task, Call call) {
    long cost = callNanos() + now - call.startedNanos - call.waitedNanos;
    if (call.place != Place.HOME) {
      cost += copyCost(call.inBytes()) + copyCost(call.outBytes());
    }
    task.body().ledger().returned(call.number(), call.place, cost, call.waitedNanos);
  }

  private long callNanos() {
    return settings.costs().callNanos();
  }

  /** System calls of a process by kind and place, as far as this node knows. */
  public List<LedgerRow> ledger(Body body) {
    return Ledger.rows(body.ledger().entries(), table);
  }

  /** System calls of an ended process by kind and place. */
  public List<LedgerRow> ledger(Ending ending) {
    return Ledger.rows(ending.ledger(), table);
  }

  /** Hands a marshalled call to the deputy, here or elsewhere. */
  private long submit(Task task, Syscall row, Call call) {
    Body body = task.body();
    wait(task, new TaskWait.AtHome(call));
    if (isAway(body)) {
      body.countHomeCall();
      call.place = Place.HOME;
      KernelMessage request = new KernelMessage.Forward(body.id(), bytes(call), body.tellFiles());
      body.ledger().carried(call.number(), Place.HOME, request.bytes(), 0);
      ports.send(body.id().home(), request);
      return 0;
    }
    Process process = process(body.id());
    long copied = copyCost(call.inBytes());
    serve(process, row, call);
    if (call.place != Place.MFS || !dfsa.mounted()) {
      body.countHomeCall(); // Away it would be forwarded.
    }
    if (task.hasSignal() && task.waiting() instanceof TaskWait.AtHome) {
      interruptWait(task); // It came with the mask of ppoll and the like.
    }
    return copied + copyCost(call.outBytes());
  }

  private long copyCost(int bytes) {
    return bytes * settings.costs().copyNanosPerPage() / 4096;
  }

  /** The deputy makes a call. */
  private void serve(Process process, Syscall row, Call call) {
    switch (row.atHome().run(this, process, call)) {
      case Outcome.Done done -> answer(process, call, done.value());
      case Outcome.Wait wait -> {
        if (!mfs.carries(process, call)) {
          call.parkedNanos = now;
        }
        PendingCall waiting = new PendingCall(this, process, row, call);
        process.pending().add(waiting);
        waiting.park(wait);
      }
    }
  }

  void retryLater(PendingCall call) {
    retries.add(call);
  }

  /** Lets everything happen that what was done has made possible. */
  public void settle() {
    drainRetries();
  }

  /** Tries the calls again whose wait has ended; they may end the wait of others. */
  void drainRetries() {
    if (draining) {
      return;
    }
    draining = true;
    while (jobs.sendNext() || !retries.isEmpty()) {
      if (retries.isEmpty()) {
        continue;
      }
      PendingCall waiting = retries.remove();
      Process process = waiting.process();
      if (!process.pending().contains(waiting)) {
        continue;
      }
      switch (waiting.row().atHome().run(this, process, waiting.call())) {
        case Outcome.Done done -> {
          process.pending().remove(waiting);
          answer(process, waiting.call(), done.value());
        }
        case Outcome.Wait wait -> waiting.park(wait);
      }
    }
    draining = false;
  }

  /** Gives a call's answer to the body, wherever it is. */
  private void answer(Process process, Call call, long value) {
    Syscall row = table.row(call.number());
    if (row.file() != null && row.file().raisesSigpipe(call, value)) {
      signal(process, call.tid(), Signals.SIGPIPE);
    }
    if (!process.alive()) {
      return;
    }
    Exhaustion.look(this, process, call, value);
    if (call.parkedNanos != 0) {
      call.waitedNanos += now - call.parkedNanos;
      call.parkedNanos = 0;
    }
    if (process.where() == settings.node() && !process.held()) {
      Task task = task(process.id(), call.tid());
      if (task != null) {
        finish(task, call, value);
      }
    } else {
      byte[] news = dfsa.news(process);
      toBody(process, new KernelMessage.Reply(process.id(), call.tid(), value, bytes(call), news));
    }
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
    finish(task, call, value);
  }

  /** The body has its answer: copies results out, does its own part, and goes on. */
  private void finish(Task task, Call call, long value) {
    if (value == Outcome.COME_HOME) {
      comeHome(task, call);
      return;
    }
    Syscall row = table.row(call.number());
    if (value == -Errno.EINTR && Restart.of(call.number()) != Restart.NEVER) {
      task.interrupted(Restart.of(call.number()));
      wake(task);
      returned(task, call);
      return;
    }
    if (row.masksSignals()) {
      task.unsuspend();
    }
    try {
      long result = value;
      if (value >= 0 || row.afterwards() == null) {
        Marshaller.out(row, call, task.body().memory());
      }
      if (row.afterwards() != null && value >= 0) {
        result = row.afterwards().run(this, task, call, value);
      }
      if (!(task.waiting() instanceof TaskWait.Vfork)) {
        wake(task);
      }
      result(task, result);
      returned(task, call);
    } catch (GuestFault fault) {
      wake(task);
      result(task, -Errno.EFAULT);
      returned(task, call);
    } catch (PageWait page) {
      fetch(task, new TaskWait.PageIn(page.handle(), page.index(), call, true, value));
    } catch (OutOfFrames full) {
      noMemoryForCall(task);
    }
  }

  /** The deputy asked for the body, which may have come in the meantime. */
  private void comeHome(Task task, Call call) {
    if (isAway(task.body())) {
      wait(task, new TaskWait.GoHome(call));
      ports.goHome(task.body());
    } else if (task.body().frozen()) {
      wait(task, new TaskWait.GoHome(call));
    } else {
      submit(task, table.row(call.number()), call);
    }
  }

  private void noMemoryForCall(Task task) {
    outOfMemory(task.body());
    if (task.state() != Task.State.ENDED) {
      wake(task);
      result(task, -Errno.ENOMEM);
    }
  }

  void result(Task task, long value) {
    if (value != Syscall.NO_VALUE) {
      task.hart().setX(Hart.A0, value);
    }
  }

  private void unknown(Task task, Call call) {
    failed(task, call, Errno.ENOSYS);
    Process process = process(task.body().id());
    if (process == null || process.reportUnknown(call.number())) {
      ports.record(
          new Happening.UnknownCall(
              task.body().id(), call.number(), table.name(call.number()), call.pc()));
    }
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
    task.waitFor(wait, now);
    if (task.isRunnable()) {
      ports.unready(task);
    }
    task.become(Task.State.WAITING, now);
    if (wait instanceof TaskWait.Sleep sleep) {
      sleepUntil(task, sleep, sleep.deadlineNanos());
    } else if (wait instanceof TaskWait.Futex futex && futex.deadlineNanos() != Long.MAX_VALUE) {
      sleepUntil(task, futex, futex.deadlineNanos());
    } else if (wait instanceof TaskWait.SignalIn in && in.deadlineNanos() != Long.MAX_VALUE) {
      sleepUntil(task, in, in.deadlineNanos());
    }
  }

  private void sleepUntil(Task task, TaskWait wait, long deadline) {
    alarms.at(
        Math.max(deadline, now),
        () -> {
          if (task.waiting() == wait && !task.body().poisoned()) {
            timeOut(task, wait);
          }
        });
  }

  private void timeOut(Task task, TaskWait wait) {
    wake(task);
    if (wait instanceof TaskWait.Futex) {
      futexes.forget(task);
      result(task, -Errno.ETIMEDOUT);
    } else if (wait instanceof TaskWait.SignalIn) {
      result(task, -Errno.EAGAIN);
    } else {
      result(task, 0);
    }
  }

  /** The wait is over; the task is ready unless it is stopped or frozen. */
  void wake(Task task) {
    if (task.waiting() != null && task.waiting().isBodys()) {
      int number = (int) task.hart().x(Hart.A7);
      task.body().ledger().waited(number, Place.HERE, now - task.waitsSinceNanos());
    }
    task.waitFor(null);
    makeReady(task);
  }

  private void makeReady(Task task) {
    if (task.state() == Task.State.ENDED || task.isRunnable()) {
      return;
    }
    if (task.waiting() != null) {
      task.become(Task.State.WAITING, now);
    } else if (task.stopped() || task.body().frozen()) {
      task.become(Task.State.STOPPED, now);
    } else {
      task.become(Task.State.READY, now);
      ports.ready(task);
    }
  }

  /** An instruction touched a page that is not here. */
  public void pageWait(Task task, long handle, long index) {
    fetch(task, new TaskWait.PageIn(handle, index, null, false, 0));
  }

  private void fetch(Task task, TaskWait.PageIn page) {
    wait(task, page);
    Body body = task.body();
    if (page.handle() == PageWait.LEFT_BEHIND) {
      ports.fetchLeftBehind(body, (int) page.index());
      return;
    }
    ports.send(
        body.id().home(),
        new KernelMessage.PageRequest(body.id(), task.tid(), page.handle(), page.index()));
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
          serve(process, table.row(call.number()), call);
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
      case KernelMessage.Interrupt m -> interrupt(m.process(), m.tid());
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
      case KernelMessage.PageReply m -> pageCame(m);
      case KernelMessage.MfsCall m -> mfsServer.serve(from, m);
      case KernelMessage.MfsReply m -> mfs.answered(m);
      case KernelMessage.MfsClose m -> mfsServer.close(m.process(), m.handle());
      case KernelMessage.MfsKeep m -> mfsServer.keep(m.process(), m.handles());
      case KernelMessage.DfsaCall m -> mfsServer.serve(from, m);
      case KernelMessage.DfsaReply m -> dfsa.reply(m);
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
      finish(task, call, message.value());
    }
  }

  private static byte[] page(Process process, KernelMessage.PageRequest request) {
    PageStore store = process.mapped(request.handle());
    byte[] content = new byte[4096];
    int length = store == null ? 0 : store.read(request.index() << 12, content, 0, 4096);
    return length <= 0 ? new byte[0] : content;
  }

  private void pageCame(KernelMessage.PageReply message) {
    Body body = bodies.get(message.process());
    if (body == null) {
      return;
    }
    body.remotePages().arrived(message.handle(), message.index(), message.content());
    for (Task task : List.copyOf(body.tasks())) {
      if (task.waiting() instanceof TaskWait.PageIn wait
          && wait.handle() == message.handle()
          && wait.index() == message.index()) {
        if (wait.call() == null) {
          wake(task);
        } else if (wait.finished()) {
          finish(task, wait.call(), wait.value());
        } else {
          wake(task);
          make(task, wait.call());
        }
      }
    }
  }

  /** Pages that were left behind have come: who waits for one of them goes on. */
  public void pagesBrought(Body body) {
    AddressSpace memory = body.memory();
    List<Task> waiting = new ArrayList<>();
    for (Body each : bodies.values()) {
      if (each.memory() == memory) { // Itself, and a vfork child that has borrowed it.
        waiting.addAll(each.tasks());
      }
    }
    for (Task task : waiting) {
      if (task.waiting() instanceof TaskWait.PageIn wait
          && wait.handle() == PageWait.LEFT_BEHIND
          && !memory.isLeftBehind((int) wait.index())) {
        pageAtHome(task, wait);
      }
    }
    drainRetries();
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

  /** Ends the wait of a call at home with EINTR, if it still waits. */
  private void interrupt(ProcessId id, int tid) {
    Process process = process(id);
    PendingCall waiting = process == null ? null : process.pending(tid);
    if (waiting != null) {
      waiting.unpark();
      process.pending().remove(waiting);
      answer(process, waiting.call(), waiting.row().interrupted(process, waiting.call()));
    }
  }

  /** A signal came to a task that waits. */
  void interruptWait(Task task) {
    switch (task.waiting()) {
      case null -> {}
      case TaskWait.AtHome w -> {
        if (isAway(task.body())) {
          ports.send(
              task.body().id().home(), new KernelMessage.Interrupt(task.body().id(), task.tid()));
        } else {
          interrupt(task.body().id(), task.tid());
        }
      }
      case TaskWait.Sleep w -> {
        TimeCalls.remaining(task, w, now);
        wake(task);
        result(task, -Errno.EINTR);
      }
      case TaskWait.Futex w -> {
        futexes.forget(task);
        boolean endless = w.deadlineNanos() == Long.MAX_VALUE;
        task.interrupted(endless ? Restart.IF_ASKED : Restart.UNLESS_HANDLED);
        wake(task);
      }
      case TaskWait.Pause w -> {
        task.interrupted(Restart.UNLESS_HANDLED);
        wake(task);
      }
      case TaskWait.SignalIn w -> {
        wake(task);
        result(task, -Errno.EINTR);
      }
      case TaskWait.Vfork w -> {}
      case TaskWait.PageIn w -> {}
      case TaskWait.GoHome w -> {}
      case TaskWait.Dfsa w -> {}
      case TaskWait.Exercise w -> {}
    }
  }

  /** An instruction faulted: the signal ends the process, or its handler gets it. */
  public void fault(Task task, int signal, long pc, long address) {
    if (pc == SignalDelivery.VDSO_SIGRETURN) {
      new SignalDelivery(this).restore(task);
      return;
    }
    new SignalDelivery(this).fault(task, signal, pc, address);
    drainRetries();
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
    Body largest = wanting;
    for (Body body : bodies.values()) {
      if (!body.frozen() && body.memory().residentPages() > largest.memory().residentPages()) {
        largest = body;
      }
    }
    ports.record(new Happening.OutOfMemory(largest.id(), largest.memory().residentPages() * 4096L));
    if (largest == wanting) {
      end(largest, 0, Signals.SIGKILL, -1, -1);
    } else {
      new SignalDelivery(this).deliver(largest, 0, SignalInfo.kernel(Signals.SIGKILL));
    }
    drainRetries();
  }

  /** Ends a body that is here: tasks, memory, then the deputy learns of it. */
  void end(Body body, int status, int signal, long pc, long address) {
    Ending ending =
        new Ending(
            status,
            signal,
            pc,
            address,
            body.cpuNanos(now),
            body.instructions(),
            body.ledger().entries());
    byte[] told = body.tellFiles();
    discard(body);
    if (isAway(body)) {
      ports.send(body.id().home(), new KernelMessage.Ended(body.id(), ending, told));
    } else {
      Process process = process(body.id());
      if (process != null && process.alive()) {
        ended(process, ending);
      }
    }
  }

  /** Removes a body without telling anybody: it has ended, moved on, or its home is gone. */
  public void discard(Body body) {
    for (Task task : List.copyOf(body.tasks())) {
      futexes.forget(task);
      if (task.isRunnable()) {
        ports.unready(task);
      }
      task.become(Task.State.ENDED, now);
    }
    bodies.remove(body.id());
    ports.bodyEnded(body);
    inheritMemory(body);
    if (!body.poisoned()) {
      body.poison();
    }
  }

  /** A vfork child whose parent ends keeps the memory that it borrowed. */
  private void inheritMemory(Body lender) {
    for (Body each : bodies.values()) {
      if (each.lender() == lender.id().pid() && each.id().home() == lender.id().home()) {
        AddressSpace kept = lender.memory();
        each.keepMemory();
        lender.borrow(each);
        if (kept != each.memory()) {
          throw new IllegalStateException(each.id() + " borrowed other memory");
        }
      }
    }
  }

  /** The deputy's end: descriptors, family, parent. */
  void ended(Process process, Ending ending) {
    for (PendingCall waiting : List.copyOf(process.pending())) {
      waiting.unpark();
      waiting.row().interrupted(process, waiting.call());
    }
    process.pending().clear();
    process.heldTraffic().clear();
    process.ended(ending, now);
    process.timers().clear(true);
    jobs.ended(process);
    ProcessCalls.vforkDone(this, process);
    sharedMemory.detachAll(process);
    semaphores.ended(process.id().pid());
    process.files().closeAll();
    process.reasonMap().clear();
    ports.record(
        ending.signal() == 0
            ? new Happening.Exited(process.id(), ending.status() & 0xff)
            : new Happening.Killed(process.id(), ending.signal(), ending.pc(), ending.address()));
    jobs.orphan(process);
    Process parent = processes.get(process.parent());
    if (parent != null && parent.alive()) {
      parent.childNews().wake();
      if (parent.childrenVanish()) {
        parent.children().remove(process.id().pid());
        process.parent(0);
      }
      signal(parent, 0, WaitCalls.exited(process));
    } else {
      process.parent(0);
    }
    ports.processEnded(process);
  }

  /**
   * The body of a process was lost with a node or a link: its stub dies (reference section 1.3).
   */
  public void lost(Process process, int node) {
    process.markLost();
    ports.record(new Happening.Lost(process.id(), node));
    ended(process, new Ending(0, Signals.SIGKILL, -1, -1, 0, 0, List.of()));
    dfsa.lost(process);
    drainRetries();
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
    body.frozen(true);
    Process process = process(body.id());
    if (process != null) {
      process.leftWith(
          new LeftWith(
              body.cpuNanos(now), body.memory().residentPages(), ProcessFiles.Seen.bytes(body)));
      dfsa.leaves(process, body);
    }
    for (Task task : body.tasks()) {
      if (task.isRunnable()) {
        ports.unready(task);
        task.become(Task.State.STOPPED, now);
      }
    }
  }

  /** Lets a frozen body go on. */
  public void thaw(Body body) {
    body.frozen(false);
    if (!isAway(body)) {
      dfsa.atHome(process(body.id()), body);
    }
    for (Task task : List.copyOf(body.tasks())) {
      if (task.waiting() instanceof TaskWait.Exercise) {
        task.waitFor(null);
      }
      if (!isAway(body) && task.waiting() instanceof TaskWait.GoHome wait) {
        task.waitFor(null);
        submit(task, table.row(wait.call().number()), wait.call());
      } else {
        makeReady(task);
      }
    }
    drainRetries();
  }

  /**
   * A wish of this body was refused, or its move failed: a wait for a verdict on a forced move is
   * over; a call that had to go home for it fails with EAGAIN.
   */
  public void moveRefused(Body body, MoveCause cause) {
    for (Task task : List.copyOf(body.tasks())) {
      switch (task.waiting()) {
        case TaskWait.Exercise w -> wake(task);
        case TaskWait.GoHome w when cause == MoveCause.CALL && isAway(body) -> {
          wake(task);
          result(task, -Errno.EAGAIN);
        }
        case null, default -> {}
      }
    }
  }

  /** Whether a call of the body waits for it to be at home. */
  public boolean wantsHome(Body body) {
    return isAway(body)
        && body.tasks().stream().anyMatch(task -> task.waiting() instanceof TaskWait.GoHome);
  }

  /** The task stands still until it is known whether its forced move happens. */
  public void awaitExercise(Task task) {
    wait(task, new TaskWait.Exercise());
  }

  /** The bytes that cross the network for a frozen body. */
  public byte[] serialise(Body body) {
    StateWriter writer = new StateWriter();
    body.walk(writer, now, handle -> null);
    return writer.toBytes();
  }

  /** The same, of the pages that {@code parcel} says or of all; the writer knows its parts. */
  public StateWriter written(Body body, Parcel parcel) {
    StateWriter writer = new StateWriter();
    body.walk(writer, now, handle -> null, parcel);
    return writer;
  }

  /**
   * Makes a frozen body of bytes that crossed the network.
   *
   * @param parcel the pages that had crossed before; null if all are in {@code bytes}
   * @throws OutOfFrames if this node has too little memory for it
   */
  public Body install(ProcessId id, byte[] bytes, int from, Parcel parcel) {
    Body body = new Body(id);
    body.memory(new AddressSpace(frames));
    body.frozen(true);
    try {
      body.walk(new StateReader(bytes), now, handle -> backing(body, handle), parcel);
    } catch (OutOfFrames full) {
      body.memory().release();
      throw full;
    }
    body.arrived(from, now);
    for (Task task : body.tasks()) {
      if (task.waiting() instanceof TaskWait.Sleep sleep) {
        sleepUntil(task, sleep, sleep.deadlineNanos());
      } else if (task.waiting() instanceof TaskWait.Futex futex) {
        futexes.restore(task);
        wait(task, futex);
      } else if (task.waiting() instanceof TaskWait.SignalIn in) {
        wait(task, in);
      }
    }
    bodies.put(id, body);
    return body;
  }

  /** Pages that were asked for before the move are asked for again from here. */
  public void refetch(Body body) {
    for (Task task : body.tasks()) {
      if (task.waiting() instanceof TaskWait.PageIn page) {
        if (page.handle() == PageWait.LEFT_BEHIND) {
          fetch(task, page);
        } else if (isAway(body)) {
          fetch(task, page);
        } else {
          pageAtHome(task, page);
        }
      }
    }
  }

  private void pageAtHome(Task task, TaskWait.PageIn page) {
    if (page.call() == null) {
      wake(task);
    } else if (page.finished()) {
      finish(task, page.call(), page.value());
    } else {
      wake(task);
      make(task, page.call());
    }
  }

  Backing backing(Body body, long handle) {
    if (isAway(body)) {
      return body.remotePages().backing(handle);
    }
    return process(body.id()).mapped(handle).backing(handle);
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
    dfsa.walk(walk);
    if (launches.booted()) {
      launches.walk(walk);
    }
  }
}
