package org.godwit.engine.kernel.file;

import java.nio.charset.StandardCharsets;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * Names: mkdir(2), mknod(2), symlink(2), link(2), unlink(2), rename(2), getdents(2), chdir(2),
 * getcwd(2). Synthetic directories take no new names (EPERM where procfs says so, else EACCES).
 */
final class DirectoryCalls {
  private static final int RENAME_NO_REPLACE = 1;
  private static final int RENAME_EXCHANGE = 2;
  private static final int LINKS_MAX = 65_000;

  private DirectoryCalls() {}

  /**
   * Gives a new inode its owner, permissions and the free name that was found; 0 or a positive
   * errno: EACCES, ENOENT, ENOSPC.
   */
  static int create(FileContext ctx, Found place, Inode inode, int permissions) {
    int errno = creationRefusal(ctx, place, inode);
    if (errno != 0) {
      return errno;
    }
    Directory parent = (Directory) place.parent();
    boolean inherits = (parent.permissions & FileMode.SET_GID) != 0;
    inode.permissions = permissions & FileMode.PERMISSIONS & ~ctx.umask();
    if (inode.isDirectory() && inherits) {
      inode.permissions |= FileMode.SET_GID;
    }
    inode.uid = ctx.credentials().euid();
    inode.gid = inherits ? parent.gid : ctx.credentials().egid();
    parent.add(place.name(), ctx.node().tree().register(inode));
    return 0;
  }

  private static int creationRefusal(FileContext ctx, Found place, Inode inode) {
    if (!(place.parent() instanceof Directory parent) || parent.mounted() != null) {
      return Errno.ENOENT; // What procfs answers.
    }
    if (!Resolver.may(ctx.credentials(), parent, FileMode.MAY_WRITE | FileMode.MAY_EXECUTE)) {
      return Errno.EACCES;
    }
    if (inode instanceof DeviceNode && !ctx.credentials().privileged()) {
      return Errno.EPERM;
    }
    return ctx.node().tree().hasRoom() ? 0 : Errno.ENOSPC;
  }

  /** As {@link #create} for calls whose path must be free. */
  private static Outcome make(
      FileContext ctx, int dirfd, String path, Inode inode, int permissions) {
    Found place = Resolver.place(ctx, dirfd, path);
    if (place.failed()) {
      return Outcome.error(place.errno());
    }
    if (place.inode() != null) {
      return Outcome.error(Errno.EEXIST);
    }
    if (place.wantsDirectory() && !inode.isDirectory()) {
      return Outcome.error(Errno.ENOENT);
    }
    return Outcome.error(create(ctx, place, inode, permissions));
  }

  static Outcome mkdirat(FileContext ctx, Call call) {
    Directory directory = new Directory(ctx.node(), 0);
    int permissions = call.integer(2) & (0777 | FileMode.STICKY);
    return make(ctx, call.integer(0), call.path(1), directory, permissions);
  }

  static Outcome mknodat(FileContext ctx, Call call) {
    int mode = call.integer(2);
    int type = mode & FileMode.TYPE;
    Inode inode =
        switch (type) {
          case 0, FileMode.REGULAR -> new RegularFile(ctx.node(), 0);
          case FileMode.FIFO -> new Fifo(ctx.node(), 0);
          case FileMode.SOCKET -> new SocketNode(ctx.node(), 0, 0);
          case FileMode.CHARACTER -> new DeviceNode(ctx.node(), 0, call.scalar(3) & 0xffff_ffffL);
          default -> null; // No block devices; a directory is mkdir's business.
        };
    if (inode == null) {
      return Outcome.error(type == FileMode.DIRECTORY ? Errno.EPERM : Errno.EINVAL);
    }
    return make(ctx, call.integer(0), call.path(1), inode, mode);
  }

  static Outcome symlinkat(FileContext ctx, Call call) {
    String target = call.path(0);
    if (target == null) {
      return Outcome.error(Errno.EFAULT);
    }
    if (target.isEmpty()) {
      return Outcome.error(Errno.ENOENT);
    }
    SymbolicLink link = new SymbolicLink(ctx.node(), target);
    Outcome made = make(ctx, call.integer(1), call.path(2), link, 0777);
    link.permissions = 0777; // The umask does not apply (symlink(7)).
    return made;
  }

