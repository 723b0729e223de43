package org.godwit.app.panel;

import java.util.Locale;

/**
 * How panels write figures: virtual times, bytes, shares. One place, so that the same quantity
 * looks the same in table, inspector, chart and sentence. Immutable; any thread.
 */
public final class Figures {
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB"};

  private final Locale locale;

  /** Figures with the decimal mark of {@code locale}. */
  public Figures(Locale locale) {
    this.locale = locale;
  }

  /** An instant to the microsecond: {@code 1:23.450 120}, with hours if there are any. */
  public String instant(long nanos) {
    long micros = Math.floorDiv(nanos, 1_000L);
    return clock(micros / 1_000_000)
        + String.format(Locale.ROOT, ".%03d %03d", micros / 1_000 % 1_000, micros % 1_000);
  }

  /** An instant to the millisecond: {@code 1:23.450}. */
  public String shortInstant(long nanos) {
    long millis = Math.floorDiv(nanos, 1_000_000L);
    return clock(millis / 1_000) + String.format(Locale.ROOT, ".%03d", millis % 1_000);
  }

  /** An instant to the second: {@code 1:23}. */
  public String wholeSeconds(long nanos) {
    return clock(Math.floorDiv(nanos, 1_000_000_000L));
  }

  /** A length of time with three significant figures: {@code 9.21 ms}, {@code 1.50 s}. */
  public String duration(long nanos) {
    double magnitude = Math.abs((double) nanos);
    if (magnitude < 1_000) {
      return nanos + " ns";
    }
    if (magnitude < 1e6) {
      return significant(nanos / 1e3) + " µs";
    }
    if (magnitude < 1e9) {
      return significant(nanos / 1e6) + " ms";
    }
    return magnitude < 120e9 ? significant(nanos / 1e9) + " s" : clock(nanos / 1_000_000_000L);
  }

  /** Seconds as balancers count them, three significant figures and the unit. */
  public String seconds(double seconds) {
    double magnitude = Math.abs(seconds);
    if (magnitude != 0 && magnitude < 1) {
      return significant(seconds * 1e3) + " ms";
    }
    return significant(seconds) + " s";
  }

  /** Bytes in the largest unit, of 1024 each, that keeps them at 1 or more: {@code 164 kB}. */
  public String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= 1024 && unit < BYTE_UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return (unit == 0 ? Long.toString(bytes) : significant(value)) + " " + BYTE_UNITS[unit];
  }

  /** A share of one as percent without decimals, and without the sign. */
  public String percent(double share) {
    return String.format(locale, "%.0f", share * 100);
  }

  /** A load or another small figure with two decimals. */
  public String load(double load) {
    return String.format(locale, "%.2f", load);
  }

  /** A figure of an axis, with at most two decimals and no needless zeros. */
  public String tenths(double value) {
    boolean whole = Math.abs(value - Math.rint(value)) < 1e-9;
    boolean tenths = Math.abs(value * 10 - Math.rint(value * 10)) < 1e-9;
    return String.format(locale, whole ? "%.0f" : tenths ? "%.1f" : "%.2f", value);
  }

  /** Bytes of an axis, which are round: {@code 64 MB}. */
  public String roundBytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= 1024 && unit < BYTE_UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return tenths(value) + " " + BYTE_UNITS[unit];
  }

  /** A count with the locale's grouping. */
  public String count(long count) {
    return String.format(locale, "%,d", count);
  }

  /** A guest address: {@code 0x1034c}. */
  public static String address(long address) {
    return "0x" + Long.toHexString(address);
  }

  private static String clock(long seconds) {
    long hours = seconds / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  private String significant(double value) {
    double magnitude = Math.abs(value);
    int decimals = magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2;
    return String.format(locale, "%,." + decimals + "f", value);
  }
}
