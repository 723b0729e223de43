package org.godwit.engine.machine;

import static org.godwit.engine.machine.Fcsr.DZ;
import static org.godwit.engine.machine.Fcsr.NV;
import static org.godwit.engine.machine.Fcsr.NX;
import static org.godwit.engine.machine.Fcsr.OF;
import static org.godwit.engine.machine.Fcsr.RDN;
import static org.godwit.engine.machine.Fcsr.RMM;
import static org.godwit.engine.machine.Fcsr.RNE;
import static org.godwit.engine.machine.Fcsr.RTZ;
import static org.godwit.engine.machine.Fcsr.RUP;
import static org.godwit.engine.machine.Fcsr.UF;

/**
 * IEEE 754 binary32 and binary64 arithmetic in integers: every rounding mode, every flag, the
 * RISC-V choices where IEEE leaves one (canonical NaN results, tininess after rounding, saturating
 * conversions).
 *
 * <p>This is the reference that {@link Floats} falls back on whenever Java's own arithmetic is not
 * provably the same. All methods are pure but for the flags that they accrue, and never allocate.
 *
 * <p><b>Shape.</b> A finite non-zero number is {@code (-1)^sign * sig * 2^exp} with {@code sig} an
 * unsigned 64-bit integer. Operations compute a {@code sig} whose bit 0 also stands for everything
 * below it ("jamming": it is set when any lower bit would be), and {@link #round} makes the result.
 * Jamming is harmless where {@code sig >= 2^54}: both formats keep at most 53 bits, so bit 0 then
 * lies below the bit that decides a tie.
 *
 * <p>Values of either format travel as {@code long} raw bits, binary32 in the low half with the
 * high half zero.
 */
final class SoftFloat {
  /** The two interchange formats. */
  enum Format {
    /** Single precision. */
    BINARY32(24, 8),
    /** Double precision. */
    BINARY64(53, 11);

    /** Bits of significand, the hidden one included. */
    final int precision;

    /** Largest biased exponent, that of infinities and NaNs. */
    final int maxBiased;

    /** Exponent of the lowest bit of a number with biased exponent 1. */
    final int minExp;

    final long signBit;
    final long fractionMask;
    final long infinity;
    final long canonicalNaN;
    final long quietBit;

    Format(int precision, int exponentBits) {
      this.precision = precision;
      this.maxBiased = (1 << exponentBits) - 1;
      int bias = maxBiased >> 1;
      this.minExp = 1 - bias - (precision - 1);
      this.signBit = 1L << precision - 1 + exponentBits;
      this.fractionMask = (1L << precision - 1) - 1;
      this.infinity = (long) maxBiased << precision - 1;
      this.quietBit = 1L << precision - 2;
      this.canonicalNaN = infinity | quietBit;
    }

    boolean negative(long bits) {
      return (bits & signBit) != 0;
    }

    long magnitude(long bits) {
      return bits & ~signBit;
    }

    boolean isNaN(long bits) {
      return magnitude(bits) > infinity;
    }

    boolean isSignalling(long bits) {
      return isNaN(bits) && (bits & quietBit) == 0;
    }

    boolean isInfinite(long bits) {
      return magnitude(bits) == infinity;
    }

    boolean isZero(long bits) {
      return magnitude(bits) == 0;
    }

    int biased(long bits) {
      return (int) (magnitude(bits) >>> precision - 1);
    }

    /** The significand of a finite number as an integer, hidden bit included. */
    long significand(long bits) {
      long fraction = bits & fractionMask;
      return biased(bits) == 0 ? fraction : fraction | fractionMask + 1;
    }

    /** The exponent that belongs to {@link #significand}. */
    int exponent(long bits) {
      return minExp + Math.max(biased(bits), 1) - 1;
    }

    long zero(boolean negative) {
      return negative ? signBit : 0;
    }

    long infinity(boolean negative) {
      return negative ? signBit | infinity : infinity;
    }
  }

  private SoftFloat() {}

