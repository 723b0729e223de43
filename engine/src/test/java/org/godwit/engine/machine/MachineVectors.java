package org.godwit.engine.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads the text that {@code src/test/vectors/machine.h} prints: a few instructions, the registers
 * before, and what an implementation that is not ours made of them.
 *
 * <pre>
 *   file  = { '#' comment } base { case }
 *   base  = 'base' pc { change }                      from all registers zero
 *   case  = name words { change } ' > ' end { change } { 'm' offset '=' bytes }
 *   words = hex { ',' hex }                           4 digits for a compressed instruction, else 8
 *   change = ('x' number | 'f' number | 'fcsr') '=' hex
 *   end   = [ 'ILL' | 'SEGV' ] ('+' | '-') decimal    where it trapped, from the first instruction
 * </pre>
 *
 * <p>What is not mentioned is unchanged: registers against the state before, memory against {@link
 * #pattern}.
 */
final class MachineVectors {
  /** Start of the region that holds the instructions, filled with c.ebreak. */
  static final long CODE = 0x4000_0000L;

  static final int CODE_SIZE = 0x40_0000;

  /** Start of the data window. */
  static final long DATA = 0x5000_0000L;

  static final int DATA_SIZE = 0x2000;

  /** How a case ends. */
  enum End {
    /** At a c.ebreak. */
    TRAP,
    /** At an instruction that is none. */
    ILL,
    /** At an access or fetch that nothing is mapped for. */
    SEGV
  }

  /** All registers. {@code x[0]} is 0. */
  record State(long[] x, long[] f, int[] fcsr) {
    State() {
      this(new long[32], new long[32], new int[1]);
    }

    State copy() {
      return new State(x.clone(), f.clone(), fcsr.clone());
    }
  }

  /**
   * One case.
   *
   * @param words the instructions, the low two bits tell their size
   * @param end how it ends
   * @param pc where it ends
   * @param memory what the data window holds afterwards, or null if unchanged
   * @param line the line of the file, for messages
   */
  record Case(
      String name,
      int[] words,
      State in,
      End end,
      long pc,
      State out,
      byte[] memory,
      String line) {}

  private final List<Case> cases = new ArrayList<>();
  private long start;
  private State base;

  private MachineVectors() {}

  /** Cases of a file in {@code src/test/resources/vectors}. */
  static List<Case> resource(String name) {
    try (InputStream file = MachineVectors.class.getResourceAsStream("/vectors/" + name);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  static List<Case> read(BufferedReader in) throws IOException {
    MachineVectors vectors = new MachineVectors();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("base ")) {
        vectors.readBase(line.split(" "));
      } else if (!line.startsWith("#")) {
        vectors.cases.add(vectors.readCase(line, line.split(" ")));
      }
    }
    return vectors.cases;
  }

  /** The data window before each case: byte k. */
  static byte pattern(int k) {
    return (byte) (k * 0x9e3779b1 >>> 24);
  }

  private void readBase(String[] part) {
    start = Long.parseUnsignedLong(part[1], 16);
    base = new State();
    for (int i = 2; i < part.length; i++) {
      change(base, part[i]);
    }
  }

  private Case readCase(String line, String[] part) {
    String[] hex = part[1].split(",");
    int[] words = new int[hex.length];
    for (int i = 0; i < hex.length; i++) {
      words[i] = Integer.parseUnsignedInt(hex[i], 16);
    }
    State in = base.copy();
    int at = 2;
    for (; !part[at].equals(">"); at++) {
      change(in, part[at]);
    }
    at++;
    End end = End.TRAP;
    String where = part[at++];
    for (End each : End.values()) {
      if (where.startsWith(each.name())) {
        end = each;
        where = where.substring(each.name().length());
      }
    }
    State out = in.copy();
    byte[] memory = null;
    for (; at < part.length; at++) {
      if (part[at].startsWith("m")) {
        if (memory == null) {
          memory = new byte[DATA_SIZE];
          for (int k = 0; k < DATA_SIZE; k++) {
            memory[k] = pattern(k);
          }
        }
        int equals = part[at].indexOf('=');
        byte[] bytes = HexFormat.of().parseHex(part[at], equals + 1, part[at].length());
        int offset = Integer.parseInt(part[at], 1, equals, 16);
        System.arraycopy(bytes, 0, memory, offset, bytes.length);
      } else {
        change(out, part[at]);
      }
    }
    return new Case(part[0], words, in, end, start + Long.parseLong(where), out, memory, line);
  }

  private static void change(State state, String text) {
    int equals = text.indexOf('=');
    long value = Long.parseUnsignedLong(text, equals + 1, text.length(), 16);
    if (text.startsWith("fcsr")) {
      state.fcsr[0] = (int) value;
    } else {
      int number = Integer.parseInt(text, 1, equals, 10);
      (text.charAt(0) == 'x' ? state.x : state.f)[number] = value;
    }
  }
}
