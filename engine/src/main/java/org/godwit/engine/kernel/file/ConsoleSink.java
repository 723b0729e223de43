package org.godwit.engine.kernel.file;

/** Where a console's output goes; it takes everything at once. */
public interface ConsoleSink {
  /** Takes nothing. */
  ConsoleSink NOWHERE = (kind, data) -> {};

  /** What a program wrote; {@code descriptorKind} is 1 for standard output and 2 for error. */
  void write(int descriptorKind, byte[] data);
}
