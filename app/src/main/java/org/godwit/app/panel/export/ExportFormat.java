package org.godwit.app.panel.export;

import java.util.Locale;

/** What a session can be exported as. */
public enum ExportFormat {
  /** The session file. */
  GODWIT(".godwit"),
  /** A folder of CSV tables. */
  CSV("-csv"),
  /** Chrome trace events. */
  CHROME(".trace.json"),
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

  /** Its part of message keys. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
