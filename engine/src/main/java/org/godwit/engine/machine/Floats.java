package org.godwit.engine.machine;

import static org.godwit.engine.machine.Fcsr.NV;
import static org.godwit.engine.machine.Fcsr.NX;
import static org.godwit.engine.machine.Fcsr.RNE;
import static org.godwit.engine.machine.Fcsr.RTZ;

import org.godwit.engine.machine.SoftFloat.Format;

/**
 * The one meaning of every RV64 F and D instruction, shared by the interpreter and the translator
 * (RISC-V unprivileged specification, chapters "F" 2.2 and "D" 2.2).
 *
 * <p><b>Operands.</b> Methods are named after the mnemonic. Raw bits travel as {@code int} (single)
 * and {@code long} (double); integer operands and results as {@code int} for W and WU (the caller
 * sign-extends both to 64 bits, as the specification asks) and {@code long} for L and LU. Registers
 * hold 64 bits: pass what {@link #unbox} gives, store what {@link #box} gives. {@code rm} is a
 * resolved rounding mode 0 to 4 ({@link Fcsr#rounding}). Exceptions accrue in the given {@link
 * Fcsr}; nothing is ever cleared or trapped. Every NaN result is the canonical one, except where an
 * instruction only moves bits.
 *
 * <p><b>Two paths.</b> {@link SoftFloat} is always right. Java's own operators are correctly
 * rounded to nearest even (JLS 15.4, {@code Math.sqrt}, {@code Math.fma}) but say nothing about
 * flags, so they are used in mode RNE where the flags follow from little. The argument, used by all
 * the methods below with {@code r} the Java result:
 *
 * <ul>
 *   <li>{@code r} finite: no operand was a NaN, the operation was not invalid and did not overflow.
 *       Only UF and NX, and DZ never (that gives an infinity), can be due.
 *   <li>{@code |r|} greater than the smallest normal number {@code n}: the exact result is above
 *       the midpoint of {@code n} and its successor or, for {@code r} that successor, at it, so it
 *       is at least {@code n} when rounded with unbounded exponent: not tiny, no UF. ({@code r ==
 *       n} itself may come from a tiny number.)
 *   <li>So, if NX is already set, such an {@code r} leaves the flags as they are. Else NX is due
 *       exactly when the error {@code r - exact} is not zero, and an error-free transformation
 *       tells (named at each method). Sums of subnormal numbers are exact, so additions need no
 *       lower bound.
 * </ul>
 */
public final class Floats {
  /** What an arithmetic instruction gives instead of any NaN, single precision. */
  public static final int CANONICAL_NAN_S = 0x7fc00000;

  /** What an arithmetic instruction gives instead of any NaN, double precision. */
  public static final long CANONICAL_NAN_D = 0x7ff8000000000000L;

  private static final long BOX = 0xffffffff00000000L;
  private static final long UNSIGNED_INT = 0xffffffffL;
  private static final long SIGN_D = Long.MIN_VALUE;
  private static final int SIGN_S = Integer.MIN_VALUE;

  private Floats() {}

  // ---------------------------------------------------------------- registers

  /** The 64-bit register contents for a single: upper half all ones. */
  public static long box(int single) {
    return BOX | single & UNSIGNED_INT;
  }

  /** The single in a register, or the canonical NaN when it is not properly boxed. */
  public static int unbox(long register) {
    return (register & BOX) == BOX ? (int) register : CANONICAL_NAN_S;
  }

  // ---------------------------------------------------------------- arithmetic, double

  /** fadd.d. */
  public static long faddD(long a, long b, int rm, Fcsr f) {
    if (rm == RNE) {
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      double r = x + y;
      if (Math.abs(r) <= Double.MAX_VALUE) {
        if ((f.fflags & NX) != 0) {
          return Double.doubleToRawLongBits(r);
        }
        if (Math.abs(x) < 0x1p1022 && Math.abs(y) < 0x1p1022) {
          f.fflags |= sumError(x, y, r) != 0 ? NX : 0;
          return Double.doubleToRawLongBits(r);
        }
      }
    }
    return SoftFloat.add(Format.BINARY64, a, b, rm, f);
  }

