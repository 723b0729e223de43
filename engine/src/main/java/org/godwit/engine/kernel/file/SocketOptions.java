package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.net.Address;
import org.godwit.engine.kernel.net.Socket;
import org.godwit.engine.kernel.net.StreamSocket;

/**
 * setsockopt(2), getsockopt(2). SO_REUSEADDR, SO_PASSCRED, SO_RCVTIMEO and SO_SNDTIMEO act;
 * SO_TYPE, SO_ERROR, SO_PEERCRED and their like tell; the rest of what is known here is remembered
 * and otherwise without effect, since buffers, keep-alives and segment sizes are the model's
 * (decisions 24 and 28).
 */
final class SocketOptions {
  private static final int SOL_SOCKET = 1;
  private static final int IPPROTO_IP = 0;
  private static final int IPPROTO_TCP = 6;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_TYPE = 3;
  private static final int SO_ERROR = 4;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_LINGER = 13;
  private static final int SO_PASSCRED = 16;
  private static final int SO_PEERCRED = 17;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDTIMEO = 21;
  private static final int SO_ACCEPTCONN = 30;
  private static final int SO_PROTOCOL = 38;
  private static final int SO_DOMAIN = 39;
  private static final int TIMEVAL = 16;
  private static final long SECOND = 1_000_000_000L;

  /** Those of the socket level that are either on or off. */
  private static final Set<Integer> SWITCHES = Set.of(1, SO_REUSEADDR, 5, 6, 9, 10, 15, 16, 29);

  /** Sizes of the options that are remembered, per level. */
  private static final SortedMap<Integer, SortedMap<Integer, Integer>> REMEMBERED = new TreeMap<>();

  static {
    // Debug, don't-route, broadcast, buffers, keep-alive, OOB in line, priority, linger, port
    // reuse.
    sizes(
        SOL_SOCKET,
        Integer.BYTES,
        1,
        SO_REUSEADDR,
        5,
        6,
        SO_SNDBUF,
        SO_RCVBUF,
        9,
        10,
        12,
        15,
        SO_PASSCRED);
    // Receive low-water mark, timestamps, mark, buffers by force.
    sizes(SOL_SOCKET, Integer.BYTES, 18, 29, 32, 33, 36);
    sizes(SOL_SOCKET, 8, SO_LINGER);
    sizes(SOL_SOCKET, TIMEVAL, SO_RCVTIMEO, SO_SNDTIMEO);
    // No-delay, segment size, cork, keep-alive times, linger, defer accept, quick ack, user
    // timeout.
    sizes(IPPROTO_TCP, Integer.BYTES, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 18, 23);
    // Type of service, time to live, path MTU, receive errors, free bind.
    sizes(IPPROTO_IP, Integer.BYTES, 1, 2, 10, 11, 15);
  }

  private SocketOptions() {}

  private static void sizes(int level, int bytes, int... names) {
    SortedMap<Integer, Integer> known = REMEMBERED.computeIfAbsent(level, key -> new TreeMap<>());
    for (int name : names) {
      known.put(name, bytes);
    }
  }

  static Outcome set(FileContext ctx, Call call) {
    SocketFile file = SocketCalls.file(ctx, call);
    if (file == null) {
      return SocketCalls.noSocket(ctx, call);
    }
    int level = call.integer(1);
    int name = call.integer(2);
    byte[] value = call.in(3);
    Integer size = REMEMBERED.getOrDefault(level, new TreeMap<>()).get(name);
    if (size == null || level == IPPROTO_TCP && !isTcp(file.socket())) {
      return Outcome.error(level == SOL_SOCKET ? Errno.ENOPROTOOPT : unknown(file.socket()));
    }
    if (value == null || value.length < size) {
      return Outcome.error(Errno.EINVAL);
    }
    byte[] kept = Arrays.copyOf(value, size);
    if (level == SOL_SOCKET && (name == SO_SNDBUF || name == SO_RCVBUF)) {
      kept = DescriptorCalls.bytes(2 * Math.clamp(DescriptorCalls.integer(kept), 2304, 212_992));
    }
    if (level == SOL_SOCKET && name == SO_REUSEADDR) {
      file.socket().reuse(DescriptorCalls.integer(kept) != 0);
    }
    if (level == SOL_SOCKET && name == SO_PASSCRED) {
      file.socket().tellsSenders(DescriptorCalls.integer(kept) != 0);
    }
    if (level == SOL_SOCKET && SWITCHES.contains(name)) {
      kept = DescriptorCalls.bytes(DescriptorCalls.integer(kept) != 0 ? 1 : 0);
    }
    file.socket().option(level, name, kept);
    return Outcome.done(0);
  }

