package org.godwit.engine.session.file;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.godwit.engine.session.BootRoot;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.SessionInputs;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;
import org.godwit.model.session.HashLine;
import org.godwit.model.session.SessionHeader;

/**
 * Reads the log that a session left behind whose program was killed. Whatever is wrong ends it
 * there: the batches before it are the session. Layout: {@link LiveLog}.
 */
public final class LiveLogReader {
  private final String file;
  private final DataInputStream in;
  private final List<ProgramImage> programs = new ArrayList<>();
  private final TreeMap<String, BootRoot> roots = new TreeMap<>();
  private final List<CommandRecord> commands = new ArrayList<>();
  private final List<HashSample> hashes = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private SessionInputs inputs = SessionInputs.NONE;
  private SessionHeader header;
  private Batches whole;
  private boolean begun;
  private long reached;
  private long total;

  private LiveLogReader(String file, InputStream in) {
    this.file = file;
    this.in = new DataInputStream(in);
  }

  /** A frame that says something else than it should. */
  private static final class Damaged extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private record Frame(byte kind, byte[] payload) {}

  /** How much there was when a batch ended. */
  private record Batches(
      int commands,
      int hashes,
      int events,
      int samples,
      List<ProgramImage> programs,
      List<BootRoot> roots) {}

  /**
   * Reads a log to its end, or to where it is damaged.
   *
   * @param file its name, for messages
   * @throws ProblemException if nothing of it can be read: {@code session.not-godwit}, {@code
   *     session.newer-format}, {@code host.unreadable}
   */
  public static OpenedSession read(String file, InputStream in) throws ProblemException {
    return new LiveLogReader(file, in).all();
  }

  private OpenedSession all() throws ProblemException {
    List<Problem> damage = new ArrayList<>();
    try {
      magic();
      for (Frame frame = next(); frame != null; frame = next()) {
        take(frame);
      }
      if (begun) {
        throw new EOFException();
      }
    } catch (EOFException
        | UTFDataFormatException
        | Damaged
        | IllegalArgumentException
        | BufferUnderflowException e) {
      // IllegalArgumentException: a root that is no archive, a hash that is no number, packed
      // records that are none.
      damage.add(Problem.of("session.log-cut", file, reached / 1e9));
    } catch (IOException e) {
      throw new ProblemException(Problem.of("host.unreadable", file));
    }
    if (whole == null) {
      throw new ProblemException(Problem.of("session.not-godwit", file));
    }
    return new OpenedSession(session(), damage);
  }

  private void magic() throws IOException, ProblemException {
    byte[] magic = in.readNBytes(LiveLog.MAGIC.length());
    int version = in.read();
    if (!LiveLog.MAGIC.equals(new String(magic, StandardCharsets.US_ASCII)) || version < 1) {
      throw new ProblemException(Problem.of("session.not-godwit", file));
    }
    if (version > LiveLog.VERSION) {
      throw new ProblemException(
          Problem.of("session.newer-format", file, (long) version, LiveLog.VERSION));
    }
  }

  /** The next frame; null at the end of the log. */
  private Frame next() throws IOException, Damaged {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int length =
        first << 24
            | in.readUnsignedByte() << 16
            | in.readUnsignedByte() << 8
            | in.readUnsignedByte();
    int checksum = in.readInt();
    total += length;
    if (length < 0 || length > LiveLog.MAX_FRAME || total > SessionFile.MAX_TOTAL) {
      throw new Damaged();
    }
    // In pieces, as it comes: a length that lies costs no memory.
    byte[] bytes = in.readNBytes(1 + length);
    if (bytes.length < 1 + length) {
      throw new EOFException();
    }
    if (LiveLog.checksum(bytes, 0, bytes.length) != checksum) {
      throw new Damaged();
    }
    return new Frame(bytes[0], Arrays.copyOfRange(bytes, 1, bytes.length));
  }

