package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.file.FileContext;
import org.godwit.engine.state.Walk;
import org.godwit.model.LockOrigin;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.scenario.NodeLimits;

/**
 * The deputy: the half of a process that stays at home for the whole life and holds pid, family,
 * descriptors, credentials, lock and stay reasons (decision 10). It alone knows where the body is.
 */
public final class Process {
  private final ProcessId id;
  private String launch;
  private String program;
  private String executable;
  private List<String> arguments;
  private int parent;
  private int group;
  private int session;
  private final TreeSet<Integer> children = new TreeSet<>();
  private final FileContext files;
  private boolean locked;
  private LockOrigin lockOrigin;
  private final EnumMap<StayReason, StayEvidence> reasons = new EnumMap<>(StayReason.class);
  private int where;
  private long whereSinceNanos;
  private boolean held;
  private final List<KernelMessage> heldTraffic = new ArrayList<>();
  private int migrations;
  private long forwardedCalls;
  private final long startedNanos;
  private Ending ending;
  private long endedNanos;
  private boolean lost;
  private int tasks = 1;
  private Mappings mappings = new Mappings();
  private final WaitChannel childNews = new WaitChannel();
  private final List<PendingCall> pending = new ArrayList<>();
  private final TreeSet<Integer> unknownCalls = new TreeSet<>();
  private final EnumSet<NodeLimits.Kind> limitsReached = EnumSet.noneOf(NodeLimits.Kind.class);
  private final ProcessTimers timers = new ProcessTimers(this);
  private final ResourceLimits limits;
  private int nice;

  /** What it gets when its parent ends, 0 for nothing. */
  private int deathSignal;

  /** The signal that holds it, 0 while it goes on. */
  private int stoppedBy;

  /** Whether its parent has not been told of its stop, or of its going on. */
  private boolean stopNews;

  private boolean continueNews;

  /** Whether it has called execve since it was forked. */
  private boolean executed;

  /** See {@link #vforks()}. */
  private int vforks;

  /** CPU time of the children that it has waited for, and of theirs. */
  private long childrenNanos;

  /** Whether its children begin without what it has told the balancer about its statistics. */
  private boolean keepsSteering;

  /** Whether its ended children vanish at once, since it ignores SIGCHLD. */
  private boolean childrenVanish;

  private List<String> commandLine = List.of();
  private List<String> environment = List.of();
  private Steering steering = Steering.NONE;
  private int selected;
  private int lastCreate;
  private long mfsCalls;

  /** Whether its body, which is away, slept when that was last said. */
  private boolean asleepAway;

  /** What the body was last told of the descriptors, see {@link FileLease#bytes}. */
  private byte[] toldFiles = {};

  private LeftWith leftWith = LeftWith.NOTHING;

  /**
   * What its parent gets when it ends; 0 for nothing (clone(2), "The child termination signal").
   */
  private int exitSignal = Signals.SIGCHLD;

  Process(
      ProcessId id,
      String launch,
      String program,
      List<String> arguments,
      int parent,
      FileContext files,
      long now) {
    this.id = id;
    this.launch = launch;
    this.program = program;
    this.executable = "/bin/" + program;
    this.arguments = List.copyOf(arguments);
    this.parent = parent;
    this.files = files;
    this.startedNanos = now;
    this.whereSinceNanos = now;
    this.where = id.home();
    this.group = id.pid();
    this.session = id.pid();
    this.limits = new ResourceLimits(files.node().limits());
  }

  /** Identity. */
  public ProcessId id() {
    return id;
  }

  /** Id of the launch command that started it, or empty. */
  public String launch() {
    return launch;
  }

  /** The launch service has started it for that launch. */
  void launch(String id) {
    launch = id;
  }

  /** Name of its program. */
  public String program() {
    return program;
  }

  /** argv without argv[0]. */
  public List<String> arguments() {
    return arguments;
  }

  /** Path of its program's file on its home node. */
  public String executable() {
    return executable;
  }

  void executable(String path) {
    executable = path;
  }

  void program(String name, List<String> argv) {
    program = name;
    arguments = List.copyOf(argv);
  }

