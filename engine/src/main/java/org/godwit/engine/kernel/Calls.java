package org.godwit.engine.kernel;

import java.util.ArrayDeque;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.Restart;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.PageWait;
import org.godwit.model.event.Happening;
import org.godwit.model.view.LedgerRow.Place;

/**
 * System calls on their way: from the ecall to the half of the process that answers, through
 * waiting there, and back into the program's registers and memory.
 */
final class Calls {
  private static final int ECALL_BYTES = 4;

  private final Kernel kernel;
  private final ArrayDeque<PendingCall> retries = new ArrayDeque<>();
  private boolean draining;

  Calls(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * The task stands at an ecall. Makes the call.
   *
   * @return CPU time that it costs beside entering the kernel, nanoseconds
   */
  long call(Task task) {
    Hart hart = task.hart();
    long[] arguments = new long[6];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = hart.x(Hart.A0 + i);
    }
    long pc = hart.pc() - ECALL_BYTES;
    if (task.hasSignal()) {
      hart.setPc(pc); // It came before the call: the handler runs first, then the call is made.
      return 0;
    }
    Call call = new Call((int) hart.x(Hart.A7), task.tid(), pc, arguments);
    call.startedNanos = kernel.now();
    call.shunned = SignalDelivery.shunned(task);
    long cost = make(task, call);
    drainRetries();
    return cost;
  }

  /** Makes a call for the first time, or again after a page it needs has come. */
  long make(Task task, Call call) {
    Syscall row = kernel.table().row(call.number());
    if (row == null) {
      unknown(task, call);
      return 0;
    }
    try {
      if (row.onBody() != null) {
        long value = row.onBody().run(kernel, task, call);
        if (value != Syscall.FORWARD) {
          result(task, value);
          task.body().ledger().returned(call.number(), Place.HERE, callNanos(), 0);
          return 0;
        }
      }
      int errno = Marshaller.in(row, call, task.body().memory());
      if (errno != 0) {
        task.unsuspend();
        failed(task, call, errno);
        return 0;
      }
    } catch (GuestFault fault) {
      task.unsuspend();
      failed(task, call, Errno.EFAULT);
      return 0;
    } catch (PageWait page) {
      kernel.waits().fetch(task, new TaskWait.PageIn(page.handle(), page.index(), call, false, 0));
      return 0;
    } catch (OutOfFrames full) {
      noMemoryForCall(task);
      return 0;
    }
    if (kernel.isAway(task.body()) && kernel.dfsa().takes(task, row.file(), call)) {
      return call.place == Place.HERE ? copyCost(call.inBytes()) + copyCost(call.outBytes()) : 0;
    }
    if (kernel.isAway(task.body()) && row.homeFirst().test(call)) {
      kernel.wait(task, new TaskWait.GoHome(call));
      kernel.ports().goHome(task.body());
      return 0;
    }
    return submit(task, row, call);
  }

  /** A call fails before it is made. */
  private void failed(Task task, Call call, int errno) {
    result(task, -errno);
    task.body().ledger().returned(call.number(), Place.HERE, callNanos(), 0);
  }

  /** A call that the deputy has answered returns to the program. */
  private void returned(Task task, Call call) {
    if (kernel.table().row(call.number()).atHome() == null) {
      return; // The body has made it, and counted it then.
    }
    long cost = callNanos() + kernel.now() - call.startedNanos - call.waitedNanos;
    if (call.place != Place.HOME) {
      cost += copyCost(call.inBytes()) + copyCost(call.outBytes());
    }
    task.body().ledger().returned(call.number(), call.place, cost, call.waitedNanos);
  }

  private long callNanos() {
    return kernel.settings().costs().callNanos();
  }

  /** Hands a marshalled call to the deputy, here or elsewhere. */
  long submit(Task task, Syscall row, Call call) {
    Body body = task.body();
    kernel.wait(task, new TaskWait.AtHome(call));
    if (kernel.isAway(body)) {
      body.countHomeCall();
      call.place = Place.HOME;
      KernelMessage request =
          new KernelMessage.Forward(body.id(), Kernel.bytes(call), body.tellFiles());
      body.ledger().carried(call.number(), Place.HOME, request.bytes(), 0);
      kernel.ports().send(body.id().home(), request);
      return 0;
    }
    Process process = kernel.process(body.id());
    long copied = copyCost(call.inBytes());
    serve(process, row, call);
    if (call.place != Place.MFS || !kernel.dfsa().mounted()) {
      body.countHomeCall(); // Away it would be forwarded.
    }
    if (task.hasSignal() && task.waiting() instanceof TaskWait.AtHome) {
      kernel.interruptWait(task); // It came with the mask of ppoll and the like.
    }
    return copied + copyCost(call.outBytes());
  }

  private long copyCost(int bytes) {
    return bytes * kernel.settings().costs().copyNanosPerPage() / 4096;
  }

