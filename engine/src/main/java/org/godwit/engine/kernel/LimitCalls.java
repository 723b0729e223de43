package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;
import static org.godwit.engine.kernel.Args.out;

import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Credentials;

/** getrlimit(2), setrlimit(2) and prlimit(2), of any process of the same home. */
final class LimitCalls {
  private static final int STRUCT = 16;

  private LimitCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(
            163,
            "getrlimit",
            List.of(n("resource"), out("limit", STRUCT)),
            (kernel, process, call) -> change(kernel, process, process, call, 0, -1, 1)),
        Syscall.home(
            164,
            "setrlimit",
            List.of(n("resource"), Args.in("limit", STRUCT)),
            (kernel, process, call) -> change(kernel, process, process, call, 0, 1, -1)),
        Syscall.home(
            261,
            "prlimit64",
            List.of(n("pid"), n("resource"), Args.in("new", STRUCT), out("old", STRUCT)),
            LimitCalls::ofAny));
  }

  private static Outcome ofAny(Kernel kernel, Process caller, Call call) {
    int pid = call.integer(0);
    Process of = pid == 0 ? caller : kernel.process(pid);
    if (of == null || !of.alive()) {
      return Outcome.error(Errno.ESRCH);
    }
    return of == caller || mayChange(caller, of)
        ? change(kernel, caller, of, call, 1, 2, 3)
        : Outcome.error(Errno.EPERM);
  }

  private static boolean mayChange(Process caller, Process of) {
    Credentials mine = caller.files().credentials();
    Credentials its = of.files().credentials();
    boolean user = mine.uid() == its.uid() && mine.uid() == its.euid() && mine.uid() == its.suid();
    boolean group = mine.gid() == its.gid() && mine.gid() == its.egid() && mine.gid() == its.sgid();
    return mine.euid() == 0 || user && group;
  }

  /** The arguments' places are those of resource, wish and old limit; −1 for one that is not. */
  private static Outcome change(
      Kernel kernel, Process caller, Process of, Call call, int resourceAt, int wishAt, int oldAt) {
    int resource = call.integer(resourceAt);
    if (resource < 0 || resource >= ResourceLimits.COUNT) {
      return Outcome.error(Errno.EINVAL);
    }
    ResourceLimits limits = of.limits();
    long soft =
        resource == ResourceLimits.NOFILE
            ? of.files().descriptors().limit() // Who shares descriptors shares their number.
            : limits.soft(resource);
    long hard = limits.hard(resource);
    if (wishAt >= 0 && call.in(wishAt) != null) {
      long nextSoft = Words.at(call.in(wishAt), 0);
      long nextHard = Words.at(call.in(wishAt), 1);
      if (Long.compareUnsigned(nextSoft, nextHard) > 0) {
        return Outcome.error(Errno.EINVAL);
      }
      boolean raises = Long.compareUnsigned(nextHard, hard) > 0;
      int most = kernel.settings().limits().descriptors();
      boolean tooMany =
          resource == ResourceLimits.NOFILE && Long.compareUnsigned(nextHard, most) > 0;
      if (tooMany || raises && caller.files().credentials().euid() != 0) {
        return Outcome.error(Errno.EPERM);
      }
      limits.set(resource, nextSoft, nextHard);
      tell(kernel, of, resource, nextSoft, nextHard);
    } else if (wishAt == 1) {
      return Outcome.error(Errno.EFAULT);
    }
    if (oldAt >= 0) {
      call.out(oldAt, Words.of(soft, hard));
    }
    return Outcome.done(0);
  }

  /** Whoever looks at a limit learns of it. */
  private static void tell(Kernel kernel, Process of, int resource, long soft, long hard) {
    switch (resource) {
      case ResourceLimits.CPU ->
          kernel.toBody(
              of, new KernelMessage.CpuLimit(of.id(), nanos(soft == 0 ? 1 : soft), nanos(hard)));
      case ResourceLimits.FSIZE -> of.files().fileLimit(soft < 0 ? Long.MAX_VALUE : soft);
      case ResourceLimits.NOFILE -> of.files().descriptors().limit((int) soft);
      default -> {}
    }
  }

  private static long nanos(long seconds) {
    boolean endless = seconds < 0 || seconds > Long.MAX_VALUE / TimeCalls.SECOND / 2;
    return endless ? Long.MAX_VALUE : seconds * TimeCalls.SECOND;
  }
}
