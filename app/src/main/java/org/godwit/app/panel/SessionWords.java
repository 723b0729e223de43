package org.godwit.app.panel;

import java.util.Locale;
import java.util.stream.Stream;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Causes;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;

/**
 * Sentences about recordings, for panels that show several and for the command line. Knows the
 * names of all recordings that it is given; where they disagree the first is right.
 */
public final class SessionWords {
  private final Roster roster = new Roster();
  private final HappeningText happenings;
  private final CommandText commands;
  private final Messages messages;

  /** Words in a language of its own. */
  public SessionWords(Locale language, RecordedSession... sessions) {
    this(new Messages(language), sessions);
  }

  /** Words that follow the language of {@code messages}. */
  public SessionWords(Messages messages, RecordedSession... sessions) {
    this.messages = messages;
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

  /** Names of nodes and processes. */
  public Roster roster() {
    return roster;
  }

  /** An event as a sentence. */
  public String of(Event event) {
    return happenings.sentence(event);
  }

  /** A command as a phrase, with the reason if it was refused. */
  public String of(CommandRecord command) {
    String phrase = commands.phrase(command.command());
    return command.refused() == null
        ? phrase
        : phrase + " (" + messages.problem(command.refused()) + ")";
  }

  /** A cause as a sentence. */
  public String of(Causes.Cause cause) {
    return cause.event() != null ? of(cause.event()) : of(cause.command());
  }

  /** Seconds with six decimals: what a reader can tell apart; files hold all nine. */
  public static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f s", nanos / 1e9);
  }
}
