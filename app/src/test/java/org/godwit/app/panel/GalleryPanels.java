package org.godwit.app.panel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.application.Application;
import javafx.scene.Node;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.host.LessonFiles;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.cluster.ClusterTreeView;
import org.godwit.app.panel.compare.Comparisons;
import org.godwit.app.panel.decisions.DecisionsView;
import org.godwit.app.panel.decisions.DecisionsViewModel;
import org.godwit.app.panel.events.EventsView;
import org.godwit.app.panel.inspector.InspectorView;
import org.godwit.app.panel.lessons.LessonsView;
import org.godwit.app.panel.lessons.LessonsViewModel;
import org.godwit.app.panel.load.LoadView;
import org.godwit.app.panel.moments.MomentsView;
import org.godwit.app.panel.notices.NoticesView;
import org.godwit.app.panel.problems.ProblemsView;
import org.godwit.app.panel.processes.ProcessesView;
import org.godwit.app.panel.recording.RecordedModels;
import org.godwit.app.panel.recording.RecordingView;
import org.godwit.app.panel.timeline.TimelineView;
import org.godwit.app.panel.timeline.TimelineViewModel;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;

/** The panels that {@link Gallery} draws, with what is selected for each. */
public final class GalleryPanels {
  private GalleryPanels() {}

  /** Draws all, or those whose name contains the fourth argument. */
  public static void main(String[] args) {
    Application.launch(Gallery.class, args);
  }

