package org.godwit.engine.session;

import java.util.List;
import java.util.Optional;
import org.godwit.engine.cluster.Roots;

/** Where a session finds the programs that launches name: the app's catalogue, or a test's map. */
@FunctionalInterface
public interface ProgramSource {
  /** The static RV64 ELF of that name, or empty if there is none. */
  Optional<byte[]> elf(String name);

  /** The profile of nodes that have none: they run what is launched and boot nothing. */
  String BARE = Roots.BARE;

  /**
   * What nodes with that boot profile have in their tree, parents first; empty if it is unknown.
   */
  default Optional<List<GuestFile>> root(String profile) {
    return Optional.empty();
  }
}
