package org.godwit.model;

import java.util.Optional;

/**
 * Why a process cannot leave the node it is on: the lines of {@code /proc/PID/cantmove}. Bits and
 * words as in openMosix ({@code hpctask.h}; reference section 2.2). The user's lock is not among
 * them: it has a file of its own and does not refuse an explicit move.
 */
public enum StayReason {
  /** SysV shared memory, or a mapping that is shared and writable. */
  MONKEY(0x001, "monkey"),
  /** A character device is mapped. */
  MMAP_DEV(0x002, "mmap_dev"),
  /** A daemon of the cluster itself. */
  DAEMON(0x008, "daemon"),
  /** Pages are locked in memory (mlock, mlockall). */
  MEM_LOCK(0x020, "mem_lock"),
  /** The address space is shared with another task (threads). */
  CLONE_VM(0x040, "clone_vm"),
  /** Scheduled SCHED_FIFO or SCHED_RR. */
  RT_SCHED(0x080, "rt_sched"),
  /** Process 1 and kernel threads. */
  SYSTEM(0x200, "system");

  private final int bit;
  private final String word;

  StayReason(int bit, String word) {
    this.bit = bit;
    this.word = word;
  }

  /** The flag of the original's reason mask. */
  public int bit() {
    return bit;
  }

  /** The line that {@code /proc/PID/cantmove} shows. */
  public String word() {
    return word;
  }

  /** The reason shown as {@code word}. */
  public static Optional<StayReason> ofWord(String word) {
    for (StayReason reason : values()) {
      if (reason.word.equals(word)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
