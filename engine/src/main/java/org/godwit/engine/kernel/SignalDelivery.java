package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Restart;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.PageWait;

/**
 * What a signal does to a body (signal(7)): ignored, ends it, stops it, lets it go on, or runs its
 * handler on a frame laid out as Linux does on riscv64 (struct rt_sigframe: siginfo of 128 bytes,
 * then ucontext, whose mcontext holds pc, x1 to x31, f0 to f31 and fcsr).
 */
final class SignalDelivery {
  static final long SA_NOCLDSTOP = 1;
  static final long SA_NOCLDWAIT = 2;
  private static final long SA_ONSTACK = 0x08000000L;
  private static final long SA_RESTART = 0x10000000L;
  private static final long SA_NODEFER = 0x40000000L;
  private static final long SA_RESETHAND = 0x80000000L;

  private static final int SIGINFO = SignalInfo.BYTES;
  private static final int UCONTEXT_STACK = 16;
  private static final int UCONTEXT_MASK = 40;
  private static final int UCONTEXT_REGISTERS = 176;
  private static final int FLOATS = UCONTEXT_REGISTERS + 32 * 8;
  private static final int FCSR = FLOATS + 32 * 8;
  private static final int FRAME = SIGINFO + UCONTEXT_REGISTERS + 32 * 8 + 528;
  private static final int ECALL_BYTES = 4;

  private static final long STOPS =
      Signals.bit(Signals.SIGSTOP)
          | Signals.bit(Signals.SIGTSTP)
          | Signals.bit(Signals.SIGTTIN)
          | Signals.bit(Signals.SIGTTOU);

  private final Kernel kernel;

  SignalDelivery(Kernel kernel) {
    this.kernel = kernel;
  }

  /** A signal sent by somebody. {@code tid} 0 chooses the first task that does not block it. */
  void deliver(Body body, int tid, SignalInfo info) {
    int signal = info.signal();
    long handler = body.handlers().handler(signal);
    if (info.tellsOfStop() && (body.handlers().flags(signal) & SA_NOCLDSTOP) != 0) {
      return;
    }
    if ((Signals.bit(signal) & STOPS) != 0) {
      drop(body, Signals.bit(Signals.SIGCONT));
    } else if (signal == Signals.SIGCONT) {
      drop(body, STOPS);
      goOn(body, true);
    } else if (signal == Signals.SIGKILL) {
      goOn(body, false);
    }
    Task task = receiver(body, tid, signal);
    if (task == null) {
      return;
    }
    boolean blocked = (task.mask() & Signals.bit(signal)) != 0;
    if (!blocked && isIgnored(handler, signal)) {
      return;
    }
    if (signal == Signals.SIGKILL && !onCpu(body)) {
      kernel.end(body, 0, signal, -1, -1);
      return;
    }
    (tid == 0 && signal != Signals.SIGKILL ? body.shared() : task.signals()).add(info);
    if (blocked) {
      awaited(body, tid == 0 ? null : task);
      return;
    }
    if (task.state() == Task.State.RUNNING || task.stopped()) {
      return; // It may be ahead of now: it takes the signal when it next looks up.
    }
    if (handler == SignalHandlers.DEFAULT) {
      SignalInfo taken = task.take();
      if (taken != null) {
        act(task, taken);
      }
    } else if (task.waiting() != null) {
      kernel.interruptWait(task);
    }
  }

  private static boolean isIgnored(long handler, int signal) {
    if (signal == Signals.SIGKILL || signal == Signals.SIGSTOP) {
      return false;
    }
    if (handler != SignalHandlers.DEFAULT) {
      return handler == SignalHandlers.IGNORE;
    }
    Signals.Default action = Signals.defaultOf(signal);
    return action == Signals.Default.IGNORE || action == Signals.Default.CONTINUE;
  }

  /** Which signals a task blocks or ignores, as bits. */
  static long shunned(Task task) {
    long bits = task.mask();
    for (int signal : new int[] {Signals.SIGTTIN, Signals.SIGTTOU}) {
      if (task.body().handlers().handler(signal) == SignalHandlers.IGNORE) {
        bits |= Signals.bit(signal);
      }
    }
    return bits;
  }

  private static void drop(Body body, long bits) {
    body.shared().drop(bits);
    body.tasks().forEach(each -> each.signals().drop(bits));
  }

