package org.godwit.engine.time;

/** What a draw is for, so that a new use of chance never shifts an old one (decision 7). */
public enum Purpose {
  TICK_PHASE,
  GOSSIP,
  POLICY,
  GET_RANDOM,
  AT_RANDOM,
  EXPERIMENT
}
