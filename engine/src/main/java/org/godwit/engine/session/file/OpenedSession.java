package org.godwit.engine.session.file;

import java.util.List;
import org.godwit.model.Problem;

/**
 * A session file as far as it was intact.
 *
 * @param session what could be read
 * @param damage what could not, and where; empty for a file in order
 */
public record OpenedSession(RecordedSession session, List<Problem> damage) {
  public OpenedSession {
    damage = List.copyOf(damage);
  }
}
