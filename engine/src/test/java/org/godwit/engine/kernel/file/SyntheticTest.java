package org.godwit.engine.kernel.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.kernel.proc.SyntheticEntry;
import org.godwit.engine.kernel.proc.SyntheticFile;
import org.godwit.engine.kernel.proc.SyntheticLink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Synthetic directories, files and links, as /proc hangs them into the tree. */
class SyntheticTest {
  private final FileWorld world = new FileWorld();
  private String lock = "0";
  private int reads;

  /** A directory of fixed entries. */
  private record Fixed(TreeMap<String, SyntheticEntry> entries) implements SyntheticDirectory {
    @Override
    public SyntheticEntry lookup(String name) {
      return entries.get(name);
    }

    @Override
    public List<String> names() {
      return List.copyOf(entries.keySet());
    }
  }

  private final class Lock implements SyntheticFile {
    @Override
    public byte[] read(int reader) {
      reads++;
      return (lock + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int write(byte[] data, int writer) {
      String text = new String(data, StandardCharsets.UTF_8).strip();
      if (!text.equals("0") && !text.equals("1")) {
        return Errno.EINVAL;
      }
      lock = text;
      return 0;
    }

    @Override
    public int mode() {
      return 0644;
    }
  }

  @BeforeEach
  void mount() {
    TreeMap<String, SyntheticEntry> own = new TreeMap<>();
    own.put("lock", new Lock());
    own.put("fd", new DescriptorDirectory(world.ctx));
    TreeMap<String, SyntheticEntry> proc = new TreeMap<>();
    proc.put("1001", new Fixed(own));
    SyntheticLink self = pid -> Integer.toString(pid);
    proc.put("self", self);
    world.node.tree().mount("/proc", new Fixed(proc));
  }

  @Test
  void selfIsTheCaller() {
    assertThat(world.make("readlinkat", -100, "/proc/self", new FileWorld.Room(9), 9).text(2))
        .isEqualTo("1001");
    FileContext other = world.ctx.fork(1002);
    assertThat(world.make(other, "openat", -100, "/proc/self/lock", 0, 0).value())
        .isEqualTo(-Errno.ENOENT);
  }

  @Test
  void contentIsMadeWhenItIsReadAndAgainFromTheStart() {
    int fd = world.openExisting("/proc/self/lock");
    assertThat(reads).isZero();
    assertThat(world.read(fd, 1)).isEqualTo("0");
    lock = "1";
    assertThat(world.read(fd, 9)).isEqualTo("\n");
    assertThat(world.read(fd, 9)).isEmpty();
    assertThat(world.call("lseek", fd, 0, 0)).isZero();
    assertThat(world.read(fd, 9)).isEqualTo("1\n");
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void aWriteActsAtOnceOrSaysWhyNot() {
    int fd = world.open("/proc/1001/lock", OpenFlags.WRITE_ONLY | OpenFlags.TRUNCATE, 0);
    assertThat(world.write(fd, "1\n")).isEqualTo(2);
    assertThat(lock).isEqualTo("1");
    assertThat(world.write(fd, "maybe")).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void permissionsAreThoseOfTheEntry() {
    world.ctx.credentials(Credentials.of(500, 500));
    assertThat(world.open("/proc/1001/lock", OpenFlags.WRITE_ONLY, 0)).isEqualTo(-Errno.EACCES);
  }

  @Test
  void nothingIsMadeMovedOrRemovedThere() {
    assertThat(world.open("/proc/new", OpenFlags.CREATE | 1, 0644)).isEqualTo(-Errno.ENOENT);
    assertThat(world.call("unlinkat", -100, "/proc/1001/lock", 0)).isEqualTo(-Errno.EPERM);
    assertThat(world.call("renameat2", -100, "/proc/1001", -100, "/tmp/x", 0))
        .isEqualTo(-Errno.EXDEV);
    assertThat(world.call("unlinkat", -100, "/proc", 0x200)).isEqualTo(-Errno.EBUSY);
  }

  @Test
  void itCanBeListedAndWalkedInto() {
    int fd = world.openExisting("/proc");
    FileWorld.Made made = world.make("getdents64", fd, new FileWorld.Room(500), 500);
    assertThat(FileCallsTest.names(made)).containsExactly(".", "..", "1001", "self");
    assertThat(world.call("chdir", "/proc/1001")).isZero();
    assertThat(world.openExisting("lock")).isPositive();
    assertThat(world.openExisting("../../dev/null")).isPositive();
    assertThat(world.make("getcwd", new FileWorld.Room(99), 99).text(0)).isEqualTo("/proc/1001\0");
  }

  @Test
  void aDescriptorsLinkOpensWhatItIsOpenOn() {
    int[] pipe = world.pipe(0);
    world.write(pipe[1], "through");
    int again = world.openExisting("/proc/self/fd/0");
    assertThat(again).isPositive();
    assertThat(world.read(again, 99)).isEqualTo("through");
    assertThat(world.make("readlinkat", -100, "/dev/fd/0", new FileWorld.Room(99), 99).text(2))
        .startsWith("pipe:[");
    assertThat(world.openExisting("/dev/stdin")).isPositive();
    assertThat(world.openExisting("/proc/self/fd/77")).isEqualTo(-Errno.ENOENT);
    world.call("mkdirat", -100, "/tmp/d", 0755);
    int file = world.open("/tmp/d/f", OpenFlags.CREATE | 2, 0600);
    String link = "/proc/1001/fd/" + file;
    FileContext other = world.ctx.fork(1002);
    assertThat(world.make(other, "readlinkat", -100, link, new FileWorld.Room(99), 99).text(2))
        .isEqualTo("/tmp/d/f");
    world.call("unlinkat", -100, "/tmp/d/f", 0);
    assertThat(world.make("readlinkat", -100, link, new FileWorld.Room(99), 99).text(2))
        .isEqualTo("/ (deleted)");
    assertThat(world.openExisting(link)).as("without a name, by its descriptor").isPositive();
  }
}
