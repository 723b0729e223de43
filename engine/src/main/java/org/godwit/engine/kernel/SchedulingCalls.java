package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;
import static org.godwit.engine.kernel.Args.out;

import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.model.StayReason;
import org.godwit.model.command.Command;
import org.godwit.model.event.MoveCause;

/** Scheduling classes (sched(7)). SCHED_BATCH and SCHED_IDLE are taken and run as SCHED_OTHER. */
final class SchedulingCalls {
  private static final int OTHER = 0;
  private static final int BATCH = 3;
  private static final int IDLE = 5;
  private static final int RESET_ON_FORK = 0x4000_0000;
  private static final int HIGHEST = 99;

  private SchedulingCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(
            118,
            "sched_setparam",
            List.of(n("tid"), Args.in("param", 4)),
            SchedulingCalls::setParameter),
        Syscall.home(
                119,
                "sched_setscheduler",
                List.of(n("tid"), n("policy"), Args.in("param", 4)),
                SchedulingCalls::setScheduler)
            .raising("rt_sched", call -> isRealTime(call.integer(1) & ~RESET_ON_FORK)),
        Syscall.home(120, "sched_getscheduler", Args.scalars("tid"), SchedulingCalls::getScheduler),
        Syscall.home(
            121,
            "sched_getparam",
            List.of(n("tid"), out("param", 4)),
            SchedulingCalls::getParameter),
        Syscall.home(
            125, "sched_get_priority_max", Args.scalars("policy"), (k, p, c) -> bound(c, HIGHEST)),
        Syscall.home(
            126, "sched_get_priority_min", Args.scalars("policy"), (k, p, c) -> bound(c, 1)),
        Syscall.home(
            127,
            "sched_rr_get_interval",
            List.of(n("tid"), out("interval", 16)),
            SchedulingCalls::interval));
  }

  private static boolean isRealTime(int policy) {
    return policy == Task.FIFO || policy == Task.ROUND_ROBIN;
  }

  private static boolean isKnown(int policy) {
    return policy == OTHER || policy == BATCH || policy == IDLE || isRealTime(policy);
  }

  private static Outcome bound(Call call, int realTime) {
    int policy = call.integer(0);
    if (!isKnown(policy)) {
      return Outcome.error(Errno.EINVAL);
    }
    return Outcome.done(isRealTime(policy) ? realTime : 0);
  }

  /** The process that a task id belongs to, or null. */
  private static Process owner(Kernel kernel, Process caller, int tid) {
    if (tid == 0 || tid == caller.id().pid()) {
      return caller;
    }
    Process process = kernel.process(tid);
    if (process != null) {
      return process.alive() ? process : null;
    }
    for (Process each : kernel.processes()) {
      Body body = kernel.body(each.id());
      if (body != null && body.task(tid) != null) {
        return each;
      }
    }
    return null;
  }

  /** The task itself, or null while it is away: then its class is the normal one. */
  private static Task task(Kernel kernel, Process owner, Call call) {
    int tid = call.integer(0) == 0 ? call.tid() : call.integer(0);
    return kernel.task(owner.id(), tid);
  }

  private static Outcome setScheduler(Kernel kernel, Process process, Call call) {
    int policy = call.integer(1) & ~RESET_ON_FORK;
    byte[] parameter = call.in(2);
    if (!isKnown(policy) || parameter == null || call.integer(0) < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    return set(
        kernel,
        process,
        call,
        policy,
        Words.int32At(parameter, 0),
        (call.integer(1) & RESET_ON_FORK) != 0);
  }

  private static Outcome setParameter(Kernel kernel, Process process, Call call) {
    byte[] parameter = call.in(1);
    if (parameter == null || call.integer(0) < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    Process owner = owner(kernel, process, call.integer(0));
    if (owner == null) {
      return Outcome.error(Errno.ESRCH);
    }
    Task task = task(kernel, owner, call);
    int policy = task == null ? OTHER : task.policy();
    boolean reset = task != null && task.resetOnFork();
    return set(kernel, process, call, policy, Words.int32At(parameter, 0), reset);
  }

  private static Outcome set(
      Kernel kernel, Process process, Call call, int policy, int priority, boolean reset) {
    Process owner = owner(kernel, process, call.integer(0));
    if (owner == null) {
      return Outcome.error(Errno.ESRCH);
    }
    boolean realTime = isRealTime(policy);
    if (realTime ? priority < 1 || priority > HIGHEST : priority != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    boolean own = process.files().credentials().euid() == owner.files().credentials().uid();
    if (!process.files().credentials().privileged() && (realTime || !own)) {
      return Outcome.error(Errno.EPERM);
    }
    Task task = task(kernel, owner, call);
    if (task == null) {
      if (!realTime) {
        return Outcome.done(0);
      }
      if (owner.where() == owner.id().home()) {
        return Outcome.error(Errno.ESRCH);
      }
      // Another process, and away: it is called home, and the caller may ask again.
      kernel.ports().requestMove(owner, Command.Migrate.HOME, MoveCause.CALL);
      return Outcome.error(Errno.EAGAIN);
    }
    task.schedule(policy, realTime ? priority : 0, reset);
    kernel.ports().rescheduled(task);
    if (realTime) {
      kernel.staying().raise(owner, StayReason.RT_SCHED, call, priority);
    } else {
      kernel.staying().recheckScheduling(owner);
    }
    return Outcome.done(0);
  }

  private static Outcome getScheduler(Kernel kernel, Process process, Call call) {
    Process owner = owner(kernel, process, call.integer(0));
    if (call.integer(0) < 0 || owner == null) {
      return Outcome.error(call.integer(0) < 0 ? Errno.EINVAL : Errno.ESRCH);
    }
    Task task = task(kernel, owner, call);
    boolean reset = task != null && task.resetOnFork();
    return Outcome.done(task == null ? OTHER : task.policy() | (reset ? RESET_ON_FORK : 0));
  }

  private static Outcome getParameter(Kernel kernel, Process process, Call call) {
    Process owner = owner(kernel, process, call.integer(0));
    if (call.integer(0) < 0 || owner == null) {
      return Outcome.error(call.integer(0) < 0 ? Errno.EINVAL : Errno.ESRCH);
    }
    Task task = task(kernel, owner, call);
    call.out(1, Words.int32(task == null ? 0 : task.urgency()));
    return Outcome.done(0);
  }

  /** The quantum; SCHED_FIFO has none. */
  private static Outcome interval(Kernel kernel, Process process, Call call) {
    Process owner = owner(kernel, process, call.integer(0));
    if (call.integer(0) < 0 || owner == null) {
      return Outcome.error(call.integer(0) < 0 ? Errno.EINVAL : Errno.ESRCH);
    }
    Task task = task(kernel, owner, call);
    boolean none = task != null && task.policy() == Task.FIFO;
    long usual = kernel.settings().costs().quantumNanos();
    long quantum = none ? 0 : task == null ? usual : task.body().quantumNanos(usual);
    call.out(1, Words.of(quantum / TimeCalls.SECOND, quantum % TimeCalls.SECOND));
    return Outcome.done(0);
  }
}
