package org.godwit.engine.kernel.file;

/** Where a console's output goes; it takes everything at once. */
public interface ConsoleSink {
  /** Takes nothing. */
  ConsoleSink NOWHERE = (writer, kind, data) -> {};

  /**
   * What a program wrote.
   *
   * @param writer pid of the process that wrote, which need not be the one that was launched
   * @param descriptorKind 1 for standard output and 2 for error
   */
  void write(int writer, int descriptorKind, byte[] data);
}
