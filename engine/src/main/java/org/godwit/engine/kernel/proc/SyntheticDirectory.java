package org.godwit.engine.kernel.proc;

import java.util.List;

/** A directory whose entries follow from the kernel's state, such as /proc or /proc/1001. */
public non-sealed interface SyntheticDirectory extends SyntheticEntry {
  /** The entry of that name, or null if there is none now. */
  SyntheticEntry lookup(String name);

  /** Names of all entries now, without "." and "..", in the order in which they are listed. */
  List<String> names();

  @Override
  default int mode() {
    return 0555;
  }
}
