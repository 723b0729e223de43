package org.godwit.app.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.godwit.engine.session.experiment.Measures;
import org.godwit.engine.session.experiment.Result;
import org.godwit.model.scenario.Experiment;

/**
 * What the runs of an experiment say together.
 *
 * @param plan the runs
 * @param lines a line for each combination, in their order
 * @param missing runs without measures
 */
public record Summary(Plan plan, List<Line> lines, int missing) {
  public Summary {
    lines = List.copyOf(lines);
  }

  /**
   * A combination over all its seeds.
   *
   * @param values of the axes
   * @param runs runs that were measured
   * @param estimates by measure
   */
  public record Line(List<String> values, int runs, Map<Measure, Estimate> estimates) {
    public Line {
      values = List.copyOf(values);
      estimates = new EnumMap<>(estimates);
    }
  }

  /** Of the results that are there. */
  public static Summary of(Plan plan, Map<Integer, Result> results) {
    List<Line> lines = new ArrayList<>();
    int measured = 0;
    int combinations = plan.experiment().combinations().size();
    for (int i = 0; i < combinations; i++) {
      List<Measures> these = new ArrayList<>();
      for (Plan.Run run : plan.runs()) {
        if (run.combination() == i && results.get(run.number()) instanceof Result.Measured result) {
          these.add(result.measures());
        }
      }
      measured += these.size();
      EnumMap<Measure, Estimate> estimates = new EnumMap<>(Measure.class);
      for (Measure measure : Measure.values()) {
        estimates.put(measure, Estimate.of(these.stream().map(measure::of).toList()));
      }
      lines.add(new Line(plan.values(i), these.size(), estimates));
    }
    return new Summary(plan, lines, plan.runs().size() - measured);
  }

  /** A published figure and ours beside it. */
  public record Beside(
      Experiment.Published published, double relative, Line ours, double oursRelative) {}

  /**
   * The published figures with ours, each also relative to the first of them. A published value
   * that no line has is left out.
   */
  public List<Beside> published() {
    List<Beside> all = new ArrayList<>();
    Double first = null;
    Double oursFirst = null;
    for (Experiment.Published each : plan.experiment().published()) {
      for (Line line : lines) {
        if (!line.values().isEmpty() && line.values().getLast().equals(each.value())) {
          double ours = line.estimates().get(Measure.MEAN_SLOWDOWN).mean();
          first = first == null ? (Double) each.meanSlowdown() : first;
          oursFirst = oursFirst == null ? (Double) ours : oursFirst;
          all.add(new Beside(each, each.meanSlowdown() / first, line, ours / oursFirst));
        }
      }
    }
    return all;
  }
}
