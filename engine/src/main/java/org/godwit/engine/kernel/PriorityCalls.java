package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Credentials;

/**
 * getpriority(2) and setpriority(2): nice values, of processes. As in Linux 2.4 a nice value says
 * how long a quantum is: at 0 what the scenario says, less with each above it, down to a twentieth.
 */
final class PriorityCalls {
  private static final int PROCESS = 0;
  private static final int GROUP = 1;
  private static final int USER = 2;
  private static final int NICEST = 19;
  private static final int LEAST = -20;

  private PriorityCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(
            140, "setpriority", List.of(n("which"), n("who"), n("nice")), PriorityCalls::set),
        Syscall.home(141, "getpriority", List.of(n("which"), n("who")), PriorityCalls::get));
  }

  private static List<Process> meant(Kernel kernel, Process caller, Call call) {
    int which = call.integer(0);
    int who = call.integer(1);
    List<Process> found = new ArrayList<>();
    for (Process each : kernel.processes()) {
      boolean is =
          switch (which) {
            case PROCESS -> who == 0 ? each == caller : each.id().pid() == who;
            case GROUP -> each.group() == (who == 0 ? caller.group() : who);
            default -> user(each) == (who == 0 ? user(caller) : who);
          };
      if (is && each.alive()) {
        found.add(each);
      }
    }
    if (found.isEmpty() && which == PROCESS && kernel.task(caller.id(), who) != null) {
      found.add(caller); // One of its threads.
    }
    return found;
  }

  private static int user(Process process) {
    return process.files().credentials().uid();
  }

  private static boolean isKnown(Call call) {
    return call.integer(0) >= PROCESS && call.integer(0) <= USER;
  }

  /** 20 − nice of the least nice of those that are meant. */
  private static Outcome get(Kernel kernel, Process caller, Call call) {
    if (!isKnown(call)) {
      return Outcome.error(Errno.EINVAL);
    }
    int most = 0;
    for (Process each : meant(kernel, caller, call)) {
      most = Math.max(most, 20 - each.nice());
    }
    return most == 0 ? Outcome.error(Errno.ESRCH) : Outcome.done(most);
  }

  private static Outcome set(Kernel kernel, Process caller, Call call) {
    if (!isKnown(call)) {
      return Outcome.error(Errno.EINVAL);
    }
    int nice = Math.clamp(call.integer(2), LEAST, NICEST);
    int errno = Errno.ESRCH;
    for (Process each : meant(kernel, caller, call)) {
      int refused = refused(caller, each, nice);
      if (refused != 0) {
        errno = refused;
        continue;
      }
      errno = errno == Errno.ESRCH ? 0 : errno;
      each.nice(nice);
      kernel.toBody(each, new KernelMessage.Nice(each.id(), nice));
    }
    return errno == 0 ? Outcome.done(0) : Outcome.error(errno);
  }

  private static int refused(Process caller, Process of, int nice) {
    Credentials who = caller.files().credentials();
    if (who.privileged()) {
      return 0;
    }
    Credentials its = of.files().credentials();
    if (who.euid() != its.uid() && who.euid() != its.euid()) {
      return Errno.EPERM;
    }
    boolean raises = nice < of.nice();
    return raises && 20 - nice > of.limits().soft(ResourceLimits.NICE) ? Errno.EACCES : 0;
  }
}