  /** Pid of its parent, 0 for none. */
  public int parent() {
    return parent;
  }

  void parent(int pid) {
    parent = pid;
  }

  int group() {
    return group;
  }

  void group(int pgid) {
    group = pgid;
  }

  int session() {
    return session;
  }

  void session(int sid) {
    session = sid;
  }

  /** argv, as the program was started with it. */
  List<String> commandLine() {
    return commandLine;
  }

  /** Environment, as the program was started with it. */
  List<String> environment() {
    return environment;
  }

  void strings(List<String> argv, List<String> variables) {
    commandLine = List.copyOf(argv);
    environment = List.copyOf(variables);
  }

  /** What its owner has told the balancer about it. */
  public Steering steering() {
    return steering;
  }

  void steering(Steering told) {
    steering = told;
  }

  /** The node behind {@code /mfs/selected}, 0 for none. */
  int selected() {
    return selected;
  }

  void selected(int node) {
    selected = node;
  }

  /** Node of the last successful create through MFS, 0 for none. */
  int lastCreate() {
    return lastCreate;
  }

  void lastCreate(int node) {
    lastCreate = node;
  }

  /** File calls that another node made for it. */
  public long mfsCalls() {
    return mfsCalls;
  }

  void countMfsCall() {
    mfsCalls++;
  }

  boolean asleepAway() {
    return asleepAway;
  }

  void asleepAway(boolean sleeps) {
    asleepAway = sleeps;
  }

  byte[] toldFiles() {
    return toldFiles;
  }

  void toldFiles(byte[] bytes) {
    toldFiles = bytes;
  }

  /** What the body had when it last left home. */
  LeftWith leftWith() {
    return leftWith;
  }

  void leftWith(LeftWith figures) {
    leftWith = figures;
  }

  /** fork: what a child's deputy has from its parent's beside files and memory. */
  void inherit(Process from, boolean sharesMemory) {
    executable = from.executable;
    commandLine = from.commandLine;
    environment = from.environment;
    group = from.group;
    session = from.session;
    locked = from.locked;
    lockOrigin = from.lockOrigin;
    limits.inherit(from.limits);
    nice = from.nice;
    steering = from.keepsSteering ? from.steering.withoutStatistics() : from.steering;
    selected = from.selected;
    lastCreate = from.lastCreate;
    mappings = sharesMemory ? from.mappings.join() : from.mappings.fork();
  }

  TreeSet<Integer> children() {
    return children;
  }

  /** Descriptors, directories, credentials. */
  public FileContext files() {
    return files;
  }

  /** The user's lock. */
  public boolean locked() {
    return locked;
  }

  /** Where the lock comes from, or null while it is not locked. */
  public LockOrigin lockOrigin() {
    return lockOrigin;
  }

  /** Locks it for the reason given, or unlocks it if that is null. */
  void lock(LockOrigin origin) {
    locked = origin != null;
    lockOrigin = origin;
  }

  /** Stay reasons that hold, in the order of their bits. */
  public List<StayEvidence> reasons() {
    return List.copyOf(reasons.values());
  }

  EnumMap<StayReason, StayEvidence> reasonMap() {
    return reasons;
  }

  /** Word of the first stay reason, or empty. */
  public String firstReason() {
    return reasons.isEmpty() ? "" : reasons.values().iterator().next().reason().word();
  }

  /** Node where the body is; the source while it migrates; 0 before a child's body is born. */
  public int where() {
    return where;
  }

  /** Since when the body has been there, virtual nanoseconds. */
  public long whereSinceNanos() {
    return whereSinceNanos;
  }

  /** Tells the deputy where the body is from now on. */
  public void where(int node, long now) {
    where = node;
    whereSinceNanos = now;
  }

  /** Whether traffic for the body is held back because it is moving or not born. */
  public boolean held() {
    return held;
  }

  void held(boolean now) {
    held = now;
  }

  List<KernelMessage> heldTraffic() {
    return heldTraffic;
  }

  /** Migrations so far. */
  public int migrations() {
    return migrations;
  }

  /** One more migration. */
  public void countMigration() {
    migrations++;
  }

