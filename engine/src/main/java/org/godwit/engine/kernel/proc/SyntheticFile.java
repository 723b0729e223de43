package org.godwit.engine.kernel.proc;

import org.godwit.engine.kernel.call.Errno;

/**
 * A file whose content follows from the kernel's state. As in procfs, content is made at the first
 * read after open (and again after a seek to the start), and each write call takes effect at once.
 */
public non-sealed interface SyntheticFile extends SyntheticEntry {
  /** The whole content now, for the process {@code reader}; 0 is nobody in particular. */
  byte[] read(int reader);

  /**
   * Takes the data of one write call, all of it.
   *
   * @param writer the process that opened the file
   * @return 0, or a positive errno: EINVAL for text that makes no sense, EPERM, ESRCH and so on
   */
  default int write(byte[] data, int writer) {
    return Errno.EIO;
  }

  @Override
  default int mode() {
    return 0444;
  }
}
