package org.godwit.model.json;

import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.godwit.model.ProblemException;
import org.godwit.model.scenario.Experiment;
import org.godwit.model.scenario.Experiment.Axis;
import org.godwit.model.scenario.Experiment.Published;
import org.godwit.model.scenario.JobStream;

/**
 * Reads experiment files, as strictly as scenarios are read; the form is in docs/experiments.md.
 */
public final class ExperimentReader {
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final int MAX_SEEDS = 10_000;
  private static final int MAX_JOBS = 100_000;

  private ExperimentReader() {}

  /**
   * The experiment in {@code reader}. Whether its scenario, programs and settings exist shows when
   * it is run.
   *
   * @param name the experiment's name
   * @throws ProblemException with a located {@code json.*} problem
   */
  public static Experiment read(String name, String fileName, Reader reader)
      throws ProblemException {
    JsonValue document = JsonText.parse(fileName, ScenarioReader.readAll(fileName, reader));
    Fields fields =
        new Fields(
            document,
            "title",
            "about",
            "scenario",
            "set",
            "vary",
            "seeds",
            "for",
            "jobs",
            "published");
    List<Axis> axes = new ArrayList<>();
    for (Map.Entry<String, JsonValue> each : fields.get("vary").members().map().entrySet()) {
      List<String> values = new ArrayList<>();
      for (JsonValue value : each.getValue().items().list()) {
        values.add(scalar(value));
      }
      if (values.isEmpty()) {
        throw each.getValue().place().refuse("json.empty");
      }
      axes.add(new Axis(each.getKey(), values));
    }
    return new Experiment(
        name,
        ScenarioReader.localText(fields, "title", name),
        ScenarioReader.localText(fields, "about", ""),
        fields.get("scenario").string(),
        settings(fields),
        axes,
        seeds(fields.get("seeds")),
        fields.nanos("for", ScenarioReader.GRID_NANOS, ScenarioReader.MAX_FOR_NANOS),
        fields.has("jobs") ? jobs(fields.get("jobs")) : null,
        published(fields));
  }

  private static List<String> settings(Fields fields) throws ProblemException {
    List<String> settings = new ArrayList<>();
    if (fields.has("set")) {
      for (Map.Entry<String, JsonValue> each : fields.get("set").members().map().entrySet()) {
        settings.add(each.getKey() + "=" + scalar(each.getValue()));
      }
    }
    return settings;
  }

  /** A text, number or flag as a setting spells it. */
  private static String scalar(JsonValue value) throws ProblemException {
    return switch (value) {
      case JsonValue.Text text -> text.text();
      case JsonValue.Numeral numeral -> numeral.literal();
      case JsonValue.Flag flag -> Boolean.toString(flag.on());
      default -> throw value.place().refuse("experiment.not-scalar");
    };
  }

  /** A list of seeds, or how many: {@code 20} is 1 to 20. */
  private static List<Long> seeds(JsonValue value) throws ProblemException {
    List<Long> seeds = new ArrayList<>();
    if (value instanceof JsonValue.Items items) {
      for (JsonValue each : items.list()) {
        seeds.add(each.integer(Long.MIN_VALUE, Long.MAX_VALUE));
      }
    } else {
      long count = value.integer(1, MAX_SEEDS);
      for (long seed = 1; seed <= count; seed++) {
        seeds.add(seed);
      }
    }
    if (seeds.isEmpty() || seeds.size() > MAX_SEEDS) {
      throw value.place().refuse("json.out-of-range", seeds.size() + "", 1, MAX_SEEDS);
    }
    return seeds;
  }

  private static JobStream jobs(JsonValue value) throws ProblemException {
    Fields fields = new Fields(value, "program", "count", "every", "on", "work", "memory");
    Fields work = new Fields(fields.get("work"), "least", "most");
    Fields memory = new Fields(fields.get("memory"), "least", "most");
    List<Integer> on = new ArrayList<>();
    for (JsonValue each : fields.get("on").items().list()) {
      on.add((int) each.integer(1, 65535));
    }
    if (on.isEmpty()) {
      throw fields.get("on").place().refuse("json.empty");
    }
    long leastNanos = work.nanos("least", ScenarioReader.GRID_NANOS, HOUR_NANOS);
    memory.get("least");
    memory.get("most");
    long leastBytes = memory.bytes("least", 0, 1L << 40, 0);
    return new JobStream(
        fields.text("program", "job"),
        fields.int32("count", 1, MAX_JOBS),
        fields.nanos("every", ScenarioReader.GRID_NANOS, HOUR_NANOS),
        on,
        leastNanos,
        work.nanos("most", leastNanos, 24 * HOUR_NANOS),
        leastBytes,
        memory.bytes("most", leastBytes, 1L << 40, 0));
  }

  private static List<Published> published(Fields fields) throws ProblemException {
    List<Published> published = new ArrayList<>();
    if (fields.has("published")) {
      for (JsonValue each : fields.get("published").items().list()) {
        Fields one = new Fields(each, "label", "value", "meanSlowdown", "source");
        published.add(
            new Published(
                one.get("label").string(),
                one.get("value").string(),
                one.get("meanSlowdown").number(),
                one.get("source").string()));
      }
    }
    return published;
  }
}