  /** fsub.d. */
  public static long fsubD(long a, long b, int rm, Fcsr f) {
    return faddD(a, b ^ SIGN_D, rm, f); // a NaN stays one, signalling or not
  }

  /**
   * Knuth's TwoSum: the exact {@code x + y - r}, itself representable, when nothing overflows:
   * operands below 2^1022 keep every intermediate below 2^1024.
   */
  private static double sumError(double x, double y, double r) {
    double yPart = r - x;
    return x - (r - yPart) + (y - yPart);
  }

  /**
   * fmul.d. Error by fma: exact or at least not rounded to zero while the product's lowest bit is
   * above 2^-1074.
   */
  public static long fmulD(long a, long b, int rm, Fcsr f) {
    if (rm == RNE) {
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      double r = x * y;
      double size = Math.abs(r);
      if (size > Double.MIN_NORMAL && size <= Double.MAX_VALUE) {
        if ((f.fflags & NX) != 0) {
          return Double.doubleToRawLongBits(r);
        }
        if (size >= 0x1p-960) {
          f.fflags |= Math.fma(x, y, -r) != 0 ? NX : 0;
          return Double.doubleToRawLongBits(r);
        }
      } else if (x == 0 && size == 0 || y == 0 && size == 0) {
        return Double.doubleToRawLongBits(r); // zero times a finite number: exact
      }
    }
    return SoftFloat.mul(Format.BINARY64, a, b, rm, f);
  }

  /**
   * fdiv.d. The remainder {@code x - r * y} is representable (IEEE 754) while its lowest bit is
   * above 2^-1074.
   */
  public static long fdivD(long a, long b, int rm, Fcsr f) {
    if (rm == RNE) {
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      double r = x / y;
      double size = Math.abs(r);
      if (size > Double.MIN_NORMAL && size <= Double.MAX_VALUE) {
        if ((f.fflags & NX) != 0) {
          return Double.doubleToRawLongBits(r);
        }
        if (Math.abs(x) >= 0x1p-960) {
          f.fflags |= Math.fma(-r, y, x) != 0 ? NX : 0;
          return Double.doubleToRawLongBits(r);
        }
      }
    }
    return SoftFloat.div(Format.BINARY64, a, b, rm, f);
  }

  /** fsqrt.d. Never tiny; the remainder {@code x - r * r} as for division. */
  public static long fsqrtD(long a, int rm, Fcsr f) {
    if (rm == RNE) {
      double x = Double.longBitsToDouble(a);
      if (x >= 0x1p-960 && x <= Double.MAX_VALUE) {
        double r = Math.sqrt(x);
        if ((f.fflags & NX) == 0 && Math.fma(-r, r, x) != 0) {
          f.fflags |= NX;
        }
        return Double.doubleToRawLongBits(r);
      }
    }
    return SoftFloat.sqrt(Format.BINARY64, a, rm, f);
  }

  /**
   * fmadd.d: {@code a * b + c}. While NX is clear only the case of an exact product is decided
   * here, as a sum; where the product has an error, the whole may still be exact, and the soft path
   * finds out.
   */
  public static long fmaddD(long a, long b, long c, int rm, Fcsr f) {
    if (rm == RNE) {
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      double z = Double.longBitsToDouble(c);
      double r = Math.fma(x, y, z);
      double size = Math.abs(r);
      if ((x == 0 || y == 0) && size <= Double.MAX_VALUE) {
        return Double.doubleToRawLongBits(r); // zero plus a finite number: exact
      }
      if (size > Double.MIN_NORMAL && size <= Double.MAX_VALUE) {
        if ((f.fflags & NX) != 0) {
          return Double.doubleToRawLongBits(r);
        }
        double product = x * y;
        double productSize = Math.abs(product);
        if (productSize >= 0x1p-960
            && productSize < 0x1p1022
            && Math.abs(z) < 0x1p1022
            && Math.fma(x, y, -product) == 0) {
          f.fflags |= sumError(product, z, r) != 0 ? NX : 0;
          return Double.doubleToRawLongBits(r);
        }
      }
    }
    return SoftFloat.fma(Format.BINARY64, a, b, c, rm, f);
  }

