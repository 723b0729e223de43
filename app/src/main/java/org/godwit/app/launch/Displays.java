package org.godwit.app.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether this host can show a window, found without loading JavaFX, because its toolkit can be
 * started only once in a JVM and prints a stack trace when it fails.
 */
public final class Displays {
  private static final String GTK = "libgtk-3.so.0";

  private Displays() {}

  /** Message key of what is missing for a window; empty if nothing is known to be. */
  public static Optional<String> missing(Map<String, String> environment) {
    boolean windowless = "Headless".equals(System.getProperty("glass.platform"));
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (windowless || os.contains("win") || os.contains("mac")) {
      return Optional.empty();
    }
    if (!hasDisplay(environment)) {
      return Optional.of("demo.no-display");
    }
    return hasGtk(environment) ? Optional.empty() : Optional.of("demo.no-gtk");
  }

  /** DISPLAY, and for a local one (":N") also the socket of its server. JavaFX speaks X only. */
  static boolean hasDisplay(Map<String, String> environment) {
    String display = environment.getOrDefault("DISPLAY", "");
    if (!display.matches(":[0-9]+(\\.[0-9]+)?")) {
      return !display.isEmpty();
    }
    String number = display.substring(1).replaceAll("\\..*", "");
    // Without the folder the server may listen on an abstract socket only, which no file shows.
    Path sockets = Path.of("/tmp/.X11-unix");
    return !Files.isDirectory(sockets) || Files.exists(sockets.resolve("X" + number));
  }

  /** Where the loader of a usual system looks: LD_LIBRARY_PATH, /lib, /usr/lib, per machine too. */
  private static boolean hasGtk(Map<String, String> environment) {
    List<Path> folders = new ArrayList<>();
    for (String each : environment.getOrDefault("LD_LIBRARY_PATH", "").split(":")) {
      if (!each.isEmpty()) {
        folders.add(Path.of(each));
      }
    }
    String machine = System.getProperty("os.arch", "").replace("amd64", "x86_64");
    for (String top : List.of("/lib", "/usr/lib", "/usr/local/lib", "/lib64", "/usr/lib64")) {
      folders.add(Path.of(top));
      folders.add(Path.of(top, machine + "-linux-gnu"));
    }
    return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(GTK)));
  }
}