  /** A blocked signal has come: a task that waits for it takes it (sigtimedwait(2)). */
  private void awaited(Body body, Task only) {
    for (Task task : List.copyOf(body.tasks())) {
      if ((only == null || only == task)
          && task.waiting() instanceof TaskWait.SignalIn wait
          && (task.pendingBits() & wait.set()) != 0) {
        take(task, wait);
        return;
      }
    }
  }

  private void take(Task task, TaskWait.SignalIn wait) {
    try {
      int value = SignalCalls.takeAwaited(task, wait.set(), wait.call().scalar(1));
      kernel.wake(task);
      kernel.result(task, value);
    } catch (PageWait page) {
      TaskWait later = new TaskWait.PageIn(page.handle(), page.index(), wait.call(), false, 0);
      kernel.waits().fetch(task, (TaskWait.PageIn) later);
    } catch (OutOfFrames full) {
      kernel.wake(task);
      kernel.result(task, -Errno.EAGAIN); // The signal still waits; somebody has to go.
      kernel.outOfMemory(task.body());
    }
  }

  private static boolean onCpu(Body body) {
    return body.tasks().stream().anyMatch(task -> task.state() == Task.State.RUNNING);
  }

  private static Task receiver(Body body, int tid, int signal) {
    if (signal == Signals.SIGKILL) {
      for (Task task : body.tasks()) {
        if (task.state() == Task.State.RUNNING) {
          return task;
        }
      }
    }
    if (tid != 0) {
      return body.task(tid);
    }
    for (Task task : body.tasks()) {
      if ((task.mask() & Signals.bit(signal)) == 0) {
        return task;
      }
    }
    return body.tasks().isEmpty() ? null : body.tasks().getFirst();
  }

  /**
   * An instruction raised {@code signal}; blocked or ignored ones end the process (sigaction(2)).
   */
  void fault(Task task, int signal, long pc, long address) {
    long handler = task.body().handlers().handler(signal);
    boolean blocked = (task.mask() & Signals.bit(signal)) != 0;
    if (handler == SignalHandlers.DEFAULT || handler == SignalHandlers.IGNORE || blocked) {
      kernel.end(task.body(), 0, signal, pc, address);
    } else {
      enter(task, SignalInfo.fault(signal, address));
    }
  }

  /** Delivers what is pending and not blocked to a task that is about to run. */
  void pending(Task task) {
    while (task.isRunnable() && task.hasSignal()) {
      SignalInfo info = task.take();
      long handler = task.body().handlers().handler(info.signal());
      if (handler == SignalHandlers.DEFAULT) {
        act(task, info);
      } else if (handler != SignalHandlers.IGNORE && !enter(task, info)) {
        return;
      }
    }
    if (task.isRunnable()) {
      again(task);
    }
  }

  /** No handler ran: an interrupted call is made again. */
  private static void again(Task task) {
    if (task.interrupted() != null) {
      task.interrupted(null);
      task.unsuspend();
      task.hart().setPc(task.hart().pc() - ECALL_BYTES);
    }
  }

  private void act(Task task, SignalInfo info) {
    switch (Signals.defaultOf(info.signal())) {
      case TERMINATE -> kernel.end(task.body(), 0, info.signal(), -1, -1);
      case STOP -> {
        if (info.signal() == Signals.SIGSTOP || !info.orphaned()) {
          stop(task.body(), info.signal());
        }
      }
      case IGNORE, CONTINUE -> {}
    }
  }

  private void stop(Body body, int signal) {
    if (body.tasks().stream().allMatch(Task::stopped)) {
      return;
    }
    for (Task task : List.copyOf(body.tasks())) {
      task.stopped(true);
      if (task.isRunnable()) {
        kernel.ports().unready(task);
        task.become(Task.State.STOPPED, kernel.now());
      } else if (task.waiting() instanceof TaskWait.AtHome wait
          && Restart.of(wait.call().number()) == Restart.IF_ASKED) {
        kernel.interruptWait(task); // A stopped reader must not take what others may read.
      }
    }
    kernel.tellHome(body, new KernelMessage.Stopped(body.id(), signal));
  }

  private void goOn(Body body, boolean told) {
    boolean any = false;
    for (Task task : List.copyOf(body.tasks())) {
      if (!task.stopped()) {
        continue;
      }
      any = true;
      task.stopped(false);
      if (task.waiting() == null) {
        kernel.wake(task);
      } else if (task.hasSignal()) {
        kernel.interruptWait(task);
      }
    }
    if (any && told) {
      kernel.tellHome(body, new KernelMessage.Continued(body.id()));
    }
  }