  /** fmsub.d: {@code a * b - c}. */
  public static long fmsubD(long a, long b, long c, int rm, Fcsr f) {
    return fmaddD(a, b, c ^ SIGN_D, rm, f);
  }

  /** fnmsub.d: {@code -(a * b) + c}. */
  public static long fnmsubD(long a, long b, long c, int rm, Fcsr f) {
    return fmaddD(a ^ SIGN_D, b, c, rm, f);
  }

  /** fnmadd.d: {@code -(a * b) - c}. */
  public static long fnmaddD(long a, long b, long c, int rm, Fcsr f) {
    return fmaddD(a ^ SIGN_D, b, c ^ SIGN_D, rm, f);
  }

  // ---------------------------------------------------------------- arithmetic, single

  /**
   * fadd.s. The exact sum is the double sum plus its error; a finite single result rules out every
   * overflow.
   */
  public static int faddS(int a, int b, int rm, Fcsr f) {
    if (rm == RNE) {
      float x = Float.intBitsToFloat(a);
      float y = Float.intBitsToFloat(b);
      float r = x + y;
      if (Math.abs(r) <= Float.MAX_VALUE) {
        if ((f.fflags & NX) == 0) {
          double sum = (double) x + y;
          f.fflags |= r != sum || sumError(x, y, sum) != 0 ? NX : 0;
        }
        return Float.floatToRawIntBits(r);
      }
    }
    return (int) SoftFloat.add(Format.BINARY32, a & UNSIGNED_INT, b & UNSIGNED_INT, rm, f);
  }

  /** fsub.s. */
  public static int fsubS(int a, int b, int rm, Fcsr f) {
    return faddS(a, b ^ SIGN_S, rm, f);
  }

  /** fmul.s. The double product of two singles is exact: 48 bits, exponents down to -298. */
  public static int fmulS(int a, int b, int rm, Fcsr f) {
    if (rm == RNE) {
      double product = (double) Float.intBitsToFloat(a) * Float.intBitsToFloat(b);
      float r = (float) product;
      float size = Math.abs(r);
      if (size > Float.MIN_NORMAL && size <= Float.MAX_VALUE || product == 0) {
        f.fflags |= r != product ? NX : 0;
        return Float.floatToRawIntBits(r);
      }
    }
    return (int) SoftFloat.mul(Format.BINARY32, a & UNSIGNED_INT, b & UNSIGNED_INT, rm, f);
  }

  /** fdiv.s. The product of quotient and divisor is exact in double. */
  public static int fdivS(int a, int b, int rm, Fcsr f) {
    if (rm == RNE) {
      float x = Float.intBitsToFloat(a);
      float y = Float.intBitsToFloat(b);
      float r = x / y;
      float size = Math.abs(r);
      if (size > Float.MIN_NORMAL && size <= Float.MAX_VALUE) {
        f.fflags |= (double) r * y != x ? NX : 0;
        return Float.floatToRawIntBits(r);
      }
    }
    return (int) SoftFloat.div(Format.BINARY32, a & UNSIGNED_INT, b & UNSIGNED_INT, rm, f);
  }

  /**
   * fsqrt.s. The double root rounded to single is the correctly rounded root: 53 is at least 2 * 24
   * + 2 (Figueroa, "When is double rounding innocuous?", 1995); its square is exact in double.
   */
  public static int fsqrtS(int a, int rm, Fcsr f) {
    if (rm == RNE) {
      float x = Float.intBitsToFloat(a);
      if (x > 0 && x <= Float.MAX_VALUE) {
        float r = (float) Math.sqrt(x);
        f.fflags |= (double) r * r != x ? NX : 0;
        return Float.floatToRawIntBits(r);
      }
    }
    return (int) SoftFloat.sqrt(Format.BINARY32, a & UNSIGNED_INT, rm, f);
  }

