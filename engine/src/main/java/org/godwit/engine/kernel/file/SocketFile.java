package org.godwit.engine.kernel.file;

import java.util.Arrays;
import java.util.EnumSet;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.net.Address;
import org.godwit.engine.kernel.net.DatagramSocket;
import org.godwit.engine.kernel.net.Socket;
import org.godwit.engine.kernel.net.StreamSocket;
import org.godwit.engine.state.Walk;

/** An open file description over a socket, which it closes when it goes. */
final class SocketFile extends OpenFile {
  private static final long[] NO_FILES = {};

  private Socket socket;

  SocketFile(NodeFiles node, int flags, Socket socket) {
    super(node, flags);
    this.socket = socket;
  }

  Socket socket() {
    return socket;
  }

  @Override
  Kind kind() {
    return Kind.SOCKET;
  }

  @Override
  String name() {
    return "socket:[" + socket.id() + "]";
  }

  @Override
  FileStatus status() {
    return FileStatus.anonymous(socket.id(), FileMode.SOCKET | 0777, node.calendarNanos());
  }

  @Override
  int read(byte[] into, int from, int count) {
    return switch (socket) {
      case StreamSocket stream -> {
        int received = stream.receive(into, from, count, false);
        PassedFiles.letGo(node, stream.takeRights());
        yield received;
      }
      case DatagramSocket datagrams -> {
        DatagramSocket.Arrived arrived = datagrams.receive(false);
        if (arrived == null) {
          yield datagrams.receiveErrno();
        }
        PassedFiles.letGo(node, arrived.files());
        byte[] head = DatagramSocket.head(arrived, count);
        System.arraycopy(head, 0, into, from, head.length);
        yield head.length;
      }
    };
  }

  @Override
  int write(FileContext by, byte[] data, int from, int count) {
    return switch (socket) {
      case StreamSocket stream ->
          stream.send(data, from, count, NO_FILES, stream.carriesSenders() ? by.asSender() : null);
      case DatagramSocket datagrams ->
          datagrams.send(
              Arrays.copyOfRange(data, from, from + count),
              null,
              0,
              NO_FILES,
              datagrams.carriesSenders(0) ? by.asSender() : null);
    };
  }

  @Override
  int available() {
    return socket.available();
  }

  @Override
  int poll() {
    EnumSet<Socket.Readiness> ready = socket.ready();
    int mask = 0;
    mask |= ready.contains(Socket.Readiness.INPUT) ? PollMask.IN | PollMask.RDNORM : 0;
    mask |= ready.contains(Socket.Readiness.OUTPUT) ? PollMask.OUT | PollMask.WRNORM : 0;
    mask |= ready.contains(Socket.Readiness.INPUT_ENDED) ? PollMask.RDHUP : 0;
    mask |= ready.contains(Socket.Readiness.HANG_UP) ? PollMask.HUP : 0;
    boolean failed = ready.contains(Socket.Readiness.ERROR);
    boolean internet = socket.family() == Address.INTERNET;
    // A failed TCP socket is also ready for both, so that the caller comes and learns why.
    mask |= failed ? PollMask.ERR | (internet ? PollMask.IN | PollMask.OUT : 0) : 0;
    return mask;
  }

  @Override
  WaitChannel readable() {
    return socket.readable();
  }

  @Override
  WaitChannel writable() {
    return socket.writable();
  }

  @Override
  void close() {
    socket.close();
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    int number = walk.i32("socket", walk.reading() ? 0 : socket.id());
    socket = node.net().socket(number);
  }
}
