package org.godwit.engine.kernel.proc;

/** A symbolic link whose target follows from the kernel's state and from who asks: /proc/self. */
public non-sealed interface SyntheticLink extends SyntheticEntry {
  /** The target for process {@code callerPid}, or null if there is none (ENOENT). */
  String target(int callerPid);

  /**
   * The descriptor of process {@code callerPid} that this link stands for, as in /proc/self/fd, or
   * −1: opening such a link opens what the descriptor is open on, whether or not the target has a
   * name.
   */
  default int descriptor(int callerPid) {
    return -1;
  }

  @Override
  default int mode() {
    return 0777;
  }
}
