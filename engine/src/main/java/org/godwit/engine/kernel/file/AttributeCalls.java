package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/** Changing what stat tells: chmod(2), chown(2), utimensat(2), truncate(2), umask(2). */
final class AttributeCalls {
  private static final long UTIME_NOW = 0x3fff_ffff;
  private static final long UTIME_OMIT = 0x3fff_fffe;
  private static final long SECOND = 1_000_000_000L;

  private AttributeCalls() {}

  static Outcome umask(FileContext ctx, Call call) {
    int old = ctx.umask();
    ctx.umask(call.integer(0));
    return Outcome.done(old);
  }

  static Outcome fchmod(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    return file == null
        ? Outcome.error(Errno.EBADF)
        : Outcome.error(chmod(ctx, file.inode(), call.integer(1)));
  }

  /** fchmodat, which has no flags on its way into the kernel. */
  static Outcome fchmodat(FileContext ctx, Call call) {
    Found found = Resolver.existing(ctx, call.integer(0), call.path(1), true);
    return found.failed()
        ? Outcome.error(found.errno())
        : Outcome.error(chmod(ctx, found.inode(), call.integer(2)));
  }

  private static int chmod(FileContext ctx, Inode inode, int permissions) {
    if (inode == null) {
      return 0; // A socket or console: there is nobody to tell.
    }
    Credentials who = ctx.credentials();
    if (!who.privileged() && who.euid() != inode.uid || inode instanceof SyntheticNode) {
      return Errno.EPERM;
    }
    boolean keepsGroup = who.privileged() || who.in(inode.gid);
    int allowed = keepsGroup ? FileMode.PERMISSIONS : FileMode.PERMISSIONS & ~FileMode.SET_GID;
    inode.permissions = permissions & allowed;
    inode.touchAttributes();
    return 0;
  }

  static Outcome fchown(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    return file == null
        ? Outcome.error(Errno.EBADF)
        : Outcome.error(chown(ctx, file.inode(), call.integer(1), call.integer(2)));
  }

  static Outcome fchownat(FileContext ctx, Call call) {
    int flags = call.integer(4);
    if ((flags & ~(OpenFlags.AT_SYMLINK_NO_FOLLOW | OpenFlags.AT_EMPTY_PATH)) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    Found found = Resolver.at(ctx, call.integer(0), call.path(1), flags);
    return found.failed()
        ? Outcome.error(found.errno())
        : Outcome.error(chown(ctx, found.inode(), call.integer(2), call.integer(3)));
  }

  /** −1 leaves an id as it is; only root gives files away (chown(2)). */
  private static int chown(FileContext ctx, Inode inode, int uid, int gid) {
    if (inode == null) {
      return 0;
    }
    Credentials who = ctx.credentials();
    boolean owns = who.euid() == inode.uid;
    boolean keepsUser = uid == -1 || uid == inode.uid;
    boolean mayGroup = gid == -1 || gid == inode.gid || who.in(gid);
    boolean allowed = who.privileged() || owns && keepsUser && mayGroup;
    if (!allowed || inode instanceof SyntheticNode) {
      return Errno.EPERM;
    }
    inode.uid = uid == -1 ? inode.uid : uid;
    inode.gid = gid == -1 ? inode.gid : gid;
    if (!inode.isDirectory()) {
      inode.permissions &= ~(FileMode.SET_UID | FileMode.SET_GID);
    }
    inode.touchAttributes();
    return 0;
  }

  static Outcome truncate(FileContext ctx, Call call) {
    Found found = Resolver.existing(ctx, OpenFlags.AT_CWD, call.path(0), true);
    if (found.failed()) {
      return Outcome.error(found.errno());
    }
    if (call.scalar(1) < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if (found.inode().isDirectory()) {
      return Outcome.error(Errno.EISDIR);
    }
    if (!Resolver.may(ctx.credentials(), found.inode(), FileMode.MAY_WRITE)) {
      return Outcome.error(Errno.EACCES);
    }
    boolean beyond = found.inode() instanceof RegularFile && call.scalar(1) > ctx.fileLimit();
    return Outcome.error(beyond ? Errno.EFBIG : found.inode().resize(call.scalar(1)));
  }

  /** With a null path the descriptor itself is meant: futimens(3). */
  static Outcome utimensat(FileContext ctx, Call call) {
    int flags = call.integer(3);
    if ((flags & ~(OpenFlags.AT_SYMLINK_NO_FOLLOW | OpenFlags.AT_EMPTY_PATH)) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    Inode inode;
    if (call.path(1) == null) {
      OpenFile file = ctx.file(call.integer(0));
      if (file == null) {
        return Outcome.error(Errno.EBADF);
      }
      inode = file.inode();
    } else {
      Found found = Resolver.at(ctx, call.integer(0), call.path(1), flags);
      if (found.failed()) {
        return Outcome.error(found.errno());
      }
      inode = found.inode();
    }
    return inode == null ? Outcome.done(0) : Outcome.error(setTimes(ctx, inode, call.in(2)));
  }

  private static int setTimes(FileContext ctx, Inode inode, byte[] times) {
    long now = ctx.node().calendarNanos();
    long[] seconds = {0, 0};
    long[] nanos = {UTIME_NOW, UTIME_NOW};
    if (times != null) {
      ByteBuffer from = ByteBuffer.wrap(times).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 2; i++) {
        seconds[i] = from.getLong();
        nanos[i] = from.getLong();
        boolean special = nanos[i] == UTIME_NOW || nanos[i] == UTIME_OMIT;
        if (!special && (nanos[i] < 0 || nanos[i] >= SECOND)) {
          return Errno.EINVAL;
        }
      }
    }
    if (nanos[0] == UTIME_OMIT && nanos[1] == UTIME_OMIT) {
      return 0;
    }
    Credentials who = ctx.credentials();
    if (!who.privileged() && who.euid() != inode.uid) {
      boolean bothNow = nanos[0] == UTIME_NOW && nanos[1] == UTIME_NOW;
      if (!bothNow) {
        return Errno.EPERM;
      }
      if (!Resolver.may(who, inode, FileMode.MAY_WRITE)) {
        return Errno.EACCES;
      }
    }
    inode.accessedNanos = time(inode.accessedNanos, seconds[0], nanos[0], now);
    inode.modifiedNanos = time(inode.modifiedNanos, seconds[1], nanos[1], now);
    inode.touchAttributes();
    return 0;
  }

  private static long time(long old, long seconds, long nanos, long now) {
    if (nanos == UTIME_OMIT) {
      return old;
    }
    // Nanoseconds in a long reach the year 2262; what lies beyond is held at the end.
    long most = Long.MAX_VALUE / SECOND - 1;
    return nanos == UTIME_NOW ? now : Math.clamp(seconds, -most, most) * SECOND + nanos;
  }
}
