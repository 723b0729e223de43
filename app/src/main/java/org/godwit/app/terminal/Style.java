package org.godwit.app.terminal;

/**
 * How a character looks, packed into a long so that a line is two arrays: bits 0 to 25 the ink, 26
 * to 51 the ground, from 52 on the flags. A colour is 0 for the theme's own, 1 + n for number n of
 * the 256, or {@link #RGB} with 24 bits of red, green and blue.
 */
public final class Style {
  public static final long PLAIN = 0;
  public static final int RGB = 1 << 24;

  public static final long BOLD = 1L << 52;
  public static final long FAINT = 1L << 53;
  public static final long ITALIC = 1L << 54;
  public static final long UNDERLINE = 1L << 55;
  public static final long INVERSE = 1L << 56;
  public static final long HIDDEN = 1L << 57;
  public static final long STRIKE = 1L << 58;

  private static final int COLOUR_BITS = 26;
  private static final long COLOUR = (1L << COLOUR_BITS) - 1;

  private Style() {}

  /** Its ink. */
  public static int ink(long style) {
    return (int) (style & COLOUR);
  }

  /** Its ground. */
  public static int ground(long style) {
    return (int) (style >>> COLOUR_BITS & COLOUR);
  }

  static long withInk(long style, int colour) {
    return style & ~COLOUR | colour;
  }

  static long withGround(long style, int colour) {
    return style & ~(COLOUR << COLOUR_BITS) | (long) colour << COLOUR_BITS;
  }

  /** Only the ground: what erased cells keep (xterm's "back colour erase"). */
  static long groundOnly(long style) {
    return style & COLOUR << COLOUR_BITS;
  }

  static int indexed(int number) {
    return 1 + number;
  }

  static int rgb(int red, int green, int blue) {
    return RGB | (red & 0xff) << 16 | (green & 0xff) << 8 | blue & 0xff;
  }
}
