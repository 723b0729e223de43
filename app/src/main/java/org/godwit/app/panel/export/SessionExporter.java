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
import org.godwit.engine.session.export.ChromeTrace;
import org.godwit.engine.session.export.CsvExport;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFileWriter;
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
   * @return files and folders made, in the order of the formats
   * @throws ProblemException if one of them cannot be written; those before it are there
   */
  public static List<Path> write(
      RecordedSession session,
      Pictures pictures,
      Path folder,
      String name,
      Set<ExportFormat> formats)
      throws ProblemException {
    List<Path> made = new ArrayList<>();
    for (ExportFormat format : ExportFormat.values()) {
      boolean possible = format != ExportFormat.CANVAS || pictures.canvas().isPresent();
      if (formats.contains(format) && possible) {
        Path target = folder.resolve(format.fileName(name));
        write(session, pictures, format, target);
        made.add(target);
      }
    }
    return made;
  }

  private static void write(
      RecordedSession session, Pictures pictures, ExportFormat format, Path target)
      throws ProblemException {
    switch (format) {
      case GODWIT -> {
        RecordedSession whole =
            pictures.canvas().map(image -> session.withPreview(preview(image))).orElse(session);
        HostFiles.write(target, out -> SessionFileWriter.write(whole, out));
      }
      case CSV -> {
        HostFiles.makeFolder(target);
        for (CsvExport table : CsvExport.values()) {
          HostFiles.write(target.resolve(table.fileName()), out -> table.write(session, text(out)));
        }
      }
      case CHROME -> HostFiles.write(target, out -> ChromeTrace.write(session, text(out)));
      case CANVAS -> HostFiles.write(target, out -> png(pictures.canvas().orElseThrow(), out));
      case CHART -> HostFiles.write(target, out -> png(chart(pictures), out));
    }
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
