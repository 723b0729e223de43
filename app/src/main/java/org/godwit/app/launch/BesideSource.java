package org.godwit.app.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.godwit.app.host.HostFiles;
import org.godwit.model.ProblemException;

/**
 * The programs on board, and those beside a scenario file: {@code "program": "mine.elf"} is the
 * file mine.elf in its folder.
 */
public final class BesideSource extends CatalogueSource {
  private static final int MAX_PROGRAM = 64 << 20;

  private final Path folder;

  /**
   * @param scenario the scenario's file
   * @param userland as in {@link CatalogueSource}
   */
  public BesideSource(Path scenario, boolean userland) {
    super(userland);
    this.folder = scenario.toAbsolutePath().getParent();
  }

  @Override
  public Optional<byte[]> elf(String name) {
    Optional<byte[]> elf = super.elf(name);
    return elf.isPresent() ? elf : beside(name);
  }

  private Optional<byte[]> beside(String name) {
    try {
      Path file = folder.resolve(HostFiles.path(name));
      return Files.isRegularFile(file)
          ? Optional.of(HostFiles.read(file, MAX_PROGRAM))
          : Optional.empty();
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }
}
