package org.godwit.app.panel.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a session can be exported as. */
public enum ExportFormat {
  /** The session file. */
  GODWIT(".godwit"),
  /** A report as one HTML page. */
  HTML(".html"),
  /** A folder of CSV tables. */
  CSV("-csv"),
  /** A Perfetto trace. */
  PERFETTO(".pftrace"),
  /** Chrome trace events. */
  CHROME(".trace.json"),
  /** A Pajé trace. */
  PAJE(".paje"),
  /** A folder with an asciicast for each terminal. */
  ASCIICAST("-terminals"),
  /** A folder of drawings as SVG: cluster, charts, timeline. */
  SVG("-svg"),
  /** The same as PNG. */
  PNG("-png"),
  /** The cluster over a stretch of time. */
  GIF(".gif"),
  /** A picture of the canvas. */
  CANVAS("-canvas.png"),
  /** A picture of the load chart. */
  CHART("-load.png");

  private final String ending;

  ExportFormat(String ending) {
    this.ending = ending;
  }

  /** File or folder name of a session called {@code name}. */
  public String fileName(String name) {
    return name + ending;
  }

  /** Its part of message keys, and its name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is drawn from what the window shows, so that the command line cannot make it. */
  public boolean needsWindow() {
    return this == CANVAS || this == CHART;
  }

  /** Those that the command line writes; a session file is there already. */
  public static List<ExportFormat> withoutWindow() {
    return Arrays.stream(values())
        .filter(format -> format != GODWIT && !format.needsWindow())
        .toList();
  }

  /** The one of {@link #withoutWindow} that the command line calls {@code key}. */
  public static Optional<ExportFormat> named(String key) {
    return withoutWindow().stream().filter(format -> format.key().equals(key)).findFirst();
  }
}