  /**
   * Makes the task run its handler next; false if there is no memory for the frame yet, so that the
   * signal waits on.
   */
  private boolean enter(Task task, SignalInfo info) {
    int signal = info.signal();
    SignalHandlers handlers = task.body().handlers();
    Hart hart = task.hart();
    if (task.interrupted() != null) {
      boolean again =
          task.interrupted() == Restart.IF_ASKED && (handlers.flags(signal) & SA_RESTART) != 0;
      if (again) {
        hart.setPc(hart.pc() - ECALL_BYTES);
      } else {
        hart.setX(Hart.A0, -Errno.EINTR);
      }
      task.interrupted(null);
    }
    AddressSpace memory = task.body().memory();
    boolean onStack = (handlers.flags(signal) & SA_ONSTACK) != 0;
    long top = onStack ? task.altStack().top(hart.x(Hart.SP)) : hart.x(Hart.SP);
    long frame = top - FRAME & ~15L;
    try {
      memory.check(frame, FRAME, true); // Nothing after this has to wait.
      byte[] zeros = new byte[FRAME];
      memory.copyOut(frame, zeros, 0, zeros.length);
      byte[] about = info.bytes();
      memory.copyOut(frame, about, 0, about.length);
      long context = frame + SIGINFO;
      byte[] stack = task.altStack().bytes(hart.x(Hart.SP));
      memory.copyOut(context + UCONTEXT_STACK, stack, 0, stack.length);
      memory.store64(context + UCONTEXT_MASK, task.maskAfterHandler());
      memory.store64(context + UCONTEXT_REGISTERS, hart.pc());
      for (int i = 1; i < 32; i++) {
        memory.store64(context + UCONTEXT_REGISTERS + 8L * i, hart.x(i));
        memory.store64(context + FLOATS + 8L * i, hart.f(i));
      }
      memory.store64(context + FLOATS, hart.f(0));
      memory.store32(context + FCSR, hart.fcsr().read());
    } catch (GuestFault overflow) {
      kernel.end(task.body(), 0, Signals.SIGSEGV, hart.pc(), overflow.address());
      return false;
    } catch (PageWait page) {
      task.signals().putBack(info);
      kernel.pageWait(task, page.handle(), page.index());
      return false;
    } catch (OutOfFrames full) {
      task.signals().putBack(info);
      kernel.outOfMemory(task.body());
      return false;
    }
    hart.clearReservation();
    hart.setX(Hart.RA, VDSO_SIGRETURN);
    hart.setX(Hart.SP, frame);
    hart.setX(Hart.A0, signal);
    hart.setX(Hart.A1, frame);
    hart.setX(12, frame + SIGINFO);
    hart.setPc(handlers.handler(signal));
    long mask = task.mask() | handlers.mask(signal);
    task.mask((handlers.flags(signal) & SA_NODEFER) == 0 ? mask | Signals.bit(signal) : mask);
    if ((handlers.flags(signal) & SA_RESETHAND) != 0) {
      handlers.set(signal, SignalHandlers.DEFAULT, 0, 0);
    }
    return true;
  }

  /**
   * Where handlers return to: an address that is mapped in no program. The node sees the fetch
   * fault there and makes the rt_sigreturn call, since stacks are not executable and there is no
   * vDSO.
   */
  static final long VDSO_SIGRETURN = 0x8000L;

  /** rt_sigreturn(2): takes registers, mask and alternate stack from the frame at sp. */
  void restore(Task task) {
    Hart hart = task.hart();
    AddressSpace memory = task.body().memory();
    long context = hart.x(Hart.SP) + SIGINFO;
    try {
      memory.check(context, FCSR + Integer.BYTES, false); // Nothing after this has to wait.
      task.mask(memory.load64(context + UCONTEXT_MASK));
      byte[] stack = new byte[AltStack.BYTES];
      memory.copyIn(context + UCONTEXT_STACK, stack, 0, stack.length);
      for (int i = 1; i < 32; i++) {
        hart.setX(i, memory.load64(context + UCONTEXT_REGISTERS + 8L * i));
        hart.setF(i, memory.load64(context + FLOATS + 8L * i));
      }
      task.altStack().restore(stack, hart.x(Hart.SP));
      hart.setF(0, memory.load64(context + FLOATS));
      hart.fcsr().write(memory.load32(context + FCSR));
      hart.setPc(memory.load64(context + UCONTEXT_REGISTERS));
    } catch (GuestFault gone) {
      kernel.end(task.body(), 0, Signals.SIGSEGV, hart.pc(), gone.address());
    }
  }
}
