package org.godwit.engine.machine;

/**
 * What rdtime and rdcycle answer. Given to the hart by whoever schedules it (decision 2), as
 * functions of the hart's retired count, so that an answer inside a run is exact.
 */
public interface Counters {
  /** Counters of a hart without a clock: one tick and one cycle for each instruction. */
  Counters INSTRUCTIONS =
      new Counters() {
        @Override
        public long time(long retired) {
          return retired;
        }

        @Override
        public long cycle(long retired) {
          return retired;
        }
      };

  /**
   * The time CSR.
   *
   * @param retired instructions retired by the hart before the one that reads
   */
  long time(long retired);

  /**
   * The cycle CSR.
   *
   * @param retired instructions retired by the hart before the one that reads
   */
  long cycle(long retired);
}
