package org.godwit.engine.kernel;

import java.util.List;
import java.util.function.Predicate;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.Where;
import org.godwit.engine.kernel.file.FileRow;

/**
 * One row of the system call table.
 *
 * @param number number on riscv64
 * @param name name without prefix, e.g. {@code openat}
 * @param arguments kinds of the arguments, from a0
 * @param where which half of the process answers
 * @param raises stay reason that it can raise, or empty; while away the body goes home first
 * @param onBody the body's part, or null if everything happens at home
 * @param atHome the deputy's part, or null if everything happens on the body's node
 * @param afterwards what the body does when home has answered, or null
 * @param homeFirst calls for which the body must be at home before they are made (decision 15)
 * @param file the row of the file package that this one wraps, or null
 */
public record Syscall(
    int number,
    String name,
    List<Arg> arguments,
    Where where,
    String raises,
    OnBody onBody,
    AtHome atHome,
    Afterwards afterwards,
    Predicate<Call> homeFirst,
    FileRow file) {
  /** Value of {@link OnBody#run} that passes the call on to the deputy. */
  static final long FORWARD = Long.MIN_VALUE;

  /** Value of {@link OnBody#run}: the task waits, has ended or was changed; leave a0 alone. */
  static final long NO_VALUE = Long.MIN_VALUE + 1;

  /** The body's part; may touch guest memory. */
  @FunctionalInterface
  interface OnBody {
    /** Returns a0, {@link #FORWARD} or {@link #NO_VALUE}. */
    long run(Kernel kernel, Task task, Call call);
  }

  /** The deputy's part; sees no guest memory. */
  @FunctionalInterface
  interface AtHome {
    /** See {@link Outcome}. */
    Outcome run(Kernel kernel, Process process, Call call);
  }

  /** What the body does with the deputy's answer. */
  @FunctionalInterface
  interface Afterwards {
    /** Returns a0, or {@link #NO_VALUE}. */
    long run(Kernel kernel, Task task, Call call, long value);
  }

  static Syscall body(int number, String name, List<Arg> arguments, OnBody run) {
    return new Syscall(
        number, name, arguments, Where.BODY, "", run, null, null, call -> false, null);
  }

  static Syscall cached(int number, String name, OnBody run) {
    return new Syscall(
        number, name, List.of(), Where.HOME_CACHED, "", run, null, null, call -> false, null);
  }

  static Syscall home(int number, String name, List<Arg> arguments, AtHome run) {
    return new Syscall(
        number, name, arguments, Where.HOME, "", null, run, null, call -> false, null);
  }

  private static final int EPOLL_PWAIT = 22;
  private static final int EPOLL_PWAIT2 = 441;
  private static final int PSELECT = 72;
  private static final int PPOLL = 73;

  static Syscall of(FileRow row) {
    return new Syscall(
        row.number(),
        row.name(),
        row.arguments(),
        Where.HOME,
        "",
        maskOf(row.number()),
        (kernel, process, call) -> kernel.mfs().run(process, row, call),
        null,
        call -> false,
        row);
  }

  /** Installs the signal mask of ppoll(2), pselect(2) or epoll_pwait(2), if there is one. */
  private static OnBody maskOf(int number) {
    return switch (number) {
      case PPOLL -> (kernel, task, call) -> SignalCalls.waitMask(task, call.scalar(3));
      case EPOLL_PWAIT, EPOLL_PWAIT2 ->
          (kernel, task, call) -> SignalCalls.waitMask(task, call.scalar(4));
      case PSELECT ->
          (kernel, task, call) -> {
            long pair = call.scalar(5);
            return SignalCalls.waitMask(task, pair == 0 ? 0 : task.body().memory().load64(pair));
          };
      default -> null;
    };
  }

  /** The kinds of the arguments for this call's registers. */
  List<Arg> arguments(Call call) {
    return file == null
        ? arguments
        : file.arguments(new long[] {call.scalar(0), call.scalar(1), call.scalar(2)});
  }

  /** What the call answers when a signal ends its wait. */
  long interrupted(Process process, Call call) {
    return file == null ? -Errno.EINTR : file.interrupted(process.files(), call);
  }

  /** Whether it may hold another signal mask while it waits. */
  boolean masksSignals() {
    return number == PPOLL || number == PSELECT || number == EPOLL_PWAIT || number == EPOLL_PWAIT2;
  }

  Syscall then(Afterwards next) {
    return new Syscall(
        number, name, arguments, where, raises, onBody, atHome, next, homeFirst, file);
  }

  Syscall first(OnBody run) {
    return new Syscall(
        number, name, arguments, where, raises, run, atHome, afterwards, homeFirst, file);
  }

  Syscall raising(String reason, Predicate<Call> when) {
    return new Syscall(
        number, name, arguments, where, reason, onBody, atHome, afterwards, when, file);
  }
}
