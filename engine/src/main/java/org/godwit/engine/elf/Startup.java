package org.godwit.engine.elf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a program is started with. Strings are bytes without the final zero: a guest's file names
 * need not be UTF-8.
 *
 * @param path the name by which it was started: AT_EXECFN and /proc/PID/maps
 * @param arguments argv, the program's name first
 * @param environment envp, {@code NAME=value} each
 * @param aux the rest
 */
public record Startup(
    String path, List<byte[]> arguments, List<byte[]> environment, AuxValues aux) {
  public Startup {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
  }

  /** Strings of one char a byte as the bytes that programs see. */
  public static List<byte[]> bytes(List<String> strings) {
    List<byte[]> bytes = new ArrayList<>();
    for (String each : strings) {
      bytes.add(each.getBytes(StandardCharsets.ISO_8859_1));
    }
    return bytes;
  }

  /** Text as the guest's bytes (UTF-8), one char a byte. */
  public static String guestBytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /**
   * Bytes of strings and pointers on the stack, which execve(2) limits: E2BIG beyond {@link
   * Loader#MAX_ARGUMENTS}.
   */
  public long stackBytes() {
    long total = 0;
    for (byte[] each : arguments) {
      total += each.length + 9L;
    }
    for (byte[] each : environment) {
      total += each.length + 9L;
    }
    return total;
  }
}
