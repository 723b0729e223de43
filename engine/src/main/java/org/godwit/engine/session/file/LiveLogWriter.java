package org.godwit.engine.session.file;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.godwit.engine.session.BootRoot;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionInputs;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;
import org.godwit.model.json.LineBuffer;
import org.godwit.model.session.SessionHeader;

/**
 * Says what has to be appended to the log of a session that is open. What is new is collected on
 * the thread of the session, which it only reads; putting that into bytes may be done on another
 * thread. Layout: {@link LiveLog}.
 *
 * <p>In most batches there are a hash, a dozen samples and a decision or two, a kilobyte or less,
 * and a session does a great deal between them: what that costs is memory that has gone cold, code
 * most of all. So frames are made where they stay, and the kinds that come every second share one
 * way of writing numbers.
 */
public final class LiveLogWriter {
  /** What the thread of a session can put into bytes itself without being late for anything. */
  private static final int SMALL = 1_000;

  private final Session session;
  private long reached = -1;
  private int commands;
  private int hashes;
  private int events;
  private int samples;

  private final Set<String> programs = new HashSet<>();
  private final Set<String> roots = new HashSet<>();
  private final LineBuffer lines = new LineBuffer();
  private final Packing out = new Packing();
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

    /** Whether it takes well below a millisecond to put it into bytes. */
    public boolean isSmall() {
      return commands.isEmpty() && events.size() + samples.size() < SMALL;
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

  /**
   * The bytes to append for a batch, good until this is asked again. Any thread, but one batch at a
   * time and in their order.
   */
  public ByteBuffer bytes(Batch batch) {
    out.clear();
    if (!begun) {
      begun = true;
      begin();
      given(session.inputs());
    }
    inputs(batch);
    entries(LiveLog.COMMANDS, batch.commands, this::command);
    entries(LiveLog.HASHES, batch.hashes, out::hash);
    entries(LiveLog.EVENTS, batch.events, this::event);
    entries(LiveLog.SAMPLES, batch.samples, out::sample);
    int end = out.begin(LiveLog.REACHED);
    out.fixed(batch.reached);
    out.end(end);
    return ByteBuffer.wrap(out.array(), 0, out.size());
  }

  private void begin() {
    out.bytes(LiveLog.MAGIC.getBytes(StandardCharsets.US_ASCII));
    out.put(LiveLog.VERSION);
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
    int frame = out.begin(LiveLog.HEADER);
    out.bytes(JsonLines.line(header).getBytes(StandardCharsets.UTF_8));
    out.end(frame);
  }

  private void given(SessionInputs given) {
    if (!given.root().isEmpty()) {
      given(LiveLog.TREE, given.node(), new BootRoot("", given.root()).archive());
    }
    if (given.standardInput().length > 0) {
      given(LiveLog.INPUT, given.node(), given.standardInput());
    }
  }

  private void given(byte kind, int node, byte[] content) {
    int frame = out.begin(kind);
    out.bytes(ByteBuffer.allocate(Integer.BYTES).putInt(node).array());
    out.bytes(content);
    out.end(frame);
  }

  private void inputs(Batch batch) {
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

  private void named(byte kind, String name, byte[] content) {
    ByteArrayOutputStream utf = new ByteArrayOutputStream();
    try {
      new DataOutputStream(utf).writeUTF(name);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    int frame = out.begin(kind);
    out.bytes(utf.toByteArray());
    out.bytes(content);
    out.end(frame);
  }

  private void command(CommandRecord each) {
    lines.clear();
    lines.add(each);
    out.bytes(lines.toBytes());
  }

  private void event(Event event) {
    if (event.what() instanceof Happening.Decided decided) {
      out.put(LiveLog.PACKED);
      out.decision(event, decided.decision());
    } else {
      lines.clear();
      lines.add(event);
      out.put(LiveLog.LINE);
      out.piece(lines.toBytes(), lines.size() - 1); // Without its line feed.
    }
  }

  /** Puts entries into as many frames of that kind as are needed. */
  private <T> void entries(byte kind, List<T> entries, Consumer<T> put) {
    int frame = -1;
    for (T each : entries) {
      frame = frame < 0 ? out.begin(kind) : frame;
      put.accept(each);
      if (out.size() - frame >= LiveLog.FRAME_BYTES) {
        out.end(frame);
        frame = -1;
      }
    }
    if (frame >= 0) {
      out.end(frame);
    }
  }
}
