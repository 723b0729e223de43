package org.godwit.app.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * What the window remembers between two starts, as text under names. Read before the window opens;
 * written on a thread of its own, the newest state only, because the FX thread never touches a
 * file. FX thread only.
 */
public final class SettingsStore {
  private final Path file;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, StringProperty> watched = new HashMap<>();
  private final AtomicReference<Properties> newest = new AtomicReference<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("settings").factory());

  private SettingsStore(Path file) {
    this.file = file;
  }

  /**
   * What is kept in {@code file}; nothing if there is no such file or it cannot be read.
   *
   * @param file where, or null to keep nothing
   */
  public static SettingsStore read(Path file) {
    SettingsStore store = new SettingsStore(file);
    if (file != null && Files.isReadable(file)) {
      Properties kept = new Properties();
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        kept.load(reader);
        kept.stringPropertyNames().forEach(key -> store.values.put(key, kept.getProperty(key)));
      } catch (IOException | IllegalArgumentException e) {
        // Settings that cannot be read are as good as none; the next change writes them anew.
        store.values.clear();
      }
    }
    return store;
  }

  /** Whether anything outlives the program. */
  public boolean isKept() {
    return file != null;
  }

  /** The value under a name, or {@code otherwise}. */
  public String get(String key, String otherwise) {
    return values.getOrDefault(key, otherwise);
  }

  /** The value of a setting; follows every change, and may be set. */
  public StringProperty of(Setting setting) {
    return watched.computeIfAbsent(
        setting.id(),
        id -> {
          StringProperty made = new SimpleStringProperty(this, id, get(id, setting.initial()));
          made.addListener(
              (_, _, now) -> {
                String value = now == null || now.equals(setting.initial()) ? null : now;
                put(id, value);
              });
          return made;
        });
  }

  /** Whether a switch is on. */
  public boolean isOn(Setting setting) {
    return Boolean.parseBoolean(of(setting).get());
  }

  /** Keeps a value; null forgets it. */
  public void put(String key, String value) {
    String before = value == null ? values.remove(key) : values.put(key, value);
    if (file != null && !writer.isShutdown() && !Objects.equals(before, value)) {
      Properties copy = new Properties();
      copy.putAll(values);
      if (newest.getAndSet(copy) == null) {
        writer.execute(this::write);
      }
    }
  }

  /** Everything under names that begin so, by the rest of the name. */
  public Map<String, String> under(String prefix) {
    Map<String, String> found = new HashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /** Waits until what was kept so far is written; for the end of the program and for tests. */
  public void flush() throws InterruptedException {
    writer.shutdown();
    writer.awaitTermination(2, TimeUnit.SECONDS);
  }

  /** On the writer's thread; a crash in between leaves the old file whole. */
  private void write() {
    Properties wanted = newest.getAndSet(null);
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "workbench", ".new");
      try (Writer out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
        wanted.store(out, null);
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // A full or read-only home must not disturb the session; the setting lasts until the end.
      System.err.println("godwit: settings not kept: " + e.getMessage());
    }
  }
}
