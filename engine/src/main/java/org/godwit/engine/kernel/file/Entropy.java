package org.godwit.engine.kernel.file;

/** Random bytes as keyed draws per process (decision 7); the port counts what it has given. */
public interface Entropy {
  /** Fills {@code count} bytes of {@code into} from {@code from} for process {@code pid}. */
  void fill(int pid, byte[] into, int from, int count);
}
