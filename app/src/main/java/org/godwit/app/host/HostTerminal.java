package org.godwit.app.host;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The terminal that the program was started from. Java knows no raw mode, so stty(1) sets it; where
 * there is none (Windows) there is no such terminal.
 */
public final class HostTerminal {
  /** Ctrl+], as telnet has it: hangs up. */
  public static final byte EXIT_CHORD = 0x1d;

  private static final File DEVICE = new File("/dev/tty");
  private static final int MOST_AT_ONCE = 1024;
  private static final long SIZE_EVERY_NANOS = 1_000_000_000L;

  /** Lines and characters of a line. */
  public record Size(int rows, int columns) {}

  private final InputStream in;
  private final String before;
  private Size size = new Size(24, 80);
  private long sizeAsked;

  private HostTerminal(InputStream in, String before) {
    this.in = in;
    this.before = before;
  }

  /** The terminal, if standard input and output are one and it can be set. */
  public static Optional<HostTerminal> find() {
    if (System.console() == null || !System.console().isTerminal() || !DEVICE.exists()) {
      return Optional.empty();
    }
    String settings = stty("-g");
    return settings.isEmpty()
        ? Optional.empty()
        : Optional.of(new HostTerminal(System.in, settings));
  }

  /** Every key comes as it is struck, signals and echo included. */
  public void raw() {
    stty("raw", "-echo");
    size();
  }

  /** As it was found. */
  public void restore() {
    stty(before);
  }

  /** What was typed since the last time; empty if nothing. */
  public byte[] read() {
    try {
      return in.readNBytes(Math.min(MOST_AT_ONCE, in.available()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its size, asked for once a second at the most. */
  public Size size() {
    long now = System.nanoTime();
    if (sizeAsked == 0 || now - sizeAsked > SIZE_EVERY_NANOS) {
      sizeAsked = now;
      String[] numbers = stty("size").split(" ");
      if (numbers.length == 2) {
        int rows = Integer.parseInt(numbers[0]);
        int columns = Integer.parseInt(numbers[1]);
        size = rows > 0 && columns > 0 ? new Size(rows, columns) : size;
      }
    }
    return size;
  }

  private static String stty(String... words) {
    String[] command = new String[words.length + 1];
    command[0] = "stty";
    System.arraycopy(words, 0, command, 1, words.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(DEVICE)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream out = process.getInputStream()) {
        String text = new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip();
        return process.waitFor() == 0 ? text : "";
      }
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
