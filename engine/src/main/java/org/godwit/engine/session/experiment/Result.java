package org.godwit.engine.session.experiment;

import org.godwit.model.Problem;

/** What became of one run of an experiment; a line of its log. */
public sealed interface Result {
  /** Number of the run, from 0. */
  int run();

  /** It was run. */
  record Measured(int run, Measures measures) implements Result {}

  /** It could not be run. */
  record Impossible(int run, Problem why) implements Result {}
}
