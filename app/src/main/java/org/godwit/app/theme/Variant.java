package org.godwit.app.theme;

/** The three looks. */
public enum Variant {
  LIGHT("light", false),
  DARK("dark", true),
  HIGH_CONTRAST("contrast", true);

  private final String token;
  private final boolean dark;

  Variant(String token, boolean dark) {
    this.token = token;
    this.dark = dark;
  }

  /** Its name in the token file and in settings. */
  public String token() {
    return token;
  }

  /** Whether its ground is dark. */
  public boolean isDark() {
    return dark;
  }
}
