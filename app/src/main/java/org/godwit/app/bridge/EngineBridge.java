package org.godwit.app.bridge;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.godwit.app.host.GivingWay;
import org.godwit.app.host.HostEngine;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ClusterView;

/**
 * The engine thread. It alone touches the session: it drains what the window asked for, runs
 * virtual time after the wall clock, and puts the newest {@link Frame} where the window's next
 * pulse finds it.
 *
 * <p><b>Threads.</b> Every public method may be called from any thread and returns at once; the
 * properties and all callbacks belong to the FX executor. Requests go through a lock-free queue,
 * frames through one atomic slot: a frame that nobody has looked at is folded into its successor,
 * so a busy window loses no event and a busy engine never waits. A failing session ends as {@link
 * RunState#FAILED} with an {@link EngineFault}; the thread lives on and can open another.
 */
public final class EngineBridge implements AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long PUBLISH_NANOS = 16_000_000L;
  private static final long SLICE_WALL_NANOS = 6_000_000L;
  private static final long STEP_WALL_NANOS = 400_000_000L;

  private final Executor fx;
  private final LongSupplier wall;
  private final SessionLogs logs;
  private final Thread thread;
  private final ConcurrentLinkedQueue<Runnable> requests = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Frame> newest = new AtomicReference<>();
  private final List<Consumer<Frame>> frameListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<EngineFault>> faultListeners = new CopyOnWriteArrayList<>();
  private final ReadOnlyObjectWrapper<Frame> frame = new ReadOnlyObjectWrapper<>(Frame.EMPTY);
  private final ReadOnlyBooleanWrapper makesFuture = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper hasOtherFuture = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<List<Future>> futures =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyLongWrapper replayEnd = new ReadOnlyLongWrapper(-1);
  private volatile boolean closed;

  // Engine thread only.
  private final Pacer pacer = new Pacer();
  private final Courses courses = new Courses();
  private final Viewpoint viewpoint = new Viewpoint();
  private final Past past = new Past(courses, viewpoint, this::post, this::change, this::report);
  private final Branching branching = new Branching(this::post);
  private LiveSession session;
  private Scenario scenario;
  private int sessionNumber;
  private RunState state = RunState.EMPTY;
  private Pace pace = Pace.REAL_TIME;
  private long slice = Session.GRID_NANOS * 100;
  private long publishedAt;
  private boolean dirty;
  private ClusterView lastView = Frame.EMPTY.view();

  /**
   * Starts the thread, with nothing open.
   *
   * @param fx runs callbacks on the window's thread ({@code Platform::runLater})
   * @param wallNanos a monotonic clock ({@code System::nanoTime})
   */
  public EngineBridge(Executor fx, LongSupplier wallNanos) {
    this(fx, wallNanos, SessionLogs.NONE);
  }

  /**
   * As above, and keeps what is open.
   *
   * @param logs where sessions are kept while they are open
   */
  public EngineBridge(Executor fx, LongSupplier wallNanos, SessionLogs logs) {
    this.fx = fx;
    this.wall = wallNanos;
    this.logs = logs;
    this.thread = Thread.ofPlatform().name("godwit-engine").daemon(true).start(this::loop);
  }

  // ------------------------------------------------------------------ what the window may ask

  /** Where engine and window want the same core, the window has it from now on. */
  public void giveWay() {
    post(GivingWay::begin);
  }

  /** Closes the session that is open and opens another; it stands paused or runs as asked. */
  public void open(SessionOpener opener, boolean run) {
    Objects.requireNonNull(opener);
    post(() -> doOpen(opener, run));
  }

  /** Carries out a command at the next grid instant. */
  public void submit(Command command) {
    submit(command, record -> {});
  }

  /** Carries out a command; {@code then} gets its record, refusal included, on the FX executor. */
  public void submit(Command command, Consumer<CommandRecord> then) {
    Objects.requireNonNull(command);
    post(
        () -> {
          if (session == null || state == RunState.FAILED) {
            return;
          }
          CommandRecord record =
              state == RunState.PAST
                  ? new CommandRecord(
                      viewpoint.shown().nanos(), 0, command, Problem.of("past.refused"))
                  : isReplaying()
                      ? new CommandRecord(session.now(), 0, command, Problem.of("replay.refused"))
                      : session.submit(command);
          dirty = true;
          fx.execute(() -> then.accept(record));
        });
  }

  /**
   * Asks the session something between two windows. The question must change nothing and hand out
   * immutable values only. {@code then} gets the answer on the FX executor; neither is called while
   * no session is open.
   */
  public <T> void query(Function<LiveSession, T> question, Consumer<T> then) {
    post(
        () -> {
          if (session == null || state == RunState.FAILED) {
            return;
          }
          T answer = question.apply(session);
          fx.execute(() -> then.accept(answer));
        });
  }

  /**
   * Gives a way to make a session that stands where the one stands that is shown, for who wants to
   * do with it what he likes, on another thread; empty if there is none.
   */
  void copy(Consumer<Optional<Callable<Session>>> then) {
    query(
        open -> state == RunState.PAST ? past.copy(viewpoint.shown().nanos()) : open.copy(), then);
  }

  /** As {@link #query}, but of the moment that is looked at, if it is an earlier one. */
  public <T> void ask(Function<LiveSession, T> question, Consumer<T> then) {
    query(open -> question.apply(state == RunState.PAST ? past.session(scenario) : open), then);
  }

  /** Makes a program known; a refusal (not an ELF of ours) arrives as a fault that is not fatal. */
  public void addProgram(String name, byte[] elf, Runnable then) {
    byte[] bytes = elf.clone();
    post(
        () -> {
          if (session == null || state == RunState.FAILED) {
            return;
          }
          if (isReplaying()) {
            report(new EngineFault(Problem.of("replay.refused"), null, session.now(), false));
            return;
          }
          try {
            session.addProgram(name, bytes);
            fx.execute(then);
          } catch (ProblemException e) {
            report(new EngineFault(e.problem(), null, session.now(), false));
          }
        });
  }

  /** Lets virtual time move. */
  public void run() {
    post(
        () -> {
          if (state == RunState.PAST && branching.goOnWhenMade()) {
            return;
          }
          leavePast();
          go();
        });
  }

  private void go() {
    if (state == RunState.PAUSED) {
      state = RunState.RUNNING;
      restartPacer();
      dirty = true;
    }
  }

  /** Stops virtual time at the next grid instant. */
  public void pause() {
    post(
        () -> {
          branching.standWhenMade();
          if (state == RunState.RUNNING) {
            state = RunState.PAUSED;
            pacer.stop();
            dirty = true;
          }
        });
  }

  /** Runs one step and stands. Gives up after 0.4 s of wall time without the awaited event. */
  public void step(Step step) {
    post(
        () -> {
          if (session == null || state == RunState.FAILED) {
            return;
          }
          if (state == RunState.PAST) {
            Set<ProcessId> of = step instanceof Step.NextEvent next ? next.of() : Set.of();
            doLookAlong(of, 1);
            return;
          }
          state = RunState.PAUSED;
          pacer.stop();
          doStep(step);
          dirty = true;
        });
  }

  // ------------------------------------------------------------------ earlier moments

  /**
   * Pauses and shows the session as it was at {@code nanos}: at once as near as it was watched, and
   * exactly as soon as it has been executed again up to there.
   */
  public void lookAt(long nanos) {
    post(() -> doLookAt(nanos));
  }

  /** As {@link #lookAt}, but not earlier than {@code nanos}: what happened then has happened. */
  public void lookFrom(long nanos) {
    post(
        () -> {
          if (canLookBack()) {
            Moments.Moment moment = courses.current().moments().from(nanos);
            doLookAt(moment == null ? Long.MAX_VALUE : moment.nanos());
          }
        });
  }

  /**
   * Shows the moment of the event before ({@code direction} −1) or after (1) what is shown.
   *
   * @param of processes whose events count; empty for all
   */
  public void lookAlong(Set<ProcessId> of, int direction) {
    post(() -> doLookAlong(of, direction));
  }

  /** Shows the present again, paused. */
  public void lookAtPresent() {
    post(this::leavePast);
  }

  /**
   * Makes the moment that is looked at the present: another session is run up to it on a thread of
   * its own and takes the place of this one, which is kept as the other future.
   *
   * @param then called on the FX executor when it has taken the place
   */
  public void continueFromHere(Runnable then) {
    post(
        () -> {
          if (state != RunState.PAST || branching.making()) {
            return;
          }
          long from = past.nanos();
          int number = sessionNumber;
          Optional<Callable<Session>> maker = past.copy(from);
          if (maker.isEmpty()) {
            report(new EngineFault(Problem.of("past.no-branch"), null, from, false));
            return;
          }
          branching.begin(maker.get(), (made, failure) -> adopt(made, failure, from, number, then));
          fx.execute(() -> makesFuture.set(true));
        });
  }

  /**
   * Returns to just before an instant and stands there: as {@link #lookAt} and {@link
   * #continueFromHere}. What was there since is kept as the other future.
   */
  public void returnTo(long nanos) {
    lookAt(Math.max(0, nanos - 1));
    continueFromHere(() -> {});
  }

  /** Shows the next of the futures, if there are several. */
  public void swapFutures() {
    post(() -> doShow(session == null ? 0 : courses.next()));
  }

  /** Shows the future of that number, if it is another one. */
  public void showFuture(int number) {
    post(() -> doShow(number));
  }

  /** Throws away the future of that number, unless it is the one that is shown. */
  public void closeFuture(int number) {
    post(
        () -> {
          courses.close(number);
          tellFutures();
        });
  }

  /**
   * The future of that number as it would lie in a file, on the FX executor; empty if there is none
   * any more.
   */
  public void recorded(int number, Consumer<Optional<RecordedSession>> then) {
    post(
        () -> {
          Optional<RecordedSession> found =
              Optional.ofNullable(courses.session(number)).map(LiveSession::recorded);
          fx.execute(() -> then.accept(found));
        });
  }

  /** A recording that is being run again stays where it has come to: from there it is free. */
  public void endReplay() {
    post(
        () -> {
          if (session != null) {
            session.endReplay();
            tellReplay();
          }
        });
  }

  /**
   * Virtual time up to which a recording is being run again; −1 while none is. How far it has come
   * is {@link Frame#latestNanos}, and all before that can be looked at meanwhile.
   */
  public ReadOnlyLongProperty replayEndProperty() {
    return replayEnd.getReadOnlyProperty();
  }

  /** Whether another session is being run up to the moment that was looked at. */
  public ReadOnlyBooleanProperty branchingProperty() {
    return makesFuture.getReadOnlyProperty();
  }

  /** All futures of the session that is open; empty while none is. */
  public ReadOnlyObjectProperty<List<Future>> futuresProperty() {
    return futures.getReadOnlyProperty();
  }

  /** Whether there is another future to go to. */
  public ReadOnlyBooleanProperty hasOtherFutureProperty() {
    return hasOtherFuture.getReadOnlyProperty();
  }

  /** Changes the pace. */
  public void setPace(Pace newPace) {
    Objects.requireNonNull(newPace);
    post(
        () -> {
          pace = newPace;
          if (state == RunState.RUNNING) {
            restartPacer();
          }
          dirty = true;
        });
  }

  /** Ends the thread and the session. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /** Waits until the thread has ended; for tests and for the end of the program. */
  public void awaitEnd(long millis) throws InterruptedException {
    thread.join(millis);
  }

  // ------------------------------------------------------------------ what the window sees

  /** The frame that was applied last. Changes only inside {@link #pulse}. */
  public ReadOnlyObjectProperty<Frame> frameProperty() {
    return frame.getReadOnlyProperty();
  }

  /** The frame that was applied last. */
  public Frame frame() {
    return frame.get();
  }

  /** Calls {@code listener} with every frame that is applied, on the thread that pulses. */
  public void onFrame(Consumer<Frame> listener) {
    frameListeners.add(listener);
  }

  /** Ends what {@link #onFrame} began. */
  public void removeOnFrame(Consumer<Frame> listener) {
    frameListeners.remove(listener);
  }

  /** Calls {@code listener} on the FX executor whenever something goes wrong in the engine. */
  public void onFault(Consumer<EngineFault> listener) {
    faultListeners.add(listener);
  }

  /** Applies the newest frame, if there is one that was not seen. Called once per pulse. */
  public void pulse() {
    Frame taken = newest.getAndSet(null);
    if (taken != null) {
      frame.set(taken);
      for (Consumer<Frame> listener : frameListeners) {
        listener.accept(taken);
      }
    }
  }

  // ------------------------------------------------------------------ the engine thread

  private void post(Runnable request) {
    requests.add(request);
    LockSupport.unpark(thread);
  }

  private void loop() {
    while (!closed) {
      try {
        turn();
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }
    closeSession();
  }

  private void turn() {
    for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
      request.run();
    }
    long now = wall.getAsLong();
    boolean replaying = isReplaying();
    boolean behind = replaying ? replaySlice() : state == RunState.RUNNING && advanceSlice(now);
    if (session != null && state != RunState.FAILED) {
      session.keep();
    }
    now = wall.getAsLong();
    boolean moves = replaying || state == RunState.RUNNING;
    if (dirty || (moves && now - publishedAt >= PUBLISH_NANOS)) {
      publish(now);
    }
    if (!behind && requests.isEmpty() && !closed) {
      LockSupport.parkNanos(this, state == RunState.RUNNING ? PUBLISH_NANOS / 4 : 200_000_000L);
    }
  }

  /** Runs at most one slice; whether there is more to run at once. */
  private boolean advanceSlice(long before) {
    long from = session.now();
    long target = pacer.target(before);
    long until = Math.min(target, from + slice);
    until -= until % Session.GRID_NANOS;
    if (until <= from) {
      pacer.reached(from, lastView.retired(), before);
      return false;
    }
    long begun = cpuNanos();
    session.advance(until);
    long took = cpuNanos() - begun;
    long after = wall.getAsLong();
    adaptSlice(after - before);
    courses.current().checkpoints().ran(session, took, EngineBridge::cpuNanos);
    pacer.reached(session.now(), lastView.retired(), after);
    return until < target - Session.GRID_NANOS;
  }

  private boolean isReplaying() {
    return session != null && state != RunState.FAILED && session.replayEnd() >= 0;
  }

  /** Goes on along the recording, as fast as it can, whatever is looked at; there is more to do. */
  private boolean replaySlice() {
    long before = wall.getAsLong();
    long begun = cpuNanos();
    session.advance(session.now() + slice - slice % Session.GRID_NANOS);
    long took = cpuNanos() - begun;
    adaptSlice(wall.getAsLong() - before);
    Course course = courses.current();
    course.checkpoints().ran(session, took, EngineBridge::cpuNanos);
    note(course, session.view());
    if (!isReplaying()) {
      tellReplay();
    }
    return true;
  }

  private void note(Course course, ClusterView view) {
    course
        .moments()
        .note(
            new Moments.Moment(
                view, session.eventCount(), session.sampleCount(), session.commands().size()));
  }

  /** A replay has begun, or is over, or another session is shown. */
  private void tellReplay() {
    long end = session == null ? -1 : session.replayEnd();
    if (session != null && end < 0) {
      dirty = true;
      long parts = session.replayParts();
      if (parts >= 0) {
        report(new EngineFault(Problem.of("replay.differs", parts / 1e9), null, parts, false));
      }
      if (state == RunState.RUNNING) {
        restartPacer();
      }
    }
    fx.execute(() -> replayEnd.set(end));
  }

  private static long cpuNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** Keeps a slice near {@link #SLICE_WALL_NANOS}, so that commands are served soon. */
  private void adaptSlice(long tookNanos) {
    if (tookNanos > SLICE_WALL_NANOS * 2 && slice > Session.GRID_NANOS) {
      slice /= 2;
    } else if (tookNanos < SLICE_WALL_NANOS / 2 && slice < 1_000_000_000L) {
      slice *= 2;
    }
  }

  private void doOpen(SessionOpener opener, boolean run) {
    LiveSession opened;
    try {
      opened = opener.open().keptIn(logs);
    } catch (ProblemException e) {
      report(new EngineFault(e.problem(), null, 0, false));
      return;
    }
    closeSession();
    viewpoint.begin();
    take(courses.open(opened));
    scenario = opened.scenario();
    sessionNumber++;
    state = run ? RunState.RUNNING : RunState.PAUSED;
    restartPacer();
    dirty = true;
    if (isReplaying()) {
      note(courses.current(), lastView);
      courses.current().checkpoints().keep(session);
    }
  }

  private void take(Course course) {
    session = course.session();
    past.leave();
    slice = Session.GRID_NANOS * 100;
    state = courses.hasFailed() ? RunState.FAILED : RunState.PAUSED;
    if (state != RunState.FAILED) {
      lastView = session.view();
    }
    pacer.stop();
    dirty = true;
    tellFutures();
    long end = state == RunState.FAILED ? -1 : session.replayEnd();
    fx.execute(() -> replayEnd.set(end));
  }

  private void doShow(int number) {
    if (session != null && number != courses.current().number() && courses.show(number)) {
      take(courses.current());
      viewpoint.again();
    }
  }

  private void tellFutures() {
    List<Future> now = courses.list();
    fx.execute(
        () -> {
          futures.set(now);
          hasOtherFuture.set(now.size() > 1);
        });
  }

  /** Those of the open session; engine thread only, for benches. */
  Checkpoints checkpoints() {
    return courses.current().checkpoints();
  }

  private void change() {
    dirty = true;
  }

  private void leavePast() {
    if (state == RunState.PAST) {
      past.leave();
      state = RunState.PAUSED;
      dirty = true;
    }
  }

  private boolean canLookBack() {
    return session != null && state != RunState.FAILED && state != RunState.EMPTY;
  }

  private void doLookAt(long nanos) {
    if (!canLookBack()) {
      return;
    }
    pacer.stop();
    dirty = true;
    if (past.look(nanos)) {
      state = RunState.PAST;
    } else if (state == RunState.RUNNING || state == RunState.PAST) {
      state = RunState.PAUSED;
    }
  }

  private void doLookAlong(Set<ProcessId> of, int direction) {
    if (!canLookBack()) {
      return;
    }
    long now = state == RunState.PAST ? past.asked() : session.now();
    OptionalLong moment = past.along(of, direction, now);
    if (moment.isPresent()) {
      doLookAt(moment.getAsLong());
    } else if (direction > 0) {
      leavePast();
    } else if (of.isEmpty()) {
      doLookAt(0);
    }
  }

  private void adopt(LiveSession made, Exception failure, long from, int number, Runnable then) {
    boolean goOn = branching.over();
    fx.execute(() -> makesFuture.set(false));
    if (failure != null) {
      report(new EngineFault(Past.problem(failure), failure, from, false));
      return;
    }
    boolean same = session != null && Rewind.agree(made, session);
    if (number != sessionNumber || !same) {
      made.close();
      if (number == sessionNumber && session != null) {
        report(new EngineFault(Problem.of("past.differs"), null, from, false));
      }
      return;
    }
    int events = made.events(0).size();
    int samples = made.samples(0).size();
    past.leave();
    take(courses.branch(made.keptIn(logs), from));
    viewpoint.atMost(events, samples);
    fx.execute(then);
    if (goOn) {
      go();
    }
  }

  private void doStep(Step step) {
    switch (step) {
      case Step.NextQuantum _ -> {
        long quantum = Math.max(scenario.costs().quantumNanos(), Session.GRID_NANOS);
        session.advance((session.now() / quantum + 1) * quantum);
      }
      case Step.NextEvent next -> {
        long giveUp = wall.getAsLong() + STEP_WALL_NANOS;
        int seen = (int) session.view().events();
        while (wall.getAsLong() < giveUp) {
          session.advance(session.now() + Session.GRID_NANOS);
          List<Event> fresh = session.events(seen);
          if (fresh.stream().anyMatch(e -> isAwaited(next, e))) {
            return;
          }
          seen += fresh.size();
        }
      }
    }
  }

  private static boolean isAwaited(Step.NextEvent step, Event event) {
    return step.of().isEmpty()
        || (event.what().process() != null && step.of().contains(event.what().process()));
  }

  private void restartPacer() {
    pacer.restart(pace, session.now(), lastView.retired(), wall.getAsLong());
  }

  private void publish(long now) {
    publishedAt = now;
    dirty = false;
    if (session == null) {
      return;
    }
    boolean past = state == RunState.PAST;
    boolean failed = state == RunState.FAILED;
    Viewpoint.News news =
        failed ? new Viewpoint.News(List.of(), List.of()) : viewpoint.take(session);
    if (!past && !failed) {
      lastView = session.view();
      note(courses.current(), lastView);
    }
    Frame next =
        new Frame(
            sessionNumber,
            viewpoint.look(),
            scenario,
            past ? viewpoint.shown().view() : lastView,
            failed ? lastView.nanos() : session.now(),
            news.events(),
            news.samples(),
            state,
            pace,
            pacer.ratio(),
            pacer.mips(),
            pacer.slow(),
            HostEngine.auto().codeBytes(),
            HostEngine.auto().mostCodeBytes());
    newest.accumulateAndGet(next, (unseen, fresh) -> fresh.after(unseen));
  }

  private void fail(Throwable cause) {
    long at = lastView.nanos();
    state = session == null ? RunState.EMPTY : RunState.FAILED;
    if (session != null) {
      courses.fail();
    }
    pacer.stop();
    dirty = true;
    String text = String.valueOf(cause.getMessage());
    report(
        new EngineFault(
            Problem.of("engine.fault", cause.getClass().getSimpleName(), text), cause, at, true));
  }

  private void report(EngineFault fault) {
    fx.execute(() -> faultListeners.forEach(listener -> listener.accept(fault)));
  }

  private void closeSession() {
    past.leave();
    session = null;
    state = RunState.EMPTY;
    courses.closeAll();
    tellFutures();
    fx.execute(() -> replayEnd.set(-1));
  }
}
