package org.godwit.app.panel.terminal;

import java.util.HashMap;
import java.util.Map;
import javafx.scene.paint.Color;
import org.godwit.app.terminal.Style;
import org.godwit.app.theme.Contrast;
import org.godwit.app.theme.Role;
import org.godwit.app.theme.Theme;

/**
 * The colours of a terminal in the present look. Programs name colours for a ground that they do
 * not know, so ink is moved towards black or white until it is legible on its ground.
 */
final class TerminalColours {
  /** WCAG 2.2, contrast of text, level AA. */
  static final double LEGIBLE = 4.5;

  private static final int CUBE = 16;
  private static final int GREYS = 232;
  private static final double FAINT = 0.65;

  /** Ink and ground of a character. */
  record Pair(Color ink, Color ground) {}

  private final Map<Long, Pair> pairs = new HashMap<>();
  private final String[] sixteen;
  private final String ink;
  private final String ground;
  private final Color cursor;
  private final Color cursorInk;
  private final Color selection;
  private final Color selectionInk;
  private final Color found;

  TerminalColours(Theme theme) {
    var roles = theme.palette().roles();
    sixteen = theme.palette().terminal().toArray(String[]::new);
    ink = roles.get(Role.TEXT);
    ground = roles.get(Role.CANVAS);
    cursor = Color.web(roles.get(Role.ACCENT));
    cursorInk = Color.web(Contrast.inkOn(roles.get(Role.ACCENT)));
    // High contrast has no tints: what is selected is turned round.
    boolean tinted = !roles.get(Role.SELECTION).equals(ground);
    selection = Color.web(tinted ? roles.get(Role.SELECTION) : ink);
    selectionInk = tinted ? null : Color.web(ground);
    found = Color.web(roles.get(Role.WARN));
  }

  /** The ground of the whole terminal. */
  Color ground() {
    return Color.web(ground);
  }

  Color cursor() {
    return cursor;
  }

  Color cursorInk() {
    return cursorInk;
  }

  /** The frame around what was found. */
  Color found() {
    return found;
  }

  /** The colours of a character; {@code reversed} if the whole screen is. */
  Pair of(long style, boolean reversed) {
    long key = reversed ? style ^ Style.INVERSE : style;
    return pairs.computeIfAbsent(key, this::make);
  }

  /** The same, selected. */
  Pair selected(long style) {
    return new Pair(
        selectionInk != null
            ? selectionInk
            : Color.web(Contrast.legible(inkOf(style), hex(selection), LEGIBLE)),
        selection);
  }

  private Pair make(long style) {
    String over = inkOf(style);
    String under = name(Style.ground(style), ground);
    if ((style & Style.INVERSE) != 0) {
      String swapped = over;
      over = under;
      under = swapped;
    }
    if ((style & Style.FAINT) != 0) {
      over = hex(Color.web(under).interpolate(Color.web(over), FAINT));
    }
    boolean hidden = (style & Style.HIDDEN) != 0;
    String shown = hidden ? under : Contrast.legible(over, under, LEGIBLE);
    return new Pair(Color.web(shown), Color.web(under));
  }

  /** Bold letters in one of the eight colours are bright, as programs for xterm expect. */
  private String inkOf(long style) {
    int colour = Style.ink(style);
    boolean bright = (style & Style.BOLD) != 0 && colour >= 1 && colour <= 8;
    return name(bright ? colour + 8 : colour, ink);
  }

  /** A colour of {@link Style} as {@code #RRGGBB}. */
  private String name(int colour, String own) {
    if (colour == 0) {
      return own;
    }
    if ((colour & Style.RGB) != 0) {
      return "#%06X".formatted(colour & 0xffffff);
    }
    int number = colour - 1;
    if (number < CUBE) {
      return sixteen[number];
    }
    if (number >= GREYS) {
      int grey = 8 + (number - GREYS) * 10;
      return "#%02X%02X%02X".formatted(grey, grey, grey);
    }
    int cube = number - CUBE;
    return "#%02X%02X%02X".formatted(step(cube / 36), step(cube / 6 % 6), step(cube % 6));
  }

  /** xterm's six steps. */
  private static int step(int part) {
    return part == 0 ? 0 : 55 + part * 40;
  }

  private static String hex(Color colour) {
    return "#%02X%02X%02X"
        .formatted(
            Math.round(colour.getRed() * 255),
            Math.round(colour.getGreen() * 255),
            Math.round(colour.getBlue() * 255));
  }
}
