package org.godwit.engine.session;

import static org.godwit.engine.session.Account.MILLISECOND;
import static org.godwit.engine.session.Account.SECOND;

import java.util.List;
import java.util.random.RandomGenerator;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.scenario.Step;

/**
 * A run that must come out the same however it is carried out: a scenario, and commands that
 * somebody gives on the way.
 *
 * @param name for messages and for the command line of {@link FingerprintTool}
 * @param scenario what it opens with
 * @param migrateEvery instructions between forced moves, 0 for none
 * @param given commands from outside, at instants on the grid, by time
 * @param endNanos when it is over
 */
record Course(String name, Scenario scenario, long migrateEvery, List<Step> given, long endNanos) {
  /** Does something at a stop of a run that must not show in its result. */
  @FunctionalInterface
  interface Onlooker {
    void look(Session session);
  }

  /** The courses that the tests of determinism run. */
  static List<Course> all() {
    return List.of(
        of("spin", Variation.of("seed-spin").quick(), 12 * SECOND),
        of("lock", Variation.of("seed-lock").quick(), 34 * SECOND),
        of("pipe", Variation.of("seed-pipe").arguments("pipe", "100", "1000").quick(), 9 * SECOND),
        of(
            "files",
            Variation.of("seed-files").arguments("files", "40", "1000").quick(),
            9 * SECOND),
        of(
            "threads",
            Variation.cluster(3, 2, 1)
                .launch("threads", "threads", 2, "4", "0", "300")
                .launch("pthread", "pthread", 1, "3"),
            3 * SECOND),
        forcedMoves(),
        eventful());
  }

  static Course named(String name) {
    return all().stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
  }

  private static Course of(String name, Variation variation, long endNanos) {
    return new Course(name, variation.base(), 0, List.of(), endNanos);
  }

  /** Everything that may move does so all the time. */
  private static Course forcedMoves() {
    Variation variation =
        Variation.cluster(2, 1, 1)
            .policy("none")
            .launch("pipe", "pipe", 1, "30", "50")
            .launch("files", "files", 1, "10", "50")
            .launch("fork", "forktree", 1)
            .launch("signals", "signals", 1)
            .launch("shmget", "shmget", 1);
    return new Course("migrate-every", variation.base(), 997, List.of(), 3 * SECOND);
  }

  /** Every command, on a cluster with something of everything on it. */
  private static Course eventful() {
    Variation variation =
        Variation.cluster(2, 1, 2, 1)
            .launch("spins", "spin", 4)
            .launch("pipe", "pipe", 1, "0", "1000")
            .launch("files", "files", 1, "0", "3000")
            .launch("shmget", "shmget", 1)
            .launch("threads", "threads", 1, "2", "0", "500");
    List<Step> given =
        List.of(
            at(1_500, new Command.SetLock(process("spins", 0), true)),
            at(2_000, new Command.Migrate(process("pipe", 0), 3)),
            at(2_000, new Command.Migrate(process("spins", 0), 4)),
            at(2_001, new Command.Migrate(process("spins", 0), 2)),
            at(2_200, new Command.Migrate(process("shmget", 0), 2)),
            at(2_500, new Command.AddNode(Variation.node(5, 2, 1.25))),
            at(2_900, new Command.Launch("late", 5, "spin", List.of(), 3, false)),
            at(3_100, new Command.SetSpeed(3, 20_000)),
            at(4_000, new Command.SetSwitch(4, NodeSwitch.BLOCK, true)),
            at(4_300, new Command.CutLink(1, 3)),
            at(4_700, new Command.SetLink(new LinkSpec(1, 3, 10, 400_000))),
            at(5_000, new Command.Expel(3)),
            at(5_500, new Command.Signal(process("spins", 3), 19)),
            at(5_900, new Command.Signal(process("spins", 3), 18)),
            at(6_000, new Command.SetSwitch(3, NodeSwitch.BLOCK, false)),
            at(6_200, new Command.RemoveNode(4)),
            at(6_500, new Command.Migrate(process("late", 0), 2)),
            at(7_000, new Command.Bring(1)),
            at(7_500, new Command.CrashNode(5)),
            at(8_000, new Command.SetSwitch(1, NodeSwitch.LSTAY, false)),
            at(8_500, new Command.SetPolicy("none")),
            at(8_600, new Command.Migrate(process("nobody", 0), 2)),
            at(9_000, new Command.Signal(process("files", 0), 9)),
            at(9_500, new Command.SetPolicy("openmosix")));
    return new Course("eventful", variation.base(), 0, given, 15 * SECOND);
  }

  private static Step at(long millis, Command command) {
    // Off the whole milliseconds, where much of the rest happens.
    return new Step(millis * MILLISECOND + 7 * Session.GRID_NANOS, command);
  }

  private static ProcessRef process(String launch, int index) {
    return new ProcessRef.ByLaunch(launch, index);
  }

  /** Runs it, stopping only where a command is given. */
  Fingerprint run(SessionOptions how) {
    return run(how, null, session -> {});
  }

  /**
   * Runs it.
   *
   * @param cuts where to stop besides, by chance; null for nowhere
   * @param onlooker what to do at each stop
   */
  Fingerprint run(SessionOptions how, RandomGenerator cuts, Onlooker onlooker) {
    SessionOptions options =
        new SessionOptions(
            how.workers(),
            how.forceParallel(),
            how.reverseOrder(),
            how.windowByWindow(),
            migrateEvery,
            how.engine());
    try (Session session = OnBoard.open(scenario, options)) {
      for (Step step : given) {
        advance(session, step.atNanos(), cuts, onlooker);
        session.submit(step.command());
      }
      advance(session, endNanos, cuts, onlooker);
      return Fingerprint.of(session, options);
    }
  }

  private static void advance(
      Session session, long until, RandomGenerator cuts, Onlooker onlooker) {
    while (session.now() < until) {
      long next = until;
      if (cuts != null) {
        // Mostly short pieces, many of a single step of the grid, and a few long ones.
        double share = StrictMath.pow(cuts.nextDouble(), 8);
        next = session.now() + Session.GRID_NANOS + (long) (share * SECOND);
      }
      session.advance(Math.min(until, next));
      onlooker.look(session);
    }
  }
}
