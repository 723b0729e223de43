package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.state.Walk;

/**
 * An open directory. Its offset is the cookie of the entry last listed; a synthetic directory's
 * names are taken down at the start of a listing, so that it is consistent in itself.
 */
final class DirectoryFile extends InodeFile {
  /** Bytes of struct linux_dirent64 before the name. */
  private static final int HEADER = 19;

  private static final int FIRST = 2;

  private long cookie;
  private List<String> names = List.of();

  DirectoryFile(NodeFiles node, int flags, Inode directory) {
    super(node, flags, directory);
  }

  @Override
  Kind kind() {
    return Kind.DIRECTORY;
  }

  @Override
  int read(byte[] into, int from, int count) {
    return -Errno.EISDIR;
  }

  @Override
  int read(long at, byte[] into, int from, int count) {
    return -Errno.EISDIR;
  }

  /** Only to a place that getdents64 has named, or the start. */
  @Override
  long seek(long offset, int whence) {
    long target = whence == RegularOpenFile.SEEK_CUR ? cookie + offset : offset;
    if (whence > RegularOpenFile.SEEK_CUR || target < 0) {
      return -Errno.EINVAL;
    }
    cookie = target;
    return cookie;
  }

  @Override
  int list(byte[] into) {
    if (inode() instanceof Directory directory && directory.removed()) {
      return -Errno.ENOENT;
    }
    SyntheticDirectory synthetic = synthetic();
    if (synthetic != null && cookie == 0) {
      names = List.copyOf(synthetic.names());
    }
    ByteBuffer to = ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN);
    while (true) {
      Listed next = next(synthetic);
      if (next == null) {
        return to.position();
      }
      if (!put(to, next)) {
        return to.position() == 0 ? -Errno.EINVAL : to.position();
      }
      cookie = next.cookie;
    }
  }

  /** One line of a listing. */
  private record Listed(String name, long cookie, long inode, int type) {}

  private Listed next(SyntheticDirectory synthetic) {
    if (cookie == 0) {
      return new Listed(".", 1, inode().number, FileMode.DIRECTORY);
    }
    if (cookie == 1) {
      return new Listed("..", FIRST, inode().parent().number, FileMode.DIRECTORY);
    }
    if (synthetic == null) {
      Directory.Entry entry = inode() instanceof Directory own ? own.after(cookie) : null;
      return entry == null
          ? null
          : new Listed(entry.name(), entry.cookie(), entry.inode().number, entry.inode().type());
    }
    for (long at = cookie; at - FIRST < names.size(); at++) {
      String name = names.get((int) (at - FIRST));
      Inode entry = inode().lookup(name);
      if (entry != null) {
        return new Listed(name, at + 1, entry.number, entry.type());
      }
    }
    return null;
  }

  private SyntheticDirectory synthetic() {
    return switch (inode()) {
      case Directory directory -> directory.mounted();
      case SyntheticNode entry -> (SyntheticDirectory) entry.entry();
      default -> throw new IllegalStateException("open directory over " + inode().mode());
    };
  }

  /** struct linux_dirent64 (getdents(2)), padded to 8 bytes; d_type is st_mode's type shifted. */
  private static boolean put(ByteBuffer to, Listed entry) {
    byte[] name = entry.name.getBytes(StandardCharsets.ISO_8859_1);
    int length = HEADER + name.length + 1 + 7 & ~7;
    if (to.remaining() < length) {
      return false;
    }
    int start = to.position();
    to.putLong(entry.inode).putLong(entry.cookie).putShort((short) length);
    to.put((byte) (entry.type >> 12)).put(name);
    while (to.position() < start + length) {
      to.put((byte) 0);
    }
    return true;
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    cookie = walk.i64("cookie", cookie);
    int count = walk.count("names", names.size());
    List<String> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read.add(walk.text("name", walk.reading() ? "" : names.get(i)));
    }
    names = List.copyOf(read);
  }
}
