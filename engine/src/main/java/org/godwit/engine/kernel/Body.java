package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Backing;
import org.godwit.engine.memory.Parcel;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;

/**
 * The half of a process that moves: address space, tasks, signal handlers, and what home told it
 * (decision 10). Lives on the node where the process runs; crosses only as the bytes of {@link
 * #walk}.
 */
public final class Body {
  /** Part of what crosses: the tasks, with their registers and the calls in which they wait. */
  public static final String REGISTERS = "registers";

  /** Part of what crosses: the areas of the memory. */
  public static final String AREAS = "areas";

  private ProcessId id;
  private String program = "";
  private AddressSpace memory;
  private final List<Task> tasks = new ArrayList<>();
  private SignalHandlers handlers = new SignalHandlers();
  private final PendingSignals shared = new PendingSignals();
  private final BodyTimers timers = new BodyTimers();
  private int parentPid;
  private int nice;
  private Credentials who = Credentials.ROOT;
  private long randomDraws;
  private long arrivedNanos;
  private int cameFrom;
  private boolean lockMirror;
  private String reasonMirror = "";
  private Steering steering = Steering.NONE;
  private final CallHistory history = new CallHistory();
  private final Ledger ledger = new Ledger();
  private FileLease files;
  private long watchAddress;
  private int watchBytes;
  private long endedTaskNanos;
  private long endedTaskInstructions;
  private long homeCalls;
  private long roundTripSumNanos;
  private long roundTrips;
  private long exerciseAt = Long.MAX_VALUE;

  private final RemotePages remotePages = new RemotePages();
  private int runnable;
  private long runnableNanos;
  private long runnableSince;
  private boolean frozen;
  private boolean poisoned;

  Body(ProcessId id) {
    this.id = id;
  }

  /** Identity of the process. */
  public ProcessId id() {
    return id;
  }

  /** Name of its program. */
  public String program() {
    return program;
  }

  void program(String name) {
    program = name;
  }

  /** Its address space. */
  public AddressSpace memory() {
    if (poisoned) {
      throw new IllegalStateException("the body of " + id + " has left this node");
    }
    return memory;
  }

  void memory(AddressSpace space) {
    memory = space;
  }

  /** Uses the memory of {@code parent}, too: a vfork child, or one that shares it for good. */
  void share(Body parent) {
    memory = parent.memory().join();
  }

  /** Whether another body runs in its memory. */
  public boolean sharesMemory() {
    return memory.users() > 1;
  }

  /** Is done with its memory, and has an empty one from now on. */
  void leaveMemory(AddressSpace empty) {
    memory.leave();
    memory = empty;
  }

  /** Its tasks, oldest first. */
  public List<Task> tasks() {
    return tasks;
  }

  Task task(int tid) {
    for (Task task : tasks) {
      if (task.tid() == tid) {
        return task;
      }
    }
    return null;
  }

  Task newTask(int tid) {
    Task task = new Task(this, tid);
    tasks.add(task);
    return task;
  }

  void taskEnded(Task task, long now) {
    endedTaskNanos += task.cpuNanos(now);
    endedTaskInstructions += task.hart().retired();
    tasks.remove(task);
  }

  /** fork: what a child's body has from its parent's beside memory and registers. */
  void inherit(Body parent) {
    program = parent.program;
    parentPid = parent.id.pid();
    who = parent.who;
    lockMirror = parent.lockMirror;
    reasonMirror = "";
    steering = parent.steering;
    files = parent.files == null ? null : parent.files.fork();
    watchAddress = parent.watchAddress;
    watchBytes = parent.watchBytes;
    handlers.copy(parent.handlers);
    timers.inherit(parent.timers);
    nice = parent.nice;
  }

  /** clone with CLONE_SIGHAND: what either does about a signal, both do. */
  void shareHandlers(Body parent) {
    handlers = parent.handlers;
  }

  /** exec: has handlers of its own again. */
  void ownHandlers() {
    SignalHandlers own = new SignalHandlers();
    own.copy(handlers);
    handlers = own;
  }

  RemotePages remotePages() {
    return remotePages;
  }

  SignalHandlers handlers() {
    return handlers;
  }

