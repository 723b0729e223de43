package org.godwit.app.bridge;

import java.util.Set;
import org.godwit.model.ProcessId;

/** How far a single step goes. */
public sealed interface Step {
  /**
   * To the next event.
   *
   * @param of stop only at an event of one of these; any event if empty
   */
  record NextEvent(Set<ProcessId> of) implements Step {
    public NextEvent {
      of = Set.copyOf(of);
    }
  }

  /** To the next boundary of the scheduling quantum. */
  record NextQuantum() implements Step {}
}