  static Outcome get(FileContext ctx, Call call) {
    SocketFile file = SocketCalls.file(ctx, call);
    if (file == null) {
      return SocketCalls.noSocket(ctx, call);
    }
    int level = call.integer(1);
    int name = call.integer(2);
    byte[] value = told(file.socket(), level, name);
    if (value == null) {
      Integer size = REMEMBERED.getOrDefault(level, new TreeMap<>()).get(name);
      if (size == null || level == IPPROTO_TCP && !isTcp(file.socket())) {
        return Outcome.error(level == SOL_SOCKET ? Errno.ENOPROTOOPT : unknown(file.socket()));
      }
      byte[] set = file.socket().option(level, name);
      value = set == null ? initial(level, name, size) : set;
    }
    call.out(3, Arrays.copyOf(value, Math.min(value.length, call.capacity(3))));
    return Outcome.done(0);
  }

  private static byte[] told(Socket socket, int level, int name) {
    if (level != SOL_SOCKET) {
      return null;
    }
    boolean listens =
        socket instanceof StreamSocket stream && stream.state() == StreamSocket.State.LISTENING;
    boolean internet = socket.family() == Address.INTERNET;
    return switch (name) {
      case SO_TYPE -> DescriptorCalls.bytes(socket.isStream() ? 1 : 2);
      case SO_ERROR -> DescriptorCalls.bytes(socket.takeError());
      case SO_ACCEPTCONN -> DescriptorCalls.bytes(listens ? 1 : 0);
      case SO_PROTOCOL ->
          DescriptorCalls.bytes(!internet ? 0 : socket.isStream() ? IPPROTO_TCP : 17);
      case SO_PASSCRED -> DescriptorCalls.bytes(socket.tellsSenders() ? 1 : 0);
      case SO_PEERCRED -> socket.peerOwner().bytes();
      case SO_DOMAIN -> DescriptorCalls.bytes(socket.family());
      default -> null;
    };
  }

  private static byte[] initial(int level, int name, int size) {
    boolean buffer = level == SOL_SOCKET && (name == SO_SNDBUF || name == SO_RCVBUF);
    return buffer ? DescriptorCalls.bytes(212_992) : new byte[size];
  }

  private static boolean isTcp(Socket socket) {
    return socket.isStream() && socket.family() == Address.INTERNET;
  }

  /** AF_UNIX has no other levels. */
  private static int unknown(Socket socket) {
    return socket.family() == Address.LOCAL ? Errno.EOPNOTSUPP : Errno.ENOPROTOOPT;
  }

  /**
   * Waits on {@code channel} until SO_RCVTIMEO or SO_SNDTIMEO have passed since the call began,
   * which is EAGAIN (EINPROGRESS for connect; socket(7)), or what was moved by then.
   */
  static Outcome wait(
      FileContext ctx, Call call, Socket socket, WaitChannel channel, boolean receiving) {
    byte[] limit = socket.option(SOL_SOCKET, receiving ? SO_RCVTIMEO : SO_SNDTIMEO);
    if (limit == null) {
      return Outcome.waitFor(channel);
    }
    ByteBuffer time = ByteBuffer.wrap(limit).order(ByteOrder.LITTLE_ENDIAN);
    long seconds = Math.clamp(time.getLong(), 0, Integer.MAX_VALUE);
    long span = seconds * SECOND + time.getLong() * 1000;
    if (span <= 0) {
      return Outcome.waitFor(channel);
    }
    long deadline = call.startedNanos + span;
    if (ctx.node().nanos() < deadline) {
      return new Outcome.Wait(List.of(channel), deadline);
    }
    if (call.progress > 0) {
      return Outcome.done(call.progress);
    }
    return Outcome.error(call.progress < 0 ? Errno.EINPROGRESS : Errno.EAGAIN);
  }
}
