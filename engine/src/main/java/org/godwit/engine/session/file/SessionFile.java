package org.godwit.engine.session.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The layout of a session file, a zip with these entries in this order:
 *
 * <pre>
 * session.json                  {@link org.godwit.model.session.SessionHeader}, always the first
 * notes.md                      what somebody wrote, if anything
 * preview.png                   a picture of the workbench, if there is one
 * commands.jsonl                {@link org.godwit.model.command.CommandRecord} a line
 * hashes.jsonl                  {@link org.godwit.model.session.HashLine} a line
 * segments/NNNNNN/events.jsonl  {@link org.godwit.model.event.Event} a line, of the virtual seconds
 *                               from 10 · N up to 10 · (N + 1); left out when there are none
 * segments/NNNNNN/metrics.jsonl {@link org.godwit.model.event.Sample} a line, likewise
 * programs/SHA256.elf           each distinct program, by hash
 * roots/SHA256.tar              each distinct root file system, by hash
 * inputs/SHA256.bin             what the session's programs read from descriptor 0
 * </pre>
 *
 * <p>Text is UTF-8 with line feeds. All time stamps are the same, all entries are deflated, so that
 * the same session gives the same bytes. What a person did stands first, then what came of it, then
 * the bulk of the programs, most of which are on board anyway: a file that was cut opens up to the
 * cut, and a cut costs the less the later it is.
 */
public final class SessionFile {
  /** Layout that this engine writes, and the newest that it reads. */
  public static final int FORMAT_VERSION = 1;

  /** Raised whenever the same scenario, seed and commands would give other hashes (decision 32). */
  public static final int BEHAVIOUR_VERSION = 8;

  /** Version of the program, for people. */
  public static final String ENGINE_VERSION = "0.1.0";

  static final String HEADER = "session.json";
  static final String NOTES = "notes.md";
  static final String PREVIEW = "preview.png";
  static final String COMMANDS = "commands.jsonl";
  static final String HASHES = "hashes.jsonl";

  /** Virtual time that a segment covers. */
  static final long SEGMENT_NANOS = 10_000_000_000L;

  /** Longest line, in bytes. */
  static final int MAX_LINE = 8 << 20;

  /** Longest entry that is taken as one piece: header, notes, picture, program, tree, input. */
  public static final int MAX_PIECE = 64 << 20;

  /** Bytes of all entries together, unpacked. */
  static final long MAX_TOTAL = 4L << 30;

  static final int MAX_ENTRIES = 1_000_000;

  private SessionFile() {}

  static String program(String sha256) {
    return "programs/" + sha256 + ".elf";
  }

  static String root(String sha256) {
    return "roots/" + sha256 + ".tar";
  }

  static String input(String sha256) {
    return "inputs/" + sha256 + ".bin";
  }

  static String events(long segment) {
    return String.format(Locale.ROOT, "segments/%06d/events.jsonl", segment);
  }

  static String metrics(long segment) {
    return String.format(Locale.ROOT, "segments/%06d/metrics.jsonl", segment);
  }

  /** SHA-256 of {@code bytes}, lower-case hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
