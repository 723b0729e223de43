package org.godwit.app.workbench;

import java.util.LinkedHashSet;
import java.util.List;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.godwit.app.action.Action;
import org.godwit.app.action.UndoList;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.RunState;
import org.godwit.app.bridge.Step;
import org.godwit.app.canvas.Arranging;
import org.godwit.app.canvas.ClusterCanvas;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.selection.VisitedPlaces;
import org.godwit.model.ProcessId;
import org.godwit.model.view.ProcessView;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/**
 * What can be done to the session, the canvas and what is selected; {@link PanelActions} has what
 * can be done to panels. Menus, toolbar, search and keyboard all take it from here. FX thread only.
 */
final class WorkbenchActions {
  private final WorkbenchContext context;
  private final EngineBridge bridge;
  private final SelectionModel selection;
  private final ClusterCanvas canvas;
  private final UndoList undo;
  private final VisitedPlaces visited;
  private final Conditions when;

  /**
   * Where actions lead that open something.
   *
   * @param openFile asks for a recording
   * @param addProgram asks for a program
   * @param settings opens the settings
   * @param quit closes the window
   * @param migrate asks which node the selected processes are to move to
   * @param why shows why the selected process moves or stays
   * @param search opens Search everywhere
   * @param demonstration starts the demonstration
   * @param tour starts the tour
   * @param welcome opens the welcome card
   * @param about says what this is
   */
  record Doors(
      Runnable openFile,
      Runnable addProgram,
      Runnable settings,
      Runnable quit,
      Runnable migrate,
      Runnable why,
      Runnable search,
      Runnable demonstration,
      Runnable tour,
      Runnable welcome,
      Runnable about) {}

  WorkbenchActions(
      WorkbenchContext context,
      ClusterCanvas canvas,
      UndoList undo,
      VisitedPlaces visited,
      Conditions when) {
    this.context = context;
    this.bridge = context.bridge();
    this.selection = context.selection();
    this.canvas = canvas;
    this.undo = undo;
    this.visited = visited;
    this.when = when;
  }

  /** Adds all to the window's list. */
  void declare(Doors doors) {
    ObservableBooleanValue always = Action.ALWAYS;
    action("file.open", Feather.FOLDER, Keys.ctrl(KeyCode.O), always, doors.openFile());
    action("file.addprogram", Feather.PLUS_SQUARE, null, when.hasSession(), doors.addProgram());
    action("file.settings", Feather.SETTINGS, Keys.ctrl(KeyCode.COMMA), always, doors.settings());
    action("file.quit", null, Keys.ctrl(KeyCode.Q), always, doors.quit());
    declareEdits();
    declarePlaces();
    declareProcesses(doors);
    declareRun();
    declareTime();
    action("help.search", Feather.SEARCH, Keys.ctrlShift(KeyCode.A), always, doors.search());
    action("help.migrate", Feather.ZAP, null, always, doors.demonstration());
    action("help.tour", Feather.MAP, null, when.hasSession(), doors.tour());
    action("help.welcome", null, null, always, doors.welcome());
    action("help.about", Feather.INFO, null, always, doors.about());
  }

  private void declareEdits() {
    action(
        "edit.undo",
        Feather.CORNER_UP_LEFT,
        Keys.ctrl(KeyCode.Z),
        undo.canUndoProperty(),
        undo::undo);
    action(
        "edit.redo",
        Feather.CORNER_UP_RIGHT,
        Keys.ctrlShift(KeyCode.Z),
        undo.canRedoProperty(),
        undo::redo);
    ObservableBooleanValue nodes = when.hasNodes();
    ObservableBooleanValue session = when.hasSession();
    action("edit.copy", Feather.COPY, Keys.ctrl(KeyCode.C), nodes, canvas::copyNodes);
    action("edit.paste", Feather.CLIPBOARD, Keys.ctrl(KeyCode.V), session, canvas::pasteNodes);
    action("edit.duplicate", null, Keys.ctrl(KeyCode.D), nodes, canvas::duplicateNodes);
    action("edit.selectall", null, Keys.ctrl(KeyCode.A), session, this::selectAll);
    action("edit.selectnodes", null, Keys.ctrlShift(KeyCode.N), session, canvas::selectAllNodes);
    action(
        "edit.delete",
        Feather.TRASH_2,
        Keys.key(KeyCode.DELETE),
        when.hasSelection(),
        canvas::deleteSelection);
  }

