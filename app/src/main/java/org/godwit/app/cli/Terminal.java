package org.godwit.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.godwit.app.text.Wording;
import org.godwit.model.Problem;

/**
 * Where a command reads and writes, so that a test can stand in for the host.
 *
 * @param out standard output
 * @param err standard error
 * @param environment the host's environment variables
 * @param wording words in the reader's language
 */
public record Terminal(
    PrintStream out, PrintStream err, Map<String, String> environment, Wording wording) {
  /** A line of text for a person, on standard output. */
  void line(String text) {
    out.print(text + "\n");
    out.flush();
  }

  /** A line of ours on standard error. */
  void complain(String text) {
    err.print("godwit: " + text + "\n");
    err.flush();
  }

  /** A problem in words, on standard error. */
  void complain(Problem problem) {
    complain(wording.problem(problem));
  }

  /** JSON is UTF-8 whatever the host's charset. */
  static void utf8(OutputStream stream, String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
