package org.godwit.app.experiment;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.godwit.app.report.SvgInk;
import org.godwit.app.text.Wording;
import org.godwit.model.scenario.Experiment;

/** An experiment as one HTML page that needs nothing else: question, plots, table, method. */
public final class ReportPage {
  private static final List<Measure> PLOTTED =
      List.of(Measure.MEAN_SLOWDOWN, Measure.MAKESPAN, Measure.EFFICIENCY, Measure.MIGRATIONS);

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1f2328; --soft: #57606a; --paper: #ffffff;
        --line: #d0d7de; --mark: #0e4eb1; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3;
        --paper: #16191d; --line: #3d444d; --mark: #a3c2f5; } }
      body { font: 15px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 74rem; margin: 2.5rem auto; padding: 0 1.5rem; }
      h1 { font-size: 1.6rem; margin-bottom: .3rem; } h2 { font-size: 1.1rem; margin-top: 2.2rem; }
      p.about, footer, caption { color: var(--soft); }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1rem 0; }
      th, td { text-align: right; padding: .3rem .7rem; border-bottom: 1px solid var(--line); }
      td { white-space: nowrap; } table { font-size: .94em; }
      th:first-child, td:first-child, td.word, th.word { text-align: left; }
      .wide { overflow-x: auto; }
      .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: 1.5rem; }
      figure { margin: 0; } figcaption { font-weight: 600; margin-bottom: .5rem; }
      svg { width: 100%; height: auto; }
      .grid { stroke: var(--line); } .ci { stroke: var(--mark); stroke-width: 2; }
      .dot { fill: var(--mark); } .label { fill: var(--ink); text-anchor: end; font-size: 13px; }
      .tick { fill: var(--soft); text-anchor: middle; font-size: 11px; }
      code { font-family: ui-monospace, monospace; font-size: .92em; }
      """;

  private final Summary summary;
  private final Wording words;

  private ReportPage(Summary summary, Wording words) {
    this.summary = summary;
    this.words = words;
  }

  /** The page in the language of {@code words}. */
  public static String html(Summary summary, Wording words) {
    return new ReportPage(summary, words).page();
  }

  private String page() {
    Experiment experiment = summary.plan().experiment();
    String language = words.locale().getLanguage();
    String title = experiment.title().in(language);
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"").append(language).append("\">\n<head>\n");
    page.append("<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    page.append("<title>").append(SvgInk.escaped(title)).append("</title>\n");
    page.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    page.append("<h1>").append(SvgInk.escaped(title)).append("</h1>\n");
    page.append("<p class=\"about\">")
        .append(SvgInk.escaped(experiment.about().in(language)))
        .append("</p>\n");
    if (summary.missing() > 0) {
      page.append("<p><strong>")
          .append(SvgInk.escaped(words.of("experiment.missing", summary.missing())))
          .append("</strong></p>\n");
    }
    plots(page);
    table(page);
    published(page);
    method(page);
    return page.append("</body>\n</html>\n").toString();
  }

  private void plots(StringBuilder page) {
    List<String> labels =
        summary.lines().stream().map(line -> String.join(" · ", line.values())).toList();
    page.append("<div class=\"plots\">\n");
    for (Measure measure : PLOTTED) {
      String name = name(measure);
      page.append("<figure><figcaption>").append(SvgInk.escaped(name)).append("</figcaption>\n");
      page.append(
          DotPlot.svg(
              name,
              labels,
              summary.lines().stream().map(line -> line.estimates().get(measure)).toList()));
      page.append("</figure>\n");
    }
    page.append("</div>\n");
  }

  private void table(StringBuilder page) {
    page.append("<h2>").append(SvgInk.escaped(words.of("experiment.table"))).append("</h2>\n");
    page.append("<div class=\"wide\"><table>\n<tr>");
    for (Experiment.Axis axis : summary.plan().experiment().axes()) {
      page.append("<th class=\"word\">").append(SvgInk.escaped(axis.key())).append("</th>");
    }
    page.append("<th>").append(SvgInk.escaped(words.of("experiment.runs"))).append("</th>");
    for (Measure measure : Measure.values()) {
      page.append("<th>").append(SvgInk.escaped(name(measure))).append("</th>");
    }
    page.append("</tr>\n");
    for (Summary.Line line : summary.lines()) {
      page.append("<tr>");
      for (String value : line.values()) {
        page.append("<td class=\"word\">").append(SvgInk.escaped(value)).append("</td>");
      }
      page.append("<td>").append(line.runs()).append("</td>");
      for (Measure measure : Measure.values()) {
        page.append("<td>").append(text(line.estimates().get(measure))).append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</table></div>\n");
  }

  private void published(StringBuilder page) {
    List<Summary.Beside> all = summary.published();
    if (all.isEmpty()) {
      return;
    }
    page.append("<h2>")
        .append(SvgInk.escaped(words.of("experiment.published")))
        .append("</h2>\n<table>\n<tr>");
    for (String column :
        List.of("label", "figure", "relative", "ours", "ours-relative", "source")) {
      page.append("<th class=\"word\">")
          .append(SvgInk.escaped(words.of("experiment.published." + column)))
          .append("</th>");
    }
    page.append("</tr>\n");
    for (Summary.Beside each : all) {
      page.append("<tr>");
      for (String cell :
          List.of(
              each.published().label(),
              number(each.published().meanSlowdown()),
              number(each.relative()),
              each.published().value()
                  + " "
                  + text(each.ours().estimates().get(Measure.MEAN_SLOWDOWN)),
              number(each.oursRelative()),
              each.published().source())) {
        page.append("<td class=\"word\">").append(SvgInk.escaped(cell)).append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private void method(StringBuilder page) {
    Experiment experiment = summary.plan().experiment();
    page.append("<h2>").append(SvgInk.escaped(words.of("experiment.method"))).append("</h2>\n");
    page.append("<p>")
        .append(
            SvgInk.escaped(
                words.of(
                    "experiment.method.text",
                    experiment.scenario(),
                    experiment.seeds().size(),
                    experiment.forNanos() / 1e9)))
        .append("</p>\n<p><code>godwit experiment ")
        .append(SvgInk.escaped(experiment.name()))
        .append("</code></p>\n");
    page.append("<p><code>")
        .append(
            summary.plan().runs().getFirst().settings().stream()
                .map(setting -> SvgInk.escaped("--set " + setting))
                .collect(Collectors.joining(" ")))
        .append("</code></p>\n");
  }

  private String name(Measure measure) {
    return words.of("experiment.measure." + measure.key());
  }

  /** Mean ± half the interval. */
  public static String text(Estimate estimate) {
    if (Double.isNaN(estimate.mean())) {
      return "–";
    }
    return Double.isNaN(estimate.halfWidth())
        ? number(estimate.mean())
        : number(estimate.mean()) + " ± " + number(estimate.halfWidth());
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String form = size >= 100 || value == Math.rint(value) ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
