package org.godwit.engine.kernel.file;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * One call of this package, for the kernel's table.
 *
 * @param number number on riscv64
 * @param name name without "sys_"
 * @param arguments kinds of a0, a1, …
 * @param byRequest for fcntl and ioctl: kind of a2 for a request (a1); others take it as a scalar
 * @param handler what it does
 * @param brokenPipe whether EPIPE comes with SIGPIPE
 */
public record FileRow(
    int number,
    String name,
    List<Arg> arguments,
    SortedMap<Integer, Arg> byRequest,
    BiFunction<FileContext, Call, Outcome> handler,
    BrokenPipe brokenPipe) {
  /** What EPIPE means for signals. */
  public enum BrokenPipe {
    /** Nothing. */
    SILENT,
    /** SIGPIPE to the caller. */
    SIGNAL,
    /** SIGPIPE to the caller unless MSG_NOSIGNAL is in its flags. */
    SIGNAL_UNLESS_ASKED
  }

  private static final int MSG_NOSIGNAL = 0x4000;

  public FileRow {
    arguments = List.copyOf(arguments);
    byRequest = Collections.unmodifiableSortedMap(new TreeMap<>(byRequest));
  }

  /** The kinds of its arguments for these registers. */
  public List<Arg> arguments(long[] registers) {
    Arg special = byRequest.get((int) registers[1]);
    return special == null ? arguments : List.of(arguments.get(0), arguments.get(1), special);
  }

  /** Whether a call that ended with {@code value} raises SIGPIPE in its caller (signal(7)). */
  public boolean raisesSigpipe(Call call, long value) {
    if (value != -Errno.EPIPE) {
      return false;
    }
    return switch (brokenPipe) {
      case SILENT -> false;
      case SIGNAL -> true;
      case SIGNAL_UNLESS_ASKED -> (call.integer(flagsIndex()) & MSG_NOSIGNAL) == 0;
    };
  }

  /**
   * What a waiting call that a signal interrupts answers: what it has moved so far, or −EINTR.
   * Drops what it left behind to be found by others; also to be called when its task ends.
   */
  public long interrupted(FileContext ctx, Call call) {
    OpenCalls.abandon(ctx, call);
    return call.progress > 0 ? call.progress : -Errno.EINTR;
  }

  /** sendto has its flags in a3, sendmsg in a2. */
  private int flagsIndex() {
    return name.equals("sendto") ? 3 : 2;
  }
}
