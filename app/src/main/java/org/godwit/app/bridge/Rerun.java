package org.godwit.app.bridge;

import java.util.List;
import org.godwit.app.host.HostEngine;
import org.godwit.engine.session.Advisers;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.Replay;
import org.godwit.engine.session.SessionOptions;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Verification;
import org.godwit.model.ProblemException;
import org.godwit.model.event.Event;

/**
 * A recording that is run again, and what it says should come of it. Engine thread only.
 *
 * @param recorded the recording
 * @param replay its session, on the same way
 */
record Rerun(RecordedSession recorded, Replay replay) {
  static Rerun begin(String file, RecordedSession recorded, ProgramSource others, Advisers advisers)
      throws ProblemException {
    Verification.demand(file, recorded);
    return new Rerun(
        recorded,
        Replay.begin(
            recorded.recipe(),
            others,
            SessionOptions.DEFAULT.workers(),
            HostEngine.auto(),
            advisers));
  }

  /** Whether its session is where the recording is, or not as far. */
  boolean isAllThereIs() {
    return replay.session().now() <= replay.endNanos()
        && replay.session().commands().size() <= replay.commands();
  }

  /** The first event or hash that came otherwise, as a moment; −1 if there is none so far. */
  long parts() {
    List<Event> events = replay.session().events(0);
    long parts = Long.MAX_VALUE;
    for (int i = 0; i < events.size(); i++) {
      if (i >= recorded.events().size() || !recorded.events().get(i).equals(events.get(i))) {
        parts = events.get(i).atNanos();
        break;
      }
    }
    List<HashSample> hashes = replay.session().hashes();
    for (int i = 0; i < hashes.size(); i++) {
      if (i >= recorded.hashes().size() || !recorded.hashes().get(i).equals(hashes.get(i))) {
        parts = Math.min(parts, hashes.get(i).atNanos());
        break;
      }
    }
    return parts == Long.MAX_VALUE ? -1 : parts;
  }
}
