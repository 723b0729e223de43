package org.godwit.engine.session.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;

/** Short names of events and causes, the same as in session files. */
public final class EventKinds {
  private EventKinds() {}

  /** {@code migrationRefused} for a {@link Happening.MigrationRefused}. */
  public static String of(Happening what) {
    return of(what.getClass());
  }

  /** All kinds of events, in the order of their declaration. */
  public static List<String> all() {
    return Arrays.stream(Happening.class.getPermittedSubclasses()).map(EventKinds::of).toList();
  }

  private static String of(Class<?> kind) {
    String name = kind.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** {@code procFile} for {@link MoveCause#PROC_FILE}. */
  public static String of(MoveCause cause) {
    return switch (cause) {
      case BALANCER -> "balancer";
      case USER -> "user";
      case PROC_FILE -> "procFile";
      case CALL -> "call";
      case EVACUATION -> "evacuation";
      case EXERCISE -> "exercise";
      case LIMIT -> "limit";
    };
  }
}
