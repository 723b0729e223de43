package org.godwit.app.panel.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.godwit.model.event.Happening.PagesFetched;
import org.godwit.model.event.Migration;
import org.godwit.model.scenario.MigrationMethod;

/**
 * A migration taken apart: the stretches of time that it is made of, one after the other, and what
 * its bytes are. No words.
 *
 * @param migration which
 * @param phases in the order of time, without gaps
 * @param parts its bytes, in the order of crossing
 */
public record Anatomy(Migration migration, List<Phase> phases, List<Part> parts) {
  private static final long PAGE = 4096;

  public Anatomy {
    phases = List.copyOf(phases);
    parts = List.copyOf(parts);
  }

  /** Where the process is in a stretch of time. */
  public enum Stage {
    /** Asked for, not granted: an earlier move is under way. */
    ASKED,
    /** Granted; it runs on until it notices, or while pages are sent ahead. */
    RUNS,
    /** It stands still; its body crosses. Home keeps back what comes for it. */
    CROSSES,
    /** The commit point is passed: the source has nothing to run any more, the target may begin. */
    RELEASED,
    /** It runs at the target, and the source keeps pages for it. */
    FETCHES
  }

  /**
   * A stretch of time.
   *
   * @param stage what it is
   * @param fromNanos its beginning
   * @param toNanos its end
   */
  public record Phase(Stage stage, long fromNanos, long toNanos) {
    /** Its length. */
    public long nanos() {
      return toNanos - fromNanos;
    }
  }

  /** What some bytes are. */
  public enum Kind {
    /** Pages that were sent ahead of the stop. */
    AHEAD,
    /** Registers, signal handlers, areas, and the numbers of the pages. */
    STATE,
    /** Pages that crossed while it stood still. */
    PAGES,
    /** Pages that were fetched afterwards. */
    FETCHED
  }

  /** Some of the bytes. */
  public record Part(Kind kind, long bytes) {}

  /**
   * Takes a migration apart.
   *
   * @param fetched what came afterwards, if that is known already
   */
  static Anatomy of(Migration m, Optional<PagesFetched> fetched, long fetchedNanos) {
    List<Phase> phases = new ArrayList<>();
    add(phases, Stage.ASKED, m.requestedNanos(), m.grantedNanos());
    add(phases, Stage.RUNS, m.grantedNanos(), m.frozenNanos());
    add(phases, Stage.CROSSES, m.frozenNanos(), m.committedNanos());
    add(phases, Stage.RELEASED, m.committedNanos(), m.resumedNanos());
    if (fetched.isPresent()) {
      add(phases, Stage.FETCHES, m.resumedNanos(), fetchedNanos);
    }
    List<Part> parts = new ArrayList<>();
    if (m.early() != null && m.early().method() == MigrationMethod.PRE_COPY) {
      parts.add(new Part(Kind.AHEAD, m.early().bytes()));
    }
    parts.add(new Part(Kind.STATE, m.bytes() - m.pages() * PAGE));
    parts.add(new Part(Kind.PAGES, m.pages() * PAGE));
    fetched.ifPresent(each -> parts.add(new Part(Kind.FETCHED, each.bytes())));
    parts.removeIf(each -> each.bytes() <= 0);
    return new Anatomy(m, phases, parts);
  }

  private static void add(List<Phase> phases, Stage stage, long from, long to) {
    if (to > from) {
      phases.add(new Phase(stage, from, to));
    }
  }
}
