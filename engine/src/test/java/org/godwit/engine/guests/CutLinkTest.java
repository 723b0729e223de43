package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.migration.MoveMessage;
import org.godwit.engine.network.Frame;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.LinkDefaults;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.MigrationMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message of a migration is lost once, in each of the three directions, by an outage that is
 * short, longer or longer than anybody's patience. Before the source has the target's last reply
 * the process goes on at the source; once RELEASE is lost the process is lost and its parent hears
 * of it; later messages may be lost without harm. At no time do two bodies run, and when the links
 * are back nothing is stuck.
 */
@DisplayName("The link is cut at every message of a migration")
class CutLinkTest {
  /** Where the process goes: it starts at home, node 1. */
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
   * How long nothing gets through.
   *
   * @param nanos 0: only the link that the message is on is cut, and stays cut
   */
  enum Outage {
    ONE_LINK(0),
    MOMENT(Lab.MILLI),
    SECONDS(3 * Lab.SECOND),
    TOO_LONG(8 * Lab.SECOND);

    final long nanos;

    Outage(long nanos) {
      this.nanos = nanos;
    }
  }

  /**
   * One cut.
   *
   * @param method how the process crosses
   * @param company whether other processes of the same home are on nodes 2 and 3, so that nobody's
   *     silence gives anything away
   */
  record Cut(
      MigrationMethod method, Direction direction, int message, Outage outage, boolean company) {}

  /** A message of the undisturbed migration and the last instant at which it is on its way. */
  record Sent(String kind, int from, int to, long atNanos) {}

  private static final ProcessId PARENT = new ProcessId(1, 1001);
  private static final ProcessId CHILD = new ProcessId(1, 1002);
  private static final List<ProcessId> COMPANY =
      List.of(new ProcessId(1, 1003), new ProcessId(1, 1004));
  private static final TreeMap<String, List<Sent>> MESSAGES = new TreeMap<>();
  private static final List<String> TABLE = new ArrayList<>();

  /** Where the child has pages of its own, and how many: more than its registers point to. */
  private static final long PAGES = 0x2000_0000L;

  private static final int COUNT = 40;

  /**
   * A parent that waits for its child and says how it ended; the child computes for ever and looks
   * whether its pages hold what it has put there.
   */
  private static final Guests FAMILY = family();

  private static Guests family() {
    Script script = new Script();
    long status = script.room(8);
    long hour = script.words(3600, 0);
    return script
        .fork(0, "child")
        .fork(1, "sleeper")
        .fork(2, "sleeper")
        .call(260, Script.slot(0), status, 0, 0)
        .expectWord(status, 9, 1)
        .print("child killed\n")
        .call(129, Script.slot(1), 9)
        .call(129, Script.slot(2), 9)
        .exit(0)
        .label("child")
        .call(222, PAGES, COUNT * 4096, 3, 0x32, -1, 0)
        .touch(PAGES, COUNT)
        .label("loop")
        .compute(1000)
        .touched(PAGES, COUNT, 9)
        .jump("loop")
        .label("sleeper")
        .call(101, hour, 0)
        .jump("sleeper")
        .named("family");
  }

  private static Lab underWay(MigrationMethod method, Direction direction, boolean company) {
    Lab lab = Lab.Plan.nodes(3).method(method).divisor(1000).programs(FAMILY).open();
    lab.launch("family");
    lab.forNanos(100 * Lab.MILLI);
    for (int i = 0; i < COMPANY.size(); i++) {
      if (company) {
        lab.move(COMPANY.get(i), 2 + i);
      } else {
        lab.signal(COMPANY.get(i), 9);
      }
    }
    lab.forNanos(100 * Lab.MILLI);
    if (direction.from != 1) {
      lab.move(CHILD, direction.from);
      assertThat(lab.until(() -> lab.migrations(CHILD).size() == 1, Lab.MILLI, Lab.SECOND))
          .isTrue();
    }
    lab.forNanos(1_500 * Lab.MILLI);
    lab.move(CHILD, direction.to);
    return lab;
  }

  /** The messages of an undisturbed migration, in the order of their departure. */
  private static List<Sent> messages(MigrationMethod method, Direction direction, boolean company) {
    return MESSAGES.computeIfAbsent(
        method + " " + direction + " " + company, key -> observe(method, direction, company));
  }

  private static List<Sent> observe(MigrationMethod method, Direction direction, boolean company) {
    TreeMap<Frame, Long> last = new TreeMap<>();
    try (Lab lab = underWay(method, direction, company)) {
      int before = lab.migrations(CHILD).size();
      // What a node says when all is over leaves it a window later.
      for (int quiet = 0; quiet < 20; quiet++) {
        for (Frame frame : Inside.movesInFlight(lab.session)) {
          last.put(frame, lab.session.now());
          quiet = 0;
        }
        if (lab.migrations(CHILD).size() == before || !Inside.settled(lab.session, CHILD)) {
          quiet = 0;
        }
        lab.step();
      }
    }
    List<Sent> messages = new ArrayList<>();
    last.forEach(
        (frame, nanos) ->
            messages.add(
                new Sent(
                    frame.payload().getClass().getSimpleName(), frame.from(), frame.to(), nanos)));
    return messages;
  }

