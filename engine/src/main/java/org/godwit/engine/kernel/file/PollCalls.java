package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;

/**
 * Waiting for several files: poll(2), select(2). The signal mask of ppoll and pselect6 is the
 * kernel's business. Left out: the time left is not written back (Linux does; glibc hides it).
 */
final class PollCalls {
  private static final int POLLFD_BYTES = 8;
  private static final long SECOND = 1_000_000_000L;

  /** What select's three sets ask for (select(2), "Correspondence between select() and poll()"). */
  private static final int[] SELECT = {
    PollMask.IN | PollMask.RDNORM | PollMask.HUP | PollMask.ERR,
    PollMask.OUT | PollMask.WRNORM | PollMask.ERR,
    PollMask.PRI
  };

  private PollCalls() {}

  static Outcome ppoll(FileContext ctx, Call call) {
    long deadline = deadline(call, 2);
    if (deadline < 0 || call.scalar(1) < 0 || call.scalar(1) > ctx.descriptors().limit()) {
      return Outcome.error(Errno.EINVAL);
    }
    byte[] bytes = call.in(0) == null ? new byte[0] : call.in(0).clone();
    ByteBuffer fds = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<WaitChannel> channels = new ArrayList<>();
    int ready = 0;
    for (int at = 0; at < bytes.length; at += POLLFD_BYTES) {
      int fd = fds.getInt(at);
      int wanted = fds.getShort(at + 4) & 0xffff | PollMask.ALWAYS;
      OpenFile file = fd < 0 ? null : ctx.file(fd);
      if (file != null && file.asksBody() && !ctx.bodyHere()) {
        return Outcome.comeHome();
      }
      int found = fd < 0 ? 0 : file == null ? PollMask.NVAL : file.poll(ctx, call.tid()) & wanted;
      fds.putShort(at + 6, (short) found);
      ready += found == 0 ? 0 : 1;
      collect(file, channels);
    }
    if (ready == 0 && ctx.node().nanos() < deadline) {
      return new Outcome.Wait(channels, deadline);
    }
    call.out(0, bytes);
    return Outcome.done(ready);
  }

  static Outcome pselect6(FileContext ctx, Call call) {
    long deadline = deadline(call, 4);
    int count = call.integer(0);
    if (deadline < 0 || count < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    List<WaitChannel> channels = new ArrayList<>();
    byte[][] found = new byte[SELECT.length][];
    int ready = 0;
    for (int set = 0; set < SELECT.length; set++) {
      byte[] asked = call.in(set + 1);
      found[set] = new byte[asked == null ? 0 : asked.length];
      for (int fd = 0; fd < Math.min(count, found[set].length * 8); fd++) {
        if ((asked[fd / 8] >> fd % 8 & 1) == 0) {
          continue;
        }
        OpenFile file = ctx.file(fd);
        if (file == null) {
          return Outcome.error(Errno.EBADF);
        }
        if (file.asksBody() && !ctx.bodyHere()) {
          return Outcome.comeHome();
        }
        if ((file.poll(ctx, call.tid()) & SELECT[set]) != 0) {
          found[set][fd / 8] |= (byte) (1 << fd % 8);
          ready++;
        }
        collect(file, channels);
      }
    }
    if (ready == 0 && ctx.node().nanos() < deadline) {
      return new Outcome.Wait(channels, deadline);
    }
    for (int set = 0; set < SELECT.length; set++) {
      if (call.in(set + 1) != null) {
        call.out(set + 1, found[set]);
      }
    }
    return Outcome.done(ready);
  }

  /** Both directions, since a hang-up shows on either. */
  static void collect(OpenFile file, List<WaitChannel> channels) {
    if (file == null) {
      return;
    }
    WaitChannel readable = file.readable();
    if (readable != null && !channels.contains(readable)) {
      channels.add(readable);
    }
    WaitChannel writable = file.writable();
    if (writable != null && !channels.contains(writable)) {
      channels.add(writable);
    }
  }

  /** When a call with a relative timespec ends; never without one; −1 for nonsense (EINVAL). */
  static long deadline(Call call, int argument) {
    if (call.in(argument) == null) {
      return Long.MAX_VALUE;
    }
    ByteBuffer time = ByteBuffer.wrap(call.in(argument)).order(ByteOrder.LITTLE_ENDIAN);
    long seconds = time.getLong();
    long nanos = time.getLong();
    if (seconds < 0 || nanos < 0 || nanos >= SECOND) {
      return -1;
    }
    long most = (Long.MAX_VALUE - call.startedNanos) / SECOND - 1;
    return seconds > most ? Long.MAX_VALUE : call.startedNanos + seconds * SECOND + nanos;
  }
}
