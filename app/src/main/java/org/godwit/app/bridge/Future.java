package org.godwit.app.bridge;

/**
 * One of the courses that the open session has taken: the first, and those that began where
 * somebody continued from an earlier moment.
 *
 * @param number from 1, in the order of their beginning; never given twice in one session
 * @param parent the future that it shares its beginning with; 0 for the first
 * @param fromNanos virtual time up to which it shares it
 * @param isShown whether it is the one that the window shows
 */
public record Future(int number, int parent, long fromNanos, boolean isShown) {}