  /**
   * fmadd.s: {@code a * b + c}. The product is exact in double; the sum is rounded to odd in
   * double, after which rounding to single is correct (Boldo and Melquiond, "Emulation of FMA and
   * correctly rounded sums", 2008). This spares {@code Math.fma}, which hosts without the
   * instruction do with big decimals.
   */
  public static int fmaddS(int a, int b, int c, int rm, Fcsr f) {
    if (rm == RNE) {
      double product = (double) Float.intBitsToFloat(a) * Float.intBitsToFloat(b);
      double z = Float.intBitsToFloat(c);
      double sum = product + z;
      double error = sumError(product, z, sum);
      if (error != 0) {
        long bits = Double.doubleToRawLongBits(sum);
        if ((bits & 1) == 0) { // to the odd neighbour on the error's side
          bits += error > 0 == sum > 0 ? 1 : -1;
          sum = Double.longBitsToDouble(bits);
        }
      }
      float r = (float) sum;
      float size = Math.abs(r);
      if (size > Float.MIN_NORMAL && size <= Float.MAX_VALUE || sum == 0) {
        f.fflags |= r != sum ? NX : 0; // an odd sum is no single
        return Float.floatToRawIntBits(r);
      }
    }
    return (int)
        SoftFloat.fma(Format.BINARY32, a & UNSIGNED_INT, b & UNSIGNED_INT, c & UNSIGNED_INT, rm, f);
  }

  /** fmsub.s: {@code a * b - c}. */
  public static int fmsubS(int a, int b, int c, int rm, Fcsr f) {
    return fmaddS(a, b, c ^ SIGN_S, rm, f);
  }

  /** fnmsub.s: {@code -(a * b) + c}. */
  public static int fnmsubS(int a, int b, int c, int rm, Fcsr f) {
    return fmaddS(a ^ SIGN_S, b, c, rm, f);
  }

  /** fnmadd.s: {@code -(a * b) - c}. */
  public static int fnmaddS(int a, int b, int c, int rm, Fcsr f) {
    return fmaddS(a ^ SIGN_S, b, c ^ SIGN_S, rm, f);
  }

  // ---------------------------------------------------------------- sign injection

  /** fsgnj.d: the magnitude of a with the sign of b. */
  public static long fsgnjD(long a, long b) {
    return a & ~SIGN_D | b & SIGN_D;
  }

  /** fsgnjn.d: the magnitude of a with the opposite sign of b. */
  public static long fsgnjnD(long a, long b) {
    return a & ~SIGN_D | ~b & SIGN_D;
  }

  /** fsgnjx.d: a, negated if b is negative. */
  public static long fsgnjxD(long a, long b) {
    return a ^ b & SIGN_D;
  }

  /** fsgnj.s: the magnitude of a with the sign of b. */
  public static int fsgnjS(int a, int b) {
    return a & ~SIGN_S | b & SIGN_S;
  }

  /** fsgnjn.s: the magnitude of a with the opposite sign of b. */
  public static int fsgnjnS(int a, int b) {
    return a & ~SIGN_S | ~b & SIGN_S;
  }

  /** fsgnjx.s: a, negated if b is negative. */
  public static int fsgnjxS(int a, int b) {
    return a ^ b & SIGN_S;
  }

  // ---------------------------------------------------------------- minimum, maximum

  /** fmin.d: IEEE 754-2019 minimumNumber; -0 is below +0, a NaN loses against a number. */
  public static long fminD(long a, long b, Fcsr f) {
    double x = Double.longBitsToDouble(a);
    double y = Double.longBitsToDouble(b);
    if (x < y) {
      return a;
    }
    if (y < x) {
      return b;
    }
    if (x == y) {
      return a | b; // equal, or zeros of which one may be negative
    }
    return numberOf(a, b, f);
  }

  /** fmax.d: IEEE 754-2019 maximumNumber. */
  public static long fmaxD(long a, long b, Fcsr f) {
    double x = Double.longBitsToDouble(a);
    double y = Double.longBitsToDouble(b);
    if (x > y) {
      return a;
    }
    if (y > x) {
      return b;
    }
    if (x == y) {
      return a & b;
    }
    return numberOf(a, b, f);
  }

