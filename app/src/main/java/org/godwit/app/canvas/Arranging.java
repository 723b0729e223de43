package org.godwit.app.canvas;

/** Ways to put cards in order. */
public enum Arranging {
  /** Left edges in line. */
  LEFT("left", true),
  /** Middles below each other. */
  CENTRE("centre", true),
  /** Right edges in line. */
  RIGHT("right", true),
  /** Upper edges in line. */
  TOP("top", true),
  /** Middles beside each other. */
  MIDDLE("middle", true),
  /** Lower edges in line. */
  BOTTOM("bottom", true),
  /** Equal gaps from left to right. */
  ACROSS("across", true),
  /** Equal gaps from top to bottom. */
  DOWN("down", true),
  /** Rows and columns, by number. */
  GRID("grid", false),
  /** Rows by distance from the best connected node. */
  LAYERED("layered", false),
  /** Links as springs, cards as charges. */
  FORCE("force", false);

  private final String token;
  private final boolean forSelection;

  Arranging(String token, boolean forSelection) {
    this.token = token;
    this.forSelection = forSelection;
  }

  /** Its name in actions and message keys. */
  public String token() {
    return token;
  }

  /** Whether it needs several selected cards; else it takes all cards if none is selected. */
  public boolean isForSelection() {
    return forSelection;
  }
}
