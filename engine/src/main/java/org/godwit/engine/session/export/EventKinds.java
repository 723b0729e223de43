package org.godwit.engine.session.export;

import java.util.Locale;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;

/** Short names in exports, the same as in session files. */
final class EventKinds {
  private EventKinds() {}

  /** {@code migrationRefused} for a {@link Happening.MigrationRefused}. */
  static String of(Happening what) {
    String name = what.getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** {@code procFile} for {@link MoveCause#PROC_FILE}. */
  static String of(MoveCause cause) {
    return switch (cause) {
      case BALANCER -> "balancer";
      case USER -> "user";
      case PROC_FILE -> "procFile";
      case CALL -> "call";
      case EVACUATION -> "evacuation";
      case EXERCISE -> "exercise";
    };
  }
}
