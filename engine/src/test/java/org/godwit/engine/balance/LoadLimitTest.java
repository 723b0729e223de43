package org.godwit.engine.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The caps of the loadcpulimit patch: when a node takes no guest, when somebody must go, and who.
 * Load in the files is 100 · runnable · 10000 / (speed · CPUs), reference section 5.1.
 */
class LoadLimitTest {
  /** Rows worked by hand; up to 0.05 of a task more than the cap is the kernel's own work. */
  @ParameterizedTest
  @CsvSource({
    // cpus, speed, loadlimit, mode, cpulimit, tasks, guests, their CPU: full, exceeded
    "1, 10000,   0, 0,   0, 9.00, 9.00, 1.00, false, false",
    "1, 10000, 100, 0,   0, 0.00, 0.00, 0.00, false, false",
    "1, 10000, 100, 0,   0, 1.04, 1.00, 1.00, true,  false",
    "1, 10000, 100, 0,   0, 1.06, 1.00, 1.00, true,  true",
    "1, 10000, 200, 0,   0, 1.04, 1.00, 1.00, false, false",
    "1, 10000, 200, 0,   0, 2.50, 1.00, 0.40, true,  true",
    "1, 10000,  80, 0,   0, 0.00, 0.00, 0.00, true,  false",
    "4, 10000,  50, 0,   0, 2.00, 0.00, 0.00, true,  false",
    "4, 10000,  80, 0,   0, 2.00, 0.00, 0.00, false, false",
    "1, 20000,  50, 0,   0, 1.00, 0.00, 0.00, true,  false",
    "1, 20000, 100, 0,   0, 1.00, 0.00, 0.00, false, false",
    "1,  8000, 100, 0,   0, 1.00, 0.00, 0.00, true,  true",
    "2, 10000, 100, 1,   0, 9.00, 1.00, 1.00, false, false",
    "2, 10000, 100, 1,   0, 9.00, 2.50, 0.50, true,  true",
    "2, 10000,   0, 0, 100, 9.00, 0.00, 0.00, false, false",
    "2, 10000,   0, 0, 100, 9.00, 1.00, 1.00, true,  false",
    "2, 10000,   0, 0, 100, 9.00, 2.00, 1.50, true,  true",
    "1, 10000,   0, 0, 100, 9.00, 3.00, 1.00, false, false"
  })
  void whenANodeIsFullAndWhenSomebodyMustGo(
      int cpus,
      int speed,
      int loadLimit,
      int mode,
      int cpuLimit,
      double tasks,
      double guests,
      double share,
      boolean full,
      boolean exceeded) {
    LoadLimit limit =
        new LoadLimit(cpus, speed, loadLimit, mode == 1, cpuLimit, tasks, guests, share);
    assertThat(limit.full()).as("full").isEqualTo(full);
    assertThat(limit.exceeded()).as("exceeded").isEqualTo(exceeded);
  }

  @Test
  void theGuestThatCameLastGoesHomeLockedOrNot() {
    LoadLimit.Push push =
        OVER.push(here(own(1, 0.9), guest(2, 5, false), guest(3, 9, true), sleeping(4, 11)));
    assertThat(push).isEqualTo(new LoadLimit.Push(new ProcessId(3, 3001), 3));
  }

  @Test
  void withoutGuestsTheSecondHeaviestOfItsOwnGoesWhereItRunsFastest() {
    assertThat(OVER.push(here(own(1, 0.9), own(2, 0.5), own(3, 0.1))))
        .isEqualTo(new LoadLimit.Push(new ProcessId(1, 1002), 2));
  }

  @Test
  void itsOwnStayIfTheyDoNotCountOrMayNotGo() {
    LoadLimit guestsOnly = new LoadLimit(1, 10_000, 100, true, 0, 3, 0, 0);
    assertThat(guestsOnly.push(here(own(1, 0.9)))).isNull();
    LoadLimit ofGuestsCpu = new LoadLimit(1, 10_000, 0, false, 50, 3, 1, 1);
    assertThat(ofGuestsCpu.push(here(own(1, 0.9)))).isNull();
    assertThat(OVER.push(here(locked(1), own(2, 0.5))).process()).isEqualTo(new ProcessId(1, 1002));
    assertThat(OVER.push(here(locked(1)))).isNull();
  }

  @Test
  void oneGoesAtATime() {
    assertThat(OVER.push(here(own(1, 0.9), moving(2), guest(3, 9, false)))).isNull();
  }

  private static final LoadLimit OVER = new LoadLimit(1, 10_000, 100, false, 0, 3, 1, 1);

  private static Beliefs here(Beliefs.Resident... processes) {
    List<Beliefs.Peer> peers = new ArrayList<>();
    peers.add(peer(2, 0, false));
    peers.add(peer(3, 0.5, false));
    peers.add(peer(4, 0, true));
    long free = 200L << 20;
    return new Beliefs(
        20, 1, 1, 10_000, 3, 3, false, false, free, 2 * free, List.of(processes), peers);
  }

  private static Beliefs.Peer peer(int node, double load, boolean blocked) {
    long free = 200L << 20;
    return new Beliefs.Peer(node, 0, 1, 10_000, load, blocked, free, 2 * free, 100, 100_000);
  }

  private static Beliefs.Resident own(int number, double load) {
    return of(new ProcessId(1, 1000 + number), false, false, load, 1, 0);
  }

  private static Beliefs.Resident locked(int number) {
    return of(new ProcessId(1, 1000 + number), true, false, 0.5, 1, 0);
  }

  private static Beliefs.Resident moving(int number) {
    return of(new ProcessId(1, 1000 + number), false, true, 0.5, 1, 0);
  }

  private static Beliefs.Resident guest(int home, long arrived, boolean locked) {
    return of(new ProcessId(home, home * 1000 + 1), locked, false, 0.5, 1, arrived);
  }

  private static Beliefs.Resident sleeping(int home, long arrived) {
    return of(new ProcessId(home, home * 1000 + 1), false, false, 0, 0, arrived);
  }

  private static Beliefs.Resident of(
      ProcessId id, boolean locked, boolean moving, double load, double wanted, long arrived) {
    return new Beliefs.Resident(
        id, locked, "", moving, load, wanted, 1_000_000_000L, arrived, 0, 4096, 0, 0);
  }
}