  /**
   * Whether rounding mode {@code rm} steps away from zero, given the kept part and what is dropped.
   */
  private static boolean increments(int rm, boolean negative, boolean odd, long dropped) {
    // dropped is a fraction scaled by 2^64: sign bit set means at least one half, MIN_VALUE exactly
    // one half.
    return switch (rm) {
      case RNE -> dropped < 0 && (dropped != Long.MIN_VALUE || odd);
      case RTZ -> false;
      case RDN -> negative && dropped != 0;
      case RUP -> !negative && dropped != 0;
      case RMM -> dropped < 0;
      default -> throw new IllegalArgumentException("unresolved rounding mode " + rm);
    };
  }

  /** Bits {@code shift} and up of {@code sig}; any positive shift. */
  private static long kept(long sig, int shift) {
    return shift >= 64 ? 0 : sig >>> shift;
  }

  /**
   * Bits below {@code shift} of {@code sig}, as a fraction scaled by 2^64 and jammed; shift at
   * least 1.
   */
  private static long dropped(long sig, int shift) {
    return shift <= 64 ? sig << 64 - shift : sig != 0 ? 1 : 0;
  }

  /** {@code sig >> shift} with everything lost jammed into bit 0; shift from 0. */
  private static long shiftRightJam(long sig, int shift) {
    if (shift == 0) {
      return sig;
    }
    return kept(sig, shift) | (dropped(sig, shift) != 0 ? 1 : 0);
  }

  /**
   * Rounds a non-zero number to a format and raises what that raises (IEEE 754 section 7.4 to 7.6).
   *
   * @param sig unsigned, not zero; at least 2^54 if bit 0 is jammed
   */
  static long round(Format to, boolean negative, int exp, long sig, int rm, Fcsr f) {
    int lead = Long.numberOfLeadingZeros(sig);
    sig <<= lead;
    exp -= lead;
    int normalShift = 64 - to.precision;
    // The biased exponent the number has when its leading bit becomes the hidden bit.
    int biased = exp + normalShift - to.minExp + 1;
    if (biased >= to.maxBiased) {
      return overflow(to, negative, rm, f);
    }
    int shift = normalShift;
    if (biased < 1) {
      shift += 1 - biased;
    }
    long rest = dropped(sig, shift);
    long kept = kept(sig, shift);
    if (rest != 0) {
      if (biased < 1 && tinyAfterRounding(to, negative, biased, sig, rm)) {
        f.fflags |= UF;
      }
      f.fflags |= NX;
      if (increments(rm, negative, (kept & 1) != 0, rest)) {
        kept++;
      }
    }
    // A carry out of the significand flows into the exponent, from subnormal to normal too.
    long bits = ((long) Math.max(biased, 1) - 1 << to.precision - 1) + kept;
    if (bits >= to.infinity) {
      return overflow(to, negative, rm, f);
    }
    return negative ? bits | to.signBit : bits;
  }

  /**
   * Whether the number would still be below the smallest normal one if it were rounded with
   * unbounded exponent range: RISC-V detects tininess after rounding. Only numbers in the binade
   * just below can be rounded out of it.
   */
  private static boolean tinyAfterRounding(
      Format to, boolean negative, int biased, long sig, int rm) {
    if (biased < 0) {
      return true;
    }
    int shift = 64 - to.precision;
    long kept = sig >>> shift;
    boolean carries =
        kept == (1L << to.precision) - 1 && increments(rm, negative, true, dropped(sig, shift));
    return !carries;
  }

  private static long overflow(Format to, boolean negative, int rm, Fcsr f) {
    f.fflags |= OF | NX;
    boolean toInfinity =
        switch (rm) {
          case RNE, RMM -> true;
          case RDN -> negative;
          case RUP -> !negative;
          default -> false;
        };
    return (toInfinity ? to.infinity : to.infinity - 1) | to.zero(negative);
  }

  private static long invalid(Format format, Fcsr f) {
    f.fflags |= NV;
    return format.canonicalNaN;
  }

  /** The result of an operation with a NaN among its operands. */
  private static long propagate(Format format, boolean signalling, Fcsr f) {
    return signalling ? invalid(format, f) : format.canonicalNaN;
  }

