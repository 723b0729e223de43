package org.godwit.engine.session.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.godwit.engine.session.BootRoot;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.SessionInputs;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;
import org.godwit.model.json.LineBuffer;
import org.godwit.model.session.HashLine;
import org.godwit.model.session.SessionHeader;

/** Writes session files; the same recording gives the same bytes. Layout: {@link SessionFile}. */
public final class SessionFileWriter {
  /**
   * A fixed moment, as local time, so that no time zone comes in. Not the very first that a zip can
   * state: for that one Java adds a field in universal time.
   */
  private static final LocalDateTime STAMP = LocalDateTime.of(1980, 2, 1, 0, 0, 0);

  private final ZipOutputStream zip;
  private final LineBuffer lines = new LineBuffer();

  private SessionFileWriter(ZipOutputStream zip) {
    this.zip = zip;
  }

  /**
   * Writes {@code session} to {@code out}, which is flushed and stays open.
   *
   * @throws IOException if {@code out} fails
   */
  public static void write(RecordedSession session, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.DEFAULT_COMPRESSION);
    new SessionFileWriter(zip).all(session);
    zip.finish();
    zip.flush();
  }

  private void all(RecordedSession session) throws IOException {
    SortedMap<String, byte[]> archives = new TreeMap<>();
    List<SessionHeader.Program> roots = new ArrayList<>();
    for (BootRoot root : session.roots()) {
      byte[] archive = root.archive();
      String sha256 = SessionFile.sha256(archive);
      archives.put(sha256, archive);
      roots.add(new SessionHeader.Program(root.profile(), sha256));
    }
    SessionInputs given = session.inputs();
    SessionHeader.Inputs inputs = null;
    if (!given.isEmpty()) {
      String tree = null;
      if (!given.root().isEmpty()) {
        byte[] archive = new BootRoot("", given.root()).archive();
        tree = SessionFile.sha256(archive);
        archives.put(tree, archive);
      }
      boolean silent = given.standardInput().length == 0;
      inputs =
          new SessionHeader.Inputs(
              given.node(), tree, silent ? null : SessionFile.sha256(given.standardInput()));
    }
    entry(SessionFile.HEADER, (JsonLines.line(header(session, roots, inputs)) + "\n"));
    if (!session.notes().isEmpty()) {
      entry(SessionFile.NOTES, session.notes());
    }
    if (session.preview().isPresent()) {
      entry(SessionFile.PREVIEW, session.preview().get());
    }
    lines(SessionFile.COMMANDS, session.commands());
    List<HashLine> hashes = new ArrayList<>();
    for (HashSample sample : session.hashes()) {
      hashes.add(new HashLine(sample.atNanos(), HexFormat.of().toHexDigits(sample.hash())));
    }
    lines(SessionFile.HASHES, hashes);
    segments(session);
    SortedMap<String, byte[]> programs = new TreeMap<>();
    for (ProgramImage program : session.programs()) {
      programs.put(program.sha256(), program.bytes());
    }
    for (var program : programs.entrySet()) {
      entry(SessionFile.program(program.getKey()), program.getValue());
    }
    for (var root : archives.entrySet()) {
      entry(SessionFile.root(root.getKey()), root.getValue());
    }
    if (inputs != null && inputs.standardInput() != null) {
      entry(SessionFile.input(inputs.standardInput()), given.standardInput());
    }
  }

  private static SessionHeader header(
      RecordedSession session, List<SessionHeader.Program> roots, SessionHeader.Inputs inputs) {
    return new SessionHeader(
        SessionFile.FORMAT_VERSION,
        session.facts().behaviourVersion(),
        session.facts().engineVersion(),
        session.facts().endNanos(),
        session.facts().migrateEvery(),
        session.commands().size(),
        session.hashes().size(),
        session.events().size(),
        session.samples().size(),
        session.programs().stream()
            .map(program -> new SessionHeader.Program(program.name(), program.sha256()))
            .toList(),
        roots.isEmpty() ? null : roots,
        inputs,
        session.scenario());
  }

  private void segments(RecordedSession session) throws IOException {
    SortedMap<Long, List<Event>> events = bySegment(session.events(), Event::atNanos);
    SortedMap<Long, List<Sample>> samples = bySegment(session.samples(), Sample::atNanos);
    SortedMap<Long, Boolean> numbers = new TreeMap<>();
    events.keySet().forEach(number -> numbers.put(number, true));
    samples.keySet().forEach(number -> numbers.put(number, true));
    for (long number : numbers.keySet()) {
      if (events.containsKey(number)) {
        lines(SessionFile.events(number), events.get(number));
      }
      if (samples.containsKey(number)) {
        lines(SessionFile.metrics(number), samples.get(number));
      }
    }
  }

  private static <T> SortedMap<Long, List<T>> bySegment(List<T> all, ToLongFunction<T> nanos) {
    SortedMap<Long, List<T>> segments = new TreeMap<>();
    for (T each : all) {
      long number = nanos.applyAsLong(each) / SessionFile.SEGMENT_NANOS;
      segments.computeIfAbsent(number, _ -> new ArrayList<>()).add(each);
    }
    return segments;
  }

  private void lines(String name, List<? extends Record> records) throws IOException {
    begin(name);
    for (Record record : records) {
      lines.clear();
      lines.add(record);
      lines.writeTo(zip);
    }
    zip.closeEntry();
  }

  private void entry(String name, String text) throws IOException {
    entry(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void entry(String name, byte[] bytes) throws IOException {
    begin(name);
    zip.write(bytes);
    zip.closeEntry();
  }

  private void begin(String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(STAMP);
    zip.putNextEntry(entry);
  }
}
