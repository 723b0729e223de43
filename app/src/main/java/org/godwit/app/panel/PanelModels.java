package org.godwit.app.panel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javafx.application.Platform;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.HiddenCopy;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.bridge.Pace;
import org.godwit.app.bridge.RunState;
import org.godwit.app.host.LessonFiles;
import org.godwit.app.host.OwnLessons;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.cluster.ClusterTreeViewModel;
import org.godwit.app.panel.decisions.DecisionsViewModel;
import org.godwit.app.panel.events.EventsViewModel;
import org.godwit.app.panel.inspector.InspectorViewModel;
import org.godwit.app.panel.inspector.WhyViewModel;
import org.godwit.app.panel.lessons.LessonsViewModel;
import org.godwit.app.panel.load.LoadViewModel;
import org.godwit.app.panel.moments.LiveMoments;
import org.godwit.app.panel.moments.MomentsViewModel;
import org.godwit.app.panel.problems.FindingsViewModel;
import org.godwit.app.panel.processes.ProcessesViewModel;
import org.godwit.app.panel.terminal.TerminalsViewModel;
import org.godwit.app.panel.timeline.TimelineViewModel;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.engine.session.Explanation;
import org.godwit.engine.session.Grading;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.Lesson;
import org.godwit.resources.Catalogue;

/**
 * The view-models of all panels, and the one place where frames reach them. They follow the bridge
 * from the beginning, seen or not, so that a panel opened late still knows what happened.
 *
 * <p>Events and samples are taken over from every frame. Pictures of the cluster come in rounds, at
 * most one every {@value #PICTURE_MILLIS} ms while nothing happens, because nobody reads figures
 * that change faster; and a round is spread over as many frames as it has parts, so that no frame
 * bears all panels. While time stands, all see the same picture at once. FX thread only.
 */
public final class PanelModels {
  /** Least wall time between two pictures while virtual time runs. */
  static final long PICTURE_MILLIS = 100;

  private final WorkbenchContext context;
  private final LongSupplier wallNanos;
  private final Roster roster = new Roster();
  private final DecisionLog decisionLog = new DecisionLog();
  private final Figures figures = new Figures(Locale.ENGLISH);
  private final HappeningText texts;
  private final ProcessesViewModel processes;
  private final InspectorViewModel inspector;
  private final LoadViewModel load;
  private final EventsViewModel events;
  private final ClusterTreeViewModel tree;
  private final DecisionsViewModel decisions;
  private final TimelineViewModel timeline;
  private final FindingsViewModel findings;
  private final LessonsViewModel lessons;
  private final TerminalsViewModel terminals;
  private final MomentsViewModel moments;
  private int session;
  private int look;
  private boolean wasPast;
  private final List<Consumer<Frame>> parts;
  private int part;
  private long shownAt;
  private boolean waiting;
  private final List<Event> early = new ArrayList<>();
  private final List<Sample> earlySamples = new ArrayList<>();

  /**
   * Begins to follow the bridge.
   *
   * @param context what the panels work with
   * @param wallNanos a monotonic clock ({@code System::nanoTime})
   */
  public PanelModels(WorkbenchContext context, LongSupplier wallNanos) {
    this(context, wallNanos, OwnLessons.NONE);
  }

  /** The same, with a teacher's own lessons after those on board. */
  PanelModels(WorkbenchContext context, LongSupplier wallNanos, OwnLessons own) {
    this.context = context;
    this.wallNanos = wallNanos;
    var messages = context.messages();
    var verbs = context.verbs();
    texts = new HappeningText(messages, messages::problem, roster, figures);
    processes = new ProcessesViewModel(verbs::submit);
    inspector =
        new InspectorViewModel(
            messages,
            figures,
            texts,
            roster,
            decisionLog,
            verbs::submit,
            (node, path, then) -> context.bridge().ask(open -> open.readFile(node, path), then),
            (process, then) -> context.bridge().ask(open -> open.ledger(process), then),
            new WhyViewModel(this::explain, this::foresee, verbs::submitAll, messages::problem));
    load = new LoadViewModel(messages, figures, roster);
    events =
        new EventsViewModel(
            event -> {
              roster.learn(event);
              return texts.sentence(event);
            });
    tree = new ClusterTreeViewModel(messages, figures, roster, verbs::submit);
    decisions = new DecisionsViewModel(messages, figures, texts::words, roster, decisionLog);
    timeline = new TimelineViewModel(messages, figures, roster);
    findings = new FindingsViewModel(messages, roster, texts::sentence, verbs::submit);
    terminals = new TerminalsViewModel(this::atTerminal);
    moments =
        new MomentsViewModel(
            messages,
            figures,
            new LiveMoments(context),
            task -> Thread.ofVirtual().name("moments").start(task),
            Platform::runLater);
    lessons =
        new LessonsViewModel(
            Stream.concat(lessonsOnBoard().stream(), own.lessons().stream()).toList(),
            this::open,
            this::grade);
    context.notices().onPost(findings::notice);
    for (Problem each : own.broken()) {
      context.notices().post(new Notice(Notice.Severity.WARNING, each, "", -1, List.of()));
    }
    parts =
        List.of(
            this::pictureOfTime,
            frame -> processes.show(frame.view()),
            frame -> inspector.show(frame.view()),
            frame -> tree.show(frame.view()));
    follow();
  }