  /** What was visited, and what of the canvas is seen. */
  private void declarePlaces() {
    action(
        "go.back",
        Feather.ARROW_LEFT,
        Keys.alt(KeyCode.LEFT),
        visited.canGoBackProperty(),
        () -> visited.back(this::exists));
    action(
        "go.forward",
        Feather.ARROW_RIGHT,
        Keys.alt(KeyCode.RIGHT),
        visited.canGoForwardProperty(),
        () -> visited.forward(this::exists));
    ObservableBooleanValue always = Action.ALWAYS;
    action("view.fit", Feather.MAXIMIZE, Keys.ctrl(KeyCode.DIGIT0), always, canvas::fit);
    action(
        "view.zoomin", Feather.ZOOM_IN, Keys.ctrl(KeyCode.PLUS), always, () -> canvas.zoom(1.25));
    action(
        "view.zoomout", Feather.ZOOM_OUT, Keys.ctrl(KeyCode.MINUS), always, () -> canvas.zoom(0.8));
    action(
        "cluster.addnode", Feather.SERVER, Keys.key(KeyCode.N), when.hasSession(), canvas::addNode);
    action(
        "cluster.note",
        Feather.EDIT_3,
        Keys.ctrlShift(KeyCode.T),
        when.hasSession(),
        canvas::addNote);
    action("cluster.link", Feather.LINK, Keys.key(KeyCode.K), when.hasSeveralNodes(), canvas::link);
    action("cluster.cut", Feather.SCISSORS, null, when.hasSeveralNodes(), canvas::cutLinks);
    for (Arranging each : Arranging.values()) {
      action(
          "arrange." + each.token(),
          null,
          null,
          each.isForSelection() ? when.hasSeveralNodes() : when.hasSession(),
          () -> canvas.arrange(each));
    }
  }

  private void declareProcesses(Doors doors) {
    ObservableBooleanValue any = when.hasProcesses();
    action("process.migrate", Feather.NAVIGATION, Keys.key(KeyCode.M), any, doors.migrate());
    action(
        "process.home",
        Feather.HOME,
        Keys.key(KeyCode.H),
        any,
        () -> context.verbs().sendHome(selected()));
    action("process.lock", Feather.LOCK, Keys.key(KeyCode.L), any, this::toggleLock);
    action("process.why", Feather.HELP_CIRCLE, Keys.key(KeyCode.W), any, doors.why());
  }

  private void declareRun() {
    ObservableBooleanValue session = when.hasSession();
    action("run.toggle", Feather.PLAY, Keys.key(KeyCode.SPACE), session, this::toggleRun);
    action(
        "run.step",
        Feather.SKIP_FORWARD,
        Keys.key(KeyCode.PERIOD),
        session,
        () -> bridge.step(new Step.NextEvent(new LinkedHashSet<>(selected()))));
    action(
        "run.quantum",
        null,
        Keys.shift(KeyCode.PERIOD),
        session,
        () -> bridge.step(new Step.NextQuantum()));
  }

  /** To earlier moments and back, and on from there. */
  private void declareTime() {
    ObservableBooleanValue session = when.hasSession();
    ObservableBooleanValue past = when.inPast();
    action(
        "time.back",
        Feather.SKIP_BACK,
        Keys.key(KeyCode.COMMA),
        session,
        () -> bridge.lookAlong(new LinkedHashSet<>(selected()), -1));
    action(
        "time.forward",
        Feather.SKIP_FORWARD,
        null,
        past,
        () -> bridge.lookAlong(new LinkedHashSet<>(selected()), 1));
    action(
        "time.second",
        null,
        Keys.shift(KeyCode.COMMA),
        session,
        () -> bridge.lookAt(Math.max(0, bridge.frame().view().nanos() - 1_000_000_000L)));
    action("time.live", Feather.RADIO, Keys.key(KeyCode.END), past, bridge::lookAtPresent);
    action(
        "time.branch", Feather.GIT_BRANCH, null, past, () -> bridge.continueFromHere(undo::clear));
    action(
        "time.verify",
        Feather.CHECK_CIRCLE,
        null,
        session,
        new DeterminismCheck(bridge, context.notices())::run);
    action("time.swap", Feather.REPEAT, null, bridge.hasOtherFutureProperty(), this::swapFutures);
  }

  private void action(
      String id, Ikon icon, KeyCombination key, ObservableBooleanValue enabled, Runnable handler) {
    context.actions().add(new Action(id, icon, key, enabled, handler, when.reason(id, enabled)));
  }

  /** What was done in one future cannot be undone in another. */
  private void swapFutures() {
    undo.clear();
    bridge.swapFutures();
  }

  private boolean exists(ProcessId id) {
    return bridge.frame().view().processes().stream().anyMatch(p -> p.id().equals(id));
  }

  private List<ProcessId> selected() {
    return List.copyOf(selection.processes());
  }

  private void toggleRun() {
    if (bridge.frame().state() == RunState.RUNNING) {
      bridge.pause();
    } else {
      bridge.run();
    }
  }

  private void toggleLock() {
    List<ProcessId> ids = selected();
    boolean anyOpen =
        bridge.frame().view().processes().stream().anyMatch(p -> ids.contains(p.id()) && !p.lock());
    context.verbs().lock(ids, anyOpen);
  }

  private void selectAll() {
    selection.selectProcesses(
        bridge.frame().view().processes().stream()
            .filter(ProcessView::isAlive)
            .map(ProcessView::id)
            .toList());
  }
}
