package org.godwit.engine.kernel.tty;

/** What a terminal has to know and do about processes; the kernel answers. */
public interface JobPort {
  /** A node without processes. */
  JobPort NONE =
      new JobPort() {
        @Override
        public int group(int pid) {
          return 0;
        }

        @Override
        public int session(int pid) {
          return 0;
        }

        @Override
        public int sessionOfGroup(int group) {
          return 0;
        }

        @Override
        public boolean orphaned(int group) {
          return false;
        }

        @Override
        public void signalGroup(int group, int signal) {}

        @Override
        public void signal(int pid, int signal) {}
      };

  /** The process group of a process; 0 if there is no such process. */
  int group(int pid);

  /** The session of a process; 0 if there is no such process. */
  int session(int pid);

  /** The session of a process group; 0 if nobody is in it. */
  int sessionOfGroup(int group);

  /** Whether no member of the group has a parent in its session but outside it (setpgid(2)). */
  boolean orphaned(int group);

  /** Sends a signal of the kernel's to every process of a group. */
  void signalGroup(int group, int signal);

  /** Sends a signal of the kernel's to a process. */
  void signal(int pid, int signal);
}
