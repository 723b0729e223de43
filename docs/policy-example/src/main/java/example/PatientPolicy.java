package example;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.godwit.model.event.Beliefs;
import org.godwit.model.policy.UserPolicy;
import org.godwit.model.policy.Verdict;

/**
 * Sends one process to the least loaded node that is known, if that has two runnable tasks fewer
 * for each of its CPUs, and then leaves everybody alone for five seconds.
 */
public final class PatientPolicy implements UserPolicy {
  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final double DIFFERENCE = 2;

  @Override
  public String name() {
    return "patient";
  }

  @Override
  public Verdict decide(Beliefs beliefs, List<Long> memory) {
    long lastMove = memory.isEmpty() ? -PATIENCE_NANOS : memory.getFirst();
    if (beliefs.nowNanos() - lastMove < PATIENCE_NANOS) {
      return Verdict.stay("somebody left not long ago").remembering(memory);
    }
    Optional<Beliefs.Peer> best =
        beliefs.peers().stream()
            .filter(peer -> !peer.blocked())
            .min(Comparator.comparingDouble(PatientPolicy::load));
    Optional<Beliefs.Resident> who =
        beliefs.processes().stream()
            .filter(each -> !each.locked() && each.reason().isEmpty() && !each.moving())
            .max(Comparator.comparingDouble(Beliefs.Resident::cpuLoad));
    if (best.isEmpty() || who.isEmpty()) {
      return Verdict.stay("nobody can go, or nowhere is known").remembering(memory);
    }
    double here = beliefs.runnable() / beliefs.cpus();
    double there = load(best.get());
    String figures = String.format("load %.2f here and %.2f there", here, there);
    Verdict verdict =
        here - there >= DIFFERENCE
            ? Verdict.move(who.get().id(), best.get().node(), figures)
                .remembering(List.of(beliefs.nowNanos()))
            : Verdict.stay("no node has " + DIFFERENCE + " tasks fewer").remembering(memory);
    return verdict.with(who.get().id(), best.get().node(), figures);
  }

  private static double load(Beliefs.Peer peer) {
    return peer.load() / peer.cpus();
  }
}
