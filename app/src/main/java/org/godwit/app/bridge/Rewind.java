package org.godwit.app.bridge;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.Session;
import org.godwit.model.event.Event;

/**
 * Executes earlier moments of a session again, from the nearest checkpoint and with the commands
 * that were given then, on a thread of its own: one at a time, and of those that wait the newest.
 * What comes out is the session as it was, to the grid's step, and can be asked what the one could
 * be asked. Engine thread only.
 */
final class Rewind {
  /** Who has come from so far leaves a checkpoint, so that the next who looks there has it near. */
  private static final long FAR_NANOS = 150_000_000L;

  private final Executor engine;
  private Wish latest;
  private Wish running;

  /**
   * A moment that is wanted.
   *
   * @param course of which session
   * @param maker makes it
   * @param then gets it, or why there is none; not called if another was wanted meanwhile
   */
  private record Wish(
      Course course, Callable<Session> maker, BiConsumer<LiveSession, Exception> then) {}

  /**
   * @param engine carries out on the engine thread
   */
  Rewind(Executor engine) {
    this.engine = engine;
  }

  /** The moment on the grid at or before an instant. */
  static long moment(long nanos) {
    return Math.max(0, nanos - nanos % Session.GRID_NANOS);
  }

  /** How to make a session anew that stands where {@code course} stood at a moment. */
  static Optional<Callable<Session>> maker(Course course, long nanos) {
    LiveSession session = course.session();
    int commands =
        (int) session.commands().stream().filter(each -> each.atNanos() <= nanos).count();
    return session.copy(course.checkpoints().before(nanos), nanos, commands);
  }

  /**
   * Wants a moment of {@code course}. Nothing comes of it while there is no checkpoint before it:
   * the way would be the whole session, too long for every look.
   *
   * @param nanos when, on the grid
   * @param then gets the session that stands there and closes it, or gets why there is none
   */
  void to(Course course, long nanos, BiConsumer<LiveSession, Exception> then) {
    latest = null;
    if (course.checkpoints().before(nanos) != null) {
      maker(course, nanos).ifPresent(maker -> latest = new Wish(course, maker, then));
      begin();
    }
  }

  /** Wants none any more. */
  void cancel() {
    latest = null;
  }

  private void begin() {
    if (running == null && latest != null) {
      Wish wish = latest;
      running = wish;
      Thread.ofPlatform().daemon().name("godwit-rewind").start(() -> carryOut(wish));
    }
  }

  private void carryOut(Wish wish) {
    long begun = System.nanoTime();
    try {
      LiveSession made = new EngineSession(wish.maker.call());
      boolean far = System.nanoTime() - begun > FAR_NANOS;
      engine.execute(() -> arrive(wish, made, far, null));
    } catch (Exception | StackOverflowError e) {
      Exception why = e instanceof Exception known ? known : new IllegalStateException(e);
      engine.execute(() -> arrive(wish, null, false, why));
    }
  }

  private void arrive(Wish wish, LiveSession made, boolean far, Exception failure) {
    running = null;
    if (far && agree(made, wish.course.session())) {
      wish.course.checkpoints().keep(made);
    }
    if (latest == wish) {
      latest = null;
      wish.then.accept(made, failure);
    } else if (made != null) {
      made.close();
    }
    begin();
  }

  /**
   * Whether a session that was made again has come the way of the one that was recorded: as many
   * events up to the last one, which is the same, and the same hash of the state where there is
   * one.
   */
  static boolean agree(LiveSession made, LiveSession recorded) {
    List<Event> events = made.events(0);
    List<HashSample> hashes = made.hashes();
    List<HashSample> known = recorded.hashes();
    int last = events.size() - 1;
    int second = hashes.size() - 1;
    List<Event> there = recorded.events(Math.max(0, last));
    return (last < 0 || !there.isEmpty() && there.getFirst().equals(events.get(last)))
        && (second < 0 || second < known.size() && known.get(second).equals(hashes.get(second)));
  }
}
