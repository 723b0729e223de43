package org.godwit.engine.kernel;

import java.util.List;

/**
 * How a process ended.
 *
 * @param status exit status 0 to 255; meaningful if {@code signal} is 0
 * @param signal signal that ended it, or 0
 * @param pc address of the instruction that raised the signal, or −1
 * @param address address that it touched, or −1
 * @param cpuNanos CPU time used in its life
 * @param instructions instructions retired in its life
 * @param ledger its system calls by kind and place
 */
public record Ending(
    int status,
    int signal,
    long pc,
    long address,
    long cpuNanos,
    long instructions,
    List<Ledger.Entry> ledger) {
  /** As wait4(2) reports it. */
  int waitStatus() {
    return signal != 0 ? signal : (status & 0xff) << 8;
  }

  /** As a shell reports it: the status, or 128 + signal. */
  public int shellStatus() {
    return signal != 0 ? 128 + signal : status & 0xff;
  }
}
