package org.godwit.engine.session.file;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.godwit.engine.session.BootRoot;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;
import org.godwit.model.session.HashLine;
import org.godwit.model.session.SessionHeader;

/**
 * Says what has to be appended to the log of a session that is open. What is new is collected on
 * the thread of the session, which it only reads; putting that into words is for another thread.
 * Layout: {@link LiveLog}.
 */
public final class LiveLogWriter {
  private final Session session;
  private final SessionOptions options;
  private long reached = -1;
  private int commands;
  private int hashes;
  private int events;
  private int samples;

  private final Set<String> programs = new HashSet<>();
  private final Set<String> roots = new HashSet<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private boolean begun;

  /** A log of {@code session}, opened with {@code options}, that has nothing in it yet. */
  public LiveLogWriter(Session session, SessionOptions options) {
    this.session = session;
    this.options = options;
  }

  /** A batch: what had happened at an instant and had not been taken before. Never changes. */
  public static final class Batch {
    private final List<ProgramImage> programs;
    private final List<BootRoot> roots;
    private final List<CommandRecord> commands;
    private final List<HashSample> hashes;
    private final List<Event> events;
    private final List<Sample> samples;
    private final long reached;

    private Batch(LiveLogWriter writer) {
      Session session = writer.session;
      programs = session.programs();
      roots = List.copyOf(session.roots());
      commands = from(session.commands(), writer.commands);
      hashes = from(session.hashes(), writer.hashes);
      events = session.events(writer.events);
      samples = session.samples(writer.samples);
      reached = session.now();
    }

    private static <E> List<E> from(List<E> all, int from) {
      return all.subList(from, all.size());
    }

    /** Virtual time up to which it goes. */
    public long reached() {
      return reached;
    }
  }

  /**
   * What has happened since this was asked last; empty if nothing has. Thread of the session only.
   */
  public Optional<Batch> take() {
    if (session.now() == reached && session.commands().size() == commands) {
      return Optional.empty();
    }
    Batch batch = new Batch(this);
    commands += batch.commands.size();
    hashes += batch.hashes.size();
    events += batch.events.size();
    samples += batch.samples.size();
    reached = batch.reached;
    return Optional.of(batch);
  }

  /** The bytes to append for a batch. Any thread, but one batch at a time and in their order. */
  public byte[] bytes(Batch batch) {
    bytes.reset();
    try {
      if (!begun) {
        begun = true;
        begin();
      }
      inputs(batch);
      lines(LiveLog.COMMANDS, batch.commands);
      lines(
          LiveLog.HASHES,
          batch.hashes.stream()
              .map(each -> new HashLine(each.atNanos(), HexFormat.of().toHexDigits(each.hash())))
              .toList());
      lines(LiveLog.EVENTS, batch.events);
      lines(LiveLog.SAMPLES, batch.samples);
      ByteArrayOutputStream end = new ByteArrayOutputStream();
      new DataOutputStream(end).writeLong(batch.reached);
      frame(LiveLog.REACHED, end.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private void begin() throws IOException {
    out.writeBytes(LiveLog.MAGIC);
    out.writeByte(LiveLog.VERSION);
    SessionHeader header =
        new SessionHeader(
            SessionFile.FORMAT_VERSION,
            SessionFile.BEHAVIOUR_VERSION,
            SessionFile.ENGINE_VERSION,
            0,
            options.migrateEvery(),
            0,
            0,
            0,
            0,
            List.of(),
            null,
            null,
            session.scenario());
    frame(LiveLog.HEADER, JsonLines.line(header).getBytes(StandardCharsets.UTF_8));
  }

  private void inputs(Batch batch) throws IOException {
    for (ProgramImage program : batch.programs) {
      if (programs.add(program.name() + "/" + program.sha256())) {
        named(LiveLog.PROGRAM, program.name(), program.bytes());
      }
    }
    for (BootRoot root : batch.roots) {
      if (roots.add(root.profile())) {
        named(LiveLog.ROOT, root.profile(), root.archive());
      }
    }
  }

  private void named(byte kind, String name, byte[] content) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    new DataOutputStream(payload).writeUTF(name);
    payload.writeBytes(content);
    frame(kind, payload.toByteArray());
  }

  private void lines(byte kind, List<? extends Record> records) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (Record each : records) {
      text.writeBytes((JsonLines.line(each) + "\n").getBytes(StandardCharsets.UTF_8));
      if (text.size() >= LiveLog.FRAME_BYTES) {
        frame(kind, text.toByteArray());
        text.reset();
      }
    }
    if (text.size() > 0) {
      frame(kind, text.toByteArray());
    }
  }

  private void frame(byte kind, byte[] payload) throws IOException {
    out.writeInt(payload.length);
    out.writeInt(LiveLog.checksum(kind, payload));
    out.writeByte(kind);
    out.write(payload);
  }
}
