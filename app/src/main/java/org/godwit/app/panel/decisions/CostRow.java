package org.godwit.app.panel.decisions;

/**
 * One line under a decision: a candidate against one target, or a candidate that was left out at
 * once. All but the first two are empty for those left out, except the verdict.
 *
 * @param process who was looked at
 * @param cpu its smoothed share of a CPU, percent
 * @param target where to
 * @param belief load believed there, and how old the belief is
 * @param truth load that was really there; empty if it is not known
 * @param rates CPU rate here → there
 * @param gain time won over the horizon
 * @param transfer time the transfer costs
 * @param calls time that forwarded calls cost
 * @param verdict why not, or that it is the best
 * @param chosen whether this is what was chosen
 */
public record CostRow(
    String process,
    String cpu,
    String target,
    String belief,
    String truth,
    String rates,
    String gain,
    String transfer,
    String calls,
    String verdict,
    boolean chosen) {}
