package org.godwit.engine.session.export;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Names;
import org.godwit.engine.session.query.Tracks;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;

/**
 * What a terminal of a recording showed, as asciicast v2 (asciinema's file format): a header line,
 * then a JSON array a line. Seconds count from the terminal's opening. Migrations, locks, stay
 * reasons and losses of nodes are markers, which players offer as chapters. What was typed shows
 * only as far as the terminal echoed it.
 */
public final class Asciicast {
  private final RecordedSession session;
  private final Event opened;
  private final Happening.TerminalOpened terminal;
  private final int number;

  private Asciicast(RecordedSession session, Event opened, int number) {
    this.session = session;
    this.opened = opened;
    this.terminal = (Happening.TerminalOpened) opened.what();
    this.number = number;
  }

  /** One for each terminal of {@code session}, in the order in which they were opened. */
  public static List<Asciicast> of(RecordedSession session) {
    List<Asciicast> all = new ArrayList<>();
    for (Event event : session.events()) {
      if (event.what() instanceof Happening.TerminalOpened) {
        all.add(new Asciicast(session, event, all.size() + 1));
      }
    }
    return all;
  }

  /** A name for its file: nothing that a session file says becomes part of a path as it stands. */
  public String fileName() {
    String id = terminal.terminal().replaceAll("[^A-Za-z0-9_-]", "_");
    return String.format(
        Locale.ROOT, "%02d-%s.cast", number, id.substring(0, Math.min(40, id.length())));
  }

  /**
   * Writes the cast to {@code out}, which is flushed and stays open.
   *
   * @throws IOException if {@code out} fails
   */
  public void write(Writer out) throws IOException {
    header(out);
    Names names = new Names(session);
    Tracks tracks = new Tracks(session.events(), session.facts().endNanos());
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteBuffer held = ByteBuffer.allocate(0);
    for (Event event : session.events()) {
      if (event.compareTo(opened) <= 0) {
        continue;
      }
      switch (event.what()) {
        case Happening.TerminalOutput(var id, var bytes) when id.equals(terminal.terminal()) -> {
          ByteBuffer all = joined(held, bytes.getBytes(StandardCharsets.ISO_8859_1));
          CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
          decoder.decode(all, text, false);
          held = all.slice();
          line(out, event.atNanos(), "o", text.flip().toString());
        }
        case Happening.TerminalResized(var id, var rows, var columns)
            when id.equals(terminal.terminal()) ->
            line(out, event.atNanos(), "r", columns + "x" + rows);
        case Happening.TerminalClosed(var id) when id.equals(terminal.terminal()) -> {
          out.flush();
          return;
        }
        default -> {
          String label = label(event, names, tracks);
          if (label != null) {
            line(out, event.atNanos(), "m", label);
          }
        }
      }
    }
    out.flush();
  }

  private void header(Writer out) throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter json = new JsonWriter(text);
    json.setFormattingStyle(FormattingStyle.COMPACT.withSpaceAfterSeparators(true));
    json.beginObject();
    json.name("version").value(2);
    json.name("width").value(terminal.columns());
    json.name("height").value(terminal.rows());
    json.name("title")
        .value(
            session.scenario().name()
                + ": "
                + new Names(session).node(opened.node())
                + " "
                + terminal.device());
    json.name("env").beginObject();
    json.name("TERM").value("xterm-256color");
    json.endObject();
    json.endObject();
    out.write(text + "\n");
  }

  private void line(Writer out, long nanos, String code, String data) throws IOException {
    if (data.isEmpty() && code.equals("o")) {
      return;
    }
    StringWriter text = new StringWriter();
    JsonWriter json = new JsonWriter(text);
    json.setFormattingStyle(FormattingStyle.COMPACT.withSpaceAfterSeparators(true));
    json.beginArray();
    json.value(BigDecimal.valueOf(nanos - opened.atNanos(), 9).setScale(6, RoundingMode.FLOOR));
    json.value(code);
    json.value(data);
    json.endArray();
    out.write(text + "\n");
  }

  private static ByteBuffer joined(ByteBuffer held, byte[] further) {
    ByteBuffer all = ByteBuffer.allocate(held.remaining() + further.length);
    return all.put(held).put(further).flip();
  }

  /** What a chapter is called, or null if the event is none. */
  private static String label(Event event, Names names, Tracks tracks) {
    return switch (event.what()) {
      case Happening.Migrated(Migration m) ->
          who(m.process(), event, tracks)
              + " migrated "
              + names.node(m.from())
              + " -> "
              + names.node(m.to());
      case Happening.MigrationRefused what ->
          who(what.process(), event, tracks) + " may not move to " + names.node(what.to());
      case Happening.LockChanged(var process, var locked) ->
          who(process, event, tracks) + (locked ? " locked" : " unlocked");
      case Happening.ReasonRaised(var process, var evidence) ->
          who(process, event, tracks) + " stays: " + evidence.reason().word();
      case Happening.NodeCrashed(var name) -> name + " crashed";
      case Happening.NodeLeft(var name) -> name + " left";
      case Happening.LinkCut(var a, var b) ->
          "link " + names.node(a) + " - " + names.node(b) + " cut";
      default -> null;
    };
  }

  private static String who(ProcessId id, Event event, Tracks tracks) {
    Tracks.Track track = tracks.at(id, event.atNanos());
    return track == null || track.program().isEmpty() ? id.toString() : track.program() + " " + id;
  }
}
