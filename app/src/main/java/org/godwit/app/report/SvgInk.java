package org.godwit.app.report;

import java.util.Locale;
import java.util.function.Function;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;

/** Draws as SVG 1.1: paths, shapes and text, no bitmap, nothing from elsewhere. */
public final class SvgInk implements Ink {
  private final StringBuilder out = new StringBuilder();
  private final Function<Tint, String> colours;

  private SvgInk(Function<Tint, String> colours) {
    this.colours = colours;
  }

  /** A file of its own in a variant of the theme. */
  static String file(Drawing drawing, Tokens tokens, Variant variant) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + element(drawing, tint -> tint.hex(tokens, variant));
  }

  /** An element for a page whose style sheet gives the colours. */
  static String inline(Drawing drawing) {
    return element(drawing, tint -> "var(" + tint.variable() + ")");
  }

  private static String element(Drawing drawing, Function<Tint, String> colours) {
    SvgInk ink = new SvgInk(colours);
    String width = number(drawing.width());
    String height = number(drawing.height());
    ink.out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\""
            .formatted(width, height, width, height));
    ink.out.append(" font-family=\"Inter, 'Noto Sans', 'Noto Sans CJK JP', sans-serif\">\n");
    drawing.draw(ink);
    return ink.out.append("</svg>\n").toString();
  }

  @Override
  public void rect(
      double x, double y, double w, double h, double r, Tint fill, double opacity, Tint stroke) {
    shape(x, y, w, h, r);
    out.append(" fill=\"").append(fill == null ? "none" : colours.apply(fill)).append('"');
    if (fill != null && opacity < 1) {
      out.append(" fill-opacity=\"").append(number(opacity)).append('"');
    }
    if (stroke != null) {
      out.append(" stroke=\"").append(colours.apply(stroke)).append('"');
    }
    out.append("/>\n");
  }

  @Override
  public void dashedRect(double x, double y, double w, double h, double r, Tint stroke) {
    shape(x, y, w, h, r);
    out.append(" fill=\"none\" stroke=\"")
        .append(colours.apply(stroke))
        .append("\" stroke-dasharray=\"4 3\"/>\n");
  }

  private void shape(double x, double y, double w, double h, double r) {
    out.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\""
            .formatted(number(x), number(y), number(w), number(h)));
    if (r > 0) {
      out.append(" rx=\"").append(number(r)).append('"');
    }
  }

  @Override
  public void line(double[] xs, double[] ys, Tint stroke, double width, boolean dashed) {
    out.append("<path d=\"");
    for (int i = 0; i < xs.length; i++) {
      out.append(i == 0 ? "M" : "L").append(number(xs[i])).append(' ').append(number(ys[i]));
    }
    out.append("\" fill=\"none\" stroke=\"").append(colours.apply(stroke));
    out.append("\" stroke-width=\"").append(number(width)).append('"');
    out.append(" stroke-linejoin=\"round\"");
    if (dashed) {
      out.append(" stroke-dasharray=\"5 4\"");
    }
    out.append("/>\n");
  }

  @Override
  public void dot(double x, double y, double r, Tint fill) {
    out.append(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>\n"
            .formatted(number(x), number(y), number(r), colours.apply(fill)));
  }

  @Override
  public void text(
      double x, double y, Anchor anchor, double size, boolean strong, Tint tint, String text) {
    out.append(
        "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\""
            .formatted(number(x), number(y), number(size), colours.apply(tint)));
    if (anchor != Anchor.START) {
      out.append(" text-anchor=\"").append(anchor.name().toLowerCase(Locale.ROOT)).append('"');
    }
    if (strong) {
      out.append(" font-weight=\"600\"");
    }
    out.append('>').append(escaped(text)).append("</text>\n");
  }

  /** Text as XML and HTML hold it; what XML cannot hold at all is shown as U+FFFD. */
  public static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                default -> {
                  boolean held =
                      c == '\t'
                          || c == '\n'
                          || c >= 0x20 && c <= 0xd7ff
                          || c >= 0xe000 && c <= 0xfffd
                          || c >= 0x10000;
                  safe.appendCodePoint(held ? c : 0xfffd);
                }
              }
            });
    return safe.toString();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }
}
