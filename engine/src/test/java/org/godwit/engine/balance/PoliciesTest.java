package org.godwit.engine.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.godwit.engine.time.Draws;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every policy but openMosix's, which has a test of its own, on beliefs that differ in one point.
 */
class PoliciesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MIB = 1L << 20;
  private static final long NOW = 30 * SECOND;

  // ---------------------------------------------------------------- all

  @Test
  void everyNameIsFoundWithAndWithoutUshering() {
    for (String name : Policies.names()) {
      assertThat(Policies.named(name)).get().extracting(Policy::name).isEqualTo(name);
    }
    assertThat(Policies.named("least-loaded+memory")).isPresent();
    assertThat(Policies.named("openmosix+memory+memory"))
        .get()
        .extracting(Policy::name)
        .isEqualTo("openmosix+memory");
    assertThat(Policies.named("fastest")).isEmpty();
    assertThat(Policies.named("fastest+memory")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openmosix", "opportunity-cost", "least-loaded", "random"})
  void noPolicyMovesWhoIsLockedOrMustStay(String policy) {
    Situation here = new Situation().own("", 1, true).own("monkey", 1, false).peer(2, 4, 0, 200);
    Decision decision = here.decide(policy);
    assertThat(decision.chosen()).isNull();
    assertThat(decision.candidates())
        .extracting(each -> each.excluded().key())
        .containsExactlyInAnyOrder("candidate.locked", "candidate.reason");
  }

  /** /proc/PID/mignodes: the better place is barred, the other is taken. */
  @ParameterizedTest
  @ValueSource(strings = {"openmosix", "opportunity-cost", "least-loaded", "random", "none+memory"})
  void everyPolicyMindsTheClusterMask(String policy) {
    Situation here = new Situation().own("", 10, false).own("", 10, false);
    if (policy.endsWith("memory")) {
      here.free(8);
    }
    here.peer(2, 4, 0, 250);
    assertThat(here.decide(policy).to()).as("without a mask").isEqualTo(2);
    here.barred(2);
    assertThat(here.decide(policy).chosen()).isNull();
    here.peer(3, 1, 0, 200);
    assertThat(here.decide(policy).to()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openmosix", "opportunity-cost", "least-loaded", "random"})
  void everyPolicyMovesOneOfTwoLoopsToAnIdleTwin(String policy) {
    Situation here = new Situation().own("", 1, false).own("", 1, false).peer(2, 1, 0, 200);
    assertThat(here.decide(policy).to()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"round-robin", "none"})
  void whoDoesNotMigrateMovesNobody(String policy) {
    Situation here = new Situation().own("", 1, false).own("", 1, false).peer(2, 1, 0, 200);
    assertThat(here.decide(policy).chosen()).isNull();
  }

  // ---------------------------------------------------------------- opportunity cost

  /**
   * Worked by hand: three nodes, yardstick CPUs, L = 4 since the largest load seen is 2; memory
   * adds 3^(used/256) terms that are equal here and there.
   */
  @Test
  void opportunityCostIsTheDifferenceOfPowers() {
    Situation here =
        new Situation().own("", 1, false).own("", 1, false).peer(2, 1, 0, 206).peer(3, 1, 1, 206);
    Decision decision = here.bytes(0).decide("opportunity-cost");
    List<Decision.Target> targets = decision.candidates().getFirst().targets();
    double with2 = Math.pow(3, 2 / 4.0);
    double with1 = Math.pow(3, 1 / 4.0);
    assertThat(targets.get(0).marginal().here()).isCloseTo(with2 - with1, within(1e-12));
    assertThat(targets.get(0).marginal().there()).isCloseTo(with1 - 1, within(1e-12));
    assertThat(targets.get(1).marginal().there()).isCloseTo(with2 - with1, within(1e-12));
    assertThat(targets.get(1).verdict().key()).isEqualTo("target.dearer");
    assertThat(decision.to()).isEqualTo(2);
  }

  @Test
  void opportunityCostAvoidsANodeThatIsShortOfMemory() {
    Situation here = new Situation().own("", 1, false).own("", 1, false).bytes(30 * MIB);
    here.peer(2, 1, 0, 40).peer(3, 1, 0, 200);
    assertThat(here.decide("opportunity-cost").to()).isEqualTo(3);
  }

  // ---------------------------------------------------------------- least loaded

  @Test
  void leastLoadedAsksNeitherAgeNorMean() {
    Situation here = new Situation().own("", 1, false).own("", 1, false).peer(2, 1, 0, 200);
    here.cpuNanos(SECOND / 10);
    assertThat(here.decide("openmosix").chosen()).isNull();
    assertThat(here.decide("least-loaded").to()).isEqualTo(2);
    assertThat(Policies.named("least-loaded").orElseThrow().knowsAll()).isTrue();
    assertThat(Policies.named("openmosix").orElseThrow().knowsAll()).isFalse();
  }

  // ---------------------------------------------------------------- random

  @Test
  void randomGoesToBusyNodesTooAndDrawsAnewEachTime() {
    Set<Integer> drawn = new TreeSet<>();
    for (long seed = 1; seed <= 50; seed++) {
      Situation here = new Situation().own("", 1, false).own("", 1, false);
      here.peer(2, 1, 0, 200).peer(3, 1, 9, 200).peer(4, 1, 9, 0);
      Decision decision = here.decide("random", seed);
      assertThat(decision).isEqualTo(here.decide("random", seed));
      drawn.add(decision.to());
    }
    assertThat(drawn).as("4 has no memory").containsExactly(2, 3);
  }

  // ---------------------------------------------------------------- round robin

  @ParameterizedTest
  @CsvSource({"2, 0, 2", "2, 1, 5", "2, 2, 1", "2, 3, 2", "7, 0, 1"})
  void roundRobinPlacesInTurnFromTheNodeAskedFor(int asked, int before, int expected) {
    Policy policy = Policies.named("round-robin").orElseThrow();
    assertThat(policy.place(asked, List.of(1, 2, 5), before)).isEqualTo(expected);
    assertThat(new OpenMosixPolicy().place(asked, List.of(1, 2, 5), before)).isEqualTo(asked);
  }

  // ---------------------------------------------------------------- memory ushering

  @Test
  void withASixteenthFreeLoadDecides() {
    Situation here = new Situation().own("", 1, false).free(16).peer(2, 4, 9, 250);
    assertThat(here.decide("openmosix+memory").verdict().key()).isEqualTo("balance.idle");
    assertThat(here.decide("openmosix+memory").policy()).isEqualTo("openmosix+memory");
  }

  @Test
  void belowThatTheSmallestThatFreesEnoughGoesToTheMostRoomHoweverLoaded() {
    Situation here = new Situation().own("", 40, false).own("", 10, false).own("", 12, false);
    here.own("", 2, false).own("", 9, true).free(8).cpuNanos(0);
    here.peer(2, 4, 0, 100).peer(3, 1, 9, 200);
    Decision decision = here.decide("openmosix+memory");
    assertThat(decision.verdict().key()).isEqualTo("balance.memory");
    assertThat(decision.chosen()).as("8 MiB are missing, 9 is locked").isEqualTo(id(2));
    assertThat(decision.to()).isEqualTo(3);
  }

  @Test
  void ifNoneFreesEnoughTheLargestGoes() {
    Situation here = new Situation().own("", 2, false).own("", 5, false).own("", 3, false).free(1);
    here.peer(2, 1, 0, 100);
    assertThat(here.decide("none+memory").chosen()).isEqualTo(id(2));
  }

  @Test
  void withoutRoomAnywhereNobodyGoesAndLoadStaysOutOfIt() {
    Situation here = new Situation().own("", 20, false).own("", 20, false).free(8);
    here.peer(2, 4, 0, 30);
    Decision decision = here.decide("openmosix+memory");
    assertThat(decision.chosen()).isNull();
    assertThat(decision.verdict().key()).isEqualTo("balance.no-room");
  }

  /** Else load would send back, the next second, whom memory had sent away. */
  @Test
  void loadSendsNobodyToWhereMemoryWouldThenBeShort() {
    Situation here = new Situation().own("", 10, false).own("", 10, false);
    here.peer(2, 4, 0, 25);
    assertThat(here.decide("openmosix").to()).as("25 MiB are enough for 10").isEqualTo(2);
    assertThat(here.decide("openmosix+memory").chosen()).as("but 15 are left").isNull();
    here.peer(3, 4, 0, 27);
    assertThat(here.decide("openmosix+memory").to()).as("17 are enough").isEqualTo(3);
  }

  // ---------------------------------------------------------------- worlds

  private static ProcessId id(int number) {
    return new ProcessId(1, 1000 + number);
  }

  /** Node 1, one yardstick CPU, 256 MiB of which 50 are used, with processes that compute. */
  private static final class Situation {
    private final List<Beliefs.Resident> processes = new ArrayList<>();
    private final List<Beliefs.Peer> peers = new ArrayList<>();
    private long free = 206 * MIB;

    Situation own(String reason, long mib, boolean locked) {
      processes.add(
          new Beliefs.Resident(
              id(processes.size() + 1),
              locked,
              reason,
              false,
              0.5,
              1,
              20 * SECOND,
              0,
              0,
              mib * MIB,
              0,
              0));
      return this;
    }

    /** The masks of all its processes keep them from that node. */
    Situation barred(int node) {
      processes.replaceAll(
          old ->
              new Beliefs.Resident(
                  old.id(),
                  old.locked(),
                  old.reason(),
                  false,
                  old.cpuLoad(),
                  old.wanted(),
                  old.cpuNanos(),
                  0,
                  0,
                  old.bytes(),
                  0,
                  0,
                  List.of(node)));
      return this;
    }

    Situation bytes(long bytes) {
      processes.replaceAll(each -> with(each, each.cpuNanos(), bytes));
      return this;
    }

    Situation cpuNanos(long nanos) {
      processes.replaceAll(each -> with(each, nanos, each.bytes()));
      return this;
    }

    private static Beliefs.Resident with(Beliefs.Resident old, long cpuNanos, long bytes) {
      return new Beliefs.Resident(
          old.id(),
          old.locked(),
          old.reason(),
          false,
          old.cpuLoad(),
          old.wanted(),
          cpuNanos,
          0,
          0,
          bytes,
          0,
          0);
    }

    Situation free(long mib) {
      free = mib * MIB;
      return this;
    }

    Situation peer(int node, int cpus, double load, long freeMib) {
      peers.add(
          new Beliefs.Peer(
              node, SECOND / 2, cpus, 10_000, load, false, freeMib * MIB, 256 * MIB, 100, 100_000));
      return this;
    }

    Decision decide(String policy) {
      return decide(policy, 1);
    }

    Decision decide(String policy, long seed) {
      Beliefs beliefs =
          new Beliefs(
              NOW,
              1,
              1,
              10_000,
              processes.size(),
              processes.size(),
              false,
              false,
              free,
              256 * MIB,
              processes,
              peers);
      return Policies.named(policy)
          .orElseThrow()
          .decide(beliefs, Policy.Memory.EMPTY, new Draws(seed))
          .decision();
    }
  }
}