  /** Who is to do something in a lesson needs the time for it: none is over before one can act. */
  private void open(Lesson lesson) {
    if (lesson.task() && context.bridge().frame().pace().factor() > Pace.REAL_TIME.factor()) {
      context.bridge().setPace(Pace.REAL_TIME);
    }
    context.desk().openScenario(lesson.scenario());
  }

  private static List<Lesson> lessonsOnBoard() {
    List<Lesson> lessons = new ArrayList<>();
    for (String name : Catalogue.lessons()) {
      try {
        lessons.add(LessonFiles.lesson(name));
      } catch (ProblemException e) {
        throw new IllegalStateException("the lesson " + name + " on board", e);
      }
    }
    return lessons;
  }

  /** What is typed may come too late for a shell that ends: only a login tells of its refusal. */
  private void atTerminal(Command command) {
    if (command instanceof Command.OpenTerminal) {
      context.verbs().submit(command);
    } else {
      context.bridge().submit(command);
    }
  }

  private void grade(Lesson lesson, Consumer<List<Grading.Outcome>> then) {
    context
        .bridge()
        .ask(
            open ->
                new Grading(
                        open.scenario(),
                        open.events(0),
                        open.samples(0),
                        open.commands(),
                        open.now())
                    .outcomes(lesson),
            then);
  }

  /** How far a hidden copy runs ahead. */
  private static final long AHEAD_NANOS = 10_000_000_000L;

  /** What a copy finds that runs ahead from the moment that is shown. */
  private void foresee(ProcessId process, Consumer<Optional<Explanation.Forecast>> then) {
    HiddenCopy.ask(
        context.bridge(),
        Platform::runLater,
        copy -> copy.foresee(process, copy.now() + AHEAD_NANOS),
        then);
  }

  /** The open session explains its present; an earlier moment is explained by a copy. */
  private void explain(ProcessId process, int to, Consumer<Explanation> then) {
    if (context.bridge().frame().state() != RunState.PAST) {
      context.bridge().ask(open -> open.explain(process, to).orElse(null), then);
      return;
    }
    HiddenCopy.ask(
        context.bridge(),
        Platform::runLater,
        copy -> {
          try {
            return copy.explain(process, to);
          } catch (ProblemException e) {
            return null; // It is no more, or not yet.
          }
        },
        answer -> then.accept(answer.orElse(null)));
  }

  private void follow() {
    SelectionModel selection = context.selection();
    selection.processes().subscribe(this::selectionChanged);
    selection.nodes().subscribe(this::selectionChanged);
    selectionChanged();
    context.messages().languageProperty().subscribe(_ -> reword());
    Frame first = context.bridge().frame();
    if (first.session() != 0) {
      begin(first);
      waiting = true;
      context.bridge().ask(PanelModels::history, this::catchUp);
      picture(first);
    }
    context.bridge().onFrame(this::accept);
  }

  /** Takes over a frame. */
  void accept(Frame frame) {
    boolean again = frame.session() != session || frame.look() != look;
    boolean other = frame.session() != session;
    if (again) {
      begin(frame);
    }
    boolean past = frame.state() == RunState.PAST;
    // What one sees again has happened long ago, and programs have had their answers.
    boolean news = other || !again && !past && !wasPast;
    wasPast = past;
    if (waiting) {
      early.addAll(frame.events());
      earlySamples.addAll(frame.samples());
    } else {
      append(frame.events(), frame.samples(), news);
    }
    if (again || frame.state() != RunState.RUNNING) {
      picture(frame);
    } else {
      pictureInParts(frame);
    }
  }

