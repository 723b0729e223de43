package org.godwit.engine.kernel.call;

/** What becomes of a waiting call that a signal interrupts (signal(7), "Interruption"). */
public enum Restart {
  /** It answers EINTR, whatever the signal did. */
  NEVER,
  /** It is made again, unless a handler ran. */
  UNLESS_HANDLED,
  /** It is made again, unless a handler without SA_RESTART ran. */
  IF_ASKED;

  /** The rule for a call that waits at home; numbers are riscv64's. */
  public static Restart of(int number) {
    return switch (number) {
      case 25, 29, 32, 56, 63, 64, 65, 66, 71, 76, 77, 95, 202, 203, 206, 207, 211, 212, 242, 260 ->
          IF_ASKED; // fcntl ioctl flock openat read.. sendfile splice waitid accept.. wait4
      case 72, 73, 188, 189 -> UNLESS_HANDLED; // pselect6 ppoll msgrcv msgsnd
      default -> NEVER;
    };
  }
}
