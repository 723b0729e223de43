package org.godwit.model;

import java.util.Optional;

/**
 * Identity of a process for its whole life: the pid that its home node gave it, and that home.
 * Written {@code 1042@1}. Node n allocates from n · 1000 + 1, so small sessions have unique numbers
 * (decision 9).
 *
 * @param home number of the home node, 1 to 65535
 * @param pid the pid at home, positive
 */
public record ProcessId(int home, int pid) implements Comparable<ProcessId> {
  public ProcessId {
    if (home < 1 || pid < 1) {
      throw new IllegalArgumentException("no such process id: " + pid + "@" + home);
    }
  }

  /** Reads {@code 1042@1}; empty if the text is not of that form. */
  public static Optional<ProcessId> parse(String text) {
    int at = text.indexOf('@');
    if (at < 1) {
      return Optional.empty();
    }
    try {
      int pid = Integer.parseInt(text.substring(0, at));
      int home = Integer.parseInt(text.substring(at + 1));
      return pid < 1 || home < 1 ? Optional.empty() : Optional.of(new ProcessId(home, pid));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** By home, then by pid. */
  @Override
  public int compareTo(ProcessId other) {
    return home != other.home ? Integer.compare(home, other.home) : Integer.compare(pid, other.pid);
  }

  @Override
  public String toString() {
    return pid + "@" + home;
  }
}
