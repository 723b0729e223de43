package org.godwit.engine.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.memory.Frames;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.MigrationMethod;
import org.godwit.model.view.LedgerRow;
import org.godwit.model.view.LedgerRow.Place;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files of other nodes below /mfs (reference section 6). */
@DisplayName("MFS")
class MfsTest {
  private static final String EXPECTED =
      """
      create: ok
      write: ok
      seek 6
      read 4 'over'
      size 16 mode 640 links 1
      child read on: yes, offset now 16
      close: ok
      pread 5 'hello'
      read after close: EBADF
      mkdir: ok
      rename: ok
      stat: ok
      openat: ok
      has moved
      link across nodes: EXDEV
      proc over there: EACCES
      device over there: EACCES
      third node: EACCES
      no such node: ENOENT
      unlink: ok
      rmdir: ok
      """;

  private static final int OPENAT = 56;
  private static final int WRITE = 64;
  private static final int CREATE = 0101;

  private static ProcessId end(Lab lab, ProcessId process) {
    assertThat(lab.until(() -> lab.status(process) >= 0, Lab.MILLI, 20 * Lab.SECOND)).isTrue();
    return process;
  }

  @Test
  @DisplayName("what a process does with files of another node, at home and away")
  void files() {
    try (Lab lab = Lab.Plan.nodes(3).open()) {
      assertThat(lab.wrote(end(lab, lab.launch("mfs", "/mfs/2/tmp")), 1)).isEqualTo(EXPECTED);
      ProcessId direct = away(lab);
      assertThat(calls(lab, direct, Place.HOME, FILE_CALLS)).as("with DFSA").isZero();
      assertThat(calls(lab, direct, Place.MFS, FILE_CALLS)).isGreaterThan(10);
      assertThat(calls(lab, direct, Place.HOME, List.of("write", "clone"))).isPositive();
      assertThat(Inside.process(lab.session, direct).mfsCalls()).as("asked by home").isZero();

      mount(lab, 1, false);
      ProcessId forwarded = away(lab);
      assertThat(calls(lab, forwarded, Place.HOME, FILE_CALLS)).as("without").isGreaterThan(10);
      assertThat(calls(lab, forwarded, Place.MFS, FILE_CALLS)).isZero();
      assertThat(Inside.process(lab.session, forwarded).mfsCalls()).isGreaterThan(15);

      mount(lab, 1, true);
      mount(lab, 3, false);
      ProcessId mixed = away(lab);
      assertThat(calls(lab, mixed, Place.MFS, FILE_CALLS)).as("both mounts count").isZero();
      nothingIsOpen(lab);
    }
  }

  /** Calls that the program makes on files of the other node and on nothing else. */
  private static final List<String> FILE_CALLS =
      List.of("lseek", "mkdirat", "renameat2", "getdents64", "unlinkat", "pread64", "openat");

  private static ProcessId away(Lab lab) {
    ProcessId process = lab.launch("mfs", "/mfs/2/tmp", "60000");
    lab.move(process, 3);
    lab.until(() -> lab.view(process).where() == 3, Lab.MILLI, Lab.SECOND);
    assertThat(lab.view(process).where()).isEqualTo(3);
    assertThat(lab.wrote(end(lab, process), 1)).isEqualTo(EXPECTED);
    return process;
  }

  private static void mount(Lab lab, int node, boolean direct) {
    Inside.node(lab.session, node).kernel().mountRemoteFiles(direct);
  }

  private static long calls(Lab lab, ProcessId process, Place place, List<String> names) {
    return lab.session.ledger(process).stream()
        .filter(row -> row.place() == place && names.contains(row.call()))
        .mapToLong(LedgerRow::count)
        .sum();
  }

  private static void nothingIsOpen(Lab lab) {
    nothingIsOpenOf(lab, 3);
  }

