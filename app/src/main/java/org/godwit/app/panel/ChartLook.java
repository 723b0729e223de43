package org.godwit.app.panel;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.godwit.app.theme.Role;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;

/**
 * The visual language for pictures that are drawn with Java 2D, off the FX thread: charts and what
 * is exported. Taken from the token file. Immutable; any thread.
 *
 * @param ground ground of the picture
 * @param grid grid lines
 * @param text words
 * @param muted words of less weight
 * @param accent what is selected
 * @param danger faults
 * @param series colours of lines and lanes, eight of them
 * @param font running text, 11 px
 * @param strong the same, 600
 */
public record ChartLook(
    Color ground,
    Color grid,
    Color text,
    Color muted,
    Color accent,
    Color danger,
    List<Color> series,
    Font font,
    Font strong) {
  private static final Map<String, Font> LOADED = new ConcurrentHashMap<>();

  /**
   * The look of a variant in a language.
   *
   * @param languageTag {@code en} or {@code ja}
   */
  public static ChartLook of(Tokens tokens, Variant variant, String languageTag) {
    Tokens.Palette palette = tokens.palettes().get(variant);
    boolean japanese = languageTag.equals("ja");
    float size = (float) tokens.size("type.caption");
    return new ChartLook(
        colour(palette, Role.CARD),
        colour(palette, Role.BORDER),
        colour(palette, Role.TEXT),
        colour(palette, Role.MUTED),
        colour(palette, Role.ACCENT),
        colour(palette, Role.DANGER),
        palette.programs().stream().map(Color::decode).toList(),
        font(japanese ? "Mplus1-Regular.otf" : "Inter-Regular.otf").deriveFont(size),
        font(japanese ? "Mplus1-Bold.otf" : "Inter-SemiBold.otf").deriveFont(size));
  }

  /** A colour of this look at a share 0 to 1 of its strength. */
  public static Color faded(Color colour, double share) {
    return new Color(
        colour.getRed(), colour.getGreen(), colour.getBlue(), (int) Math.round(255 * share));
  }

  private static Color colour(Tokens.Palette palette, Role role) {
    return Color.decode(palette.roles().get(role));
  }

  private static Font font(String file) {
    return LOADED.computeIfAbsent(
        file,
        name -> {
          try (InputStream in = ChartLook.class.getResourceAsStream("/fonts/" + name)) {
            if (in == null) {
              throw new IllegalStateException("the font " + name + " is missing");
            }
            return Font.createFont(Font.TRUETYPE_FONT, in);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (FontFormatException e) {
            throw new IllegalStateException("the font " + name + " is damaged", e);
          }
        });
  }
}
