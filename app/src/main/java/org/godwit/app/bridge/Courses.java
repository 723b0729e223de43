package org.godwit.app.bridge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All futures of the session that is open, and which of them is the present one. A session that
 * ended by a fault of ours is closed without throwing away what was kept of it. Engine thread only.
 */
final class Courses {
  /** Each holds a whole cluster. */
  static final int MOST = 6;

  private final List<Course> all = new ArrayList<>();
  private final Set<Integer> failed = new HashSet<>();
  private Course current;
  private int last;

  /** The present one, or null while nothing is open. */
  Course current() {
    return current;
  }

  /** Begins anew with a session just opened; what was open must have been closed. */
  Course open(LiveSession session) {
    last = 0;
    return begin(new Course(++last, 0, 0, session, new Moments(), new Checkpoints()));
  }

  /** Makes {@code session} the present: it shares its beginning with the one that was. */
  Course branch(LiveSession session, long fromNanos) {
    Moments shared = Moments.shared(current.moments(), fromNanos);
    Checkpoints near = Checkpoints.shared(current.checkpoints(), fromNanos);
    return begin(new Course(++last, current.number(), fromNanos, session, shared, near));
  }

  private Course begin(Course course) {
    all.add(course);
    current = course;
    if (all.size() > MOST) {
      close(all.getFirst().number());
    }
    return course;
  }

  /** Makes another the present; false if there is none of that number. */
  boolean show(int number) {
    for (Course each : all) {
      if (each.number() == number) {
        current = each;
        return true;
      }
    }
    return false;
  }

  /** Number of the one after the present, in a circle; the present one's if it is alone. */
  int next() {
    return all.get((all.indexOf(current) + 1) % all.size()).number();
  }

  /** The session of a future, or null. */
  LiveSession session(int number) {
    return all.stream()
        .filter(each -> each.number() == number)
        .map(Course::session)
        .findFirst()
        .orElse(null);
  }

  /** Notes that the present one cannot go on. */
  void fail() {
    failed.add(current.number());
  }

  /** Whether the present one cannot go on. */
  boolean hasFailed() {
    return failed.contains(current.number());
  }

  /** Closes one that is not the present. */
  void close(int number) {
    Course closing =
        all.stream()
            .filter(each -> each.number() == number && each != current)
            .findFirst()
            .orElse(null);
    if (closing != null) {
      all.remove(closing);
      end(closing);
    }
  }

  /** Closes all. */
  void closeAll() {
    List<Course> closing = List.copyOf(all);
    all.clear();
    current = null;
    closing.forEach(this::end);
    failed.clear();
  }

  private void end(Course closing) {
    if (failed.remove(closing.number())) {
      closing.session().abandon();
    } else {
      closing.session().close();
    }
  }

  /** All, in the order of their beginning. */
  List<Future> list() {
    return all.stream()
        .map(each -> new Future(each.number(), each.parent(), each.fromNanos(), each == current))
        .toList();
  }
}
