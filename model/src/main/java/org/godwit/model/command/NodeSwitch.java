package org.godwit.model.command;

/** Switches of a node, as in {@code /proc/hpc/admin} (reference section 3.2). */
public enum NodeSwitch {
  /** No guests may arrive. */
  BLOCK,
  /** No automatic migration out of this node. */
  STAY,
  /** Local processes do not leave automatically; guests may. */
  LSTAY,
  /** The node neither gives nor collects load information. */
  QUIET,
  /** No other node may use files of this one through MFS. */
  NOMFS
}
