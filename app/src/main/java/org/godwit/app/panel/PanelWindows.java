package org.godwit.app.panel;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.godwit.app.action.Action;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.host.LessonFiles;
import org.godwit.app.host.OwnLessons;
import org.godwit.app.panel.cluster.ClusterTreeView;
import org.godwit.app.panel.decisions.DecisionsView;
import org.godwit.app.panel.events.EventKind;
import org.godwit.app.panel.events.EventsView;
import org.godwit.app.panel.export.ExportDialog;
import org.godwit.app.panel.inspector.InspectorView;
import org.godwit.app.panel.lessons.LessonsView;
import org.godwit.app.panel.load.LoadView;
import org.godwit.app.panel.moments.LiveMoments;
import org.godwit.app.panel.moments.MomentsView;
import org.godwit.app.panel.notices.NoticesView;
import org.godwit.app.panel.problems.ProblemsView;
import org.godwit.app.panel.processes.ProcessesView;
import org.godwit.app.panel.terminal.TerminalsView;
import org.godwit.app.panel.timeline.TimelineView;
import org.godwit.app.workbench.EmptyState;
import org.godwit.app.workbench.Found;
import org.godwit.app.workbench.ToolWindow;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.engine.session.query.Query;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.kordamp.ikonli.feather.Feather;

/** The tool windows of this package, for whoever puts the workbench together. FX thread only. */
public final class PanelWindows {
  private static final int EVENTS_FOUND = 20;

  private final Map<WorkbenchContext, PanelModels> models = new WeakHashMap<>();

  private final OwnLessons own;

  private PanelWindows(OwnLessons own) {
    this.own = own;
  }

  /** A fresh set of tool windows; the panels of one window share their view-models. */
  public static List<ToolWindow> all() {
    return all(OwnLessons.NONE);
  }

  /** The same, with a teacher's own lessons. */
  public static List<ToolWindow> all(OwnLessons own) {
    return new PanelWindows(own).windows();
  }