  static long add(Format format, long a, long b, int rm, Fcsr f) {
    if (format.isNaN(a) || format.isNaN(b)) {
      return propagate(format, format.isSignalling(a) || format.isSignalling(b), f);
    }
    boolean negativeA = format.negative(a);
    boolean negativeB = format.negative(b);
    if (format.isInfinite(a)) {
      return format.isInfinite(b) && negativeA != negativeB ? invalid(format, f) : a;
    }
    if (format.isInfinite(b)) {
      return b;
    }
    if (format.magnitude(a) < format.magnitude(b)) {
      return addOrdered(format, b, a, rm, f);
    }
    return addOrdered(format, a, b, rm, f);
  }

  /** Sum of finite numbers, the first not smaller in magnitude. */
  private static long addOrdered(Format format, long a, long b, int rm, Fcsr f) {
    boolean negative = format.negative(a);
    boolean subtract = negative != format.negative(b);
    // Room for a carry above, and guard bits below: 10 for binary64. Cancellation of more than one
    // bit needs
    // exponents that differ by at most one, and then nothing is jammed.
    int guard = 63 - format.precision;
    long sigA = format.significand(a) << guard;
    long sigB = format.significand(b) << guard;
    int exp = format.exponent(a);
    sigB = shiftRightJam(sigB, exp - format.exponent(b));
    long sig = subtract ? sigA - sigB : sigA + sigB;
    if (sig == 0) {
      return format.zero(subtract ? rm == RDN : negative);
    }
    return round(format, negative, exp - guard, sig, rm, f);
  }

  static long sub(Format format, long a, long b, int rm, Fcsr f) {
    return add(format, a, b ^ format.signBit, rm, f); // the sign of a NaN does not matter
  }

  static long mul(Format format, long a, long b, int rm, Fcsr f) {
    if (format.isNaN(a) || format.isNaN(b)) {
      return propagate(format, format.isSignalling(a) || format.isSignalling(b), f);
    }
    boolean negative = format.negative(a) != format.negative(b);
    if (format.isInfinite(a) || format.isInfinite(b)) {
      return format.isZero(a) || format.isZero(b) ? invalid(format, f) : format.infinity(negative);
    }
    if (format.isZero(a) || format.isZero(b)) {
      return format.zero(negative);
    }
    long sigA = format.significand(a);
    long sigB = format.significand(b);
    int leadA = Long.numberOfLeadingZeros(sigA);
    int leadB = Long.numberOfLeadingZeros(sigB);
    sigA <<= leadA;
    sigB <<= leadB;
    long high = Math.unsignedMultiplyHigh(sigA, sigB);
    long low = sigA * sigB;
    int exp = format.exponent(a) - leadA + format.exponent(b) - leadB + 64;
    return round(format, negative, exp, high | (low != 0 ? 1 : 0), rm, f);
  }

  static long div(Format format, long a, long b, int rm, Fcsr f) {
    if (format.isNaN(a) || format.isNaN(b)) {
      return propagate(format, format.isSignalling(a) || format.isSignalling(b), f);
    }
    boolean negative = format.negative(a) != format.negative(b);
    if (format.isInfinite(a)) {
      return format.isInfinite(b) ? invalid(format, f) : format.infinity(negative);
    }
    if (format.isInfinite(b)) {
      return format.zero(negative);
    }
    if (format.isZero(b)) {
      if (format.isZero(a)) {
        return invalid(format, f);
      }
      f.fflags |= DZ;
      return format.infinity(negative);
    }
    if (format.isZero(a)) {
      return format.zero(negative);
    }
    long sigA = format.significand(a);
    long sigB = format.significand(b);
    // Both to 53 bits, whatever the format, so that the quotient lies in (1/2, 2).
    int leadA = Long.numberOfLeadingZeros(sigA) - 11;
    int leadB = Long.numberOfLeadingZeros(sigB) - 11;
    long remainder = sigA << leadA;
    long divisor = sigB << leadB;
    long quotient = remainder / divisor;
    remainder -= quotient * divisor;
    // Seven digits of nine bits: remainder < 2^53, so remainder << 9 stays positive.
    for (int digit = 0; digit < 7; digit++) {
      remainder <<= 9;
      long q = remainder / divisor;
      remainder -= q * divisor;
      quotient = quotient << 9 | q;
    }
    int exp = format.exponent(a) - leadA - (format.exponent(b) - leadB) - 63;
    return round(format, negative, exp, quotient | (remainder != 0 ? 1 : 0), rm, f);
  }

