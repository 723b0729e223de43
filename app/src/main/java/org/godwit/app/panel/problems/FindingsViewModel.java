package org.godwit.app.panel.problems;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.Findings;
import org.godwit.model.command.Command;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.Scenario;

/**
 * What a person should look at: faults that the log reports, what the engine finds in events and
 * samples, and what the window had to refuse. Newest first, at most {@value #CAPACITY}. FX thread
 * only.
 */
public final class FindingsViewModel {
  /** Findings kept. */
  public static final int CAPACITY = 500;

  private final Messages messages;
  private final Roster roster;
  private final Function<Event, String> sentences;
  private final Consumer<Command> commands;
  private final ObservableList<Finding> findings = FXCollections.observableArrayList();
  private final ObservableList<Finding> view = FXCollections.unmodifiableObservableList(findings);
  private Findings found;

  /**
   * @param messages the window's texts
   * @param roster names
   * @param sentences words an event
   * @param commands where commands go
   */
  public FindingsViewModel(
      Messages messages,
      Roster roster,
      Function<Event, String> sentences,
      Consumer<Command> commands) {
    this.messages = messages;
    this.roster = roster;
    this.sentences = sentences;
    this.commands = commands;
  }

  /** Takes over events and samples that are new, in their order. */
  public void append(List<Event> events, List<Sample> samples) {
    for (Event event : events) {
      switch (event.what()) {
        case Happening.LaunchFailed _,
            Happening.Lost _,
            Happening.OutOfMemory _,
            Happening.LimitReached _,
            Happening.NodeCrashed _ ->
            report(Notice.Severity.ERROR, event);
        case Happening.Killed killed -> {
          // A person who kills knows it; a fault has an address.
          if (killed.pc() >= 0) {
            report(Notice.Severity.ERROR, event);
          }
        }
        case Happening.UnknownCall _, Happening.MigrationAborted _ ->
            report(Notice.Severity.WARNING, event);
        default -> {
          // The ordinary course of things.
        }
      }
    }
    if (found != null) {
      found.append(events, samples).forEach(this::take);
    }
  }

  private void take(org.godwit.engine.session.Finding each) {
    add(
        new Finding(
            Notice.Severity.WARNING,
            each.atNanos(),
            each.process(),
            each.node(),
            () -> messages.problem(each.words()),
            each.remedies()));
  }

  /** Begins with another session. */
  public void begin(Scenario scenario) {
    clear();
    found = new Findings(scenario);
  }

  /** Takes over a notice of the window; notes, and what the engine finds as well, are not. */
  public void notice(Notice notice) {
    boolean found = notice.text().key().startsWith("own-policy.");
    if (notice.severity() != Notice.Severity.INFO && !found) {
      add(
          new Finding(
              notice.severity(),
              notice.atNanos(),
              null,
              0,
              () -> messages.problem(notice.text()),
              List.of()));
    }
  }

  /** Forgets what belongs to a session; for another one. */
  public void clear() {
    findings.clear();
    found = null;
  }

  /** What was found, newest first. Unmodifiable. */
  public ObservableList<Finding> findings() {
    return view;
  }

  /** Does what a finding's first remedy says. */
  public void fix(Finding finding) {
    if (finding.fix() != null) {
      finding.fix().commands().forEach(commands);
    }
  }

  /** That remedy in words; empty if there is none. */
  public String remedy(Finding finding) {
    return finding.fix() == null ? "" : messages.problem(finding.fix().words());
  }

  /** Whom or what a finding concerns, in words. */
  public String about(Finding finding) {
    if (finding.process() != null) {
      return roster.process(finding.process());
    }
    return finding.node() > 0 ? roster.node(finding.node()) : "";
  }

  private void report(Notice.Severity severity, Event event) {
    add(
        new Finding(
            severity,
            event.atNanos(),
            event.what().process(),
            event.node(),
            () -> sentences.apply(event),
            List.of()));
  }

  private void add(Finding finding) {
    findings.addFirst(finding);
    if (findings.size() > CAPACITY) {
      findings.removeLast();
    }
  }
}
