package org.godwit.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checked-in ELFs are what the script makes of the checked-in sources: by their checksums
 * everywhere, by building them again where the compiler that made them is installed.
 */
class GuestProgramsTest {

  private static final List<String> SETS = List.of("programs", "programs-test", "programs-bench");

  /** All files of the three sets with one of these endings, by path with slashes, sorted. */
  private static List<String> files(String... endings) throws IOException {
    return files(SETS, endings);
  }

  private static List<String> files(List<String> folders, String... endings) throws IOException {
    List<String> paths = new ArrayList<>();
    for (String set : folders) {
      try (Stream<Path> files = Files.walk(Path.of(set))) {
        files
            .map(path -> path.toString().replace('\\', '/'))
            .filter(path -> Stream.of(endings).anyMatch(path::endsWith))
            .forEach(paths::add);
      }
    }
    paths.sort(null);
    return paths;
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void everySourceAndElfHasItsChecksumAndAgreesWithIt() throws Exception {
    List<String> sources = files(SETS, ".c", ".cc", ".elf");
    agree("programs", sources);
  }

  /** The sums are written by the build of the ELF, so they are those of what went into it. */
  @Test
  void theUserlandIsMadeOfItsSources() throws Exception {
    agree("userland", files(List.of("userland"), ".c", ".h", ".elf"));
  }

  private static void agree(String folder, List<String> files) throws Exception {
    Map<String, String> listed = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of(folder, "SHA256SUMS"))) {
      String[] parts = line.split(" {2}", 2);
      listed.put(parts[1], parts[0]);
    }

    assertThat(listed.keySet()).containsExactlyElementsOf(files);
    for (Map.Entry<String, String> entry : listed.entrySet()) {
      assertThat(sha256(Files.readAllBytes(Path.of(entry.getKey()))))
          .as(entry.getKey() + ": if its source changed, run resources/build-programs.sh")
          .isEqualTo(entry.getValue());
    }
  }

  @Test
  void everyElfIsAStaticRiscvProgramWithoutABuildPath() throws IOException {
    for (String path : files(".elf")) {
      byte[] bytes = Files.readAllBytes(Path.of(path));
      ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(elf.getInt(0)).as(path).isEqualTo(0x464c457f);
      assertThat(elf.get(4)).as(path + ": 64 bit").isEqualTo((byte) 2);
      assertThat(elf.getShort(16)).as(path + ": ET_EXEC").isEqualTo((short) 2);
      assertThat(elf.getShort(18)).as(path + ": EM_RISCV").isEqualTo((short) 243);
      int headers = (int) elf.getLong(32);
      for (int i = 0; i < elf.getShort(56); i++) {
        assertThat(elf.getInt(headers + i * 56)).as(path + ": no PT_INTERP").isNotEqualTo(3);
      }
      String folder = path.substring(0, path.lastIndexOf('/') + 1);
      assertThat(new String(bytes, StandardCharsets.ISO_8859_1).contains(folder))
          .as(path + " tells where it was built")
          .isFalse();
    }
  }

  @Test
  void aWatchedSymbolIsAVariableOfFourBytesInItsElf() {
    assertThat(Catalogue.program("spin").flatMap(ProgramCard::watch))
        .contains(new ProgramCard.Watch("counter", "u32"));
    for (ProgramCard card : Catalogue.programs()) {
      card.watch()
          .ifPresent(
              watch ->
                  assertThat(sizesOfVariables(Catalogue.elf(card), watch.symbol()))
                      .as(card.name())
                      .containsExactly(4L));
    }
  }

  /** The sizes of all data symbols of that name (ELF-64: section headers, symbol table entries). */
  private static List<Long> sizesOfVariables(byte[] bytes, String name) {
    ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> sizes = new ArrayList<>();
    int sections = (int) elf.getLong(40);
    for (int i = 0; i < elf.getShort(60); i++) {
      int section = sections + i * 64;
      if (elf.getInt(section + 4) == 2) { // SHT_SYMTAB
        int names = (int) elf.getLong(sections + elf.getInt(section + 40) * 64 + 24);
        int from = (int) elf.getLong(section + 24);
        int end = from + (int) elf.getLong(section + 32);
        for (int symbol = from; symbol < end; symbol += 24) {
          boolean variable = (elf.get(symbol + 4) & 15) == 1; // STT_OBJECT
          if (variable && string(bytes, names + elf.getInt(symbol)).equals(name)) {
            sizes.add(elf.getLong(symbol + 16));
          }
        }
      }
    }
    return sizes;
  }

  private static String string(byte[] bytes, int from) {
    int end = from;
    while (bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.US_ASCII);
  }

  @Test
  void everyCaseHasAnExpectationAndNoOther() throws IOException {
    for (String cases : files("/cases.txt")) {
      List<String> expected =
          Files.readAllLines(Path.of(cases).resolveSibling("expected.txt")).stream()
              .filter(line -> line.startsWith("$ "))
              .map(line -> line.substring(2))
              .toList();
      assertThat(expected)
          .as(cases + ": after a change, run resources/expect-programs.sh")
          .isEqualTo(Files.readAllLines(Path.of(cases)));
    }
  }

  @Test
  void theSameCompilerMakesTheSameBytes(@TempDir Path into) throws Exception {
    Path sums = Path.of("programs", "BUILT-WITH");
    String compiler = firstLine("riscv64-linux-gnu-gcc", "--version");
    String compilerOfCxx = firstLine("riscv64-linux-gnu-g++", "--version");
    suppose(
        !compiler.isEmpty() && !compilerOfCxx.isEmpty(),
        "riscv64-linux-gnu-gcc and -g++ are not installed");

    Path log = into.resolve("log");
    Process build =
        new ProcessBuilder("sh", "build-programs.sh", "--into", into.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(build.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(build.exitValue()).as(Files.readString(log)).isZero();
    String here = Files.readString(into.resolve(sums));
    suppose(
        here.equals(Files.readString(sums)),
        "the ELFs were made with\n" + Files.readString(sums) + "and here is\n" + here);

    List<String> made = new ArrayList<>(files(".elf"));
    made.add("userland/userland.elf");
    for (String path : made) {
      assertThat(sha256(Files.readAllBytes(into.resolve(path))))
          .as(path + ": run resources/build-programs.sh")
          .isEqualTo(sha256(Files.readAllBytes(Path.of(path))));
    }
  }

  /** Skips the test unless {@code condition} holds, and says so where the build is read. */
  private static void suppose(boolean condition, String otherwise) {
    if (!condition) {
      System.out.println("Rebuilding the guest programs is skipped: " + otherwise);
    }
    assumeTrue(condition, otherwise);
  }

  /** The first line that a command prints, or nothing if it cannot be started. */
  private static String firstLine(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String line;
      try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
        line = reader.readLine();
      }
      process.waitFor();
      return line == null ? "" : line;
    } catch (IOException notInstalled) {
      return "";
    }
  }
}
