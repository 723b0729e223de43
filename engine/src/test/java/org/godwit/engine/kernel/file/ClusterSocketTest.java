package org.godwit.engine.kernel.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.net.NetStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets between nodes: streams that survive lost packets, and say so when they cannot. */
class ClusterSocketTest {
  private static final long SECOND = 1_000_000_000L;

  private final ClusterWorld cluster = new ClusterWorld(2);
  private final FileWorld one = cluster.node(1);
  private final FileWorld two = cluster.node(2);

  private static byte[] address(int node, int port) {
    return SocketTest.inet(NetStack.addressOf(node), port);
  }

  private int[] connection() {
    int server = SocketTest.listener(two, SocketTest.inet(0, 80), SocketTest.STREAM, 5);
    int client = SocketTest.socket(one, SocketTest.INET, SocketTest.STREAM);
    FileWorld.Made connect = one.make("connect", client, address(2, 80), 16);
    assertThat(connect.waits()).isTrue();
    cluster.advanceBy(SECOND / 100);
    assertThat(connect.woken).isTrue();
    assertThat(connect.attempt().value()).isZero();
    return new int[] {client, (int) two.call("accept", server, null, null)};
  }

  @Test
  void aConnectionCrossesTheNetwork() {
    int[] ends = connection();
    FileWorld.Made reader = two.make("read", ends[1], new FileWorld.Room(99), 99);
    assertThat(one.write(ends[0], "hello")).isEqualTo(5);
    cluster.advanceBy(ClusterWorld.LATENCY - 1);
    assertThat(reader.woken).isFalse();
    cluster.advanceBy(1);
    assertThat(reader.attempt().text(1)).isEqualTo("hello");
    FileWorld.Made name = two.make("getpeername", ends[1], new FileWorld.Room(16), 1);
    assertThat(name.call.out(1)).startsWith(2, 0).endsWith(0, 0, 0, 0, 0, 0, 0, 0).contains(10);
    one.call("close", ends[0]);
    cluster.advanceBy(SECOND);
    assertThat(two.read(ends[1], 9)).isEmpty();
    assertThat(cluster.flying()).isZero();
    assertThat(one.net.deadlineNanos()).as("all is acknowledged").isEqualTo(Long.MAX_VALUE);
    assertThat(two.net.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nobodyListensThere() {
    int client = SocketTest.socket(one, SocketTest.INET, SocketTest.STREAM);
    FileWorld.Made connect = one.make("connect", client, address(2, 81), 16);
    cluster.advanceBy(SECOND);
    assertThat(connect.attempt().value()).isEqualTo(-Errno.ECONNREFUSED);
  }

  @Test
  void noMoreThanTheCreditIsUnderWay() {
    int[] ends = connection();
    FileWorld.Made writer = one.make("write", ends[0], new byte[300_000], 300_000);
    cluster.advanceBy(10 * SECOND);
    assertThat(writer.woken).isFalse();
    assertThat(writer.call.progress).isEqualTo(65_536);
    assertThat(two.read(ends[1], 100_000)).hasSize(65_536);
    cluster.advanceBy(SECOND);
    assertThat(writer.woken).isTrue();
    assertThat(writer.attempt().waits()).isTrue();
    assertThat(writer.call.progress).isEqualTo(131_072);
  }

  /** A link that is cut and mended again and again loses packets, but no byte of the stream. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aStreamSurvivesALinkThatComesAndGoes(long seed) {
    Random random = new Random(seed);
    int[] ends = connection();
    one.call("fcntl", ends[0], 4, 04000);
    two.call("fcntl", ends[1], 4, 04000);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    for (int step = 0; step < 2000 || received.size() < sent.size(); step++) {
      assertThat(step).as("seed %d: the stream stands still", seed).isLessThan(4000);
      byte[] data = new byte[1 + random.nextInt(30_000)];
      random.nextBytes(data);
      long count = step < 2000 ? one.call("write", ends[0], data, data.length) : 0;
      sent.write(data, 0, (int) Math.max(0, count));
      FileWorld.Made read = two.make("read", ends[1], new FileWorld.Room(40_000), 40_000);
      if (read.value() > 0) {
        received.writeBytes(read.call.out(1));
      } else {
        assertThat(read.value()).as("seed %d", seed).isEqualTo(-Errno.EAGAIN);
      }
      if (random.nextInt(20) == 0) {
        cluster.cut(2);
      } else if (random.nextInt(4) == 0 || step >= 2000) {
        cluster.mend(2);
      }
      cluster.advanceBy(random.nextInt(300_000_000));
    }
    assertThat(cluster.lost).as("seed %d: the test must lose something", seed).isPositive();
    assertThat(received.toByteArray()).as("seed %d", seed).isEqualTo(sent.toByteArray());
  }

  @Test
  void fifteenSecondsOfSilenceEndAConnection() {
    int[] ends = connection();
    cluster.advanceBy(SECOND);
    cluster.cut(2);
    long start = cluster.nanos;
    one.write(ends[0], "into the void");
    FileWorld.Made reader = one.make("read", ends[0], new FileWorld.Room(9), 9);
    cluster.advance(start + 15 * SECOND - 1);
    assertThat(reader.woken).isFalse();
    cluster.advance(start + 15 * SECOND);
    assertThat(reader.woken).isTrue();
    assertThat(reader.attempt().value()).isEqualTo(-Errno.ETIMEDOUT);
    assertThat(one.write(ends[0], "x")).isEqualTo(-Errno.EPIPE);
    cluster.mend(2);
    cluster.advanceBy(10 * SECOND);
    assertThat(two.call("read", ends[1], new FileWorld.Room(9), 9)).isEqualTo(-Errno.ECONNRESET);
    assertThat(one.net.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aConnectIntoSilenceTimesOut() {
    cluster.cut(2);
    int client = SocketTest.socket(one, SocketTest.INET, SocketTest.STREAM);
    FileWorld.Made connect = one.make("connect", client, address(2, 80), 16);
    cluster.advanceBy(15 * SECOND);
    assertThat(connect.woken).isTrue();
    assertThat(connect.attempt().value()).isEqualTo(-Errno.ETIMEDOUT);
  }

  @Test
  void aConnectionAfterAFailureGetsItsFullTime() {
    int[] ends = connection();
    cluster.cut(2);
    one.write(ends[0], "into the void");
    cluster.advanceBy(20 * SECOND);
    int client = SocketTest.socket(one, SocketTest.INET, SocketTest.STREAM);
    FileWorld.Made connect = one.make("connect", client, address(2, 80), 16);
    cluster.advanceBy(12 * SECOND + SECOND / 2);
    assertThat(connect.woken).isFalse();
    cluster.mend(2);
    cluster.advanceBy(2 * SECOND);
    assertThat(connect.woken).isTrue();
    assertThat(connect.attempt().value()).isZero();
  }

  @Test
  void aNodeThatIsGoneResetsItsConnections() {
    int[] ends = connection();
    FileWorld.Made reader = one.make("read", ends[0], new FileWorld.Room(9), 9);
    one.net.forgetNode(2);
    assertThat(reader.woken).isTrue();
    assertThat(reader.attempt().value()).isEqualTo(-Errno.ECONNRESET);
  }

  @Test
  void datagramsCrossOrAreLost() {
    int server = SocketTest.socket(two, SocketTest.INET, SocketTest.DGRAM);
    two.call("bind", server, SocketTest.inet(0, 53), 16);
    int client = SocketTest.socket(one, SocketTest.INET, SocketTest.DGRAM);
    one.call("connect", client, address(2, 53), 16);
    one.write(client, "first");
    cluster.advanceBy(SECOND);
    cluster.cut(2);
    one.write(client, "lost");
    cluster.mend(2);
    one.write(client, "third");
    cluster.advanceBy(SECOND);
    assertThat(two.read(server, 99)).isEqualTo("first");
    assertThat(two.read(server, 99)).isEqualTo("third");
    two.call("close", server);
    one.write(client, "too late");
    cluster.advanceBy(SECOND);
    assertThat(one.write(client, "x")).isEqualTo(-Errno.ECONNREFUSED);
  }

  @Test
  void whatIsNotAcknowledgedIsChargedToItsSender() {
    int[] ends = connection();
    one.leave(2);
    assertThat(one.call("write", ends[0], new byte[8192], 8192)).isEqualTo(8192);
    assertThat(one.frames.free()).isZero();
    assertThat(one.call("write", ends[0], new byte[1], 1)).isEqualTo(-Errno.ENOBUFS);
    long before = two.frames.free();
    cluster.advanceBy(SECOND);
    assertThat(one.frames.free()).as("it has arrived").isEqualTo(2);
    assertThat(two.frames.free()).as("and waits there").isEqualTo(before - 2);
    assertThat(two.read(ends[1], 8192)).hasSize(8192);
    assertThat(two.frames.free()).isEqualTo(before);
  }

  @Test
  void bytesThatFindTheRamFullEndTheConnectionAtBothEnds() {
    int[] ends = connection();
    two.leave(1);
    one.call("write", ends[0], new byte[4096], 4096);
    one.call("write", ends[0], new byte[1], 1);
    cluster.advanceBy(SECOND);
    assertThat(two.read(ends[1], 8192)).as("what came before is read").hasSize(4096);
    FileWorld.Made read = two.make("read", ends[1], new FileWorld.Room(9), 9);
    assertThat(read.value()).isEqualTo(-Errno.ENOBUFS);
    assertThat(one.call("write", ends[0], new byte[1], 1)).isEqualTo(-Errno.ECONNRESET);
    assertThat(two.frames.free()).isEqualTo(1);
  }

  @Test
  void aNodeThatIsGoneCostsItsPeersNothing() {
    int[] ends = connection();
    long before = one.frames.free();
    cluster.cut(2);
    one.call("write", ends[0], new byte[8192], 8192);
    assertThat(one.frames.free()).isEqualTo(before - 2);
    one.net.forgetNode(2);
    assertThat(one.frames.free()).isEqualTo(before);
  }
}
