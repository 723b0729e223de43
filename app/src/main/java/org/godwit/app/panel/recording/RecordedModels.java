package org.godwit.app.panel.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javafx.application.Platform;
import org.godwit.app.panel.DecisionLog;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.HappeningText;
import org.godwit.app.panel.Roster;
import org.godwit.app.panel.decisions.DecisionsViewModel;
import org.godwit.app.panel.events.EventsViewModel;
import org.godwit.app.panel.inspector.Fact;
import org.godwit.app.panel.load.LoadViewModel;
import org.godwit.app.panel.moments.MomentsViewModel;
import org.godwit.app.panel.moments.RecordedMoments;
import org.godwit.app.panel.timeline.TimelineViewModel;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;

/**
 * The view-models of a recording: the same as a live session's, filled once from the file. FX
 * thread only.
 */
public final class RecordedModels {
  private final Messages messages;
  private final String file;
  private final OpenedSession opened;
  private final Figures figures;
  private final Roster roster = new Roster();
  private final DecisionLog log = new DecisionLog();
  private final LoadViewModel load;
  private final EventsViewModel events;
  private final TimelineViewModel timeline;
  private final DecisionsViewModel decisions;
  private final MomentsViewModel moments;

  /**
   * Fills the view-models.
   *
   * @param messages the window's texts
   * @param figures how figures are written
   * @param file where it was read from, for people
   * @param opened what was read
   */
  public RecordedModels(Messages messages, Figures figures, String file, OpenedSession opened) {
    this.messages = messages;
    this.figures = figures;
    this.file = file;
    this.opened = opened;
    RecordedSession session = opened.session();
    HappeningText texts = new HappeningText(messages, messages::problem, roster, figures);
    roster.learn(session.scenario().nodes());
    load =
        new LoadViewModel(messages, figures, roster, Math.max(2, mostSamples(session.samples())));
    load.spanSeconds().set(LoadViewModel.ALL);
    events =
        new EventsViewModel(
            event -> {
              roster.learn(event);
              return texts.sentence(event);
            });
    timeline = new TimelineViewModel(messages, figures, roster);
    decisions = new DecisionsViewModel(messages, figures, texts::words, roster, log);
    moments =
        new MomentsViewModel(
            messages,
            figures,
            RecordedMoments.of(session),
            task -> Thread.ofVirtual().name("moments").start(task),
            Platform::runLater);
    log.append(session.events(), session.samples());
    events.append(session.events());
    timeline.append(session.events());
    timeline.showUntil(session.facts().endNanos());
    timeline.fit();
    load.append(session.samples(), session.events());
    load.showEfficiency(meanEfficiency(session.samples()));
  }

  /** What the file says of itself, for the page of facts. */
  public List<Fact> facts() {
    RecordedSession s = opened.session();
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("file", file));
    facts.add(fact("scenario", s.scenario().title().in(messages.languageTag())));
    facts.add(fact("duration", figures.shortInstant(s.facts().endNanos())));
    facts.add(fact("seed", Long.toString(s.scenario().seed())));
    facts.add(fact("divisor", figures.count(s.scenario().clockDivisor())));
    facts.add(fact("kernel", s.scenario().kernel().text()));
    facts.add(fact("policy", s.scenario().policy()));
    facts.add(fact("nodes", figures.count(s.scenario().nodes().size())));
    facts.add(fact("commands", figures.count(s.commands().size())));
    facts.add(fact("events", figures.count(s.events().size())));
    facts.add(fact("migrations", figures.count(migrations(s.events()))));
    facts.add(fact("samples", figures.count(s.samples().size())));
    if (!s.programs().isEmpty()) {
      List<String> programs = s.programs().stream().map(ProgramImage::name).distinct().toList();
      facts.add(fact("programs", String.join(", ", programs)));
    }
    facts.add(fact("version", "Godwit " + s.facts().engineVersion()));
    if (!s.hashes().isEmpty()) {
      facts.add(fact("lastHash", String.format(Locale.ROOT, "%016x", s.hashes().getLast().hash())));
    }
    return facts;
  }

  /** Whether this version would run it to the same end. */
  public boolean isReproducible() {
    return opened.session().isReproducible();
  }

  /** What of the file could not be read, in words. */
  public List<String> damage() {
    return opened.damage().stream().map(messages::problem).toList();
  }

  /** The recording itself. */
  public RecordedSession session() {
    return opened.session();
  }

  /** Words everything anew, after a change of language. */
  public void reword() {
    events.reword();
  }

  /** How figures are written. */
  public Figures figures() {
    return figures;
  }

  /** Names. */
  public Roster roster() {
    return roster;
  }

  /** The load chart. */
  public LoadViewModel load() {
    return load;
  }

  /** The event log. */
  public EventsViewModel events() {
    return events;
  }

  /** The timeline. */
  public TimelineViewModel timeline() {
    return timeline;
  }

  /** The search for moments. */
  public MomentsViewModel moments() {
    return moments;
  }

  /** The decisions. */
  public DecisionsViewModel decisions() {
    return decisions;
  }

  private Fact fact(String key, String value) {
    return new Fact(messages.of("recording.fact." + key), value);
  }

  private static long migrations(List<Event> events) {
    return events.stream().filter(e -> e.what() instanceof Happening.Migrated).count();
  }

  private static int mostSamples(List<Sample> samples) {
    Map<Integer, Integer> counts = new TreeMap<>();
    samples.forEach(sample -> counts.merge(sample.node(), 1, Integer::sum));
    return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /**
   * Mean over the recorded instants of mean load divided by greatest load; 1 where nothing runs.
   */
  static double meanEfficiency(List<Sample> samples) {
    Map<Long, double[]> byInstant = new TreeMap<>();
    for (Sample sample : samples) {
      double[] sums = byInstant.computeIfAbsent(sample.atNanos(), _ -> new double[3]);
      sums[0] += sample.load();
      sums[1] = Math.max(sums[1], sample.load());
      sums[2]++;
    }
    return byInstant.values().stream()
        .mapToDouble(sums -> sums[1] == 0 ? 1 : sums[0] / sums[2] / sums[1])
        .average()
        .orElse(1);
  }
}
