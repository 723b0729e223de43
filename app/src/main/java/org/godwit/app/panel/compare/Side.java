package org.godwit.app.panel.compare;

import java.nio.file.Path;

/** What can stand on one side of a comparison. */
public sealed interface Side {
  /** A future of the session that is open, as it stands when it is asked for. */
  record Live(int future) implements Side {}

  /** A recording. */
  record File(Path path) implements Side {}
}
