package org.godwit.engine.session.file;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.session.BootRoot;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;
import org.godwit.model.session.HashLine;
import org.godwit.model.session.SessionHeader;

/**
 * Says what has to be appended to the log of a session that is open. It only reads the session;
 * call it from the same thread. Layout: {@link LiveLog}.
 */
public final class LiveLogWriter {
  private final Session session;
  private final SessionOptions options;
  private final TreeMap<String, String> programs = new TreeMap<>();
  private final TreeSet<String> roots = new TreeSet<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private long reached = -1;
  private int commands;
  private int hashes;
  private int events;
  private int samples;

  /** A log of {@code session}, opened with {@code options}, that has nothing in it yet. */
  public LiveLogWriter(Session session, SessionOptions options) {
    this.session = session;
    this.options = options;
  }

  /** What has happened since this was asked last; empty if nothing has. */
  public byte[] take() {
    int known = session.commands().size();
    if (session.now() == reached && known == commands) {
      return new byte[0];
    }
    bytes.reset();
    try {
      if (reached < 0) {
        begin();
      }
      inputs();
      commands = lines(LiveLog.COMMANDS, session.commands(), commands);
      List<HashLine> newHashes = new ArrayList<>();
      List<HashSample> all = session.hashes();
      for (HashSample each : all.subList(hashes, all.size())) {
        newHashes.add(new HashLine(each.atNanos(), HexFormat.of().toHexDigits(each.hash())));
      }
      hashes += lines(LiveLog.HASHES, newHashes, 0);
      List<Event> newEvents = session.events(events);
      events += lines(LiveLog.EVENTS, newEvents, 0);
      List<Sample> newSamples = session.samples(samples);
      samples += lines(LiveLog.SAMPLES, newSamples, 0);
      reached = session.now();
      ByteArrayOutputStream end = new ByteArrayOutputStream();
      new DataOutputStream(end).writeLong(reached);
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

  private void inputs() throws IOException {
    for (ProgramImage program : session.programs()) {
      if (!program.sha256().equals(programs.put(program.name(), program.sha256()))) {
        named(LiveLog.PROGRAM, program.name(), program.bytes());
      }
    }
    for (BootRoot root : session.roots()) {
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

  /** Writes the records from {@code from} on; how many there are in all. */
  private int lines(byte kind, List<? extends Record> records, int from) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (Record each : records.subList(from, records.size())) {
      text.writeBytes((JsonLines.line(each) + "\n").getBytes(StandardCharsets.UTF_8));
      if (text.size() >= LiveLog.FRAME_BYTES) {
        frame(kind, text.toByteArray());
        text.reset();
      }
    }
    if (text.size() > 0) {
      frame(kind, text.toByteArray());
    }
    return records.size();
  }

  private void frame(byte kind, byte[] payload) throws IOException {
    out.writeInt(payload.length);
    out.writeInt(LiveLog.checksum(kind, payload));
    out.writeByte(kind);
    out.write(payload);
  }
}
