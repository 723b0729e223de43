package org.godwit.app.workbench;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.SnapshotParameters;
import javafx.scene.transform.Scale;
import org.godwit.app.action.UndoList;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.Pace;
import org.godwit.app.bridge.SessionOpener;
import org.godwit.app.canvas.ClusterCanvas;
import org.godwit.app.palette.ProgramShelf;
import org.godwit.app.selection.VisitedPlaces;
import org.godwit.app.settings.SettingsStore;
import org.godwit.app.text.Messages;
import org.godwit.model.command.Command;
import org.godwit.model.view.NodeView;

/**
 * The session that is open: how one comes to it, what is kept of it when one leaves (a picture, the
 * places of its cards and notes), and the demonstration. FX thread only.
 */
final class OpenSession {
  private static final String PLACES = "places.";
  private static final String NOTES = "notes.";
  private static final double PICTURE_WIDTH = 320;

  private final WorkbenchStart start;
  private final WorkbenchContext context;
  private final EngineBridge bridge;
  private final ClusterCanvas canvas;
  private final UndoList undo;
  private final VisitedPlaces visited;
  private final ProgramShelf shelf;
  private final SettingsStore settings;
  private final RecentSessions recent;
  private WorkbenchStart.Choice opened;

  /** What waits for a session to be open; true when it is done. */
  private Predicate<Frame> demonstration = _ -> false;

  OpenSession(
      WorkbenchStart start,
      WorkbenchContext context,
      ClusterCanvas canvas,
      UndoList undo,
      VisitedPlaces visited,
      ProgramShelf shelf,
      SettingsStore settings) {
    this.start = start;
    this.context = context;
    this.bridge = context.bridge();
    this.canvas = canvas;
    this.undo = undo;
    this.visited = visited;
    this.shelf = shelf;
    this.settings = settings;
    this.recent = new RecentSessions(settings, start.settings());
  }

  /** What was open before. */
  RecentSessions recent() {
    return recent;
  }

  /** What this start names, else what was open last, else the first on board. */
  Optional<WorkbenchStart.Choice> first() {
    return start.first().or(this::lastOpened).or(() -> start.scenarios().stream().findFirst());
  }

  private Optional<WorkbenchStart.Choice> lastOpened() {
    return recent.names().stream().findFirst().flatMap(this::named);
  }

  /** The scenario on board of that name. */
  Optional<WorkbenchStart.Choice> named(String name) {
    return start.scenarios().stream().filter(choice -> choice.name().equals(name)).findFirst();
  }

  /** Opens one that is no scenario: nothing is added to what it is. */
  void open(SessionOpener opener) {
    leave();
    opened = null;
    forget();
    canvas.recall("", "");
    bridge.open(opener, false);
  }

  private void forget() {
    context.selection().clear();
    visited.clear();
    undo.clear();
  }

  /** Opens a session; the programs that the user brought come along. */
  void open(WorkbenchStart.Choice choice) {
    leave();
    opened = choice;
    recent.opened(choice.name());
    forget();
    canvas.recall(
        settings.get(PLACES + choice.name(), ""), settings.get(NOTES + choice.name(), ""));
    bridge.open(choice.opener(), start.run());
    shelf
        .own()
        .forEach(
            own ->
                bridge.addProgram(
                    own.getKey(),
                    own.getValue(),
                    () -> bridge.submit(new Command.InstallProgram(own.getKey()))));
  }

  /** A frame was applied. */
  void show(Frame frame) {
    if (demonstration.test(frame)) {
      demonstration = _ -> false;
    }
  }

  /** It is left: its picture and the places of its cards are kept. */
  void leave() {
    keepPlaces();
    if (opened == null || start.settings() == null || canvas.getWidth() < 1) {
      return;
    }
    SnapshotParameters small = new SnapshotParameters();
    double factor = PICTURE_WIDTH / canvas.getWidth();
    small.setTransform(new Scale(factor, factor));
    recent.left(opened.name(), canvas.snapshot(small, null));
  }

  /** Keeps where cards and notes lie, if they moved. */
  void keepPlaces() {
    if (opened != null && bridge.frame().session() > 0) {
      canvas.placesMoved().ifPresent(text -> settings.put(PLACES + opened.name(), text));
      canvas.notesChanged().ifPresent(text -> settings.put(NOTES + opened.name(), text));
    }
  }

  /** One click: the demo cluster with one spin more than its first node has CPUs. */
  void demonstrate() {
    start.scenarios().stream()
        .findFirst()
        .ifPresent(demo -> context.desk().openScenario(demo.name()));
    int before = bridge.frame().session();
    demonstration =
        frame -> {
          if (frame.session() <= before || frame.view().nodes().isEmpty()) {
            return false;
          }
          NodeView first = frame.view().nodes().getFirst();
          bridge.setPace(Pace.REAL_TIME);
          bridge.run();
          context
              .verbs()
              .launch(first.spec().id(), "spin", List.of(), first.spec().cpus() + 1, false);
          return true;
        };
  }

  /** Title of the window, following session and language. */
  ObservableValue<String> title() {
    Messages messages = context.messages();
    return Bindings.createStringBinding(
        () -> {
          var scenario = bridge.frame().scenario();
          return scenario == null
              ? "Godwit"
              : "Godwit - " + scenario.title().in(messages.languageTag());
        },
        bridge.frameProperty(),
        messages.languageProperty());
  }
}
