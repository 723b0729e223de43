package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;

/**
 * Open files that travel with a message: SCM_RIGHTS of unix(7). On the way they are held, known by
 * their numbers. Left out: a socket that travels in itself is never found to be garbage, as Linux
 * finds it; it counts as an open file until the session ends.
 */
final class PassedFiles {
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int SCM_CREDENTIALS = 2;
  private static final int MSG_CTRUNC = 0x8;
  private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

  /** struct cmsghdr: length (8 bytes), level, type. */
  private static final int HEADER = 16;

  private static final int ALIGNMENT = 8;

  /** Most files of one message (SCM_MAX_FD). */
  private static final int MOST = 253;

  private PassedFiles() {}

  /** Numbers of open files, or a positive errno. */
  record Parsed(long[] files, int errno) {
    static Parsed failed(int errno) {
      return new Parsed(new long[0], errno);
    }
  }

  /** Reads the ancillary data of sendmsg(2). */
  static Parsed parse(FileContext ctx, byte[] control) {
    ByteBuffer from = ByteBuffer.wrap(control).order(ByteOrder.LITTLE_ENDIAN);
    long[] files = new long[0];
    int at = 0;
    while (at + HEADER <= control.length) {
      long length = from.getLong(at);
      if (length < HEADER || length > control.length - at) {
        return Parsed.failed(Errno.EINVAL);
      }
      if (from.getInt(at + 8) == SOL_SOCKET) {
        int type = from.getInt(at + 12);
        if (type != SCM_RIGHTS && type != SCM_CREDENTIALS) {
          return Parsed.failed(Errno.EINVAL);
        }
        int count = type == SCM_RIGHTS ? (int) (length - HEADER) / Integer.BYTES : 0;
        if (files.length + count > MOST) {
          return Parsed.failed(Errno.EINVAL);
        }
        for (int i = 0; i < count; i++) {
          OpenFile file = ctx.file(from.getInt(at + HEADER + i * Integer.BYTES));
          if (file == null) {
            return Parsed.failed(Errno.EBADF);
          }
          files = Arrays.copyOf(files, files.length + 1);
          files[files.length - 1] = file.id();
        }
      }
      at += (int) (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    return new Parsed(files, 0);
  }

  /** They are on their way from now on. */
  static void hold(NodeFiles node, long[] files) {
    for (long each : files) {
      node.openFile((int) each).retain();
    }
  }

  /** Nobody takes them. */
  static void letGo(NodeFiles node, long[] files) {
    for (long each : files) {
      node.openFile((int) each).release();
    }
  }

  /**
   * Gives the receiver descriptors for them, as far as there is room in his table and in his
   * buffer, and lets go of the others. The call's result is a message, or else data alone.
   */
  static void install(FileContext ctx, Call call, boolean message, long[] files, int flags) {
    if (!message || files.length == 0) {
      letGo(ctx.node(), files);
      return;
    }
    int room = ByteBuffer.wrap(call.in(1)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int most = Math.min(files.length, Math.max(0, room - HEADER) / Integer.BYTES);
    ByteBuffer control =
        ByteBuffer.allocate(HEADER + most * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    control.putLong(0).putInt(SOL_SOCKET).putInt(SCM_RIGHTS);
    int given = 0;
    while (given < most) {
      OpenFile file = ctx.node().openFile((int) files[given]);
      int fd = ctx.descriptors().add(file, 0, (flags & MSG_CMSG_CLOEXEC) != 0);
      if (fd < 0) {
        break;
      }
      control.putInt(fd);
      given++;
    }
    letGo(ctx.node(), files);
    int length = given == 0 ? 0 : control.position();
    control.putLong(0, length);
    int padded = Math.min(room, (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    add(call, Arrays.copyOf(control.array(), padded), given < files.length);
  }

  /** Puts ancillary data between name and data of the call's result. */
  private static void add(Call call, byte[] control, boolean cut) {
    byte[] before = call.out(1);
    byte[] all = new byte[before.length + control.length];
    int start = 4 + (before[0] & 0xff);
    System.arraycopy(before, 0, all, 0, start);
    System.arraycopy(control, 0, all, start, control.length);
    System.arraycopy(before, start, all, start + control.length, before.length - start);
    all[1] |= (byte) (cut ? MSG_CTRUNC : 0);
    all[2] = (byte) control.length;
    all[3] = (byte) (control.length >> 8);
    call.out(1, all);
  }
}