  static long sqrt(Format format, long a, int rm, Fcsr f) {
    if (format.isNaN(a)) {
      return propagate(format, format.isSignalling(a), f);
    }
    if (format.isZero(a)) {
      return a;
    }
    if (format.negative(a)) {
      return invalid(format, f);
    }
    if (format.isInfinite(a)) {
      return a;
    }
    long sig = format.significand(a);
    int lead = Long.numberOfLeadingZeros(sig);
    sig <<= lead;
    int exp = format.exponent(a) - lead;
    if ((exp & 1) != 0) { // an even exponent, at the price of the top bit: 11 low bits are zero
      sig >>>= 1;
      exp++;
    }
    // Digit by digit, two bits of radicand for one of root; the radicand is sig followed by zeros.
    // 61 digits give
    // floor(sqrt(sig) * 2^29), at least 2^60; the remainder, at most twice the root, fits 64
    // unsigned bits shifted.
    long root = 0;
    long remainder = 0;
    for (int digit = 0; digit < 61; digit++) {
      remainder = remainder << 2 | sig >>> 62;
      sig <<= 2;
      long trial = root << 2 | 1;
      root <<= 1;
      if (Long.compareUnsigned(remainder, trial) >= 0) {
        remainder -= trial;
        root |= 1;
      }
    }
    return round(format, false, exp / 2 - 29, root | (remainder != 0 ? 1 : 0), rm, f);
  }

  /**
   * {@code a * b + c} with one rounding; RISC-V: infinity times zero is invalid even beside a quiet
   * NaN.
   */
  static long fma(Format format, long a, long b, long c, int rm, Fcsr f) {
    boolean invalidProduct =
        format.isInfinite(a) && format.isZero(b) || format.isZero(a) && format.isInfinite(b);
    if (format.isNaN(a) || format.isNaN(b) || format.isNaN(c)) {
      boolean signalling =
          format.isSignalling(a) || format.isSignalling(b) || format.isSignalling(c);
      return propagate(format, signalling || invalidProduct, f);
    }
    if (invalidProduct) {
      return invalid(format, f);
    }
    boolean negative = format.negative(a) != format.negative(b);
    boolean negativeC = format.negative(c);
    if (format.isInfinite(a) || format.isInfinite(b)) {
      return format.isInfinite(c) && negative != negativeC
          ? invalid(format, f)
          : format.infinity(negative);
    }
    if (format.isInfinite(c)) {
      return c;
    }
    if (format.isZero(a) || format.isZero(b)) {
      if (!format.isZero(c)) {
        return c;
      }
      return format.zero(negative == negativeC ? negative : rm == RDN);
    }
    if (format.isZero(c)) {
      return mul(format, a, b, rm, f);
    }
    return fmaFinite(format, a, b, c, rm, f);
  }

