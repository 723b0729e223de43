package org.godwit.engine.kernel.proc;

/** Something that a synthetic directory holds. Asked afresh at each lookup; holds no state. */
public sealed interface SyntheticEntry permits SyntheticDirectory, SyntheticFile, SyntheticLink {
  /** Permission bits, without the file type. */
  int mode();

  /** Owner. */
  default int uid() {
    return 0;
  }

  /** Group. */
  default int gid() {
    return 0;
  }
}