  /** Of two operands, at least one a NaN, the number or else the canonical NaN. */
  private static long numberOf(long a, long b, Fcsr f) {
    raiseIfSignalling(a, f);
    raiseIfSignalling(b, f);
    if (!Format.BINARY64.isNaN(a)) {
      return a;
    }
    return Format.BINARY64.isNaN(b) ? CANONICAL_NAN_D : b;
  }

  /** fmin.s: IEEE 754-2019 minimumNumber. */
  public static int fminS(int a, int b, Fcsr f) {
    float x = Float.intBitsToFloat(a);
    float y = Float.intBitsToFloat(b);
    if (x < y) {
      return a;
    }
    if (y < x) {
      return b;
    }
    if (x == y) {
      return a | b;
    }
    return numberOf(a, b, f);
  }

  /** fmax.s: IEEE 754-2019 maximumNumber. */
  public static int fmaxS(int a, int b, Fcsr f) {
    float x = Float.intBitsToFloat(a);
    float y = Float.intBitsToFloat(b);
    if (x > y) {
      return a;
    }
    if (y > x) {
      return b;
    }
    if (x == y) {
      return a & b;
    }
    return numberOf(a, b, f);
  }

  private static int numberOf(int a, int b, Fcsr f) {
    raiseIfSignalling(a, f);
    raiseIfSignalling(b, f);
    if (!Format.BINARY32.isNaN(a & UNSIGNED_INT)) {
      return a;
    }
    return Format.BINARY32.isNaN(b & UNSIGNED_INT) ? CANONICAL_NAN_S : b;
  }

  private static void raiseIfSignalling(long a, Fcsr f) {
    f.fflags |= Format.BINARY64.isSignalling(a) ? NV : 0;
  }

  private static void raiseIfSignalling(int a, Fcsr f) {
    f.fflags |= Format.BINARY32.isSignalling(a & UNSIGNED_INT) ? NV : 0;
  }

  // ---------------------------------------------------------------- comparison: 1 or 0

  /** feq.d: quiet, only a signalling NaN raises NV. */
  public static int feqD(long a, long b, Fcsr f) {
    double x = Double.longBitsToDouble(a);
    double y = Double.longBitsToDouble(b);
    if (x == y) {
      return 1;
    }
    raiseIfSignalling(a, f);
    raiseIfSignalling(b, f);
    return 0;
  }

  /** flt.d: signalling, any NaN raises NV. */
  public static int fltD(long a, long b, Fcsr f) {
    double x = Double.longBitsToDouble(a);
    double y = Double.longBitsToDouble(b);
    if (x < y) {
      return 1;
    }
    f.fflags |= x >= y ? 0 : NV;
    return 0;
  }

  /** fle.d: signalling. */
  public static int fleD(long a, long b, Fcsr f) {
    double x = Double.longBitsToDouble(a);
    double y = Double.longBitsToDouble(b);
    if (x <= y) {
      return 1;
    }
    f.fflags |= x > y ? 0 : NV;
    return 0;
  }

  /** feq.s: quiet. */
  public static int feqS(int a, int b, Fcsr f) {
    if (Float.intBitsToFloat(a) == Float.intBitsToFloat(b)) {
      return 1;
    }
    raiseIfSignalling(a, f);
    raiseIfSignalling(b, f);
    return 0;
  }

  /** flt.s: signalling. */
  public static int fltS(int a, int b, Fcsr f) {
    float x = Float.intBitsToFloat(a);
    float y = Float.intBitsToFloat(b);
    if (x < y) {
      return 1;
    }
    f.fflags |= x >= y ? 0 : NV;
    return 0;
  }

  /** fle.s: signalling. */
  public static int fleS(int a, int b, Fcsr f) {
    float x = Float.intBitsToFloat(a);
    float y = Float.intBitsToFloat(b);
    if (x <= y) {
      return 1;
    }
    f.fflags |= x > y ? 0 : NV;
    return 0;
  }

