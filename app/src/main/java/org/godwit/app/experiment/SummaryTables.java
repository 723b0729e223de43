package org.godwit.app.experiment;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.godwit.engine.session.experiment.Measures;
import org.godwit.engine.session.experiment.Result;
import org.godwit.engine.session.export.CsvRows;
import org.godwit.model.scenario.Experiment;

/** An experiment as CSV (RFC 4180, a header line, decimal points, lines end with LF). */
public final class SummaryTables {
  private SummaryTables() {}

  /** A line for each run that was measured: its settings, then its measures. */
  public static String runs(Plan plan, Map<Integer, Result> results) {
    List<String> head = axes(plan);
    head.add("seed");
    for (Measure measure : Measure.values()) {
      head.add(measure.key());
    }
    head.add("stateHash");
    StringWriter text = new StringWriter();
    line(text, head);
    for (Plan.Run run : plan.runs()) {
      if (results.get(run.number()) instanceof Result.Measured(int _, Measures measures)) {
        List<String> cells = new ArrayList<>(plan.values(run.combination()));
        cells.add(Long.toString(run.seed()));
        for (Measure measure : Measure.values()) {
          cells.add(number(measure.of(measures)));
        }
        cells.add(HexFormat.of().toHexDigits(measures.stateHash()));
        line(text, cells);
      }
    }
    return text.toString();
  }

  /** A line for each combination: for each measure the mean and half its confidence interval. */
  public static String summary(Summary summary) {
    List<String> head = axes(summary.plan());
    head.add("runs");
    for (Measure measure : Measure.values()) {
      head.add(measure.key());
      head.add(measure.key() + "HalfWidth95");
    }
    StringWriter text = new StringWriter();
    line(text, head);
    for (Summary.Line each : summary.lines()) {
      List<String> cells = new ArrayList<>(each.values());
      cells.add(Integer.toString(each.runs()));
      for (Measure measure : Measure.values()) {
        Estimate estimate = each.estimates().get(measure);
        cells.add(number(estimate.mean()));
        cells.add(number(estimate.halfWidth()));
      }
      line(text, cells);
    }
    return text.toString();
  }

  private static List<String> axes(Plan plan) {
    return new ArrayList<>(plan.experiment().axes().stream().map(Experiment.Axis::key).toList());
  }

  /** Empty where nothing is known. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6f", value);
  }

  private static void line(StringWriter text, List<String> cells) {
    try {
      new CsvRows(text).row(cells.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be written", e);
    }
  }
}
