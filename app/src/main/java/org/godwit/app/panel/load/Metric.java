package org.godwit.app.panel.load;

import java.util.Locale;

/** What the load chart can show of a node. */
public enum Metric {
  /** Smoothed load; 1 = one busy yardstick CPU. */
  LOAD,
  /** RAM in use, bytes. */
  MEMORY,
  /** Calls per virtual second that were served here for processes that are away. */
  FORWARDED,
  /** Bytes sent per virtual second. */
  NETWORK;

  /** Its part of message keys. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
