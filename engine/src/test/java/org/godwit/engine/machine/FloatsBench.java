package org.godwit.engine.machine;

import java.util.Arrays;

/**
 * What exact flags cost: nanoseconds per instruction for the quick path (NX set, NX clear) and the
 * soft path (another rounding mode), beside plain Java. A main program, not a test: figures depend
 * on the host.
 */
public final class FloatsBench {
  private static final int LENGTH = 4096;
  private static final int ROUNDS = 4000;
  private static final int REPEATS = 5;

  /** An instruction on raw bits. */
  private interface Operation {
    long apply(long a, long b, Fcsr f);
  }

  private static long sink;

  private FloatsBench() {}

  public static void main(String[] args) {
    long[] a = new long[LENGTH];
    long[] b = new long[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      a[i] = Double.doubleToRawLongBits(1 + i / 3.0);
      b[i] = Double.doubleToRawLongBits(2 + i / 7.0);
    }
    System.out.println("ns per instruction        java  NX set  NX clear  soft (RMM)");
    row("fadd.d", a, b, (x, y, f) -> plain(d(x) + d(y)), (x, y, f) -> Floats.faddD(x, y, f.frm, f));
    row("fmul.d", a, b, (x, y, f) -> plain(d(x) * d(y)), (x, y, f) -> Floats.fmulD(x, y, f.frm, f));
    row("fdiv.d", a, b, (x, y, f) -> plain(d(x) / d(y)), (x, y, f) -> Floats.fdivD(x, y, f.frm, f));
    row(
        "fsqrt.d",
        a,
        b,
        (x, y, f) -> plain(Math.sqrt(d(x))),
        (x, y, f) -> Floats.fsqrtD(x, f.frm, f));
    row(
        "fmadd.d",
        a,
        b,
        (x, y, f) -> plain(Math.fma(d(x), d(y), d(x))),
        (x, y, f) -> Floats.fmaddD(x, y, x, f.frm, f));
    for (int i = 0; i < LENGTH; i++) {
      a[i] = Float.floatToRawIntBits(1 + i / 3f);
      b[i] = Float.floatToRawIntBits(2 + i / 7f);
    }
    row(
        "fadd.s",
        a,
        b,
        (x, y, f) -> plain(s(x) + s(y)),
        (x, y, f) -> Floats.faddS((int) x, (int) y, f.frm, f));
    row(
        "fmul.s",
        a,
        b,
        (x, y, f) -> plain(s(x) * s(y)),
        (x, y, f) -> Floats.fmulS((int) x, (int) y, f.frm, f));
    row(
        "fdiv.s",
        a,
        b,
        (x, y, f) -> plain(s(x) / s(y)),
        (x, y, f) -> Floats.fdivS((int) x, (int) y, f.frm, f));
    row(
        "fmadd.s",
        a,
        b,
        (x, y, f) -> plain(Math.fma(s(x), s(y), s(x))),
        (x, y, f) -> Floats.fmaddS((int) x, (int) y, (int) x, f.frm, f));
    System.out.println("(checksum " + sink + ")");
  }

  private static double d(long bits) {
    return Double.longBitsToDouble(bits);
  }

  private static float s(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  private static long plain(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static long plain(float value) {
    return Float.floatToRawIntBits(value);
  }

  private static void row(String name, long[] a, long[] b, Operation java, Operation ours) {
    System.out.printf(
        "%-22s %7.2f %7.2f %9.2f %11.2f%n",
        name,
        nanos(a, b, java, 0, 0),
        nanos(a, b, ours, Fcsr.RNE, Fcsr.NX),
        nanos(a, b, ours, Fcsr.RNE, 0),
        nanos(a, b, ours, Fcsr.RMM, 0));
  }

  /** The best of some repeats, the first of which warm up. */
  private static double nanos(long[] a, long[] b, Operation operation, int rm, int flags) {
    double[] times = new double[REPEATS];
    Fcsr fcsr = new Fcsr();
    fcsr.frm = rm;
    int rounds = rm == Fcsr.RNE ? ROUNDS : ROUNDS / 8;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      long begin = System.nanoTime();
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < LENGTH; i++) {
          fcsr.fflags = flags;
          sink += operation.apply(a[i], b[i], fcsr);
        }
      }
      times[repeat] = (System.nanoTime() - begin) / (1.0 * rounds * LENGTH);
    }
    return Arrays.stream(times).min().orElseThrow();
  }
}
