package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;
import static org.godwit.engine.kernel.Args.out;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/** News of children: wait4(2), waitid(2). */
final class WaitCalls {
  private static final int WNOHANG = 1;
  private static final int WUNTRACED = 2;
  private static final int WEXITED = 4;
  private static final int WCONTINUED = 8;
  private static final int WNOWAIT = 0x0100_0000;
  private static final int WALL = 0x4000_0000;

  /** Only children that tell of their end by another signal than SIGCHLD, or by none. */
  private static final int WCLONE = 0x8000_0000;

  private static final int KNOWN =
      WNOHANG | WUNTRACED | WEXITED | WCONTINUED | WNOWAIT | 0xe000_0000;

  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int P_PGID = 2;

  /** What the shell's status of a child that goes on is (WIFCONTINUED). */
  private static final int CONTINUED = 0xffff;

  private WaitCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(
            260,
            "wait4",
            List.of(n("pid"), out("status", 4), n("options"), out("usage", ProcessCalls.RUSAGE)),
            WaitCalls::wait4),
        Syscall.home(
            95,
            "waitid",
            List.of(
                n("type"),
                n("id"),
                out("info", SignalInfo.BYTES),
                n("options"),
                out("usage", ProcessCalls.RUSAGE)),
            WaitCalls::waitid));
  }

  /** What there is to tell of a child. */
  private record News(Process child, int status, SignalInfo info) {}

  private static Outcome wait4(Kernel kernel, Process process, Call call) {
    int options = call.integer(2);
    if ((options & ~KNOWN | options & WEXITED) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    int wanted = call.integer(0);
    boolean any = false;
    for (int pid : process.children()) {
      Process child = kernel.process(pid);
      if (child == null || !matches(process, child, wanted, options)) {
        continue;
      }
      any = true;
      News news = news(child, options | WEXITED);
      if (news != null) {
        call.out(1, Words.int32(news.status));
        call.out(3, usage(child));
        take(kernel, process, news, options);
        return Outcome.done(pid);
      }
    }
    return nothing(process, any, options);
  }

  private static Outcome waitid(Kernel kernel, Process process, Call call) {
    int type = call.integer(0);
    int options = call.integer(3);
    boolean asks = (options & (WEXITED | WUNTRACED | WCONTINUED)) != 0;
    if ((options & ~KNOWN) != 0 || !asks || type < P_ALL || type > P_PGID) {
      return Outcome.error(Errno.EINVAL);
    }
    int id = call.integer(1);
    int wanted = type == P_ALL ? -1 : type == P_PID ? id : id == 0 ? 0 : -id;
    if (type != P_ALL && id < 0 || type == P_PID && id == 0) {
      return Outcome.error(Errno.EINVAL);
    }
    boolean any = false;
    for (int pid : process.children()) {
      Process child = kernel.process(pid);
      if (child == null || !matches(process, child, wanted, options)) {
        continue;
      }
      any = true;
      News news = news(child, options);
      if (news != null) {
        call.out(2, childInfo(news.info));
        call.out(4, usage(child));
        take(kernel, process, news, options);
        return Outcome.done(0);
      }
    }
    Outcome nothing = nothing(process, any, options);
    if (nothing instanceof Outcome.Done done && done.value() == 0) {
      call.out(2, new byte[SignalInfo.BYTES]);
    }
    return nothing;
  }

  /** waitid tells no CPU times here. */
  private static byte[] childInfo(SignalInfo info) {
    byte[] bytes = info.bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(24, (int) info.value());
    return bytes;
  }

  private static Outcome nothing(Process process, boolean any, int options) {
    if (!any) {
      return Outcome.error(Errno.ECHILD);
    }
    return (options & WNOHANG) != 0 ? Outcome.done(0) : Outcome.waitFor(process.childNews());
  }

  private static News news(Process child, int options) {
    if (!child.alive()) {
      return (options & WEXITED) == 0
          ? null
          : new News(child, child.ending().waitStatus(), exited(child));
    }
    if (child.stopNews() && (options & WUNTRACED) != 0) {
      int status = child.stoppedBy() << 8 | 0x7f;
      return new News(child, status, about(child, SignalInfo.CHILD_STOPPED, child.stoppedBy()));
    }
    if (child.continueNews() && (options & WCONTINUED) != 0) {
      return new News(child, CONTINUED, about(child, SignalInfo.CHILD_CONTINUED, Signals.SIGCONT));
    }
    return null;
  }

  /** SIGCHLD's siginfo for a child that has ended. */
  static SignalInfo exited(Process child) {
    Ending ending = child.ending();
    if (ending.signal() == 0) {
      return about(child, SignalInfo.CHILD_EXITED, ending.status() & 0xff);
    }
    return about(child, SignalInfo.CHILD_KILLED, ending.signal());
  }

  /** A child's end is told to its parent by the signal that clone was given, if it is one. */
  static void tellEnd(Kernel kernel, Process parent, Process child) {
    if (Signals.isValid(child.exitSignal())) {
      kernel.signal(parent, 0, exited(child).as(child.exitSignal()));
    }
  }

  /** SIGCHLD's siginfo for a child. */
  static SignalInfo about(Process child, int code, int status) {
    int uid = child.files().credentials().uid();
    return new SignalInfo(Signals.SIGCHLD, code, child.id().pid(), uid, status, false);
  }

  private static void take(Kernel kernel, Process process, News news, int options) {
    if ((options & WNOWAIT) != 0) {
      return;
    }
    if (news.child.alive()) {
      news.child.newsTaken();
    } else {
      process.children().remove(news.child.id().pid());
      process.tookNote(news.child);
      kernel.reaped(news.child);
    }
  }

  private static boolean matches(Process process, Process child, int wanted, int options) {
    boolean cloned = child.exitSignal() != Signals.SIGCHLD;
    if ((options & WALL) == 0 && cloned != ((options & WCLONE) != 0)) {
      return false;
    }
    if (wanted > 0) {
      return child.id().pid() == wanted;
    }
    return wanted == -1 || child.group() == (wanted == 0 ? process.group() : -wanted);
  }

  private static byte[] usage(Process child) {
    return ProcessCalls.usage(child.alive() ? 0 : child.ending().cpuNanos());
  }
}
