package org.godwit.engine.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.session.export.ChromeTrace;
import org.godwit.engine.session.export.CsvExport;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFile;
import org.godwit.engine.session.file.SessionFileWriter;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;

/**
 * All that can be told of a finished run, for comparing.
 *
 * @param hashes the state at each virtual second
 * @param last the state at the end
 * @param events what happened
 * @param samples the load
 * @param commands what was asked
 * @param exports name and SHA-256 of each export's bytes and of the session file's
 */
record Fingerprint(
    List<HashSample> hashes,
    long last,
    List<Event> events,
    List<Sample> samples,
    List<CommandRecord> commands,
    List<String> exports) {
  static Fingerprint of(Session session, SessionOptions options) {
    return new Fingerprint(
        session.hashes(),
        session.stateHash(),
        session.events(0),
        session.samples(0),
        session.commands(),
        exports(RecordedSession.of(session)));
  }

  private static List<String> exports(RecordedSession recorded) {
    List<String> lines = new ArrayList<>();
    try {
      for (CsvExport csv : CsvExport.values()) {
        StringWriter text = new StringWriter();
        csv.write(recorded, text);
        lines.add(csv.fileName() + " " + sha256(text));
      }
      StringWriter trace = new StringWriter();
      ChromeTrace.write(recorded, trace);
      lines.add("trace.json " + sha256(trace));
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      SessionFileWriter.write(recorded, file);
      lines.add("session.godwit " + SessionFile.sha256(file.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(lines);
  }

  private static String sha256(StringWriter text) {
    return SessionFile.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Finished migrations: what makes a run worth comparing. */
  long migrations() {
    return events.stream().filter(each -> each.what() instanceof Happening.Migrated).count();
  }

  /** Everything in lines of ASCII, for comparing across processes. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (HashSample each : hashes) {
      lines.add(each.atNanos() + " " + Long.toHexString(each.hash()));
    }
    lines.add("end " + Long.toHexString(last));
    lines.addAll(exports);
    return lines;
  }
}
