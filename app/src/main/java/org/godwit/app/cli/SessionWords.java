package org.godwit.app.cli;

import java.util.Locale;
import java.util.stream.Stream;
import org.godwit.app.panel.CommandText;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.HappeningText;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Causes;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;

/**
 * The sentences of the window's panels about recordings, for the command line. Knows the names of
 * all recordings that it is given; where they disagree the first is right.
 */
final class SessionWords {
  private final Roster roster = new Roster();
  private final HappeningText happenings;
  private final CommandText commands;
  private final Messages messages;

  SessionWords(Locale language, RecordedSession... sessions) {
    messages = new Messages(language);
    Figures figures = new Figures(Locale.ENGLISH);
    happenings = new HappeningText(messages, messages::problem, roster, figures);
    commands = new CommandText(messages, roster, figures);
    Stream.of(sessions)
        .toList()
        .reversed()
        .forEach(
            session -> {
              roster.learn(session.scenario().nodes());
              session.events().forEach(roster::learn);
            });
  }

  Roster roster() {
    return roster;
  }

  String of(Event event) {
    return happenings.sentence(event);
  }

  /** A command as a phrase, with the reason if it was refused. */
  String of(CommandRecord command) {
    String phrase = commands.phrase(command.command());
    return command.refused() == null
        ? phrase
        : phrase + " (" + messages.problem(command.refused()) + ")";
  }

  String of(Causes.Cause cause) {
    return cause.event() != null ? of(cause.event()) : of(cause.command());
  }

  /** Seconds with six decimals: what a reader can tell apart; files hold all nine. */
  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f s", nanos / 1e9);
  }
}
