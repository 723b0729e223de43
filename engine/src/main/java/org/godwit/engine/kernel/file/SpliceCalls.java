package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * Moving bytes between files without passing them through the program: splice(2), tee(2),
 * copy_file_range(2). Left out: vmsplice(2).
 */
final class SpliceCalls {
  private static final int SPLICE_F_NONBLOCK = 2;
  private static final int SPLICE_FLAGS = 15;

  /** Most bytes of one call; it may always move fewer than asked. */
  private static final int MOST = 1 << 20;

  private SpliceCalls() {}

  /** splice(fd_in, off_in, fd_out, off_out, len, flags): one of the two is a pipe. */
  static Outcome splice(FileContext ctx, Call call) {
    long length = call.scalar(4);
    int flags = call.integer(5);
    if (length == 0) {
      return Outcome.done(0);
    }
    if ((flags & ~SPLICE_FLAGS) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    OpenFile from = ctx.file(call.integer(0));
    OpenFile to = ctx.file(call.integer(2));
    if (from == null || to == null || !from.canRead() || !to.canWrite()) {
      return Outcome.error(Errno.EBADF);
    }
    boolean fromPipe = from instanceof PipeEnd;
    boolean toPipe = to instanceof PipeEnd;
    if (fromPipe && !call.isNull(1) || toPipe && !call.isNull(3)) {
      return Outcome.error(Errno.ESPIPE);
    }
    if (!fromPipe && !toPipe
        || from.inode() != null && from.inode() == to.inode()
        || (to.flags() & OpenFlags.APPEND) != 0
        || length < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    boolean waits = (flags & SPLICE_F_NONBLOCK) == 0;
    int most = (int) Math.min(length, MOST);
    if (!fromPipe) {
      return fill(call, from, (PipeEnd) to, most, waits);
    }
    return drain(ctx, call, (PipeEnd) from, to, most, waits, false);
  }

  /** From a file into a pipe: as much as the pipe takes. */
  private static Outcome fill(Call call, OpenFile from, PipeEnd to, int most, boolean waits) {
    Fifo pipe = to.fifo();
    if (!pipe.hasReaders()) {
      return Outcome.error(Errno.EPIPE);
    }
    int room = Math.min(most, pipe.room());
    if (room <= 0) {
      return waits && !to.nonBlocking()
          ? Outcome.waitFor(to.writable())
          : Outcome.error(Errno.EAGAIN);
    }
    byte[] bytes = new byte[room];
    long at = offset(call, 1);
    if (!call.isNull(1) && at < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    int read = call.isNull(1) ? from.read(bytes, 0, room) : from.read(at, bytes, 0, room);
    if (read == -Errno.EAGAIN && waits && !from.nonBlocking()) {
      return Outcome.waitFor(from.readable());
    }
    if (read > 0) {
      pipe.write(bytes, 0, read, false);
      moved(call, 1, at, read);
    }
    return Outcome.done(read);
  }

  /** From a pipe into anything: what is there, as far as it is taken. */
  private static Outcome drain(
      FileContext ctx,
      Call call,
      PipeEnd from,
      OpenFile to,
      int most,
      boolean waits,
      boolean keeps) {
    Fifo pipe = from.fifo();
    byte[] bytes = new byte[Math.min(most, pipe.available())];
    if (bytes.length == 0) {
      boolean ended = !pipe.hasWriters();
      return ended
          ? Outcome.done(0)
          : waits && !from.nonBlocking()
              ? Outcome.waitFor(from.readable())
              : Outcome.error(Errno.EAGAIN);
    }
    pipe.peek(bytes, 0, bytes.length);
    long at = offset(call, 3);
    if (!keeps && !call.isNull(3) && at < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    int written =
        to instanceof PipeEnd end
            ? end.fifo().write(bytes, 0, bytes.length, false)
            : call.isNull(3)
                ? to.write(ctx, bytes, 0, bytes.length)
                : to.write(ctx, at, bytes, 0, bytes.length);
    if (written == -Errno.EAGAIN && waits && !to.nonBlocking()) {
      return Outcome.waitFor(to.writable());
    }
    if (written > 0 && !keeps) {
      pipe.drop(written);
      moved(call, 3, at, written);
    }
    return Outcome.done(written);
  }

  /** tee(fd_in, fd_out, len, flags): what is in a pipe also goes into another. */
  static Outcome tee(FileContext ctx, Call call) {
    long length = call.scalar(2);
    int flags = call.integer(3);
    if ((flags & ~SPLICE_FLAGS) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if (length == 0) {
      return Outcome.done(0);
    }
    OpenFile from = ctx.file(call.integer(0));
    OpenFile to = ctx.file(call.integer(1));
    if (from == null || to == null || !from.canRead() || !to.canWrite()) {
      return Outcome.error(Errno.EBADF);
    }
    if (!(from instanceof PipeEnd source)
        || !(to instanceof PipeEnd target)
        || source.fifo() == target.fifo()) {
      return Outcome.error(Errno.EINVAL);
    }
    int most = (int) Math.min(length & Long.MAX_VALUE, MOST);
    return drain(ctx, call, source, target, most, (flags & SPLICE_F_NONBLOCK) == 0, true);
  }

  /** copy_file_range(fd_in, off_in, fd_out, off_out, len, flags) between regular files. */
  static Outcome copyRange(FileContext ctx, Call call) {
    OpenFile from = ctx.file(call.integer(0));
    OpenFile to = ctx.file(call.integer(2));
    if (from == null || to == null || !from.canRead() || !to.canWrite()) {
      return Outcome.error(Errno.EBADF);
    }
    if (from.inode() instanceof Directory || to.inode() instanceof Directory) {
      return Outcome.error(Errno.EISDIR);
    }
    if (from.kind() != OpenFile.Kind.REGULAR
        || to.kind() != OpenFile.Kind.REGULAR
        || call.integer(5) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if ((to.flags() & OpenFlags.APPEND) != 0) {
      return Outcome.error(Errno.EBADF);
    }
    long in = call.isNull(1) ? from.seek(0, RegularOpenFile.SEEK_CUR) : offset(call, 1);
    long out = call.isNull(3) ? to.seek(0, RegularOpenFile.SEEK_CUR) : offset(call, 3);
    long most = Math.clamp(call.scalar(4), 0, MOST);
    boolean overlap = from.inode() == to.inode() && in < out + most && out < in + most;
    if (in < 0 || out < 0 || overlap) {
      return Outcome.error(Errno.EINVAL);
    }
    byte[] bytes = new byte[(int) most];
    int read = from.read(in, bytes, 0, bytes.length);
    int written = read <= 0 ? read : to.write(ctx, out, bytes, 0, read);
    if (written > 0) {
      after(call, 1, from, in + written);
      after(call, 3, to, out + written);
    }
    return Outcome.done(written);
  }

  private static void after(Call call, int argument, OpenFile file, long end) {
    if (call.isNull(argument)) {
      file.seek(end, RegularOpenFile.SEEK_SET);
    } else {
      moved(call, argument, end, 0);
    }
  }

  private static long offset(Call call, int argument) {
    return call.in(argument) == null
        ? 0
        : ByteBuffer.wrap(call.in(argument)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static void moved(Call call, int argument, long at, int bytes) {
    if (!call.isNull(argument)) {
      ByteBuffer next = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      call.out(argument, next.putLong(at + bytes).array());
    }
  }
}
