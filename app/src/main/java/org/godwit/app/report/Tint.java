package org.godwit.app.report;

import java.util.Locale;
import org.godwit.app.theme.Role;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;

/** Colours of drawings, by what they are for; a theme gives them their values. */
public enum Tint {
  GROUND(Role.CANVAS),
  CARD(Role.CARD),
  LINE(Role.BORDER),
  TEXT(Role.TEXT),
  MUTED(Role.MUTED),
  ACCENT(Role.ACCENT),
  WARN(Role.WARN),
  DANGER(Role.DANGER),
  SERIES0(null),
  SERIES1(null),
  SERIES2(null),
  SERIES3(null),
  SERIES4(null),
  SERIES5(null),
  SERIES6(null),
  SERIES7(null);

  private static final int SERIES = 8;

  private final Role role;

  Tint(Role role) {
    this.role = role;
  }

  /** The colour of the n-th node or process, from 0; they repeat after eight. */
  public static Tint series(int number) {
    return values()[SERIES0.ordinal() + Math.floorMod(number, SERIES)];
  }

  /** {@code #rrggbb} in a variant of the theme. */
  String hex(Tokens tokens, Variant variant) {
    Tokens.Palette palette = tokens.palettes().get(variant);
    return role != null
        ? palette.roles().get(role)
        : palette.programs().get((ordinal() - SERIES0.ordinal()) % palette.programs().size());
  }

  /** Name of its variable in style sheets. */
  String variable() {
    return "--" + name().toLowerCase(Locale.ROOT);
  }
}
