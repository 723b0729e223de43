package org.godwit.model.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes as people write them: {@code 10s}, {@code 2.5ms}, {@code 256MiB}. Exact. */
public final class Units {
  private static final Pattern QUANTITY =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?) ?(\\p{L}+)");

  private static final List<Unit> TIMES =
      List.of(
          new Unit("h", 3_600_000_000_000L),
          new Unit("min", 60_000_000_000L),
          new Unit("s", 1_000_000_000L),
          new Unit("ms", 1_000_000L),
          new Unit("us", 1_000L),
          new Unit("ns", 1L));

  private static final List<Unit> SIZES =
      List.of(
          new Unit("GiB", 1L << 30),
          new Unit("MiB", 1L << 20),
          new Unit("KiB", 1L << 10),
          new Unit("B", 1L));

  private Units() {}

  private record Unit(String name, long factor) {}

  /**
   * Nanoseconds of a time with one of the units ns, us (or µs), ms, s, min, h; empty if the text is
   * of another form, not a whole number of nanoseconds, or beyond a long.
   */
  public static OptionalLong nanos(String text) {
    return read(text.replace('\u00b5', 'u').replace('\u03bc', 'u'), TIMES);
  }

  /** Bytes of a size with one of the units B, KiB, MiB, GiB; empty otherwise, as {@link #nanos}. */
  public static OptionalLong bytes(String text) {
    return read(text, SIZES);
  }

  /** {@code nanos}, not negative, in the largest unit that divides it; {@link #nanos} reads it. */
  public static String timeText(long nanos) {
    return nanos == 0 ? "0s" : write(nanos, TIMES.subList(2, TIMES.size()));
  }

  /** {@code bytes}, not negative, in the largest unit that divides it; {@link #bytes} reads it. */
  public static String sizeText(long bytes) {
    return bytes == 0 ? "0B" : write(bytes, SIZES);
  }

  private static OptionalLong read(String text, List<Unit> units) {
    Matcher matcher = QUANTITY.matcher(text);
    if (matcher.matches()) {
      for (Unit unit : units) {
        if (unit.name.equals(matcher.group(2))) {
          try {
            return OptionalLong.of(
                new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(unit.factor))
                    .longValueExact());
          } catch (ArithmeticException e) {
            return OptionalLong.empty();
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  private static String write(long value, List<Unit> units) {
    for (Unit unit : units) {
      if (value % unit.factor == 0) {
        return value / unit.factor + unit.name;
      }
    }
    throw new IllegalArgumentException("no unit for " + value);
  }
}
