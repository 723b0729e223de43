package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.model.ProcessId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the test programs on one node does what it does under qemu. */
@DisplayName("Guest programs do on one node what they do under qemu")
class ConformanceTest {
  /** Cases that are left out, each with the reason. */
  static final Map<String, String> LEFT_OUT = new TreeMap<>();

  /**
   * Lines that differ from qemu's in cases that are run, each with the reason.
   *
   * @param line what qemu prints
   * @param ours what is printed here
   */
  record Different(String program, String line, String ours, String why) {}

  static final List<Different> DIFFERENT =
      List.of(
          new Different(
              "cold",
              "parents: 0",
              "parents: 10",
              "qemu forgets CLONE_PARENT_SETTID of a process; Linux does not"),
          new Different(
              "cputimers sleep",
              "what is left goes nowhere: EINTR",
              "what is left goes nowhere: EFAULT",
              "qemu forgets to look where nanosleep writes; Linux does not"));

  @BeforeAll
  static void sayWhatIsLeftOut() {
    LEFT_OUT.forEach((name, why) -> System.out.println("left out: " + name + ": " + why));
    DIFFERENT.forEach(
        each ->
            System.out.println(
                "differs: "
                    + each.program
                    + ": '"
                    + each.ours
                    + "', not '"
                    + each.line
                    + "': "
                    + each.why));
  }

  /** The cases that are run. */
  static List<Case> cases() {
    List<Case> all = Case.all();
    List<String> names = all.stream().map(Case::toString).toList();
    assertThat(names).as("what is left out exists").containsAll(LEFT_OUT.keySet());
    return all.stream().filter(each -> !LEFT_OUT.containsKey(each.toString())).toList();
  }

  /** Standard output of a case as it is expected here. */
  static String expectedHere(Case expected) {
    String out = expected.out();
    for (Different each : DIFFERENT) {
      if (each.program.equals(expected.toString())) {
        assertThat(out).contains(each.line);
        out = out.replace(each.line, each.ours);
      }
    }
    return out;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  @DisplayName("case")
  void doesWhatItDoesUnderQemu(Case expected) {
    try (Lab lab = Lab.Plan.nodes(1).open(expected.stdin())) {
      ProcessId process =
          lab.launch(expected.program(), expected.arguments().toArray(new String[0]));
      boolean ended = lab.toEnd(60 * Lab.SECOND);
      assertThat(lab.wrote(process, 1)).as("standard output").isEqualTo(expectedHere(expected));
      assertThat(lab.wrote(process, 2)).as("standard error").isEqualTo(expected.err());
      assertThat(lab.status(process)).as("exit status").isEqualTo(expected.status());
      assertThat(ended).as("every process has ended").isTrue();
    }
  }

  /**
   * qemu-user refuses the calls of this program, so what is expected of it comes of Linux itself.
   */
  @Test
  @DisplayName("clones: what is expected is what Linux does")
  void clonesDoesThatOnTheHost(@TempDir Path folder) throws IOException, InterruptedException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "needs gcc");
    Path source = Path.of("../resources/programs-test/clones/clones.c").toAbsolutePath();
    Path built = folder.resolve("clones");
    assertThat(run(folder, "/usr/bin/gcc", "-O2", "-w", "-o", built.toString(), source.toString()))
        .isEmpty();
    Case expected =
        Case.all().stream()
            .filter(each -> each.program().equals("clones"))
            .findFirst()
            .orElseThrow();
    assertThat(run(folder, built.toString())).isEqualTo(expected.out());
  }

  private static String run(Path folder, String... command)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readString(out);
  }
}
