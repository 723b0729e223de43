package org.godwit.engine.kernel.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.net.Address;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets inside one node: unix(7), tcp(7) and udp(7) over the loop-back. */
class SocketTest {
  static final int UNIX = 1;
  static final int INET = 2;
  static final int STREAM = 1;
  static final int DGRAM = 2;
  static final int NONBLOCK = 04000;

  private final FileWorld world = new FileWorld();

  static byte[] inet(int ip, int port) {
    return new Address.Internet(ip, port).bytes();
  }

  static byte[] local(int port) {
    return inet(Address.Internet.LOOPBACK, port);
  }

  static byte[] unix(String name) {
    return new Address.Local(name).bytes();
  }

  static int socket(FileWorld world, int family, int type) {
    return (int) world.call("socket", family, type, 0);
  }

  static int listener(FileWorld world, byte[] address, int type, int backlog) {
    int fd = socket(world, address[0], type);
    assertThat(world.call("bind", fd, address, address.length)).isZero();
    assertThat(world.call("listen", fd, backlog)).isZero();
    return fd;
  }

  private record Case(String what, long expected, ToLongFunction<FileWorld> act) {}

  @TestFactory
  Stream<DynamicTest> answers() {
    List<Case> to = new ArrayList<>();
    to.add(new Case("IPv6", -Errno.EAFNOSUPPORT, w -> w.call("socket", 10, STREAM, 0)));
    to.add(
        new Case("TCP with UDP", -Errno.EPROTONOSUPPORT, w -> w.call("socket", INET, STREAM, 17)));
    to.add(new Case("no socket", -Errno.ENOTSOCK, w -> w.call("listen", w.openExisting("/"), 1)));
    to.add(new Case("no descriptor", -Errno.EBADF, w -> w.call("listen", 7, 1)));
    to.add(
        new Case(
            "nobody listens",
            -Errno.ECONNREFUSED,
            w -> w.call("connect", socket(w, INET, STREAM), local(9), 16)));
    to.add(
        new Case(
            "beyond the cluster",
            -Errno.ENETUNREACH,
            w -> w.call("connect", socket(w, INET, STREAM), inet(0x08080808, 9), 16)));
    to.add(
        new Case(
            "no such node",
            -Errno.EHOSTUNREACH,
            w -> w.call("connect", socket(w, INET, STREAM), inet(0x0a000009, 9), 16)));
    to.add(
        new Case(
            "short address",
            -Errno.EINVAL,
            w -> w.call("connect", socket(w, INET, STREAM), new byte[] {2, 0, 0}, 3)));
    to.add(
        new Case(
            "port taken",
            -Errno.EADDRINUSE,
            w -> {
              listener(w, local(80), STREAM, 1);
              return w.call("bind", socket(w, INET, STREAM), inet(0, 80), 16);
            }));
    to.add(
        new Case(
            "foreign address",
            -Errno.EADDRNOTAVAIL,
            w -> w.call("bind", socket(w, INET, STREAM), inet(0x01020304, 80), 16)));
    to.add(
        new Case(
            "reserved port",
            -Errno.EACCES,
            w -> {
              w.ctx.credentials(Credentials.of(5, 5));
              return w.call("bind", socket(w, INET, STREAM), local(80), 16);
            }));
    to.add(
        new Case(
            "bound twice",
            -Errno.EINVAL,
            w -> {
              int fd = socket(w, INET, STREAM);
              w.call("bind", fd, local(81), 16);
              return w.call("bind", fd, local(82), 16);
            }));
    to.add(
        new Case(
            "accept without listen",
            -Errno.EINVAL,
            w -> w.call("accept", socket(w, INET, STREAM), null, null)));
    to.add(new Case("send unconnected", -Errno.EPIPE, w -> w.write(socket(w, INET, STREAM), "x")));
    to.add(
        new Case(
            "send unconnected unix", -Errno.ENOTCONN, w -> w.write(socket(w, UNIX, STREAM), "x")));
    to.add(
        new Case(
            "receive unconnected",
            -Errno.ENOTCONN,
            w -> w.call("read", socket(w, INET, STREAM), new FileWorld.Room(1), 1)));
    to.add(
        new Case(
            "peer of nobody",
            -Errno.ENOTCONN,
            w -> w.call("getpeername", socket(w, INET, STREAM), new FileWorld.Room(16), 1)));
    to.add(
        new Case(
            "udp without address", -Errno.EDESTADDRREQ, w -> w.write(socket(w, INET, DGRAM), "x")));
    to.add(
        new Case(
            "udp too long",
            -Errno.EMSGSIZE,
            w ->
                w.call(
                    "sendto", socket(w, INET, DGRAM), new byte[65_508], 65_508, 0, local(9), 16)));
    to.add(
        new Case(
            "listen on udp", -Errno.EOPNOTSUPP, w -> w.call("listen", socket(w, INET, DGRAM), 1)));
    to.add(
        new Case(
            "pair of inet",
            -Errno.EOPNOTSUPP,
            w -> w.call("socketpair", INET, STREAM, 0, new FileWorld.Room(8))));
    to.add(
        new Case(
            "path taken",
            -Errno.EADDRINUSE,
            w -> {
              listener(w, unix("/tmp/s"), STREAM, 1);
              return w.call("bind", socket(w, UNIX, STREAM), unix("/tmp/s"), 9);
            }));
    to.add(
        new Case(
            "path of another kind",
            -Errno.EPROTOTYPE,
            w -> {
              listener(w, unix("/tmp/s"), STREAM, 1);
              return w.call("connect", socket(w, UNIX, DGRAM), unix("/tmp/s"), 9);
            }));
    to.add(
        new Case(
            "path of a file",
            -Errno.ECONNREFUSED,
            w -> w.call("connect", socket(w, UNIX, STREAM), unix("/dev/null"), 9)));
    to.add(
        new Case(
            "path of a dead socket",
            -Errno.ECONNREFUSED,
            w -> {
              w.call("close", listener(w, unix("/tmp/s"), STREAM, 1));
              return w.call("connect", socket(w, UNIX, STREAM), unix("/tmp/s"), 9);
            }));
    to.add(
        new Case(
            "path must be writable",
            -Errno.EACCES,
            w -> {
              listener(w, unix("/tmp/s"), STREAM, 1);
              w.ctx.credentials(Credentials.of(5, 5));
              return w.call("connect", socket(w, UNIX, STREAM), unix("/tmp/s"), 9);
            }));
    to.add(
        new Case(
            "opening a socket's path",
            -Errno.ENXIO,
            w -> {
              listener(w, unix("/tmp/s"), STREAM, 1);
              return w.openExisting("/tmp/s");
            }));
    to.add(
        new Case(
            "unknown option",
            -Errno.ENOPROTOOPT,
            w -> w.call("setsockopt", socket(w, INET, STREAM), 1, 999, new byte[4], 4)));
    to.add(
        new Case(
            "short option",
            -Errno.EINVAL,
            w -> w.call("setsockopt", socket(w, INET, STREAM), 1, 2, new byte[3], 3)));
    to.add(
        new Case(
            "SO_TYPE",
            2,
            w ->
                w.make("getsockopt", socket(w, INET, DGRAM), 1, 3, new FileWorld.Room(4), 1)
                    .out(3)
                    .getInt(0)));
    to.add(
        new Case(
            "TCP_NODELAY is remembered",
            1,
            w -> {
              int fd = socket(w, INET, STREAM);
              w.call("setsockopt", fd, 6, 1, new byte[] {1, 0, 0, 0}, 4);
              return w.make("getsockopt", fd, 6, 1, new FileWorld.Room(4), 1).out(3).getInt(0);
            }));
    return to.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.what,
                    () ->
                        assertThat(each.act.applyAsLong(new FileWorld()))
                            .isEqualTo(each.expected)));
  }

  @Test
  void aConnectionOverTheLoopback() {
    talk(local(7000));
  }

  @Test
  void aConnectionOverAPath() {
    talk(unix("/tmp/socket"));
  }

  @Test
  void aConnectionOverAnAbstractName() {
    talk(unix("\0name"));
  }

  private void talk(byte[] address) {
    int server = listener(world, address, STREAM, 5);
    FileWorld.Made accept = world.make("accept4", server, new FileWorld.Room(110), 1, 0);
    assertThat(accept.waits()).isTrue();
    int client = socket(world, address[0], STREAM);
    assertThat(world.call("connect", client, address, address.length)).isZero();
    assertThat(world.call("connect", client, address, address.length)).isEqualTo(-Errno.EISCONN);
    assertThat(accept.woken).isTrue();
    int connection = (int) accept.attempt().value();
    world.write(client, "question");
    assertThat(world.read(connection, 99)).isEqualTo("question");
    FileWorld.Made waiting = world.make("read", client, new FileWorld.Room(99), 99);
    world.write(connection, "answer");
    assertThat(waiting.woken).isTrue();
    assertThat(waiting.attempt().text(1)).isEqualTo("answer");
    FileWorld.Made name = world.make("getpeername", client, new FileWorld.Room(110), 1);
    assertThat(name.call.out(1)).isEqualTo(address);
    assertThat(world.call("shutdown", client, 1)).isZero();
    assertThat(world.read(connection, 99)).isEmpty();
    world.write(connection, "still heard");
    assertThat(world.read(client, 99)).isEqualTo("still heard");
    world.call("close", connection);
    assertThat(world.read(client, 99)).isEmpty();
    FileWorld.Made late = world.make("sendto", client, new byte[1], 1, 0, null, 0);
    assertThat(late.value()).isEqualTo(-Errno.EPIPE);
    assertThat(late.row.raisesSigpipe(late.call, late.value())).isTrue();
    FileWorld.Made polite = world.make("sendto", client, new byte[1], 1, 0x4000, null, 0);
    assertThat(polite.row.raisesSigpipe(polite.call, polite.value())).isFalse();
  }

  @Test
  void aSenderWaitsForCreditAndGoesOnWhenTheReaderReads() {
    int[] pair = pair(STREAM);
    byte[] data = new byte[200_000];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * 31 >> 3);
    }
    FileWorld.Made writer = world.make("write", pair[0], data, data.length);
    assertThat(writer.waits()).isTrue();
    assertThat(writer.call.progress).isEqualTo(65_536);
    StringBuilder read = new StringBuilder();
    while (read.length() < data.length) {
      read.append(world.read(pair[1], 10_000));
      if (writer.woken) {
        writer.attempt();
      }
    }
    assertThat(writer.value()).isEqualTo(data.length);
    assertThat(read.toString().getBytes(ISO_8859_1)).isEqualTo(data);
  }

  @Test
  void closingWithUnreadDataResets() {
    int[] pair = pair(STREAM);
    world.write(pair[0], "unread");
    world.call("close", pair[1]);
    assertThat(world.call("read", pair[0], new FileWorld.Room(9), 9)).isEqualTo(-Errno.ECONNRESET);
    assertThat(world.read(pair[0], 9)).isEmpty();
  }

  @Test
  void waitAllWaitsForAll() {
    int[] pair = pair(STREAM);
    world.write(pair[0], "abc");
    FileWorld.Made reader =
        world.make("recvfrom", pair[1], new FileWorld.Room(6), 6, 0x100, null, null);
    assertThat(reader.waits()).isTrue();
    world.write(pair[0], "defgh");
    assertThat(reader.attempt().value()).isEqualTo(6);
    assertThat(reader.text(1)).isEqualTo("abcdef");
    FileWorld.Made peek = world.make("recvfrom", pair[1], new FileWorld.Room(6), 6, 2, null, null);
    assertThat(peek.text(1)).isEqualTo("gh");
    assertThat(world.read(pair[1], 9)).isEqualTo("gh");
  }

  @Test
  void aFullBacklogMakesClientsWaitTheirTurn() {
    int server = listener(world, local(7001), STREAM, 0);
    int first = socket(world, INET, STREAM);
    assertThat(world.call("connect", first, local(7001), 16)).isZero();
    int second = socket(world, INET, STREAM);
    FileWorld.Made connect = world.make("connect", second, local(7001), 16);
    assertThat(connect.waits()).isTrue();
    world.call("accept", server, null, null);
    assertThat(connect.woken).isTrue();
    assertThat(connect.attempt().value()).isZero();
    int third = (int) world.call("socket", INET, STREAM | NONBLOCK, 0);
    assertThat(world.call("connect", third, local(7001), 16)).isEqualTo(-Errno.EINPROGRESS);
    world.call("close", server);
    FileWorld.Made error = world.make("getsockopt", third, 1, 4, new FileWorld.Room(4), 1);
    assertThat(error.out(3).getInt(0)).isEqualTo(Errno.ECONNREFUSED);
    assertThat(world.call("read", second, new FileWorld.Room(1), 1)).isEqualTo(-Errno.ECONNRESET);
  }

  @Test
  void datagramsKeepTheirBoundaries() {
    int server = socket(world, INET, DGRAM);
    world.call("bind", server, local(53), 16);
    int client = socket(world, INET, DGRAM);
    world.call("sendto", client, "one".getBytes(ISO_8859_1), 3, 0, local(53), 16);
    world.call("sendto", client, "second".getBytes(ISO_8859_1), 6, 0, local(53), 16);
    FileWorld.Made first =
        world.make("recvfrom", server, new FileWorld.Room(99), 99, 0, new FileWorld.Room(16), 1);
    assertThat(first.text(1)).isEqualTo("one");
    byte[] from = first.call.out(4);
    FileWorld.Made cut = world.make("recvmsg", server, new FileWorld.Room(4), 0x20);
    assertThat(cut.value()).as("MSG_TRUNC gives the true length").isEqualTo(6);
    assertThat(cut.text(1)).endsWith("seco");
    assertThat(cut.call.out(1)[1]).isEqualTo((byte) 0x20);
    assertThat(world.call("sendto", server, new byte[0], 0, 0, from, 16)).isZero();
    assertThat(world.read(client, 9)).isEmpty();
  }

  @Test
  void aConnectedUdpSocketLearnsThatNobodyIsThere() {
    int client = socket(world, INET, DGRAM);
    assertThat(world.call("connect", client, local(54), 16)).isZero();
    assertThat(world.write(client, "x")).isEqualTo(1);
    assertThat(world.write(client, "x")).isEqualTo(-Errno.ECONNREFUSED);
  }

  @Test
  void localDatagramsMakeTheSenderWait() {
    int[] pair = pair(DGRAM);
    FileWorld.Made sender;
    int sent = 0;
    do {
      sender = world.make("write", pair[0], new byte[10_000], 10_000);
      sent++;
    } while (!sender.waits());
    assertThat(sent).isBetween(10, 30);
    world.read(pair[1], 20_000);
    assertThat(sender.woken).isTrue();
    assertThat(sender.attempt().value()).isEqualTo(10_000);
  }

  @Test
  void aReceiveTimeoutEndsTheWait() {
    int[] pair = pair(STREAM);
    byte[] second = FileWorld.timespec(1, 0);
    world.call("setsockopt", pair[0], 1, 20, second, 16);
    FileWorld.Made reader =
        world.make("recvfrom", pair[0], new FileWorld.Room(1), 1, 0, null, null);
    assertThat(reader.waits()).isTrue();
    world.nanos = 1_000_000_000;
    assertThat(reader.attempt().value()).isEqualTo(-Errno.EAGAIN);
  }

  private int[] pair(int type) {
    FileWorld.Made made = world.make("socketpair", UNIX, type, 0, new FileWorld.Room(8));
    assertThat(made.value()).isZero();
    return new int[] {made.out(3).getInt(0), made.out(3).getInt(4)};
  }

  private static int[] pair(FileWorld of, int type) {
    FileWorld.Made made = of.make("socketpair", UNIX, type, 0, new FileWorld.Room(8));
    return new int[] {made.out(3).getInt(0), made.out(3).getInt(4)};
  }

  /** What waits is charged to the RAM; who finds that full has ENOBUFS, and loses nothing. */
  @ParameterizedTest
  @ValueSource(ints = {STREAM, DGRAM})
  void whatWaitsIsCharged(int type) {
    int[] ends = pair(world, type);
    long before = world.frames.used();
    world.leave(3);
    byte[] page = new byte[4096];
    int sent = 0;
    while (world.call("write", ends[0], page, page.length) == page.length) {
      sent++;
    }
    assertThat(sent).isEqualTo(type == STREAM ? 3 : 2); // A datagram has an overhead.
    assertThat(world.call("write", ends[0], page, page.length)).isEqualTo(-Errno.ENOBUFS);
    assertThat(world.read(ends[1], 4096)).hasSize(4096);
    assertThat(world.call("write", ends[0], page, page.length)).as("again").isEqualTo(4096);
    world.call("close", ends[0]);
    world.call("close", ends[1]);
    assertThat(world.frames.free()).as("both ends are closed").isEqualTo(3);
    assertThat(before).isLessThan(world.frames.used());
  }

  @Test
  void aDatagramThatFindsNoRoomInTheRamIsLost() {
    int receiver = socket(world, INET, DGRAM);
    world.call("bind", receiver, local(7), 16);
    int sender = socket(world, INET, DGRAM);
    world.leave(1);
    for (int i = 0; i < 2; i++) {
      assertThat(world.call("sendto", sender, new byte[3000], 3000, 0, local(7), 16))
          .isEqualTo(3000);
    }
    assertThat(world.read(receiver, 4096)).hasSize(3000);
    assertThat(world.call("recvfrom", receiver, new FileWorld.Room(9), 9, 0x40, null))
        .isEqualTo(-Errno.EAGAIN);
    assertThat(world.frames.free()).isEqualTo(1);
  }
}
