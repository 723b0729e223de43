package org.godwit.app.experiment;

import java.util.function.ToDoubleFunction;
import org.godwit.engine.session.experiment.Measures;

/** What is told of the runs, with its name in files. */
public enum Measure {
  MEAN_SLOWDOWN("meanSlowdown", Measures::meanSlowdown),
  MAKESPAN("makespanSeconds", Measures::makespanSeconds),
  EFFICIENCY("efficiency", Measures::efficiency),
  MIGRATIONS("migrations", Measures::migrations),
  MOVED_MEBIBYTES("movedMebibytes", measures -> measures.movedBytes() / (double) (1 << 20)),
  FORWARDED_CALLS("forwardedCalls", Measures::forwardedCalls),
  UNFINISHED("unfinished", Measures::unfinished),
  FAILED("failed", Measures::failed);

  private final String key;
  private final ToDoubleFunction<Measures> value;

  Measure(String key, ToDoubleFunction<Measures> value) {
    this.key = key;
    this.value = value;
  }

  /** Its name in files and bundles. */
  public String key() {
    return key;
  }

  /** Its value in a run. */
  public double of(Measures measures) {
    return value.applyAsDouble(measures);
  }
}
