package org.godwit.app.workbench;

import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.selection.SelectionModel;

/**
 * The moment that is looked at is part of the selection: whoever sets it there has the whole window
 * show it, and whoever goes to a moment by another way (the time bar, a key) finds it there. FX
 * thread only.
 */
final class MomentLink {
  private final EngineBridge bridge;
  private final SelectionModel selection;
  private boolean following;

  MomentLink(EngineBridge bridge, SelectionModel selection) {
    this.bridge = bridge;
    this.selection = selection;
    selection
        .momentProperty()
        .addListener(
            (_, _, moment) -> {
              if (!following) {
                look(moment.longValue());
              }
            });
    bridge.onFrame(this::follow);
  }

  private void look(long moment) {
    if (moment == SelectionModel.LIVE) {
      bridge.lookAtPresent();
    } else {
      bridge.lookAt(moment);
    }
  }

  private void follow(Frame frame) {
    following = true;
    try {
      boolean past = frame.state() == RunState.PAST;
      selection.momentProperty().set(past ? frame.view().nanos() : SelectionModel.LIVE);
    } finally {
      following = false;
    }
  }
}
