package org.godwit.engine.kernel.proc;

import org.godwit.engine.kernel.call.Errno;

/**
 * One file of /proc, as data: {@code docs/proc.md} is held to these rows by a test.
 *
 * @param <S> what the file is about: a process, a node
 * @param name path below the directory that the row is of, such as {@code lock} or {@code om/stay}
 * @param mode permission bits
 * @param unit unit of its value, or empty
 * @param content what reading gives
 * @param change what writing does
 */
public record ProcRow<S>(String name, int mode, String unit, Read<S> content, Write<S> change) {
  /** Makes a file's content. */
  @FunctionalInterface
  public interface Read<S> {
    /** The whole text, in the guest's bytes; {@code reader} is the pid that opened the file. */
    String read(S subject, int reader);
  }

  /** Takes what was written. */
  @FunctionalInterface
  public interface Write<S> {
    /**
     * Takes one write call's text, without white space around it.
     *
     * @param writer the pid that opened the file
     * @return 0 or a positive errno
     */
    int write(S subject, String text, int writer);
  }

  /** A file that everybody may read and nobody may write. */
  public static <S> ProcRow<S> readable(String name, String unit, Read<S> content) {
    return new ProcRow<>(name, 0444, unit, content, (subject, text, writer) -> Errno.EACCES);
  }

  /** A file that everybody may read and its owner may write. */
  public static <S> ProcRow<S> writable(
      String name, String unit, Read<S> content, Write<S> change) {
    return new ProcRow<>(name, 0644, unit, content, change);
  }

  /** A file that everybody may read and write: what it changes belongs to the writer. */
  public static <S> ProcRow<S> open(String name, String unit, Read<S> content, Write<S> change) {
    return new ProcRow<>(name, 0666, unit, content, change);
  }
}