  private void begin(Frame frame) {
    boolean other = frame.session() != session;
    if (other) {
      terminals.clear();
    } else {
      terminals.beginAgain();
    }
    session = frame.session();
    look = frame.look();
    waiting = false;
    early.clear();
    earlySamples.clear();
    roster.clear();
    decisionLog.clear();
    load.clear();
    events.clear();
    timeline.clear();
    findings.clear();
    if (other) {
      moments.clear();
    }
    lessons.begin();
    if (frame.scenario() != null) {
      roster.learn(frame.scenario().nodes());
      findings.begin(frame.scenario());
    }
  }

  /** What a session held before we began to follow it. */
  private record History(List<Event> events, List<Sample> samples) {}

  private static History history(LiveSession open) {
    return new History(open.events(0), open.samples(0));
  }

  /** Frames that came between question and answer may repeat what the answer holds. */
  private void catchUp(History history) {
    if (!waiting) {
      return;
    }
    waiting = false;
    append(history.events(), history.samples(), false);
    Set<Event> known = new HashSet<>(history.events());
    Set<Sample> knownSamples = new HashSet<>(history.samples());
    append(
        early.stream().filter(event -> !known.contains(event)).toList(),
        earlySamples.stream().filter(sample -> !knownSamples.contains(sample)).toList(),
        true);
    early.clear();
    earlySamples.clear();
  }

  private void append(List<Event> newEvents, List<Sample> newSamples, boolean live) {
    terminals.append(newEvents, live);
    decisionLog.append(newEvents, newSamples);
    events.append(newEvents);
    timeline.append(newEvents);
    findings.append(newEvents, newSamples);
    load.append(newSamples, newEvents);
  }

  private void picture(Frame frame) {
    parts.forEach(each -> each.accept(frame));
    part = 0;
    shownAt = wallNanos.getAsLong();
  }

  private void pictureInParts(Frame frame) {
    long now = wallNanos.getAsLong();
    boolean due = !frame.events().isEmpty() || now - shownAt >= PICTURE_MILLIS * 1_000_000L;
    if (part == 0 && !due) {
      return;
    }
    if (part == 0) {
      shownAt = now;
    }
    parts.get(part).accept(frame);
    part = (part + 1) % parts.size();
  }

  /** The names come first: whoever speaks of a process knows its program then. */
  private void pictureOfTime(Frame frame) {
    roster.learn(frame.view());
    load.show(frame.view());
    timeline.show(frame.view());
    terminals.show(frame.view(), frame.state());
    if (frame.scenario() != null) {
      lessons.reached(frame.scenario().name(), frame.view().nanos());
    }
  }

  private void selectionChanged() {
    SelectionModel selection = context.selection();
    inspector.inspect(selection.leadProcess(), selection.leadNode());
    events.select(selection.processes(), selection.nodes());
    decisions.select(selection.processes(), selection.nodes());
    load.select(selection.nodes());
    selection.leadNode().ifPresent(terminals::bringForward);
  }

  private void reword() {
    events.reword();
    inspector.refresh();
  }

  /** How figures are written. */
  public Figures figures() {
    return figures;
  }

  /** Names of nodes and processes. */
  public Roster roster() {
    return roster;
  }

  /** Words events and reasons. */
  public HappeningText texts() {
    return texts;
  }

  /** The process table. */
  public ProcessesViewModel processes() {
    return processes;
  }

  /** The inspector. */
  public InspectorViewModel inspector() {
    return inspector;
  }

  /** The load chart. */
  public LoadViewModel load() {
    return load;
  }

  /** The event log. */
  public EventsViewModel events() {
    return events;
  }

  /** The cluster tree. */
  public ClusterTreeViewModel tree() {
    return tree;
  }

  /** The decision table. */
  public DecisionsViewModel decisions() {
    return decisions;
  }

  /** The timeline. */
  public TimelineViewModel timeline() {
    return timeline;
  }

  /** The terminals. */
  public TerminalsViewModel terminals() {
    return terminals;
  }

  /** The search for moments. */
  public MomentsViewModel moments() {
    return moments;
  }

  /** The lessons. */
  public LessonsViewModel lessons() {
    return lessons;
  }

  /** The problems. */
  public FindingsViewModel findings() {
    return findings;
  }
}
