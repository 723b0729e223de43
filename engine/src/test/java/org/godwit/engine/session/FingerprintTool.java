package org.godwit.engine.session;

/**
 * Prints the fingerprints of courses: {@code FingerprintTool NAME...}; runs in a JVM of its own.
 */
final class FingerprintTool {
  private FingerprintTool() {}

  public static void main(String[] courses) {
    for (String course : courses) {
      for (String line : Course.named(course).run(SessionOptions.DEFAULT).lines()) {
        System.out.println(course + " " + line);
      }
    }
  }
}
