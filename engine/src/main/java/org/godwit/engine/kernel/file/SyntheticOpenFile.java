package org.godwit.engine.kernel.file;

import java.util.Arrays;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.proc.SyntheticFile;
import org.godwit.engine.state.Walk;

/**
 * An open synthetic file. Content is made at the first read, and again when reading restarts at 0,
 * so that one listing is consistent; a write acts at once, whatever the offset.
 */
final class SyntheticOpenFile extends OpenFile {
  private String path;
  private SyntheticFile file;
  private byte[] content = new byte[0];
  private long offset;

  /** Who opened it: some files are about whoever asks. */
  private int opener;

  SyntheticOpenFile(NodeFiles node, int flags, String path, SyntheticFile file, int opener) {
    super(node, flags);
    this.path = path;
    this.file = file;
    this.opener = opener;
  }

  @Override
  Kind kind() {
    return Kind.SYNTHETIC;
  }

  @Override
  int read(byte[] into, int from, int count) {
    int read = read(offset, into, from, count);
    offset += Math.max(0, read);
    return read;
  }

  @Override
  int read(long at, byte[] into, int from, int count) {
    if (file == null) {
      return -Errno.ESRCH;
    }
    if (at == 0) {
      content = file.read(opener);
    }
    int moved = Math.clamp(content.length - at, 0, count);
    System.arraycopy(content, (int) Math.min(at, content.length), into, from, moved);
    return moved;
  }

  @Override
  int write(FileContext by, byte[] data, int from, int count) {
    int written = write(by, offset, data, from, count);
    offset += Math.max(0, written);
    return written;
  }

  @Override
  int write(FileContext by, long at, byte[] data, int from, int count) {
    if (file == null) {
      return -Errno.ESRCH;
    }
    int errno = file.write(Arrays.copyOfRange(data, from, from + count), opener);
    return errno == 0 ? count : -errno;
  }

  @Override
  long seek(long distance, int whence) {
    long target =
        switch (whence) {
          case RegularOpenFile.SEEK_SET -> distance;
          case RegularOpenFile.SEEK_CUR -> offset + distance;
          default -> -1;
        };
    if (target < 0) {
      return -Errno.EINVAL;
    }
    offset = target;
    return offset;
  }

  @Override
  String name() {
    return path;
  }

  @Override
  FileStatus status() {
    long now = node.calendarNanos();
    int mode = FileMode.REGULAR | (file == null ? 0 : file.mode());
    int uid = file == null ? 0 : file.uid();
    int gid = file == null ? 0 : file.gid();
    return new FileStatus(
        FileStatus.SYNTHETIC_DEVICE,
        SyntheticNode.number(path),
        mode,
        1,
        uid,
        gid,
        0,
        0,
        0,
        now,
        now,
        now);
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    path = walk.text("path", path);
    content = walk.bytes("content", content);
    offset = walk.i64("offset", offset);
    opener = walk.i32("opener", opener);
    if (walk.reading()) {
      // What is gone by now, such as the directory of an ended process, answers ESRCH.
      Inode found = node.tree().findGuest(path);
      file =
          found instanceof SyntheticNode entry && entry.entry() instanceof SyntheticFile still
              ? still
              : null;
    }
  }
}
