package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A table of what a process can be doing, or where its migration can stand, when somebody wants it
 * moved, against the three directions of a move. Every field is tried; the table is printed and has
 * no hole. The guest checks the result of the call that it waits in: it never sees the move.
 */
@DisplayName("A process is moved whatever it is doing")
class MoveTableTest {
  enum Direction {
    HOME_TO_REMOTE(1, 2),
    REMOTE_TO_HOME(2, 1),
    REMOTE_TO_REMOTE(2, 3);

    final int from;
    final int to;

    Direction(int from, int to) {
      this.from = from;
      this.to = to;
    }
  }

  /**
   * A wait of the subject.
   *
   * @param waiting name of the call that it waits in
   * @param lasts whether the wait outlasts the move
   * @param program the subject, which ends with status 0 if the call did what it should
   */
  record Wait(String name, String waiting, boolean lasts, Guests program) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Field(Wait what, Direction direction) {}

  private static final ProcessId SUBJECT = new ProcessId(1, 1001);
  private static final TreeMap<String, TreeMap<Direction, String>> TABLE = new TreeMap<>();

  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int STREAM = 1;
  private static final int USR1 = 10;
  private static final int EINTR = 4;
  private static final int ETIMEDOUT = 110;

  // ---------------------------------------------------------------- the subjects

  /** Time for the test to bring the subject where it is to wait. */
  private static Script start() {
    return new Script().compute(100_000);
  }

  private static long fewSeconds(Script script) {
    return script.words(2, 0);
  }

  private static Wait sleeping() {
    Script script = start();
    return done("nanosleep", "nanosleep", script.call(101, fewSeconds(script), 0).expect(0, 1));
  }

  private static Wait clockSleeping() {
    Script script = start();
    return done(
        "clock_nanosleep",
        "clock_nanosleep",
        script.call(115, 1, 0, fewSeconds(script), 0).expect(0, 1));
  }

  private static Wait futex() {
    Script script = start();
    long word = script.words(5);
    return done(
        "futex with a time limit",
        "futex",
        script.call(98, word, 128, 5, fewSeconds(script), 0, 0).expect(-ETIMEDOUT, 1));
  }

  private static Wait done(String name, String waiting, Script script) {
    return new Wait(name, waiting, true, script.print("ok\n").exit(0).named("subject"));
  }

  /** Closes a script whose child does {@code event} after a few seconds. */
  private static Wait helped(String name, String waiting, Script script, Runnable event) {
    script.print("ok\n").exit(0).label("helper").call(101, fewSeconds(script), 0);
    event.run();
    return new Wait(name, waiting, true, script.exit(7).named("subject"));
  }

  private static Wait readPipe() {
    Script script = start();
    long ends = script.room(8);
    long buffer = script.room(8);
    script.call(59, ends, 0).fork(9, "helper").call(63, 3, buffer, 8).expect(4, 1);
    script.expectWord(buffer, 0x61746164, 2);
    long text = script.string("data");
    return helped("read of an empty pipe", "read", script, () -> script.call(64, 4, text, 4));
  }

  private static Wait writePipe() {
    Script script = start();
    long ends = script.room(8);
    script.call(59, ends, 0).fork(9, "helper");
    for (int i = 0; i < 16; i++) {
      script.call(64, 4, Script.DATA, 4096).expect(4096, 1);
    }
    script.call(64, 4, Script.DATA, 4096).expect(4096, 2);
    return helped(
        "write to a full pipe", "write", script, () -> script.call(63, 3, Script.DATA, 4096));
  }

  private static Wait waitForChild() {
    Script script = start();
    long status = script.room(8);
    script.fork(9, "helper").call(260, -1, status, 0, 0).instruction("ld a1,72(s0)");
    script.instruction("sub a0,a0,a1").expect(0, 1).expectWord(status, 7 << 8, 2);
    return helped("wait4", "wait4", script, () -> {});
  }

