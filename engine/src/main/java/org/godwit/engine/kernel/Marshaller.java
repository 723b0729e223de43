package org.godwit.engine.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.memory.AddressSpace;

/**
 * Copies the buffers of a call in before it is made and its results out after it: the one place
 * where calls of the home class meet guest memory (decision 11). Throws what {@link AddressSpace}
 * throws.
 */
final class Marshaller {
  /** Longest path with its NUL (PATH_MAX). */
  static final int PATH_MAX = 4096;

  /**
   * Most bytes that one call moves at once; more is a short count, as read(2) and write(2) allow.
   */
  static final int MOST = 1 << 20;

  /** Most elements of an iovec (IOV_MAX). */
  static final int IOV_MAX = 1024;

  private static final int IOVEC = 16;

  /** Most bytes of ancillary data (optmem_max). */
  private static final int MOST_CONTROL = 20_480;

  /** A flag of recvmsg(2) that also shows in the message's flags. */
  private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

  private Marshaller() {}

  /**
   * Fills the call's buffers from guest memory and checks the ranges of its results.
   *
   * @return 0, or a positive errno
   */
  static int in(Syscall row, Call call, AddressSpace memory) {
    List<Arg> kinds = row.arguments(call);
    for (int i = 0; i < kinds.size(); i++) {
      long at = call.scalar(i);
      int errno =
          switch (kinds.get(i)) {
            case Arg.Scalar a -> 0;
            case Arg.Path a -> path(call, i, memory);
            case Arg.In a -> {
              if (at != 0) {
                call.in(i, read(memory, at, length(call, a.lengthIndex(), a.unit())));
              }
              yield 0;
            }
            case Arg.Out a -> {
              if (at != 0) {
                room(call, i, memory, length(call, a.lengthIndex(), a.unit()));
              }
              yield 0;
            }
            case Arg.InOut a -> {
              if (at != 0) {
                int length = length(call, a.lengthIndex(), a.unit());
                room(call, i, memory, length);
                call.in(i, read(memory, at, length));
              }
              yield 0;
            }
            case Arg.Gather a -> gather(call, i, memory, at, call.scalar(a.countIndex()));
            case Arg.Scatter a -> scatter(call, i, memory, at, call.scalar(a.countIndex()));
            case Arg.FdSet a -> {
              if (at != 0) {
                int length = (call.integer(a.bitsIndex()) + 63) / 64 * 8;
                if (length < 0 || length > 128) {
                  yield Errno.EINVAL;
                }
                room(call, i, memory, length);
                call.in(i, read(memory, at, length));
              }
              yield 0;
            }
            case Arg.AddressOut a -> {
              if (at != 0) {
                int length = memory.load32(call.scalar(a.lengthPointerIndex()));
                if (length < 0) {
                  yield Errno.EINVAL;
                }
                room(call, i, memory, Math.min(length, 128));
              }
              yield 0;
            }
            case Arg.MessageIn a -> messageIn(call, i, memory, at);
            case Arg.MessageOut a -> messageOut(call, i, memory, at);
          };
      if (errno != 0) {
        return errno;
      }
    }
    return 0;
  }

  /** Copies the call's results to guest memory. */
  static void out(Syscall row, Call call, AddressSpace memory) {
    List<Arg> kinds = row.arguments(call);
    for (int i = 0; i < kinds.size(); i++) {
      byte[] result = call.out(i);
      if (result == null) {
        continue;
      }
      long at = call.scalar(i);
      switch (kinds.get(i)) {
        case Arg.Scatter a -> spread(memory, at, call.scalar(a.countIndex()), result);
        case Arg.AddressOut a -> {
          memory.copyOut(at, result, 0, Math.min(result.length, call.capacity(i)));
          memory.store32(call.scalar(a.lengthPointerIndex()), result.length);
        }
        case Arg.MessageOut a -> messageResult(memory, at, result, call.integer(2));
        default -> memory.copyOut(at, result, 0, Math.min(result.length, call.capacity(i)));
      }
    }
  }

  private static int length(Call call, int lengthIndex, int unit) {
    if (lengthIndex < 0) {
      return unit;
    }
    long count = call.scalar(lengthIndex);
    if (count < 0) {
      return 0;
    }
    return (int) Math.min(count, MOST / unit) * unit;
  }

  private static byte[] read(AddressSpace memory, long at, int length) {
    memory.check(at, length, false);
    byte[] bytes = new byte[length];
    memory.copyIn(at, bytes, 0, length);
    return bytes;
  }

  private static void room(Call call, int index, AddressSpace memory, int length) {
    memory.check(call.scalar(index), length, true);
    call.capacity(index, length);
  }

  private static int path(Call call, int index, AddressSpace memory) {
    if (call.isNull(index)) {
      return 0;
    }
    byte[] bytes = memory.readCString(call.scalar(index), PATH_MAX);
    call.in(index, bytes);
    return bytes == null ? Errno.ENAMETOOLONG : 0;
  }

  private static int gather(Call call, int index, AddressSpace memory, long vector, long count) {
    if (count < 0 || count > IOV_MAX || hasNegative(memory, vector, count)) {
      return Errno.EINVAL;
    }
    byte[] all = new byte[(int) Math.min(total(memory, vector, count), MOST)];
    int done = 0;
    for (int k = 0; k < count && done < all.length; k++) {
      long base = memory.load64(vector + (long) k * IOVEC);
      int length = (int) Math.min(memory.load64(vector + k * 16L + 8), all.length - done);
      memory.copyIn(base, all, done, length);
      done += length;
    }
    call.in(index, all);
    return 0;
  }

