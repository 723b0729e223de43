package org.godwit.model;

/**
 * One stay reason that holds, with what raised it.
 *
 * @param reason which reason
 * @param call name of the system call that raised it, e.g. {@code shmget}
 * @param pc guest address of the calling instruction
 * @param argument what the call was about: a segment id, an address, a tid; −1 if nothing
 * @param atNanos virtual time at which it was raised
 * @param length length of the range of addresses that begins at {@code argument}, or null
 * @param descriptor descriptor of what was mapped, or null
 */
public record StayEvidence(
    StayReason reason,
    String call,
    long pc,
    long argument,
    long atNanos,
    Long length,
    Integer descriptor) {
  /** Evidence without a range. */
  public StayEvidence(StayReason reason, String call, long pc, long argument, long atNanos) {
    this(reason, call, pc, argument, atNanos, null, null);
  }
}