  /**
   * The general case of {@link #fma}: three finite non-zero operands, aligned and added in 128
   * bits.
   */
  private static long fmaFinite(Format format, long a, long b, long c, int rm, Fcsr f) {
    boolean negative = format.negative(a) != format.negative(b);
    boolean subtract = negative != format.negative(c);
    long sigA = format.significand(a);
    long sigB = format.significand(b);
    long sigC = format.significand(c);
    int leadA = Long.numberOfLeadingZeros(sigA);
    int leadB = Long.numberOfLeadingZeros(sigB);
    int leadC = Long.numberOfLeadingZeros(sigC);
    sigA <<= leadA;
    sigB <<= leadB;
    // The product has 106 significant bits at the top of 128; one step down makes room for a carry,
    // and the 21 zero
    // bits that remain below are guard bits. The addend is brought to the same place. So whenever
    // the alignment
    // below jams anything, the exponents differ by more than 20 and at most two bits can cancel.
    long high = Math.unsignedMultiplyHigh(sigA, sigB);
    long low = sigA * sigB;
    low = low >>> 1 | high << 63;
    high >>>= 1;
    int exp = format.exponent(a) - leadA + format.exponent(b) - leadB + 1;
    long highC = sigC << leadC - 1;
    long lowC = 0;
    int expC = format.exponent(c) - (leadC - 1) - 64;
    int distance = exp - expC;
    if (distance > 0) {
      lowC = shiftRightJamLow(highC, lowC, distance);
      highC = kept(highC, distance);
    } else if (distance < 0) {
      long lowProduct = shiftRightJamLow(high, low, -distance);
      high = kept(high, -distance);
      low = lowProduct;
      exp = expC;
    }
    if (subtract) {
      if (Long.compareUnsigned(high, highC) < 0
          || high == highC && Long.compareUnsigned(low, lowC) < 0) {
        negative = !negative;
        long swap = high;
        high = highC;
        highC = swap;
        swap = low;
        low = lowC;
        lowC = swap;
      }
      high -= highC + (Long.compareUnsigned(low, lowC) < 0 ? 1 : 0);
      low -= lowC;
      if ((high | low) == 0) {
        return format.zero(rm == RDN);
      }
    } else {
      low += lowC;
      high += highC + (Long.compareUnsigned(low, lowC) < 0 ? 1 : 0);
    }
    if (high == 0) {
      return round(format, negative, exp, low, rm, f);
    }
    int lead = Long.numberOfLeadingZeros(high);
    long sig = lead == 0 ? high : high << lead | low >>> 64 - lead;
    return round(format, negative, exp + 64 - lead, sig | (low << lead != 0 ? 1 : 0), rm, f);
  }

  /**
   * The low half of the 128-bit number {@code high:low} shifted right and jammed; shift at least 1.
   */
  private static long shiftRightJamLow(long high, long low, int shift) {
    if (shift < 64) {
      return low >>> shift | high << 64 - shift | (low << 64 - shift != 0 ? 1 : 0);
    }
    return shiftRightJam(high, shift - 64) | (low != 0 ? 1 : 0);
  }

  /** From one format to another; exact when it widens. */
  static long convert(Format from, Format to, long a, int rm, Fcsr f) {
    if (from.isNaN(a)) {
      return propagate(to, from.isSignalling(a), f);
    }
    boolean negative = from.negative(a);
    if (from.isInfinite(a)) {
      return to.infinity(negative);
    }
    if (from.isZero(a)) {
      return to.zero(negative);
    }
    return round(to, negative, from.exponent(a), from.significand(a), rm, f);
  }

  /** From a signed 64-bit integer. */
  static long fromLong(Format to, long value, int rm, Fcsr f) {
    return value == 0 ? 0 : round(to, value < 0, 0, Math.abs(value), rm, f);
  }

  /** From an unsigned 64-bit integer. */
  static long fromUnsignedLong(Format to, long value, int rm, Fcsr f) {
    return value == 0 ? 0 : round(to, false, 0, value, rm, f);
  }

  /**
   * To an integer between {@code min} and {@code max}. Out of range saturates and raises only NV; a
   * NaN becomes {@code max} (RISC-V table "Domains of float-to-integer conversions").
   *
   * @param min least result, at most 0, signed
   * @param max greatest result, unsigned
   */
  static long toInteger(Format from, long a, long min, long max, int rm, Fcsr f) {
    if (from.isNaN(a)) {
      f.fflags |= NV;
      return max;
    }
    boolean negative = from.negative(a);
    if (from.isZero(a)) {
      return 0;
    }
    long sig = from.significand(a);
    int exp = from.exponent(a);
    long rest = 0;
    boolean tooLarge = from.isInfinite(a);
    if (exp >= 0) {
      tooLarge |= exp > Long.numberOfLeadingZeros(sig);
      sig <<= exp;
    } else {
      rest = dropped(sig, -exp);
      sig = kept(sig, -exp);
      if (increments(rm, negative, (sig & 1) != 0, rest)) {
        sig++; // cannot wrap: sig had at most 53 bits
      }
    }
    // -min is the largest magnitude below zero, 2^63 as unsigned for Long.MIN_VALUE.
    if (tooLarge || Long.compareUnsigned(sig, negative ? -min : max) > 0) {
      f.fflags |= NV;
      return negative ? min : max;
    }
    if (rest != 0) {
      f.fflags |= NX;
    }
    return negative ? -sig : sig;
  }
}
