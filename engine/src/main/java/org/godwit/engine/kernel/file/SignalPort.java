package org.godwit.engine.kernel.file;

/** What signalfd(2) asks of the kernel: signals that wait are the body's to know. */
public interface SignalPort {
  /** A node without signals. */
  SignalPort NONE =
      new SignalPort() {
        @Override
        public boolean isHere(int pid) {
          return true;
        }

        @Override
        public long pending(int pid, int tid) {
          return 0;
        }

        @Override
        public byte[] take(int pid, int tid, long wanted) {
          return null;
        }
      };

  /** Whether the body of a process of this home is here. */
  boolean isHere(int pid);

  /** Signals that wait for a task or its process, as bits; bit 0 is signal 1. */
  long pending(int pid, int tid);

  /** Takes the first of {@code wanted}, as struct signalfd_siginfo, or null. */
  byte[] take(int pid, int tid, long wanted);
}
