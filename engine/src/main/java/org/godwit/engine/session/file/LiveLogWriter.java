package org.godwit.engine.session.file;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.godwit.engine.session.BootRoot;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.Session;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;
import org.godwit.model.json.LineBuffer;
import org.godwit.model.session.HashLine;
import org.godwit.model.session.SessionHeader;

/**
 * Says what has to be appended to the log of a session that is open. What is new is collected on
 * the thread of the session, which it only reads; putting that into bytes is for another thread.
 * Layout: {@link LiveLog}.
 */
public final class LiveLogWriter {
  private final Session session;
  private long reached = -1;
  private int commands;
  private int hashes;
  private int events;
  private int samples;

  private final Set<String> programs = new HashSet<>();
  private final Set<String> roots = new HashSet<>();
  private final LineBuffer lines = new LineBuffer();
  private final Packing packed = new Packing();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private boolean begun;

  /** A log of {@code session} that has nothing in it yet. */
  public LiveLogWriter(Session session) {
    this.session = session;
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
      commands = session.commands(writer.commands);
      // Only commands bring in what was not there.
      boolean mayBeMore = writer.reached < 0 || !commands.isEmpty();
      programs = mayBeMore ? session.programs() : List.of();
      roots = mayBeMore ? session.roots() : List.of();
      hashes = session.hashes(writer.hashes);
      events = session.events(writer.events);
      samples = session.samples(writer.samples);
      reached = session.now();
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
    if (session.now() == reached && session.commands(commands).isEmpty()) {
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
      List<HashLine> hashLines = new ArrayList<>(batch.hashes.size());
      for (HashSample each : batch.hashes) {
        hashLines.add(new HashLine(each.atNanos(), HexFormat.of().toHexDigits(each.hash())));
      }
      lines(LiveLog.HASHES, hashLines);
      events(batch.events);
      samples(batch.samples);
      byte[] end = ByteBuffer.allocate(Long.BYTES).putLong(batch.reached).array();
      frame(LiveLog.REACHED, end, end.length);
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
            session.migrateEvery(),
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
    lines.clear();
    for (Record each : records) {
      lines.add(each);
      if (lines.size() >= LiveLog.FRAME_BYTES) {
        frame(kind, lines.toBytes(), lines.size());
        lines.clear();
      }
    }
    if (lines.size() > 0) {
      frame(kind, lines.toBytes(), lines.size());
    }
  }

  private void events(List<Event> events) throws IOException {
    packed.clear();
    for (Event event : events) {
      if (event.what() instanceof Happening.Decided decided) {
        packed.put(LiveLog.PACKED);
        packed.decision(event, decided.decision());
      } else {
        lines.clear();
        lines.add(event);
        packed.put(LiveLog.LINE);
        packed.piece(lines.toBytes(), lines.size() - 1); // Without its line feed.
      }
      packed(LiveLog.EVENTS, LiveLog.FRAME_BYTES);
    }
    packed(LiveLog.EVENTS, 1);
  }

  private void samples(List<Sample> samples) throws IOException {
    packed.clear();
    for (Sample sample : samples) {
      packed.sample(sample);
      packed(LiveLog.SAMPLES, LiveLog.FRAME_BYTES);
    }
    packed(LiveLog.SAMPLES, 1);
  }

  /** Makes a frame of what is packed, if it is so much. */
  private void packed(byte kind, int least) throws IOException {
    if (packed.size() >= least) {
      frame(kind, packed.array(), packed.size());
      packed.clear();
    }
  }

  private void frame(byte kind, byte[] payload) throws IOException {
    frame(kind, payload, payload.length);
  }

  private void frame(byte kind, byte[] payload, int length) throws IOException {
    out.writeInt(length);
    out.writeInt(LiveLog.checksum(kind, payload, length));
    out.writeByte(kind);
    out.write(payload, 0, length);
  }
}
