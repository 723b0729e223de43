package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/** Looking without changing: stat(2), statx(2), readlink(2), access(2), statfs(2). */
final class StatCalls {
  /** Bytes of struct statfs. */
  static final int STATFS_BYTES = 120;

  private static final int TMPFS_MAGIC = 0x0102_1994;
  private static final int PROC_MAGIC = 0x9fa0;
  private static final int BLOCK = 4096;
  private static final int NAME_MAX = 255;
  private static final int KNOWN_STAT_FLAGS =
      OpenFlags.AT_EMPTY_PATH | OpenFlags.AT_SYMLINK_NO_FOLLOW | OpenFlags.AT_NO_AUTOMOUNT;

  /** AT_STATX_FORCE_SYNC and AT_STATX_DONT_SYNC. */
  private static final int STATX_SYNC = 0x6000;

  private StatCalls() {}

  static Outcome fstat(FileContext ctx, Call call) {
    OpenFile file = ctx.descriptors().get(call.integer(0));
    if (file == null) {
      return Outcome.error(Errno.EBADF);
    }
    call.out(1, file.status().stat());
    return Outcome.done(0);
  }

  static Outcome fstatat(FileContext ctx, Call call) {
    int flags = call.integer(3);
    if ((flags & ~KNOWN_STAT_FLAGS) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    return status(ctx, call, flags, 2, false);
  }

  static Outcome statx(FileContext ctx, Call call) {
    int flags = call.integer(2);
    if ((flags & ~(KNOWN_STAT_FLAGS | STATX_SYNC)) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    return status(ctx, call, flags, 4, true);
  }

  private static Outcome status(FileContext ctx, Call call, int flags, int out, boolean extended) {
    String path = call.path(1);
    FileStatus status;
    OpenFile file = ctx.descriptors().get(call.integer(0));
    boolean empty = path != null && path.isEmpty() && (flags & OpenFlags.AT_EMPTY_PATH) != 0;
    if (empty && file != null) {
      status = file.status(); // Also of what has no inode.
    } else {
      Found found = Resolver.at(ctx, call.integer(0), path, flags);
      if (found.failed()) {
        return Outcome.error(found.errno());
      }
      status = found.inode().status();
    }
    call.out(out, extended ? status.statx() : status.stat());
    return Outcome.done(0);
  }

  static Outcome readlinkat(FileContext ctx, Call call) {
    if (call.integer(3) <= 0) {
      return Outcome.error(Errno.EINVAL);
    }
    int flags = OpenFlags.AT_SYMLINK_NO_FOLLOW | OpenFlags.AT_EMPTY_PATH;
    Found found = Resolver.at(ctx, call.integer(0), call.path(1), flags);
    if (found.failed()) {
      return Outcome.error(found.errno());
    }
    if (!found.inode().isLink()) {
      return Outcome.error(call.path(1).isEmpty() ? Errno.ENOENT : Errno.EINVAL);
    }
    String target = found.inode().target(ctx.pid());
    if (target == null) {
      return Outcome.error(Errno.ENOENT);
    }
    byte[] bytes = target.getBytes(StandardCharsets.ISO_8859_1);
    int length = Math.min(bytes.length, call.capacity(2));
    call.out(2, Arrays.copyOf(bytes, length));
    return Outcome.done(length);
  }

  /** faccessat, which has no flags on its way into the kernel. */
  static Outcome faccessat(FileContext ctx, Call call) {
    return access(ctx, call, 0);
  }

  static Outcome faccessat2(FileContext ctx, Call call) {
    return access(ctx, call, call.integer(3));
  }

  private static Outcome access(FileContext ctx, Call call, int flags) {
    int wanted = call.integer(2);
    int known =
        OpenFlags.AT_EFFECTIVE_ACCESS | OpenFlags.AT_SYMLINK_NO_FOLLOW | OpenFlags.AT_EMPTY_PATH;
    if ((wanted & ~7) != 0 || (flags & ~known) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    Credentials effective = ctx.credentials();
    Credentials judged =
        (flags & OpenFlags.AT_EFFECTIVE_ACCESS) != 0 ? effective : effective.real();
    ctx.credentials(judged); // The way to the file is judged by the same ids.
    Found found = Resolver.at(ctx, call.integer(0), call.path(1), flags);
    ctx.credentials(effective);
    if (found.failed()) {
      return Outcome.error(found.errno());
    }
    boolean granted = Resolver.may(judged, found.inode(), wanted);
    return granted ? Outcome.done(0) : Outcome.error(Errno.EACCES);
  }

  static Outcome statfs(FileContext ctx, Call call) {
    Found found = Resolver.existing(ctx, OpenFlags.AT_CWD, call.path(0), true);
    return found.failed() ? Outcome.error(found.errno()) : fileSystem(ctx, call, found.inode());
  }

  static Outcome fstatfs(FileContext ctx, Call call) {
    OpenFile file = ctx.descriptors().get(call.integer(0));
    return file == null ? Outcome.error(Errno.EBADF) : fileSystem(ctx, call, file.inode());
  }

  private static Outcome fileSystem(FileContext ctx, Call call, Inode inode) {
    boolean synthetic =
        inode instanceof SyntheticNode
            || inode instanceof Directory directory && directory.mounted() != null;
    NodeFiles node = ctx.node();
    long all = synthetic ? 0 : node.ports().frames().capacity();
    long free = synthetic ? 0 : node.ports().frames().free();
    long files = synthetic ? 0 : node.limits().files();
    ByteBuffer to = ByteBuffer.allocate(STATFS_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    to.putLong(synthetic ? PROC_MAGIC : TMPFS_MAGIC).putLong(BLOCK);
    to.putLong(all).putLong(free).putLong(free);
    to.putLong(files).putLong(synthetic ? 0 : files - node.tree().inodes());
    to.putLong(0).putLong(NAME_MAX).putLong(BLOCK);
    call.out(1, to.array());
    return Outcome.done(0);
  }
}