  private static void nothingIsOpenOf(Lab lab, int nodes) {
    lab.forNanos(2 * Lab.SECOND);
    for (int node = 1; node <= nodes; node++) {
      assertThat(Inside.node(lab.session, node).files().openFiles())
          .as("nothing is left open on node " + node)
          .isZero();
    }
  }

  @Test
  @DisplayName("files are at hand where they are, through moves at any moment")
  void moved() {
    for (MigrationMethod method : MigrationMethod.values()) {
      try (Lab lab = Lab.Plan.nodes(3).migrateEvery(1_499).method(method).open()) {
        ProcessId process = end(lab, lab.launch("mfs", "/mfs/2/tmp"));
        assertThat(lab.wrote(process, 1)).as(method.toString()).isEqualTo(EXPECTED);
        assertThat(lab.migrations(process)).hasSizeGreaterThan(10);
        assertThat(calls(lab, process, Place.MFS, FILE_CALLS)).isPositive();
        nothingIsOpen(lab);
      }
    }
  }

  /** Opens a file of node 2, then writes 50 bytes one by one with computing between. */
  private static Guests scribe() {
    Script script = new Script();
    long path = script.string("/mfs/2/tmp/note");
    long text = script.string("x");
    script.compute(60_000).call(OPENAT, -100, path, CREATE, 0644).ifNegative("bad").keep(0);
    for (int i = 0; i < 50; i++) {
      script.compute(4_000).call(WRITE, new Script.Slot(0), text, 1).ifNegative("bad");
    }
    script.exit(0);
    return script.label("bad").instruction("sub a0,zero,a0").call(94).named("scribe");
  }

  private static ProcessId writesAway(Lab lab) {
    ProcessId process = lab.launch("scribe");
    lab.move(process, 3);
    assertThat(lab.until(() -> !written(lab, 2).isEmpty(), Lab.MILLI / 10, Lab.SECOND)).isTrue();
    assertThat(lab.view(process).where()).isEqualTo(3);
    return process;
  }

  @Test
  @DisplayName("a cut link delays a direct call, a node that is gone fails it, home is not needed")
  void faults() {
    try (Lab lab = Lab.Plan.nodes(3).programs(scribe()).open()) {
      ProcessId delayed = writesAway(lab);
      lab.accept(new Command.CutLink(2, 3));
      lab.accept(new Command.CutLink(1, 2));
      lab.forNanos(500 * Lab.MILLI);
      assertThat(lab.status(delayed)).isEqualTo(-1);
      lab.accept(new Command.SetLink(new LinkSpec(2, 3, 100, 100_000)));
      assertThat(lab.status(end(lab, delayed))).isZero();
      assertThat(written(lab, 2)).as("each byte once").isEqualTo("x".repeat(50));
    }
    try (Lab lab = Lab.Plan.nodes(3).programs(scribe()).open()) {
      ProcessId cut = writesAway(lab);
      lab.accept(new Command.CutLink(1, 3));
      lab.accept(new Command.CutLink(1, 2));
      int before = written(lab, 2).length();
      lab.forNanos(50 * Lab.MILLI);
      assertThat(written(lab, 2).length()).as("goes on without home").isGreaterThan(before);
      assertThat(lab.status(cut)).isEqualTo(-1);
    }
    try (Lab lab = Lab.Plan.nodes(3).programs(scribe()).open()) {
      ProcessId failed = writesAway(lab);
      lab.accept(new Command.CrashNode(2));
      assertThat(lab.status(end(lab, failed))).isEqualTo(Errno.EHOSTUNREACH);
    }
    try (Lab lab = Lab.Plan.nodes(3).programs(scribe()).open()) {
      ProcessId lost = writesAway(lab);
      assertThat(Inside.node(lab.session, 2).files().openFiles()).isEqualTo(1);
      lab.accept(new Command.CrashNode(3));
      end(lab, lost);
      lab.forNanos(2 * Lab.SECOND);
      assertThat(Inside.node(lab.session, 2).files().openFiles())
          .as("what only a lost body knew of is closed")
          .isZero();
    }
    try (Lab lab = Lab.Plan.nodes(3).programs(scribe()).open()) {
      ProcessId killed = writesAway(lab);
      lab.signal(killed, 9);
      end(lab, killed);
      nothingIsOpen(lab);
    }
  }

