package org.godwit.app.panel.export;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.godwit.app.host.HostFiles;
import org.godwit.app.panel.ChartLook;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.load.LoadChart;
import org.godwit.app.panel.load.LoadPicture;
import org.godwit.app.report.Animation;
import org.godwit.app.report.Drawn;
import org.godwit.app.report.HtmlReport;
import org.godwit.engine.session.export.Asciicast;
import org.godwit.engine.session.export.ChromeTrace;
import org.godwit.engine.session.export.CsvExport;
import org.godwit.engine.session.export.PajeTrace;
import org.godwit.engine.session.export.PerfettoTrace;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFileWriter;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;

/**
 * Writes what a person asked for. Works from immutable values only, so it runs on a thread of its
 * own while the session goes on. Every file is whole or not there.
 */
public final class SessionExporter {
  private static final int CHART_WIDTH = 1200;
  private static final int CHART_HEIGHT = 480;
  private static final int PREVIEW_WIDTH = 640;

  private SessionExporter() {}

  /**
   * Pictures that go into files.
   *
   * @param canvas the canvas as it is drawn now, if it can be had
   * @param chart the load chart's data
   * @param look colours and fonts of the chart
   * @param figures how figures are written in the chart
   */
  public record Pictures(
      Optional<BufferedImage> canvas, LoadPicture chart, ChartLook look, Figures figures) {}

  /**
   * Writes.
   *
   * @param session what
   * @param pictures what to draw
   * @param folder an existing folder
   * @param name the files' common name
   * @param formats which
   * @param manner how
   * @param watch looks on, and may give up
   * @return files and folders made, in the order of the formats
   * @throws ProblemException if one of them cannot be written, or it was given up; those before it
   *     are there
   */
  public static List<Path> write(
      RecordedSession session,
      Pictures pictures,
      Path folder,
      String name,
      Set<ExportFormat> formats,
      ExportManner manner,
      ExportWatch watch)
      throws ProblemException {
    List<Path> made = new ArrayList<>();
    for (ExportFormat format : ExportFormat.values()) {
      if (formats.contains(format) && isPossible(session, pictures, format)) {
        Path target = folder.resolve(format.fileName(name));
        watch.begin(format);
        write(session, pictures, format, target, manner, watch);
        made.add(target);
      }
    }
    return made;
  }

  /** Whether there is anything to write in {@code format}. */
  static boolean isPossible(RecordedSession session, Pictures pictures, ExportFormat format) {
    return format == ExportFormat.CANVAS
        ? pictures.canvas().isPresent()
        : isPossible(session, format);
  }

  /** The same for a format that needs no window. */
  public static boolean isPossible(RecordedSession session, ExportFormat format) {
    return format != ExportFormat.ASCIICAST || !Asciicast.of(session).isEmpty();
  }

  private static void write(
      RecordedSession session,
      Pictures pictures,
      ExportFormat format,
      Path target,
      ExportManner manner,
      ExportWatch watch)
      throws ProblemException {
    switch (format) {
      case GODWIT -> {
        RecordedSession whole =
            pictures.canvas().map(image -> session.withPreview(preview(image))).orElse(session);
        file(target, watch, out -> SessionFileWriter.write(whole, out));
      }
      case CANVAS -> file(target, watch, out -> png(pictures.canvas().orElseThrow(), out));
      case CHART -> file(target, watch, out -> png(chart(pictures), out));
      default -> write(session, format, target, manner, watch);
    }
  }

  /**
   * Writes one format that needs no window.
   *
   * @param target the file, or the folder of a format that makes several
   * @throws ProblemException if it cannot be written, or there is nothing to write
   */
  public static void write(
      RecordedSession session,
      ExportFormat format,
      Path target,
      ExportManner manner,
      ExportWatch watch)
      throws ProblemException {
    switch (format) {
      case CSV -> {
        HostFiles.makeFolder(target);
        for (CsvExport table : CsvExport.values()) {
          file(target.resolve(table.fileName()), watch, out -> table.write(session, text(out)));
        }
      }
      case ASCIICAST -> {
        List<Asciicast> casts = Asciicast.of(session);
        if (casts.isEmpty()) {
          throw new ProblemException(Problem.of("export.no-terminals"));
        }
        HostFiles.makeFolder(target);
        for (Asciicast cast : casts) {
          file(target.resolve(cast.fileName()), watch, out -> cast.write(text(out)));
        }
      }
      case PERFETTO -> file(target, watch, out -> PerfettoTrace.write(session, out));
      case CHROME -> file(target, watch, out -> ChromeTrace.write(session, text(out)));
      case PAJE -> file(target, watch, out -> PajeTrace.write(session, text(out)));
      case HTML ->
          file(
              target,
              watch,
              out -> HtmlReport.write(session, manner.messages(), manner.tokens(), text(out)));
      case SVG, PNG -> {
        HostFiles.makeFolder(target);
        String language = manner.messages().languageTag();
        for (Drawn each : Drawn.of(session, manner.untilNanos(), manner.messages())) {
          file(
              target.resolve(each.name() + "." + format.key()),
              watch,
              out -> {
                if (format == ExportFormat.PNG) {
                  png(each.image(manner.tokens(), manner.variant(), language, 2), out);
                } else {
                  String svg = each.svg(manner.tokens(), manner.variant());
                  out.write(svg.getBytes(StandardCharsets.UTF_8));
                }
              });
        }
      }
      case GIF ->
          file(
              target,
              watch,
              out ->
                  Animation.write(
                      session,
                      manner.fromNanos(),
                      manner.untilNanos(),
                      manner.tokens(),
                      manner.variant(),
                      out));
      case GODWIT, CANVAS, CHART -> throw new IllegalArgumentException("not from here: " + format);
    }
  }

  private static void file(Path target, ExportWatch watch, HostFiles.Content content)
      throws ProblemException {
    HostFiles.write(target, out -> content.writeTo(watch.over(out)));
  }

  private static BufferedImage chart(Pictures p) {
    return LoadChart.draw(p.chart(), p.look(), p.figures(), CHART_WIDTH, CHART_HEIGHT, 2, true)
        .image();
  }

  private static byte[] preview(BufferedImage canvas) {
    double scale = Math.min(1, (double) PREVIEW_WIDTH / canvas.getWidth());
    int width = Math.max(1, (int) (canvas.getWidth() * scale));
    int height = Math.max(1, (int) (canvas.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var g = small.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(canvas, 0, 0, width, height, null);
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      png(small, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  private static void png(BufferedImage image, OutputStream out) throws IOException {
    if (!ImageIO.write(image, "png", out)) {
      throw new IOException("no PNG writer");
    }
  }

  /** The tables flush it themselves; whoever opened the stream closes it. */
  private static Writer text(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }
}
