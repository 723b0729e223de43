package org.godwit.engine.kernel.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Everything of a node's files writes itself, reads itself back, and shows in the hash. */
class FileWalkTest {
  private static final int CREATE = OpenFlags.CREATE | OpenFlags.READ_WRITE;

  private static int[] pair(FileWorld world, int family, int type) {
    FileWorld.Made made = world.make("socketpair", family, type, 0, new FileWorld.Room(8));
    return new int[] {made.out(3).getInt(0), made.out(3).getInt(4)};
  }

  private static byte[] longs(long... values) {
    ByteBuffer to = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long each : values) {
      to.putLong(each);
    }
    return to.array();
  }

  private static byte[] epollEvent(int events, long data) {
    return longs(events & 0xffff_ffffL, data);
  }

  /** What sendmsg sees of a message of one byte that brings a descriptor. */
  private static byte[] message(int fd) {
    ByteBuffer to = ByteBuffer.allocate(4 + 24 + 1).order(ByteOrder.LITTLE_ENDIAN);
    return to.put(2, (byte) 24).putLong(4, 20).putInt(12, 1).putInt(16, 1).putInt(20, fd).array();
  }

  /** What the epoll set tells. */
  private static List<Long> events(FileWorld world) {
    FileWorld.Made made = world.make("epoll_pwait", 18, new FileWorld.Room(160), 10, 0, null, 0);
    List<Long> data = new ArrayList<>();
    for (int i = 0; i < made.value(); i++) {
      data.add(made.out(1).getLong(16 * i + 8));
    }
    return data;
  }

  /** A node with one of everything, in the middle of things. */
  private static FileWorld busy() {
    FileWorld world = new FileWorld();
    world.nanos = 5;
    world.ctx.attach(world.node.console(ConsoleSink.NOWHERE));
    world.ctx.console().feed("typed ahead".getBytes(ISO_8859_1));
    int file = world.open("/tmp/file", CREATE, 0640); // 3
    world.write(file, "some content");
    world.call("ftruncate", file, 10_000);
    world.call("lseek", file, 4, 0);
    int gone = world.open("/tmp/gone", CREATE, 0600); // 4
    world.write(gone, "unlinked");
    world.call("unlinkat", -100, "/tmp/gone", 0);
    int[] pipe = world.pipe(0); // 5, 6
    world.write(pipe[1], "in the pipe");
    int[] pair = pair(world, 1, 1); // 7, 8
    world.write(pair[0], "in the socket");
    int[] datagrams = pair(world, 1, 2); // 9, 10
    world.write(datagrams[0], "datagram");
    int server = SocketTest.listener(world, SocketTest.local(80), 1, 3); // 11
    int client = SocketTest.socket(world, 2, 1); // 12
    world.call("connect", client, SocketTest.local(80), 16);
    world.call("setsockopt", server, 1, 2, new byte[] {1, 0, 0, 0}, 4);
    world.call("eventfd2", 9, 1); // 13
    world.call("flock", file, 2);
    int directory = world.openExisting("/"); // 14
    world.make("getdents64", directory, new FileWorld.Room(60), 60);
    world.openExisting("/dev/urandom"); // 15
    int master = world.open("/dev/ptmx", OpenFlags.READ_WRITE, 0); // 16
    world.call("ioctl", master, 0x4004_5431, new byte[4]);
    int terminal = world.open("/dev/pts/0", OpenFlags.READ_WRITE, 0); // 17
    world.write(master, "typed\rand more");
    world.write(terminal, "shown");
    world.call("epoll_create1", 0); // 18
    world.call("timerfd_create", 1, 0); // 19
    world.call("timerfd_settime", 19, 0, longs(0, 0, 0, 900), null);
    world.call("signalfd4", -1, longs(512), 8, 0); // 20
    world.call("epoll_ctl", 18, 1, 7, epollEvent(1 << 31 | 1, 70));
    world.call("epoll_ctl", 18, 1, 19, epollEvent(1, 190));
    world.call("epoll_ctl", 18, 1, 13, epollEvent(1, 130)); // Its number is smaller than the set's.
    world.call("symlinkat", "file", -100, "/tmp/link");
    world.call("mknodat", -100, "/tmp/fifo", 0010600, 0);
    world.make("openat", -100, "/tmp/fifo", 0, 0);
    world.call("mkdirat", -100, "/tmp/work", 0700);
    world.call("chdir", "/tmp/work");
    world.call("umask", 077);
    world.ctx.credentials(new Credentials(1, 0, 2, 3, 0, 4, List.of(5, 6)));
    return world;
  }

  @Test
  void whatIsReadBackIsTheSame() {
    FileWorld world = busy();
    FileWorld copy = new FileWorld();
    world.copyTo(copy);
    assertThat(copy.hash()).isEqualTo(world.hash());
    assertThat(copy.frames.used()).as("charged pages").isEqualTo(world.frames.used());
  }

  @Test
  void whatIsReadBackGoesOn() {
    FileWorld copy = new FileWorld();
    busy().copyTo(copy);
    assertThat(copy.read(0, 99)).isEqualTo("typed ahead");
    assertThat(copy.read(3, 8)).isEqualTo(" content");
    copy.call("lseek", 4, 0, 0);
    assertThat(copy.read(4, 99)).isEqualTo("unlinked");
    assertThat(copy.read(5, 99)).isEqualTo("in the pipe");
    assertThat(copy.read(8, 99)).isEqualTo("in the socket");
    copy.write(8, "back");
    assertThat(copy.read(7, 99)).isEqualTo("back");
    assertThat(copy.read(10, 99)).isEqualTo("datagram");
    assertThat(copy.read(17, 99)).isEqualTo("typed\n");
    copy.write(16, "!\r");
    assertThat(copy.read(17, 99)).isEqualTo("and more!\n");
    assertThat(copy.read(16, 99)).isEqualTo("typed\r\nand moreshown!\r\n");
    int connection = (int) copy.call("accept", 11, null, null);
    copy.write(12, "accepted later");
    assertThat(copy.read(connection, 99)).isEqualTo("accepted later");
    assertThat(copy.make("read", 13, new FileWorld.Room(8), 8).out(1).getLong(0)).isEqualTo(1);
    assertThat(copy.make("getcwd", new FileWorld.Room(99), 99).text(0)).isEqualTo("/tmp/work\0");
    assertThat(events(copy)).as("level is there, edge has no news").containsExactly(130L);
    copy.write(8, "news");
    assertThat(events(copy)).containsExactly(130L, 70L);
    copy.nanos = 1_000;
    assertThat(copy.make("read", 19, new FileWorld.Room(8), 8).out(1).getLong(0)).isEqualTo(1);
    copy.call("close", 5);
    copy.call("close", 6);
    copy.ctx.closeAll();
    assertThat(copy.node.openFiles()).isZero();
    assertThat(copy.node.tree().find("/tmp/link").target(0)).isEqualTo("file");
  }

  /** Small changes, each of which has to change the hash. */
  @TestFactory
  Stream<DynamicTest> theHashSees() {
    Map<String, Consumer<FileWorld>> changes = new LinkedHashMap<>();
    changes.put("an offset", w -> w.call("lseek", 3, 5, 0));
    changes.put("a byte of a file", w -> w.call("pwrite64", 3, new byte[] {7}, 1, 9000));
    changes.put("a byte of an unlinked file", w -> w.call("pwrite64", 4, new byte[] {7}, 1, 0));
    changes.put("a byte in a pipe", w -> w.write(6, "x"));
    changes.put("a byte in a socket", w -> w.write(7, "x"));
    changes.put("a file on its way", w -> w.call("sendmsg", 7, message(5), 0));
    changes.put("a file in a datagram", w -> w.call("sendmsg", 9, message(5), 0));
    changes.put("a datagram", w -> w.write(9, "x"));
    changes.put("a status flag", w -> w.call("fcntl", 5, 4, 04000));
    changes.put("a descriptor flag", w -> w.call("fcntl", 5, 2, 1));
    changes.put("a duplicate", w -> w.call("dup", 5));
    changes.put("a lock", w -> w.call("flock", 3, 8));
    changes.put("a name", w -> w.call("linkat", -100, "/tmp/file", -100, "/tmp/again", 0));
    changes.put("permissions", w -> w.call("fchmodat", -100, "/tmp/file", 0600));
    changes.put("a place in a listing", w -> w.call("lseek", 14, 0, 0));
    changes.put("an event count", w -> w.make("read", 13, new FileWorld.Room(8), 8));
    changes.put("a socket option", w -> w.call("setsockopt", 12, 6, 1, new byte[] {1, 0, 0, 0}, 4));
    changes.put("a shut direction", w -> w.call("shutdown", 12, 1));
    changes.put("the umask", w -> w.call("umask", 0));
    changes.put("the directory", w -> w.call("chdir", "/"));
    changes.put("credentials", w -> w.ctx.credentials(Credentials.ROOT));
    changes.put("a key at a terminal", w -> w.write(16, "x"));
    changes.put("an interest", w -> w.call("epoll_ctl", 18, 2, 19, null));
    changes.put("a changed interest", w -> w.call("epoll_ctl", 18, 3, 7, epollEvent(1, 70)));
    changes.put("other data", w -> w.call("epoll_ctl", 18, 3, 7, epollEvent(1 << 31 | 1, 71)));
    changes.put("news for a set", w -> w.write(8, "news"));
    changes.put("a timer", w -> w.call("timerfd_settime", 19, 0, longs(0, 0, 0, 0), null));
    changes.put("a set of signals", w -> w.call("signalfd4", 20, longs(1), 8, 0));
    changes.put("what a terminal shows", w -> w.read(16, 1));
    changes.put("a line of a terminal", w -> w.read(17, 99));
    changes.put(
        "a terminal's size", w -> w.call("ioctl", 16, 0x5414, new byte[] {9, 0, 1, 0, 0, 0, 0, 0}));
    changes.put("a terminal's settings", w -> w.call("ioctl", 17, 0x5402, new byte[36]));
    changes.put(
        "a terminal's lock", w -> w.call("ioctl", 16, 0x4004_5431, new byte[] {1, 0, 0, 0}));
    changes.put("console input", w -> w.ctx.console().feed(new byte[1]));
    changes.put("the end of console input", w -> w.ctx.console().end());
    changes.put("the limit of descriptors", w -> w.ctx.descriptors().limit(9));
    changes.put("a pipe's capacity", w -> w.call("fcntl", 5, 1031, 131_072));
    List<DynamicTest> tests = new ArrayList<>();
    changes.forEach(
        (what, change) ->
            tests.add(
                DynamicTest.dynamicTest(
                    what,
                    () -> {
                      FileWorld world = busy();
                      long before = world.hash();
                      assertThat(world.hash()).isEqualTo(before);
                      change.accept(world);
                      assertThat(world.hash()).isNotEqualTo(before);
                      FileWorld copy = new FileWorld();
                      world.copyTo(copy);
                      assertThat(copy.hash()).isEqualTo(world.hash());
                    })));
    return tests.stream();
  }

  @Test
  void connectionsBetweenNodesAreReadBackInFlight() {
    ClusterWorld cluster = new ClusterWorld(2);
    FileWorld two = cluster.node(2);
    FileWorld one = cluster.node(1);
    SocketTest.listener(two, SocketTest.inet(0, 80), 1, 5);
    int client = SocketTest.socket(one, 2, 1);
    byte[] address = SocketTest.inet(org.godwit.engine.kernel.net.NetStack.addressOf(2), 80);
    one.make("connect", client, address, 16);
    cluster.advanceBy(1_000_000);
    one.write(client, "unacknowledged");
    FileWorld copy = new FileWorld(1 << 20, 1, new FileWorld.Alone());
    one.copyTo(copy);
    assertThat(copy.hash()).isEqualTo(one.hash());
    assertThat(copy.net.deadlineNanos()).isEqualTo(one.net.deadlineNanos());
  }
}
