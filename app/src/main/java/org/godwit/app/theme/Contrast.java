package org.godwit.app.theme;

/** Contrast between two colours after WCAG 2.2, "relative luminance" and "contrast ratio". */
public final class Contrast {
  private static final int STEPS = 20;

  private Contrast() {}

  /** Ratio 1 to 21 between two {@code #RRGGBB} colours. */
  public static double ratio(String a, String b) {
    double la = luminance(a);
    double lb = luminance(b);
    return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
  }

  /** White or near-black ink, whichever stands out more on {@code ground}. */
  public static String inkOn(String ground) {
    return ratio("#FFFFFF", ground) >= ratio("#10141B", ground) ? "#FFFFFF" : "#10141B";
  }

  /** {@code ink}, or the nearest shade of it that reaches {@code least} on {@code ground}. */
  public static String legible(String ink, String ground, double least) {
    String towards = ratio("#FFFFFF", ground) >= ratio("#000000", ground) ? "#FFFFFF" : "#000000";
    for (int step = 0; step < STEPS; step++) {
      String shade = Theme.mix(towards, ink, step / (double) STEPS);
      if (ratio(shade, ground) >= least) {
        return shade;
      }
    }
    return towards;
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16 & 0xFF)
        + 0.7152 * linear(rgb >> 8 & 0xFF)
        + 0.0722 * linear(rgb & 0xFF);
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