  @Test
  @DisplayName("root may mount with or without DFSA, and /proc/mounts says which")
  void remount() {
    int mount = 40;
    Script script = new Script();
    long target = script.string("/mfs");
    long type = script.string("mfs");
    long plain = script.string("rw,dfsa=0");
    long strange = script.string("dfsa=2");
    long root = script.string("/");
    script.call(mount, type, target, type, 32, strange).expect(-Errno.EINVAL, 1);
    script.call(mount, type, target, type, 0, plain).expect(-Errno.EBUSY, 2);
    script.call(mount, type, root, type, 32, plain).expect(-Errno.EINVAL, 3);
    script.call(mount, type, target, type, 32, plain).expect(0, 4);
    script.call(146, 1000).expect(0, 5);
    script.call(mount, type, target, type, 32, plain).expect(-Errno.EPERM, 6);
    try (Lab lab = Lab.Plan.nodes(2).programs(script.exit(0).named("mounter")).open()) {
      assertThat(mounts(lab)).contains("mfs_mnt /mfs mfs rw,dfsa=1");
      assertThat(lab.status(end(lab, lab.launch("mounter")))).isZero();
      assertThat(mounts(lab)).contains("mfs_mnt /mfs mfs rw,dfsa=0");
    }
  }

  private static String mounts(Lab lab) {
    return lab.session
        .readFile(1, "/proc/mounts")
        .map(each -> new String(each, ISO_8859_1))
        .orElseThrow();
  }

  /** Writes a file below a folder of /mfs after some computing; exit status is the errno. */
  private static Guests writer(String folder) {
    Script script = new Script();
    long path = script.string(folder + "/tmp/note");
    long text = script.string("note");
    script.compute(60_000).call(OPENAT, -100, path, CREATE, 0644).ifNegative("bad").keep(0);
    script.call(WRITE, new Script.Slot(0), text, 4).ifNegative("bad").exit(0);
    return script.label("bad").instruction("sub a0,zero,a0").call(94).named("writer");
  }

  private static String written(Lab lab, int node) {
    return lab.session
        .readFile(node, "/tmp/note")
        .map(each -> new String(each, ISO_8859_1))
        .orElse("");
  }

  @Test
  @DisplayName("here is where the process runs, home is its home, magic creates here")
  void magic() {
    for (String name : new String[] {"here", "home", "magic", "lastexec"}) {
      try (Lab lab = Lab.Plan.nodes(2).programs(writer("/mfs/" + name)).open()) {
        ProcessId process = lab.launch("writer");
        lab.move(process, 2);
        assertThat(lab.status(end(lab, process))).as(name).isZero();
        boolean there = name.equals("here") || name.equals("magic");
        assertThat(written(lab, 2)).as(name).isEqualTo(there ? "note" : "");
        assertThat(written(lab, 1)).as(name).isEqualTo(there ? "" : "note");
      }
    }
  }

  @Test
  @DisplayName("selected is what was written to the file of that name")
  void selected() {
    Script script = new Script();
    long file = script.string("/proc/self/selected");
    long two = script.string("2");
    long path = script.string("/mfs/selected/tmp/note");
    script.call(OPENAT, -100, path, CREATE, 0644).expect(-Errno.ENOENT, 1);
    script.call(OPENAT, -100, file, 1).keep(0).call(WRITE, new Script.Slot(0), two, 1).expect(1, 2);
    script.fork(1, "child").exit(0);
    script.label("child").call(OPENAT, -100, path, CREATE, 0644).keep(0);
    Guests guests = script.call(WRITE, new Script.Slot(0), two, 1).exit(0).named("selects");
    try (Lab lab = Lab.Plan.nodes(2).programs(guests).open()) {
      assertThat(lab.status(end(lab, lab.launch("selects")))).isZero();
      lab.forNanos(2 * Lab.SECOND);
      assertThat(written(lab, 2)).isEqualTo("2");
    }
  }

