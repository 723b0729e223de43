package org.godwit.app.bridge;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.godwit.engine.session.Session;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.scenario.Scenario;

/**
 * The earlier moment that is looked at. At once it is shown as it was seen when it was the present,
 * as near as somebody had looked; as soon as it has been executed again it is shown to the grid's
 * step, and the session that stands there answers questions. Engine thread only.
 */
final class Past {
  private final Courses courses;
  private final Viewpoint viewpoint;
  private final Rewind rewind;
  private final Runnable changed;
  private final Consumer<EngineFault> report;
  private LiveSession exact;
  private long asked;

  /**
   * @param engine carries out on the engine thread
   * @param changed told when another picture is to be shown
   * @param report told of what has gone wrong
   */
  Past(
      Courses courses,
      Viewpoint viewpoint,
      Executor engine,
      Runnable changed,
      Consumer<EngineFault> report) {
    this.courses = courses;
    this.viewpoint = viewpoint;
    this.rewind = new Rewind(engine);
    this.changed = changed;
    this.report = report;
  }

  /** Looks at a moment; false, and the present is looked at, if it is none of the past. */
  boolean look(long nanos) {
    Course course = courses.current();
    Moments.Moment moment = course.moments().at(nanos);
    leave();
    if (nanos >= course.session().now() || moment == null) {
      return false;
    }
    asked = Rewind.moment(nanos);
    viewpoint.lookAt(moment);
    rewind.to(course, asked, (made, failure) -> arrive(course, made, failure));
    return true;
  }

  private void arrive(Course course, LiveSession made, Exception failure) {
    if (failure != null) {
      report.accept(new EngineFault(problem(failure), failure, asked, false));
    } else if (!Rewind.agree(made, course.session())) {
      made.close();
      report.accept(new EngineFault(Problem.of("past.differs"), null, asked, false));
    } else {
      exact = made;
      viewpoint.lookAt(
          new Moments.Moment(
              made.view(), made.events(0).size(), made.samples(0).size(), made.commands().size()));
    }
    changed.run();
  }

  static Problem problem(Exception failure) {
    return failure instanceof ProblemException known
        ? known.problem()
        : Problem.of("engine.fault", failure.getClass().getSimpleName(), failure.getMessage() + "");
  }

  /** Looks at the present. */
  void leave() {
    rewind.cancel();
    viewpoint.lookAt(null);
    if (exact != null) {
      exact.close();
      exact = null;
    }
  }

  /** The moment that was asked for. */
  long asked() {
    return asked;
  }

  /** Where going on from the moment begins: as it was asked for, if that can be made. */
  long nanos() {
    boolean can = courses.current().checkpoints().before(asked) != null;
    return can ? asked : viewpoint.shown().nanos();
  }

  /** The session as it was: it answers all questions, or those about what was seen. */
  LiveSession session(Scenario scenario) {
    if (exact != null) {
      return exact;
    }
    LiveSession open = courses.current().session();
    Moments.Moment shown = viewpoint.shown();
    return new StillSession(
        scenario,
        shown.view(),
        open.events(0).subList(0, shown.events()),
        open.samples(0).subList(0, shown.samples()));
  }

  /** How to make a session that stands at a moment of the past. */
  Optional<Callable<Session>> copy(long nanos) {
    return exact != null && exact.now() == nanos
        ? exact.copy()
        : Rewind.maker(courses.current(), nanos);
  }

  /**
   * The moment of the event before (−1) or after (1) a moment.
   *
   * @param of processes whose events count; empty for all
   */
  OptionalLong along(Set<ProcessId> of, int direction, long now) {
    Course course = courses.current();
    List<Event> events = course.session().events(0);
    for (int i = direction > 0 ? 0 : events.size() - 1;
        i >= 0 && i < events.size();
        i += direction) {
      Event event = events.get(i);
      ProcessId process = event.what().process();
      if (of.isEmpty() || process != null && of.contains(process)) {
        long moment = momentOf(course, event);
        if (moment >= 0 && Long.signum(moment - now) == direction) {
          return OptionalLong.of(moment);
        }
      }
    }
    return OptionalLong.empty();
  }

  /** The first moment at which an event has happened; −1 if there is none to look at. */
  private static long momentOf(Course course, Event event) {
    if (course.checkpoints().before(event.atNanos()) != null) {
      return Rewind.moment(event.atNanos() + Session.GRID_NANOS - 1);
    }
    Moments.Moment moment = course.moments().from(event.atNanos());
    return moment == null ? -1 : moment.nanos();
  }
}