  /** Signals that wait for any of its tasks. */
  PendingSignals shared() {
    return shared;
  }

  BodyTimers timers() {
    return timers;
  }

  void nice(int value) {
    nice = value;
  }

  /** A quantum of its tasks where one of a process with nice 0 has so many nanoseconds. */
  public long quantumNanos(long usual) {
    return usual * (20 - nice) / 20;
  }

  int parentPid() {
    return parentPid;
  }

  /** What home said who the process is; getuid and its like answer from it. */
  Credentials credentials() {
    return who;
  }

  /** Effective user. */
  public int uid() {
    return who.euid();
  }

  void credentials(Credentials told) {
    who = told;
  }

  long nextRandomDraw() {
    return randomDraws++;
  }

  /** When it came to this node. */
  public long arrivedNanos() {
    return arrivedNanos;
  }

  /** Node it came from, or 0 if it began here. */
  public int cameFrom() {
    return cameFrom;
  }

  /** It has come to this node. */
  public void arrived(int from, long now) {
    cameFrom = from;
    arrivedNanos = now;
  }

  /** The deputy's lock, as last told. */
  public boolean lockMirror() {
    return lockMirror;
  }

  /** Word of the deputy's first stay reason, as last told, or empty. */
  public String reasonMirror() {
    return reasonMirror;
  }

  /** What the deputy was told for the balancer, as last told. */
  public Steering steering() {
    return steering;
  }

  /** How often it asked its home. */
  public CallHistory history() {
    return history;
  }

  /** Its calls by kind and place. */
  Ledger ledger() {
    return ledger;
  }

  /** What it knows of its descriptors while it is away, or null (DFSA). */
  public FileLease files() {
    return files;
  }

  /** Gives it a lease, or takes it away. */
  public void files(FileLease lease) {
    files = lease;
  }

  /** What home is to hear of the descriptors. */
  byte[] tellFiles() {
    return files == null ? new byte[0] : files.tell();
  }

  void mirror(boolean locked, String reason, Steering told) {
    lockMirror = locked;
    reasonMirror = reason;
    if (told.clears() != steering.clears()) {
      history.clear();
    }
    steering = told;
  }

  void watch(long address, int bytes) {
    watchAddress = address;
    watchBytes = bytes;
  }

  /** Value of the watched variable, or null if nothing is watched. */
  public Long watched() {
    return watchBytes == 0 ? null : MemoryAccess.peek(memory, watchAddress, watchBytes);
  }

  /** CPU time of all its tasks up to {@code now}. */
  public long cpuNanos(long now) {
    long sum = endedTaskNanos;
    for (Task task : tasks) {
      sum += task.cpuNanos(now);
    }
    return sum;
  }

  /** Whether a timer on CPU time or the limit of CPU time is due. */
  public boolean timerDue(long now) {
    return timers.due(this, now);
  }

  /** Instructions that all its tasks retired. */
  public long instructions() {
    long sum = endedTaskInstructions;
    for (Task task : tasks) {
      sum += task.hart().retired();
    }
    return sum;
  }

  /** Calls of the home class so far. */
  public long homeCalls() {
    return homeCalls;
  }

  void countHomeCall() {
    homeCalls++;
  }

  /** A forwarded call came back after {@code nanos}. */
  void roundTrip(long nanos) {
    roundTrips++;
    roundTripSumNanos += nanos;
  }

  /** Mean time of a forwarded call that did not wait, or {@code estimate} if there was none. */
  public long meanRoundTripNanos(long estimate) {
    return roundTrips == 0 ? estimate : roundTripSumNanos / roundTrips;
  }

  /** Instruction count at which the next forced move is due. */
  public long exerciseAt() {
    return exerciseAt;
  }

  /** The next forced move is due after {@code every} more instructions. */
  public void nextExercise(long every) {
    exerciseAt = every == 0 ? Long.MAX_VALUE : instructions() + every;
  }

  void exerciseAt(long instructions) {
    exerciseAt = instructions;
  }

  /** Tasks that want a CPU. */
  public int runnable() {
    return runnable;
  }

  /** Time integral of {@link #runnable} on this node up to {@code now}, task-nanoseconds. */
  public long runnableNanos(long now) {
    return runnableNanos + runnable * (now - runnableSince);
  }

