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
 * @param fetched what came after it ran again, if anything did and all of it has come
 */
public record Anatomy(
    Migration migration,
    List<Phase> phases,
    List<Part> parts,
    List<Wait> waits,
    Optional<PagesFetched> fetched) {
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
    /** Granted; it runs on while pages are sent ahead of it. */
    AHEAD,
    /** It is to stop, and runs on until it notices. */
    RUNS,
    /** It stands still; its body crosses, and nobody looked when which part did. */
    CROSSES,
    /** It stands still; the target is asked whether it will have it, and answers. */
    OFFERED,
    /** It stands still; its body is on its way, nothing of it is at the target yet. */
    LEAVES,
    /** It stands still; its identity, its signal handlers and the like arrive. */
    STATE,
    /** It stands still; the registers of its threads arrive. */
    REGISTERS,
    /** It stands still; the areas of its address space arrive. */
    AREAS,
    /** It stands still; its pages arrive. */
    PAGES,
    /** It stands still; the target takes what has come and puts it together. */
    INSTALLED,
    /** It stands still; the target's word that all is there is on its way to the source. */
    REPLY,
    /** The commit point is passed: the source has nothing to run any more, the target may begin. */
    RELEASED,
    /** It runs at the target, and the source keeps pages for it. */
    FETCHES,
    /** It runs at the target; home is yet to hear of it. */
    TOLD
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
    /** The source waits for the target's answers; later it keeps pages. */
    SOURCE,
    /** The target has agreed, and waits for the body and for Release. */
    TARGET
  }

  /** Somebody waits. */
  public record Wait(Party party, long fromNanos, long toNanos) {}

  /**
   * Takes a migration apart.
   *
   * @param heardNanos when its home heard that it was over
   * @param fetched what came afterwards, if that is known already
   * @param fetchedNanos when the last of it came
   */
  static Anatomy of(
      Migration m, long heardNanos, Optional<PagesFetched> fetched, long fetchedNanos) {
    List<Phase> phases = new ArrayList<>();
    Migration.Course course = m.course();
    long go = course == null ? goNanos(m) : course.goNanos();
    add(phases, Stage.ASKED, m.requestedNanos(), m.grantedNanos());
    add(phases, Stage.AHEAD, m.grantedNanos(), go);
    add(phases, Stage.RUNS, go, m.frozenNanos());
    if (course == null) {
      add(phases, Stage.CROSSES, m.frozenNanos(), m.committedNanos());
    } else {
      add(phases, Stage.OFFERED, m.frozenNanos(), course.sentNanos());
      add(phases, Stage.LEAVES, course.sentNanos(), course.firstNanos());
      add(phases, Stage.STATE, course.firstNanos(), course.stateNanos());
      add(phases, Stage.REGISTERS, course.stateNanos(), course.registersNanos());
      add(phases, Stage.AREAS, course.registersNanos(), course.areasNanos());
      add(phases, Stage.PAGES, course.areasNanos(), course.pagesNanos());
      add(phases, Stage.INSTALLED, course.pagesNanos(), course.installedNanos());
      add(phases, Stage.REPLY, course.installedNanos(), m.committedNanos());
    }
    add(phases, Stage.RELEASED, m.committedNanos(), m.resumedNanos());
    long done = fetched.isPresent() ? fetchedNanos : m.resumedNanos();
    add(phases, Stage.FETCHES, m.resumedNanos(), done);
    add(phases, Stage.TOLD, done, heardNanos);
    return new Anatomy(
        m, phases, parts(m, fetched), waits(m, go, heardNanos, fetched, fetchedNanos), fetched);
  }

  /** When the body was told to stop, for a file that does not say so. */
  private static long goNanos(Migration m) {
    return isAhead(m) ? m.frozenNanos() : m.grantedNanos();
  }

  private static boolean isAhead(Migration m) {
    return m.early() != null && m.early().method() == MigrationMethod.PRE_COPY;
  }

  private static List<Part> parts(Migration m, Optional<PagesFetched> fetched) {
    List<Part> parts = new ArrayList<>();
    if (isAhead(m)) {
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
    return parts;
  }

  private static List<Wait> waits(
      Migration m, long go, long heardNanos, Optional<PagesFetched> fetched, long fetchedNanos) {
    long agreed =
        m.course() == null
            ? isAhead(m) ? m.grantedNanos() : m.frozenNanos()
            : m.course().agreedNanos();
    List<Wait> waits = new ArrayList<>();
    waits.add(new Wait(Party.PROCESS, m.frozenNanos(), m.resumedNanos()));
    waits.add(new Wait(Party.HOME, go, heardNanos));
    waits.add(new Wait(Party.SOURCE, m.frozenNanos(), m.committedNanos()));
    waits.add(new Wait(Party.TARGET, agreed, m.resumedNanos()));
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
