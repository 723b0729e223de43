package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;

import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.memory.AddressSpace;

/** Signals: dispositions and masks are the body's, sending is the home's. */
final class SignalCalls {
  private static final int SET_BYTES = 8;

  private SignalCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.body(
            134, "rt_sigaction", Args.scalars("signal", "act", "old", "size"), SignalCalls::action),
        Syscall.body(
            135, "rt_sigprocmask", Args.scalars("how", "set", "old", "size"), SignalCalls::mask),
        Syscall.body(136, "rt_sigpending", Args.scalars("set", "size"), SignalCalls::pending),
        Syscall.body(133, "rt_sigsuspend", Args.scalars("mask", "size"), SignalCalls::suspend),
        Syscall.body(139, "rt_sigreturn", List.of(), SignalCalls::sigreturn),
        Syscall.body(132, "sigaltstack", Args.scalars("new", "old"), SignalCalls::altStack),
        Syscall.home(129, "kill", List.of(n("pid"), n("signal")), SignalCalls::kill),
        Syscall.home(130, "tkill", List.of(n("tid"), n("signal")), SignalCalls::tkill),
        Syscall.home(
            131, "tgkill", List.of(n("tgid"), n("tid"), n("signal")), SignalCalls::tgkill));
  }

  /** struct sigaction on riscv64: handler, flags, mask, 8 bytes each; no restorer. */
  private static long action(Kernel kernel, Task task, Call call) {
    int signal = call.integer(0);
    if (!Signals.isValid(signal) || call.scalar(3) != SET_BYTES) {
      return -Errno.EINVAL;
    }
    SignalHandlers handlers = task.body().handlers();
    AddressSpace memory = task.body().memory();
    long act = call.scalar(1);
    byte[] next = new byte[24];
    if (act != 0) {
      if (signal == Signals.SIGKILL || signal == Signals.SIGSTOP) {
        return -Errno.EINVAL;
      }
      memory.copyIn(act, next, 0, next.length);
    }
    if (call.scalar(2) != 0) {
      byte[] old =
          Words.of(handlers.handler(signal), handlers.flags(signal), handlers.mask(signal));
      memory.copyOut(call.scalar(2), old, 0, old.length);
    }
    if (act != 0) {
      handlers.set(signal, Words.at(next, 0), Words.at(next, 1), Words.at(next, 2));
      if (Words.at(next, 0) == SignalHandlers.IGNORE) {
        task.pending(task.pending() & ~Signals.bit(signal));
      }
    }
    return 0;
  }

  private static long mask(Kernel kernel, Task task, Call call) {
    AddressSpace memory = task.body().memory();
    if (call.scalar(3) != SET_BYTES) {
      return -Errno.EINVAL;
    }
    long old = task.mask();
    if (call.scalar(1) != 0) {
      long set = memory.load64(call.scalar(1));
      switch (call.integer(0)) {
        case 0 -> task.mask(old | set);
        case 1 -> task.mask(old & ~set);
        case 2 -> task.mask(set);
        default -> {
          return -Errno.EINVAL;
        }
      }
    }
    if (call.scalar(2) != 0) {
      memory.store64(call.scalar(2), old);
    }
    return 0;
  }

  private static long pending(Kernel kernel, Task task, Call call) {
    task.body().memory().store64(call.scalar(0), task.pending() & task.mask());
    return 0;
  }

  private static long suspend(Kernel kernel, Task task, Call call) {
    task.suspend(task.body().memory().load64(call.scalar(0)));
    if (task.hasSignal()) {
      return -Errno.EINTR;
    }
    kernel.wait(task, new TaskWait.Pause(call));
    return Syscall.NO_VALUE;
  }

  private static long sigreturn(Kernel kernel, Task task, Call call) {
    new SignalDelivery(kernel).restore(task);
    return Syscall.NO_VALUE;
  }

  /** Handlers run on the ordinary stack for now; asking is answered with "disabled". */
  private static long altStack(Kernel kernel, Task task, Call call) {
    if (call.scalar(1) != 0) {
      byte[] disabled = Words.of(0, 2, 0);
      task.body().memory().copyOut(call.scalar(1), disabled, 0, disabled.length);
    }
    return 0;
  }

  private static Outcome kill(Kernel kernel, Process process, Call call) {
    int pid = call.integer(0);
    int signal = call.integer(1);
    if (signal != 0 && !Signals.isValid(signal)) {
      return Outcome.error(Errno.EINVAL);
    }
    int found = 0;
    for (Process each : List.copyOf(kernel.processes())) {
      boolean meant =
          pid > 0
              ? each.id().pid() == pid
              : pid == -1 ? each != process : each.group() == (pid == 0 ? process.group() : -pid);
      if (meant && (each.alive() || each.parent() != 0)) {
        found++;
        if (signal != 0) {
          kernel.signal(each, 0, signal);
        }
      }
    }
    return found == 0 ? Outcome.error(Errno.ESRCH) : Outcome.done(0);
  }

  private static Outcome tkill(Kernel kernel, Process process, Call call) {
    return toTask(kernel, process, call.integer(0), call.integer(1));
  }

  private static Outcome tgkill(Kernel kernel, Process process, Call call) {
    Process target = kernel.process(call.integer(0));
    if (target == null || !target.alive()) {
      return Outcome.error(Errno.ESRCH);
    }
    return toTask(kernel, target, call.integer(1), call.integer(2));
  }

  private static Outcome toTask(Kernel kernel, Process target, int tid, int signal) {
    if (tid <= 0 || signal != 0 && !Signals.isValid(signal)) {
      return Outcome.error(Errno.EINVAL);
    }
    if (signal != 0) {
      kernel.signal(target, tid, signal);
    }
    return Outcome.done(0);
  }
}
