package org.godwit.model.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * A grid of runs of one scenario: every combination of the varied settings, each with every seed.
 *
 * @param name file name without ending
 * @param title one line for people
 * @param about what it asks, how, and how to read the answer
 * @param scenario name or file of the scenario
 * @param settings {@code key=value} settings of every run, as {@code godwit run --set} takes them
 * @param axes what is varied, in the order of columns; the last varies fastest
 * @param seeds one run of each combination for each
 * @param forNanos when a run ends at the latest; earlier if every process has ended
 * @param jobs jobs that arrive by chance, beside the scenario's own script; null for none
 * @param published figures of others to be held against, in the order of rows
 */
public record Experiment(
    String name,
    LocalText title,
    LocalText about,
    String scenario,
    List<String> settings,
    List<Axis> axes,
    List<Long> seeds,
    long forNanos,
    JobStream jobs,
    List<Published> published) {
  public Experiment {
    settings = List.copyOf(settings);
    axes = List.copyOf(axes);
    seeds = List.copyOf(seeds);
    published = List.copyOf(published);
  }

  /**
   * One setting and the values that it takes.
   *
   * @param key e.g. {@code policy} or {@code network.latency}
   * @param values as text, at least one
   */
  public record Axis(String key, List<String> values) {
    public Axis {
      values = List.copyOf(values);
    }
  }

  /**
   * A figure that somebody else has measured.
   *
   * @param label what it is called there
   * @param value of the last axis: the row beside which it stands
   * @param meanSlowdown the figure
   * @param source where it is published
   */
  public record Published(String label, String value, double meanSlowdown, String source) {}

  /** Every combination of the axes' values, one {@code key=value} for each axis. */
  public List<List<String>> combinations() {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of());
    for (Axis axis : axes) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> before : all) {
        for (String value : axis.values()) {
          List<String> settings = new ArrayList<>(before);
          settings.add(axis.key() + "=" + value);
          longer.add(settings);
        }
      }
      all = longer;
    }
    return all;
  }
}
