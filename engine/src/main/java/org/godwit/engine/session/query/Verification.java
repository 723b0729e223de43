package org.godwit.engine.session.query;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.godwit.engine.session.Engine;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFile;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;

/**
 * A recording held against what happens when it is run again (decision 32): every event, sample,
 * answer to a command and state hash.
 *
 * @param first where they part; empty if they are identical
 * @param hashesAgree whether all state hashes are the same
 */
public record Verification(Optional<Divergence> first, boolean hashesAgree) {
  /** What differs. */
  public enum Component {
    /** A command was refused in one and not in the other. */
    COMMAND,
    /** The log of events. */
    EVENT,
    /** The load samples. */
    SAMPLE,
    /** The state of the cluster, by its hash. */
    STATE
  }

  /**
   * The first difference.
   *
   * @param atNanos virtual time; for {@link Component#STATE} of the first hash that differs, one
   *     second after the last that agrees at most
   * @param node where, or 0 if no node can be named
   * @param component what differs
   * @param recorded the line of the file, or empty if there is none
   * @param again the line of the run, or empty if there is none
   */
  public record Divergence(
      long atNanos, int node, Component component, String recorded, String again) {}

  /**
   * Runs {@code recorded} again and compares.
   *
   * @param file name for messages
   * @param engine what executes guest instructions; it makes no difference to the answer
   * @throws ProblemException if it was recorded by another behaviour, or cannot be run (programs
   *     are missing from a damaged file)
   */
  public static Verification of(String file, RecordedSession recorded, Engine engine)
      throws ProblemException {
    return of(file, recorded, engine, _ -> {});
  }

  /**
   * The same, watched.
   *
   * @param reached hears how far the run has come; what it throws gives it up ({@link
   *     org.godwit.engine.session.Recipe#cook})
   */
  public static Verification of(
      String file, RecordedSession recorded, Engine engine, LongConsumer reached)
      throws ProblemException {
    demand(file, recorded);
    ProgramSource nothingElse = name -> Optional.empty();
    try (Session again = recorded.recipe().cook(nothingElse, 1, engine, reached)) {
      List<Divergence> all = new ArrayList<>();
      part(recorded.commands(), again.commands(), Verification::command).ifPresent(all::add);
      part(recorded.events(), again.events(0), Verification::event).ifPresent(all::add);
      part(recorded.samples(), again.samples(0), Verification::sample).ifPresent(all::add);
      Optional<Divergence> state = part(recorded.hashes(), again.hashes(), Verification::hash);
      state.ifPresent(all::add);
      // At one instant what caused it is named rather than what followed: the order of the list.
      return new Verification(
          all.stream().reduce((a, b) -> b.atNanos() < a.atNanos() ? b : a), state.isEmpty());
    }
  }

  /**
   * Demands that a recording can be run again to the same.
   *
   * @param file name for messages
   * @throws ProblemException if it was recorded by another behaviour, or programs are missing
   */
  public static void demand(String file, RecordedSession recorded) throws ProblemException {
    if (!recorded.isReproducible()) {
      throw new ProblemException(
          Problem.of(
              "verify.other-behaviour",
              file,
              recorded.facts().behaviourVersion(),
              SessionFile.BEHAVIOUR_VERSION));
    }
    List<String> missing = missingPrograms(recorded);
    if (!missing.isEmpty()) {
      throw new ProblemException(
          Problem.of("verify.missing-programs", file, String.join(", ", missing)));
    }
  }

  /** What was launched, though not refused, and is not in the recording: the file is damaged. */
  private static List<String> missingPrograms(RecordedSession recorded) {
    List<String> there = recorded.programs().stream().map(ProgramImage::name).toList();
    return recorded.commands().stream()
        .filter(each -> each.refused() == null)
        .map(each -> each.command() instanceof Command.Launch launch ? launch.program() : "/")
        .filter(program -> !program.startsWith("/") && !there.contains(program))
        .distinct()
        .toList();
  }

  /** What of a line is told. */
  private record Told(long atNanos, int node, Component component, String text) {}

  private static <T> Optional<Divergence> part(
      List<T> recorded, List<T> again, Function<T, Told> tell) {
    int index = Comparison.firstDifference(recorded, again);
    if (index < 0) {
      return Optional.empty();
    }
    T one = Comparison.at(recorded, index);
    T two = Comparison.at(again, index);
    Told a = one == null ? null : tell.apply(one);
    Told b = two == null ? null : tell.apply(two);
    Told earlier = b == null || a != null && a.atNanos() <= b.atNanos() ? a : b;
    return Optional.of(
        new Divergence(
            earlier.atNanos(),
            earlier.node(),
            earlier.component(),
            a == null ? "" : a.text(),
            b == null ? "" : b.text()));
  }

  private static Told command(CommandRecord command) {
    return new Told(command.atNanos(), 0, Component.COMMAND, JsonLines.line(command));
  }

  private static Told event(Event event) {
    return new Told(event.atNanos(), event.node(), Component.EVENT, JsonLines.line(event));
  }

  private static Told sample(Sample sample) {
    return new Told(sample.atNanos(), sample.node(), Component.SAMPLE, JsonLines.line(sample));
  }

  private static Told hash(HashSample hash) {
    return new Told(hash.atNanos(), 0, Component.STATE, HexFormat.of().toHexDigits(hash.hash()));
  }
}
