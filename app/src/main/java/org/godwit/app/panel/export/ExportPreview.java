package org.godwit.app.panel.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import org.godwit.app.panel.load.LoadChart;
import org.godwit.app.report.Drawn;
import org.godwit.app.report.HtmlReport;
import org.godwit.engine.session.export.Asciicast;
import org.godwit.engine.session.export.ChromeTrace;
import org.godwit.engine.session.export.CsvExport;
import org.godwit.engine.session.export.PajeTrace;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.json.JsonLines;

/**
 * What a format would be like, without making all of it: a picture, or the first lines. Made of
 * immutable values, on any thread.
 *
 * @param picture the picture, or null
 * @param text the lines, or null
 */
record ExportPreview(BufferedImage picture, String text) {
  private static final int LINES = 24;
  private static final int TABLE_LINES = 4;
  private static final int LINE_LENGTH = 110;
  private static final int WIDTH = 640;

  /** The preview of {@code format}. */
  static ExportPreview of(
      RecordedSession session,
      SessionExporter.Pictures pictures,
      ExportFormat format,
      ExportManner manner) {
    return switch (format) {
      case SVG, PNG -> drawing(session, manner.untilNanos(), manner);
      case GIF -> drawing(session, (manner.fromNanos() + manner.untilNanos()) / 2, manner);
      case CANVAS -> new ExportPreview(pictures.canvas().orElse(null), null);
      case CHART ->
          new ExportPreview(
              LoadChart.draw(
                      pictures.chart(), pictures.look(), pictures.figures(), WIDTH, 260, 1, true)
                  .image(),
              null);
      case CSV -> text(tables(session));
      case CHROME -> text(first(LINES, out -> ChromeTrace.write(session, out)));
      case PAJE -> text(first(LINES, out -> PajeTrace.write(session, out)));
      case ASCIICAST -> {
        List<Asciicast> casts = Asciicast.of(session);
        yield text(casts.isEmpty() ? "" : first(LINES, casts.getFirst()::write));
      }
      case HTML ->
          text(
              words(
                  first(
                      400,
                      out -> HtmlReport.write(session, manner.messages(), manner.tokens(), out))));
      case PERFETTO -> text(manner.messages().of("panel.export.preview.binary"));
      case GODWIT -> text(lines(session));
    };
  }

  private static ExportPreview text(String text) {
    return new ExportPreview(null, text);
  }

  private static ExportPreview drawing(RecordedSession session, long at, ExportManner manner) {
    Drawn cluster = Drawn.of(session, at, manner.messages()).getFirst();
    return new ExportPreview(
        cluster.image(manner.tokens(), manner.variant(), manner.messages().languageTag(), 1), null);
  }

  private static String tables(RecordedSession session) {
    StringBuilder text = new StringBuilder();
    for (CsvExport table : CsvExport.values()) {
      text.append(table.fileName())
          .append('\n')
          .append(first(TABLE_LINES, out -> table.write(session, out)))
          .append('\n');
    }
    return text.toString();
  }

  private static String lines(RecordedSession session) {
    return "commands.jsonl\n"
        + session.commands().stream()
            .limit(6)
            .map(JsonLines::line)
            .map(ExportPreview::cut)
            .collect(Collectors.joining("\n"))
        + "\n\nevents.jsonl\n"
        + session.events().stream()
            .limit(12)
            .map(JsonLines::line)
            .map(ExportPreview::cut)
            .collect(Collectors.joining("\n"));
  }

  /** The words of a page, a line for each block. */
  private static String words(String html) {
    return html.replaceAll("(?s)<(style|svg|head)\\b.*?(</\\1>|$)", "")
        .replaceAll("(?i)</(h[1-6]|p|tr|li|dd|figure|figcaption|section)>", "\n")
        .replaceAll("(?s)<[^>]*(>|$)", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .lines()
        .map(line -> line.replaceAll("\\s+", " ").strip())
        .filter(line -> !line.isEmpty())
        .limit(LINES)
        .map(ExportPreview::cut)
        .collect(Collectors.joining("\n"));
  }

  private static String cut(String line) {
    return line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH - 1) + "…";
  }

  /** Writes something. */
  private interface Content {
    void writeTo(Writer out) throws IOException;
  }

  /** The first lines of what {@code content} writes; it is stopped after them. */
  private static String first(int lines, Content content) {
    FirstLines out = new FirstLines(lines);
    try {
      content.writeTo(out);
    } catch (Enough e) {
      // That was the plan.
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.text();
  }

  /** There are lines enough. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Keeps some lines and then refuses more. */
  private static final class FirstLines extends Writer {
    private final StringWriter kept = new StringWriter();
    private int left;

    FirstLines(int lines) {
      this.left = lines;
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
      for (int i = offset; i < offset + length; i++) {
        if (left == 0) {
          throw new Enough();
        }
        kept.write(buffer[i]);
        if (buffer[i] == '\n') {
          left--;
        }
      }
    }

    @Override
    public void flush() throws IOException {
      if (left == 0) {
        throw new Enough();
      }
    }

    @Override
    public void close() {}

    String text() {
      return kept.toString();
    }
  }
}
