package org.godwit.app.source;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A compiler on this computer that makes static RV64 Linux programs. Blocking; never for the FX
 * thread.
 *
 * @param command the program
 * @param kind which family's options it takes
 */
record CrossCompiler(Path command, Kind kind) {
  private static final long LIMIT_SECONDS = 60;
  private static final int OUTPUT_LIMIT = 200_000;

  /** Families of compilers. */
  enum Kind {
    GCC("riscv64-linux-gnu-gcc", "riscv64-linux-gnu-g++"),
    CLANG("clang", "clang++"),
    ZIG("zig", "zig");

    private final String forC;
    private final String forCpp;

    Kind(String forC, String forCpp) {
      this.forC = forC;
      this.forCpp = forCpp;
    }
  }

  /**
   * What came of a build.
   *
   * @param elf the program, or empty
   * @param messages what the compiler said
   * @param output everything that it printed
   */
  record Outcome(Optional<byte[]> elf, List<CompilerMessage> messages, String output) {}

  /**
   * The compiler to use.
   *
   * @param wanted path or name that the user set; empty to search
   * @param cpp whether it is for C++
   * @param environment where {@code PATH} is
   */
  static Optional<CrossCompiler> find(String wanted, boolean cpp, Map<String, String> environment) {
    if (!wanted.isBlank()) {
      String name = Path.of(wanted.strip()).getFileName().toString().toLowerCase(Locale.ROOT);
      Kind kind = name.contains("zig") ? Kind.ZIG : name.contains("clang") ? Kind.CLANG : Kind.GCC;
      return locate(cpp && kind != Kind.ZIG ? sibling(wanted.strip()) : wanted.strip(), environment)
          .map(found -> new CrossCompiler(found, kind));
    }
    return Stream.of(Kind.values())
        .flatMap(
            kind ->
                locate(cpp ? kind.forCpp : kind.forC, environment)
                    .map(found -> new CrossCompiler(found, kind))
                    .stream())
        .findFirst();
  }

  /** The C++ compiler that belongs to a C compiler; a C++ compiler is its own. */
  private static String sibling(String command) {
    if (command.endsWith("gcc")) {
      return command.substring(0, command.length() - 2) + "++";
    }
    return command.endsWith("clang") ? command + "++" : command;
  }

  private static Optional<Path> locate(String command, Map<String, String> environment) {
    if (command.contains("/") || command.contains(File.separator)) {
      return Optional.of(Path.of(command)).filter(Files::isExecutable);
    }
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> Stream.of(Path.of(folder, command), Path.of(folder, command + ".exe")))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The command line for a file. */
  List<String> line(Path source, Path target, boolean cpp) {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    switch (kind) {
      case GCC -> {}
      case CLANG -> line.add("--target=riscv64-linux-gnu");
      case ZIG -> line.addAll(List.of(cpp ? "c++" : "cc", "-target", "riscv64-linux-musl"));
    }
    line.addAll(
        List.of("-O1", "-Wall", "-static", "-pthread", "-o", target.toString(), source.toString()));
    return line;
  }

  /**
   * Builds a source in a folder of its own, which is removed afterwards.
   *
   * @throws IOException if the compiler cannot be started or its files cannot be handled
   */
  Outcome build(String fileName, String text, boolean cpp)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("godwit-build");
    Path log = folder.resolve("log");
    Path target = folder.resolve("program");
    try {
      Path source = folder.resolve(Path.of(fileName).getFileName().toString());
      Files.writeString(source, text, StandardCharsets.UTF_8);
      ProcessBuilder builder = new ProcessBuilder(line(source, target, cpp));
      // The messages are read by us: in the form that does not follow the language.
      builder.environment().put("LC_ALL", "C");
      Process process =
          builder
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(nothing()))
              .start();
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String output = head(log);
      boolean good = ended && process.exitValue() == 0 && Files.isReadable(target);
      return new Outcome(
          good ? Optional.of(Files.readAllBytes(target)) : Optional.empty(),
          CompilerMessage.parse(output),
          output);
    } finally {
      for (String name : List.of("log", "program", Path.of(fileName).getFileName().toString())) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    }
  }

  private static File nothing() {
    return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
  }

  private static String head(Path log) throws IOException {
    try (var in = Files.newInputStream(log)) {
      return new String(in.readNBytes(OUTPUT_LIMIT), StandardCharsets.UTF_8);
    }
  }
}
