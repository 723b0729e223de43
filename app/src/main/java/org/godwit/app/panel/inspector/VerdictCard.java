package org.godwit.app.panel.inspector;

import java.util.List;

/**
 * A {@link Verdict} in words.
 *
 * @param tone how it is coloured and which sign it bears
 * @param title a few words
 * @param text one or two sentences
 * @param remedy what can be done about it at once, or NONE
 * @param costs what the balancer computed for each target; empty unless it weighed any
 */
public record VerdictCard(
    Tone tone, String title, String text, Remedy remedy, List<CostLine> costs) {
  public VerdictCard {
    costs = List.copyOf(costs);
  }

  /** This card with a button. */
  public VerdictCard with(Remedy button) {
    return new VerdictCard(tone, title, text, button, costs);
  }

  /** What a button on the card does. */
  public enum Remedy {
    /** There is no button. */
    NONE,
    /** Writes 0 to the lock. */
    UNLOCK,
    /** Switches {@code stay} of its node off. */
    STAY_OFF,
    /** Switches {@code lstay} of its node off. */
    LSTAY_OFF
  }

  /** How a verdict is meant. */
  public enum Tone {
    /** It moves, or is free to. */
    FREE,
    /** It stays because that is better, or because somebody wants it. */
    STAYS,
    /** It cannot. */
    BLOCKED,
    /** There is nothing to judge. */
    NEUTRAL
  }

  /**
   * The terms of one target.
   *
   * @param node name of the target
   * @param belief load believed there, and how old the belief is
   * @param rates CPU rate here → there
   * @param gain seconds won over the horizon
   * @param transfer seconds the transfer costs
   * @param calls seconds forwarded calls cost
   * @param verdict why not
   */
  public record CostLine(
      String node,
      String belief,
      String rates,
      String gain,
      String transfer,
      String calls,
      String verdict) {}
}