  @Test
  @DisplayName("a node with nomfs, and one that is down, refuse")
  void refused() {
    Guests guests = writer("/mfs/2");
    try (Lab lab = Lab.Plan.nodes(3).programs(guests).open()) {
      lab.accept(new Command.SetSwitch(2, NodeSwitch.NOMFS, true));
      assertThat(lab.status(end(lab, lab.launch("writer")))).isEqualTo(Errno.EACCES);
      lab.accept(new Command.SetSwitch(2, NodeSwitch.NOMFS, false));
      assertThat(lab.status(end(lab, lab.launch("writer")))).isZero();
      lab.accept(new Command.CrashNode(2));
      assertThat(lab.status(end(lab, lab.launch("writer")))).isEqualTo(Errno.EHOSTUNREACH);
    }
  }

  /** Words are a shell's; a program of the node is run as userland's. */
  private static final String WALK =
      """
      cd /mfs/2/tmp && pwd
      echo one > first
      userland mkdir inner
      cd inner && pwd
      echo two > ../second
      cd ..
      userland ls
      userland cat first second
      userland cat /../../mfs/2/../../tmp/second
      userland cat /../tmp/..//../none
      userland cat /tmp/first
      userland mv first /mfs/2/tmp/inner/moved
      userland cat inner/moved
      cd ../../.. && pwd
      cd /mfs && cd ../../.. && pwd && cd mfs && cd 3 && pwd
      userland cat tmp/first
      cd /mfs/2/nowhere
      cd /mfs/2/tmp/second
      cd /mfs/9
      userland ls -d /mfs/2/proc && userland cat /mfs/2/proc/uptime
      cd /mfs/here/tmp && pwd
      cd /mfs/2/tmp/inner && userland rm moved && cd .. && userland rm -r inner second && userland ls
      cd /mfs/2/tmp && userland cp /bin/userland program
      ./program echo a program of node 2 in $PWD
      /mfs/2/tmp/program echo and by its whole path
      userland chmod 644 program; ./program echo forbidden
      printf '#!/bin/userland sh\\necho script $0\\n' > program; userland chmod 755 program; ./program
      printf '#!/bin/userland cat\n' > program; /mfs/2/tmp/program
      userland rm program; ./program; /mfs/2/tmp
      cd /tmp && pwd
      """;

  private static final String WALKED =
      """
      /mfs/2/tmp
      /mfs/2/tmp/inner
      first
      inner
      second
      one
      two
      two
      one
      /mfs/2
      /
      /mfs/3
      /mfs/2/proc
      /mfs/1/tmp
      a program of node 2 in /mfs/2/tmp
      and by its whole path
      script ./program
      #!/bin/userland cat
      /tmp
      """;

  @Test
  @DisplayName("the current directory may be another node's: a shell walks about")
  void currentDirectory() {
    byte[] userland = Guests.read(Path.of("..", "resources", "userland", "userland.elf"));
    Guests guests = Guests.ON_BOARD.with("userland", userland);
    try (Lab lab = Lab.Plan.nodes(3).programs(guests).open()) {
      ProcessId shell = end(lab, lab.launch("userland", "sh", "-c", WALK));
      assertThat(lab.wrote(shell, 1)).isEqualTo(WALKED);
      assertThat(lab.wrote(shell, 2))
          .isEqualTo(
              """
              cat: /../tmp/..//../none: No such file or directory
              cat: /tmp/first: No such file or directory
              cat: tmp/first: No such file or directory
              sh: cd: /mfs/2/nowhere: No such file or directory
              sh: cd: /mfs/2/tmp/second: Not a directory
              sh: cd: /mfs/9: No such file or directory
              cat: /mfs/2/proc/uptime: Permission denied
              sh: ./program: Permission denied
              sh: ./program: No such file or directory
              sh: /mfs/2/tmp: Permission denied
              """);
      nothingIsOpen(lab);
    }
    for (boolean direct : List.of(true, false)) {
      try (Lab lab = Lab.Plan.nodes(3).programs(guests).migrateEvery(4_999).open()) {
        mount(lab, 1, direct);
        ProcessId shell = end(lab, lab.launch("userland", "sh", "-c", WALK));
        assertThat(lab.wrote(shell, 1).replaceAll("/mfs/./tmp\na ", "/mfs/1/tmp\na "))
            .as("moved, DFSA %s; here is where it is then", direct)
            .isEqualTo(WALKED);
        assertThat(lab.migrations(shell)).hasSizeGreaterThan(10);
        nothingIsOpen(lab);
      }
    }
  }

