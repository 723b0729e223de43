package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.godwit.engine.session.file.LiveLogReader;
import org.godwit.engine.session.file.LiveLogWriter;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Verification;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of an open session, wherever its writing was broken off. */
class LiveLogTest {
  private static final Course COURSE = Course.named("eventful");

  /** The session as it was when the log had so many bytes. */
  private static final TreeMap<Integer, RecordedSession> WRITTEN = new TreeMap<>();

  private static byte[] log;

  @BeforeAll
  static void record() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LiveLogWriter[] writer = new LiveLogWriter[1];
    COURSE.run(
        SessionOptions.DEFAULT.with(Engine.translator(null)),
        null,
        session -> {
          if (writer[0] == null) {
            writer[0] = new LiveLogWriter(session);
          }
          ByteBuffer bytes = writer[0].bytes(writer[0].take().orElseThrow());
          out.write(bytes.array(), 0, bytes.limit());
          assertThat(writer[0].take()).as("nothing has happened since").isEmpty();
          WRITTEN.put(out.size(), RecordedSession.of(session));
        });
    log = out.toByteArray();
  }

  @Test
  void theWholeLogIsTheSession() throws ProblemException {
    OpenedSession opened = read(log);

    assertThat(opened.damage()).isEmpty();
    assertSame(opened.session(), WRITTEN.lastEntry().getValue());
    assertThat(opened.session().hashes()).hasSize(15);
    assertThat(opened.session().commands()).anyMatch(each -> each.refused() != null);
  }

  /** Killed after any batch, and within any: what stands is the session at the end of a batch. */
  @Test
  void whereverItBreaksOffTheBatchesBeforeAreTheSession() throws ProblemException {
    Random random = new Random(5);
    for (int i = 0; i < 30; i++) {
      int length = WRITTEN.firstKey() + random.nextInt(log.length - WRITTEN.firstKey());
      OpenedSession opened = read(Arrays.copyOf(log, length));

      assertSame(opened.session(), WRITTEN.floorEntry(length).getValue());
      assertThat(opened.damage().isEmpty()).isEqualTo(WRITTEN.containsKey(length));
    }
    for (int length : WRITTEN.keySet()) {
      OpenedSession opened = read(Arrays.copyOf(log, length));

      assertSame(opened.session(), WRITTEN.get(length));
      assertThat(opened.damage()).isEmpty();
    }
  }

  @Test
  void beforeTheFirstBatchThereIsNothing() {
    for (int length : new int[] {0, 3, 8, 100, WRITTEN.firstKey() - 1}) {
      assertThat(refusal(Arrays.copyOf(log, length)))
          .isEqualTo(Problem.of("session.not-godwit", "a.log"));
    }
    byte[] newer = log.clone();
    newer[7] = 4;
    assertThat(refusal(newer)).isEqualTo(Problem.of("session.newer-format", "a.log", 4L, 3));
  }

  /** A flipped bit ends the log at the batch before it, wherever it is. */
  @Test
  void aFlippedBitIsFoundAndCostsWhatFollows() throws ProblemException {
    Random random = new Random(6);
    int first = WRITTEN.firstKey();
    for (int i = 0; i < 30; i++) {
      int at = first + random.nextInt(log.length - first);
      byte[] flipped = log.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      OpenedSession opened = read(flipped);

      RecordedSession before = WRITTEN.floorEntry(at).getValue();
      assertSame(opened.session(), before);
      assertThat(opened.damage())
          .containsExactly(Problem.of("session.log-cut", "a.log", before.facts().endNanos() / 1e9));
    }
  }

  /** Somebody may make one whose checksums are right: a program's name here is no text. */
  @Test
  void aNameThatIsNoTextIsDamageAndNotADiskThatFails() {
    byte[] made = log.clone();
    ByteBuffer frames = ByteBuffer.wrap(made);
    int at = 8;
    while (made[at + 8] != 'P') {
      at += 9 + frames.getInt(at);
    }
    made[at + 11] = (byte) 0xff;
    CRC32C sum = new CRC32C();
    sum.update(made, at + 8, 1 + frames.getInt(at));
    frames.putInt(at + 4, (int) sum.getValue());

    try {
      assertThat(read(made).damage()).extracting(Problem::key).containsExactly("session.log-cut");
    } catch (ProblemException e) {
      // It stands in the first batch.
      assertThat(e.problem().key()).isEqualTo("session.not-godwit");
    }
  }

  /** Logs that older versions left: their events and samples are lines, their hashes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void olderVersionsAreStillRead(int version) throws Exception {
    OpenedSession opened;
    try (var in = LiveLogTest.class.getResourceAsStream("file/live-" + version + ".log")) {
      opened = LiveLogReader.read("a.log", in);
    }
    RecordedSession session = opened.session();

    assertThat(opened.damage()).isEmpty();
    assertThat(session.facts().endNanos()).isEqualTo(2_000_000_000L);
    assertThat(session.samples()).hasSize(16);
    assertThat(session.hashes()).hasSize(2);
    assertThat(session.commands())
        .extracting(each -> each.command().getClass().getSimpleName())
        .containsExactly("CutLink", "Launch", "SetPolicy");
    assertThat(session.events())
        .extracting(each -> each.what().getClass().getSimpleName())
        .containsExactly("LinkCut", "CommandRefused", "PolicyChanged");
  }

  @Test
  void whatCameFromOutsideIsInIt() throws Exception {
    List<GuestFile> tree =
        List.of(
            new GuestFile("/data", GuestFile.Kind.DIRECTORY, 0755, new byte[0], ""),
            new GuestFile("/data/in", GuestFile.Kind.FILE, 0644, new byte[] {1, 0, 2}, ""));
    SessionInputs inputs = new SessionInputs(2, tree, new byte[] {'h', 'i'});
    try (Session session =
        Session.open(COURSE.scenario(), OnBoard.SOURCE, SessionOptions.DEFAULT, inputs)) {
      LiveLogWriter writer = new LiveLogWriter(session);
      ByteBuffer bytes = writer.bytes(writer.take().orElseThrow());
      SessionInputs read = read(Arrays.copyOf(bytes.array(), bytes.limit())).session().inputs();

      assertThat(read.node()).isEqualTo(2);
      assertThat(read.standardInput()).isEqualTo(inputs.standardInput());
      assertThat(new BootRoot("", read.root()).archive())
          .isEqualTo(new BootRoot("", tree).archive());
    }
  }

  /** What was saved can be run again to the same states: nothing that it needs is missing. */
  @Test
  void whatWasBrokenOffRunsAgainToTheSame() throws ProblemException {
    int middle = WRITTEN.ceilingKey(WRITTEN.lastKey() * 2 / 3) + 5;
    RecordedSession saved = read(Arrays.copyOf(log, Math.min(middle, log.length - 1))).session();

    assertThat(saved.hashes()).isNotEmpty();
    assertThat(Verification.of("a.log", saved, Engine.interpreter())).isEqualTo(IDENTICAL);
  }

  private static final Verification IDENTICAL = new Verification(Optional.empty(), true);

  private static void assertSame(RecordedSession actual, RecordedSession expected) {
    assertThat(actual.facts()).isEqualTo(expected.facts());
    assertThat(actual.scenario()).isEqualTo(expected.scenario());
    assertThat(actual.commands()).isEqualTo(expected.commands());
    assertThat(actual.events()).isEqualTo(expected.events());
    assertThat(actual.samples()).isEqualTo(expected.samples());
    assertThat(actual.hashes()).isEqualTo(expected.hashes());
    assertThat(actual.programs()).hasSameSizeAs(expected.programs());
    for (int i = 0; i < actual.programs().size(); i++) {
      assertThat(actual.programs().get(i).name()).isEqualTo(expected.programs().get(i).name());
      assertThat(
              Arrays.equals(actual.programs().get(i).bytes(), expected.programs().get(i).bytes()))
          .isTrue();
    }
    assertThat(actual.roots().stream().map(root -> Arrays.hashCode(root.archive())))
        .containsExactlyElementsOf(
            expected.roots().stream().map(root -> Arrays.hashCode(root.archive())).toList());
  }

  private static OpenedSession read(byte[] bytes) throws ProblemException {
    return LiveLogReader.read("a.log", new ByteArrayInputStream(bytes));
  }

  private static Problem refusal(byte[] bytes) {
    return catchThrowableOfType(ProblemException.class, () -> read(bytes)).problem();
  }
}
