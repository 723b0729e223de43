package org.godwit.engine.kernel;

import java.util.Map;

/** Names of riscv64 calls that have no row, for the report about them (asm-generic/unistd.h). */
final class SyscallNames {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0, "io_setup"),
          Map.entry(97, "unshare"),
          Map.entry(100, "get_robust_list"),
          Map.entry(105, "init_module"),
          Map.entry(107, "timer_create"),
          Map.entry(117, "ptrace"),
          Map.entry(118, "sched_setparam"),
          Map.entry(119, "sched_setscheduler"),
          Map.entry(120, "sched_getscheduler"),
          Map.entry(121, "sched_getparam"),
          Map.entry(122, "sched_setaffinity"),
          Map.entry(137, "rt_sigtimedwait"),
          Map.entry(138, "rt_sigqueueinfo"),
          Map.entry(140, "setpriority"),
          Map.entry(141, "getpriority"),
          Map.entry(167, "prctl"),
          Map.entry(180, "mq_open"),
          Map.entry(186, "msgget"),
          Map.entry(190, "semget"),
          Map.entry(227, "msync"),
          Map.entry(228, "mlock"),
          Map.entry(229, "munlock"),
          Map.entry(230, "mlockall"),
          Map.entry(231, "munlockall"),
          Map.entry(232, "mincore"),
          Map.entry(258, "riscv_hwprobe"),
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
