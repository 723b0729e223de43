package org.godwit.model.scenario;

import java.util.List;

/**
 * Jobs that arrive by chance. Gaps between arrivals are exponential; work and memory have the
 * distribution P(more than x) = least / x, cut at the most, which is how lifetimes of Unix
 * processes were found to be distributed (Harchol-Balter, Downey: Exploiting process lifetime
 * distributions for dynamic load balancing, ACM TOCS 15(3), 1997). The draws depend on the seed
 * alone, so that every policy gets the same jobs.
 *
 * @param program takes the work in thousands of instructions as first argument and the memory in
 *     KiB as second
 * @param count how many
 * @param everyNanos mean gap between two
 * @param on nodes on which they are started, drawn by lot
 * @param leastNanos least work, as CPU time alone on the scenario's fastest CPU
 * @param mostNanos most work
 * @param leastBytes least memory
 * @param mostBytes most memory
 */
public record JobStream(
    String program,
    int count,
    long everyNanos,
    List<Integer> on,
    long leastNanos,
    long mostNanos,
    long leastBytes,
    long mostBytes) {
  public JobStream {
    on = List.copyOf(on);
  }
}
