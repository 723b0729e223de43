package org.godwit.engine.kernel.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.godwit.engine.kernel.call.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** pipe(7) and fifo(7): waiting and waking, atomic writes, ends that go away. */
class PipeTest {
  private final FileWorld world = new FileWorld();

  @Test
  void aReaderWaitsForDataAndEndsWithTheLastWriter() {
    int[] pipe = world.pipe(0);
    FileWorld.Made reader = world.make("read", pipe[0], new FileWorld.Room(10), 10);
    assertThat(reader.waits()).isTrue();
    world.write(pipe[1], "abc");
    assertThat(reader.woken).isTrue();
    assertThat(reader.attempt().text(1)).isEqualTo("abc");
    FileWorld.Made again = world.make("read", pipe[0], new FileWorld.Room(10), 10);
    world.call("close", pipe[1]);
    assertThat(again.woken).isTrue();
    assertThat(again.attempt().value()).isZero();
  }

  @Test
  void aWriterWithoutReaderGetsSigpipe() {
    int[] pipe = world.pipe(0);
    world.call("close", pipe[0]);
    FileWorld.Made writer = world.make("write", pipe[1], new byte[1], 1);
    assertThat(writer.value()).isEqualTo(-Errno.EPIPE);
    assertThat(writer.row.raisesSigpipe(writer.call, writer.value())).isTrue();
  }

  @Test
  void aFullPipeTakesSmallWritesWholeOrNotAtAll() {
    int[] pipe = world.pipe(OpenFlags.NONBLOCK);
    assertThat(world.call("write", pipe[1], new byte[65_000], 65_000)).isEqualTo(65_000);
    assertThat(world.call("write", pipe[1], new byte[1000], 1000)).isEqualTo(-Errno.EAGAIN);
    assertThat(world.call("write", pipe[1], new byte[5000], 5000)).isEqualTo(536);
    assertThat(world.call("write", pipe[1], new byte[5000], 5000)).isEqualTo(-Errno.EAGAIN);
  }

  @Test
  void aWaitingWriteKeepsWhatItHasWritten() {
    int[] pipe = world.pipe(0);
    FileWorld.Made writer = world.make("write", pipe[1], new byte[100_000], 100_000);
    assertThat(writer.waits()).isTrue();
    assertThat(writer.call.progress).isEqualTo(65_536);
    assertThat(writer.row.interrupted(world.ctx, writer.call)).isEqualTo(65_536);
    assertThat(world.read(pipe[0], 65_536)).hasSize(65_536);
    assertThat(writer.attempt().value()).isEqualTo(100_000);
    assertThat(world.read(pipe[0], 65_536)).hasSize(34_464);
  }

  @Test
  void interruptedBeforeAnythingMovedIsEintr() {
    int[] pipe = world.pipe(0);
    FileWorld.Made reader = world.make("read", pipe[0], new FileWorld.Room(1), 1);
    assertThat(reader.row.interrupted(world.ctx, reader.call)).isEqualTo(-Errno.EINTR);
  }

