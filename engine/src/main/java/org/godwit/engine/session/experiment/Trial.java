package org.godwit.engine.session.experiment;

import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.session.Advisers;
import org.godwit.engine.session.Engine;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ProcessView;

/** One run of a scenario until all its processes have ended, or its time is over. */
public final class Trial {
  /** Less than a process stays in views after its end, so that none is missed. */
  private static final long STRIDE_NANOS = Session.SAMPLE_NANOS;

  /** What is known of a process. */
  private static final class Course {
    private final long startedNanos;
    private long endedNanos = -1;
    private boolean failed;
    private long instructions;

    private Course(long startedNanos) {
      this.startedNanos = startedNanos;
    }
  }

  private final Scenario scenario;
  private final TreeMap<ProcessId, Course> launched = new TreeMap<>();
  private final TreeMap<ProcessId, Long> retired = new TreeMap<>();
  private int seen;
  private int migrations;
  private long movedBytes;

  private Trial(Scenario scenario) {
    this.scenario = scenario;
  }

  /**
   * Runs {@code scenario} for its time at most.
   *
   * @param advisers who answers for the user's own policies
   * @param engine what executes guest instructions; it makes no difference to the measures
   * @throws ProblemException if it cannot be run
   */
  public static Measures run(
      Scenario scenario, ProgramSource programs, Advisers advisers, Engine engine)
      throws ProblemException {
    Trial trial = new Trial(scenario);
    try (Session session = Session.open(scenario, programs, SessionOptions.DEFAULT.with(engine))) {
      session.consult(advisers);
      long lastStep = scenario.script().isEmpty() ? 0 : scenario.script().getLast().atNanos();
      trial.look(session);
      while (session.now() < scenario.forNanos()
          && (session.now() < lastStep || session.anyAlive())) {
        session.advance(Math.min(scenario.forNanos(), session.now() + STRIDE_NANOS));
        trial.look(session);
      }
      return trial.measures(session);
    }
  }

  private void look(Session session) {
    List<Event> fresh = session.events(seen);
    seen += fresh.size();
    for (Event event : fresh) {
      switch (event.what()) {
        case Happening.Launched start -> launched.put(start.process(), new Course(event.atNanos()));
        case Happening.Exited exited -> end(exited.process(), event, exited.status() != 0);
        case Happening.Killed killed -> end(killed.process(), event, true);
        case Happening.Lost lost -> end(lost.process(), event, true);
        case Happening.Migrated migrated -> {
          migrations++;
          movedBytes += migrated.migration().bytes();
        }
        default -> {}
      }
    }
    for (ProcessView process : session.view().processes()) {
      retired.merge(process.id(), process.instructions(), Math::max);
      Course course = launched.get(process.id());
      if (course != null) {
        course.instructions = Math.max(course.instructions, process.instructions());
      }
    }
  }

  private void end(ProcessId process, Event event, boolean failed) {
    Course course = launched.get(process);
    if (course != null && course.endedNanos < 0) {
      course.endedNanos = event.atNanos();
      course.failed = failed;
    }
  }

  private Measures measures(Session session) {
    double fastest = scenario.nodes().stream().mapToInt(NodeSpec::mhz).max().orElseThrow();
    double nanosAlone = 1000.0 * scenario.clockDivisor() / fastest;
    int ended = 0;
    int failed = 0;
    int counted = 0;
    double sum = 0;
    double worst = 0;
    long last = 0;
    for (Course course : launched.values()) {
      boolean over = course.endedNanos >= 0;
      long until = over ? course.endedNanos : session.now();
      last = Math.max(last, until);
      failed += over && course.failed ? 1 : 0;
      ended += over && !course.failed ? 1 : 0;
      if (course.instructions > 0) {
        double slowdown = (until - course.startedNanos) / (course.instructions * nanosAlone);
        sum += slowdown;
        worst = Math.max(worst, slowdown);
        counted++;
      }
    }
    long work = retired.values().stream().mapToLong(Long::longValue).sum();
    double capacity =
        scenario.nodes().stream().mapToDouble(node -> (double) node.cpus() * node.mhz()).sum()
            * last
            / 1000
            / scenario.clockDivisor();
    return new Measures(
        launched.size(),
        ended,
        failed,
        counted == 0 ? 0 : sum / counted,
        worst,
        last / 1e9,
        capacity == 0 ? 0 : work / capacity,
        migrations,
        movedBytes,
        session.forwardedCalls(),
        session.stateHash());
  }
}
