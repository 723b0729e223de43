package org.godwit.engine.machine;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.SplittableRandom;
import org.godwit.engine.machine.SoftFloat.Format;
import org.junit.jupiter.api.Test;

/**
 * The quick paths of {@link Floats} against {@link SoftFloat}: same bits, same flags, whether NX
 * was set before or not. The seed is fixed; {@code -Dgodwit.vectors.seed} and {@code
 * -Dgodwit.vectors.count} try others.
 */
class FloatPathsTest {
  /** An operation in both ways; operands not used by it are ignored. */
  private interface Operation {
    long apply(long a, long b, long c, int rm, Fcsr f);
  }

  private static final long LOW = 0xffffffffL;

  private final SplittableRandom random = new SplittableRandom(FreshSample.seed());
  private final Fcsr quickFlags = new Fcsr();
  private final Fcsr softFlags = new Fcsr();

  @Test
  void doubles() {
    Format d = Format.BINARY64;
    same(
        "add",
        d,
        (a, b, c, rm, f) -> Floats.faddD(a, b, rm, f),
        (a, b, c, rm, f) -> SoftFloat.add(d, a, b, rm, f));
    same(
        "sub",
        d,
        (a, b, c, rm, f) -> Floats.fsubD(a, b, rm, f),
        (a, b, c, rm, f) -> SoftFloat.sub(d, a, b, rm, f));
    same(
        "mul",
        d,
        (a, b, c, rm, f) -> Floats.fmulD(a, b, rm, f),
        (a, b, c, rm, f) -> SoftFloat.mul(d, a, b, rm, f));
    same(
        "div",
        d,
        (a, b, c, rm, f) -> Floats.fdivD(a, b, rm, f),
        (a, b, c, rm, f) -> SoftFloat.div(d, a, b, rm, f));
    same(
        "sqrt",
        d,
        (a, b, c, rm, f) -> Floats.fsqrtD(a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.sqrt(d, a, rm, f));
    same("fma", d, Floats::fmaddD, (a, b, c, rm, f) -> SoftFloat.fma(d, a, b, c, rm, f));
  }

  @Test
  void singles() {
    Format s = Format.BINARY32;
    same(
        "add",
        s,
        (a, b, c, rm, f) -> Floats.faddS((int) a, (int) b, rm, f),
        (a, b, c, rm, f) -> SoftFloat.add(s, a, b, rm, f));
    same(
        "sub",
        s,
        (a, b, c, rm, f) -> Floats.fsubS((int) a, (int) b, rm, f),
        (a, b, c, rm, f) -> SoftFloat.sub(s, a, b, rm, f));
    same(
        "mul",
        s,
        (a, b, c, rm, f) -> Floats.fmulS((int) a, (int) b, rm, f),
        (a, b, c, rm, f) -> SoftFloat.mul(s, a, b, rm, f));
    same(
        "div",
        s,
        (a, b, c, rm, f) -> Floats.fdivS((int) a, (int) b, rm, f),
        (a, b, c, rm, f) -> SoftFloat.div(s, a, b, rm, f));
    same(
        "sqrt",
        s,
        (a, b, c, rm, f) -> Floats.fsqrtS((int) a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.sqrt(s, a, rm, f));
    same(
        "fma",
        s,
        (a, b, c, rm, f) -> Floats.fmaddS((int) a, (int) b, (int) c, rm, f),
        (a, b, c, rm, f) -> SoftFloat.fma(s, a, b, c, rm, f));
  }

  @Test
  void conversions() {
    Format d = Format.BINARY64;
    Format s = Format.BINARY32;
    same(
        "s.d",
        d,
        (a, b, c, rm, f) -> Floats.fcvtSD(a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.convert(d, s, a, rm, f));
    same(
        "d.s",
        s,
        (a, b, c, rm, f) -> Floats.fcvtDS((int) a, f),
        (a, b, c, rm, f) -> SoftFloat.convert(s, d, a, rm, f));
    same(
        "w.d",
        d,
        (a, b, c, rm, f) -> Floats.fcvtWD(a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.toInteger(d, a, Integer.MIN_VALUE, Integer.MAX_VALUE, rm, f));
    same(
        "wu.d",
        d,
        (a, b, c, rm, f) -> Floats.fcvtWUD(a, rm, f) & LOW,
        (a, b, c, rm, f) -> SoftFloat.toInteger(d, a, 0, LOW, rm, f));
    same(
        "l.d",
        d,
        (a, b, c, rm, f) -> Floats.fcvtLD(a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.toInteger(d, a, Long.MIN_VALUE, Long.MAX_VALUE, rm, f));
    same(
        "lu.d",
        d,
        (a, b, c, rm, f) -> Floats.fcvtLUD(a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.toInteger(d, a, 0, -1, rm, f));
    same(
        "w.s",
        s,
        (a, b, c, rm, f) -> Floats.fcvtWS((int) a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.toInteger(s, a, Integer.MIN_VALUE, Integer.MAX_VALUE, rm, f));
    same(
        "wu.s",
        s,
        (a, b, c, rm, f) -> Floats.fcvtWUS((int) a, rm, f) & LOW,
        (a, b, c, rm, f) -> SoftFloat.toInteger(s, a, 0, LOW, rm, f));
    same(
        "l.s",
        s,
        (a, b, c, rm, f) -> Floats.fcvtLS((int) a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.toInteger(s, a, Long.MIN_VALUE, Long.MAX_VALUE, rm, f));
    same(
        "lu.s",
        s,
        (a, b, c, rm, f) -> Floats.fcvtLUS((int) a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.toInteger(s, a, 0, -1, rm, f));
    same(
        "d.l",
        d,
        (a, b, c, rm, f) -> Floats.fcvtDL(a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.fromLong(d, a, rm, f));
    same(
        "s.l",
        d,
        (a, b, c, rm, f) -> Floats.fcvtSL(a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.fromLong(s, a, rm, f));
    same(
        "d.lu",
        d,
        (a, b, c, rm, f) -> Floats.fcvtDLU(a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.fromUnsignedLong(d, a, rm, f));
    same(
        "s.lu",
        d,
        (a, b, c, rm, f) -> Floats.fcvtSLU(a, rm, f),
        (a, b, c, rm, f) -> SoftFloat.fromUnsignedLong(s, a, rm, f));
  }

  private void same(String name, Format format, Operation quick, Operation soft) {
    int count = FreshSample.count(100_000);
    long mask = format == Format.BINARY32 ? LOW : -1;
    for (int n = 0; n < count; n++) {
      long a = operand(format);
      long b = random.nextInt(4) == 0 ? near(format, a) : operand(format);
      long c = random.nextInt(4) == 0 ? near(format, a) : operand(format);
      int rm =
          random.nextInt(4) == 0 ? random.nextInt(5) : name.contains(".") ? Fcsr.RTZ : Fcsr.RNE;
      int before = random.nextInt(3) == 0 ? random.nextInt(32) : n & Fcsr.NX;
      quickFlags.fflags = before;
      softFlags.fflags = before;
      long expected = soft.apply(a, b, c, rm, softFlags);
      long got = quick.apply(a, b, c, rm, quickFlags);
      if (format == Format.BINARY32 && !name.contains(".")) {
        got &= mask;
      }
      if (got != expected && got != (int) expected || quickFlags.fflags != softFlags.fflags) {
        fail(
            String.format(
                "%s %s %x %x %x rm %d flags %x: soft %x flags %x, quick %x flags %x, seed %d, case"
                    + " %d",
                name,
                format,
                a,
                b,
                c,
                rm,
                before,
                expected,
                softFlags.fflags,
                got,
                quickFlags.fflags,
                FreshSample.seed(),
                n));
      }
    }
  }

  /** Half of them of ordinary size, a quarter with few bits, the rest anything. */
  private long operand(Format format) {
    long bits = random.nextLong();
    int exponent = random.nextInt(format.maxBiased + 1);
    switch (random.nextInt(8)) {
      case 0 ->
          exponent =
              random.nextInt(2) == 0 ? random.nextInt(4) : format.maxBiased - random.nextInt(4);
      case 1, 2 -> bits &= -1L << random.nextInt(64) | format.signBit;
      case 3 -> exponent = random.nextInt(format.precision + 3);
      default -> exponent = format.maxBiased / 2 + random.nextInt(-40, 40);
    }
    return bits & (format.signBit | format.fractionMask) | (long) exponent << format.precision - 1;
  }

  private long near(Format format, long a) {
    long other = a + random.nextInt(-2, 3);
    return (random.nextBoolean() ? other : other ^ format.signBit)
        & (format.signBit | format.signBit - 1);
  }
}
