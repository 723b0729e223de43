package org.godwit.engine.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
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
      ProcessId away = lab.launch("mfs", "/mfs/2/tmp", "60000");
      lab.move(away, 3);
      lab.until(() -> lab.view(away).where() == 3, Lab.MILLI, Lab.SECOND);
      assertThat(lab.view(away).where()).isEqualTo(3);
      assertThat(lab.wrote(end(lab, away), 1)).isEqualTo(EXPECTED);
      assertThat(Inside.process(lab.session, away).mfsCalls()).isGreaterThan(15);
      lab.forNanos(2 * Lab.SECOND);
      assertThat(Inside.node(lab.session, 2).files().openFiles())
          .as("nothing is left open over there")
          .isEqualTo(Inside.node(lab.session, 3).files().openFiles());
    }
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
}
