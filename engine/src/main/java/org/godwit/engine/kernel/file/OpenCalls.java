package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * open(2). Left out: O_TMPFILE (EOPNOTSUPP), leases, O_DIRECT and O_SYNC (accepted, without
 * effect).
 */
final class OpenCalls {
  /** Flags that there are; others are ignored (open(2)). */
  private static final int KNOWN = 037_777_777;

  /** What F_GETFL does not show: O_CREAT, O_EXCL, O_NOCTTY, O_TRUNC, O_CLOEXEC. */
  private static final int NOT_KEPT =
      OpenFlags.CREATE | OpenFlags.EXCLUSIVE | 0400 | OpenFlags.TRUNCATE | OpenFlags.CLOSE_ON_EXEC;

  private OpenCalls() {}

  static Outcome openat(FileContext ctx, Call call) {
    int flags = call.integer(2) & KNOWN;
    if ((flags & OpenFlags.PATH) != 0) {
      flags &= OpenFlags.PATH | OpenFlags.DIRECTORY | OpenFlags.NO_FOLLOW | OpenFlags.CLOSE_ON_EXEC;
    }
    if ((flags & OpenFlags.TEMPORARY) == OpenFlags.TEMPORARY) {
      return Outcome.error(Errno.EOPNOTSUPP);
    }
    boolean creates = (flags & OpenFlags.CREATE) != 0;
    boolean exclusive = creates && (flags & OpenFlags.EXCLUSIVE) != 0;
    boolean follow = (flags & OpenFlags.NO_FOLLOW) == 0 && !exclusive;
    if (!ctx.descriptors().hasRoom(1)) {
      return Outcome.error(Errno.EMFILE);
    }
    if (!ctx.node().hasRoom()) {
      return Outcome.error(Errno.ENFILE);
    }
    Found found = Resolver.resolve(ctx, call.integer(0), call.path(1), follow);
    if (found.failed()) {
      return Outcome.error(found.errno());
    }
    if (found.inode() == null) {
      return creates ? create(ctx, call, found, flags) : Outcome.error(Errno.ENOENT);
    }
    return exclusive ? Outcome.error(Errno.EEXIST) : existing(ctx, call, found.inode(), flags);
  }