  private static int scatter(Call call, int index, AddressSpace memory, long vector, long count) {
    if (count < 0 || count > IOV_MAX || hasNegative(memory, vector, count)) {
      return Errno.EINVAL;
    }
    int room = (int) Math.min(total(memory, vector, count), MOST);
    int checked = 0;
    for (int k = 0; k < count && checked < room; k++) {
      long length = Math.min(memory.load64(vector + k * 16L + 8), room - checked);
      memory.check(memory.load64(vector + (long) k * IOVEC), length, true);
      checked += (int) length;
    }
    call.capacity(index, room);
    return 0;
  }

  /** Whether a part of a vector is longer than any can be (readv(2), EINVAL). */
  private static boolean hasNegative(AddressSpace memory, long vector, long count) {
    for (int k = 0; k < count; k++) {
      if (memory.load64(vector + (long) k * IOVEC + 8) < 0) {
        return true;
      }
    }
    return false;
  }

  private static long total(AddressSpace memory, long vector, long count) {
    long sum = 0;
    for (int k = 0; k < count && sum < MOST; k++) {
      sum += Math.clamp(memory.load64(vector + (long) k * IOVEC + 8), 0, MOST);
    }
    return sum;
  }

  private static void spread(AddressSpace memory, long vector, long count, byte[] result) {
    int done = 0;
    for (int k = 0; k < count && done < result.length; k++) {
      long base = memory.load64(vector + (long) k * IOVEC);
      int length = Math.clamp(memory.load64(vector + k * 16L + 8), 0, result.length - done);
      memory.copyOut(base, result, done, length);
      done += length;
    }
  }

  /**
   * struct msghdr (recvmsg(2)): name, namelen, iov, iovlen, control, controllen, flags at 0, 8, 16,
   * 24, 32, 40, 48. The buffer that the handler sees is: length of the name (1 byte), flags (1),
   * length of the ancillary data (2), name, ancillary data, data.
   */
  private static int messageIn(Call call, int index, AddressSpace memory, long header) {
    int nameLength = memory.load64(header) == 0 ? 0 : Math.clamp(memory.load32(header + 8), 0, 128);
    long count = memory.load64(header + 24);
    if (count < 0 || count > IOV_MAX) {
      return Errno.EMSGSIZE;
    }
    long control = memory.load64(header + 32) == 0 ? 0 : memory.load64(header + 40);
    if (control < 0 || control > MOST_CONTROL) {
      return Errno.ENOBUFS;
    }
    long vector = memory.load64(header + 16);
    if (hasNegative(memory, vector, count)) {
      return Errno.EINVAL;
    }
    int length = (int) Math.min(total(memory, vector, count), MOST);
    int done = 4 + nameLength + (int) control;
    byte[] all = new byte[done + length];
    all[0] = (byte) nameLength;
    all[2] = (byte) control;
    all[3] = (byte) (control >> 8);
    memory.copyIn(memory.load64(header), all, 4, nameLength);
    memory.copyIn(memory.load64(header + 32), all, 4 + nameLength, (int) control);
    for (int k = 0; k < count && done < all.length; k++) {
      int part = (int) Math.min(memory.load64(vector + k * 16L + 8), all.length - done);
      memory.copyIn(memory.load64(vector + k * 16L), all, done, part);
      done += part;
    }
    call.in(index, all);
    return 0;
  }

  private static int messageOut(Call call, int index, AddressSpace memory, long header) {
    long count = memory.load64(header + 24);
    if (count < 0 || count > IOV_MAX) {
      return Errno.EMSGSIZE;
    }
    memory.check(header, 56, true);
    long control = memory.load64(header + 32) == 0 ? 0 : memory.load64(header + 40);
    call.in(index, Words.int32(Math.clamp(control, 0, MOST_CONTROL)));
    return scatter(call, index, memory, memory.load64(header + 16), count);
  }

  private static void messageResult(AddressSpace memory, long header, byte[] result, int flags) {
    int nameLength = result[0] & 0xff;
    long name = memory.load64(header);
    if (name != 0) {
      int room = Math.max(0, memory.load32(header + 8));
      memory.copyOut(name, result, 4, Math.min(nameLength, room));
      memory.store32(header + 8, nameLength);
    }
    int control = result[2] & 0xff | (result[3] & 0xff) << 8;
    int start = 4 + nameLength + control;
    byte[] data = java.util.Arrays.copyOfRange(result, start, result.length);
    spread(memory, memory.load64(header + 16), memory.load64(header + 24), data);
    memory.copyOut(memory.load64(header + 32), result, 4 + nameLength, control);
    memory.store64(header + 40, control);
    memory.store32(header + 48, result[1] & 0xff | flags & MSG_CMSG_CLOEXEC);
  }

  /**
   * The strings of a null-terminated pointer array, as for execve(2); null if there are too many.
   */
  static List<String> strings(AddressSpace memory, long array) {
    List<String> strings = new ArrayList<>();
    if (array == 0) {
      return strings;
    }
    int total = 0;
    for (long at = array; memory.load64(at) != 0; at += 8) {
      byte[] bytes = memory.readCString(memory.load64(at), 128 << 10);
      if (bytes == null || (total += bytes.length + 1) > 1 << 20) {
        return null;
      }
      strings.add(new String(bytes, ISO_8859_1));
    }
    return strings;
  }
}
