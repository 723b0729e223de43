package org.godwit.app.workbench;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import org.godwit.app.bridge.Frame;

/**
 * How long it took from the start of the process to the first interactive frame: the first session
 * is open, its nodes are cards that have been laid out and drawn, and the next pulse has come, in
 * which a click would be answered. FX thread only.
 */
final class FirstFrame {
  /** Pulses after the one that makes the cards: one lays them out, one follows its drawing. */
  private static final int PULSES = 2;

  private int left = PULSES;
  private long millis = -1;

  /** Looks at a pulse; whether it is the one that was waited for. */
  boolean look(Frame shown) {
    if (millis >= 0 || shown.view().nodes().isEmpty() || left-- > 0) {
      return false;
    }
    millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return true;
  }

  /** How long it took, in ms, once it has come. */
  OptionalLong millis() {
    return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
  }
}
