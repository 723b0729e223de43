package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.GuestFault;

/**
 * What a signal does to a body (signal(7)): ignored, ends it, stops it, lets it go on, or runs its
 * handler on a frame laid out as Linux does on riscv64 (struct rt_sigframe: siginfo of 128 bytes,
 * then ucontext, whose mcontext holds pc, x1 to x31, f0 to f31 and fcsr).
 */
final class SignalDelivery {
  private static final long SA_NODEFER = 0x40000000L;
  private static final long SA_RESETHAND = 0x80000000L;

  private static final int SIGINFO = 128;
  private static final int UCONTEXT_MASK = 40;
  private static final int UCONTEXT_REGISTERS = 176;
  private static final int FLOATS = UCONTEXT_REGISTERS + 32 * 8;
  private static final int FCSR = FLOATS + 32 * 8;
  private static final int FRAME = SIGINFO + UCONTEXT_REGISTERS + 32 * 8 + 528;

  private final Kernel kernel;

  SignalDelivery(Kernel kernel) {
    this.kernel = kernel;
  }

  /** A signal sent by somebody. {@code tid} 0 chooses the first task that does not block it. */
  void deliver(Body body, int tid, int signal) {
    if (signal == Signals.SIGCONT || signal == Signals.SIGKILL) {
      stop(body, false);
    }
    long handler = body.handlers().handler(signal);
    if (handler == SignalHandlers.IGNORE && signal != Signals.SIGKILL) {
      return;
    }
    Signals.Default action = Signals.defaultOf(signal);
    if (handler == SignalHandlers.DEFAULT
        && (action == Signals.Default.IGNORE || action == Signals.Default.CONTINUE)) {
      return;
    }
    Task task = receiver(body, tid, signal);
    if (task == null) {
      return;
    }
    if (signal == Signals.SIGKILL && !onCpu(body)) {
      kernel.end(body, 0, signal, -1, -1);
      return;
    }
    task.pending(task.pending() | Signals.bit(signal));
    if ((task.mask() & Signals.bit(signal)) != 0) {
      return;
    }
    if (task.state() == Task.State.RUNNING) {
      return; // It may be ahead of now: it takes the signal when it next looks up.
    }
    if (handler == SignalHandlers.DEFAULT) {
      act(task, signal, -1, -1);
    } else if (task.waiting() != null) {
      kernel.interruptWait(task);
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
      enter(task, signal, address);
    }
  }

  /** Delivers what is pending and not blocked to a task that is about to run. */
  void pending(Task task) {
    while (task.isRunnable() && (task.pending() & ~task.mask()) != 0) {
      int signal = Long.numberOfTrailingZeros(task.pending() & ~task.mask()) + 1;
      task.pending(task.pending() & ~Signals.bit(signal));
      long handler = task.body().handlers().handler(signal);
      if (handler == SignalHandlers.DEFAULT) {
        act(task, signal, -1, -1);
      } else if (handler != SignalHandlers.IGNORE) {
        enter(task, signal, 0);
      }
    }
  }

  private void act(Task task, int signal, long pc, long address) {
    task.pending(task.pending() & ~Signals.bit(signal));
    switch (Signals.defaultOf(signal)) {
      case TERMINATE -> kernel.end(task.body(), 0, signal, pc, address);
      case STOP -> stop(task.body(), true);
      case IGNORE, CONTINUE -> {}
    }
  }

  private void stop(Body body, boolean stopped) {
    for (Task task : List.copyOf(body.tasks())) {
      if (task.stopped() == stopped) {
        continue;
      }
      task.stopped(stopped);
      if (stopped && task.isRunnable()) {
        kernel.ports().unready(task);
        task.become(Task.State.STOPPED, kernel.now());
      } else if (!stopped && task.waiting() == null) {
        kernel.wake(task);
      }
    }
  }

  /** Makes the task run its handler next. */
  private void enter(Task task, int signal, long address) {
    SignalHandlers handlers = task.body().handlers();
    Hart hart = task.hart();
    AddressSpace memory = task.body().memory();
    long frame = hart.x(Hart.SP) - FRAME & ~15L;
    try {
      memory.check(frame, FRAME, true);
      byte[] zeros = new byte[FRAME];
      memory.copyOut(frame, zeros, 0, zeros.length);
      memory.store32(frame, signal);
      memory.store64(frame + 16, address);
      long context = frame + SIGINFO;
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
      return;
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
  }

  /**
   * Where handlers return to: an address that is mapped in no program. The node sees the fetch
   * fault there and makes the rt_sigreturn call, since stacks are not executable and there is no
   * vDSO.
   */
  static final long VDSO_SIGRETURN = 0x8000L;

  /** rt_sigreturn(2): takes registers and mask from the frame at sp. */
  void restore(Task task) {
    Hart hart = task.hart();
    AddressSpace memory = task.body().memory();
    long context = hart.x(Hart.SP) + SIGINFO;
    try {
      task.mask(memory.load64(context + UCONTEXT_MASK));
      for (int i = 1; i < 32; i++) {
        hart.setX(i, memory.load64(context + UCONTEXT_REGISTERS + 8L * i));
        hart.setF(i, memory.load64(context + FLOATS + 8L * i));
      }
      hart.setF(0, memory.load64(context + FLOATS));
      hart.fcsr().write(memory.load32(context + FCSR));
      hart.setPc(memory.load64(context + UCONTEXT_REGISTERS));
    } catch (GuestFault gone) {
      kernel.end(task.body(), 0, Signals.SIGSEGV, hart.pc(), gone.address());
    }
  }
}
