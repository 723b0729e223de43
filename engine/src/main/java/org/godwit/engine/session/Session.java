package org.godwit.engine.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.godwit.engine.balance.Policies;
import org.godwit.engine.cluster.Cluster;
import org.godwit.engine.cluster.ClusterSettings;
import org.godwit.engine.cluster.Commands;
import org.godwit.engine.cluster.Views;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.elf.ElfProblem;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.node.Node;
import org.godwit.engine.time.Grid;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.scenario.Step;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.LedgerRow;

/**
 * A cluster that runs: a scenario, a seed, and the commands given to it. Same scenario, seed,
 * programs and commands give the same events, samples and hashes, however {@link #advance} is cut
 * and however many workers there are.
 *
 * <p>Call it from one thread at a time. Lists that it returns are immutable snapshots.
 */
public final class Session implements AutoCloseable {
  /** Grid on which every stop and every command lies, in nanoseconds (decision 1). */
  public static final long GRID_NANOS = Grid.STEP_NANOS;

  /** Whoever watches a session being made again hears of it so often. */
  private static final long TOLD_NANOS = 100_000_000L;

  /** A row of samples each so often, at absolute instants. */
  public static final long SAMPLE_NANOS = 250_000_000L;

  /** A state hash each so often, at absolute instants. */
  public static final long HASH_NANOS = 1_000_000_000L;

  private final Scenario scenario;
  private final ProgramSource source;
  private final SessionInputs inputs;
  private final SessionOptions options;
  private static final String NO_PROGRAM = "command.no-program";

  /** What each name stands for now. */
  private final TreeMap<String, ElfImage> images = new TreeMap<>();

  /** While a command is carried out again: a program that was not known when it was given. */
  private String hiddenProgram;

  /** Programs by name, those of one name in the order in which they were added. */
  private final TreeMap<String, List<ProgramImage>> used = new TreeMap<>();

  /** Hash of the one that was added last under a name. */
  private final TreeMap<String, String> added = new TreeMap<>();

  /** All of them by their hash. */
  private final TreeMap<String, ElfImage> known = new TreeMap<>();

  private final BootRoots roots;
  private final Cluster cluster;
  private final Commands executor;
  private final Views views;
  private final List<Step> script;
  private final Journal<Event> events = new Journal<>();
  private final Journal<Sample> samples = new Journal<>();
  private final Journal<CommandRecord> commands = new Journal<>();
  private final Journal<HashSample> hashes = new Journal<>();
  private int nextStep;

  /** Outside the state: whom to ask makes no difference to what has happened. */
  private Advisers advisers = Advisers.NONE;

  private Session(
      Scenario scenario, ProgramSource source, SessionOptions options, SessionInputs inputs) {
    this.inputs = inputs;
    this.options = options;
    this.scenario = scenario;
    this.source = source;
    this.roots = new BootRoots(source);
    this.cluster =
        new Cluster(
            scenario,
            new ClusterSettings(
                options.workers(),
                options.forceParallel(),
                options.reverseOrder(),
                options.windowByWindow(),
                options.migrateEvery(),
                options.engine().machine()),
            this::image,
            roots);
    this.executor = new Commands(cluster);
    this.views = new Views(cluster);
    List<Step> steps = new ArrayList<>(scenario.script());
    steps.sort(Comparator.comparingLong(Step::atNanos));
    this.script = List.copyOf(steps);
  }

  /**
   * Opens a scenario at virtual time 0.
   *
   * @throws ProblemException if the scenario cannot be run (an unknown program or policy, a program
   *     that is no static RV64 ELF)
   */
  public static Session open(Scenario scenario, ProgramSource programs, SessionOptions options)
      throws ProblemException {
    return open(scenario, programs, options, SessionInputs.NONE);
  }

