package org.godwit.app.workbench;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.selection.SelectionModel;

/** What actions need in order to be possible: a session, a selection, the past. FX thread only. */
final class Conditions {
  private final BooleanProperty processes = new SimpleBooleanProperty();
  private final BooleanProperty selection = new SimpleBooleanProperty();
  private final BooleanProperty nodes = new SimpleBooleanProperty();
  private final BooleanProperty severalNodes = new SimpleBooleanProperty();
  private final BooleanProperty session = new SimpleBooleanProperty();
  private final BooleanProperty past = new SimpleBooleanProperty();

  /** Looks again. */
  void update(Frame frame, SelectionModel selected) {
    session.set(frame.session() > 0 && frame.state() != RunState.FAILED);
    past.set(frame.state() == RunState.PAST);
    processes.set(!selected.processes().isEmpty());
    nodes.set(!selected.nodes().isEmpty());
    severalNodes.set(selected.nodes().size() > 1);
    selection.set(!selected.processes().isEmpty() || !selected.nodes().isEmpty());
  }

  /** A process is selected. */
  ObservableBooleanValue hasProcesses() {
    return processes;
  }

  /** A node is selected. */
  ObservableBooleanValue hasNodes() {
    return nodes;
  }

  /** More than one node is selected. */
  ObservableBooleanValue hasSeveralNodes() {
    return severalNodes;
  }

  /** Something is selected. */
  ObservableBooleanValue hasSelection() {
    return selection;
  }

  /** A session is open and has not failed. */
  ObservableBooleanValue hasSession() {
    return session;
  }

  /** An earlier moment is looked at. */
  ObservableBooleanValue inPast() {
    return past;
  }

  /** Message that says what an action lacks whose condition is this one. */
  String reason(String action, ObservableBooleanValue condition) {
    if (condition == session) {
      return "unavailable.session";
    }
    if (condition == processes) {
      return "unavailable.processes";
    }
    if (condition == nodes) {
      return "unavailable.nodes";
    }
    if (condition == severalNodes) {
      return "unavailable.several";
    }
    if (condition == selection) {
      return "unavailable.selection";
    }
    return switch (action) {
      case "edit.undo", "edit.redo", "go.back", "go.forward" -> "unavailable." + action;
      default -> "unavailable.now";
    };
  }
}
