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
 * @param waits who waits for whom meanwhile, in the order of time
 */
public record Anatomy(Migration migration, List<Phase> phases, List<Part> parts, List<Wait> waits) {
  private static final long PAGE = 4096;

  public Anatomy {
    phases = List.copyOf(phases);
    parts = List.copyOf(parts);
    waits = List.copyOf(waits);
  }

  /** First and last instant. */
  public long fromNanos() {
    return phases.getFirst().fromNanos();
  }

  /** The end of the last stretch. */
  public long toNanos() {
    return phases.getLast().toNanos();
  }

  /** Where the process is in a stretch of time. */
  public enum Stage {
    /** Asked for, not granted: an earlier move is under way. */
    ASKED,
    /** Granted; it runs on until it notices, or while pages are sent ahead. */
    RUNS,
    /** It stands still; its body crosses, of which nobody knows the parts. */
    CROSSES,
    /** It stands still; its identity, its signal handlers and the like cross. */
    STATE,
    /** It stands still; the registers of its threads cross. */
    REGISTERS,
    /** It stands still; the areas of its address space cross. */
    AREAS,
    /** It stands still; its pages cross. */
    PAGES,
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
    /** Identity, signal handlers and the like; all but the pages where nobody counted the parts. */
    STATE,
    /** Registers of its threads, with the calls in which they wait. */
    REGISTERS,
    /** The areas of its address space. */
    AREAS,
    /** Pages that crossed while it stood still. */
    PAGES,
    /** Pages that were fetched afterwards. */
    FETCHED
  }

  /** Some of the bytes. */
  public record Part(Kind kind, long bytes) {}

  /** Who may have to wait. */
  public enum Party {
    /** The process itself stands still. */
    PROCESS,
    /** Its home keeps back calls and signals for it. */
    HOME,
    /** The source waits for the target's last reply; later it keeps pages. */
    SOURCE,
    /** The target has put memory aside, and waits for the body and for Release. */
    TARGET
  }

  /** Somebody waits. */
  public record Wait(Party party, long fromNanos, long toNanos) {}

  /**
   * Takes a migration apart.
   *
   * @param fetched what came afterwards, if that is known already
   */
  static Anatomy of(Migration m, Optional<PagesFetched> fetched, long fetchedNanos) {
    List<Phase> phases = new ArrayList<>();
    add(phases, Stage.ASKED, m.requestedNanos(), m.grantedNanos());
    add(phases, Stage.RUNS, m.grantedNanos(), m.frozenNanos());
    cross(phases, m);
    add(phases, Stage.RELEASED, m.committedNanos(), m.resumedNanos());
    if (fetched.isPresent()) {
      add(phases, Stage.FETCHES, m.resumedNanos(), fetchedNanos);
    }
    List<Part> parts = new ArrayList<>();
    if (m.early() != null && m.early().method() == MigrationMethod.PRE_COPY) {
      parts.add(new Part(Kind.AHEAD, m.early().bytes()));
    }
    if (m.cargo() == null) {
      parts.add(new Part(Kind.STATE, m.bytes() - m.pages() * PAGE));
      parts.add(new Part(Kind.PAGES, m.pages() * PAGE));
    } else {
      parts.add(new Part(Kind.STATE, m.cargo().state()));
      parts.add(new Part(Kind.REGISTERS, m.cargo().registers()));
      parts.add(new Part(Kind.AREAS, m.cargo().areas()));
      parts.add(new Part(Kind.PAGES, m.cargo().pages()));
    }
    fetched.ifPresent(each -> parts.add(new Part(Kind.FETCHED, each.bytes())));
    parts.removeIf(each -> each.bytes() <= 0);
    return new Anatomy(m, phases, parts, waits(m, fetched, fetchedNanos));
  }

  /** The parts of a body cross one after the other at one rate: time goes by bytes. */
  private static void cross(List<Phase> phases, Migration m) {
    Migration.Cargo cargo = m.cargo();
    if (cargo == null || m.bytes() <= 0) {
      add(phases, Stage.CROSSES, m.frozenNanos(), m.committedNanos());
      return;
    }
    double nanosPerByte = (double) (m.committedNanos() - m.frozenNanos()) / m.bytes();
    long[] sizes = {cargo.state(), cargo.registers(), cargo.areas(), cargo.pages()};
    Stage[] stages = {Stage.STATE, Stage.REGISTERS, Stage.AREAS, Stage.PAGES};
    long crossed = 0;
    long from = m.frozenNanos();
    for (int i = 0; i < sizes.length; i++) {
      crossed += sizes[i];
      long to =
          crossed == m.bytes()
              ? m.committedNanos()
              : m.frozenNanos() + Math.round(crossed * nanosPerByte);
      add(phases, stages[i], from, to);
      from = to;
    }
  }

  private static List<Wait> waits(Migration m, Optional<PagesFetched> fetched, long fetchedNanos) {
    boolean ahead = m.early() != null && m.early().method() == MigrationMethod.PRE_COPY;
    List<Wait> waits = new ArrayList<>();
    waits.add(new Wait(Party.PROCESS, m.frozenNanos(), m.resumedNanos()));
    waits.add(new Wait(Party.HOME, ahead ? m.frozenNanos() : m.grantedNanos(), m.resumedNanos()));
    waits.add(new Wait(Party.SOURCE, m.frozenNanos(), m.committedNanos()));
    waits.add(new Wait(Party.TARGET, ahead ? m.grantedNanos() : m.frozenNanos(), m.resumedNanos()));
    if (fetched.isPresent()) {
      waits.add(new Wait(Party.SOURCE, m.resumedNanos(), fetchedNanos));
    }
    return waits;
  }

  private static void add(List<Phase> phases, Stage stage, long from, long to) {
    if (to > from) {
      phases.add(new Phase(stage, from, to));
    }
  }
}
