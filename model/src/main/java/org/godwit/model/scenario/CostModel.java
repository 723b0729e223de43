package org.godwit.model.scenario;

/**
 * What kernel work costs, charged as CPU time where it is done (decision 6).
 *
 * @param callNanos entering and leaving the kernel once
 * @param messageNanos sending or receiving one message, at each end
 * @param copyNanosPerPage copying 4 KiB
 * @param quantumNanos length of a scheduling quantum
 */
public record CostModel(
    long callNanos, long messageNanos, long copyNanosPerPage, long quantumNanos) {
  /** 2 µs a call, 25 µs a message at each end, 1 µs per 4 KiB, quanta of 10 ms. */
  public static final CostModel DEFAULT = new CostModel(2_000, 25_000, 1_000, 10_000_000);
}