  // ---------------------------------------------------------------- classification

  /** fclass.d: one of ten bits, from negative infinity (bit 0) to quiet NaN (bit 9). */
  public static int fclassD(long a) {
    return classify(Format.BINARY64, a);
  }

  /** fclass.s. */
  public static int fclassS(int a) {
    return classify(Format.BINARY32, a & UNSIGNED_INT);
  }

  private static int classify(Format format, long a) {
    if (format.isNaN(a)) {
      return format.isSignalling(a) ? 1 << 8 : 1 << 9;
    }
    int rank; // distance from zero
    if (format.isInfinite(a)) {
      rank = 3;
    } else if (format.biased(a) != 0) {
      rank = 2;
    } else {
      rank = format.isZero(a) ? 0 : 1;
    }
    return 1 << (format.negative(a) ? 3 - rank : 4 + rank);
  }

  // ---------------------------------------------------------------- between the formats

  /** fcvt.s.d: rounds to single. */
  public static int fcvtSD(long a, int rm, Fcsr f) {
    if (rm == RNE) {
      double x = Double.longBitsToDouble(a);
      float r = (float) x;
      float size = Math.abs(r);
      if (size > Float.MIN_NORMAL && size <= Float.MAX_VALUE || x == 0) {
        f.fflags |= r != x ? NX : 0;
        return Float.floatToRawIntBits(r);
      }
    }
    return (int) SoftFloat.convert(Format.BINARY64, Format.BINARY32, a, rm, f);
  }

  /** fcvt.d.s: exact. */
  public static long fcvtDS(int a, Fcsr f) {
    float x = Float.intBitsToFloat(a);
    if (x == x) {
      return Double.doubleToRawLongBits(x);
    }
    raiseIfSignalling(a, f);
    return CANONICAL_NAN_D;
  }

  // ---------------------------------------------------------------- to integers
  // Fast: towards zero, as C does it and Java's casts do exactly, where nothing saturates.

  /** fcvt.w.d. */
  public static int fcvtWD(long a, int rm, Fcsr f) {
    double x = Double.longBitsToDouble(a);
    if (rm == RTZ && Math.abs(x) < 0x1p31) {
      int r = (int) x;
      f.fflags |= r != x ? NX : 0;
      return r;
    }
    return (int)
        SoftFloat.toInteger(Format.BINARY64, a, Integer.MIN_VALUE, Integer.MAX_VALUE, rm, f);
  }

  /** fcvt.wu.d; the result is an unsigned int in an int. */
  public static int fcvtWUD(long a, int rm, Fcsr f) {
    double x = Double.longBitsToDouble(a);
    if (rm == RTZ && x >= 0 && x < 0x1p32) {
      long r = (long) x;
      f.fflags |= r != x ? NX : 0;
      return (int) r;
    }
    return (int) SoftFloat.toInteger(Format.BINARY64, a, 0, UNSIGNED_INT, rm, f);
  }

  /** fcvt.l.d. */
  public static long fcvtLD(long a, int rm, Fcsr f) {
    double x = Double.longBitsToDouble(a);
    if (rm == RTZ && Math.abs(x) < 0x1p63) {
      long r = (long) x;
      f.fflags |= r != x ? NX : 0;
      return r;
    }
    return SoftFloat.toInteger(Format.BINARY64, a, Long.MIN_VALUE, Long.MAX_VALUE, rm, f);
  }

  /** fcvt.lu.d; the result is an unsigned long in a long. */
  public static long fcvtLUD(long a, int rm, Fcsr f) {
    double x = Double.longBitsToDouble(a);
    if (rm == RTZ && x >= 0 && x < 0x1p63) {
      long r = (long) x;
      f.fflags |= r != x ? NX : 0;
      return r;
    }
    return SoftFloat.toInteger(Format.BINARY64, a, 0, -1, rm, f);
  }

