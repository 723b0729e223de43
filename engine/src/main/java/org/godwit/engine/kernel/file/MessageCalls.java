package org.godwit.engine.kernel.file;

import java.util.Arrays;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.net.Address;
import org.godwit.engine.kernel.net.DatagramSocket;
import org.godwit.engine.kernel.net.Sender;
import org.godwit.engine.kernel.net.Socket;
import org.godwit.engine.kernel.net.StreamSocket;

/**
 * Data over sockets: sendto(2), sendmsg(2), recvfrom(2), recvmsg(2). A message arrives and leaves
 * as one buffer: length of the name, flags (MSG_TRUNC), length of the ancillary data, name,
 * ancillary data, data. What a stream has moved before it waits stands in {@code progress}, and for
 * MSG_WAITALL in the call's result.
 *
 * <p>Left out: MSG_OOB, MSG_MORE (sent at once), files with MSG_PEEK.
 */
final class MessageCalls {
  private static final int MSG_OOB = 0x1;
  private static final int MSG_PEEK = 0x2;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_WAITALL = 0x100;
  private static final int MSG_ERRQUEUE = 0x2000;
  private static final int HEADER = 4;
  private static final long[] NO_FILES = {};

  private MessageCalls() {}

  static Outcome sendto(FileContext ctx, Call call) {
    byte[] data = call.in(1) == null ? new byte[0] : call.in(1);
    return send(ctx, call, data, call.in(4), call.integer(3), PassedFiles.Parsed.NOTHING);
  }

  static Outcome sendmsg(FileContext ctx, Call call) {
    byte[] message = call.in(1);
    int control = HEADER + (message[0] & 0xff);
    byte[] name = control == HEADER ? null : Arrays.copyOfRange(message, HEADER, control);
    int data = control + (message[2] & 0xff | (message[3] & 0xff) << 8);
    byte[] bytes = Arrays.copyOfRange(message, data, message.length);
    PassedFiles.Parsed passed = PassedFiles.parse(ctx, Arrays.copyOfRange(message, control, data));
    return passed.errno() != 0
        ? Outcome.error(passed.errno())
        : send(ctx, call, bytes, name, call.integer(2), passed);
  }

  private static Outcome send(
      FileContext ctx, Call call, byte[] data, byte[] name, int flags, PassedFiles.Parsed passed) {
    SocketFile file = SocketCalls.file(ctx, call);
    if (file == null) {
      return SocketCalls.noSocket(ctx, call);
    }
    if ((flags & MSG_OOB) != 0) {
      return Outcome.error(Errno.EOPNOTSUPP);
    }
    boolean waits = !file.nonBlocking() && (flags & MSG_DONTWAIT) == 0;
    return switch (file.socket()) {
      case StreamSocket stream -> sendStream(ctx, call, stream, data, name, waits, passed);
      case DatagramSocket datagrams ->
          sendDatagram(ctx, call, datagrams, data, name, waits, passed);
    };
  }

  private static Outcome sendStream(
      FileContext ctx,
      Call call,
      StreamSocket stream,
      byte[] data,
      byte[] name,
      boolean waits,
      PassedFiles.Parsed passed) {
    boolean connected = stream.state() == StreamSocket.State.CONNECTED;
    if (name != null && stream.family() == Address.LOCAL) {
      return Outcome.error(connected ? Errno.EISCONN : Errno.EOPNOTSUPP);
    }
    boolean told = stream.family() == Address.LOCAL && passed.sender() != null;
    while (true) {
      int done = (int) call.progress;
      long[] along = done == 0 && stream.family() == Address.LOCAL ? passed.files() : NO_FILES;
      Sender sender = told ? passed.sender() : stream.carriesSenders() ? ctx.asSender() : null;
      PassedFiles.hold(ctx.node(), along);
      int sent = stream.send(data, done, data.length - done, along, sender);
      if (sent <= 0) {
        PassedFiles.letGo(ctx.node(), along);
      }
      if (sent == -Errno.EAGAIN && waits) {
        return SocketOptions.wait(ctx, call, stream, stream.writable(), false);
      }
      if (sent < 0) {
        return Outcome.done(done > 0 ? done : sent);
      }
      call.progress += sent;
      if (call.progress == data.length) {
        return Outcome.done(call.progress);
      }
    }
  }

  private static Outcome sendDatagram(
      FileContext ctx,
      Call call,
      DatagramSocket socket,
      byte[] data,
      byte[] name,
      boolean waits,
      PassedFiles.Parsed passed) {
    Address to = null;
    int target = 0;
    if (name != null) {
      if (Address.familyOf(name) != socket.family()) {
        return Outcome.error(name.length < 2 ? Errno.EINVAL : Errno.EAFNOSUPPORT);
      }
      to = Address.of(name, socket.family());
      if (to == null || to instanceof Address.Internet internet && internet.port() == 0) {
        return Outcome.error(Errno.EINVAL);
      }
      target = to instanceof Address.Local local ? SocketCalls.find(ctx, local, socket) : 0;
      if (target < 0) {
        return Outcome.done(target);
      }
    }
    boolean local = socket.family() == Address.LOCAL;
    long[] along = local ? passed.files() : NO_FILES;
    boolean told = local && passed.sender() != null;
    Sender sender = told ? passed.sender() : socket.carriesSenders(target) ? ctx.asSender() : null;
    PassedFiles.hold(ctx.node(), along);
    int sent = socket.send(data, to, target, along, sender);
    if (sent < 0) {
      PassedFiles.letGo(ctx.node(), along);
    }
    return sent == -Errno.EAGAIN && waits
        ? SocketOptions.wait(ctx, call, socket, socket.room(target), false)
        : Outcome.done(sent);
  }

