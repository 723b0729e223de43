package org.godwit.engine.guests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.godwit.engine.session.ProgramSource;

/** The guest programs of the resources, by name, whichever set they are in. */
final class Guests implements ProgramSource {
  static final Guests ON_BOARD = new Guests();

  private static final Path RESOURCES = Path.of("../resources");

  private final TreeMap<String, byte[]> made = new TreeMap<>();

  /** The programs on board and one more. */
  Guests with(String name, byte[] elf) {
    Guests more = new Guests();
    more.made.putAll(made);
    more.made.put(name, elf);
    return more;
  }

  /** Folder of a test program. */
  static Path folder(String name) {
    Path test = RESOURCES.resolve("programs-test").resolve(name);
    return Files.isDirectory(test) ? test : RESOURCES.resolve("programs").resolve(name);
  }

  @Override
  public Optional<byte[]> elf(String name) {
    if (made.containsKey(name)) {
      return Optional.of(made.get(name));
    }
    Path file = folder(name).resolve(name + ".elf");
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