  static Outcome linkat(FileContext ctx, Call call) {
    int flags = call.integer(4);
    if ((flags & ~(OpenFlags.AT_SYMLINK_FOLLOW | OpenFlags.AT_EMPTY_PATH)) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    int follow = (flags & OpenFlags.AT_SYMLINK_FOLLOW) != 0 ? 0 : OpenFlags.AT_SYMLINK_NO_FOLLOW;
    int empty = flags & OpenFlags.AT_EMPTY_PATH;
    Found from = Resolver.at(ctx, call.integer(0), call.path(1), follow | empty);
    if (from.failed()) {
      return Outcome.error(from.errno());
    }
    Found to = Resolver.place(ctx, call.integer(2), call.path(3));
    int errno = to.failed() ? to.errno() : linkRefusal(ctx, from.inode(), to);
    if (errno != 0) {
      return Outcome.error(errno);
    }
    ((Directory) to.parent()).add(to.name(), from.inode());
    return Outcome.done(0);
  }

  private static int linkRefusal(FileContext ctx, Inode from, Found to) {
    if (to.inode() != null) {
      return Errno.EEXIST;
    }
    if (from.isDirectory()) {
      return Errno.EPERM;
    }
    if (to.wantsDirectory() || from.links == 0) {
      return Errno.ENOENT;
    }
    if (from instanceof SyntheticNode
        || !(to.parent() instanceof Directory parent)
        || parent.mounted() != null) {
      return Errno.EXDEV;
    }
    if (from.links >= LINKS_MAX) {
      return Errno.EMLINK;
    }
    int wanted = FileMode.MAY_WRITE | FileMode.MAY_EXECUTE;
    return Resolver.may(ctx.credentials(), parent, wanted) ? 0 : Errno.EACCES;
  }

  static Outcome unlinkat(FileContext ctx, Call call) {
    int flags = call.integer(2);
    if ((flags & ~OpenFlags.AT_REMOVE_DIRECTORY) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    Found found = Resolver.place(ctx, call.integer(0), call.path(1));
    if (found.failed() || found.inode() == null) {
      return Outcome.error(found.failed() ? found.errno() : Errno.ENOENT);
    }
    boolean directory = (flags & OpenFlags.AT_REMOVE_DIRECTORY) != 0;
    int errno = directory ? removeDirectoryRefusal(ctx, found) : removeFileRefusal(ctx, found);
    if (errno == 0) {
      remove(ctx, (Directory) found.parent(), found.name(), found.inode());
    }
    return Outcome.error(errno);
  }

  private static int removeFileRefusal(FileContext ctx, Found found) {
    if (found.inode().isDirectory()) {
      return Errno.EISDIR;
    }
    if (found.wantsDirectory()) {
      return Errno.ENOTDIR;
    }
    return removalRefusal(ctx, found);
  }

  private static int removeDirectoryRefusal(FileContext ctx, Found found) {
    if (found.parent() == null) {
      return switch (found.name()) {
        case "." -> Errno.EINVAL;
        case ".." -> Errno.ENOTEMPTY;
        default -> Errno.EBUSY;
      };
    }
    if (!found.inode().isDirectory()) {
      return Errno.ENOTDIR;
    }
    int errno = removalRefusal(ctx, found);
    if (errno != 0) {
      return errno;
    }
    Directory directory = (Directory) found.inode();
    if (directory.mounted() != null) {
      return Errno.EBUSY;
    }
    return directory.isEmpty() ? 0 : Errno.ENOTEMPTY;
  }

  private static int removalRefusal(FileContext ctx, Found found) {
    if (found.inode() instanceof SyntheticNode) {
      return Errno.EPERM;
    }
    if (Resolver.mayRemove(ctx.credentials(), found.parent(), found.inode())) {
      return 0;
    }
    int wanted = FileMode.MAY_WRITE | FileMode.MAY_EXECUTE;
    return Resolver.may(ctx.credentials(), found.parent(), wanted) ? Errno.EPERM : Errno.EACCES;
  }

  private static void remove(FileContext ctx, Directory parent, String name, Inode inode) {
    parent.remove(name);
    if (inode instanceof Directory directory) {
      directory.unlinkSelf();
    }
    ctx.node().tree().dropIfUnused(inode);
  }

  static Outcome renameat2(FileContext ctx, Call call) {
    int flags = call.integer(4);
    if ((flags & ~(RENAME_NO_REPLACE | RENAME_EXCHANGE)) != 0
        || flags == (RENAME_NO_REPLACE | RENAME_EXCHANGE)) {
      return Outcome.error(Errno.EINVAL);
    }
    Found from = Resolver.place(ctx, call.integer(0), call.path(1));
    if (from.failed() || from.inode() == null) {
      return Outcome.error(from.failed() ? from.errno() : Errno.ENOENT);
    }
    Found to = Resolver.place(ctx, call.integer(2), call.path(3));
    if (to.failed()) {
      return Outcome.error(to.errno());
    }
    if (from.parent() == null || to.parent() == null) {
      return Outcome.error(Errno.EBUSY);
    }
    int errno = renameRefusal(ctx, from, to, flags);
    if (errno != 0) {
      return Outcome.error(errno);
    }
    if (from.inode() == to.inode()) {
      return Outcome.done(0); // Two names of one file: nothing happens (rename(2)).
    }
    Directory source = (Directory) from.parent();
    Directory target = (Directory) to.parent();
    source.remove(from.name());
    if ((flags & RENAME_EXCHANGE) != 0) {
      target.remove(to.name());
      source.add(from.name(), to.inode());
    } else if (to.inode() != null) {
      remove(ctx, target, to.name(), to.inode());
    }
    target.add(to.name(), from.inode());
    return Outcome.done(0);
  }

  private static int renameRefusal(FileContext ctx, Found from, Found to, int flags) {
    boolean exchange = (flags & RENAME_EXCHANGE) != 0;
    if (!(from.parent() instanceof Directory source)
        || !(to.parent() instanceof Directory target)
        || source.mounted() != null
        || target.mounted() != null) {
      return Errno.EXDEV;
    }
    if (to.inode() == null && exchange) {
      return Errno.ENOENT;
    }
    if (to.inode() != null && (flags & RENAME_NO_REPLACE) != 0) {
      return Errno.EEXIST;
    }
    int errno = removalRefusal(ctx, from);
    if (errno == 0 && to.inode() != null && to.inode() != from.inode()) {
      errno = removalRefusal(ctx, to);
    } else if (errno == 0) {
      int wanted = FileMode.MAY_WRITE | FileMode.MAY_EXECUTE;
      errno = Resolver.may(ctx.credentials(), target, wanted) ? 0 : Errno.EACCES;
    }
    if (errno != 0) {
      return errno;
    }
    if (from.inode().isDirectory() && isWithin(target, from.inode())
        || exchange && to.inode().isDirectory() && isWithin(source, to.inode())) {
      return Errno.EINVAL;
    }
    boolean slash = from.wantsDirectory() || to.wantsDirectory();
    if (slash && !from.inode().isDirectory()) {
      return Errno.ENOTDIR;
    }
    return exchange || to.inode() == null ? 0 : replaceRefusal(from.inode(), to.inode());
  }

  private static int replaceRefusal(Inode from, Inode over) {
    if (from == over) {
      return 0;
    }
    if (!(over instanceof Directory directory)) {
      return from.isDirectory() ? Errno.ENOTDIR : 0;
    }
    if (!from.isDirectory()) {
      return Errno.EISDIR;
    }
    if (directory.mounted() != null) {
      return Errno.EBUSY;
    }
    return directory.isEmpty() ? 0 : Errno.ENOTEMPTY;
  }

  private static boolean isWithin(Directory directory, Inode above) {
    for (Directory at = directory; ; at = at.parent()) {
      if (at == above) {
        return true;
      }
      if (at == at.parent()) {
        return false;
      }
    }
  }

  static Outcome getdents(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    if (file == null) {
      return Outcome.error(Errno.EBADF);
    }
    byte[] into = new byte[call.capacity(1)];
    int length = file.list(into);
    if (length > 0) {
      call.out(1, java.util.Arrays.copyOf(into, length));
    }
    return Outcome.done(length);
  }

  static Outcome getcwd(FileContext ctx, Call call) {
    String path = ctx.directoryPath();
    if (path == null) {
      return Outcome.error(Errno.ENOENT);
    }
    byte[] bytes = (path + "\0").getBytes(StandardCharsets.ISO_8859_1);
    if (call.capacity(0) < bytes.length) {
      return Outcome.error(Errno.ERANGE);
    }
    call.out(0, bytes);
    return Outcome.done(bytes.length);
  }

  static Outcome chdir(FileContext ctx, Call call) {
    Found found = Resolver.existing(ctx, OpenFlags.AT_CWD, call.path(0), true);
    return found.failed() ? Outcome.error(found.errno()) : enter(ctx, found.inode());
  }

  static Outcome fchdir(FileContext ctx, Call call) {
    OpenFile file = ctx.descriptors().get(call.integer(0));
    if (file == null) {
      return Outcome.error(Errno.EBADF);
    }
    return file.inode() == null ? Outcome.error(Errno.ENOTDIR) : enter(ctx, file.inode());
  }

  private static Outcome enter(FileContext ctx, Inode inode) {
    if (!inode.isDirectory()) {
      return Outcome.error(Errno.ENOTDIR);
    }
    if (!Resolver.may(ctx.credentials(), inode, FileMode.MAY_EXECUTE)) {
      return Outcome.error(Errno.EACCES);
    }
    ctx.directory(inode);
    return Outcome.done(0);
  }
}
