package org.godwit.engine.balance;

import java.util.Comparator;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;

/**
 * How much a node bears: the loadcpulimit patch to openMosix 2.4 (the files {@code loadlimit},
 * {@code llimitmode} and {@code cpulimit} of /proc/hpc/admin). A node whose cap one more process
 * would exceed takes no guest; one that exceeds its cap sends a process away each second. Guests go
 * home, the last that came first, locked or not, as when a node is emptied; if no guest is there to
 * go and the cap counts all processes, one of the node's own goes to the best place that is known,
 * the second-heaviest first. The patch's own account says "migrated away" and no more: who goes and
 * where to is our choice, and its mode 2 is not explained anywhere that could be found.
 *
 * @param cpus CPUs of the node
 * @param speed what it says of one of them, 10000 = yardstick
 * @param loadLimit cap in hundredths of load as the tools show it; 0 for none
 * @param guestsOnly whether {@code loadLimit} counts guests only
 * @param cpuLimit cap in hundredths of a CPU that guests use; 0 for none
 * @param tasks runnable tasks in the last second, the kernel's work included
 * @param guestTasks those of guests
 * @param guestShare CPUs that guests used in the last second
 */
public record LoadLimit(
    int cpus,
    int speed,
    int loadLimit,
    boolean guestsOnly,
    int cpuLimit,
    double tasks,
    double guestTasks,
    double guestShare) {
  private static final double YARDSTICK = 10_000;
  private static final double HUNDRED = 100;

  /** Somebody who has to go, and where to. */
  public record Push(ProcessId process, int to) {}

  /** Whether somebody has to go. */
  public boolean exceeded() {
    return over(0);
  }

  /** Whether one more process that computes all the time would be too much. */
  public boolean full() {
    return over(1);
  }

  private boolean over(int more) {
    double slack = MoveRule.Thresholds.DEFAULT.surplus();
    double counted = (guestsOnly ? guestTasks : tasks) + more - slack;
    double used = Math.min(cpus, guestShare + more);
    return loadLimit > 0 && counted * HUNDRED * YARDSTICK / speed / cpus > loadLimit
        || cpuLimit > 0 && used * HUNDRED > cpuLimit;
  }

  /** Who goes now and where to, or null: nobody may, or somebody is going already. */
  public Push push(Beliefs beliefs) {
    if (beliefs.processes().stream().anyMatch(Beliefs.Resident::moving)) {
      return null;
    }
    Push guest =
        beliefs.processes().stream()
            .filter(each -> each.id().home() != beliefs.node() && each.wanted() > 0)
            .max(
                Comparator.comparingLong(Beliefs.Resident::arrivedNanos)
                    .thenComparing(Beliefs.Resident::id, Comparator.reverseOrder()))
            .map(each -> new Push(each.id(), each.id().home()))
            .orElse(null);
    boolean countsOwn = loadLimit > 0 && !guestsOnly;
    return guest != null || !countsOwn || beliefs.stay() ? guest : own(beliefs);
  }

  private static Push own(Beliefs beliefs) {
    MoveRule rule = new MoveRule(MoveRule.Thresholds.DEFAULT);
    for (Beliefs.Resident process : MoveRule.inOrder(beliefs)) {
      if (MoveRule.held(beliefs, process) != null || process.wanted() <= 0) {
        continue;
      }
      Push push =
          beliefs.peers().stream()
              .filter(peer -> MoveRule.closed(process, peer) == null)
              .min(
                  Comparator.comparingDouble((Beliefs.Peer each) -> -rule.rateThere(each))
                      .thenComparingDouble(Beliefs.Peer::load)
                      .thenComparingInt(Beliefs.Peer::node))
              .map(peer -> new Push(process.id(), peer.node()))
              .orElse(null);
      if (push != null) {
        return push;
      }
    }
    return null;
  }
}