  @Test
  @DisplayName(
      "descriptors of such a file are copied; it is mapped privately, not locked or sent from")
  void descriptors() {
    Script script = new Script();
    long path = script.string("/mfs/2/tmp/f");
    long word = script.words(0x6867666564636261L);
    long seen = script.room(8);
    long lock = script.words(0, 0, 0, 0);
    script.call(OPENAT, -100, path, 0102, 0644).expect(3, 1);
    script.call(WRITE, 3, word, 8).expect(8, 2);
    script.call(23, 3).expect(4, 3).call(25, 3, 0, 9).expect(9, 4).call(24, 3, 5, 0).expect(5, 5);
    script.call(62, 4, 2, 0).expect(2, 6).call(63, 9, seen, 2).expect(2, 7);
    script.expectWord(seen, 0x6463, 8).call(62, 5, 0, 1).expect(4, 9);
    script.call(25, 3, 3, 0).expect(0100002, 10).call(25, 3, 2, 1).expect(0, 11);
    script.call(25, 3, 1, 0).expect(1, 12);
    long at = 0x2000_0000L;
    script.call(222, at, 4096, 3, 0x12, 3, 0).expect(at, 13);
    script.expectWord(at, 0x64636261, 18).expectWord(at + 4, 0x68676665, 19);
    script.call(63, 9, at, 2).expect(2, 20).call(67, 3, seen, 2, 0).expect(2, 21);
    script.call(215, at, 4096).expect(0, 22);
    script.call(222, 0, 4096, 1, 1, 3, 0).expect(-Errno.ENODEV, 23);
    long folder = script.string("/mfs/2/tmp");
    script.call(OPENAT, -100, folder, 0, 0).expect(6, 24);
    script.call(222, 0, 4096, 1, 2, 6, 0).expect(-Errno.ENODEV, 25).call(57, 6).expect(0, 26);
    script.call(32, 3, 6).expect(-Errno.ENOLCK, 14);
    script.call(25, 3, 6, lock).expect(-Errno.ENOLCK, 15);
    script.call(71, 1, 3, 0, 8).expect(-Errno.EINVAL, 16);
    script.call(50, 3).expect(-Errno.ENOTDIR, 17).exit(0);
    try (Lab lab = Lab.Plan.nodes(2).programs(script.named("copies")).open()) {
      ProcessId process = end(lab, lab.launch("copies"));
      assertThat(lab.status(process)).isZero();
      nothingIsOpenOf(lab, 2);
      assertThat(Inside.node(lab.session, 1).kernel().frames().used())
          .as("the copy that was mapped is gone; what is left is the program's file")
          .isLessThan(8);
    }
  }

