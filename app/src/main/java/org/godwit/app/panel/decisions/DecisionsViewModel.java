package org.godwit.app.panel.decisions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.transformation.FilteredList;
import org.godwit.app.panel.DecisionLog;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Decision;

/**
 * The balancers' log as a table: one row a tick, and under the chosen row every candidate with its
 * cost terms. FX thread only.
 */
public final class DecisionsViewModel {
  private final Messages messages;
  private final Figures figures;
  private final Function<Problem, String> words;
  private final Roster roster;
  private final FilteredList<DecisionLog.Entry> rows;
  private final BooleanProperty onlyChosen = new SimpleBooleanProperty(this, "onlyChosen");
  private final BooleanProperty onlySelected = new SimpleBooleanProperty(this, "onlySelected");
  private final ObjectProperty<DecisionLog.Entry> opened =
      new SimpleObjectProperty<>(this, "opened");
  private Set<ProcessId> processes = Set.of();
  private Set<Integer> nodes = Set.of();

  /**
   * @param messages the window's texts
   * @param figures how figures are written
   * @param words words a verdict
   * @param roster names
   * @param log the decisions
   */
  public DecisionsViewModel(
      Messages messages,
      Figures figures,
      Function<Problem, String> words,
      Roster roster,
      DecisionLog log) {
    this.messages = messages;
    this.figures = figures;
    this.words = words;
    this.roster = roster;
    this.rows = new FilteredList<>(log.entries());
    onlyChosen.addListener((property, before, after) -> refilter());
    onlySelected.addListener((property, before, after) -> refilter());
  }

  /** The decisions that pass the filters, oldest first. */
  public FilteredList<DecisionLog.Entry> rows() {
    return rows;
  }

  /** Show only decisions that chose somebody. */
  public BooleanProperty onlyChosen() {
    return onlyChosen;
  }

  /** Show only decisions of or about what is selected. */
  public BooleanProperty onlySelected() {
    return onlySelected;
  }

  /** The decision whose candidates are shown, or null. */
  public ObjectProperty<DecisionLog.Entry> opened() {
    return opened;
  }

  /** Says what is selected. */
  public void select(Collection<ProcessId> selectedProcesses, Collection<Integer> selectedNodes) {
    processes = Set.copyOf(selectedProcesses);
    nodes = Set.copyOf(selectedNodes);
    if (onlySelected.get()) {
      refilter();
    }
  }

  /** When a decision was taken. */
  public String time(DecisionLog.Entry entry) {
    return figures.shortInstant(entry.atNanos());
  }

  /** Who decided. */
  public String node(DecisionLog.Entry entry) {
    return roster.node(entry.node());
  }

  /** Runnable processes against CPUs. */
  public String runnable(DecisionLog.Entry entry) {
    return figures.load(entry.decision().runnable()) + " / " + entry.decision().cpus();
  }

  /** Who was chosen and where it goes; empty if nobody was. */
  public String choice(DecisionLog.Entry entry) {
    Decision decision = entry.decision();
    return decision.chosen() == null
        ? ""
        : roster.process(decision.chosen()) + " → " + roster.node(decision.to());
  }

  /** The outcome in words. */
  public String verdict(DecisionLog.Entry entry) {
    return words.apply(entry.decision().verdict());
  }

  /** Every candidate of a decision with every target, in the order of looking. */
  public List<CostRow> costs(DecisionLog.Entry entry) {
    List<CostRow> lines = new ArrayList<>();
    for (Decision.Candidate candidate : entry.decision().candidates()) {
      String who = roster.process(candidate.process());
      String cpu = figures.percent(candidate.cpuLoad());
      if (candidate.targets().isEmpty()) {
        String why = candidate.excluded() == null ? "" : words.apply(candidate.excluded());
        lines.add(new CostRow(who, cpu, "", "", "", "", "", "", "", why, false));
      }
      for (Decision.Target target : candidate.targets()) {
        lines.add(costRow(entry, candidate, target, who, cpu));
      }
    }
    return lines;
  }

  private CostRow costRow(
      DecisionLog.Entry entry,
      Decision.Candidate candidate,
      Decision.Target t,
      String who,
      String cpu) {
    Decision decision = entry.decision();
    Double truth = entry.truth().get(t.node());
    return new CostRow(
        who,
        cpu,
        roster.node(t.node()),
        messages.of("verdict.belief", figures.load(t.load()), figures.duration(t.beliefAgeNanos())),
        truth == null ? "" : figures.load(truth),
        String.format(messages.locale(), "%,.0f → %,.0f", t.rateHere(), t.rateThere()),
        figures.seconds(t.gain()),
        figures.seconds(t.transferCost()),
        figures.seconds(t.callCost()),
        t.verdict() == null ? "" : words.apply(t.verdict()),
        candidate.process().equals(decision.chosen()) && t.node() == decision.to());
  }

  private void refilter() {
    Predicate<DecisionLog.Entry> chosen =
        onlyChosen.get() ? entry -> entry.decision().chosen() != null : entry -> true;
    boolean bySelection = onlySelected.get() && !(processes.isEmpty() && nodes.isEmpty());
    Predicate<DecisionLog.Entry> selected = bySelection ? this::concernsSelection : entry -> true;
    rows.setPredicate(chosen.and(selected));
  }

  private boolean concernsSelection(DecisionLog.Entry entry) {
    return nodes.contains(entry.node())
        || entry.decision().candidates().stream()
            .anyMatch(candidate -> processes.contains(candidate.process()));
  }
}