  /** Calls that came from elsewhere. */
  public long forwardedCalls() {
    return forwardedCalls;
  }

  void countForwardedCall() {
    forwardedCalls++;
  }

  /** When it started. */
  public long startedNanos() {
    return startedNanos;
  }

  /** How it ended, or null while it lives. */
  public Ending ending() {
    return ending;
  }

  /** When it ended. */
  public long endedNanos() {
    return endedNanos;
  }

  void ended(Ending how, long now) {
    ending = how;
    endedNanos = now;
  }

  /** Whether its body was lost with a node or link. */
  public boolean lost() {
    return lost;
  }

  void markLost() {
    lost = true;
  }

  /** Whether it has not ended. */
  public boolean alive() {
    return ending == null;
  }

  /**
   * Whether it has ended and nobody waits for that any more: it is kept for those who look at the
   * cluster, not for programs.
   */
  public boolean gone() {
    return ending != null && parent == 0;
  }

  /** Tasks that share its address space. */
  public int tasks() {
    return tasks;
  }

  void tasks(int count) {
    tasks = count;
  }

  /** What it has mapped. */
  Mappings mappings() {
    return mappings;
  }

  void mappings(Mappings next) {
    mappings = next;
  }

  /** Whether other processes share its address space. */
  public boolean sharesMemory() {
    return mappings.users() > 1;
  }

  /** The signal that tells its parent of its end, 0 for none. */
  int exitSignal() {
    return exitSignal;
  }

  void exitSignal(int signal) {
    exitSignal = signal;
  }

  WaitChannel childNews() {
    return childNews;
  }

  List<PendingCall> pending() {
    return pending;
  }

  PendingCall pending(int tid) {
    for (PendingCall call : pending) {
      if (call.call().tid() == tid) {
        return call;
      }
    }
    return null;
  }

  boolean reportUnknown(int number) {
    return unknownCalls.add(number);
  }

  /** Whether it is the first time that a limit stopped it. */
  boolean reportLimit(NodeLimits.Kind limit) {
    return limitsReached.add(limit);
  }

  /** Its nice value, from −20 to 19. */
  int nice() {
    return nice;
  }

  void nice(int value) {
    nice = value;
  }

  int deathSignal() {
    return deathSignal;
  }

  void deathSignal(int signal) {
    deathSignal = signal;
  }

  /** Its resource limits. */
  ResourceLimits limits() {
    return limits;
  }

  ProcessTimers timers() {
    return timers;
  }

  /** The signal that holds it, 0 while it goes on. */
  public int stoppedBy() {
    return stoppedBy;
  }

  boolean stopNews() {
    return stopNews;
  }

  boolean continueNews() {
    return continueNews;
  }

  void stopped(int signal) {
    stoppedBy = signal;
    stopNews = true;
    continueNews = false;
  }

  void continued() {
    stoppedBy = 0;
    stopNews = false;
    continueNews = true;
  }

  void newsTaken() {
    stopNews = false;
    continueNews = false;
  }

  /** Whether it is the node's first process, to which orphans go: started, not forked, as init. */
  boolean isInit() {
    return executable.equals("/sbin/init") && parent == 0 && session == id.pid();
  }

  /** Pid of the vfork child while it borrows memory, for parent and child; else 0. */
  public int vforks() {
    return vforks;
  }

  void vforks(int child) {
    vforks = child;
  }

  boolean executed() {
    return executed;
  }

  void markExecuted() {
    executed = true;
  }

  /** CPU time of the children that it has waited for, and of theirs, nanoseconds. */
  long childrenNanos() {
    return childrenNanos;
  }

  /** It has waited for a child that has ended. */
  void tookNote(Process child) {
    childrenNanos += child.ending.cpuNanos() + child.childrenNanos;
  }

  /** Whether its children begin without what it has told the balancer about its statistics. */
  public boolean keepsSteering() {
    return keepsSteering;
  }

  /** Whether what it tells the balancer is for itself alone. */
  public void keepsSteering(boolean keeps) {
    keepsSteering = keeps;
  }

  boolean childrenVanish() {
    return childrenVanish;
  }

