package org.godwit.engine.kernel.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.kernel.call.Errno;
import org.junit.jupiter.api.Test;

/** flock(2) and record locks of fcntl(2) between two processes. */
class LockTest {
  private static final int SHARED = 1;
  private static final int EXCLUSIVE = 2;
  private static final int UNLOCK = 8;
  private static final int SETLK = 6;
  private static final int SETLKW = 7;
  private static final int GETLK = 5;

  private final FileWorld world = new FileWorld();
  private final int fd = world.open("/tmp/f", OpenFlags.CREATE | OpenFlags.READ_WRITE, 0600);
  private final FileContext other = world.ctx.fork(1002);
  private final int theirs = (int) world.make(other, "openat", -100, "/tmp/f", 2, 0).value();

  private static FileWorld.Both lock(int type, long start, long length) {
    ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) type).putShort((short) 0).putInt(0).putLong(start).putLong(length);
    return new FileWorld.Both(bytes.array());
  }

  @Test
  void flockIsHeldByTheDescription() {
    assertThat(world.call("flock", fd, EXCLUSIVE)).isZero();
    assertThat(world.make(other, "flock", fd, EXCLUSIVE).value()).as("same description").isZero();
    FileWorld.Made waiting = world.make(other, "flock", theirs, SHARED);
    assertThat(waiting.waits()).isTrue();
    world.call("flock", fd, UNLOCK);
    assertThat(waiting.woken).isTrue();
    assertThat(waiting.attempt().value()).isZero();
    assertThat(world.call("flock", fd, EXCLUSIVE | 4)).isEqualTo(-Errno.EAGAIN);
    assertThat(world.call("flock", fd, SHARED | 4)).isZero();
  }

  @Test
  void recordLocksSplitAndMeet() {
    assertThat(world.call("fcntl", fd, SETLK, lock(1, 0, 100))).isZero();
    assertThat(world.call("fcntl", fd, SETLK, lock(2, 40, 20))).isZero();
    assertThat(world.make(other, "fcntl", theirs, SETLK, lock(1, 40, 20)).value()).isZero();
    assertThat(world.make(other, "fcntl", theirs, SETLK, lock(0, 39, 1)).value())
        .isEqualTo(-Errno.EAGAIN);
    FileWorld.Made asked = world.make(other, "fcntl", theirs, GETLK, lock(1, 60, 0));
    assertThat(asked.out(2).getLong(8)).isEqualTo(60);
    assertThat(asked.out(2).getLong(16)).isEqualTo(40);
    assertThat(asked.out(2).getInt(24)).isEqualTo(1001);
  }

  @Test
  void closingAnyDescriptorOfTheFileDropsTheProcesssRecordLocks() {
    world.call("fcntl", fd, SETLK, lock(1, 0, 0));
    FileWorld.Made waiting = world.make(other, "fcntl", theirs, SETLKW, lock(1, 0, 1));
    assertThat(waiting.waits()).isTrue();
    world.call("close", world.openExisting("/tmp/f"));
    assertThat(waiting.woken).isTrue();
    assertThat(waiting.attempt().value()).isZero();
  }
}
