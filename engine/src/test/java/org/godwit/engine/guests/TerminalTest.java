package org.godwit.engine.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.view.TerminalView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Terminals that the session opens, types at, resizes and closes. */
@DisplayName("A terminal of the session")
class TerminalTest {
  private static final Command.OpenTerminal OPEN =
      new Command.OpenTerminal("t", 1, "ttytalk", List.of(), 24, 80);

  private static String shown(Lab lab) {
    StringBuilder text = new StringBuilder();
    for (Happening.TerminalOutput each : lab.happened(Happening.TerminalOutput.class, null)) {
      assertThat(each.bytes().length()).isLessThanOrEqualTo(4096);
      text.append(each.bytes());
    }
    return text.toString();
  }

  private static void awaits(Lab lab, String text) {
    assertThat(lab.until(() -> shown(lab).endsWith(text), Lab.MILLI, 10 * Lab.SECOND))
        .as(() -> "shown: " + shown(lab))
        .isTrue();
  }

  private static void type(Lab lab, String text) {
    lab.accept(new Command.Type("t", new String(text.getBytes(ISO_8859_1), ISO_8859_1)));
  }

  @Test
  @DisplayName("shows what its program writes and gives it what is typed")
  void talks() {
    try (Lab lab = Lab.Plan.nodes(1).open()) {
      lab.accept(OPEN);
      awaits(lab, "name? ");
      assertThat(shown(lab))
          .startsWith("on /dev/pts/0, leader yes, foreground yes\r\nwindow 80x24\r\n");
      ProcessId process = new ProcessId(1, 1001);
      assertThat(lab.session.view().terminals())
          .containsExactly(new TerminalView("t", 1, "/dev/pts/0", 24, 80, process, 1001, 0));
      String stat = new String(lab.session.readFile(1, "/proc/1001/stat").orElseThrow(), UTF_8);
      assertThat(stat.split(" ")[6]).as("tty_nr as Linux has it for pts/0").isEqualTo("34816");
      assertThat(stat.split(" ")[7]).as("tpgid").isEqualTo("1001");
      type(lab, "worlx\u007fd\r");
      awaits(lab, "worlx\b \bd\r\nhello world\r\n^C please\r\n");
      type(lab, "\u0003");
      awaits(lab, "^Cresize please\r\n");
      lab.accept(new Command.ResizeTerminal("t", 50, 132));
      awaits(lab, "window 132x50\r\n");
      lab.forNanos(Lab.SECOND);
      type(lab, "\u001bq");
      awaits(lab, "line 999 of a thousand\r\n");
      assertThat(shown(lab)).contains("<1b><71>\r\nflood\r\nline 0 of a thousand\r\n");
      type(lab, "\u0004");
      awaits(lab, "end of file\r\n");
      assertThat(lab.toEnd(Lab.SECOND)).isTrue();
      lab.forNanos(20 * Lab.MILLI);
      assertThat(lab.happened(Happening.TerminalClosed.class, null)).hasSize(1);
      assertThat(lab.session.view().terminals()).isEmpty();
      assertThat(lab.status(process)).isZero();
    }
  }

  @Test
  @DisplayName("can be a program of the node's own, in another session of the same name never")
  void opensFilesOfTheNode() {
    try (Lab lab = Lab.Plan.nodes(2).open()) {
      lab.accept(OPEN); // Puts the program into /bin.
      assertThat(lab.session.submit(OPEN).refused().key()).isEqualTo("command.terminal-exists");
      lab.accept(new Command.OpenTerminal("u", 1, "/bin/ttytalk", List.of(), 5, 9));
      lab.forNanos(Lab.SECOND);
      assertThat(shown(lab)).contains("on /dev/pts/1, leader yes", "window 9x5");
      var missing = new Command.OpenTerminal("v", 2, "/bin/ttytalk", List.of(), 5, 9);
      assertThat(lab.session.submit(missing).refused().key()).isEqualTo("command.no-file");
      var nobody = new Command.Type("v", "x");
      assertThat(lab.session.submit(nobody).refused().key()).isEqualTo("command.no-terminal");
    }
  }

  @Test
  @DisplayName("that is closed hangs its programs up")
  void hangsUp() {
    try (Lab lab = Lab.Plan.nodes(1).open()) {
      lab.accept(OPEN);
      awaits(lab, "name? ");
      lab.accept(new Command.CloseTerminal("t"));
      assertThat(lab.toEnd(Lab.SECOND)).isTrue();
      assertThat(lab.status(new ProcessId(1, 1001))).isEqualTo(128 + 1);
      lab.forNanos(20 * Lab.MILLI);
      assertThat(lab.happened(Happening.TerminalClosed.class, null)).hasSize(1);
    }
  }

  @Test
  @DisplayName("lets a flood through at first and then at a pace, so that a recording stays small")
  void holdsAFloodBack() {
    try (Lab lab = Lab.Plan.nodes(1).programs(UserlandShellTest::elf).open()) {
      List<String> flood = List.of("cat", "/dev/zero");
      lab.accept(new Command.OpenTerminal("t", 1, "userland", flood, 24, 80));
      lab.forNanos(4 * Lab.SECOND);
      int before = shown(lab).length();
      assertThat(before).isBetween(512 << 10, (512 << 10) + 4 * 16_384);
      lab.forNanos(3 * Lab.SECOND);
      assertThat(shown(lab).length() - before).isBetween(45_000, 3 * 16_384 + 4096);
      type(lab, "\u0003");
      assertThat(lab.toEnd(Lab.SECOND)).as("^C is not held back").isTrue();
      lab.forNanos(Lab.SECOND);
      assertThat(lab.happened(Happening.TerminalClosed.class, null)).hasSize(1);
    }
  }

  @Test
  @DisplayName("is a disk that fills up, to who writes without end and without a terminal")
  void outputOfLaunchedProgramsIsBounded() {
    try (Lab lab = Lab.Plan.nodes(1).programs(UserlandShellTest::elf).open()) {
      ProcessId cat = lab.launch("userland", "cat", "/dev/zero");
      assertThat(lab.toEnd(60 * Lab.SECOND)).isTrue();
      assertThat(lab.status(cat)).isEqualTo(1);
      long kept =
          lab.happened(Happening.Output.class, cat).stream()
              .filter(each -> each.descriptor() == 1)
              .mapToLong(each -> each.bytes().length())
              .sum();
      assertThat(kept).isBetween(60L << 20, 64L << 20);
    }
  }

  @Test
  @DisplayName("serves a program that is away")
  void servesFromAfar() {
    try (Lab lab = Lab.Plan.nodes(2).open()) {
      lab.accept(OPEN);
      awaits(lab, "name? ");
      lab.move(new ProcessId(1, 1001), 2);
      lab.forNanos(Lab.SECOND);
      assertThat(lab.view(new ProcessId(1, 1001)).where()).isEqualTo(2);
      type(lab, "there\r");
      awaits(lab, "hello there\r\n^C please\r\n");
      type(lab, "\u0003");
      awaits(lab, "^Cresize please\r\n");
    }
  }
}
