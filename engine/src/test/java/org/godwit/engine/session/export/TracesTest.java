package org.godwit.engine.session.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.Recordings;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Perfetto, Pajé and asciicast: our own rules for each, and a reader that we did not write. */
class TracesTest {
  private static final RecordedSession SAMPLE = Recordings.sample();

  @TempDir Path folder;

  // Perfetto

  @Test
  void thePerfettoTraceKeepsTheRules() throws IOException {
    assertThat(PerfettoRules.offences(perfetto(SAMPLE))).isEmpty();
    assertThat(PerfettoRules.offences(perfetto(odd()))).isEmpty();
  }

  @Test
  void theRulesCanBeBroken() {
    Proto track = new Proto().integer(1, 5).text(2, "a");
    Proto begin = new Proto().integer(9, 1).integer(11, 5).text(23, "x");
    Proto end = new Proto().integer(9, 2).integer(11, 5);
    Proto first = new Proto().integer(10, 1).integer(13, 1).message(60, track);

    assertThat(PerfettoRules.offences(trace(first, at(1, begin), at(2, end)))).isEmpty();
    assertThat(PerfettoRules.offences(trace(first, at(1, begin)))).isNotEmpty();
    assertThat(PerfettoRules.offences(trace(first, at(1, end)))).isNotEmpty();
    assertThat(PerfettoRules.offences(trace(first, at(2, begin), at(1, end)))).isNotEmpty();
    assertThat(PerfettoRules.offences(trace(at(1, begin), at(2, end)))).isNotEmpty();
    assertThat(
            PerfettoRules.offences(
                trace(
                    first,
                    at(1, new Proto().integer(9, 3).integer(11, 5).text(23, "x").fixed64(48, 7)))))
        .isNotEmpty();
  }

  private static Proto at(long nanos, Proto event) {
    return new Proto().integer(8, nanos).integer(10, 1).message(11, event);
  }

  private static byte[] trace(Proto... packets) {
    Proto trace = new Proto();
    for (Proto each : packets) {
      trace.message(1, each);
    }
    return trace.toByteArray();
  }

  /** The compiler of protocol buffers, given Perfetto's field numbers, must know every field. */
  @Test
  void protocReadsThePerfettoTrace() throws Exception {
    assumeTrue(runs("protoc", "--version"), "protoc is not installed (protobuf-compiler)");
    Path trace = folder.resolve("x.pftrace");
    Files.write(trace, perfetto(SAMPLE));
    String text =
        output(
            trace,
            "protoc",
            "--proto_path=" + Path.of("src/test/resources/exports").toAbsolutePath(),
            "--decode=perfetto.protos.Trace",
            "perfetto_subset.proto");

    assertThat(Pattern.compile("(?m)^ *[0-9]+[:{ ]").matcher(text).find()).as(text).isFalse();
    assertThat(count(text, "type: TYPE_SLICE_BEGIN"))
        .isEqualTo(count(text, "type: TYPE_SLICE_END"));
    assertThat(count(text, "  flow_ids: ")).isEqualTo(2);
    assertThat(count(text, "terminating_flow_ids: ")).isEqualTo(2);
    assertThat(count(text, "type: TYPE_COUNTER")).isEqualTo(SAMPLE.samples().size() * 6);
    assertThat(text)
        .contains("process_name: \"node1\"", "name: \"1001 spin (guest of node 1)\"")
        .contains("name: \"decision: 1001@1\"", "string_value: \"balance.moved[1001@1, 2]\"")
        .containsPattern("name: \"migrate\"\\s+flow_ids: 1");
  }

  // Pajé

  /** pj_dump of pajeng prints a row for each container, state, link, variable and event. */
  @Test
  void pjDumpReadsThePajeTrace() throws Exception {
    assumeTrue(runs("pj_dump", "--version"), "pj_dump is not installed (pajeng)");
    for (RecordedSession session : List.of(SAMPLE, odd())) {
      Path trace = folder.resolve("x.paje");
      Files.writeString(trace, paje(session));
      String text = output(null, "pj_dump", trace.toString());
      long moves =
          session.events().stream().filter(e -> e.what() instanceof Happening.Migrated).count();

      assertThat(text.lines().filter(line -> line.startsWith("Link,"))).hasSize((int) moves);
      assertThat(
              text.lines().filter(line -> line.startsWith("State,") && line.contains(" migrate")))
          .hasSize((int) moves);
    }
    Files.writeString(folder.resolve("x.paje"), paje(SAMPLE));
    String text = output(null, "pj_dump", folder.resolve("x.paje").toString());

    assertThat(text).contains("Container, 0, cluster", "State, ", "Variable, ", "Event, ");
    assertThat(text.lines().filter(line -> line.startsWith("Container, node1, guest"))).hasSize(2);
    assertThat(text.lines().filter(line -> line.startsWith("Container, node2, guest"))).hasSize(3);
    assertThat(text.lines().filter(line -> line.startsWith("State,") && line.contains("frozen")))
        .hasSize(1);
  }

  @Test
  void aPajeTraceGoesForwardInTime() throws IOException {
    for (RecordedSession session : List.of(SAMPLE, odd())) {
      List<Double> times =
          paje(session)
              .lines()
              .filter(line -> line.matches("[0-9]+ [0-9]+\\.[0-9]{9} .*"))
              .map(line -> Double.valueOf(line.split(" ")[1]))
              .toList();
      assertThat(times).hasSizeGreaterThan(5).isSorted();
    }
  }

  // asciicast