  void childrenVanish(boolean vanish) {
    childrenVanish = vanish;
  }

  /** Every field that lasts, for the island's hash. */
  void walk(Walk walk) {
    walk.i32("pid", id.pid());
    walk.text("launch", launch);
    walk.text("program", program);
    walk.text("executable", executable);
    walk.count("arguments", arguments.size());
    for (String each : arguments) {
      walk.text("argument", each);
    }
    walk.i32("parent", parent);
    walk.i32("group", group);
    walk.i32("session", session);
    locked = walk.flag("locked", locked);
    lockOrigin = locked ? walkOrigin(walk, lockOrigin) : null;
    for (StayEvidence each : reasons.values()) {
      walk.i32("reason", each.reason().bit());
      walk.i64("pc", each.pc());
      walk.i64("argument", each.argument());
      walk.i64("at", each.atNanos());
    }
    walk.i32("where", where);
    walk.i64("whereSince", whereSinceNanos);
    walk.flag("held", held);
    walk.count("heldTraffic", heldTraffic.size());
    walk.i32("migrations", migrations);
    walk.i64("forwarded", forwardedCalls);
    walk.i64("started", startedNanos);
    walk.flag("ended", ending != null);
    if (ending != null) {
      walk.i32("status", ending.shellStatus());
      walk.i64("endedNanos", endedNanos);
      walk.i64("cpu", ending.cpuNanos());
    }
    walk.flag("lost", lost);
    walk.i32("tasks", tasks);
    mappings.walk(walk);
    exitSignal = walk.i32("exitSignal", exitSignal);
    for (PendingCall each : pending) {
      each.call().walk(walk);
    }
    timers.walk(walk);
    limits.walk(walk);
    nice = walk.i32("nice", nice);
    deathSignal = walk.i32("deathSignal", deathSignal);
    stoppedBy = walk.i32("stoppedBy", stoppedBy);
    stopNews = walk.flag("stopNews", stopNews);
    continueNews = walk.flag("continueNews", continueNews);
    vforks = walk.i32("vforks", vforks);
    executed = walk.flag("executed", executed);
    childrenVanish = walk.flag("childrenVanish", childrenVanish);
    commandLine = strings(walk, commandLine);
    environment = strings(walk, environment);
    steering = Steering.walk(walk, steering);
    selected = walk.i32("selected", selected);
    lastCreate = walk.i32("lastCreate", lastCreate);
    mfsCalls = walk.i64("mfsCalls", mfsCalls);
    asleepAway = walk.flag("asleepAway", asleepAway);
    toldFiles = walk.bytes("toldFiles", toldFiles);
    leftWith = LeftWith.walk(walk, leftWith);
    limitsReached.forEach(each -> walk.constant("limit", each, NodeLimits.Kind.values()));
    if (childrenNanos != 0 || keepsSteering) {
      walk.i64("childrenNanos", childrenNanos);
      walk.flag("keepsSteering", keepsSteering);
    }
  }

  private static LockOrigin walkOrigin(Walk walk, LockOrigin origin) {
    LockOrigin from = walk.reading() ? NOT_READ_YET : origin;
    int pid = walk.i32("holder", from.holder().pid());
    int home = walk.i32("holderHome", from.holder().home());
    String program = walk.text("holderProgram", from.program());
    LockOrigin.Means means = walk.constant("means", from.means(), LockOrigin.Means.values());
    int writer = walk.i32("writer", from.writer() == null ? 0 : from.writer().pid());
    long at = walk.i64("lockedAt", from.atNanos());
    return new LockOrigin(
        new ProcessId(home, pid),
        program,
        means,
        writer == 0 ? null : new ProcessId(home, writer),
        at);
  }

  private static final LockOrigin NOT_READ_YET =
      new LockOrigin(new ProcessId(1, 1), "", LockOrigin.Means.COMMAND, null, 0);

  private static List<String> strings(Walk walk, List<String> strings) {
    int count = walk.count("strings", strings.size());
    List<String> walked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      walked.add(walk.text("string", walk.reading() ? "" : strings.get(i)));
    }
    return walk.reading() ? List.copyOf(walked) : strings;
  }
}
