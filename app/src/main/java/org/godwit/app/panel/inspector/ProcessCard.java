package org.godwit.app.panel.inspector;

import java.util.List;
import org.godwit.model.view.ProcessView;

/**
 * What the inspector shows of a process at one instant, worded.
 *
 * @param process the process itself
 * @param title its program
 * @param subtitle its identity and where it lives
 * @param facts its facts
 * @param reasons its stay reasons
 * @param verdict why it does or does not move
 * @param watch value of its watched variable, or empty
 * @param watchShare how far the variable is on its way to 2³², 0 to 1; −1 without one
 */
public record ProcessCard(
    ProcessView process,
    String title,
    String subtitle,
    List<Fact> facts,
    List<ReasonCard> reasons,
    VerdictCard verdict,
    String watch,
    double watchShare) {
  public ProcessCard {
    facts = List.copyOf(facts);
    reasons = List.copyOf(reasons);
  }
}
