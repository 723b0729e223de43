package org.godwit.engine.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.godwit.engine.time.Draws;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The move rule of decision 19 as a table, and each of the other conditions on beliefs that differ
 * from it in one point. The same table as whole runs: {@code MoveRuleTest} of the session.
 */
class OpenMosixPolicyTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SPEED = 8_000;
  private static final long NOW = 30 * SECOND;

  // ---------------------------------------------------------------- the table

  @ParameterizedTest
  @CsvSource({
    "2, 3, 2, 1.0, true",
    "2, 2, 2, 1.0, false",
    "1, 1, 2, 1.0, false",
    "1, 2, 1, 1.0, true",
    "4, 5, 1, 1.0, true",
    "2, 3, 2, 0.9, true",
    "2, 3, 2, 0.6, false"
  })
  void someoneMovesIfItRunsFasterThere(
      int cpus, int copies, int peerCpus, double peerSpeed, boolean moves) {
    Situation before = new Situation().cpus(cpus).copies(copies);
    before.peer(2, peerCpus, (int) (SPEED * peerSpeed), 0);

    Decision decision = before.decide();
    assertThat(decision.chosen() != null).isEqualTo(moves);
    assertThat(decision.to()).isEqualTo(moves ? 2 : 0);

    // What is left does not move again, and the one that went does not come back.
    Situation after = new Situation().cpus(cpus).copies(moves ? copies - 1 : copies);
    after.peer(2, peerCpus, (int) (SPEED * peerSpeed), moves ? 1 : 0);
    assertThat(after.decide().chosen()).isNull();
    if (moves) {
      Situation there = new Situation().node(2).cpus(peerCpus).guest(before.copy(1), 1);
      there.peer(1, cpus, SPEED, copies - 1);
      assertThat(there.decide().chosen()).isNull();
    }
  }

  @Test
  void ratesAreAsInTheDecisionWithAThirdMoreForABusyTarget() {
    Situation here = new Situation().cpus(2).copies(3);
    here.peer(2, 1, SPEED, 0).peer(3, 1, SPEED, 1).peer(4, 4, SPEED, 2);
    List<Decision.Target> targets = here.decide().candidates().getFirst().targets();

    assertThat(targets).extracting(Decision.Target::rateHere).containsOnly(SPEED * (2 / 3.0));
    assertThat(targets)
        .extracting(Decision.Target::rateThere)
        .containsExactly((double) SPEED, SPEED * (1 / 2.3), (double) SPEED);
    assertThat(targets)
        .extracting(each -> each.verdict().key())
        .containsExactly("target.best", "target.not-faster", "target.best");
  }

  /** docs/policies/openmosix.md, worked by hand there. */
  @Test
  void theExampleOfItsPage() {
    Situation here = new Situation().cpus(2).copies(3).loads(0.9, 0.5, 0.7);
    here.peer(2, 1, SPEED, 0).peer(3, 1, SPEED, 1).peer(4, 4, SPEED, 2);
    Decision decision = here.decide();
    assertThat(decision.chosen()).as("the second-heaviest").isEqualTo(here.copy(3));
    assertThat(decision.to()).as("the less loaded of two as good").isEqualTo(2);
    Decision.Target target = decision.candidates().getFirst().targets().getFirst();
    assertThat(target.gain()).isCloseTo(10, within(1e-9));
    assertThat(target.transferCost()).isCloseTo(0.0136, within(1e-9));
    assertThat(target.callCost()).isZero();
  }

  // ---------------------------------------------------------------- when

  @Test
  void decidesOnTheMeanNotOnABriefPeak() {
    Situation peak = new Situation().cpus(2).copies(3).mean(2.0);
    peak.peer(2, 2, SPEED, 0);
    assertThat(peak.decide().verdict().key()).isEqualTo("balance.idle");
  }

  @Test
  void theKernelsOwnWorkIsNoSurplus() {
    Situation busy = new Situation().cpus(2).copies(2).mean(2.05);
    busy.peer(2, 2, SPEED, 0);
    assertThat(busy.decide().verdict().key()).isEqualTo("balance.idle");
  }

  @Test
  void stayKeepsEverybodyAndLstayOnlyLocals() {
    Situation stay = new Situation().cpus(1).copies(2).stay();
    stay.peer(2, 1, SPEED, 0);
    assertThat(stay.decide().verdict().key()).isEqualTo("balance.stay");

    Situation lstay = new Situation().cpus(1).copies(2).lstay();
    lstay.peer(2, 1, SPEED, 0);
    assertThat(excluded(lstay.decide())).containsExactly("candidate.lstay", "candidate.lstay");

    ProcessId foreign = new ProcessId(3, 3001);
    lstay.guest(foreign, 3);
    assertThat(lstay.decide().chosen()).isEqualTo(foreign);
  }

  // ---------------------------------------------------------------- who

  @Test
  void theSecondHeaviestIsOfferedFirst() {
    Situation here = new Situation().cpus(2).copies(3).loads(0.9, 0.3, 0.8);
    here.peer(2, 2, SPEED, 0);
    assertThat(here.decide().chosen()).isEqualTo(here.copy(3));
  }

  @Test
  void theHeaviestGoesIfNobodyElseMay() {
    Situation here = new Situation().cpus(2).copies(3).loads(0.9, 0.3, 0.8).locked(2).reason(3);
    here.peer(2, 2, SPEED, 0);
    Decision decision = here.decide();
    assertThat(decision.chosen()).isEqualTo(here.copy(1));
    assertThat(excluded(decision)).containsExactly("candidate.reason", "candidate.locked");
  }

  @Test
  void lockedTiedAndYoungOnesAreLeftOutWithTheReason() {
    Situation here = new Situation().cpus(1).copies(3).locked(1).reason(2).cpuNanos(3, SECOND - 1);
    here.peer(2, 1, SPEED, 0);
    Decision decision = here.decide();
    assertThat(decision.chosen()).isNull();
    assertThat(decision.verdict().key()).isEqualTo("balance.nobody");
    assertThat(excluded(decision))
        .containsExactlyInAnyOrder("candidate.locked", "candidate.reason", "candidate.young");
    assertThat(
            decision.candidates().stream()
                .filter(each -> each.process().equals(here.copy(2)))
                .findFirst()
                .orElseThrow()
                .excluded()
                .arguments())
        .containsExactly("monkey");
  }

  /** Reference section 5.5: at most one outbound migration at a time. */
  @Test
  void nobodyIsLookedAtWhileOneIsLeaving() {
    Situation here = new Situation().cpus(1).copies(4).moving(4);
    here.peer(2, 1, SPEED, 0);
    assertThat(here.decide().verdict().key()).isEqualTo("balance.busy");
    assertThat(here.decide().chosen()).isNull();
  }

  /** A node that takes no guests still takes its own back. */
  @Test
  void aBlockedHomeIsNoObstacleToItsOwn() {
    ProcessId foreign = new ProcessId(2, 2001);
    Situation here = new Situation().cpus(1).copies(1).locked(1).guest(foreign, 2).blocked(2);
    here.arrived(foreign, NOW - 10 * SECOND);
    assertThat(here.decide().chosen()).isEqualTo(foreign);
  }

  @Test
  void whoHasJustComeStaysThreeSecondsAndEightBeforeGoingBack() {
    ProcessId foreign = new ProcessId(3, 3001);
    for (int[] row : new int[][] {{2, 0}, {4, 2}, {9, 3}}) {
      Situation here = new Situation().cpus(1).copies(1).locked(1).guest(foreign, 3);
      here.arrived(foreign, NOW - row[0] * SECOND);
      here.peer(2, 1, SPEED * 9 / 10, 0).peer(3, 1, SPEED, 0);
      assertThat(here.decide().to()).as("after %d s", row[0]).isEqualTo(row[1]);
    }
  }

  // ---------------------------------------------------------------- where

  @Test
  void theTargetWithTheGreatestGainWinsThenTheLessLoadedThenTheLowerNumber() {
    Situation here = new Situation().cpus(1).copies(2);
    here.peer(4, 2, SPEED, 0.5).peer(3, 2, SPEED, 0).peer(2, 2, SPEED, 0);
    assertThat(here.decide().to()).isEqualTo(2);
    here.peer(5, 1, SPEED + 1, 0);
    assertThat(here.decide().to()).isEqualTo(5);
  }

  @Test
  void aBlockedOrFullTargetIsNoTarget() {
    Situation here = new Situation().cpus(1).copies(2);
    here.blocked(2).full(3);
    Decision decision = here.decide();
    assertThat(decision.chosen()).isNull();
    assertThat(decision.verdict().key()).isEqualTo("balance.no-better");
    assertThat(decision.candidates().getFirst().targets())
        .extracting(each -> each.verdict().key())
        .containsExactly("target.blocked", "target.memory");
  }

  @Test
  void aMoveThatCostsMoreThanItGainsIsNotMade() {
    // 200 MB over 100 Mbit/s are 16 s; two seconds of life so far promise two seconds of gain.
    Situation here = new Situation().cpus(1).copies(2).bytes(200_000_000).cpuNanos(1, 2 * SECOND);
    here.cpuNanos(2, 2 * SECOND).peer(2, 1, SPEED, 0);
    Decision decision = here.decide();
    assertThat(decision.chosen()).isNull();
    Decision.Target target = decision.candidates().getFirst().targets().getFirst();
    assertThat(target.verdict().key()).isEqualTo("target.cost");
    assertThat(target.gain()).isEqualTo(2);
    assertThat(target.transferCost()).isBetween(16.0, 16.1);
  }

  @Test
  void callsThatWouldBeForwardedCountAgainstAMove() {
    Situation few = new Situation().cpus(1).copies(2).calls(40, 1_000_000);
    few.peer(2, 1, SPEED, 0);
    assertThat(few.decide().to()).isEqualTo(2);

    Situation many = new Situation().cpus(1).copies(2).calls(2_000, 1_000_000);
    many.peer(2, 1, SPEED, 0);
    Decision decision = many.decide();
    assertThat(decision.chosen()).isNull();
    assertThat(decision.candidates().getFirst().targets().getFirst().verdict().key())
        .isEqualTo("target.cost");
  }

  @Test
  void aGuestThatWaitsForItsHomeMostOfTheTimeIsSentBackEvenByAnIdleNode() {
    ProcessId foreign = new ProcessId(2, 2001);
    Situation here = new Situation().cpus(4).copies(0).calls(500, 1_000_000).guest(foreign, 2);
    here.arrived(foreign, NOW - 10 * SECOND).peer(2, 1, SPEED, 0);
    Decision decision = here.decide();
    assertThat(decision.verdict().key()).isEqualTo("balance.homesick");
    assertThat(decision.chosen()).isEqualTo(foreign);
    assertThat(decision.to()).isEqualTo(2);

    Situation calm = new Situation().cpus(4).copies(0).calls(20, 1_000_000).guest(foreign, 2);
    calm.arrived(foreign, NOW - 10 * SECOND).peer(2, 1, SPEED, 0);
    assertThat(calm.decide().chosen()).isNull();
  }

  private static List<String> excluded(Decision decision) {
    return decision.candidates().stream()
        .filter(each -> each.excluded() != null)
        .map(each -> each.excluded().key())
        .toList();
  }

  /** Beliefs that start out as a node with old, busy, free processes of its own. */
  private static final class Situation {
    private int node = 1;
    private int cpus = 1;
    private double mean = -1;
    private boolean stay;
    private boolean lstay;
    private long bytes = 40_000;
    private double calls;
    private long roundTrip;
    private final List<Beliefs.Resident> processes = new ArrayList<>();
    private final List<Beliefs.Peer> peers = new ArrayList<>();

    Situation node(int number) {
      node = number;
      return this;
    }

    Situation cpus(int count) {
      cpus = count;
      return this;
    }

    Situation mean(double value) {
      mean = value;
      return this;
    }

    Situation stay() {
      stay = true;
      return this;
    }

    Situation lstay() {
      lstay = true;
      return this;
    }

    Situation bytes(long count) {
      bytes = count;
      processes.replaceAll(each -> of(each.id(), each.arrivedNanos(), each.cameFrom()));
      return this;
    }

    Situation calls(double perSecond, long roundTripNanos) {
      calls = perSecond;
      roundTrip = roundTripNanos;
      processes.replaceAll(each -> of(each.id(), each.arrivedNanos(), each.cameFrom()));
      return this;
    }

    /** Own processes, numbered from 1. */
    Situation copies(int count) {
      IntStream.rangeClosed(1, count).forEach(i -> processes.add(of(copy(i), 0, 0)));
      return this;
    }

    ProcessId copy(int number) {
      return new ProcessId(1, 1000 + number);
    }

    Situation guest(ProcessId id, int cameFrom) {
      processes.add(of(id, NOW - 20 * SECOND, cameFrom));
      return this;
    }

    Situation loads(double... each) {
      for (int i = 0; i < each.length; i++) {
        Beliefs.Resident old = processes.get(i);
        processes.set(i, with(old, old.locked(), old.reason(), old.moving(), each[i]));
      }
      return this;
    }

    Situation locked(int number) {
      Beliefs.Resident old = processes.get(number - 1);
      processes.set(number - 1, with(old, true, old.reason(), old.moving(), old.cpuLoad()));
      return this;
    }

    Situation reason(int number) {
      Beliefs.Resident old = processes.get(number - 1);
      processes.set(number - 1, with(old, old.locked(), "monkey", old.moving(), old.cpuLoad()));
      return this;
    }

    Situation moving(int number) {
      Beliefs.Resident old = processes.get(number - 1);
      processes.set(number - 1, with(old, old.locked(), old.reason(), true, old.cpuLoad()));
      return this;
    }

    Situation cpuNanos(int number, long nanos) {
      Beliefs.Resident old = processes.get(number - 1);
      processes.set(number - 1, with(old, nanos, old.arrivedNanos()));
      return this;
    }

    Situation arrived(ProcessId id, long nanos) {
      processes.replaceAll(each -> each.id().equals(id) ? with(each, 20 * SECOND, nanos) : each);
      return this;
    }

    Situation peer(int number, int cpuCount, int speed, double load) {
      return peer(number, cpuCount, speed, load, false, 200L << 20);
    }

    Situation blocked(int number) {
      return peer(number, 1, SPEED, 0, true, 200L << 20);
    }

    Situation full(int number) {
      return peer(number, 1, SPEED, 0, false, 1_000);
    }

    private Situation peer(
        int number, int cpuCount, int speed, double load, boolean blocked, long free) {
      peers.add(
          new Beliefs.Peer(
              number, SECOND / 2, cpuCount, speed, load, blocked, free, 256L << 20, 100, 100_000L));
      return this;
    }

    private Beliefs.Resident of(ProcessId id, long arrived, int cameFrom) {
      return new Beliefs.Resident(
          id, false, "", false, 0.7, 1, 20 * SECOND, arrived, cameFrom, bytes, calls, roundTrip);
    }

    private static Beliefs.Resident with(
        Beliefs.Resident old, boolean locked, String reason, boolean moving, double load) {
      return new Beliefs.Resident(
          old.id(),
          locked,
          reason,
          moving,
          load,
          old.wanted(),
          old.cpuNanos(),
          old.arrivedNanos(),
          old.cameFrom(),
          old.bytes(),
          old.callsPerSecond(),
          old.roundTripNanos());
    }

    private static Beliefs.Resident with(Beliefs.Resident old, long cpuNanos, long arrived) {
      return new Beliefs.Resident(
          old.id(),
          old.locked(),
          old.reason(),
          old.moving(),
          old.cpuLoad(),
          old.wanted(),
          cpuNanos,
          arrived,
          old.cameFrom(),
          old.bytes(),
          old.callsPerSecond(),
          old.roundTripNanos());
    }

    Decision decide() {
      Beliefs beliefs =
          new Beliefs(
              NOW,
              node,
              cpus,
              SPEED,
              processes.size(),
              mean < 0 ? processes.size() : mean,
              stay,
              lstay,
              200L << 20,
              256L << 20,
              processes,
              peers);
      return new OpenMosixPolicy().decide(beliefs, Policy.Memory.EMPTY, new Draws(1)).decision();
    }
  }
}
