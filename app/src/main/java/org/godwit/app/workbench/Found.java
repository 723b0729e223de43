package org.godwit.app.workbench;

import org.kordamp.ikonli.Ikon;

/**
 * Something that Search everywhere can find.
 *
 * @param icon its picture
 * @param text its name
 * @param kind what it is, in words
 * @param also what else finds it: its name in English, whatever the language
 * @param key its shortcut, or empty
 * @param reason why it cannot be chosen now, or empty if it can
 * @param choose does it
 */
public record Found(
    Ikon icon, String text, String kind, String also, String key, String reason, Runnable choose) {
  /** Something that can be chosen and has no shortcut. */
  public static Found of(Ikon icon, String text, String kind, Runnable choose) {
    return new Found(icon, text, kind, "", "", "", choose);
  }

  boolean isAvailable() {
    return reason.isEmpty();
  }
}
