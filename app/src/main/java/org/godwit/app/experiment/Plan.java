package org.godwit.app.experiment;

import java.util.ArrayList;
import java.util.List;
import org.godwit.model.json.Units;
import org.godwit.model.scenario.Experiment;

/**
 * The runs of an experiment, in order: all seeds of the first combination, then of the second, and
 * so on.
 *
 * @param experiment what is asked
 * @param runs what is to be run
 */
public record Plan(Experiment experiment, List<Run> runs) {
  public Plan {
    runs = List.copyOf(runs);
  }

  /**
   * One run.
   *
   * @param number from 0
   * @param combination number of the combination, from 0
   * @param seed of every draw
   * @param settings all settings of it, as {@code godwit run --set} takes them
   */
  public record Run(int number, int combination, long seed, List<String> settings) {
    public Run {
      settings = List.copyOf(settings);
    }
  }

  /** The plan of {@code experiment}. */
  public static Plan of(Experiment experiment) {
    List<Run> runs = new ArrayList<>();
    List<List<String>> combinations = experiment.combinations();
    for (int i = 0; i < combinations.size(); i++) {
      for (long seed : experiment.seeds()) {
        List<String> settings = new ArrayList<>(experiment.settings());
        settings.add("for=" + Units.timeText(experiment.forNanos()));
        settings.addAll(combinations.get(i));
        settings.add("seed=" + seed);
        runs.add(new Run(runs.size(), i, seed, settings));
      }
    }
    return new Plan(experiment, runs);
  }

  /** The values of a combination, in the order of the axes. */
  public List<String> values(int combination) {
    return experiment.combinations().get(combination).stream()
        .map(setting -> setting.substring(setting.indexOf('=') + 1))
        .toList();
  }
}
