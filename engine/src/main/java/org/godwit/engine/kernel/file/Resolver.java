package org.godwit.engine.kernel.file;

import java.util.ArrayDeque;
import java.util.Deque;
import org.godwit.engine.kernel.call.Errno;

/**
 * Path resolution (path_resolution(7)): from a directory descriptor and a path to a place in the
 * tree, with search permission checked on the way. Holds no state.
 */
public final class Resolver {
  private static final int NAME_MAX = 255;
  private static final int PATH_MAX = 4096;

  /** Links followed before ELOOP. */
  private static final int LINKS_MAX = 40;

  private Resolver() {}

  /** As {@link #resolve}, but a free name is ENOENT. */
  static Found existing(FileContext ctx, int dirfd, String path, boolean follow) {
    Found found = resolve(ctx, dirfd, path, follow);
    return !found.failed() && found.inode() == null ? Found.failed(Errno.ENOENT) : found;
  }

  /**
   * As {@link #existing}; with AT_EMPTY_PATH among {@code atFlags} an empty path is {@code dirfd}.
   */
  static Found at(FileContext ctx, int dirfd, String path, int atFlags) {
    if (path != null && path.isEmpty() && (atFlags & OpenFlags.AT_EMPTY_PATH) != 0) {
      Found start = start(ctx, dirfd, false);
      boolean nameless = !start.failed() && start.inode() == null; // A socket, a console.
      return nameless ? Found.failed(Errno.ENOENT) : start;
    }
    return existing(ctx, dirfd, path, (atFlags & OpenFlags.AT_SYMLINK_NO_FOLLOW) == 0);
  }

  /**
   * A program that the caller may execute: for execve(2). EACCES if it is no regular file or may
   * not be executed.
   */
  public static Found executable(FileContext ctx, int dirfd, String path, int atFlags) {
    Found found = at(ctx, dirfd, path, atFlags);
    if (found.failed()) {
      return found;
    }
    boolean executable =
        found.inode() instanceof RegularFile
            && may(ctx.credentials(), found.inode(), FileMode.MAY_EXECUTE);
    return executable ? found : Found.failed(Errno.EACCES);
  }

  /**
   * Follows a path. The last name may be free; then {@link Found#inode} is null.
   *
   * @param follow whether a symbolic link at the end is followed
   */
  static Found resolve(FileContext ctx, int dirfd, String path, boolean follow) {
    return resolve(ctx, dirfd, path, follow ? Last.FOLLOW : Last.NO_FOLLOW);
  }

  private static Found resolve(FileContext ctx, int dirfd, String path, Last mode) {
    if (path == null) {
      return Found.failed(Errno.EFAULT);
    }
    if (path.isEmpty()) {
      return Found.failed(Errno.ENOENT);
    }
    if (path.length() >= PATH_MAX) {
      return Found.failed(Errno.ENAMETOOLONG);
    }
    Inode at = ctx.node().tree().root();
    if (path.charAt(0) != '/') {
      Found start = start(ctx, dirfd, true);
      if (start.failed()) {
        return start;
      }
      at = start.inode();
    }
    return walk(ctx, at, path, mode);
  }

  /**
   * The place of a name that is to be made, removed or moved: a link at the end is never followed,
   * not even before a slash, and what is there need not be a directory.
   */
  static Found place(FileContext ctx, int dirfd, String path) {
    return resolve(ctx, dirfd, path, Last.PLACE);
  }

  /** Where other nodes' files are, below the root. */
  static final String CLUSTER = "mfs";

  /**
   * Where a path leads that does not begin below /mfs, but gets there by a link or by dots.
   *
   * @param follow whether a symbolic link at the end is followed
   * @return the path below /mfs, or null if it stays among this node's files
   */
  public static String away(FileContext ctx, int dirfd, String path, boolean follow) {
    boolean may = ctx.node().tree().linksAway() || path.contains(CLUSTER);
    if (!may || path.isEmpty() || path.length() >= PATH_MAX) {
      return null;
    }
    Inode at = ctx.node().tree().root();
    if (path.charAt(0) != '/') {
      Found start = start(ctx, dirfd, true);
      if (start.failed()) {
        return null;
      }
      at = start.inode();
    }
    String[] away = new String[1];
    walk(ctx, at, path, follow ? Last.FOLLOW : Last.NO_FOLLOW, away);
    return away[0];
  }

  /** What happens at the last name. */
  private enum Last {
    FOLLOW,
    /** A link is followed only before a slash. */
    NO_FOLLOW,
    PLACE
  }

