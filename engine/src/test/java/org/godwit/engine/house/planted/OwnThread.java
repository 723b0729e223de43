package org.godwit.engine.house.planted;

/** Starts a thread of its own. */
final class OwnThread {

  private OwnThread() {}

  static void sinThread(Runnable work) {
    Thread.ofPlatform().start(work);
  }
}
