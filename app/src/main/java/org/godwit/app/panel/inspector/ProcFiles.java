package org.godwit.app.panel.inspector;

import java.util.Optional;
import java.util.function.Consumer;

/** Reads files of nodes for the inspector, between two windows of virtual time. */
@FunctionalInterface
public interface ProcFiles {
  /**
   * Asks for the content of a file; {@code then} gets it later on the FX thread, or nothing if the
   * node has no such file.
   */
  void read(int node, String path, Consumer<Optional<byte[]>> then);
}
