package org.godwit.engine.machine;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs a vector generator of src/test/vectors anew, where cross compiler and qemu are present;
 * elsewhere the test is skipped with that reason. How much is drawn: {@code -Dgodwit.vectors.seed}
 * and {@code -Dgodwit.vectors.count}.
 */
final class FreshSample {
  private static final String COMPILER = "riscv64-linux-gnu-gcc";
  private static final String EMULATOR = "qemu-riscv64";
  private static final Path SOURCES = Path.of("src/test/vectors");

  /** What is done with the generator's output. */
  interface Reader<T> {
    T read(BufferedReader in) throws IOException;
  }

  private FreshSample() {}

  static long seed() {
    return Long.getLong("godwit.vectors.seed", 20_260_101L);
  }

  static int count(int otherwise) {
    return Integer.getInteger("godwit.vectors.count", otherwise);
  }

  /**
   * Compiles {@code generator.c} into a temporary folder, runs it and reads what it prints.
   *
   * @throws org.opentest4j.TestAbortedException where a tool is missing
   * @throws IllegalStateException when a tool fails
   */
  static <T> T generate(Path work, String generator, List<String> arguments, Reader<T> reader)
      throws IOException, InterruptedException {
    for (String tool : List.of(COMPILER, EMULATOR)) {
      if (!onPath(tool)) {
        String reason = "skipped: no fresh instruction vectors without " + tool + " on the PATH";
        System.out.println(reason);
        Assumptions.abort(reason);
      }
    }
    Path binary = work.resolve(generator);
    Path source = SOURCES.resolve(generator + ".c");
    List<String> compile = new ArrayList<>(List.of(COMPILER, "-std=gnu11", "-O2", "-static"));
    compile.addAll(List.of("-Wl,--no-relax", "-o", binary.toString(), source.toString()));
    run(compile, in -> in.lines().count());
    List<String> command =
        new ArrayList<>(List.of(EMULATOR, "-cpu", "rv64,zba=off,zbb=off,zbc=off,zbs=off"));
    command.add(binary.toString());
    command.addAll(arguments);
    return run(command, reader);
  }

  private static boolean onPath(String tool) {
    String path = System.getenv("PATH");
    if (path == null) {
      return false;
    }
    for (String folder : path.split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return true;
      }
    }
    return false;
  }

  private static <T> T run(List<String> command, Reader<T> reader)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      T result = reader.read(in);
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("failed: " + String.join(" ", command));
      }
      return result;
    }
  }
}
