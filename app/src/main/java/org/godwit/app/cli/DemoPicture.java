package org.godwit.app.cli;

import java.nio.file.Path;
import java.util.Locale;

/** A picture of the workbench from JavaFX's headless platform, where the host has what it needs. */
final class DemoPicture {
  private DemoPicture() {}

  /** Writes the picture; gives null, or why there is none. */
  static String write(Path file, Locale language) {
    return "not built in";
  }
}
