package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/** Advisory locks: flock(2) and the record locks of fcntl(2), both kinds. */
final class LockCalls {
  static final int F_GETLK = 5;
  static final int F_SETLK = 6;
  static final int F_SETLKW = 7;
  static final int F_OFD_GETLK = 36;
  static final int F_OFD_SETLK = 37;
  static final int F_OFD_SETLKW = 38;

  /** Bytes of struct flock. */
  static final int FLOCK_BYTES = 32;

  private static final int LOCK_SH = 1;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int LOCK_UN = 8;
  private static final int F_RDLCK = 0;
  private static final int F_WRLCK = 1;
  private static final int F_UNLCK = 2;

  private LockCalls() {}

  static Outcome flock(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    if (file == null) {
      return Outcome.error(Errno.EBADF);
    }
    if (file instanceof MfsFile) {
      return Outcome.error(Errno.ENOLCK);
    }
    int operation = call.integer(1) & ~LOCK_NB;
    if (file.inode() == null
        || operation != LOCK_SH && operation != LOCK_EX && operation != LOCK_UN) {
      return Outcome.error(Errno.EINVAL);
    }
    FileLocks locks = file.inode().locks();
    if (operation == LOCK_UN) {
      locks.give(file.id());
      return Outcome.done(0);
    }
    if (locks.take(file.id(), operation == LOCK_EX)) {
      return Outcome.done(0);
    }
    return (call.integer(1) & LOCK_NB) != 0
        ? Outcome.error(Errno.EAGAIN)
        : Outcome.waitFor(locks.changed);
  }

  /** The lock requests of fcntl; any other request is EINVAL. */
  static Outcome fcntl(FileContext ctx, Call call, OpenFile file) {
    int request = call.integer(1);
    boolean known =
        request >= F_GETLK && request <= F_SETLKW
            || request >= F_OFD_GETLK && request <= F_OFD_SETLKW;
    if (known && file instanceof MfsFile) {
      return Outcome.error(Errno.ENOLCK); // Its node could not make the caller wait.
    }
    if (!known || file.inode() == null) {
      return Outcome.error(Errno.EINVAL);
    }
    ByteBuffer lock = ByteBuffer.wrap(call.in(2)).order(ByteOrder.LITTLE_ENDIAN);
    int type = lock.getShort(0);
    long base =
        switch (lock.getShort(2)) {
          case RegularOpenFile.SEEK_SET -> 0;
          case RegularOpenFile.SEEK_CUR -> Math.max(0, file.seek(0, RegularOpenFile.SEEK_CUR));
          case RegularOpenFile.SEEK_END -> file.inode().size();
          default -> Long.MIN_VALUE;
        };
    long length = lock.getLong(16);
    long start = base + lock.getLong(8) + Math.min(0, length);
    long end = length == 0 ? FileLocks.TO_END : start + Math.abs(length);
    if (base < 0 || start < 0 || end < start || type < F_RDLCK || type > F_UNLCK) {
      return Outcome.error(Errno.EINVAL);
    }
    boolean ofDescription = request >= F_OFD_GETLK;
    if (ofDescription && lock.getInt(24) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    long owner = ofDescription ? -file.id() : ctx.pid();
    FileLocks.Range wanted = new FileLocks.Range(owner, start, end, type == F_WRLCK);
    if (request == F_GETLK || request == F_OFD_GETLK) {
      return query(call, file.inode().locks(), lock, wanted);
    }
    return set(call, file, wanted, type, request == F_SETLKW || request == F_OFD_SETLKW);
  }

  private static Outcome query(
      Call call, FileLocks locks, ByteBuffer lock, FileLocks.Range wanted) {
    FileLocks.Range found =
        locks.conflict(wanted.owner(), wanted.start(), wanted.end(), wanted.exclusive());
    if (found == null) {
      lock.putShort(0, (short) F_UNLCK);
    } else {
      lock.putShort(0, (short) (found.exclusive() ? F_WRLCK : F_RDLCK));
      lock.putShort(2, (short) RegularOpenFile.SEEK_SET);
      lock.putLong(8, found.start());
      lock.putLong(16, found.end() == FileLocks.TO_END ? 0 : found.end() - found.start());
      lock.putInt(24, found.owner() < 0 ? -1 : (int) found.owner());
    }
    call.out(2, lock.array());
    return Outcome.done(0);
  }

  private static Outcome set(
      Call call, OpenFile file, FileLocks.Range wanted, int type, boolean waits) {
    FileLocks locks = file.inode().locks();
    if (type == F_UNLCK) {
      locks.set(wanted.owner(), wanted.start(), wanted.end(), null);
      return Outcome.done(0);
    }
    if (type == F_RDLCK ? !file.canRead() : !file.canWrite()) {
      return Outcome.error(Errno.EBADF);
    }
    if (locks.conflict(wanted.owner(), wanted.start(), wanted.end(), wanted.exclusive()) == null) {
      locks.set(wanted.owner(), wanted.start(), wanted.end(), wanted);
      return Outcome.done(0);
    }
    return waits ? Outcome.waitFor(locks.changed) : Outcome.error(Errno.EAGAIN);
  }
}
