package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.net.Sender;

/**
 * What travels with a message besides data (unix(7)): open files (SCM_RIGHTS), held on the way and
 * known by their numbers, and who sent it (SCM_CREDENTIALS). Left out: that a socket which asks for
 * senders gets a name of its own when it connects; a socket that travels in itself is never found
 * to be garbage, as Linux finds it; it counts as an open file until the session ends.
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

  /** Most bytes of ancillary data that are written before they are cut to what the receiver has. */
  private static final int MOST_BYTES = 2 * HEADER + 32 + MOST * Integer.BYTES;

  private PassedFiles() {}

  /** Numbers of open files, and who the sender says he is or null; or a positive errno. */
  record Parsed(long[] files, Sender sender, int errno) {
    /** No ancillary data. */
    static final Parsed NOTHING = new Parsed(new long[0], null, 0);

    static Parsed failed(int errno) {
      return new Parsed(new long[0], null, errno);
    }
  }

  /** Reads the ancillary data of sendmsg(2). */
  static Parsed parse(FileContext ctx, byte[] control) {
    ByteBuffer from = ByteBuffer.wrap(control).order(ByteOrder.LITTLE_ENDIAN);
    long[] files = new long[0];
    Sender sender = null;
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
        if (type == SCM_CREDENTIALS) {
          if (length != HEADER + Sender.BYTES) {
            return Parsed.failed(Errno.EINVAL);
          }
          sender = Sender.of(from, at + HEADER);
          int errno = refused(ctx, sender);
          if (errno != 0) {
            return Parsed.failed(errno);
          }
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
    return new Parsed(files, sender, 0);
  }

  /** Whether a process may say that it is that: root may be anybody who lives (unix(7)). */
  private static int refused(FileContext ctx, Sender said) {
    Credentials who = ctx.credentials();
    boolean user = said.uid() == who.uid() || said.uid() == who.euid() || said.uid() == who.suid();
    boolean group = said.gid() == who.gid() || said.gid() == who.egid() || said.gid() == who.sgid();
    if (!who.privileged() && !(said.pid() == ctx.pid() && user && group)) {
      return Errno.EPERM;
    }
    boolean lives = said.pid() == ctx.pid() || ctx.node().terminals().jobs().group(said.pid()) != 0;
    return lives ? 0 : Errno.ESRCH;
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
   * Tells the receiver of a message who sent it, if he wants to know, and gives him descriptors for
   * the files, as far as there is room in his table and in his buffer; lets go of the others.
   *
   * @param sender null if he does not want to know
   */
  static void install(FileContext ctx, Call call, Sender sender, long[] files, int flags) {
    if (sender == null && files.length == 0) {
      return;
    }
    int room = ByteBuffer.wrap(call.in(1)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    ByteBuffer control = ByteBuffer.allocate(room + MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    boolean cut = false;
    if (sender != null) {
      int length = HEADER + Sender.BYTES;
      cut = room < length;
      if (room >= HEADER) {
        control.putLong(Math.min(length, room)).putInt(SOL_SOCKET).putInt(SCM_CREDENTIALS);
        control.put(sender.bytes());
        control.position(Math.min(padded(length), room));
      }
    }
    int start = control.position();
    int most = Math.min(files.length, Math.max(0, room - start - HEADER) / Integer.BYTES);
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
    int length = given == 0 ? 0 : control.position() - start;
    control.putLong(start, length);
    int whole = Math.min(room, start + padded(length));
    add(call, Arrays.copyOf(control.array(), whole), cut || given < files.length);
  }

  private static int padded(int length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
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
