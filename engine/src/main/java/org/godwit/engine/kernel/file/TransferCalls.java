package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;

/**
 * Moving bytes: read(2), readv(2), write(2), pread(2), lseek(2), sendfile(2). Vectors arrive
 * gathered and leave to be scattered, so they are the same calls. A write that has to wait keeps
 * what it has written in {@code progress}.
 *
 * <p>Left out: RLIMIT_FSIZE; SIGPIPE for a write that was partly taken before its last reader left.
 */
final class TransferCalls {
  /** Most bytes of one chunk of sendfile. */
  private static final int CHUNK = 65_536;

  private static final int FALLOC_KEEP_SIZE = 1;

  private TransferCalls() {}

  static Outcome read(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    if (file == null || !file.canRead()) {
      return Outcome.error(Errno.EBADF);
    }
    Outcome hindrance = file.hindrance(ctx, call, false);
    if (hindrance != null) {
      return hindrance;
    }
    byte[] into = new byte[call.capacity(1)];
    boolean late = call.progress != 0 && ctx.node().nanos() >= -call.progress;
    int read = late ? file.readLate(into, 0, into.length) : file.read(into, 0, into.length);
    return patient(ctx, file, call, received(file, call, into, read));
  }

  /** Bounds a wait by the file's patience; the instant is kept, negative, as the progress. */
  private static Outcome patient(FileContext ctx, OpenFile file, Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Wait wait && file.patienceNanos() != Long.MAX_VALUE) {
      if (call.progress == 0) {
        call.progress = -(ctx.node().nanos() + file.patienceNanos());
      }
      return new Outcome.Wait(wait.channels(), -call.progress);
    }
    return outcome;
  }

  /** pread64 and preadv; the offset is in a3. */
  static Outcome readAt(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    if (file == null || !file.canRead()) {
      return Outcome.error(Errno.EBADF);
    }
    long at = call.scalar(3);
    if (at < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    byte[] into = new byte[call.capacity(1)];
    return received(file, call, into, file.read(at, into, 0, into.length));
  }

  /** preadv2: at the file's own position for −1; flags have no meaning for what is here. */
  static Outcome readAtOrHere(FileContext ctx, Call call) {
    if (call.integer(5) != 0) {
      return Outcome.error(Errno.EOPNOTSUPP);
    }
    return call.scalar(3) == -1 ? read(ctx, call) : readAt(ctx, call);
  }

  /** pwritev2, likewise. */
  static Outcome writeAtOrHere(FileContext ctx, Call call) {
    if (call.integer(5) != 0) {
      return Outcome.error(Errno.EOPNOTSUPP);
    }
    return call.scalar(3) == -1 ? write(ctx, call) : writeAt(ctx, call);
  }

  private static Outcome received(OpenFile file, Call call, byte[] into, int read) {
    if (read == -Errno.EAGAIN && !file.nonBlocking()) {
      return Outcome.waitFor(file.readable());
    }
    if (read > 0) {
      call.out(1, read == into.length ? into : Arrays.copyOf(into, read));
    }
    return Outcome.done(read);
  }

  static Outcome write(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    if (file == null || !file.canWrite()) {
      return Outcome.error(Errno.EBADF);
    }
    Outcome hindrance = file.hindrance(ctx, call, true);
    if (hindrance != null) {
      return hindrance;
    }
    byte[] data = call.in(1) == null ? new byte[0] : call.in(1);
    while (true) {
      int done = (int) call.progress;
      int written = file.write(ctx, data, done, data.length - done);
      if (written == -Errno.EAGAIN && !file.nonBlocking()) {
        return Outcome.waitFor(file.writable());
      }
      if (written < 0) {
        return Outcome.done(done > 0 ? done : written);
      }
      call.progress += written;
      if (call.progress == data.length || written == 0) {
        return Outcome.done(call.progress);
      }
    }
  }

  /** pwrite64 and pwritev; the offset is in a3. */
  static Outcome writeAt(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    if (file == null || !file.canWrite()) {
      return Outcome.error(Errno.EBADF);
    }
    long at = call.scalar(3);
    if (at < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    byte[] data = call.in(1) == null ? new byte[0] : call.in(1);
    return Outcome.done(file.write(ctx, at, data, 0, data.length));
  }

  static Outcome seek(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    return file == null
        ? Outcome.error(Errno.EBADF)
        : Outcome.done(file.seek(call.scalar(1), call.integer(2)));
  }

  /** From a file that can be read at an offset to anything (sendfile(2)). */
  static Outcome sendFile(FileContext ctx, Call call) {
    OpenFile to = ctx.file(call.integer(0));
    OpenFile from = ctx.file(call.integer(1));
    if (to == null || from == null || !to.canWrite() || !from.canRead()) {
      return Outcome.error(Errno.EBADF);
    }
    boolean ownOffset = call.in(2) == null;
    long start =
        ownOffset
            ? from.seek(0, RegularOpenFile.SEEK_CUR) - call.progress
            : ByteBuffer.wrap(call.in(2)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (from.kind() != OpenFile.Kind.REGULAR || start < 0 || (to.flags() & OpenFlags.APPEND) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    WaitChannel wait = null;
    int failure = 0;
    while (wait == null && call.progress < call.scalar(3)) {
      byte[] chunk = new byte[(int) Math.min(CHUNK, call.scalar(3) - call.progress)];
      int read = from.read(start + call.progress, chunk, 0, chunk.length);
      int written = read <= 0 ? read : to.write(ctx, chunk, 0, read);
      if (written == -Errno.EAGAIN && !to.nonBlocking()) {
        wait = to.writable();
      } else if (written <= 0) {
        failure = written;
        break;
      } else {
        call.progress += written;
      }
    }
    long end = start + call.progress;
    if (ownOffset) {
      from.seek(end, RegularOpenFile.SEEK_SET);
    } else {
      ByteBuffer offset = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      call.out(2, offset.putLong(end).array());
    }
    if (wait != null) {
      return Outcome.waitFor(wait);
    }
    return Outcome.done(call.progress > 0 ? call.progress : failure);
  }

  static Outcome resize(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    return file == null
        ? Outcome.error(Errno.EBADF)
        : Outcome.error(file.resize(ctx, call.scalar(1)));
  }

  /** fsync, fdatasync and fadvise64: memory is as safe as it gets, and advice is free to ignore. */
  static Outcome sync(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    if (file == null) {
      return Outcome.error(Errno.EBADF);
    }
    boolean stored = file.inode() instanceof RegularFile || file.inode() instanceof Directory;
    return stored ? Outcome.done(0) : Outcome.error(Errno.EINVAL);
  }

  /** sync(2). */
  static Outcome syncAll(FileContext ctx, Call call) {
    return Outcome.done(0);
  }

  /**
   * fallocate(2): extends the file or leaves its size alone. Pages are still taken at the first
   * write, so that may run out of space; the modes that move or remove content are EOPNOTSUPP.
   */
  static Outcome allocate(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    if (file == null || !file.canWrite()) {
      return Outcome.error(Errno.EBADF);
    }
    int mode = call.integer(1);
    long offset = call.scalar(2);
    long length = call.scalar(3);
    if (offset < 0 || length <= 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if ((mode & ~FALLOC_KEEP_SIZE) != 0) {
      return Outcome.error(Errno.EOPNOTSUPP);
    }
    if (file.kind() == OpenFile.Kind.PIPE) {
      return Outcome.error(Errno.ESPIPE);
    }
    if (!(file.inode() instanceof RegularFile regular)) {
      return Outcome.error(Errno.ENODEV);
    }
    if (length > Math.min(ctx.node().limits().fileBytes(), ctx.fileLimit()) - offset) {
      return Outcome.error(Errno.EFBIG);
    }
    boolean grows = mode == 0 && offset + length > regular.size();
    return Outcome.error(grows ? regular.resize(offset + length) : 0);
  }

  /** posix_fadvise(2): a pipe is ESPIPE, everything else is ignored. */
  static Outcome advise(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    if (file == null) {
      return Outcome.error(Errno.EBADF);
    }
    return file.kind() == OpenFile.Kind.PIPE ? Outcome.error(Errno.ESPIPE) : Outcome.done(0);
  }
}
