package org.godwit.app.bridge;

import org.godwit.engine.session.Session;

/** Keeps sessions that are open where they outlive the program. Engine thread only. */
@FunctionalInterface
public interface SessionLogs {
  /** Keeps nothing. */
  SessionLogs NONE = _ -> Log.NONE;

  /** Begins to keep {@code session}. Never fails: what cannot be kept is not. */
  Log begin(Session session);

  /** What is kept of one session. */
  interface Log {
    /** Nothing. */
    Log NONE =
        new Log() {
          @Override
          public void keep() {}

          @Override
          public void end() {}

          @Override
          public void forget() {}

          @Override
          public void leave() {}
        };

    /** Called some times a second; keeps what is new, when it is time for it. */
    void keep();

    /** The session was closed by its user: what was kept is not needed. */
    void end();

    /** The session was closed, and nothing was done in it that does not lie in a file anyway. */
    void forget();

    /** The session ended otherwise: what was kept stays, to be recovered. Never fails. */
    void leave();
  }
}
