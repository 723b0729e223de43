package org.godwit.engine.session;

import java.util.List;
import java.util.Optional;

/** Where a session finds the programs that launches name: the app's catalogue, or a test's map. */
@FunctionalInterface
public interface ProgramSource {
  /** The static RV64 ELF of that name, or empty if there is none. */
  Optional<byte[]> elf(String name);

  /**
   * What nodes with that boot profile have in their tree, parents first; empty if it is unknown.
   */
  default Optional<List<GuestFile>> root(String profile) {
    return Optional.empty();
  }
}
