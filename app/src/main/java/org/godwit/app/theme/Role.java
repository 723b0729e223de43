package org.godwit.app.theme;

import java.util.Locale;

/** What a colour is for. */
public enum Role {
  /** Ground of the window and its bars. */
  WINDOW,
  /** Ground of the cluster canvas and of charts. */
  CANVAS,
  /** Ground of node cards, tables and fields. */
  CARD,
  BORDER,
  TEXT,
  MUTED,
  /** Selection outlines, links to click, the live marker. */
  ACCENT,
  /** Ground of what is selected. */
  SELECTION,
  /** Outline of controls, links between nodes. */
  OUTLINE,
  /** Dots of the canvas grid. */
  GRID,
  OK,
  /** Warnings, and the past. */
  WARN,
  DANGER,
  /** Text on accent. */
  INK;

  /** Its name in the token file and, after {@code -godwit-}, in CSS. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}