  static void fill(Map<String, Function<Bench, Node>> panels, Map<String, double[]> sizes) {
    panels.put(
        "processes",
        bench -> {
          bench.context().selection().select(new ProcessId(1, 1002));
          PanelModels m = bench.models();
          return new ProcessesView(
              bench.context(), m.processes(), m.figures(), m.texts(), bench.context().looks());
        });
    sizes.put("processes", new double[] {1100, 300});
    panels.put(
        "inspector-blocked",
        bench -> {
          bench.context().selection().select(new ProcessId(1, 1004));
          PanelModels m = bench.models();
          return new InspectorView(bench.context(), m.inspector(), bench.context().looks());
        });
    sizes.put("inspector-blocked", new double[] {330, 900});
    panels.put(
        "inspector-spin",
        bench -> {
          bench.context().selection().select(new ProcessId(1, 1002));
          PanelModels m = bench.models();
          return new InspectorView(bench.context(), m.inspector(), bench.context().looks());
        });
    sizes.put("inspector-spin", new double[] {330, 900});
    panels.put(
        "inspector-node",
        bench -> {
          bench.context().selection().selectNode(1);
          PanelModels m = bench.models();
          return new InspectorView(bench.context(), m.inspector(), bench.context().looks());
        });
    sizes.put("inspector-node", new double[] {330, 800});
    panels.put(
        "load",
        bench -> {
          bench.context().selection().selectNode(2);
          PanelModels m = bench.models();
          return new LoadView(bench.context(), m.load(), m.figures());
        });
    sizes.put("load", new double[] {1100, 300});
    panels.put(
        "events",
        bench -> {
          PanelModels m = bench.models();
          return new EventsView(
              bench.context().messages(),
              bench.context().selection(),
              m.events(),
              m.figures(),
              m.roster());
        });
    sizes.put("events", new double[] {1100, 300});
    panels.put(
        "cluster",
        bench -> {
          bench.context().selection().select(new ProcessId(1, 1002));
          PanelModels m = bench.models();
          return new ClusterTreeView(bench.context(), m.tree(), bench.context().looks());
        });
    sizes.put("cluster", new double[] {300, 420});
    panels.put("recording", GalleryPanels::recording);
    sizes.put("recording", new double[] {1000, 560});
    panels.put(
        "timeline",
        bench ->
            new TimelineView(bench.context(), bench.models().timeline(), bench.models().figures()));
    sizes.put("timeline", new double[] {1100, 260});
    panels.put(
        "timeline-anatomy",
        bench -> {
          TimelineViewModel timeline = bench.models().timeline();
          timeline.lanes().stream()
              .filter(lane -> !lane.crossings().isEmpty())
              .findFirst()
              .ifPresent(lane -> timeline.open(lane, 0));
          return new TimelineView(bench.context(), timeline, bench.models().figures());
        });
    sizes.put("timeline-anatomy", new double[] {1100, 420});
    panels.put(
        "lessons",
        bench -> {
          LessonsViewModel lessons = bench.models().lessons();
          lessons.lesson().set(lessons.lessons().get(13));
          lessons.prediction().set(2);
          return new LessonsView(
              bench.context().messages(),
              lessons,
              (lesson, language) -> LessonFiles.text(lesson.name(), language));
        });
    sizes.put("lessons", new double[] {420, 760});
    panels.put(
        "decisions",
        bench -> {
          DecisionsViewModel decisions = bench.models().decisions();
          decisions.rows().stream()
              .filter(entry -> !entry.decision().candidates().isEmpty())
              .findFirst()
              .ifPresent(decisions.opened()::set);
          return new DecisionsView(
              bench.context().messages(),
              bench.context().selection(),
              decisions,
              bench.context().bridge()::lookAt);
        });
    sizes.put("decisions", new double[] {1100, 260});
    panels.put(
        "moments",
        bench -> {
          PanelModels m = bench.models();
          m.moments().query().set("event migrated ");
          m.moments().ask();
          return new MomentsView(bench.context().messages(), m.moments(), _ -> {});
        });
    sizes.put("moments", new double[] {1100, 260});
    panels.put("compare", GalleryPanels::comparison);
    sizes.put("compare", new double[] {1280, 720});
    panels.put(
        "problems",
        bench ->
            new ProblemsView(bench.context(), bench.models().findings(), bench.models().figures()));
    sizes.put("problems", new double[] {1100, 200});
    panels.put(
        "notifications",
        bench -> {
          bench
              .context()
              .notices()
              .post(
                  Notice.of(Notice.Severity.INFO, -1, "panel.export.done", "run.godwit")
                      .with("panel.export.show", () -> {}));
          bench
              .context()
              .notices()
              .post(
                  new Notice(
                      Notice.Severity.ERROR,
                      Problem.of("engine.fault", "IllegalStateException", "told to break"),
                      "trace",
                      7_123_000_000L,
                      List.of()));
          return new NoticesView(
              bench.context().messages(), bench.context().notices(), bench.models().figures());
        });
    sizes.put("notifications", new double[] {1100, 200});
  }

  private static RecordedSession session(int copies) {
    ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
    cluster.submit(new Command.Launch("a", 1, "spin", List.of(), copies, false));
    cluster.advance(12_000_000_000L);
    return new RecordedSession(
        new RecordedSession.Facts(1, "0.1.0", cluster.now(), 0),
        cluster.scenario(),
        cluster.commands(),
        cluster.events(0),
        cluster.samples(0),
        List.of(),
        List.of(),
        "",
        Optional.empty());
  }

  /** Two sessions side by side; the second has one process more. */
  private static Node comparison(Bench bench) {
    Comparisons comparisons =
        new Comparisons(
            Runnable::run,
            file -> new OpenedSession(session(file.endsWith("b.godwit") ? 4 : 3), List.of()));
    comparisons.compare(bench.context(), Path.of("a.godwit"), Path.of("b.godwit"));
    return bench.opened();
  }

  private static Node recording(Bench bench) {
    RecordedSession session = session(3);
    Problem damage = Problem.of("session.cut", "run-3.godwit", "segments/000001", 12.0);
    return new RecordingView(
        bench.context(),
        new RecordedModels(
            bench.context().messages(),
            bench.models().figures(),
            "run-3.godwit",
            new OpenedSession(session, List.of(damage))),
        () -> {},
        () -> {});
  }
}
