package org.godwit.engine.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.godwit.engine.machine.FloatVectors.Case;
import org.godwit.engine.machine.FloatVectors.Group;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@link Floats} against what qemu made of the same instructions (src/test/vectors/README.md). */
class FloatsTest {
  private static final int[] FLAGS_BEFORE = {0, Fcsr.NX, 31 - Fcsr.NX};

  static List<Group> vectors() throws IOException {
    try (InputStream file = FloatsTest.class.getResourceAsStream("/vectors/floats.txt.gz");
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      return FloatVectors.read(in);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyInstructionAgreesInEveryRoundingMode() throws IOException {
    return vectors().stream()
        .map(group -> DynamicTest.dynamicTest(group.name(), () -> check(group)));
  }

  @Test
  void vectorsCoverEveryInstructionTwoThousandTimes() throws IOException {
    Map<String, Integer> cases = new TreeMap<>();
    vectors().forEach(group -> cases.put(group.name(), group.cases().size()));
    assertThat(cases).hasSize(58);
    assertThat(cases.values()).allSatisfy(size -> assertThat(size).isGreaterThan(2000));
  }

  @Test
  void freshSampleAgrees(@TempDir Path work) throws IOException, InterruptedException {
    String seed = Long.toString(FreshSample.seed());
    String count = Integer.toString(FreshSample.count(700));
    List<Group> groups =
        FreshSample.generate(work, "floats", List.of(seed, count), FloatVectors::read);
    assertThat(groups.size()).as("instructions").isEqualTo(vectors().size());
    groups.forEach(FloatsTest::check);
  }

  /** Fails with the first ten disagreements: operands, mode, expected, got. */
  static void check(Group group) {
    StringBuilder wrong = new StringBuilder();
    int count = 0;
    Fcsr fcsr = new Fcsr();
    for (Case c : group.cases()) {
      for (int rm = 0; rm < group.modes(); rm++) {
        for (int before : FLAGS_BEFORE) {
          fcsr.fflags = before;
          long result = FloatInstruction.execute(group.name(), c.operands(), rm, fcsr);
          if (result != c.results()[rm] || fcsr.fflags != (before | c.flags()[rm])) {
            if (count++ < 10) {
              wrong.append(describe(group, c, rm, before, result, fcsr.fflags));
            }
          }
        }
      }
    }
    if (count > 0) {
      fail(group.name() + ": " + count + " wrong, first:\n" + wrong);
    }
  }

  private static String describe(
      Group group, Case c, int rm, int before, long result, int flagsAfter) {
    StringBuilder text = new StringBuilder(group.name());
    for (long operand : c.operands()) {
      text.append(String.format(" %016x", operand));
    }
    return text.append(
            String.format(
                " rm %d flags %02x: expected %016x flags %02x, got %016x flags %02x%n",
                rm, before, c.results()[rm], before | c.flags()[rm], result, flagsAfter))
        .toString();
  }
}
