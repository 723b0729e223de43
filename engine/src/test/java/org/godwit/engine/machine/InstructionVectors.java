package org.godwit.engine.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.godwit.engine.machine.FloatVectors.Group;
import org.godwit.engine.machine.MachineVectors.Case;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine against what qemu made of the same instructions (src/test/vectors/README.md). Every way
 * to run guest code has a test class that extends this one.
 */
abstract class InstructionVectors {
  private static final long WHOLE = Long.MAX_VALUE;
  private static final int SHOWN = 10;

  /** The machine under test. */
  abstract Machine machine();

  @TestFactory
  Stream<DynamicTest> everyIntegerMemoryAtomicAndCsrInstructionAgrees() {
    Map<String, List<Case>> byName = new LinkedHashMap<>();
    for (Case c : MachineVectors.resource("integers.txt.gz")) {
      byName.computeIfAbsent(c.name(), name -> new ArrayList<>()).add(c);
    }
    VectorGuest guest = new VectorGuest(machine());
    return byName.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(guest, e.getValue(), WHOLE)));
  }

  @Test
  void everyHalfwordOfTheCompressedExtensionAgrees() {
    List<Case> cases = MachineVectors.resource("compressed.txt.gz");
    assertThat(cases.size()).isGreaterThan(49_000);
    check(new VectorGuest(machine()), cases, WHOLE);
  }

  @Test
  void theSameWordsAreInstructions() {
    check(new VectorGuest(machine()), encodings(false), WHOLE);
  }

  /**
   * Unprivileged ISA, 2.7: implementations treat reserved fm, pred and succ, rd and rs1 as a normal
   * fence.
   */
  @Test
  void fencesWithReservedFieldsAreFences() {
    check(new VectorGuest(machine()), encodings(true), WHOLE);
  }

  private static List<Case> encodings(boolean fences) {
    return MachineVectors.resource("encodings.txt.gz").stream()
        .filter(c -> (c.words()[0] & 0x707f) == 0x0f == fences)
        .toList();
  }

  @Test
  void randomProgramsAgree() {
    check(new VectorGuest(machine()), MachineVectors.resource("programs.txt.gz"), WHOLE);
  }

  @Test
  void randomProgramsAgreeWhenRunInPieces() {
    List<Case> cases = MachineVectors.resource("programs.txt.gz");
    for (long piece : new long[] {1, 7}) {
      check(new VectorGuest(machine()), cases, piece);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFloatInstructionAgreesInEveryRoundingMode() throws IOException {
    VectorGuest guest = new VectorGuest(machine());
    return FloatsTest.vectors().stream()
        .map(group -> DynamicTest.dynamicTest(group.name(), () -> check(guest, group)));
  }

  @Test
  void freshSamplesAgree(@TempDir Path work) throws IOException, InterruptedException {
    String seed = Long.toString(FreshSample.seed());
    VectorGuest guest = new VectorGuest(machine());
    check(guest, fresh(work, "integers", seed, "1"), WHOLE);
    check(guest, fresh(work, "compressed", seed, "17"), WHOLE);
    String programs = Integer.toString(FreshSample.count(200));
    check(guest, fresh(work, "programs", seed, programs), WHOLE);
  }

  private static List<Case> fresh(Path work, String generator, String... arguments)
      throws IOException, InterruptedException {
    return FreshSample.generate(work, generator, List.of(arguments), MachineVectors::read);
  }

  /** Fails with the first disagreements: the line of the file and each difference from it. */
  private static void check(VectorGuest guest, List<Case> cases, long piece) {
    assertThat(cases.size()).as("cases").isPositive();
    StringBuilder wrong = new StringBuilder();
    int count = 0;
    for (Case c : cases) {
      String difference = guest.check(c, piece);
      if (difference != null && count++ < SHOWN) {
        wrong.append(c.line()).append("\n  but").append(difference).append('\n');
      }
    }
    if (count > 0) {
      fail(count + " of " + cases.size() + " wrong, first:\n" + wrong);
    }
  }

  /** Rounding modes in turn from the instruction and from fcsr. */
  private static void check(VectorGuest guest, Group group) {
    StringBuilder wrong = new StringBuilder();
    int count = 0;
    for (int rm = 0; rm < group.modes(); rm++) {
      for (boolean dynamic : new boolean[] {false, true}) {
        int field = dynamic ? Fcsr.DYN : rm;
        guest.load(group.modes() == 1 ? group.word() : group.word() & ~0x7000 | field << 12);
        for (int i = dynamic ? 1 : 0; i < group.cases().size(); i += 2) {
          FloatVectors.Case c = group.cases().get(i);
          String difference = difference(guest, group, c, rm, dynamic ? rm : 4 - rm);
          if (difference != null && count++ < SHOWN) {
            wrong.append(difference);
          }
        }
      }
    }
    if (count > 0) {
      fail(group.name() + ": " + count + " wrong, first:\n" + wrong);
    }
  }

  /** Runs one case from registers that hold their own numbers; null if all registers agree. */
  private static String difference(
      VectorGuest guest, Group group, FloatVectors.Case c, int rm, int frm) {
    Hart hart = guest.hart;
    long[] x = new long[32];
    long[] f = new long[32];
    for (int i = 0; i < 32; i++) {
      x[i] = i;
      f[i] = ~i;
    }
    for (int k = 0; k < group.operands(); k++) {
      (group.isFloat(k) ? f : x)[11 + k] = c.operands()[k];
    }
    for (int i = 0; i < 32; i++) {
      hart.setX(i, x[i]);
      hart.setF(i, f[i]);
    }
    hart.fcsr().write(frm << 5);
    hart.setPc(VectorGuest.START);
    Stop stop = guest.run(1);
    (group.isFloat(group.operands()) ? f : x)[10] = c.results()[rm];
    long[] gotX = new long[32];
    long[] gotF = new long[32];
    for (int i = 0; i < 32; i++) {
      gotX[i] = hart.x(i);
      gotF[i] = hart.f(i);
    }
    int fcsr = frm << 5 | c.flags()[rm];
    if (stop == Stop.BUDGET
        && hart.pc() == VectorGuest.START + 4
        && hart.fcsr().read() == fcsr
        && Arrays.equals(x, gotX)
        && Arrays.equals(f, gotF)) {
      return null;
    }
    StringBuilder text = new StringBuilder(group.name());
    for (long operand : c.operands()) {
      text.append(String.format(" %016x", operand));
    }
    text.append(String.format(" rm %d frm %d: stop %s pc %x", rm, frm, stop, hart.pc()));
    text.append(String.format(" fcsr expected %02x, got %02x", fcsr, hart.fcsr().read()));
    for (int i = 0; i < 32; i++) {
      if (x[i] != gotX[i]) {
        text.append(String.format(" x%d expected %016x, got %016x", i, x[i], gotX[i]));
      }
      if (f[i] != gotF[i]) {
        text.append(String.format(" f%d expected %016x, got %016x", i, f[i], gotF[i]));
      }
    }
    return text.append('\n').toString();
  }
}
