package org.godwit.engine.guests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A case of a test program with what qemu made of it (format: {@code
 * resources/expect-programs.sh}).
 *
 * @param arguments argv without argv[0]
 * @param stdin what it reads
 */
record Case(
    String program, List<String> arguments, byte[] stdin, String out, String err, int status) {
  private static final Path PROGRAMS = Path.of("../resources/programs-test");

  /** What the shell that ran qemu said about a signal, in the order of the numbers. */
  private static final List<String> REMARKS =
      List.of(
          "Segmentation fault",
          "Illegal instruction",
          "Trace/breakpoint trap",
          "Aborted",
          "Terminated",
          "Killed",
          "Bus error");

  /** All cases of all programs that have an expectation. */
  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    try (var folders = Files.list(PROGRAMS)) {
      for (Path folder : folders.sorted().toList()) {
        if (Files.exists(folder.resolve("expected.txt"))) {
          all.addAll(of(folder));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static List<Case> of(Path folder) {
    Path input = folder.resolve("stdin.txt");
    byte[] stdin = Files.exists(input) ? Guests.read(input) : new byte[0];
    List<Case> cases = new ArrayList<>();
    List<String> arguments = List.of();
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();
    String text = new String(Guests.read(folder.resolve("expected.txt")), UTF_8);
    for (String line : text.split("\n")) {
      String rest = line.length() > 2 ? line.substring(2) : "";
      switch (line.charAt(0)) {
        case '$' -> {
          arguments = rest.isBlank() ? List.of() : List.of(rest.split(" "));
          out.setLength(0);
          err.setLength(0);
        }
        case '>' -> out.append(rest).append('\n');
        case '!' -> err.append(rest).append('\n');
        case '=' -> {
          int status = Integer.parseInt(rest);
          String complaint = err.toString();
          if (status > 128 && REMARKS.contains(complaint.strip())) {
            complaint = "";
          }
          cases.add(
              new Case(
                  folder.getFileName().toString(),
                  arguments,
                  stdin,
                  out.toString(),
                  complaint,
                  status));
        }
        default -> throw new IllegalStateException(folder + ": " + line);
      }
    }
    return cases;
  }

  @Override
  public String toString() {
    return (program + " " + String.join(" ", arguments)).strip();
  }
}
