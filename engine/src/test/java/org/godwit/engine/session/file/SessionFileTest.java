package org.godwit.engine.session.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionFileTest {
  private static final RecordedSession SAMPLE = Recordings.sample();
  private static final byte[] FILE = Recordings.file(SAMPLE);

  @Test
  void comesBackAsItWas() throws ProblemException {
    OpenedSession opened = open(FILE);

    assertThat(opened.damage()).isEmpty();
    assertSame(opened.session(), SAMPLE);
    assertThat(opened.session().isReproducible()).isTrue();
  }

  @Test
  void entriesStandInTheirOrderWithOneTimeStamp() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(FILE))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        names.add(e.getName());
        assertThat(e.getTimeLocal()).isEqualTo("1980-02-01T00:00:00");
      }
    }
    assertThat(names)
        .containsExactly(
            "session.json",
            "notes.md",
            "preview.png",
            "commands.jsonl",
            "hashes.jsonl",
            "segments/000000/events.jsonl",
            "segments/000000/metrics.jsonl",
            "segments/000001/events.jsonl",
            "segments/000001/metrics.jsonl",
            "segments/000002/events.jsonl",
            "segments/000002/metrics.jsonl",
            "programs/" + SAMPLE.programs().getFirst().sha256() + ".elf");
  }

  @Test
  void sameRecordingSameBytesInEveryTimeZone() {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      assertThat(Recordings.file(Recordings.sample())).isEqualTo(FILE);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  /** Whatever the cut, the file opens up to it or is refused; it never fails otherwise. */
  @Test
  void everyCutIsToldAndKeepsWhatStandsBeforeIt() throws ProblemException {
    int events = 0;
    for (int length = 0; length < centralDirectory(); length += 7) {
      byte[] cut = Arrays.copyOf(FILE, length);
      OpenedSession opened;
      try {
        opened = open(cut);
      } catch (ProblemException e) {
        assertThat(e.problem().key()).isEqualTo("session.not-godwit");
        assertThat(length).isLessThan(2_000);
        continue;
      }
      assertThat(opened.damage()).as("cut at %d", length).isNotEmpty();
      // A cut right between the last segment and the programs leaves nothing else to notice.
      assertThat(opened.damage().getFirst().key()).isIn("session.cut", "session.missing-programs");
      RecordedSession session = opened.session();
      assertThat(session.events()).isEqualTo(SAMPLE.events().subList(0, session.events().size()));
      assertThat(session.events().size()).isGreaterThanOrEqualTo(events);
      events = session.events().size();
      assertThat(session.scenario()).isEqualTo(SAMPLE.scenario());
    }
    assertThat(events).isEqualTo(SAMPLE.events().size());
  }

  /** A flipped bit is found by the entry's checksum, whatever it does to the text. */
  @Test
  void everyFlippedBitIsToldOrHarmless() throws ProblemException {
    for (int at = 0; at < centralDirectory(); at += 11) {
      byte[] flipped = FILE.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      try {
        OpenedSession opened = open(flipped);
        if (opened.damage().isEmpty()) {
          assertSame(opened.session(), SAMPLE);
        }
      } catch (ProblemException e) {
        assertThat(e.problem().key()).as("bit of byte %d", at).matches("(session|json)\\..*");
      }
    }
  }

  @Test
  void damageWithinASegmentCostsThatSegmentAndWhatFollowsIt() throws ProblemException, IOException {
    Map<String, byte[]> entries = entries();
    String name = "segments/000001/events.jsonl";
    String text = new String(entries.get(name), StandardCharsets.UTF_8);
    int second = text.indexOf('\n') + 1;
    entries.put(
        name,
        (text.substring(0, second) + "{]\n" + text.substring(second))
            .getBytes(StandardCharsets.UTF_8));
    OpenedSession opened = open(zip(entries));

    assertThat(opened.damage())
        .containsExactly(Problem.of("session.damaged-line", "a.godwit", name, 2, 12.0));
    assertThat(opened.session().events().getLast().atNanos()).isEqualTo(12_000_000_000L);
    assertThat(opened.session().samples()).isEqualTo(SAMPLE.samples());
  }

  @Test
  void eventsOutOfOrderAreDamage() throws ProblemException, IOException {
    Map<String, byte[]> entries = entries();
    entries.put("segments/000001/events.jsonl", entries.get("segments/000000/events.jsonl"));

    assertThat(open(zip(entries)).damage())
        .containsExactly(
            Problem.of("session.damaged-line", "a.godwit", "segments/000001/events.jsonl", 1, 9.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../etc/passwd", "/etc/passwd", "C:\\x", "segments/1/events.jsonl", "x"})
  void strangeNamesAreNotFollowed(String name) throws ProblemException, IOException {
    Map<String, byte[]> entries = entries();
    entries.put(name, new byte[] {1});
    OpenedSession opened = open(zip(entries));

    assertThat(opened.damage())
        .containsExactly(Problem.of("session.strange-entry", "a.godwit", name));
    assertSame(opened.session(), SAMPLE);
  }

  @Test
  void controlCharactersInNamesDoNotReachTheTerminal() throws ProblemException, IOException {
    Map<String, byte[]> entries = entries();
    entries.put("\u001b[2J\n", new byte[] {1});

    assertThat(open(zip(entries)).damage())
        .containsExactly(Problem.of("session.strange-entry", "a.godwit", "?[2J?"));
  }

  @Test
  void aProgramWithAnotherHashIsLeftOut() throws ProblemException, IOException {
    Map<String, byte[]> entries = entries();
    String name = "programs/" + SAMPLE.programs().getFirst().sha256() + ".elf";
    entries.put(name, new byte[] {1});
    OpenedSession opened = open(zip(entries));

    assertThat(opened.session().programs()).isEmpty();
    assertThat(opened.damage())
        .containsExactly(
            Problem.of("session.wrong-program", "a.godwit", name),
            Problem.of("session.missing-programs", "a.godwit", "again, spin"));
  }

  @Test
  void missingEntriesAreTold() throws ProblemException, IOException {
    Map<String, byte[]> entries = entries();
    entries.remove("segments/000002/events.jsonl");

    assertThat(open(zip(entries)).damage()).extracting(Problem::key).containsExactly("session.cut");
  }

  /** 200 KiB that unpack to 200 MiB: refused at the limit, not at the end of memory. */
  @Test
  void aBombIsRefusedAtTheLimit() throws ProblemException, IOException {
    Map<String, byte[]> entries = entries();
    entries.put("notes.md", new byte[200 << 20]);
    byte[] bomb = zip(entries);

    assertThat(bomb.length).isLessThan(1 << 20);
    assertThat(open(bomb).damage()).contains(Problem.of("session.too-big", "a.godwit", "notes.md"));

    // One that is only too large is left out, and the session is read to its end.
    entries.put("notes.md", new byte[100 << 20]);
    OpenedSession opened = open(zip(entries));
    assertThat(opened.damage())
        .containsExactly(Problem.of("session.big-entry", "a.godwit", "notes.md"));
    assertThat(opened.session().events()).isEqualTo(SAMPLE.events());
  }

  @Test
  void anEndlessLineIsRefused() throws ProblemException, IOException {
    Map<String, byte[]> entries = entries();
    byte[] line = new byte[SessionFile.MAX_LINE + 1];
    Arrays.fill(line, (byte) ' ');
    entries.put("commands.jsonl", line);

    assertThat(open(zip(entries)).damage())
        .contains(Problem.of("session.too-big", "a.godwit", "commands.jsonl"));
  }

  @Test
  void aNewerFormatIsRefusedPolitely() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put(
        "session.json",
        "{\"formatVersion\":2,\"somethingNew\":{}}".getBytes(StandardCharsets.UTF_8));

    assertThat(refusal(zip(entries)))
        .isEqualTo(Problem.of("session.newer-format", "a.godwit", 2L, 1));
  }

  @Test
  void anOlderBehaviourOpensForLooking() throws ProblemException, IOException {
    Map<String, byte[]> entries = entries();
    String header = new String(entries.get("session.json"), StandardCharsets.UTF_8);
    entries.put(
        "session.json",
        header
            .replace(
                "\"behaviourVersion\":" + SessionFile.BEHAVIOUR_VERSION,
                "\"behaviourVersion\":" + (SessionFile.BEHAVIOUR_VERSION - 1))
            .getBytes(StandardCharsets.UTF_8));
    OpenedSession opened = open(zip(entries));

    assertThat(opened.damage()).isEmpty();
    assertThat(opened.session().isReproducible()).isFalse();
  }

  /** Samples of released formats stay for ever; see also SessionSchemaTest of the model. */
  @Test
  void samplesOfEveryFormatOpen() throws Exception {
    try (Stream<Path> samples = Files.list(Path.of("../model/src/test/resources/sessions"))) {
      List<Path> all = samples.sorted().toList();
      assertThat(all).hasSize(SessionFile.FORMAT_VERSION);
      for (Path sample : all) {
        try (InputStream in = Files.newInputStream(sample)) {
          OpenedSession opened = SessionFileReader.read(sample.toString(), in);
          assertThat(opened.damage()).as("%s", sample).isEmpty();
          assertThat(opened.session().events()).as("%s", sample).hasSizeGreaterThan(10);
        }
      }
    }
  }

  @Test
  void whatIsNoSessionFileIsRefused() throws IOException {
    Problem none = Problem.of("session.not-godwit", "a.godwit");
    Map<String, byte[]> other = new LinkedHashMap<>();
    other.put("word/document.xml", new byte[10]);

    assertThat(refusal(new byte[0])).isEqualTo(none);
    assertThat(refusal("PK".getBytes(StandardCharsets.UTF_8))).isEqualTo(none);
    assertThat(refusal("hello, world".getBytes(StandardCharsets.UTF_8))).isEqualTo(none);
    assertThat(refusal(zip(other))).isEqualTo(none);
  }

  @Test
  void aHeaderThatIsWrongIsRefusedWithItsPlace() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put("session.json", "{\"formatVersion\":1}".getBytes(StandardCharsets.UTF_8));

    assertThat(refusal(zip(entries)).key()).isEqualTo("json.missing-key");
    assertThat(refusal(zip(entries)).arguments()).startsWith("a.godwit: session.json", 1);
  }

  @Test
  void aFailingDiskIsNotDamage() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk");
          }
        };
    assertThat(
            catchThrowableOfType(
                    ProblemException.class, () -> SessionFileReader.read("a.godwit", failing))
                .problem())
        .isEqualTo(Problem.of("host.unreadable", "a.godwit"));
  }

  @Test
  void theVersionForPeopleIsThatOfTheBuild() throws IOException {
    assertThat(Files.readString(Path.of("../pom.xml")))
        .containsPattern(
            "<artifactId>godwit</artifactId>\\s*<version>"
                + SessionFile.ENGINE_VERSION.replace(".", "\\.")
                + "(-SNAPSHOT)?</version>");
  }

  private static void assertSame(RecordedSession actual, RecordedSession expected) {
    assertThat(actual).usingRecursiveComparison().ignoringFields("preview").isEqualTo(expected);
    assertThat(actual.preview().orElseThrow()).isEqualTo(expected.preview().orElseThrow());
  }

  /** Offset of the first record behind the entries; what follows repeats what the entries say. */
  private static int centralDirectory() {
    for (int i = 0; i < FILE.length - 3; i++) {
      if (FILE[i] == 'P' && FILE[i + 1] == 'K' && FILE[i + 2] == 1 && FILE[i + 3] == 2) {
        return i;
      }
    }
    throw new IllegalStateException("no central directory");
  }

  private static OpenedSession open(byte[] bytes) throws ProblemException {
    return SessionFileReader.read("a.godwit", new ByteArrayInputStream(bytes));
  }

  private static Problem refusal(byte[] bytes) {
    return catchThrowableOfType(ProblemException.class, () -> open(bytes)).problem();
  }

  private static Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(FILE))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        entries.put(e.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