  /** The view-models of a window, and what the panels let its user do. */
  private PanelModels begin(WorkbenchContext context) {
    PanelModels fresh = new PanelModels(context, System::nanoTime, own);
    Runnable export = () -> ExportDialog.openLive(context, fresh.load(), fresh.figures());
    context
        .actions()
        .add(
            new Action(
                "file.save",
                Feather.SAVE,
                new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN),
                hasSession(context),
                export,
                "unavailable.session"));
    context
        .actions()
        .add(
            new Action(
                "file.export",
                Feather.SHARE,
                new KeyCodeCombination(KeyCode.E, KeyCombination.SHORTCUT_DOWN),
                Action.ALWAYS,
                export));
    context
        .actions()
        .add(
            new Action(
                "edit.copypicture",
                Feather.IMAGE,
                new KeyCodeCombination(
                    KeyCode.C, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
                hasSession(context),
                () ->
                    PictureTransfer.canvas(context.desk().window())
                        .ifPresent(PictureTransfer::copy),
                "unavailable.session"));
    context
        .actions()
        .add(
            new Action(
                "terminal.open",
                Feather.TERMINAL,
                new KeyCodeCombination(KeyCode.T),
                hasSession(context),
                () -> openTerminal(context, fresh),
                "unavailable.session"));
    context
        .actions()
        .add(
            new Action(
                "time.find",
                Feather.SEARCH,
                new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN),
                hasSession(context),
                () -> findMoments(context),
                "unavailable.session"));
    context.desk().findAlso(typed -> findEvents(context, fresh, typed));
    context.desk().findAlso(typed -> findByQuery(context, fresh, typed));
    context.bridge().onFrame(frame -> announce(frame, context, fresh));
    return fresh;
  }

  /** The panel comes to the front with the keyboard in its field. */
  private static void findMoments(WorkbenchContext context) {
    context.desk().showToolWindow("moments");
    Platform.runLater(
        () -> {
          if (context.desk().window() != null) {
            Node field = context.desk().window().getScene().lookup("#moments-query");
            if (field != null) {
              field.requestFocus();
            }
          }
        });
  }

  /** What is typed may be a query: several words that make one. */
  private static List<Found> findByQuery(
      WorkbenchContext context, PanelModels models, String typed) {
    try {
      if (typed.strip().split(" ").length < 2) {
        return List.of();
      }
      Query.parse(typed);
    } catch (ProblemException e) {
      return List.of();
    }
    return List.of(
        Found.of(
            Feather.SEARCH,
            typed,
            context.messages().of("window.moments"),
            () -> {
              findMoments(context);
              models.moments().query().set(typed);
              models.moments().ask();
            }));
  }

  /** The newest move and the newest trouble of a frame are said; of a past one nothing. */
  private static void announce(Frame frame, WorkbenchContext context, PanelModels models) {
    if (frame.state() == RunState.PAST) {
      return;
    }
    for (Event event : frame.events().reversed()) {
      boolean moved = event.what() instanceof Happening.Migrated;
      if (moved || EventKind.of(event.what()) == EventKind.TROUBLE) {
        context.desk().announce(models.texts().sentence(event));
        return;
      }
    }
  }

  private static BooleanBinding hasSession(WorkbenchContext context) {
    var frame = context.bridge().frameProperty();
    return Bindings.createBooleanBinding(() -> frame.get().session() > 0, frame);
  }

  /** Logs in to the selected node, else to the home of the selected process, else to the first. */
  private static void openTerminal(WorkbenchContext context, PanelModels models) {
    context.desk().showToolWindow("terminal");
    context
        .selection()
        .leadNode()
        .or(() -> context.selection().leadProcess().map(ProcessId::home))
        .or(() -> models.terminals().nodes().stream().map(node -> node.spec().id()).findFirst())
        .ifPresent(models.terminals()::open);
  }

  /** The newest events whose sentences hold every word. */
  private static List<Found> findEvents(
      WorkbenchContext context, PanelModels models, String typed) {
    String kind = context.messages().of("search.event");
    return models.events().find(typed, EVENTS_FOUND).stream()
        .map(
            row ->
                Found.of(
                    Feather.FILE_TEXT,
                    row.sentence(),
                    kind + "  " + models.figures().shortInstant(row.event().atNanos()),
                    () -> {
                      context.desk().showToolWindow("events");
                      ProcessId process = row.event().what().process();
                      if (process != null) {
                        context.selection().select(process);
                      }
                      context.selection().momentProperty().set(row.event().atNanos());
                    }))
        .toList();
  }

  private List<ToolWindow> windows() {
    PanelWindow.PanelModelsOf of = context -> models.computeIfAbsent(context, this::begin);
    return List.of(
        new PanelWindow(
            "cluster",
            Feather.GIT_BRANCH,
            ToolWindow.Place.LEFT,
            20,
            of,
            (c, m) -> new ClusterTreeView(c, m.tree(), c.looks())),
        new PanelWindow(
            "inspector",
            Feather.INFO,
            ToolWindow.Place.RIGHT,
            10,
            of,
            (c, m) -> new InspectorView(c, m.inspector(), c.looks())),
        new PanelWindow(
            "lessons",
            Feather.BOOK_OPEN,
            ToolWindow.Place.RIGHT,
            20,
            of,
            (c, m) ->
                new LessonsView(
                    c.messages(),
                    m.lessons(),
                    (lesson, language) -> LessonFiles.text(lesson.name(), language))),
        new PanelWindow(
            "processes",
            Feather.LIST,
            ToolWindow.Place.BOTTOM,
            10,
            of,
            (c, m) -> new ProcessesView(c, m.processes(), m.figures(), m.texts(), c.looks())),
        new PanelWindow(
            "load",
            Feather.ACTIVITY,
            ToolWindow.Place.BOTTOM,
            20,
            of,
            (c, m) -> new LoadView(c, m.load(), m.figures())),
        new PanelWindow(
            "timeline",
            Feather.ALIGN_LEFT,
            ToolWindow.Place.BOTTOM,
            30,
            of,
            (c, m) -> new TimelineView(c, m.timeline(), m.figures())),
        new PanelWindow(
            "decisions",
            Feather.SLIDERS,
            ToolWindow.Place.BOTTOM,
            40,
            of,
            (c, m) ->
                new DecisionsView(c.messages(), c.selection(), m.decisions(), c.bridge()::lookAt)
                    .offering(EmptyState.of(c, "decisions.empty", "run.toggle", "help.migrate"))),
        new PanelWindow(
            "events",
            Feather.FILE_TEXT,
            ToolWindow.Place.BOTTOM,
            50,
            of,
            (c, m) ->
                new EventsView(c.messages(), c.selection(), m.events(), m.figures(), m.roster())
                    .offering(EmptyState.of(c, "events.empty", "run.toggle", "help.migrate"))),
        new PanelWindow(
            "terminal",
            Feather.TERMINAL,
            ToolWindow.Place.BOTTOM,
            55,
            of,
            (c, m) -> new TerminalsView(c, m.terminals(), m.roster(), m.figures())),
        new PanelWindow(
            "problems",
            Feather.ALERT_TRIANGLE,
            ToolWindow.Place.BOTTOM,
            60,
            of,
            (c, m) -> new ProblemsView(c, m.findings(), m.figures())),
        new PanelWindow(
            "moments",
            Feather.SEARCH,
            ToolWindow.Place.BOTTOM,
            65,
            of,
            (c, m) ->
                new MomentsView(c.messages(), m.moments(), new LiveMoments(c)::jump)
                    .linkedTo(c.selection())),
        new PanelWindow(
            "notifications",
            Feather.BELL,
            ToolWindow.Place.BOTTOM,
            70,
            of,
            (c, m) ->
                new NoticesView(c.messages(), c.notices(), m.figures())
                    .offering(EmptyState.of(c, "notifications.empty", "file.settings"))));
  }
}
