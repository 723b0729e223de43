package org.godwit.model.scenario;

import java.util.List;
import org.godwit.model.command.ProcessRef;

/**
 * A guided lesson: a scenario, a question with answers to choose a prediction from, the run, and
 * checks that say whether what should be seen (or what the learner should bring about) is so.
 *
 * @param name name of its folder; for a teacher's own its path
 * @param title a few words
 * @param scenario the scenario that is run: one on board, or a file beside the lesson's
 * @param question what the learner is asked to predict
 * @param choices possible predictions
 * @param answer which of them is right, from 0
 * @param untilNanos how long it runs
 * @param task whether the learner must do something: then the checks fail in an untouched run
 * @param checks what must hold
 */
public record Lesson(
    String name,
    LocalText title,
    String scenario,
    LocalText question,
    List<LocalText> choices,
    int answer,
    long untilNanos,
    boolean task,
    List<Check> checks) {
  public Lesson {
    choices = List.copyOf(choices);
    checks = List.copyOf(checks);
  }

  /** The same lesson on a scenario of that name. */
  public Lesson on(String other) {
    return new Lesson(name, title, other, question, choices, answer, untilNanos, task, checks);
  }

  /**
   * Something that must hold at an instant of virtual time.
   *
   * @param atNanos the instant
   * @param what what is looked at
   * @param process of whom, or null for all together
   * @param least least value, or null for no limit
   * @param most greatest value, or null for no limit
   * @param word the word that must be there, for reasons and findings; else empty
   * @param text the check in words
   */
  public record Check(
      long atNanos,
      What what,
      ProcessRef process,
      Double least,
      Double most,
      String word,
      LocalText text) {}

  /** What a check looks at, in everything up to its instant. */
  public enum What {
    /** Number of migrations. */
    MOVES,
    /** The node that the process is on. */
    WHERE,
    /** 1 if the process has a stay reason (that of {@link Check#word}, if it names one), else 0. */
    REASON,
    /** 1 if the process is locked, else 0. */
    LOCK,
    /** Number of moves that were refused. */
    REFUSED,
    /** Calls that homes have served for processes away. */
    FORWARDED,
    /** Status with which the process ended, 128 + signal; −1 while it lives. */
    STATUS,
    /** 1 while the process lives, else 0: it has ended, was lost, or its home has crashed. */
    ALIVE,
    /** Number of findings of the kind {@link Check#word}. */
    FINDING,
    /** The load of the busiest node, divided by the mean of all, in the last sample. */
    IMBALANCE
  }
}
