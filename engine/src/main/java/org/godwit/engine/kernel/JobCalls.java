package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/** Process groups and sessions: setpgid(2), setsid(2) and their like. */
final class JobCalls {
  private JobCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(154, "setpgid", Args.scalars("pid", "pgid"), JobCalls::setGroup),
        Syscall.home(155, "getpgid", Args.scalars("pid"), JobCalls::getGroup),
        Syscall.home(156, "getsid", Args.scalars("pid"), JobCalls::getSession),
        Syscall.home(157, "setsid", List.of(), JobCalls::setSession));
  }

  private static Process target(Kernel kernel, Process process, int pid) {
    return pid == 0 ? process : kernel.process(pid);
  }

  private static Outcome setGroup(Kernel kernel, Process process, Call call) {
    Process target = target(kernel, process, call.integer(0));
    if (call.integer(0) < 0 || call.integer(1) < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if (target == null || target != process && target.parent() != process.id().pid()) {
      return Outcome.error(Errno.ESRCH);
    }
    if (target.session() != process.session() || target.session() == target.id().pid()) {
      return Outcome.error(Errno.EPERM);
    }
    if (target != process && target.executed()) {
      return Outcome.error(Errno.EACCES);
    }
    int group = call.integer(1) == 0 ? target.id().pid() : call.integer(1);
    boolean own = group == target.id().pid();
    if (!own && kernel.jobs().sessionOfGroup(group) != process.session()) {
      return Outcome.error(Errno.EPERM);
    }
    target.group(group);
    return Outcome.done(0);
  }

  private static Outcome getGroup(Kernel kernel, Process process, Call call) {
    Process target = target(kernel, process, call.integer(0));
    return target == null ? Outcome.error(Errno.ESRCH) : Outcome.done(target.group());
  }

  private static Outcome getSession(Kernel kernel, Process process, Call call) {
    Process target = target(kernel, process, call.integer(0));
    return target == null ? Outcome.error(Errno.ESRCH) : Outcome.done(target.session());
  }

  /** A leader of a group cannot lead a session: others of the group would be left in two. */
  private static Outcome setSession(Kernel kernel, Process process, Call call) {
    int pid = process.id().pid();
    if (process.session() == pid || kernel.jobs().sessionOfGroup(pid) != 0) {
      return Outcome.error(Errno.EPERM);
    }
    process.session(pid);
    process.group(pid);
    return Outcome.done(pid);
  }
}