  private static Outcome create(FileContext ctx, Call call, Found found, int flags) {
    if (found.wantsDirectory()) {
      return Outcome.error(Errno.EISDIR);
    }
    if ((flags & OpenFlags.DIRECTORY) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    RegularFile file = new RegularFile(ctx.node(), call.integer(3));
    int errno = DirectoryCalls.create(ctx, found, file, call.integer(3));
    return errno != 0
        ? Outcome.error(errno)
        : install(ctx, file.open(kept(flags), ctx.pid()), flags);
  }

  private static Outcome existing(FileContext ctx, Call call, Inode inode, int flags) {
    if ((flags & OpenFlags.PATH) != 0) {
      return (flags & OpenFlags.DIRECTORY) != 0 && !inode.isDirectory()
          ? Outcome.error(Errno.ENOTDIR)
          : install(ctx, new PathFile(ctx.node(), kept(flags), inode), flags);
    }
    if (inode instanceof SyntheticNode magic && magic.descriptor(ctx.pid()) >= 0) {
      return reopen(ctx, call, magic.descriptor(ctx.pid()), flags);
    }
    int errno = refusal(ctx, inode, flags);
    if (errno != 0) {
      return Outcome.error(errno);
    }
    if (inode instanceof Fifo fifo) {
      return fifo(ctx, call, fifo, flags);
    }
    if (inode instanceof DeviceNode device) {
      return device(ctx, device, flags);
    }
    if ((flags & OpenFlags.TRUNCATE) != 0) {
      int failure = inode.resize(0);
      if (failure != 0) {
        return Outcome.error(failure);
      }
    }
    return install(ctx, inode.open(kept(flags), ctx.pid()), flags);
  }

  /** Why an inode cannot be opened in this way, or 0. */
  private static int refusal(FileContext ctx, Inode inode, int flags) {
    if (inode.isLink()) {
      return Errno.ELOOP;
    }
    int access = flags & OpenFlags.ACCESS;
    boolean writes = access != OpenFlags.READ_ONLY || (flags & OpenFlags.TRUNCATE) != 0;
    if (inode.isDirectory() && (writes || (flags & OpenFlags.CREATE) != 0)) {
      return Errno.EISDIR;
    }
    if (!inode.isDirectory() && (flags & OpenFlags.DIRECTORY) != 0) {
      return Errno.ENOTDIR;
    }
    int wanted =
        (access == OpenFlags.WRITE_ONLY ? 0 : FileMode.MAY_READ)
            | (writes ? FileMode.MAY_WRITE : 0);
    if (!Resolver.may(ctx.credentials(), inode, wanted)) {
      return Errno.EACCES;
    }
    return inode instanceof SocketNode ? Errno.ENXIO : 0;
  }

  private static Outcome device(FileContext ctx, DeviceNode device, int flags) {
    return switch (device.kind()) {
      case NONE -> Outcome.error(Errno.ENXIO);
      case PTMX -> install(ctx, TerminalCalls.openMaster(ctx, device, kept(flags)), flags);
      case TERMINAL -> TerminalCalls.openTerminal(ctx, device, flags, kept(flags));
      case HYPERVISOR_CONSOLE -> console(ctx, device, flags);
      case TTY -> TerminalCalls.openOwn(ctx, device, flags, kept(flags));
      case CONSOLE ->
          ctx.console() == null
              ? Outcome.error(Errno.ENXIO)
              : install(ctx, new ConsoleFile(ctx.node(), kept(flags), ctx.console(), 1), flags);
      default -> install(ctx, device.open(kept(flags), ctx.pid()), flags);
    };
  }

  /** A console of the session belongs to the process that takes it, which nobody else can then. */
  private static Outcome console(FileContext ctx, DeviceNode device, int flags) {
    Console console = ctx.node().console(device.minor());
    if (console == null) {
      return Outcome.error(Errno.ENXIO);
    }
    Outcome opened =
        install(ctx, new ConsoleFile(ctx.node(), kept(flags), console, Console.OUTPUT), flags);
    ctx.node().tree().remove(FileTree.consoleDevice(console.id()));
    ctx.take(console);
    return opened;
  }

  /**
   * fifo(7): opening for reading waits for a writer, opening for writing for a reader. A waiting
   * open remembers, as a negative progress, how often the other side had been opened when it came.
   */
  private static Outcome fifo(FileContext ctx, Call call, Fifo fifo, int flags) {
    int access = flags & OpenFlags.ACCESS;
    boolean reads = access == OpenFlags.READ_ONLY;
    boolean named = fifo.links > 0; // A pipe that is opened by /dev/fd/N does not wait.
    boolean blocks = named && (flags & OpenFlags.NONBLOCK) == 0 && access != OpenFlags.READ_WRITE;
    boolean met = reads ? fifo.hasWriters() : fifo.hasReaders();
    int partners = reads ? fifo.writerOpens() : fifo.readerOpens();
    met |= call.progress < 0 && partners != -call.progress - 1;
    if (named && access == OpenFlags.WRITE_ONLY && !blocks && !fifo.hasReaders()) {
      return Outcome.error(Errno.ENXIO);
    }
    if (blocks && !met) {
      call.progress = call.progress < 0 ? call.progress : -partners - 1;
      fifo.opening(call.tid(), reads);
      return Outcome.waitFor(reads ? fifo.readable : fifo.writable);
    }
    call.progress = 0;
    Outcome opened = install(ctx, fifo.open(kept(flags), ctx.pid()), flags);
    fifo.opened(call.tid()); // Only now, so that the waiting end is never missing.
    return opened;
  }

  /** A waiting open gives up: nobody is to take it for a partner any longer. */
  static void abandon(FileContext ctx, Call call) {
    if (call.number() != FileRows.OPENAT || call.progress >= 0) {
      return;
    }
    Found found = Resolver.resolve(ctx, call.integer(0), call.path(1), true);
    if (found.inode() instanceof Fifo fifo) {
      fifo.opened(call.tid());
    }
  }

  /** /proc/self/fd/N and the like: opens anew what the descriptor is open on. */
  private static Outcome reopen(FileContext ctx, Call call, int fd, int flags) {
    OpenFile file = ctx.descriptors().get(fd);
    if (file == null) {
      return Outcome.error(Errno.ENOENT);
    }
    if (file.inode() != null) {
      return existing(ctx, call, file.inode(), flags);
    }
    return switch (file.kind()) {
      case CONSOLE -> install(ctx, file, flags);
      default -> Outcome.error(Errno.ENXIO);
    };
  }

  static Outcome install(FileContext ctx, OpenFile file, int flags) {
    if (file.id() == 0) {
      ctx.node().register(file);
    }
    return Outcome.done(ctx.install(file, (flags & OpenFlags.CLOSE_ON_EXEC) != 0));
  }

  /** What an open file description remembers of the flags of open. */
  static int kept(int flags) {
    return flags & ~NOT_KEPT | ((flags & OpenFlags.PATH) == 0 ? OpenFlags.LARGE : 0);
  }
}