  static Outcome recvfrom(FileContext ctx, Call call) {
    return receive(ctx, call, call.integer(3), false);
  }

  static Outcome recvmsg(FileContext ctx, Call call) {
    return receive(ctx, call, call.integer(2), true);
  }

  private static Outcome receive(FileContext ctx, Call call, int flags, boolean message) {
    SocketFile file = SocketCalls.file(ctx, call);
    if (file == null) {
      return SocketCalls.noSocket(ctx, call);
    }
    if ((flags & MSG_OOB) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if ((flags & MSG_ERRQUEUE) != 0) {
      return Outcome.error(Errno.EAGAIN);
    }
    boolean waits = !file.nonBlocking() && (flags & MSG_DONTWAIT) == 0;
    return switch (file.socket()) {
      case StreamSocket stream -> receiveStream(ctx, call, stream, flags, message, waits);
      case DatagramSocket datagrams -> receiveDatagram(ctx, call, datagrams, flags, message, waits);
    };
  }

  private static Outcome receiveStream(
      FileContext ctx, Call call, StreamSocket stream, int flags, boolean message, boolean waits) {
    int done = (int) call.progress;
    byte[] part = new byte[call.capacity(1) - done];
    boolean peek = (flags & MSG_PEEK) != 0;
    boolean tells = stream.tellsSenders() && stream.family() == Address.LOCAL;
    Sender sender = tells ? stream.nextSender() : null;
    int received = stream.receive(part, 0, part.length, peek);
    long[] files = stream.takeRights();
    if (received > 0) {
      append(call, message, part, received);
      call.progress += received;
    }
    if (!message) {
      PassedFiles.letGo(ctx.node(), files);
    } else if (received > 0 && (files.length > 0 || sender != null)) {
      PassedFiles.install(ctx, call, sender, files, flags);
      return Outcome.done(call.progress);
    }
    boolean all = (flags & MSG_WAITALL) != 0 && !peek && received > 0 && received < part.length;
    if (waits && (received == -Errno.EAGAIN || all)) {
      return SocketOptions.wait(ctx, call, stream, stream.readable(), true);
    }
    if (message && call.out(1) == null && received == 0) {
      call.out(1, new byte[HEADER]);
    }
    return Outcome.done(call.progress > 0 ? call.progress : received);
  }

  /** Adds to the call's result, which a message begins with an empty header. */
  private static void append(Call call, boolean message, byte[] part, int count) {
    byte[] before = call.out(1) == null ? new byte[message ? HEADER : 0] : call.out(1);
    byte[] all = Arrays.copyOf(before, before.length + count);
    System.arraycopy(part, 0, all, before.length, count);
    call.out(1, all);
  }

  private static Outcome receiveDatagram(
      FileContext ctx, Call call, Socket socket, int flags, boolean message, boolean waits) {
    DatagramSocket datagrams = (DatagramSocket) socket;
    DatagramSocket.Arrived arrived = datagrams.receive((flags & MSG_PEEK) != 0);
    if (arrived == null) {
      int errno = datagrams.receiveErrno();
      if (errno == -Errno.EAGAIN && waits) {
        return SocketOptions.wait(ctx, call, socket, socket.readable(), true);
      }
      return Outcome.done(errno);
    }
    byte[] data = DatagramSocket.head(arrived, call.capacity(1));
    boolean named = !(arrived.source() instanceof Address.Local local && local.isUnnamed());
    byte[] name = named ? arrived.source().bytes() : new byte[0];
    boolean cut = data.length < arrived.bytes().length;
    if (message) {
      byte[] whole =
          Arrays.copyOf(
              new byte[] {(byte) name.length, (byte) (cut ? MSG_TRUNC : 0)},
              HEADER + name.length + data.length);
      System.arraycopy(name, 0, whole, HEADER, name.length);
      System.arraycopy(data, 0, whole, HEADER + name.length, data.length);
      call.out(1, whole);
      boolean peek = (flags & MSG_PEEK) != 0;
      Sender sender = arrived.sender() == null ? Sender.UNTOLD : arrived.sender();
      boolean tells = datagrams.tellsSenders() && datagrams.family() == Address.LOCAL;
      PassedFiles.install(
          ctx, call, tells ? sender : null, peek ? NO_FILES : arrived.files(), flags);
    } else {
      if ((flags & MSG_PEEK) == 0) {
        PassedFiles.letGo(ctx.node(), arrived.files());
      }
      call.out(1, data);
      if (!call.isNull(4)) {
        call.out(4, name);
      }
    }
    return Outcome.done((flags & MSG_TRUNC) != 0 ? arrived.bytes().length : data.length);
  }
}
