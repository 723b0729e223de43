package org.godwit.model.scenario;

/** In which order a process crosses: what of it moves before, while and after it stands still. */
public enum MigrationMethod {
  /** As in openMosix: it stands still while everything crosses. */
  STOP_AND_COPY("stop-and-copy"),
  /** Its pages cross while it goes on; what it writes meanwhile crosses again, at last at a stop. */
  PRE_COPY("pre-copy"),
  /** Registers and the pages that they point to cross at a stop; the others when they are touched. */
  POST_COPY("post-copy");

  private final String word;

  MigrationMethod(String word) {
    this.word = word;
  }

  /** As scenario files name it. */
  public String word() {
    return word;
  }
}
