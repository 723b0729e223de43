package org.godwit.engine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.jit.Background;
import org.godwit.engine.jit.Regions;
import org.godwit.engine.jit.Translator;
import org.godwit.engine.state.StateHash;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Real C programs on the machine alone, against what qemu printed (resources/expect-programs.sh).
 * The kernel's own tests run more of them; these need only start-up, memory and output.
 */
class ProgramsTest {
  private static final List<String> TEST_PROGRAMS = List.of("exitcode", "mathmix", "brkalloc");

  static Path folder(String name) {
    Path resources = Path.of("..", "resources");
    Path bench = resources.resolve("programs-bench").resolve(name);
    return Files.isDirectory(bench) ? bench : resources.resolve("programs-test").resolve(name);
  }

  static byte[] elf(String name) throws IOException {
    return Files.readAllBytes(folder(name).resolve(name + ".elf"));
  }

  @TestFactory
  Stream<DynamicTest> programsPrintWhatQemuPrinted() throws IOException {
    List<String> names = new ArrayList<>(TEST_PROGRAMS);
    try (Stream<Path> kernels = Files.list(Path.of("..", "resources", "programs-bench"))) {
      kernels.map(path -> path.getFileName().toString()).sorted().forEach(names::add);
    }
    return names.stream()
        .flatMap(
            name ->
                Stream.of(
                    DynamicTest.dynamicTest(name, () -> check(name, new Interpreter())),
                    DynamicTest.dynamicTest(
                        name + " translated", () -> check(name, translator()))));
  }

  /**
   * Cases of expected.txt: {@code $ ARGS}, {@code > LINE} and {@code ! LINE} each, {@code =
   * STATUS}.
   */
  private static void check(String name, Machine machine) throws IOException {
    BareGuest guest = null;
    StringBuilder output = new StringBuilder();
    StringBuilder errors = new StringBuilder();
    int cases = 0;
    for (String line : Files.readAllLines(folder(name).resolve("expected.txt"))) {
      switch (line.charAt(0)) {
        case '$' -> {
          List<String> arguments = new ArrayList<>(List.of(name));
          arguments.addAll(List.of(line.substring(1).strip().split(" ")));
          arguments.removeIf(String::isEmpty);
          guest = new BareGuest(machine, elf(name), arguments);
          output.setLength(0);
          errors.setLength(0);
        }
        case '>' -> output.append(line.substring(Math.min(2, line.length()))).append('\n');
        case '!' -> errors.append(line.substring(Math.min(2, line.length()))).append('\n');
        case '=' -> {
          guest.run();
          assertThat(guest.out.toString(StandardCharsets.UTF_8)).hasToString(output.toString());
          assertThat(guest.err.toString(StandardCharsets.UTF_8)).hasToString(errors.toString());
          assertThat(guest.status()).isEqualTo(Integer.parseInt(line.substring(2).strip()));
          cases++;
        }
        default -> throw new AssertionError("unknown line " + line);
      }
    }
    assertThat(cases).isPositive();
  }

  /** Translates at once whatever is met a few times. */
  private static Translator translator() {
    return new Translator(new Regions(Background.AT_ONCE, 16 << 20), 4, 0);
  }

  /** The same program in one run and cut at random: same output, same registers, same memory. */
  @Test
  void cutsAreInvisibleInRealPrograms() throws IOException {
    cut(new Interpreter());
  }

  @Test
  void cutsAreInvisibleInTranslatedPrograms() throws IOException {
    cut(translator());
  }

  /** Cuts programs on a machine, against the interpreter without cuts. */
  private static void cut(Machine machine) throws IOException {
    for (String name : List.of("mix", "sha256", "matmul", "qsort")) {
      BareGuest whole = new BareGuest(new Interpreter(), elf(name), List.of(name));
      BareGuest cut = new BareGuest(machine, elf(name), List.of(name));
      Random random = new Random(name.length());
      while (!cut.exited() && cut.hart.retired() < 600_000) {
        long part = 1 + random.nextInt(1 << 1 + random.nextInt(14));
        cut.step(part);
        if (random.nextInt(16) == 0) {
          whole.step(cut.hart.retired() - whole.hart.retired());
          assertThat(state(whole)).as(name + " at " + cut.hart.retired()).isEqualTo(state(cut));
        }
      }
      whole.step(cut.hart.retired() - whole.hart.retired());
      assertThat(state(whole)).isEqualTo(state(cut));
      assertThat(whole.out.toByteArray()).isEqualTo(cut.out.toByteArray());
    }
  }

  private static long state(BareGuest guest) {
    StateHash hash = new StateHash();
    guest.hart.walk(hash);
    hash.i64("memory", guest.memory.hash());
    return hash.value();
  }

  @Test
  void symbolsOfTheSeedProgramAreFound() throws IOException {
    byte[] spin = Files.readAllBytes(Path.of("..", "resources", "programs", "spin", "spin.elf"));
    ElfImage image = (ElfImage) ElfImage.parse(spin);
    assertThat(image.symbol("main"))
        .hasValueSatisfying(main -> assertThat(image.symbolAt(main.address() + 2)).hasValue(main));
    assertThat(image.symbol("counter"))
        .hasValueSatisfying(symbol -> assertThat(symbol.size()).isEqualTo(4));
    assertThat(image.symbol("no such symbol")).isEmpty();
  }
}
