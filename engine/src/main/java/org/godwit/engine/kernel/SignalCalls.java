package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;

import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.GuestFault;

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
        Syscall.body(
            137,
            "rt_sigtimedwait",
            Args.scalars("set", "info", "timeout", "size"),
            SignalCalls::timedWait),
        Syscall.home(
            138,
            "rt_sigqueueinfo",
            List.of(n("pid"), n("signal"), Args.in("info", SignalInfo.BYTES)),
            SignalCalls::queue),
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
        task.body().shared().drop(Signals.bit(signal));
        task.body().tasks().forEach(each -> each.signals().drop(Signals.bit(signal)));
      }
      if (signal == Signals.SIGCHLD) {
        boolean vanish =
            Words.at(next, 0) == SignalHandlers.IGNORE
                || (Words.at(next, 1) & SignalDelivery.SA_NOCLDWAIT) != 0;
        for (Body each : List.copyOf(kernel.bodies())) {
          if (each.handlers() == handlers) { // Its own, and who shares them (CLONE_SIGHAND).
            kernel.tellHome(each, new KernelMessage.ChildPolicy(each.id(), vanish));
          }
        }
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
    task.body().memory().store64(call.scalar(0), task.pendingBits() & task.mask());
    return 0;
  }

  private static long suspend(Kernel kernel, Task task, Call call) {
    task.suspend(task.body().memory().load64(call.scalar(0)));
    kernel.wait(task, new TaskWait.Pause(call));
    if (task.hasSignal()) {
      kernel.interruptWait(task);
    }
    return Syscall.NO_VALUE;
  }

  /** A call is going to wait with the mask at {@code pointer}, if that is not null. */
  static long waitMask(Task task, long pointer) {
    if (pointer != 0) {
      task.suspend(task.body().memory().load64(pointer));
    }
    return Syscall.FORWARD;
  }

  private static long sigreturn(Kernel kernel, Task task, Call call) {
    new SignalDelivery(kernel).restore(task);
    return Syscall.NO_VALUE;
  }

  private static long altStack(Kernel kernel, Task task, Call call) {
    AddressSpace memory = task.body().memory();
    long sp = task.hart().x(org.godwit.engine.machine.Hart.SP);
    byte[] old = task.altStack().bytes(sp);
    if (call.scalar(0) != 0) {
      byte[] stack = new byte[AltStack.BYTES];
      memory.copyIn(call.scalar(0), stack, 0, stack.length);
      int errno = task.altStack().set(stack, sp);
      if (errno != 0) {
        return -errno;
      }
    }
    if (call.scalar(1) != 0) {
      memory.copyOut(call.scalar(1), old, 0, old.length);
    }
    return 0;
  }

  private static long timedWait(Kernel kernel, Task task, Call call) {
    AddressSpace memory = task.body().memory();
    if (call.scalar(3) != SET_BYTES) {
      return -Errno.EINVAL;
    }
    long set =
        memory.load64(call.scalar(0))
            & ~(Signals.bit(Signals.SIGKILL) | Signals.bit(Signals.SIGSTOP));
    long deadline = Long.MAX_VALUE;
    if (call.scalar(2) != 0) {
      byte[] time = new byte[16];
      memory.copyIn(call.scalar(2), time, 0, time.length);
      long span = TimerCalls.span(time, 0, 1);
      if (span < 0) {
        return -Errno.EINVAL;
      }
      deadline = kernel.now() + span;
    }
    if ((task.pendingBits() & set) != 0) {
      return takeAwaited(task, set, call.scalar(1));
    }
    if (deadline <= kernel.now()) {
      return -Errno.EAGAIN;
    }
    kernel.wait(task, new TaskWait.SignalIn(set, deadline, call));
    return Syscall.NO_VALUE;
  }

  /**
   * The value of a sigtimedwait whose signal is there; that stays there if the page to write to has
   * to be waited for.
   */
  static int takeAwaited(Task task, long set, long pointer) {
    AddressSpace memory = task.body().memory();
    boolean writable = pointer == 0;
    try {
      if (!writable) {
        memory.check(pointer, SignalInfo.BYTES, true);
        writable = true;
      }
    } catch (GuestFault fault) {
      // The signal is gone all the same, as with Linux.
    }
    SignalInfo info = task.take(set);
    if (pointer != 0 && writable) {
      memory.copyOut(pointer, info.bytes(), 0, SignalInfo.BYTES);
    }
    return writable ? info.signal() : -Errno.EFAULT;
  }

  /** Whether {@code sender} may signal {@code target} (kill(2), "Errors"). */
  private static boolean may(Process sender, Process target, int signal) {
    Credentials from = sender.files().credentials();
    Credentials to = target.files().credentials();
    return from.privileged()
        || from.euid() == to.uid()
        || from.euid() == to.suid()
        || from.uid() == to.uid()
        || from.uid() == to.suid()
        || signal == Signals.SIGCONT && sender.session() == target.session();
  }

  private static Outcome queue(Kernel kernel, Process process, Call call) {
    Process target = kernel.process(call.integer(0));
    int signal = call.integer(1);
    if (call.isNull(2)) {
      return Outcome.error(Errno.EFAULT);
    }
    if (signal != 0 && !Signals.isValid(signal)) {
      return Outcome.error(Errno.EINVAL);
    }
    if (target == null) {
      return Outcome.error(Errno.ESRCH);
    }
    SignalInfo info = SignalInfo.read(signal, call.in(2));
    if (!may(process, target, signal) || info.code() >= 0 && target != process) {
      return Outcome.error(Errno.EPERM);
    }
    if (signal != 0) {
      kernel.signal(target, 0, info);
    }
    return Outcome.done(0);
  }

  private static Outcome kill(Kernel kernel, Process process, Call call) {
    int pid = call.integer(0);
    int signal = call.integer(1);
    if (signal != 0 && !Signals.isValid(signal)) {
      return Outcome.error(Errno.EINVAL);
    }
    int found = 0;
    int allowed = 0;
    for (Process each : List.copyOf(kernel.processes())) {
      boolean meant =
          pid > 0
              ? each.id().pid() == pid
              : pid == -1
                  ? each != process && !each.isInit()
                  : each.group() == (pid == 0 ? process.group() : -pid);
      if (meant && (each.alive() || each.parent() != 0)) {
        found++;
        if (may(process, each, signal)) {
          allowed++;
          if (signal != 0) {
            kernel.signal(each, 0, SignalInfo.from(process, signal, SignalInfo.USER));
          }
        }
      }
    }
    if (found == 0) {
      return Outcome.error(Errno.ESRCH);
    }
    return allowed == 0 ? Outcome.error(Errno.EPERM) : Outcome.done(0);
  }

  private static Outcome tkill(Kernel kernel, Process process, Call call) {
    return toTask(kernel, process, process, call.integer(0), call.integer(1));
  }

  private static Outcome tgkill(Kernel kernel, Process process, Call call) {
    Process target = kernel.process(call.integer(0));
    if (target == null || !target.alive()) {
      return Outcome.error(Errno.ESRCH);
    }
    return toTask(kernel, process, target, call.integer(1), call.integer(2));
  }

  private static Outcome toTask(
      Kernel kernel, Process sender, Process target, int tid, int signal) {
    if (tid <= 0 || signal != 0 && !Signals.isValid(signal)) {
      return Outcome.error(Errno.EINVAL);
    }
    if (!may(sender, target, signal)) {
      return Outcome.error(Errno.EPERM);
    }
    if (signal != 0) {
      kernel.signal(target, tid, SignalInfo.from(sender, signal, SignalInfo.THREAD));
    }
    return Outcome.done(0);
  }
}
