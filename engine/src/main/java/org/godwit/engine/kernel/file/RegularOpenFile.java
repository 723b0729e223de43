package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.state.Walk;

/** An open regular file: an offset over its inode's content. */
final class RegularOpenFile extends InodeFile {
  static final int SEEK_SET = 0;
  static final int SEEK_CUR = 1;
  static final int SEEK_END = 2;
  static final int SEEK_DATA = 3;
  static final int SEEK_HOLE = 4;

  private long offset;

  RegularOpenFile(NodeFiles node, int flags, RegularFile file) {
    super(node, flags, file);
  }

  private RegularFile file() {
    return (RegularFile) inode();
  }

  @Override
  Kind kind() {
    return Kind.REGULAR;
  }

  @Override
  int read(byte[] into, int from, int count) {
    int read = read(offset, into, from, count);
    offset += Math.max(0, read);
    return read;
  }

  @Override
  int write(FileContext by, byte[] data, int from, int count) {
    long at = (flags & OpenFlags.APPEND) == 0 ? offset : file().size();
    int written = within(by, at, data, from, count);
    if (written > 0) {
      offset = at + written;
    }
    return written;
  }

  @Override
  int read(long at, byte[] into, int from, int count) {
    if ((flags & OpenFlags.NO_ACCESS_TIME) == 0) {
      file().accessedNanos = node.calendarNanos();
    }
    return file().read(at, into, from, count);
  }

  /** With O_APPEND the offset is ignored, as Linux does (pwrite(2), BUGS). */
  @Override
  int write(FileContext by, long at, byte[] data, int from, int count) {
    long place = (flags & OpenFlags.APPEND) == 0 ? at : file().size();
    return within(by, place, data, from, count);
  }

  /** Writes no further than RLIMIT_FSIZE allows (setrlimit(2)). */
  private int within(FileContext by, long at, byte[] data, int from, int count) {
    if (count > 0 && at >= by.fileLimit()) {
      return -Errno.EFBIG;
    }
    return file().write(at, data, from, (int) Math.min(count, by.fileLimit() - at));
  }

  /** Holes are not told apart from data: the file is all data up to its end (lseek(2)). */
  @Override
  long seek(long distance, int whence) {
    long size = file().size();
    if ((whence == SEEK_DATA || whence == SEEK_HOLE) && (distance < 0 || distance >= size)) {
      return -Errno.ENXIO;
    }
    long base =
        switch (whence) {
          case SEEK_SET, SEEK_DATA -> 0;
          case SEEK_CUR -> offset;
          case SEEK_END -> size;
          case SEEK_HOLE -> size - distance;
          default -> Long.MIN_VALUE;
        };
    if (base == Long.MIN_VALUE) {
      return -Errno.EINVAL;
    }
    if (distance > 0 && base > Long.MAX_VALUE - distance) {
      return -Errno.EOVERFLOW;
    }
    if (base + distance < 0) {
      return -Errno.EINVAL;
    }
    offset = base + distance;
    return offset;
  }

  @Override
  int resize(FileContext by, long size) {
    if (canWrite() && size > by.fileLimit()) {
      return Errno.EFBIG;
    }
    return canWrite() ? file().resize(size) : Errno.EINVAL;
  }

  @Override
  int available() {
    return Math.clamp(file().size() - offset, 0, Integer.MAX_VALUE);
  }

  @Override
  public PageStore mapping(boolean sharedWrites) {
    return sharedWrites ? file().writable() : file().content();
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    offset = walk.i64("offset", offset);
  }
}