  /**
   * Opens a scenario at virtual time 0 with a tree and standard input from outside.
   *
   * @throws ProblemException as above, or if the inputs are for a node that does not exist
   */
  public static Session open(
      Scenario scenario, ProgramSource programs, SessionOptions options, SessionInputs inputs)
      throws ProblemException {
    if (Policies.named(scenario.policy()).isEmpty()) {
      throw new ProblemException(Policies.unknown(scenario.policy()));
    }
    demandProfiles(scenario, programs);
    Session session = new Session(scenario, programs, options, inputs);
    session.takeInputs();
    for (Step step : scenario.script()) {
      if (step.command() instanceof Command.Launch launch
          && !session.images.containsKey(launch.program())
          && !launch.program().startsWith("/")) {
        byte[] elf = programs.elf(launch.program()).orElse(null);
        if (elf == null) {
          throw new ProblemException(Problem.of(NO_PROGRAM, launch.program()));
        }
        session.addProgram(launch.program(), elf);
      }
    }
    session.runScript();
    return session;
  }

  private static void demandProfiles(Scenario scenario, ProgramSource source)
      throws ProblemException {
    BootRoots roots = new BootRoots(source);
    for (NodeSpec node : scenario.nodes()) {
      if (node.boots() && !roots.has(node.profile())) {
        throw new ProblemException(Problem.of("command.no-profile", node.profile()));
      }
    }
  }

  /** The balancing policies on board, the default first. */
  public static List<String> policies() {
    return Policies.names();
  }

  /** What a user's own policy of that name calls itself; null if the name is of one on board. */
  public static String userPolicy(String name) {
    return Policies.user(name);
  }