  private static Wait poll() {
    Script script = start();
    long ends = script.room(8);
    long fds = script.words(3L | 1L << 32);
    script.call(59, ends, 0).fork(9, "helper").call(73, fds, 1, 0, 0, 8).expect(1, 1);
    script.expectWord(fds + 4, 1 | 1 << 16, 2);
    return helped("poll of a pipe", "ppoll", script, () -> script.call(64, 4, ends, 4));
  }

  private static Wait select() {
    Script script = start();
    long ends = script.room(8);
    long set = script.words(1L << 3);
    script.call(59, ends, 0).fork(9, "helper").call(72, 4, set, 0, 0, 0, 0).expect(1, 1);
    script.expectWord(set, 1 << 3, 2);
    return helped("select of a pipe", "pselect6", script, () -> script.call(64, 4, ends, 4));
  }

  private static void handle(Script script) {
    script.jump("begin").label("handler").instruction("jalr zero,0(ra)").label("begin");
    long action = script.words(script.handlerAddress("handler"), 0, 0);
    script.call(134, USR1, action, 0, 8).expect(0, 9);
  }

  private static Wait pause() {
    Script script = start();
    handle(script);
    script.fork(9, "helper").call(73, 0, 0, 0, 0, 8).expect(-EINTR, 1);
    return helped("pause", "ppoll", script, () -> script.call(129, 1001, USR1));
  }

  private static Wait suspend() {
    Script script = start();
    handle(script);
    long none = script.words(0);
    script.fork(9, "helper").call(133, none, 8).expect(-EINTR, 1);
    return helped("sigsuspend", "rt_sigsuspend", script, () -> script.call(129, 1001, USR1));
  }

  private static Wait receive() {
    Script script = start();
    long pair = script.room(8);
    long buffer = script.room(8);
    long text = script.string("data");
    script.call(199, AF_UNIX, STREAM, 0, pair).expect(0, 3).fork(9, "helper");
    script.call(207, 3, buffer, 8, 0, 0, 0).expect(4, 1).expectWord(buffer, 0x61746164, 2);
    return helped(
        "recv on a socket", "recvfrom", script, () -> script.call(206, 4, text, 4, 0, 0, 0));
  }

  /** struct sockaddr_in: family, port 4711 in network order, address. */
  private static long address(Script script, int a, int b, int c, int d) {
    return script.words(
        AF_INET
            | (4711L >> 8 | (4711L & 0xff) << 8) << 16
            | ((long) a | b << 8 | c << 16 | (long) d << 24) << 32,
        0);
  }

  private static Wait accept() {
    Script script = start();
    long here = address(script, 127, 0, 0, 1);
    script.call(198, AF_INET, STREAM, 0).expect(3, 3).call(200, 3, here, 16).expect(0, 4);
    script.call(201, 3, 1).expect(0, 5).fork(9, "helper").call(202, 3, 0, 0).expect(4, 1);
    return helped(
        "accept",
        "accept",
        script,
        () -> script.call(198, AF_INET, STREAM, 0).call(203, 4, here, 16));
  }

  /** To node 4, which nothing reaches: the call ends after 15 s (decision 24). */
  private static Wait connect() {
    Script script = start();
    long there = address(script, 10, 0, 0, 4);
    script.call(198, AF_INET, STREAM, 0).expect(3, 3).call(203, 3, there, 16);
    return done("connect", "connect", script.expect(-ETIMEDOUT, 1));
  }

  /** A page of the program that only home has. */
  private static Wait page() {
    Script script = start();
    for (int i = 0; i < 1100; i++) {
      script.instruction("addi t3,t3,1");
    }
    script.print("ok\n").exit(0);
    return new Wait("page of the program", "page", false, script.named("subject"));
  }

  private static Wait fork() {
    Script script = start();
    long status = script.room(8);
    script.fork(0, "child").call(260, -1, status, 0, 0).expectWord(status, 7 << 8, 1);
    script.print("ok\n").exit(0).label("child").compute(1000).exit(7);
    return new Wait("fork", "clone", false, script.named("subject"));
  }