  static List<Cut> cuts() {
    List<Cut> cuts = new ArrayList<>();
    for (MigrationMethod method : MigrationMethod.values()) {
      for (Direction direction : Direction.values()) {
        boolean usual = method == MigrationMethod.STOP_AND_COPY;
        for (int i = 0; i < messages(method, direction, false).size(); i++) {
          for (Outage outage : Outage.values()) {
            // The others differ in what is lost, not in how long nothing gets through.
            boolean longToo = outage == Outage.TOO_LONG && direction == Direction.HOME_TO_REMOTE;
            if (usual || outage == Outage.ONE_LINK || longToo) {
              cuts.add(new Cut(method, direction, i, outage, false));
            }
          }
          if (usual) {
            cuts.add(new Cut(method, direction, i, Outage.MOMENT, true));
          }
        }
      }
    }
    return cuts;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cuts")
  @DisplayName("nothing is lost before the commit point, nothing runs twice, nothing is stuck")
  void cut(Cut cut) {
    Sent sent = messages(cut.method, cut.direction, cut.company).get(cut.message);
    try (Lab lab = underWay(cut.method, cut.direction, cut.company)) {
      lab.session.advance(sent.atNanos);
      boolean releaseToo = lose(lab, sent, cut.outage);
      long end = lab.session.now() + 25 * Lab.SECOND;
      while (lab.session.now() < end && !over(lab)) {
        lab.forNanos(10 * Lab.MILLI);
        assertOneRuns(lab);
      }
      String outcome = outcome(lab);
      TABLE.add(
          String.format(
              Locale.ROOT,
              "%-13s %-17s %2d %-10s %d>%d %-9s %s %s after %.2f s",
              cut.method,
              cut.direction,
              cut.message,
              sent.kind,
              sent.from,
              sent.to,
              cut.outage,
              cut.company ? "in company" : "alone     ",
              outcome,
              (lab.session.now() - sent.atNanos) / 1e9));
      assertThat(outcome).isEqualTo(expected(cut, sent, releaseToo));
      if (outcome.startsWith("lost")) {
        assertLost(lab);
      } else {
        assertGoesOn(lab);
      }
    }
  }

  /** Cuts so that the message is lost, and heals; returns whether RELEASE was lost, too. */
  private static boolean lose(Lab lab, Sent sent, Outage outage) {
    assertThat(kindsInFlight(lab)).contains(sent.kind);
    boolean releaseToo =
        outage == Outage.ONE_LINK
            ? sent.kind.equals("Release")
            : kindsInFlight(lab).contains("Release");
    if (outage == Outage.ONE_LINK) {
      lab.accept(new Command.CutLink(sent.from, sent.to));
    } else {
      for (LinkSpec each : List.copyOf(Inside.links(lab.session))) {
        lab.accept(new Command.CutLink(each.a(), each.b()));
      }
      assertThat(Inside.movesInFlight(lab.session)).isEmpty();
      long until = lab.session.now() + outage.nanos;
      while (lab.session.now() < until) {
        lab.forNanos(Math.min(10 * Lab.MILLI, outage.nanos));
        assertOneRuns(lab);
      }
      for (int a = 1; a <= 3; a++) {
        for (int b = a + 1; b <= 3; b++) {
          LinkDefaults link = LinkDefaults.DEFAULT;
          lab.accept(
              new Command.SetLink(
                  new LinkSpec(a, b, link.megabitsPerSecond(), link.latencyNanos())));
        }
      }
    }
    return releaseToo;
  }

  private static List<String> kindsInFlight(Lab lab) {
    return Inside.movesInFlight(lab.session).stream()
        .map(each -> each.payload().getClass().getSimpleName())
        .toList();
  }

  private static void assertOneRuns(Lab lab) {
    assertThat(Inside.bodies(lab.session, CHILD).stream().filter(each -> !each.frozen()).count())
        .as("bodies that may run")
        .isLessThanOrEqualTo(1);
  }

  private static boolean over(Lab lab) {
    Process process = Inside.process(lab.session, CHILD);
    if (process == null || !process.alive()) {
      return Inside.bodies(lab.session, CHILD).isEmpty() && lab.status(PARENT) >= 0;
    }
    List<Body> bodies = Inside.bodies(lab.session, CHILD);
    return Inside.settled(lab.session, CHILD) && bodies.size() == 1 && !bodies.getFirst().frozen();
  }

  private static String outcome(Lab lab) {
    if (!over(lab)) {
      return "stuck: " + lab.view(CHILD).state() + " " + Inside.sourceState(lab.session, CHILD);
    }
    Process process = Inside.process(lab.session, CHILD);
    return process == null || !process.alive() ? "lost" : "runs on node " + process.where();
  }

  private static String expected(Cut cut, Sent sent, boolean releaseToo) {
    Direction way = cut.direction;
    boolean released =
        switch (sent.kind) {
          case "Grant", "Offer", "Accept", "Segment", "Received" -> false;
          case "Prepare", "RoundDone", "Progress", "Ready" -> false;
          case "Pages" -> cut.method == MigrationMethod.POST_COPY;
          default -> true;
        };
    boolean fetching =
        cut.method == MigrationMethod.POST_COPY && released && !sent.kind.equals("FetchedAll");
    if (cut.outage == Outage.TOO_LONG && fetching) {
      return "lost"; // What it left behind cannot be had, wherever it runs.
    }
    if (cut.outage == Outage.TOO_LONG && (released ? way.to : way.from) != 1) {
      return "lost"; // Away from home and silent for more than 5 s (decision 28).
    }
    if (releaseToo) {
      return "lost";
    }
    return "runs on node " + (released ? way.to : way.from);
  }

  private static void assertLost(Lab lab) {
    assertThat(lab.happened(Happening.Lost.class, CHILD)).hasSize(1);
    assertThat(lab.wrote(PARENT, 1)).isEqualTo("child killed\n");
    assertThat(lab.status(PARENT)).as("no process but the child was lost").isZero();
    lab.forNanos(10 * Lab.SECOND);
    assertThat(Inside.bodies(lab.session, CHILD)).isEmpty();
  }

  private static void assertGoesOn(Lab lab) {
    long before = lab.view(CHILD).instructions();
    assertThat(
            lab.until(
                () -> lab.view(CHILD).instructions() > before, 10 * Lab.MILLI, 3 * Lab.SECOND))
        .as("it runs")
        .isTrue();
    int where = lab.view(CHILD).where();
    int next = where % 3 + 1;
    lab.move(CHILD, next);
    assertThat(lab.until(() -> lab.view(CHILD).where() == next, 10 * Lab.MILLI, 5 * Lab.SECOND))
        .as("it moves again, to node " + next)
        .isTrue();
    assertOneRuns(lab);
    assertThat(lab.status(PARENT)).isEqualTo(-1);
  }

  /** Prints one digit after the other, away from home, computing in between. */
  private static Guests digits() {
    Script script = new Script();
    for (int digit = 0; digit < 3; digit++) {
      script.compute(10_000).print(Integer.toString(digit)).expect(1, 1);
    }
    return script.exit(0).named("digits");
  }

  private static List<Long> callsInFlight() {
    TreeMap<Frame, Long> seen = new TreeMap<>();
    try (Lab lab = digitsAway()) {
      while (lab.session.anyAlive()) {
        for (Frame frame : Inside.callsInFlight(lab.session)) {
          seen.put(frame, lab.session.now());
        }
        lab.step();
      }
    }
    return List.copyOf(seen.values());
  }

  private static Lab digitsAway() {
    Lab lab = Lab.Plan.nodes(2).divisor(1000).programs(digits()).open();
    ProcessId process = lab.launch("digits");
    lab.move(process, 2);
    assertThat(lab.until(() -> !Inside.granted(lab.session, process), Lab.MILLI, Lab.SECOND))
        .isTrue();
    return lab;
  }

  @Test
  @DisplayName("a call that a cut link loses, or its answer, is made once all the same")
  void callsAreMadeOnce() {
    List<Long> instants = callsInFlight();
    assertThat(instants).as("messages of calls").hasSizeGreaterThan(6);
    for (long nanos : instants) {
      try (Lab lab = digitsAway()) {
        lab.session.advance(nanos);
        lab.accept(new Command.CutLink(1, 2));
        lab.forNanos(500 * Lab.MILLI);
        lab.accept(new Command.SetLink(new LinkSpec(1, 2, 100, 100_000)));
        assertThat(lab.toEnd(20 * Lab.SECOND)).as("it ends").isTrue();
        assertThat(lab.wrote(PARENT, 1)).isEqualTo("012");
        assertThat(lab.status(PARENT)).isZero();
      }
    }
  }

  @AfterAll
  static void print() {
    TABLE.forEach(System.out::println);
    assertThat(kinds()).containsAll(List.of("Grant", "Offer", "Accept", "Segment", "Received"));
    assertThat(kinds()).containsAll(List.of("Release", "Committed", "Resumed"));
    assertThat(kinds()).containsAll(List.of("Prepare", "Pages", "RoundDone", "Ready"));
    assertThat(kinds()).containsAll(List.of("Fetch", "FetchedAll"));
  }

  private static TreeSet<String> kinds() {
    TreeSet<String> kinds = new TreeSet<>();
    MESSAGES.values().forEach(list -> list.forEach(each -> kinds.add(each.kind)));
    assertThat(MoveMessage.class.isSealed()).isTrue();
    return kinds;
  }
}
