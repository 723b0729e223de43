package org.godwit.engine.kernel;

import java.util.Map;

/** Names of riscv64 calls that have no row, for the report about them (asm-generic/unistd.h). */
final class SyscallNames {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0, "io_setup"),
          Map.entry(5, "setxattr"),
          Map.entry(8, "getxattr"),
          Map.entry(9, "lgetxattr"),
          Map.entry(11, "listxattr"),
          Map.entry(12, "llistxattr"),
          Map.entry(26, "inotify_init1"),
          Map.entry(30, "ioprio_set"),
          Map.entry(31, "ioprio_get"),
          Map.entry(84, "sync_file_range"),
          Map.entry(90, "capget"),
          Map.entry(91, "capset"),
          Map.entry(92, "personality"),
          Map.entry(100, "get_robust_list"),
          Map.entry(116, "syslog"),
          Map.entry(117, "ptrace"),
          Map.entry(122, "sched_setaffinity"),
          Map.entry(168, "getcpu"),
          Map.entry(171, "adjtimex"),
          Map.entry(180, "mq_open"),
          Map.entry(213, "readahead"),
          Map.entry(240, "rt_tgsigqueueinfo"),
          Map.entry(243, "recvmmsg"),
          Map.entry(258, "riscv_hwprobe"),
          Map.entry(269, "sendmmsg"),
          Map.entry(279, "memfd_create"),
          Map.entry(281, "execveat"),
          Map.entry(283, "membarrier"),
          Map.entry(293, "rseq"),
          Map.entry(425, "io_uring_setup"),
          Map.entry(434, "pidfd_open"));

  private SyscallNames() {}

  static String of(int number) {
    return NAMES.getOrDefault(number, "syscall_" + number);
  }
}