  @Test
  void aCastHoldsOutputSizesAndChapters() throws IOException {
    RecordedSession session = typed();
    List<Asciicast> casts = Asciicast.of(session);
    List<String> lines = cast(casts.getFirst()).lines().toList();

    assertThat(casts).hasSize(2);
    assertThat(casts).extracting(Asciicast::fileName).containsExactly("01-t1.cast", "02-___x.cast");
    assertThat(lines)
        .containsExactly(
            "{\"version\": 2, \"width\": 80, \"height\": 24, \"title\": \"sample: node1"
                + " /dev/pts/0\", \"env\": {\"TERM\": \"xterm-256color\"}}",
            "[0.500000, \"o\", \"$ caf\"]",
            "[0.600000, \"o\", \"é \\u001b[1m\\r\\n\"]",
            "[1.000000, \"m\", \"1001@1 migrated node1 -> node2\"]",
            "[1.500000, \"r\", \"100x30\"]",
            "[1.600000, \"o\", \"\uFFFD!\"]");
    for (String line : lines.subList(1, lines.size())) {
      JsonArray event = JsonParser.parseString(line).getAsJsonArray();
      assertThat(event).hasSize(3);
    }
  }

  /** asciinema opens the controlling terminal, so it gets one from script(1). */
  @Test
  void asciinemaPlaysTheCast() throws Exception {
    assumeTrue(
        runs("asciinema", "--version") && runs("script", "--version"),
        "asciinema or script is not installed");
    Path file = folder.resolve("x.cast");
    Files.writeString(file, cast(Asciicast.of(typed()).getFirst()));
    String shown =
        output(null, "script", "-qec", "asciinema cat " + file, folder.resolve("log").toString());

    assertThat(shown).contains("$ café");
  }

  // All

  @Test
  void sameRecordingSameBytesInEveryLanguage() throws IOException {
    byte[] perfetto = perfetto(SAMPLE);
    String paje = paje(SAMPLE);
    String cast = cast(Asciicast.of(typed()).getFirst());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(perfetto(Recordings.sample())).isEqualTo(perfetto);
      assertThat(paje(Recordings.sample())).isEqualTo(paje);
      assertThat(cast(Asciicast.of(typed()).getFirst())).isEqualTo(cast);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static byte[] perfetto(RecordedSession session) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PerfettoTrace.write(session, out);
    return out.toByteArray();
  }

  private static String paje(RecordedSession session) throws IOException {
    StringWriter out = new StringWriter();
    PajeTrace.write(session, out);
    return out.toString();
  }

  private static String cast(Asciicast cast) throws IOException {
    StringWriter out = new StringWriter();
    cast.write(out);
    return out.toString();
  }

  private static RecordedSession typed() {
    ProcessId id = new ProcessId(1, 1001);
    List<Event> events = new ArrayList<>();
    long unit = 100_000_000L;
    add(events, unit, new Happening.TerminalOpened(id, "t1", "/dev/pts/0", 24, 80));
    add(events, 2 * unit, new Happening.TerminalOpened(id, "../x", "/dev/pts/1", 24, 80));
    add(events, 3 * unit, new Happening.TerminalOutput("../x", "elsewhere"));
    add(events, 6 * unit, new Happening.TerminalOutput("t1", "$ caf\u00c3"));
    add(events, 7 * unit, new Happening.TerminalOutput("t1", "\u00a9 \u001b[1m\r\n"));
    add(events, 11 * unit, new Happening.Migrated(move(id, 1, 2, 9 * unit, 10 * unit)));
    add(events, 16 * unit, new Happening.TerminalResized("t1", 30, 100));
    add(events, 17 * unit, new Happening.TerminalOutput("t1", "\u00ff!"));
    add(events, 18 * unit, new Happening.TerminalClosed("t1"));
    add(events, 19 * unit, new Happening.NodeCrashed("node2"));
    return session(events, 20 * unit);
  }

  /** Ids given out twice, moves told late, stays without length, ends before what they end. */
  private static RecordedSession odd() {
    ProcessId id = new ProcessId(1, 1001);
    ProcessId same = new ProcessId(2, 1001);
    List<Event> events = new ArrayList<>();
    add(events, 0, new Happening.Launched(id, "a \"quoted\"", List.of(), "a"));
    add(events, 0, new Happening.Launched(same, "b", List.of(), "b"));
    add(events, 0, new Happening.MigrationStarted(same, 2, 1, MoveCause.USER));
    add(events, 10, new Happening.Exited(id, 0));
    add(events, 20, new Happening.Launched(id, "c", List.of(), "c"));
    add(events, 20, new Happening.Exited(id, 0));
    add(events, 30, new Happening.LockChanged(new ProcessId(3, 3001), true));
    add(events, 40, new Happening.MigrationAborted(same, 2, 1, Problem.of("x")));
    add(events, 50, new Happening.Exited(same, 0));
    add(events, 60, new Happening.Migrated(move(same, 2, 1, 45, 45)));
    add(events, 60, new Happening.Migrated(move(same, 1, 2, 45, 70)));
    add(events, 70, new Happening.Forked(new ProcessId(4, 4001), new ProcessId(4, 4000)));
    return session(events, 65);
  }

  private static RecordedSession session(List<Event> events, long end) {
    return new RecordedSession(
        new RecordedSession.Facts(1, "0.1.0", end, 0),
        SAMPLE.scenario(),
        List.of(),
        events,
        List.of(),
        List.of(),
        List.of(),
        "",
        Optional.empty());
  }

  private static Migration move(ProcessId id, int from, int to, long frozen, long resumed) {
    return new Migration(
        1, id, from, to, MoveCause.USER, frozen, frozen, frozen, frozen, resumed, 1, 0, 1);
  }

  private static void add(List<Event> events, long nanos, Happening what) {
    events.add(new Event(nanos, 1, events.size(), what));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static boolean runs(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(60, TimeUnit.SECONDS);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String output(Path input, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (input != null) {
      builder.redirectInput(input.toFile());
    }
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
