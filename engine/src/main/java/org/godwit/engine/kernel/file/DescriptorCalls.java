package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * The table of descriptors: close(2), close_range(2), dup(2), fcntl(2), ioctl(2). Left out: leases,
 * owners and signals of asynchronous input (F_SETOWN and F_SETSIG are taken and ignored).
 */
final class DescriptorCalls {
  static final int FIONREAD = 0x541b;
  static final int FIONBIO = 0x5421;
  static final int FIOASYNC = 0x5452;
  private static final int FIONCLEX = 0x5450;
  private static final int FIOCLEX = 0x5451;

  private static final int F_DUPFD = 0;
  private static final int F_GETFD = 1;
  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_SETOWN = 8;
  private static final int F_GETOWN = 9;
  private static final int F_SETSIG = 10;
  private static final int F_GETSIG = 11;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int F_GETPIPE_SZ = 1032;

  /** What F_SETFL may change. */
  private static final int CHANGEABLE =
      OpenFlags.APPEND
          | OpenFlags.NONBLOCK
          | OpenFlags.ASYNC
          | OpenFlags.DIRECT
          | OpenFlags.NO_ACCESS_TIME;

  private static final int CLOSE_RANGE_CLOEXEC = 4;
  private static final int CLOSE_RANGE_UNSHARE = 2;

  private DescriptorCalls() {}

  static Outcome close(FileContext ctx, Call call) {
    return Outcome.done(ctx.close(call.integer(0)));
  }

  static Outcome closeRange(FileContext ctx, Call call) {
    long first = call.scalar(0) & 0xffff_ffffL;
    long last = call.scalar(1) & 0xffff_ffffL;
    int flags = call.integer(2);
    if (first > last || (flags & ~(CLOSE_RANGE_CLOEXEC | CLOSE_RANGE_UNSHARE)) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    for (int fd : ctx.descriptors().open()) {
      if (fd >= first && fd <= last) {
        if ((flags & CLOSE_RANGE_CLOEXEC) != 0) {
          ctx.descriptors().closeOnExec(fd, true);
        } else {
          ctx.close(fd);
        }
      }
    }
    return Outcome.done(0);
  }

  static Outcome dup(FileContext ctx, Call call) {
    return duplicate(ctx, call.integer(0), 0, false);
  }

  private static Outcome duplicate(FileContext ctx, int from, int least, boolean closeOnExec) {
    OpenFile file = ctx.descriptors().get(from);
    if (file == null) {
      return Outcome.error(Errno.EBADF);
    }
    if (least < 0 || least >= ctx.descriptors().limit()) {
      return Outcome.error(Errno.EINVAL);
    }
    int fd = ctx.descriptors().add(file, least, closeOnExec);
    return fd < 0 ? Outcome.error(Errno.EMFILE) : Outcome.done(fd);
  }

  static Outcome dup3(FileContext ctx, Call call) {
    int from = call.integer(0);
    int to = call.integer(1);
    int flags = call.integer(2);
    if ((flags & ~OpenFlags.CLOSE_ON_EXEC) != 0 || from == to) {
      return Outcome.error(Errno.EINVAL);
    }
    OpenFile file = ctx.descriptors().get(from);
    if (file == null || to < 0 || to >= ctx.descriptors().limit()) {
      return Outcome.error(Errno.EBADF);
    }
    ctx.close(to);
    ctx.descriptors().place(to, file, flags != 0);
    return Outcome.done(to);
  }

  static Outcome fcntl(FileContext ctx, Call call) {
    int fd = call.integer(0);
    OpenFile file = ctx.descriptors().get(fd);
    if (file == null) {
      return Outcome.error(Errno.EBADF);
    }
    return switch (call.integer(1)) {
      case F_DUPFD -> duplicate(ctx, fd, call.integer(2), false);
      case F_DUPFD_CLOEXEC -> duplicate(ctx, fd, call.integer(2), true);
      case F_GETFD -> Outcome.done(ctx.descriptors().closeOnExec(fd) ? 1 : 0);
      case F_SETFD -> {
        ctx.descriptors().closeOnExec(fd, (call.integer(2) & 1) != 0);
        yield Outcome.done(0);
      }
      case F_GETFL -> Outcome.done(file.flags());
      default ->
          (file.flags() & OpenFlags.PATH) != 0
              ? Outcome.error(Errno.EBADF)
              : control(ctx, call, file);
    };
  }

  private static Outcome control(FileContext ctx, Call call, OpenFile file) {
    return switch (call.integer(1)) {
      case F_SETFL -> {
        file.flags = file.flags & ~CHANGEABLE | call.integer(2) & CHANGEABLE;
        yield Outcome.done(0);
      }
      case F_SETOWN, F_SETSIG, F_GETOWN, F_GETSIG -> Outcome.done(0);
      case F_GETPIPE_SZ ->
          file instanceof PipeEnd end
              ? Outcome.done(end.fifo().capacity())
              : Outcome.error(Errno.EBADF);
      case F_SETPIPE_SZ ->
          file instanceof PipeEnd end
              ? Outcome.done(end.fifo().capacity(call.integer(2)))
              : Outcome.error(Errno.EBADF);
      default -> LockCalls.fcntl(ctx, call, file);
    };
  }

  static Outcome ioctl(FileContext ctx, Call call) {
    int fd = call.integer(0);
    OpenFile file = ctx.file(fd);
    if (file == null) {
      return Outcome.error(Errno.EBADF);
    }
    return switch (call.integer(1)) {
      case FIOCLEX, FIONCLEX -> {
        ctx.descriptors().closeOnExec(fd, call.integer(1) == FIOCLEX);
        yield Outcome.done(0);
      }
      case FIONBIO -> {
        boolean on = integer(call.in(2)) != 0;
        file.flags = file.flags & ~OpenFlags.NONBLOCK | (on ? OpenFlags.NONBLOCK : 0);
        yield Outcome.done(0);
      }
      case FIOASYNC -> Outcome.done(0);
      case FIONREAD -> {
        int available = file.available();
        if (available >= 0) {
          call.out(2, bytes(available));
        }
        yield Outcome.done(Math.min(0, available));
      }
      default -> file.control(ctx, call);
    };
  }

  /** A C int in guest memory. */
  static byte[] bytes(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  static int integer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