  /** As a recipe says; see {@link Recipe#cook}. */
  static Session again(
      Recipe recipe, ProgramSource programs, SessionOptions options, LongConsumer reached)
      throws ProblemException {
    Session session = begin(recipe, programs, options);
    try {
      session.follow(recipe.commands(), recipe.nowNanos(), reached);
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
    session.advisers = recipe.advisers();
    return session;
  }

  /** At virtual time 0 of a recipe, before anything of its commands and its script. */
  static Session begin(Recipe recipe, ProgramSource programs, SessionOptions options)
      throws ProblemException {
    demandProfiles(recipe.scenario(), programs);
    Session session = new Session(recipe.scenario(), programs, options, recipe.inputs());
    try {
      session.takeInputs();
      session.knowSeveral(recipe.programs());
    } catch (ProblemException | RuntimeException | Error e) {
      session.close();
      throw e;
    }
    return session;
  }

  /** Runs to a moment with the commands that were given up to it, the script's among them. */
  void follow(List<CommandRecord> given, long untilNanos) {
    follow(given, untilNanos, _ -> {});
  }

  private void follow(List<CommandRecord> given, long untilNanos, LongConsumer reached) {
    beginFollowing();
    for (CommandRecord each : given) {
      advance(each.atNanos(), reached);
      submitAgain(each);
    }
    advance(untilNanos, reached);
    endFollowing();
  }

  /** From now on the script is silent: its steps are among the commands that are given again. */
  void beginFollowing() {
    nextStep = Integer.MAX_VALUE;
  }

  /** Submits what was submitted at this moment before. */
  void submitAgain(CommandRecord each) {
    hiddenProgram = programThatWasMissing(each);
    submit(each.command());
    hiddenProgram = null;
  }

  /** From now on the script goes on. */
  void endFollowing() {
    nextStep = 0;
    while (nextStep < script.size() && script.get(nextStep).atNanos() <= now()) {
      nextStep++;
    }
  }

  /** The program for want of which a command was refused, though it may have been added later. */
  private static String programThatWasMissing(CommandRecord record) {
    return record.refused() != null && record.refused().key().equals(NO_PROGRAM)
        ? switch (record.command()) {
          case Command.Launch launch -> launch.program();
          case Command.InstallProgram install -> install.program();
          default -> null;
        }
        : null;
  }

  /** In steps that are told; where a run is cut is invisible in it. */
  private void advance(long untilNanos, LongConsumer reached) {
    long until = Grid.floor(untilNanos, Grid.STEP_NANOS);
    while (now() < until) {
      advance(Math.min(until, now() + TOLD_NANOS));
      reached.accept(now());
    }
  }

  // ---------------------------------------------------------------- checkpoints

  /** All of it as it is now, to go on from later. */
  public Checkpoint checkpoint() {
    cluster.noticeWrites();
    return Checkpoint.of(this, commands.size(), events.size());
  }

  /** Makes a program known that a later part of the session has used. */
  void know(ProgramImage program) throws ProblemException {
    boolean first = !images.containsKey(program.name());
    ElfImage image = keep(program.name(), program.bytes());
    if (first) {
      images.put(program.name(), image);
    }
  }

  /** Of names that have stood for several programs: makes all of them known. */
  private void knowSeveral(List<ProgramImage> programs) throws ProblemException {
    TreeMap<String, Integer> count = new TreeMap<>();
    programs.forEach(each -> count.merge(each.name(), 1, Integer::sum));
    for (ProgramImage each : programs) {
      if (count.get(each.name()) > 1) {
        know(each);
      }
    }
  }

  Session employ(int workers) {
    cluster.employ(workers);
    return this;
  }

  // ---------------------------------------------------------------- input

  /**
   * Says who answers for the user's own policies from now on; until then such a policy moves
   * nobody. Copies of this session ask the same.
   */
  public void consult(Advisers who) {
    advisers = who;
  }

  /** What it was opened with. */
  public Scenario scenario() {
    return scenario;
  }

  /**
   * Makes a program known under a name. If another is in use under that name, it stays so until
   * {@link Command.InstallProgram} says otherwise: that is recorded, so a replay does the same.
   *
   * @throws ProblemException if it is no static RV64 program
   */
  public void addProgram(String name, byte[] elf) throws ProblemException {
    ElfImage image = keep(name, elf);
    boolean unused = now() == 0 && commands.size() == 0;
    if (!images.containsKey(name) || unused) {
      images.put(name, image);
    }
    if (unused) {
      used.get(name).removeIf(each -> !each.sha256().equals(added.get(name)));
    }
  }

  private ElfImage keep(String name, byte[] elf) throws ProblemException {
    PageStore store = PageStore.sealed(elf);
    ElfImage image = known.get(store.sha256());
    if (image == null) {
      switch (ElfImage.parse(store)) {
        case ElfImage parsed -> image = parsed;
        case ElfProblem problem -> throw new ProblemException(problem.toProblem());
      }
      known.put(store.sha256(), image);
    }
    List<ProgramImage> namesakes = used.computeIfAbsent(name, any -> new ArrayList<>());
    if (namesakes.stream().noneMatch(each -> each.sha256().equals(store.sha256()))) {
      namesakes.add(new ProgramImage(name, store.sha256(), elf.clone()));
    }
    added.put(name, store.sha256());
    return image;
  }

  private ElfImage image(String name) {
    if (name.equals(hiddenProgram)) {
      return null;
    }
    if (!images.containsKey(name)) {
      byte[] elf = source.elf(name).orElse(null);
      if (elf == null) {
        return null;
      }
      try {
        addProgram(name, elf);
      } catch (ProblemException e) {
        return null;
      }
    }
    return images.get(name);
  }

  /** Carries out a command now. A refused one is recorded with its reason. */
  public CommandRecord submit(Command command) {
    Command told = command instanceof Command.InstallProgram install ? which(install) : command;
    Problem refused = executor.run(told);
    CommandRecord record = new CommandRecord(now(), commands.size(), told, refused);
    commands.add(record);
    collect();
    return record;
  }

  /** Says which program of its name is meant, and has the name stand for that from now on. */
  private Command which(Command.InstallProgram install) {
    String name = install.program();
    if (name.equals(hiddenProgram) || image(name) == null) {
      return install;
    }
    String sha256 = install.sha256() == null ? added.get(name) : install.sha256();
    if (used.get(name).stream().noneMatch(each -> each.sha256().equals(sha256))) {
      return install;
    }
    images.put(name, known.get(sha256));
    return new Command.InstallProgram(name, sha256);
  }

  private void takeInputs() throws ProblemException {
    if (inputs.isEmpty()) {
      return;
    }
    Node node = cluster.node(inputs.node());
    if (node == null) {
      throw new ProblemException(Problem.of("command.no-node", inputs.node()));
    }
    for (GuestFile file : inputs.root()) {
      switch (file.kind()) {
        case DIRECTORY -> node.files().tree().directory(file.path(), file.mode());
        case FILE -> node.files().tree().put(file.path(), file.mode(), file.content());
        case LINK -> node.files().tree().link(file.path(), file.target());
      }
    }
    executor.input(inputs.node(), inputs.standardInput());
  }

  /** Where it looks for programs that it does not know yet; any thread may ask it. */
  public ProgramSource source() {
    return source;
  }

  /** What came from outside beside scenario and programs. */
  public SessionInputs inputs() {
    return inputs;
  }

  private void runScript() {
    while (nextStep < script.size() && script.get(nextStep).atNanos() <= now()) {
      submit(script.get(nextStep++).command());
    }
  }

  // ---------------------------------------------------------------- time

  /** Virtual time reached, in nanoseconds, on the grid. */
  public long now() {
    return cluster.now();
  }

  /** Runs to {@code untilNanos}, rounded down to the grid; no-op if that is not in the future. */
  public void advance(long untilNanos) {
    long until = Grid.floor(untilNanos, Grid.STEP_NANOS);
    while (now() < until) {
      long stop = Math.min(until, Grid.after(now(), SAMPLE_NANOS));
      if (nextStep < script.size()) {
        stop = Math.min(stop, Grid.ceil(script.get(nextStep).atNanos(), Grid.STEP_NANOS));
      }
      if (asksOutside()) {
        stop = Math.min(stop, nextQuestion());
      }
      cluster.advance(stop);
      collect();
      if (now() % SAMPLE_NANOS == 0) {
        samples.addAll(views.sample());
        cluster.tidy(ClusterView.ENDED_STAY_NANOS);
      }
      if (now() % HASH_NANOS == 0) {
        cluster.oversee();
        collect();
        hashes.add(new HashSample(now(), cluster.stateHash()));
      }
      runScript();
      if (asksOutside()) {
        ask();
      }
    }
  }

  // ---------------------------------------------------------------- policies from outside

  private boolean asksOutside() {
    return advisers != Advisers.NONE && Policies.user(cluster.policy().name()) != null;
  }

  /** A node's question stands at the first grid instant after its tick. */
  private long nextQuestion() {
    long next = Long.MAX_VALUE;
    for (int id : cluster.nodesUp()) {
      next = Math.min(next, Grid.after(cluster.node(id).nextTick(), Grid.STEP_NANOS));
    }
    return next;
  }

  private void ask() {
    for (int id : cluster.nodesUp()) {
      Node node = cluster.node(id);
      if (Grid.after(node.lastTick(), Grid.STEP_NANOS) != now() || !asksOutside()) {
        continue;
      }
      String policy = cluster.policy().name();
      Beliefs beliefs = node.balancer().beliefs();
      if (beliefs.processes().isEmpty() || !cluster.policy().asksOutside(beliefs)) {
        continue;
      }
      Advisers.Reply reply = advisers.ask(Policies.user(policy), beliefs, node.balancer().memory());
      if (reply != null) {
        submit(new Command.Advise(id, policy, reply.code(), reply.answer()));
        if (reply.hangs()) {
          submit(new Command.SetPolicy("none"));
        }
      }
    }
  }

  private void collect() {
    events.addAll(cluster.takeEvents());
  }

  // ---------------------------------------------------------------- output

  /** The cluster now. */
  public ClusterView view() {
    return views.picture(events.size());
  }

  /** The events from position {@code from} on, in order. */
  public List<Event> events(int from) {
    return events.from(from);
  }

  /** How many events there are. */
  public int eventCount() {
    return events.size();
  }

  /** How many load samples there are. */
  public int sampleCount() {
    return samples.size();
  }

  /** Instructions after which movable processes are moved, 0 for never. */
  public long migrateEvery() {
    return options.migrateEvery();
  }

  /** The load samples from position {@code from} on, in order. */
  public List<Sample> samples(int from) {
    return samples.from(from);
  }

  /** The commands so far, those of the scenario's script included. */
  public List<CommandRecord> commands() {
    return commands.from(0);
  }

  /** The commands from position {@code from} on, in order. */
  public List<CommandRecord> commands(int from) {
    return commands.from(from);
  }

  /** The state hashes so far, one each virtual second. */
  public List<HashSample> hashes() {
    return hashes.from(0);
  }

  /** The state hashes from position {@code from} on, in order. */
  public List<HashSample> hashes(int from) {
    return hashes.from(from);
  }

  /** The programs that the session has used so far, by name; several of one name as they came. */
  public List<ProgramImage> programs() {
    return used.values().stream().flatMap(List::stream).toList();
  }

  /** What nodes of the session have booted from so far, by profile. */
  public List<BootRoot> roots() {
    return roots.used();
  }

  /** The processes of a launch, in the order in which they started. */
  public List<ProcessId> launched(String launch) {
    return executor.launched(launch);
  }

  /** Whether any process is alive. */
  public boolean anyAlive() {
    for (int id : cluster.nodesUp()) {
      for (Process process : cluster.node(id).kernel().processes()) {
        if (process.alive()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Content of a file of a node, e.g. {@code /proc/1001/cantmove}; empty if there is none. */
  public Optional<byte[]> readFile(int node, String path) {
    Node target = cluster.node(node);
    return target == null ? Optional.empty() : target.readFile(path);
  }

  /**
   * The system calls of a process by kind and place; empty if there is no such process, or if its
   * body was lost or is on its way.
   */
  public List<LedgerRow> ledger(ProcessId process) {
    Process found = cluster.process(process);
    if (found == null) {
      return List.of();
    }
    Kernel home = cluster.node(process.home()).kernel();
    if (found.ending() != null) {
      return home.ledger(found.ending());
    }
    Node where = cluster.node(found.where());
    Body body = where == null ? null : where.kernel().body(process);
    return body == null ? List.of() : home.ledger(body);
  }

  /** What a migration of {@code process} to {@code to} would be. Leaves the state unchanged. */
  public DryRun dryRun(ProcessId process, int to) {
    Process found = cluster.process(process);
    if (found == null) {
      return DryRun.refused(Problem.of("command.no-process", process.toString()));
    }
    int target = to == Command.Migrate.HOME ? process.home() : to;
    Problem refusal = cluster.node(process.home()).mover().refusal(found, target, MoveCause.USER);
    Node there = cluster.node(target);
    if (refusal == null && target != process.home() && there != null) {
      refusal = there.closed();
    }
    Body body = views.body(found);
    if (refusal == null && body == null) {
      refusal = Problem.of("move.refused.busy");
    }
    if (refusal == null && cluster.megabitsPerSecond(found.where(), target) == 0) {
      // A move that is asked for all the same waits for a way, and is given up after a while.
      refusal = Problem.of("move.refused.down", target);
    }
    if (refusal == null && there.kernel().frames().free() < body.memory().movablePages()) {
      refusal = Problem.of("move.refused.memory", target);
    }
    if (refusal != null) {
      return DryRun.refused(refusal);
    }
    Node here = cluster.node(found.where());
    long bytes = here.kernel().serialise(body).length;
    int zeros = body.memory().zeroPages();
    return new DryRun(
        null,
        body.memory().movablePages() - zeros,
        bytes,
        freezeNanos(found.where(), target, bytes),
        target == process.home() ? 0 : body.history().callsPerSecond(),
        gainSeconds(here, process, target),
        false);
  }

  /** Reckoned as openMosix does, but with the truth about the target instead of hearsay. */
  private double gainSeconds(Node here, ProcessId process, int target) {
    return Policies.gainSeconds(cluster.truth(here.spec().id()), process, target);
  }

  /** Virtual time in which a move that was asked for must be over, one way or the other. */
  private static final long MOVE_NANOS = 60_000_000_000L;

  /** Virtual time over which the calls of a process that has moved are counted. */
  private static final long COUNTING_NANOS = 1_000_000_000L;

  /**
   * As {@link #dryRun}, by making the move and counting what the process does for a second
   * afterwards: to be asked of a copy.
   */
  public DryRun foretell(ProcessId process, int to) {
    DryRun estimate = dryRun(process, to);
    if (estimate.refusal() != null) {
      return estimate;
    }
    int seen = events.size();
    submit(new Command.Migrate(new ProcessRef.ById(process), to));
    long limit = now() + MOVE_NANOS;
    while (now() < limit) {
      for (; seen < events.size(); seen++) {
        switch (events.get(seen).what()) {
          case Happening.Migrated(var move) when move.process().equals(process) -> {
            return new DryRun(
                null,
                move.pages(),
                move.bytes(),
                move.resumedNanos() - move.frozenNanos(),
                callsFromNowOn(process),
                estimate.gainSeconds(),
                true);
          }
          case Happening.MigrationRefused refused when refused.process().equals(process) -> {
            return DryRun.refused(refused.why());
          }
          case Happening.MigrationAborted aborted when aborted.process().equals(process) -> {
            return DryRun.refused(aborted.why());
          }
          default -> {
            // Somebody else's, or a step on the way.
          }
        }
      }
      advance(now() + COUNTING_NANOS / 100);
    }
    return estimate;
  }

  private double callsFromNowOn(ProcessId process) {
    Process deputy = cluster.process(process);
    if (deputy == null) {
      return 0;
    }
    long before = deputy.forwardedCalls();
    advance(now() + COUNTING_NANOS);
    return deputy.forwardedCalls() - before;
  }

  /**
   * What holds a process from moving to {@code to} (0: anywhere) by itself or at all. Leaves the
   * state unchanged; {@link #foresee} adds what is to come.
   *
   * @throws ProblemException if there is no such process
   */
  public Explanation explain(ProcessId process, int to) throws ProblemException {
    Process found = cluster.process(process);
    if (found == null) {
      throw new ProblemException(Problem.of("command.no-process", process.toString()));
    }
    return new Explainer(cluster).explain(found, to);
  }

  /** How this session came to where it is. */
  public Recipe recipe() {
    return new Recipe(
        scenario,
        inputs,
        programs(),
        commands(),
        roots.used(),
        now(),
        options.migrateEvery(),
        stateHash(),
        advisers);
  }

  /**
   * How this session came to an earlier moment; nothing is known of the state there.
   *
   * @param nanos the moment
   * @param count how many of the commands had been submitted
   */
  public Recipe recipe(long nanos, int count) {
    return new Recipe(
        scenario,
        inputs,
        programs(),
        commands().subList(0, count),
        roots.used(),
        nanos,
        options.migrateEvery(),
        0,
        advisers);
  }

  /**
   * Runs on, as nobody will hold it back, until {@code process} freezes to move or {@code
   * untilNanos} has come: to be asked of a copy.
   */
  public Explanation.Forecast foresee(ProcessId process, long untilNanos) {
    int seen = events.size();
    while (now() < untilNanos) {
      advance(Math.min(untilNanos, Grid.after(now(), SAMPLE_NANOS)));
      for (; seen < events.size(); seen++) {
        if (events.get(seen).what() instanceof Happening.MigrationStarted started
            && started.process().equals(process)) {
          return new Explanation.Forecast(events.get(seen).atNanos(), started.to(), now());
        }
      }
    }
    return new Explanation.Forecast(-1, 0, now());
  }

  private long freezeNanos(int from, int to, long bytes) {
    int mbits = cluster.megabitsPerSecond(from, to);
    return mbits == 0 ? 0 : 4 * Math.max(0, cluster.latencyNanos(from, to)) + bytes * 8_000 / mbits;
  }

  /** Calls that homes have served for processes that were away, since the start. */
  public long forwardedCalls() {
    return cluster.forwardedCalls();
  }

  /** Hash of the whole state now. */
  public long stateHash() {
    return cluster.stateHash();
  }

  /** Windows of virtual time so far; for benches. */
  public long windows() {
    return cluster.windows();
  }

  /** How often several workers shared the islands so far; for benches. */
  public long shared() {
    return cluster.shared();
  }

  /** How often one thread advanced all islands so far; for benches. */
  public long inline() {
    return cluster.inline();
  }

  /** Ends the workers. */
  @Override
  public void close() {
    cluster.close();
  }
}
