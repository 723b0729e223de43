package org.godwit.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Another terminal's opinion: random streams of text and control sequences leave our screen with
 * the same text and the same cursor as tmux's. In a failure stands the stream, to be played again.
 */
@Execution(ExecutionMode.CONCURRENT)
class TmuxTest {
  private static final int ROWS = 8;
  private static final int COLUMNS = 24;
  private static final int STREAMS = 60;
  private static final int PARTS = 60;

  @TempDir private static Path folder;
  private static boolean present;

  @BeforeAll
  static void start() throws Exception {
    present = onPath("tmux");
    assumeTrue(present, "tmux is not installed");
    tmux("new-session", "-d", "-x", COLUMNS + "", "-y", ROWS + "", "-s", "t", "sleep", "1000");
    tmux("set", "-g", "status", "off");
    tmux("set", "-g", "remain-on-exit", "on");
    tmux("resize-window", "-t", "t", "-x", COLUMNS + "", "-y", ROWS + "");
  }

  @AfterAll
  static void stop() throws Exception {
    if (present) {
      tmux("kill-server");
    }
  }

  private static boolean onPath(String program) {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  @Test
  void randomStreamsLeaveTheSameText() throws Exception {
    for (int seed = 1; seed <= STREAMS; seed++) {
      String stream = stream(new Random(seed));
      TerminalScreen ours = new TerminalScreen(ROWS, COLUMNS, _ -> {});
      ours.feed(stream.getBytes(UTF_8));
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        lines.add(ours.text(i));
      }
      lines.add(ours.cursorColumn() + " " + ours.cursorRow());
      assertThat(lines).as("seed %d: %s", seed, visible(stream)).isEqualTo(theirs(stream));
    }
  }

  /** The last part sets the cursor down, since terminals differ in how they tell a full line. */
  private static String stream(Random random) {
    StringBuilder stream = new StringBuilder();
    boolean wide = random.nextBoolean();
    while (stream.length() < 6 * PARTS) {
      String part = part(random);
      // What becomes of half a wide character is each terminal's own business.
      boolean cuts =
          part.matches("\u001b\\[(\\d?[@PXC D]|4[hl]|\\d+G|\\d+;\\d+H|[01]?[KJ])|\u001b8");
      if (wide ? !cuts : part.codePoints().allMatch(c -> c < 0x3000)) {
        stream.append(part);
      }
    }
    return stream.append("\u001b[3;5H").toString();
  }

  private static String part(Random random) {
    int n = random.nextInt(6);
    String number = n == 0 ? "" : n + "";
    int row = 1 + random.nextInt(ROWS);
    int column = 1 + random.nextInt(COLUMNS);
    return switch (random.nextInt(34)) {
      case 0, 1, 2, 3, 4, 5 -> words(random);
      case 6 -> "\r\n";
      case 7 -> "\r";
      case 8 -> "\n";
      case 9 -> "\t";
      case 10, 11 -> "\u001b[" + row + ";" + column + "H";
      case 12 -> "\u001b[" + number + "ABCD".charAt(random.nextInt(4));
      case 13 -> "\u001b[" + column + "G";
      case 14 -> "\u001b[" + row + "d";
      case 15 -> "\u001b[" + random.nextInt(3) + "K";
      case 16 -> "\u001b[" + random.nextInt(3) + "J";
      // Outside the margins xterm leaves lines alone, tmux does not; and the cursor's column
      // differs.
      case 17 -> within(random) + "\u001b[" + number + "L\r";
      case 18 -> within(random) + "\u001b[" + number + "M\r";
      case 19 -> "\u001b[" + number + "@";
      case 20 -> "\u001b[" + number + "P";
      case 21 -> "\u001b[" + number + "X";
      case 22 -> "\u001b[" + number + "S";
      case 23 -> within(random);
      case 24 -> "\u001b[?6l\u001b[r";
      case 25 -> "\u001bM";
      case 26 -> "\u001bD";
      case 27 -> "\u001bE";
      case 28 -> "\u001b7";
      case 29 -> "\u001b8";
      case 30 -> random.nextBoolean() ? "\u001b[4h" : "\u001b[4l";
      case 31 -> random.nextBoolean() ? "\u001b[?6h" : "\u001b[?6l";
      case 32 -> "\u001b[1;3" + random.nextInt(8) + ";4" + random.nextInt(8) + "m";
      // Xterm keeps the origin mode with the main screen's cursor, tmux does not.
      default -> random.nextBoolean() ? "\u001b[?6l\u001b[?1049h" : "\u001b[?1049l\u001b[?6l";
    };
  }

  /**
   * Sets margins and the cursor between them; home of the origin mode is another matter for each.
   */
  private static String within(Random random) {
    int first = 1 + random.nextInt(ROWS - 1);
    int last = first + 1 + random.nextInt(ROWS - first);
    int row = first + random.nextInt(last - first + 1);
    return "\u001b[?6l\u001b[" + first + ";" + last + "r\u001b[" + row + "d";
  }

  private static String words(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "日本語";
      case 1 -> "é";
      case 2 -> "e\u0301";
      case 3 -> "0123456789012345678901234567890".substring(random.nextInt(25));
      default -> "abcdefghij".substring(random.nextInt(9));
    };
  }

  private static List<String> theirs(String stream) throws Exception {
    Path file = folder.resolve("stream");
    Files.writeString(file, stream);
    // The answer to the last question says that tmux has read everything before it.
    String script =
        "stty raw -echo; cat '"
            + file
            + "'; printf '\\033[6n';"
            + " dd bs=1 count=6 of=/dev/null 2>/dev/null;"
            + " tmux -L godwit-test wait-for -S done; exec sleep 1000";
    tmux("respawn-pane", "-k", "-t", "t", "sh", "-c", script);
    tmux("wait-for", "done");
    List<String> lines = new ArrayList<>(tmux("capture-pane", "-p", "-t", "t").lines().toList());
    lines.replaceAll(String::stripTrailing);
    while (lines.size() < ROWS) {
      lines.add("");
    }
    lines.add(tmux("display-message", "-p", "-t", "t", "#{cursor_x} #{cursor_y}").strip());
    return lines;
  }

  private static String visible(String stream) {
    return stream
        .codePoints()
        .mapToObj(c -> c < 32 ? String.format("\\x%02x", c) : Character.toString(c))
        .collect(Collectors.joining());
  }

  private static String tmux(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("tmux", "-u", "-L", "godwit-test", "-f", "/dev/null"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return text;
    }
  }
}
