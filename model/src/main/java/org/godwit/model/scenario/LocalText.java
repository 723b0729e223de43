package org.godwit.model.scenario;

/**
 * A line that is written in the two languages of the workbench.
 *
 * @param en English
 * @param ja Japanese
 */
public record LocalText(String en, String ja) {
  /** The text for a language tag; English unless it is {@code ja}. */
  public String in(String language) {
    return language.equals("ja") ? ja : en;
  }
}
