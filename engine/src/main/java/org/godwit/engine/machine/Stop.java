package org.godwit.engine.machine;

/** Why a run ended. In all cases registers, pc and the retired count are exact. */
public enum Stop {
  /** As many instructions as asked for have retired. */
  BUDGET,
  /**
   * A system call: the ecall has retired and pc is past it (Linux likewise advances before the
   * call).
   */
  ECALL,
  /** ebreak: not retired, pc is at it. */
  EBREAK,
  /** No such instruction, CSR or rounding mode: pc is at it, no side effect. */
  ILLEGAL,
  /**
   * A load, store or fetch that the mappings do not allow: {@link Hart#fault()}. pc is at it, no
   * side effect.
   */
  FAULT,
  /**
   * An atomic access that is not naturally aligned: {@link Hart#address()}. pc is at it, no side
   * effect.
   */
  MISALIGNED,
  /**
   * A page must be fetched first: {@link Hart#pageWait()}. pc is at the instruction, no side
   * effect: run it again.
   */
  PAGE_WAIT,
  /**
   * The node has no frame for a page that is needed: pc is at the instruction, no side effect: run
   * it again.
   */
  OUT_OF_FRAMES
}