  /** Two writers and a reader, random chunks: the reader sees each writer's bytes in order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void bytesArriveInOrderWhateverTheChunks(long seed) {
    Random random = new Random(seed);
    int[] pipe = world.pipe(0);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    FileWorld.Made writer = null;
    FileWorld.Made reader = null;
    for (int step = 0; step < 3000; step++) {
      if (writer == null && random.nextInt(3) == 0) {
        byte[] data = new byte[1 + random.nextInt(random.nextBoolean() ? 200 : 150_000)];
        random.nextBytes(data);
        sent.writeBytes(data);
        writer = world.make("write", pipe[1], data, data.length);
      } else if (writer != null && writer.waits() && writer.woken) {
        writer.attempt();
      }
      writer = writer != null && !writer.waits() ? null : writer;
      if (reader == null) {
        int count = 1 + random.nextInt(100_000);
        reader = world.make("read", pipe[0], new FileWorld.Room(count), count);
      } else if (reader.woken) {
        reader.attempt();
      }
      if (!reader.waits()) {
        received.writeBytes(reader.call.out(1));
        reader = null;
      }
    }
    while (received.size() < sent.size()) {
      if (writer != null && writer.woken) {
        writer.attempt();
      }
      if (reader == null) {
        reader = world.make("read", pipe[0], new FileWorld.Room(50_000), 50_000);
      } else {
        assertThat(reader.woken).as("seed %d: a reader waits with bytes under way", seed).isTrue();
        reader.attempt();
      }
      if (!reader.waits()) {
        received.writeBytes(reader.call.out(1));
        reader = null;
      }
    }
    assertThat(received.toByteArray()).as("seed %d", seed).isEqualTo(sent.toByteArray());
    assertThat(sent.size()).isGreaterThan(1_000_000);
  }

  @Test
  void openingAFifoWaitsForTheOtherSide() {
    world.call("mknodat", OpenFlags.AT_CWD, "/tmp/f", 0010600, 0);
    assertThat(world.open("/tmp/f", OpenFlags.WRITE_ONLY | OpenFlags.NONBLOCK, 0))
        .isEqualTo(-Errno.ENXIO);
    FileWorld.Made reader = world.make("openat", OpenFlags.AT_CWD, "/tmp/f", 0, 0);
    assertThat(reader.waits()).isTrue();
    FileContext other = world.ctx.fork(1002);
    FileWorld.Made writer = world.make(other, "openat", OpenFlags.AT_CWD, "/tmp/f", 1, 0);
    assertThat(writer.waits()).isFalse();
    assertThat(reader.woken).isTrue();
    world.make(other, "write", (int) writer.value(), "hi".getBytes(), 2);
    other.closeAll();
    int fd = (int) reader.attempt().value();
    assertThat(world.read(fd, 10)).isEqualTo("hi");
    assertThat(world.read(fd, 10)).isEmpty();
  }

  @Test
  void aWriterThatCameAndWentStillOpensTheFifoForItsReader() {
    world.call("mknodat", OpenFlags.AT_CWD, "/tmp/f", 0010600, 0);
    FileWorld.Made reader = world.make("openat", OpenFlags.AT_CWD, "/tmp/f", 0, 0);
    int writer = world.open("/tmp/f", OpenFlags.WRITE_ONLY, 0);
    world.call("close", writer);
    assertThat(reader.attempt().waits()).isFalse();
  }

  @Test
  void anInterruptedOpenIsNobodysPartner() {
    world.call("mknodat", OpenFlags.AT_CWD, "/tmp/f", 0010600, 0);
    FileWorld.Made reader = world.make("openat", OpenFlags.AT_CWD, "/tmp/f", 0, 0);
    assertThat(reader.row.interrupted(world.ctx, reader.call)).isEqualTo(-Errno.EINTR);
    assertThat(world.make("openat", OpenFlags.AT_CWD, "/tmp/f", 1, 0).waits()).isTrue();
  }

  @Test
  void pollSeesDataRoomAndHangUp() {
    int[] pipe = world.pipe(0);
    assertThat(poll(pipe[0], 1, 0)).isZero();
    assertThat(poll(pipe[1], 4, 0)).isEqualTo(4);
    world.write(pipe[1], "x");
    assertThat(poll(pipe[0], 1, 0)).isEqualTo(1);
    world.call("close", pipe[1]);
    assertThat(poll(pipe[0], 1, 0)).isEqualTo(1 | 0x10);
    assertThat(poll(99, 1, 0)).isEqualTo(0x20);
  }

  @Test
  void pollWaitsUntilItsDeadline() {
    int[] pipe = world.pipe(0);
    byte[] fds = {(byte) pipe[0], 0, 0, 0, 1, 0, 0, 0};
    FileWorld.Made poll =
        world.make("ppoll", new FileWorld.Both(fds), 1, FileWorld.timespec(0, 500), null, 0);
    assertThat(poll.waits()).isTrue();
    assertThat(((org.godwit.engine.kernel.call.Outcome.Wait) poll.outcome).deadlineNanos())
        .isEqualTo(500);
    world.nanos = 499;
    assertThat(poll.attempt().waits()).isTrue();
    world.nanos = 500;
    assertThat(poll.attempt().value()).isZero();
  }

  @Test
  void selectMarksWhatIsReady() {
    int[] pipe = world.pipe(0);
    byte[] set = {(byte) (1 << pipe[0] | 1 << pipe[1]), 0, 0, 0, 0, 0, 0, 0};
    FileWorld.Made select =
        world.make("pselect6", 8, set.clone(), set.clone(), null, FileWorld.timespec(0, 0), null);
    assertThat(select.value()).isEqualTo(1);
    assertThat(select.call.out(1)[0]).isZero();
    assertThat(select.call.out(2)[0]).isEqualTo((byte) (1 << pipe[1]));
  }

  private int poll(int fd, int events, long nanos) {
    byte[] fds = {(byte) fd, 0, 0, 0, (byte) events, 0, 0, 0};
    FileWorld.Made made =
        world.make("ppoll", new FileWorld.Both(fds), 1, FileWorld.timespec(0, nanos), null, 0);
    return made.out(0).getShort(6);
  }
}