  /** The deputy makes a call. */
  void serve(Process process, Syscall row, Call call) {
    switch (row.atHome().run(kernel, process, call)) {
      case Outcome.Done done -> answer(process, call, done.value());
      case Outcome.Wait wait -> {
        if (!kernel.mfs().carries(process, call)) {
          call.parkedNanos = kernel.now();
        }
        PendingCall waiting = new PendingCall(kernel, process, row, call);
        process.pending().add(waiting);
        waiting.park(wait);
      }
    }
  }

  void retryLater(PendingCall call) {
    retries.add(call);
  }

  /** Tries the calls again whose wait has ended; they may end the wait of others. */
  void drainRetries() {
    if (draining) {
      return;
    }
    draining = true;
    while (kernel.jobs().sendNext() || !retries.isEmpty()) {
      if (retries.isEmpty()) {
        continue;
      }
      PendingCall waiting = retries.remove();
      Process process = waiting.process();
      if (!process.pending().contains(waiting)) {
        continue;
      }
      switch (waiting.row().atHome().run(kernel, process, waiting.call())) {
        case Outcome.Done done -> {
          process.pending().remove(waiting);
          answer(process, waiting.call(), done.value());
        }
        case Outcome.Wait wait -> waiting.park(wait);
      }
    }
    draining = false;
  }

  /** Gives a call's answer to the body, wherever it is. */
  void answer(Process process, Call call, long value) {
    Syscall row = kernel.table().row(call.number());
    if (row.file() != null && row.file().raisesSigpipe(call, value)) {
      kernel.signal(process, call.tid(), Signals.SIGPIPE);
    }
    boolean ownLimit =
        value == -Errno.EFBIG
            && row.file() != null
            && process.files().fileLimit() <= kernel.settings().limits().fileBytes();
    if (ownLimit) {
      kernel.signal(process, call.tid(), Signals.SIGXFSZ);
    }
    if (!process.alive()) {
      return;
    }
    Exhaustion.look(kernel, process, call, value);
    if (call.parkedNanos != 0) {
      call.waitedNanos += kernel.now() - call.parkedNanos;
      call.parkedNanos = 0;
    }
    if (process.where() == kernel.settings().node() && !process.held()) {
      Task task = kernel.task(process.id(), call.tid());
      if (task != null) {
        finish(task, call, value);
      }
    } else {
      byte[] news = kernel.dfsa().news(process);
      kernel.toBody(
          process,
          new KernelMessage.Reply(process.id(), call.tid(), value, Kernel.bytes(call), news));
    }
  }

  /** A call has its value, and its results: they go to the program. */
  void answered(Task task, Call call, long value) {
    finish(task, call, value);
  }

  /** The body has its answer: copies results out, does its own part, and goes on. */
  void finish(Task task, Call call, long value) {
    if (value == Outcome.COME_HOME) {
      comeHome(task, call);
      return;
    }
    Syscall row = kernel.table().row(call.number());
    if (value == -Errno.EINTR && Restart.of(call.number()) != Restart.NEVER) {
      task.interrupted(Restart.of(call.number()));
      kernel.wake(task);
      returned(task, call);
      return;
    }
    if (row.masksSignals()) {
      task.unsuspend();
    }
    try {
      long result = value;
      if (value >= 0 || row.afterwards() == null) {
        Marshaller.out(row, call, task.body().memory());
      }
      if (row.afterwards() != null && value >= 0) {
        result = row.afterwards().run(kernel, task, call, value);
      }
      if (!(task.waiting() instanceof TaskWait.Vfork)) {
        kernel.wake(task);
      }
      result(task, result);
      returned(task, call);
    } catch (GuestFault fault) {
      kernel.wake(task);
      result(task, -Errno.EFAULT);
      returned(task, call);
    } catch (PageWait page) {
      kernel
          .waits()
          .fetch(task, new TaskWait.PageIn(page.handle(), page.index(), call, true, value));
    } catch (OutOfFrames full) {
      noMemoryForCall(task);
    }
  }

  /** The deputy asked for the body, which may have come in the meantime. */
  private void comeHome(Task task, Call call) {
    if (kernel.isAway(task.body())) {
      kernel.wait(task, new TaskWait.GoHome(call));
      kernel.ports().goHome(task.body());
    } else if (task.body().frozen()) {
      kernel.wait(task, new TaskWait.GoHome(call));
    } else {
      submit(task, kernel.table().row(call.number()), call);
    }
  }

  private void noMemoryForCall(Task task) {
    kernel.outOfMemory(task.body());
    if (task.state() != Task.State.ENDED) {
      kernel.wake(task);
      result(task, -Errno.ENOMEM);
    }
  }

  void result(Task task, long value) {
    if (value != Syscall.NO_VALUE) {
      task.hart().setX(Hart.A0, value);
    }
  }

  private void unknown(Task task, Call call) {
    failed(task, call, Errno.ENOSYS);
    Process process = kernel.process(task.body().id());
    if (process == null || process.reportUnknown(call.number())) {
      kernel
          .ports()
          .record(
              new Happening.UnknownCall(
                  task.body().id(), call.number(), kernel.table().name(call.number()), call.pc()));
    }
  }
}
