package org.godwit.app.bridge;

/**
 * A session with what it looked like on its way, and from where it can be gone on. Engine thread
 * only.
 *
 * @param number as {@link Future#number}
 * @param parent as {@link Future#parent}
 * @param fromNanos as {@link Future#fromNanos}
 */
record Course(
    int number,
    int parent,
    long fromNanos,
    LiveSession session,
    Moments moments,
    Checkpoints checkpoints) {}