  /** What a dirfd stands for. */
  private static Found start(FileContext ctx, int dirfd, boolean needsDirectory) {
    if (dirfd == OpenFlags.AT_CWD) {
      if (ctx.isRemote()) {
        return Found.failed(Errno.EACCES); // What may be done there is done there.
      }
      return new Found(0, null, ".", ctx.directory(), false);
    }
    OpenFile file = ctx.descriptors().get(dirfd);
    if (file == null) {
      return Found.failed(Errno.EBADF);
    }
    if (needsDirectory && (file.inode() == null || !file.inode().isDirectory())) {
      return Found.failed(Errno.ENOTDIR);
    }
    return new Found(0, null, ".", file.inode(), false);
  }

  private static Found walk(FileContext ctx, Inode from, String path, Last mode) {
    return walk(ctx, from, path, mode, null);
  }

  /**
   * Follows a path.
   *
   * @param away gets the rest of the way when it leads below /mfs; null if nobody wants to know
   */
  private static Found walk(FileContext ctx, Inode from, String path, Last mode, String[] away) {
    Deque<String> names = new ArrayDeque<>();
    prepend(names, path);
    boolean wantsDirectory = path.endsWith("/");
    Inode at = from;
    String last = "/";
    int links = 0;
    while (!names.isEmpty()) {
      if (!at.isDirectory()) {
        return Found.failed(Errno.ENOTDIR);
      }
      if (!may(ctx.credentials(), at, FileMode.MAY_EXECUTE)) {
        return Found.failed(Errno.EACCES);
      }
      String name = names.removeFirst();
      if (name.equals(".") || name.equals("..")) {
        at = name.equals(".") ? at : at.parent();
        last = name;
        continue;
      }
      if (name.length() > NAME_MAX) {
        return Found.failed(Errno.ENAMETOOLONG);
      }
      if (away != null
          && name.equals(CLUSTER)
          && !names.isEmpty()
          && at == ctx.node().tree().root()) {
        away[0] = "/" + CLUSTER + "/" + String.join("/", names);
        return Found.failed(Errno.ENOENT);
      }
      Inode next = at.lookup(name);
      boolean atEnd = names.isEmpty();
      if (next == null) {
        boolean removed = at instanceof Directory directory && directory.removed();
        return atEnd && !removed
            ? new Found(0, at, name, null, wantsDirectory)
            : Found.failed(Errno.ENOENT);
      }
      boolean follow = mode == Last.FOLLOW || mode == Last.NO_FOLLOW && wantsDirectory;
      if (next.isLink() && (!atEnd || follow)) {
        String target = next.target(ctx.pid());
        if (++links > LINKS_MAX) {
          return Found.failed(Errno.ELOOP);
        }
        if (target == null || target.isEmpty()) {
          return Found.failed(Errno.ENOENT);
        }
        if (atEnd && next instanceof SyntheticNode magic && magic.descriptor(ctx.pid()) >= 0) {
          return new Found(0, at, name, next, wantsDirectory);
        }
        wantsDirectory |= atEnd && target.endsWith("/");
        prepend(names, target);
        at = target.charAt(0) == '/' ? ctx.node().tree().root() : at;
        last = "/";
        continue;
      }
      if (atEnd) {
        return wantsDirectory && !next.isDirectory() && mode != Last.PLACE
            ? Found.failed(Errno.ENOTDIR)
            : new Found(0, at, name, next, wantsDirectory);
      }
      at = next;
      last = name;
    }
    return new Found(0, null, last, at, wantsDirectory);
  }

  private static void prepend(Deque<String> names, String path) {
    int end = path.length();
    while (end > 0) {
      int start = path.lastIndexOf('/', end - 1);
      if (start + 1 < end) {
        names.addFirst(path.substring(start + 1, end));
      }
      end = start;
    }
  }

  /** Whether permission bits grant all of {@code wanted} (FileMode.MAY_…); inode(7). */
  static boolean may(Credentials who, Inode inode, int wanted) {
    if (who.privileged()) {
      // Root executes what anybody may execute, and searches every directory.
      boolean execute = (wanted & FileMode.MAY_EXECUTE) != 0;
      return !execute || inode.isDirectory() || (inode.permissions & 0111) != 0;
    }
    int shift = who.euid() == inode.uid ? 6 : who.in(inode.gid) ? 3 : 0;
    return (inode.permissions >> shift & wanted) == wanted;
  }

  /** Whether the caller may remove or rename {@code child} in {@code parent} (sticky bit). */
  static boolean mayRemove(Credentials who, Inode parent, Inode child) {
    if (!may(who, parent, FileMode.MAY_WRITE | FileMode.MAY_EXECUTE)) {
      return false;
    }
    boolean sticky = (parent.permissions & FileMode.STICKY) != 0;
    return !sticky || who.privileged() || who.euid() == child.uid || who.euid() == parent.uid;
  }
}
