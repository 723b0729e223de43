package org.godwit.app.workbench;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.godwit.app.theme.Variant;

/**
 * What the window remembers: language, look, whether the welcome was read. Read before the window
 * opens; written on a thread of its own, because the FX thread never touches a file.
 */
final class WorkbenchSettings {
  private static final String LANGUAGE = "language";
  private static final String LOOK = "look";
  private static final String WELCOMED = "welcomed";

  private final Path file;
  private final Properties values = new Properties();

  private WorkbenchSettings(Path file) {
    this.file = file;
  }

  /** The settings kept in {@code file}, or none if there is no such file or it cannot be read. */
  static WorkbenchSettings read(Path file) {
    WorkbenchSettings settings = new WorkbenchSettings(file);
    if (file != null && Files.isReadable(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        settings.values.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        // Settings that cannot be read are as good as none; the next change writes them anew.
        settings.values.clear();
      }
    }
    return settings;
  }

  Locale language(Locale otherwise) {
    String tag = values.getProperty(LANGUAGE);
    return tag == null ? otherwise : Locale.forLanguageTag(tag);
  }

  void setLanguage(Locale language) {
    set(LANGUAGE, language.toLanguageTag());
  }

  Variant look(Variant otherwise) {
    for (Variant each : Variant.values()) {
      if (each.token().equals(values.getProperty(LOOK))) {
        return each;
      }
    }
    return otherwise;
  }

  void setLook(Variant look) {
    set(LOOK, look.token());
  }

  boolean isWelcomed() {
    return Boolean.parseBoolean(values.getProperty(WELCOMED));
  }

  void setWelcomed() {
    set(WELCOMED, "true");
  }

  private void set(String key, String value) {
    values.setProperty(key, value);
    if (file != null) {
      Properties copy = new Properties();
      copy.putAll(values);
      Thread.ofVirtual().start(() -> write(file, copy));
    }
  }

  private static synchronized void write(Path file, Properties values) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        values.store(writer, null);
      }
    } catch (IOException e) {
      // A full or read-only home must not disturb the session; the setting lasts until the end.
      System.err.println("godwit: settings not kept: " + e.getMessage());
    }
  }
}