  void runnableChanged(int by, long now) {
    runnableNanos += runnable * Math.max(0, now - runnableSince);
    runnableSince = Math.max(runnableSince, now);
    runnable += by;
  }

  /** Whether it stands still for a migration. */
  public boolean frozen() {
    return frozen;
  }

  /** Stops or releases it for a migration; its tasks are off the CPUs while it is frozen. */
  public void frozen(boolean now) {
    frozen = now;
  }

  /** Gives away its memory, which then is the caller's to release: the body has none any more. */
  public AddressSpace parted(AddressSpace empty) {
    AddressSpace whole = memory;
    memory = empty;
    return whole;
  }

  /** Makes any further use of it a bug: its state is elsewhere now (decision 14). */
  public void poison() {
    memory.leave();
    poisoned = true;
  }

  boolean poisoned() {
    return poisoned;
  }

  /**
   * Everything that crosses in a migration. When reading, tasks come back ready or waiting and off
   * every CPU.
   *
   * @param resolver finds the backing of a file mapping by its handle
   */
  void walk(Walk walk, long now, LongFunction<Backing> resolver) {
    walk(walk, now, resolver, null);
  }

  /**
   * The same, of a part of the pages.
   *
   * @param parcel which; null for all of them
   */
  void walk(Walk walk, long now, LongFunction<Backing> resolver, Parcel parcel) {
    int home = walk.i32("home", id.home());
    int pid = walk.i32("pid", id.pid());
    id = new ProcessId(home, pid);
    program = walk.text("program", program);
    parentPid = walk.i32("parent", parentPid);
    who = Credentials.walk(walk, who);
    randomDraws = walk.i64("randomDraws", randomDraws);
    lockMirror = walk.flag("lock", lockMirror);
    reasonMirror = walk.text("reason", reasonMirror);
    steering = Steering.walk(walk, steering);
    history.walk(walk);
    ledger.walk(walk);
    files = FileLease.walk(walk, files);
    watchAddress = walk.i64("watchAddress", watchAddress);
    watchBytes = walk.i32("watchBytes", watchBytes);
    endedTaskNanos = walk.i64("endedNanos", endedTaskNanos);
    endedTaskInstructions = walk.i64("endedInstructions", endedTaskInstructions);
    homeCalls = walk.i64("homeCalls", homeCalls);
    roundTripSumNanos = walk.i64("roundTripSum", roundTripSumNanos);
    roundTrips = walk.i64("roundTrips", roundTrips);
    exerciseAt = walk.i64("exerciseAt", exerciseAt);
    handlers.walk(walk);
    shared.walk(walk);
    timers.walk(walk);
    nice = walk.i32("nice", nice);
    walk.part(REGISTERS);
    int count = walk.count("tasks", tasks.size());
    for (int i = 0; i < count; i++) {
      if (walk.reading()) {
        tasks.add(new Task(this, 0));
      }
      tasks.get(i).walk(walk, now);
    }
    walk.part(AREAS);
    if (parcel == null) {
      memory.walk(walk, resolver);
    } else {
      memory.walk(walk, resolver, parcel);
    }
  }

  /** What of it belongs to the island's hash: as {@link #walk}, with the memory as one number. */
  void hash(Walk walk, long now) {
    walk.i32("home", id.home());
    walk.i32("pid", id.pid());
    walk.i64("arrived", arrivedNanos);
    walk.i32("cameFrom", cameFrom);
    walk.i64("runnable", runnableNanos(now));
    walk.flag("frozen", frozen);
    walk.i64("randomDraws", randomDraws);
    walk.i64("homeCalls", homeCalls);
    walk.i64("roundTripSum", roundTripSumNanos);
    Steering.walk(walk, steering);
    history.walk(walk);
    ledger.walk(walk);
    files = FileLease.walk(walk, files);
    handlers.walk(walk);
    shared.walk(walk);
    timers.walk(walk);
    nice = walk.i32("nice", nice);
    for (Task task : tasks) {
      task.walk(walk, now);
      walk.constant("state", task.state(), Task.State.values());
    }
    walk.i64("memory", memory.hash());
  }
}
