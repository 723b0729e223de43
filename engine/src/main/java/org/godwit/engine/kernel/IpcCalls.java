package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.kernel.ipc.MessageQueues;
import org.godwit.engine.kernel.ipc.Semaphores;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.Page;

/**
 * The rows of semaphores and message queues. What their control calls read and write depends on the
 * command, so the body copies it in before and out after the call.
 */
final class IpcCalls {
  private static final int SEMOP = 193;
  private static final int SEMTIMEDOP = 192;
  private static final int SEMBUF = 6;
  private static final int TIMESPEC = 16;

  private IpcCalls() {}

  static List<Syscall> rows() {
    Arg operations = new Arg.In("sops", 2, SEMBUF);
    return List.of(
        Syscall.home(
            190,
            "semget",
            Args.scalars("key", "nsems", "flags"),
            (kernel, process, call) ->
                kernel.semaphores().get(who(process), call, seconds(kernel))),
        Syscall.home(SEMOP, "semop", List.of(n("semid"), operations, n("nsops")), IpcCalls::operate)
            .first(IpcCalls::count),
        Syscall.home(
                SEMTIMEDOP,
                "semtimedop",
                List.of(n("semid"), operations, n("nsops"), Args.in("timeout", TIMESPEC)),
                IpcCalls::operate)
            .first(IpcCalls::count),
        Syscall.home(
                191,
                "semctl",
                Args.scalars("semid", "semnum", "cmd", "arg"),
                (kernel, process, call) ->
                    kernel
                        .semaphores()
                        .control(
                            who(process),
                            process.id().pid(),
                            call,
                            waitingOnSemaphores(kernel),
                            seconds(kernel)))
            .first((k, task, call) -> copyIn(task, call, 3, Semaphores.reads(call.integer(2))))
            .then((k, task, call, value) -> copyOut(task, call, 3, value)),
        Syscall.home(
            186,
            "msgget",
            Args.scalars("key", "flags"),
            (kernel, process, call) -> kernel.messages().get(who(process), call, seconds(kernel))),
        Syscall.home(
                189,
                "msgsnd",
                Args.scalars("msqid", "message", "length", "flags"),
                (kernel, process, call) ->
                    kernel.messages().send(who(process), process.id().pid(), call, seconds(kernel)))
            .first(IpcCalls::message),
        Syscall.home(
                188,
                "msgrcv",
                Args.scalars("msqid", "message", "length", "type", "flags"),
                (kernel, process, call) ->
                    kernel
                        .messages()
                        .receive(who(process), process.id().pid(), call, seconds(kernel)))
            .then((k, task, call, value) -> copyOut(task, call, 1, value)),
        Syscall.home(
                187,
                "msgctl",
                Args.scalars("msqid", "cmd", "buf"),
                (kernel, process, call) ->
                    kernel.messages().control(who(process), call, seconds(kernel)))
            .first((k, task, call) -> copyIn(task, call, 2, MessageQueues.reads(call.integer(1))))
            .then((k, task, call, value) -> copyOut(task, call, 2, value)));
  }

  static Credentials who(Process process) {
    return process.files().credentials();
  }

  static long seconds(Kernel kernel) {
    return (kernel.settings().epochNanos() + kernel.now()) / TimeCalls.SECOND;
  }

  /** Too many operations are refused before they are looked at. */
  private static long count(Kernel kernel, Task task, Call call) {
    return call.scalar(2) > Semaphores.MOST_OPERATIONS ? -Errno.E2BIG : Syscall.FORWARD;
  }

  private static Outcome operate(Kernel kernel, Process process, Call call) {
    long deadline = Long.MAX_VALUE;
    if (call.number() == SEMTIMEDOP && call.in(3) != null) {
      long span = TimerCalls.span(call.in(3), 0, 1);
      deadline = span < 0 ? -1 : call.startedNanos + span;
    }
    if (call.in(1) == null && call.scalar(2) > 0) {
      return Outcome.error(Errno.EFAULT);
    }
    return kernel
        .semaphores()
        .operate(
            who(process),
            process.id().pid(),
            call,
            deadline,
            kernel.now(),
            kernel.settings().epochNanos());
  }

  private static List<Call> waitingOnSemaphores(Kernel kernel) {
    List<Call> waiting = new ArrayList<>();
    for (Process process : kernel.processes()) {
      for (PendingCall each : process.pending()) {
        if (each.call().number() == SEMOP || each.call().number() == SEMTIMEDOP) {
          waiting.add(each.call());
        }
      }
    }
    return waiting;
  }

  private static long message(Kernel kernel, Task task, Call call) {
    if (!MessageQueues.isLength(call.scalar(2))) {
      return -Errno.EINVAL;
    }
    return copyIn(task, call, 1, Long.BYTES + call.integer(2));
  }

  /** Copies a structure in; −1 means as much as there is of a whole set's values. */
  static long copyIn(Task task, Call call, int argument, int length) {
    AddressSpace memory = task.body().memory();
    long at = call.scalar(argument);
    byte[] bytes = new byte[length < 0 ? Semaphores.mostBytes() : length];
    int done = 0;
    try {
      while (done < bytes.length) {
        int part = (int) Math.min(bytes.length - done, Page.SIZE - (at + done & Page.SIZE - 1));
        memory.copyIn(at + done, bytes, done, part);
        done += part;
      }
    } catch (GuestFault end) {
      if (length >= 0) {
        throw end;
      }
    }
    if (length != 0) {
      call.in(argument, java.util.Arrays.copyOf(bytes, done));
    }
    return Syscall.FORWARD;
  }

  static long copyOut(Task task, Call call, int argument, long value) {
    byte[] bytes = call.out(argument);
    if (bytes != null) {
      task.body().memory().copyOut(call.scalar(argument), bytes, 0, bytes.length);
    }
    return value;
  }
}