  /** Replaces itself by itself with an argument; goes home for it. */
  private static Wait exec() {
    Script script = new Script().instruction("ld a0,0(sp)").instruction("addi a0,a0,-2");
    script.ifZero("second").compute(100_000);
    long path = script.string("/proc/self/exe");
    long argument = script.string("again");
    long arguments = script.words(path, argument, 0);
    script.call(221, path, arguments, 0).exit(1);
    script.label("second").print("ok\n").exit(0);
    return new Wait("exec", "execve", false, script.named("subject"));
  }

  private static List<Wait> waits() {
    return List.of(
        sleeping(),
        clockSleeping(),
        futex(),
        readPipe(),
        writePipe(),
        waitForChild(),
        poll(),
        select(),
        pause(),
        suspend(),
        receive(),
        accept(),
        connect(),
        page(),
        fork(),
        exec());
  }

  /** Fields that cannot be, with the reason. */
  private static final Map<String, String> CANNOT =
      new TreeMap<>(
          Map.of(
              "page of the program", "at home every page of a program is there",
              "fork", "at home a fork takes no time",
              "exec", "at home an exec takes no time"));

  // ---------------------------------------------------------------- moved while it waits

  static List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (Wait wait : waits()) {
      for (Direction direction : Direction.values()) {
        if (direction == Direction.HOME_TO_REMOTE && CANNOT.containsKey(wait.name)) {
          enter(wait.name, direction, "cannot be: " + CANNOT.get(wait.name));
        } else {
          fields.add(new Field(wait, direction));
        }
      }
    }
    return fields;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fields")
  @DisplayName("while it waits")
  void isMovedWhileItWaits(Field field) {
    Wait wait = field.what;
    Direction direction = field.direction;
    try (Lab lab = Lab.Plan.nodes(4).programs(wait.program).open()) {
      for (int node = 1; node <= 3; node++) {
        lab.accept(new org.godwit.model.command.Command.CutLink(node, 4));
      }
      lab.launch("subject");
      bring(lab, direction.from);
      assertThat(lab.until(() -> waits(lab, wait, direction), step(wait), Lab.SECOND))
          .as("it waits in " + wait.waiting + " on node " + direction.from)
          .isTrue();
      int before = lab.migrations(SUBJECT).size();
      lab.move(SUBJECT, direction.to);
      assertThat(lab.until(() -> came(lab, before, direction), Lab.MILLI / 10, Lab.SECOND))
          .as("it has moved")
          .isTrue();
      if (wait.lasts) {
        assertThat(lab.view(SUBJECT).waitingFor()).as("still").isEqualTo(wait.waiting);
      }
      assertThat(lab.toEnd(20 * Lab.SECOND)).as("it ends").isTrue();
      assertThat(lab.status(SUBJECT)).isZero();
      assertThat(lab.wrote(SUBJECT, 1)).isEqualTo("ok\n");
      enter(wait.name, direction, "moved");
    }
  }

  private static long step(Wait wait) {
    return wait.lasts ? Lab.MILLI : 10_000;
  }

  /** It waits where it should; a wait that lasts has lasted for a while already. */
  private static boolean waits(Lab lab, Wait wait, Direction direction) {
    if (!lab.view(SUBJECT).waitingFor().equals(wait.waiting)
        || lab.view(SUBJECT).where() != direction.from) {
      return false;
    }
    long before = lab.view(SUBJECT).instructions();
    if (wait.lasts) {
      lab.forNanos(10 * Lab.MILLI);
    }
    return lab.view(SUBJECT).instructions() == before;
  }

  private static boolean came(Lab lab, int before, Direction direction) {
    var migrations = lab.migrations(SUBJECT);
    return migrations.size() > before
        && migrations.subList(before, migrations.size()).stream()
            .anyMatch(each -> each.to() == direction.to);
  }

  private static void bring(Lab lab, int node) {
    if (node != 1) {
      lab.move(SUBJECT, node);
      assertThat(lab.until(() -> lab.view(SUBJECT).where() == node, Lab.MILLI / 10, Lab.SECOND))
          .isTrue();
    }
  }

  // ---------------------------------------------------------------- while it is moving already

  /** Where a migration can stand, in order. */
  enum Stand {
    GRANTED,
    OFFERED,
    SENDING,
    COMMITTED
  }