  /** fcvt.w.s. */
  public static int fcvtWS(int a, int rm, Fcsr f) {
    float x = Float.intBitsToFloat(a);
    if (rm == RTZ && Math.abs(x) < 0x1p31f) {
      int r = (int) x;
      f.fflags |= (double) r != x ? NX : 0;
      return r;
    }
    return (int)
        SoftFloat.toInteger(
            Format.BINARY32, a & UNSIGNED_INT, Integer.MIN_VALUE, Integer.MAX_VALUE, rm, f);
  }

  /** fcvt.wu.s; the result is an unsigned int in an int. */
  public static int fcvtWUS(int a, int rm, Fcsr f) {
    float x = Float.intBitsToFloat(a);
    if (rm == RTZ && x >= 0 && x < 0x1p32f) {
      long r = (long) x;
      f.fflags |= (double) r != x ? NX : 0;
      return (int) r;
    }
    return (int) SoftFloat.toInteger(Format.BINARY32, a & UNSIGNED_INT, 0, UNSIGNED_INT, rm, f);
  }

  /** fcvt.l.s. */
  public static long fcvtLS(int a, int rm, Fcsr f) {
    float x = Float.intBitsToFloat(a);
    if (rm == RTZ && Math.abs(x) < 0x1p63f) {
      long r = (long) x;
      f.fflags |= (double) r != x ? NX : 0;
      return r;
    }
    return SoftFloat.toInteger(
        Format.BINARY32, a & UNSIGNED_INT, Long.MIN_VALUE, Long.MAX_VALUE, rm, f);
  }

  /** fcvt.lu.s; the result is an unsigned long in a long. */
  public static long fcvtLUS(int a, int rm, Fcsr f) {
    float x = Float.intBitsToFloat(a);
    if (rm == RTZ && x >= 0 && x < 0x1p63f) {
      long r = (long) x;
      f.fflags |= (double) r != x ? NX : 0;
      return r;
    }
    return SoftFloat.toInteger(Format.BINARY32, a & UNSIGNED_INT, 0, -1, rm, f);
  }

  // ---------------------------------------------------------------- from integers

  /** fcvt.d.w: exact. */
  public static long fcvtDW(int a) {
    return Double.doubleToRawLongBits(a);
  }

  /** fcvt.d.wu: exact. */
  public static long fcvtDWU(int a) {
    return Double.doubleToRawLongBits(a & UNSIGNED_INT);
  }

  /** fcvt.d.l. Up to 2^53 every integer is exact. */
  public static long fcvtDL(long a, int rm, Fcsr f) {
    if (Math.abs(a) <= 1L << 53 && a != Long.MIN_VALUE) {
      return Double.doubleToRawLongBits(a);
    }
    return SoftFloat.fromLong(Format.BINARY64, a, rm, f);
  }

  /** fcvt.d.lu. */
  public static long fcvtDLU(long a, int rm, Fcsr f) {
    if (a >= 0 && a <= 1L << 53) {
      return Double.doubleToRawLongBits(a);
    }
    return SoftFloat.fromUnsignedLong(Format.BINARY64, a, rm, f);
  }

  /** fcvt.s.w. */
  public static int fcvtSW(int a, int rm, Fcsr f) {
    return fcvtSL(a, rm, f);
  }

  /** fcvt.s.wu. */
  public static int fcvtSWU(int a, int rm, Fcsr f) {
    return fcvtSL(a & UNSIGNED_INT, rm, f);
  }

  /** fcvt.s.l. Up to 2^24 every integer is exact. */
  public static int fcvtSL(long a, int rm, Fcsr f) {
    if (Math.abs(a) <= 1L << 24 && a != Long.MIN_VALUE) {
      return Float.floatToRawIntBits(a);
    }
    return (int) SoftFloat.fromLong(Format.BINARY32, a, rm, f);
  }

  /** fcvt.s.lu. */
  public static int fcvtSLU(long a, int rm, Fcsr f) {
    if (a >= 0 && a <= 1L << 24) {
      return Float.floatToRawIntBits(a);
    }
    return (int) SoftFloat.fromUnsignedLong(Format.BINARY32, a, rm, f);
  }
}
