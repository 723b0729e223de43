package org.godwit.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.godwit.app.text.Wording;

/**
 * What a command line gave.
 *
 * @param status exit status
 * @param outBytes bytes of standard output
 * @param err text of standard error
 */
record Captured(int status, byte[] outBytes, String err) {
  String out() {
    return new String(outBytes, StandardCharsets.UTF_8);
  }

  /** Runs in English. */
  static Captured of(String... arguments) {
    return in(Locale.ENGLISH, arguments);
  }

  static Captured in(Locale language, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Cli.run(
            arguments,
            new Terminal(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                Map.of(),
                new Wording(language)));
    return new Captured(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }
}
