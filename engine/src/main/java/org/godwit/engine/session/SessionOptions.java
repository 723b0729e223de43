package org.godwit.engine.session;

/**
 * How a session is carried out. None of it changes what happens, only how fast, except {@code
 * migrateEvery}.
 *
 * @param workers threads that advance islands within a window, 1 or more
 * @param forceParallel hand even tiny windows to the workers (for tests)
 * @param reverseOrder advance islands in descending order where one thread does it (for tests)
 * @param windowByWindow pass over no window in which nothing happens (for tests)
 * @param migrateEvery 0, or: each movable process moves to the next node after each so many of its
 *     instructions
 * @param engine what executes guest instructions
 */
public record SessionOptions(
    int workers,
    boolean forceParallel,
    boolean reverseOrder,
    boolean windowByWindow,
    long migrateEvery,
    Engine engine) {
  /** One worker, no forced moves. */
  public static final SessionOptions DEFAULT = new SessionOptions(1, false, false, 0);

  /** The interpreter. */
  public SessionOptions(
      int workers, boolean forceParallel, boolean reverseOrder, long migrateEvery) {
    this(workers, forceParallel, reverseOrder, migrateEvery, Engine.interpreter());
  }

  /** All windows that can be passed over are. */
  public SessionOptions(
      int workers, boolean forceParallel, boolean reverseOrder, long migrateEvery, Engine engine) {
    this(workers, forceParallel, reverseOrder, false, migrateEvery, engine);
  }

  /** The same with another engine. */
  public SessionOptions with(Engine other) {
    return new SessionOptions(
        workers, forceParallel, reverseOrder, windowByWindow, migrateEvery, other);
  }

  /** The same, one window after another. */
  public SessionOptions byWindows() {
    return new SessionOptions(workers, forceParallel, reverseOrder, true, migrateEvery, engine);
  }

  /** {@code workers} workers, no forced moves. */
  public static SessionOptions workers(int workers) {
    return new SessionOptions(workers, false, false, 0);
  }
}