  @Test
  @DisplayName("a program of another node is read whole, and not kept when it has ended")
  void programsAreReadEachTime() {
    byte[] userland = Guests.read(Path.of("..", "resources", "userland", "userland.elf"));
    Guests guests = Guests.ON_BOARD.with("userland", userland);
    String script =
        """
        userland cp /bin/userland /mfs/2/tmp/program
        /mfs/2/tmp/program sleep 1 & userland sleep 0.6
        /mfs/2/tmp/program cat /proc/$!/cmdline; /mfs/2/tmp/program ls -l /proc/$!/exe
        wait
        """;
    try (Lab lab = Lab.Plan.nodes(2).programs(guests).open()) {
      ProcessId shell = lab.launch("userland", "sh", "-c", script);
      Frames ram = Inside.node(lab.session, 1).kernel().frames();
      assertThat(lab.until(() -> ram.used() > 170 + 170, Lab.MILLI, 5 * Lab.SECOND))
          .as("the sleeping one's, and that of the next")
          .isTrue();
      end(lab, shell);
      assertThat(lab.wrote(shell, 1))
          .startsWith("/mfs/2/tmp/program\0sleep\0" + "1\0")
          .contains("-> /mfs/2/tmp/program");
      assertThat(ram.used()).isLessThan(8);
    }
  }

  @Test
  @DisplayName("RLIMIT_FSIZE holds there, too: at home, away, and by way of home")
  void filesHaveTheirGreatestSize() {
    Script script = new Script().compute(30_000);
    long limit = script.words(100, 100);
    long path = script.string("/mfs/2/tmp/f");
    long bytes = script.room(80);
    script.call(261, 0, 1, limit, 0).expect(0, 1);
    script
        .call(OPENAT, -100, path, 0102, 0644)
        .expect(3, 2)
        .call(WRITE, 3, bytes, 80)
        .expect(80, 3);
    script.call(WRITE, 3, bytes, 80).expect(20, 4).call(WRITE, 3, bytes, 80).exit(5);
    for (String how : List.of("at home", "away", "forwarded")) {
      try (Lab lab = Lab.Plan.nodes(3).programs(script.named("writes")).open()) {
        mount(lab, 1, !how.equals("forwarded"));
        ProcessId process = lab.launch("writes");
        if (!how.equals("at home")) {
          lab.move(process, 3);
        }
        assertThat(lab.status(end(lab, process))).as(how + ": SIGXFSZ").isEqualTo(128 + 25);
        assertThat(lab.migrations(process)).hasSize(how.equals("at home") ? 0 : 1);
        assertThat(lab.session.readFile(2, "/tmp/f").orElseThrow()).as(how).hasSize(100);
      }
    }
  }

  @Test
  @DisplayName("links of a node's own tree lead below /mfs, and so do dots")
  void linksLeadThere() {
    byte[] userland = Guests.read(Path.of("..", "resources", "userland", "userland.elf"));
    Guests guests = Guests.ON_BOARD.with("userland", userland);
    String script =
        """
        userland ln -s /mfs/2/tmp /tmp/there; userland ln -s there/file /tmp/deep
        userland ln -s /mfs/9/x /tmp/nowhere
        echo one > /tmp/there/file; userland cat /mfs/2/tmp/file /tmp/deep
        echo two >> /tmp/deep; userland wc -l /tmp/../mfs/2/tmp/file
        cd /tmp/there && pwd; cd /tmp
        userland mkdir there/a && userland mv there/a there/b && userland ls there
        userland cp /bin/userland there/p && ./there/p echo it runs; userland rm there/p
        userland mv there here && userland cat here/file && userland rm -r here/b here/file
        userland ls here; userland rm here deep; userland ls; userland cat nowhere
        """;
    String expected =
        "one\none\n2 /tmp/../mfs/2/tmp/file\n/mfs/2/tmp\nb\nfile\nit runs\none\ntwo\nnowhere\n";
    for (long every : new long[] {0, 5_003}) {
      try (Lab lab = Lab.Plan.nodes(3).programs(guests).migrateEvery(every).open()) {
        ProcessId shell = end(lab, lab.launch("userland", "sh", "-c", script));
        assertThat(lab.wrote(shell, 1)).isEqualTo(expected);
        assertThat(lab.wrote(shell, 2)).isEqualTo("cat: nowhere: No such file or directory\n");
        nothingIsOpen(lab);
      }
    }
  }
}
