package org.godwit.app.launch;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where the workbench keeps what it remembers between two starts. */
public final class Settings {
  private Settings() {}

  /** The folder in which this user's own balancing policies are. */
  public static Path policies(Map<String, String> environment) {
    return file(environment).resolveSibling("policies");
  }

  /** The folder in which a teacher's own lessons are. */
  public static Path lessons(Map<String, String> environment) {
    return file(environment).resolveSibling("lessons");
  }

  /**
   * The file for this user: under APPDATA on Windows, Library/Application Support on macOS, else
   * XDG_CONFIG_HOME or ~/.config (XDG base directory specification).
   */
  static Path file(Map<String, String> environment) {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    Path home = Path.of(System.getProperty("user.home", "."));
    if (os.contains("win") && environment.containsKey("APPDATA")) {
      return Path.of(environment.get("APPDATA"), "Godwit", "workbench.properties");
    }
    if (os.contains("mac")) {
      return home.resolve("Library/Application Support/Godwit/workbench.properties");
    }
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    // The specification: a relative value is invalid and to be ignored.
    Path base = config.startsWith("/") ? Path.of(config) : home.resolve(".config");
    return base.resolve("godwit").resolve("workbench.properties");
  }
}