  /** What comes while it moves. */
  enum Event {
    TWO_WISHES,
    CALL,
    EXIT,
    KILL,
    STOP_AND_CONTINUE
  }

  record Moment(Event event, Stand stand, Direction direction) {}

  static List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    for (Event event : Event.values()) {
      for (Stand stand : Stand.values()) {
        for (Direction direction : Direction.values()) {
          String name = event + " " + stand;
          if ((event == Event.EXIT || event == Event.CALL) && stand != Stand.GRANTED) {
            enter(name, direction, "cannot be: it is frozen");
          } else {
            moments.add(new Moment(event, stand, direction));
          }
        }
      }
    }
    return moments;
  }

  /** Counts for ever, or ends after so many passes and perhaps a call. */
  private static Guests counting(long passes, boolean call) {
    Script script = new Script();
    if (passes == 0) {
      return script.label("on").compute(1000).jump("on").named("subject");
    }
    script.compute(passes);
    return (call ? script.print("ok\n") : script).exit(3).named("subject");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("moments")
  @DisplayName("while it moves")
  void somethingComesWhileItMoves(Moment moment) {
    switch (moment.event) {
      case TWO_WISHES -> theLastWishWins(moment);
      case CALL -> itCallsOrExits(moment, true);
      case EXIT -> itCallsOrExits(moment, false);
      case KILL -> itIsKilled(moment);
      case STOP_AND_CONTINUE -> itIsStopped(moment);
    }
    enter(moment.event + " " + moment.stand, moment.direction, "done");
  }

  /** A lab in which the migration stands as it should. */
  private static Lab standing(Moment moment) {
    Lab lab = Lab.Plan.nodes(3).programs(counting(0, false)).open();
    lab.launch("subject");
    lab.forNanos(Lab.MILLI);
    bring(lab, moment.direction.from);
    lab.forNanos(20 * Lab.MILLI + 130_000);
    lab.move(SUBJECT, moment.direction.to);
    assertThat(lab.until(() -> stands(lab, moment.stand), 10_000, Lab.SECOND))
        .as("it stands " + moment.stand)
        .isTrue();
    return lab;
  }

  private static boolean stands(Lab lab, Stand stand) {
    String source = Inside.sourceState(lab.session, SUBJECT);
    boolean granted = Inside.granted(lab.session, SUBJECT);
    return switch (stand) {
      case GRANTED -> granted && (source.isEmpty() || source.equals("STOPPING"));
      case OFFERED -> source.equals("OFFERED");
      case SENDING -> source.equals("SENT");
      case COMMITTED ->
          source.isEmpty()
              && Inside.movesInFlight(lab.session).stream()
                  .anyMatch(
                      each ->
                          List.of("Release", "Committed", "Resumed")
                              .contains(each.payload().getClass().getSimpleName()));
    };
  }

  private static void theLastWishWins(Moment moment) {
    try (Lab lab = standing(moment)) {
      int second = moment.direction.from;
      int last = 6 - moment.direction.from - moment.direction.to;
      lab.move(SUBJECT, second);
      lab.move(SUBJECT, last);
      settle(lab);
      assertThat(lab.view(SUBJECT).where()).as("where the last wish was").isEqualTo(last);
      assertThat(lab.migrations(SUBJECT).getLast().from()).isEqualTo(moment.direction.to);
      assertRuns(lab);
    }
  }

  private static void itIsKilled(Moment moment) {
    try (Lab lab = standing(moment)) {
      lab.signal(SUBJECT, 9);
      assertThat(lab.toEnd(Lab.SECOND)).as("it ends").isTrue();
      lab.forNanos(10 * Lab.MILLI);
      assertThat(lab.status(SUBJECT)).isEqualTo(128 + 9);
      assertNothingIsLeft(lab);
    }
  }

  private static void itIsStopped(Moment moment) {
    try (Lab lab = standing(moment)) {
      lab.signal(SUBJECT, 19);
      settle(lab);
      assertThat(lab.view(SUBJECT).where()).isEqualTo(moment.direction.to);
      long before = lab.view(SUBJECT).instructions();
      lab.forNanos(50 * Lab.MILLI);
      assertThat(lab.view(SUBJECT).instructions()).as("it stands still").isEqualTo(before);
      int next = moment.direction.to % 3 + 1;
      lab.move(SUBJECT, next);
      settle(lab);
      assertThat(lab.view(SUBJECT).where()).as("a stopped process moves").isEqualTo(next);
      assertThat(lab.view(SUBJECT).instructions()).as("it stands still").isEqualTo(before);
      lab.signal(SUBJECT, 18);
      lab.forNanos(20 * Lab.MILLI);
      assertRuns(lab);
    }
  }

  /** The call or the exit falls anywhere around the grant and the instant of freezing. */
  private static void itCallsOrExits(Moment moment, boolean call) {
    int inTime = 0;
    for (long passes = 100_000; passes < 100_000 + 20_000; passes += 800) {
      try (Lab lab = Lab.Plan.nodes(3).programs(counting(passes, call)).open()) {
        lab.launch("subject");
        lab.forNanos(Lab.MILLI);
        bring(lab, moment.direction.from);
        lab.session.advance(26 * Lab.MILLI + 130_000);
        if (lab.session.anyAlive()) {
          lab.move(SUBJECT, moment.direction.to);
          BooleanSupplier over = () -> !lab.session.anyAlive();
          lab.until(() -> over.getAsBoolean() || !stands(lab, Stand.GRANTED), 10_000, Lab.SECOND);
          inTime += over.getAsBoolean() ? 1 : 0;
        }
        assertThat(lab.toEnd(Lab.SECOND)).as("it ends").isTrue();
        lab.forNanos(20 * Lab.MILLI);
        assertThat(lab.status(SUBJECT)).isEqualTo(3);
        assertThat(lab.wrote(SUBJECT, 1)).isEqualTo(call ? "ok\n" : "");
        assertNothingIsLeft(lab);
      }
    }
    assertThat(inTime).as("exits between grant and freeze").isGreaterThanOrEqualTo(call ? 0 : 1);
  }

  private static void settle(Lab lab) {
    assertThat(
            lab.until(
                () ->
                    Inside.settled(lab.session, SUBJECT)
                        && Inside.movesInFlight(lab.session).isEmpty(),
                10_000,
                Lab.SECOND))
        .as("it settles")
        .isTrue();
    lab.forNanos(Lab.MILLI);
  }

  private static void assertRuns(Lab lab) {
    long before = lab.view(SUBJECT).instructions();
    lab.forNanos(10 * Lab.MILLI);
    assertThat(lab.view(SUBJECT).instructions()).as("it runs").isGreaterThan(before);
    assertThat(Inside.bodies(lab.session, SUBJECT)).hasSize(1);
  }

  private static void assertNothingIsLeft(Lab lab) {
    assertThat(Inside.bodies(lab.session, SUBJECT)).isEmpty();
    assertThat(Inside.settled(lab.session, SUBJECT)).isTrue();
    assertThat(lab.happened(Happening.Lost.class, SUBJECT)).isEmpty();
    for (int node = 1; node <= 3; node++) {
      assertThat(Inside.node(lab.session, node).mover().busy()).as("node " + node).isFalse();
    }
  }

  // ---------------------------------------------------------------- the table

  private static void enter(String row, Direction direction, String what) {
    TABLE.computeIfAbsent(row, key -> new TreeMap<>()).put(direction, what);
  }

  @AfterAll
  static void printAndFindNoHole() {
    TABLE.forEach(
        (row, cells) -> {
          System.out.printf(java.util.Locale.ROOT, "%-30s", row);
          for (Direction direction : Direction.values()) {
            System.out.printf(
                java.util.Locale.ROOT, " | %-12s", cells.getOrDefault(direction, "HOLE"));
          }
          System.out.println();
        });
    assertThat(TABLE).hasSize(waits().size() + Event.values().length * Stand.values().length);
    TABLE.forEach((row, cells) -> assertThat(cells).as(row).hasSize(Direction.values().length));
  }
}