  private void take(Frame frame) throws IOException, Damaged {
    if ((header == null) != (frame.kind() == LiveLog.HEADER)) {
      throw new Damaged();
    }
    begun = true;
    try {
      switch (frame.kind()) {
        case LiveLog.HEADER -> {
          String text = new String(frame.payload(), StandardCharsets.UTF_8);
          header = JsonLines.parse(file, 1, text, SessionHeader.class);
        }
        case LiveLog.PROGRAM -> program(frame.payload());
        case LiveLog.ROOT -> root(frame.payload());
        case LiveLog.TREE -> tree(frame.payload());
        case LiveLog.INPUT -> {
          int node = ByteBuffer.wrap(frame.payload()).getInt();
          byte[] given = Arrays.copyOfRange(frame.payload(), Integer.BYTES, frame.payload().length);
          inputs = new SessionInputs(node, inputs.root(), given);
        }
        case LiveLog.COMMANDS -> lines(frame, CommandRecord.class, commands);
        case LiveLog.EVENT_LINES -> lines(frame, Event.class, events);
        case LiveLog.SAMPLE_LINES -> lines(frame, Sample.class, samples);
        case LiveLog.EVENTS -> events(new Unpacking(frame.payload()));
        case LiveLog.SAMPLES -> {
          Unpacking packed = new Unpacking(frame.payload());
          while (packed.hasMore()) {
            samples.add(packed.sample());
          }
        }
        case LiveLog.HASHES -> {
          Unpacking packed = new Unpacking(frame.payload());
          while (packed.hasMore()) {
            hashes.add(packed.hash());
          }
        }
        case LiveLog.HASH_LINES -> {
          List<HashLine> lines = new ArrayList<>();
          lines(frame, HashLine.class, lines);
          for (HashLine line : lines) {
            long hash = HexFormat.fromHexDigitsToLong(line.hash());
            hashes.add(new HashSample(line.atNanos(), hash));
          }
        }
        case LiveLog.REACHED -> batch(frame.payload());
        default -> throw new Damaged();
      }
    } catch (ProblemException e) {
      throw new Damaged();
    }
  }

  private void tree(byte[] payload) {
    int node = ByteBuffer.wrap(payload).getInt();
    byte[] archive = Arrays.copyOfRange(payload, Integer.BYTES, payload.length);
    inputs = new SessionInputs(node, BootRoot.of("", archive).files(), inputs.standardInput());
  }

  private void program(byte[] payload) throws IOException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(payload);
    String name = new DataInputStream(bytes).readUTF();
    byte[] elf = bytes.readAllBytes();
    programs.add(new ProgramImage(name, SessionFile.sha256(elf), elf));
  }

  private void root(byte[] payload) throws IOException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(payload);
    String profile = new DataInputStream(bytes).readUTF();
    roots.put(profile, BootRoot.of(profile, bytes.readAllBytes()));
  }

  private <T> void lines(Frame frame, Class<T> type, List<T> into) throws ProblemException {
    String text = new String(frame.payload(), StandardCharsets.UTF_8);
    for (String line : text.split("\n")) {
      into.add(JsonLines.parse(file, into.size() + 1, line, type));
    }
  }

  private void events(Unpacking packed) throws ProblemException, Damaged {
    while (packed.hasMore()) {
      switch (packed.octet()) {
        case LiveLog.PACKED -> events.add(packed.decision());
        case LiveLog.LINE -> {
          String line = new String(packed.piece(), StandardCharsets.UTF_8);
          events.add(JsonLines.parse(file, events.size() + 1, line, Event.class));
        }
        default -> throw new Damaged();
      }
    }
  }

  private void batch(byte[] payload) throws IOException, Damaged {
    long nanos = new DataInputStream(new ByteArrayInputStream(payload)).readLong();
    if (nanos < reached) {
      throw new Damaged();
    }
    reached = nanos;
    begun = false;
    whole =
        new Batches(
            commands.size(),
            hashes.size(),
            events.size(),
            samples.size(),
            List.copyOf(programs),
            List.copyOf(roots.values()));
  }

  private RecordedSession session() {
    return new RecordedSession(
        new RecordedSession.Facts(
            header.behaviourVersion(), header.engineVersion(), reached, header.migrateEvery()),
        header.scenario(),
        commands.subList(0, whole.commands()),
        events.subList(0, whole.events()),
        samples.subList(0, whole.samples()),
        hashes.subList(0, whole.hashes()),
        whole.programs(),
        whole.roots(),
        inputs,
        "",
        Optional.empty());
  }
}
