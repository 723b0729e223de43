package org.godwit.engine.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Decision.Candidate;
import org.godwit.model.event.Decision.Target;

/**
 * Depletion prevention on top of another policy (A. Barak and A. Braverman: Memory ushering in a
 * scalable computing cluster, 1998; reference section 5.6): while less than a sixteenth of a node's
 * memory is free, load does not count. The smallest process that may leave and frees enough goes,
 * else the largest there is, to the known node with the most free memory, however loaded, if that
 * keeps more free than this one would have. Otherwise the policy below decides; what every node
 * keeps in reserve does not count as free for it, or it would send back whom memory has sent away.
 */
public final class MemoryUshering implements Policy {
  /** What is put after the name of the policy below. */
  public static final String SUFFIX = "+memory";

  private static final int LEAST_FREE_PART = 16;

  private final Policy below;

  /** On top of {@code below}. */
  public MemoryUshering(Policy below) {
    this.below = below;
  }

  @Override
  public String name() {
    return below.name() + SUFFIX;
  }

  @Override
  public boolean knowsAll() {
    return below.knowsAll();
  }

  @Override
  public boolean asksOutside(Beliefs beliefs) {
    return (beliefs.stay() || lacking(beliefs) <= 0) && below.asksOutside(beliefs);
  }

  @Override
  public int place(int asked, List<Integer> up, int before) {
    return below.place(asked, up, before);
  }

  @Override
  public Candidate consider(Beliefs beliefs, ProcessId process) {
    Beliefs.Resident resident = MoveRule.resident(beliefs, process);
    return resident == null || lacking(beliefs) <= 0
        ? below.consider(withReserve(beliefs), process)
        : look(beliefs, resident);
  }

  @Override
  public Answer decide(Beliefs beliefs, Memory memory, Draws draws) {
    if (beliefs.stay() || lacking(beliefs) <= 0) {
      Answer answer = below.decide(withReserve(beliefs), memory, draws);
      return new Answer(named(answer.decision()), answer.memory());
    }
    return new Answer(usher(beliefs), memory);
  }

  private Decision named(Decision given) {
    return new Decision(
        name(),
        given.runnable(),
        given.cpus(),
        given.speed(),
        given.candidates(),
        given.verdict(),
        given.chosen(),
        given.to());
  }

  /** The peers' free memory without what a newcomer must leave them. */
  private static Beliefs withReserve(Beliefs beliefs) {
    return beliefs.with(
        beliefs.peers().stream()
            .map(each -> each.withFree(each.freeBytes() - each.totalBytes() / LEAST_FREE_PART))
            .toList());
  }

  /** Bytes that are missing to the least that should be free. */
  private static long lacking(Beliefs beliefs) {
    return beliefs.totalBytes() / LEAST_FREE_PART - beliefs.freeBytes();
  }

  private Decision usher(Beliefs beliefs) {
    if (beliefs.processes().stream().anyMatch(Beliefs.Resident::moving)) {
      return Answers.nobody(name(), beliefs, List.of(), Problem.of("balance.busy"));
    }
    List<Candidate> seen = new ArrayList<>();
    for (Beliefs.Resident process : inOrder(beliefs)) {
      Candidate candidate = look(beliefs, process);
      seen.add(candidate);
      for (Target target : candidate.targets()) {
        if (target.verdict().key().equals("target.room")) {
          return Answers.moves(
              name(),
              beliefs,
              seen,
              Problem.of("balance.memory", process.id().toString(), target.node()),
              process.id(),
              target.node());
        }
      }
    }
    return Answers.nobody(name(), beliefs, seen, Problem.of("balance.no-room"));
  }

  /** Those that free enough, the smallest first; then the others, the largest first. */
  private static List<Beliefs.Resident> inOrder(Beliefs beliefs) {
    long lacking = lacking(beliefs);
    List<Beliefs.Resident> order = new ArrayList<>(beliefs.processes());
    order.sort(
        Comparator.comparing((Beliefs.Resident each) -> each.bytes() < lacking)
            .thenComparingLong(each -> each.bytes() < lacking ? -each.bytes() : each.bytes())
            .thenComparing(Beliefs.Resident::id));
    return order;
  }

  /** A process against every peer, the one with the most free memory first. */
  private static Candidate look(Beliefs beliefs, Beliefs.Resident process) {
    Problem held = MoveRule.held(beliefs, process);
    if (held != null) {
      return new Candidate(process.id(), process.cpuLoad(), held, List.of());
    }
    List<Beliefs.Peer> peers = new ArrayList<>(beliefs.peers());
    peers.sort(
        Comparator.comparingLong((Beliefs.Peer each) -> -each.freeBytes())
            .thenComparingInt(Beliefs.Peer::node));
    MoveRule rule = new MoveRule(MoveRule.Thresholds.DEFAULT);
    List<Target> targets = new ArrayList<>();
    for (Beliefs.Peer peer : peers) {
      Problem impossible = rule.impossible(beliefs, process, peer);
      boolean room =
          peer.freeBytes() - process.bytes() > beliefs.freeBytes()
              && peer.freeBytes() - process.bytes() >= peer.totalBytes() / LEAST_FREE_PART;
      targets.add(
          rule.weigh(beliefs, process, peer)
              .judged(
                  impossible != null
                      ? impossible
                      : Problem.of(room ? "target.room" : "target.memory")));
    }
    return new Candidate(process.id(), process.cpuLoad(), null, targets);
  }
}
