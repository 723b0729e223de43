package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Restart;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.PageWait;
import org.godwit.model.ProcessId;
import org.godwit.model.view.LedgerRow.Place;

/** How tasks wait and wake, for whatever they wait ({@link TaskWait}). */
final class Waits {
  private final Kernel kernel;

  Waits(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The task waits from now on. */
  void wait(Task task, TaskWait wait) {
    task.waitFor(wait, kernel.now());
    if (task.isRunnable()) {
      kernel.ports().unready(task);
    }
    task.become(Task.State.WAITING, kernel.now());
    if (wait instanceof TaskWait.Sleep sleep) {
      sleepUntil(task, sleep, sleep.deadlineNanos());
    } else if (wait instanceof TaskWait.Futex futex && futex.deadlineNanos() != Long.MAX_VALUE) {
      sleepUntil(task, futex, futex.deadlineNanos());
    } else if (wait instanceof TaskWait.SignalIn in && in.deadlineNanos() != Long.MAX_VALUE) {
      sleepUntil(task, in, in.deadlineNanos());
    }
  }

  void sleepUntil(Task task, TaskWait wait, long deadline) {
    kernel
        .alarms()
        .at(
            Math.max(deadline, kernel.now()),
            () -> {
              if (task.waiting() == wait && !task.body().poisoned()) {
                timeOut(task, wait);
              }
            });
  }

  private void timeOut(Task task, TaskWait wait) {
    wake(task);
    if (wait instanceof TaskWait.Futex) {
      kernel.futexes().forget(task);
      kernel.result(task, -Errno.ETIMEDOUT);
    } else if (wait instanceof TaskWait.SignalIn) {
      kernel.result(task, -Errno.EAGAIN);
    } else {
      kernel.result(task, 0);
    }
  }

  /** The wait is over; the task is ready unless it is stopped or frozen. */
  void wake(Task task) {
    if (task.waiting() != null && task.waiting().isBodys()) {
      int number = (int) task.hart().x(Hart.A7);
      task.body().ledger().waited(number, Place.HERE, kernel.now() - task.waitsSinceNanos());
    }
    task.waitFor(null);
    makeReady(task);
  }

  void makeReady(Task task) {
    if (task.state() == Task.State.ENDED || task.isRunnable()) {
      return;
    }
    if (task.waiting() != null) {
      task.become(Task.State.WAITING, kernel.now());
    } else if (task.stopped() || task.body().frozen()) {
      task.become(Task.State.STOPPED, kernel.now());
    } else {
      task.become(Task.State.READY, kernel.now());
      kernel.ports().ready(task);
    }
  }

  /** An instruction touched a page that is not here. */
  void pageWait(Task task, long handle, long index) {
    fetch(task, new TaskWait.PageIn(handle, index, null, false, 0));
  }

  void fetch(Task task, TaskWait.PageIn page) {
    wait(task, page);
    Body body = task.body();
    if (page.handle() == PageWait.LEFT_BEHIND) {
      kernel.ports().fetchLeftBehind(body, (int) page.index());
      return;
    }
    kernel
        .ports()
        .send(
            body.id().home(),
            new KernelMessage.PageRequest(body.id(), task.tid(), page.handle(), page.index()));
  }

  void pageCame(KernelMessage.PageReply message) {
    Body body = kernel.bodyMap().get(message.process());
    if (body == null) {
      return;
    }
    body.remotePages().arrived(message.handle(), message.index(), message.content());
    for (Task task : List.copyOf(body.tasks())) {
      if (task.waiting() instanceof TaskWait.PageIn wait
          && wait.handle() == message.handle()
          && wait.index() == message.index()) {
        if (wait.call() == null) {
          wake(task);
        } else if (wait.finished()) {
          kernel.calls().finish(task, wait.call(), wait.value());
        } else {
          wake(task);
          kernel.calls().make(task, wait.call());
        }
      }
    }
  }

  /** Pages that were left behind have come: who waits for one of them goes on. */
  void pagesBrought(Body body) {
    AddressSpace memory = body.memory();
    List<Task> waiting = new ArrayList<>();
    for (Body each : kernel.bodyMap().values()) {
      if (each.memory() == memory) { // Itself, and a vfork child that has borrowed it.
        waiting.addAll(each.tasks());
      }
    }
    for (Task task : waiting) {
      if (task.waiting() instanceof TaskWait.PageIn wait
          && wait.handle() == PageWait.LEFT_BEHIND
          && !memory.isLeftBehind((int) wait.index())) {
        pageAtHome(task, wait);
      }
    }
    kernel.drainRetries();
  }

  /** Ends the wait of a call at home with EINTR, if it still waits. */
  void interrupt(ProcessId id, int tid) {
    Process process = kernel.process(id);
    PendingCall waiting = process == null ? null : process.pending(tid);
    if (waiting != null && !kernel.mfs().carries(process, waiting.call())) {
      waiting.unpark();
      process.pending().remove(waiting);
      kernel
          .calls()
          .answer(process, waiting.call(), waiting.row().interrupted(process, waiting.call()));
    }
  }

  /** A signal came to a task that waits. */
  void interruptWait(Task task) {
    switch (task.waiting()) {
      case null -> {}
      case TaskWait.AtHome w -> {
        if (kernel.isAway(task.body())) {
          kernel
              .ports()
              .send(
                  task.body().id().home(),
                  new KernelMessage.Interrupt(task.body().id(), task.tid()));
        } else {
          interrupt(task.body().id(), task.tid());
        }
      }
      case TaskWait.Sleep w ->
          TimeCalls.interrupted(kernel, task, w.call(), w.deadlineNanos() - kernel.now());
      case TaskWait.CpuSleep w -> {
        long used = task.body().cpuNanos(kernel.now());
        TimeCalls.interrupted(kernel, task, w.call(), w.deadlineNanos() - used);
      }
      case TaskWait.Futex w -> {
        kernel.futexes().forget(task);
        boolean endless = w.deadlineNanos() == Long.MAX_VALUE;
        task.interrupted(endless ? Restart.IF_ASKED : Restart.UNLESS_HANDLED);
        wake(task);
      }
      case TaskWait.Pause w -> {
        task.interrupted(Restart.UNLESS_HANDLED);
        wake(task);
      }
      case TaskWait.SignalIn w -> {
        wake(task);
        kernel.result(task, -Errno.EINTR);
      }
      case TaskWait.Vfork w -> {}
      case TaskWait.PageIn w -> {}
      case TaskWait.GoHome w -> {}
      case TaskWait.Dfsa w -> {}
      case TaskWait.Exercise w -> {}
    }
  }

  /** Pages that were asked for before the move are asked for again from here. */
  void refetch(Body body) {
    for (Task task : body.tasks()) {
      if (task.waiting() instanceof TaskWait.PageIn page) {
        if (page.handle() == PageWait.LEFT_BEHIND) {
          fetch(task, page);
        } else if (kernel.isAway(body)) {
          fetch(task, page);
        } else {
          pageAtHome(task, page);
        }
      }
    }
  }

  private void pageAtHome(Task task, TaskWait.PageIn page) {
    if (page.call() == null) {
      wake(task);
    } else if (page.finished()) {
      kernel.calls().finish(task, page.call(), page.value());
    } else {
      wake(task);
      kernel.calls().make(task, page.call());
    }
  }
}
