package org.godwit.app.workbench;

import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.Frame;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.model.Problem;

/**
 * A recording that is run again, as something that goes on in the background: the status bar tells
 * how far it is and can end it there. FX thread only.
 */
final class ReplayTask {
  private final EngineBridge bridge;
  private final NoticeBoard notices;
  private NoticeBoard.Task task;

  ReplayTask(EngineBridge bridge, NoticeBoard notices) {
    this.bridge = bridge;
    this.notices = notices;
    bridge.replayEndProperty().subscribe(_ -> tell(bridge.frame()));
  }

  /** Tells how far it is. */
  void tell(Frame frame) {
    long end = bridge.replayEndProperty().get();
    if (end < 0) {
      if (task != null) {
        notices.end(task);
        task = null;
      }
      return;
    }
    int percent = (int) Math.min(100, 100.0 * frame.latestNanos() / Math.max(1, end));
    Problem what = Problem.of("replay.progress", percent);
    if (task == null) {
      task = notices.open(what, bridge::endReplay);
    } else if (!what.equals(task.name())) {
      task.tell(what);
    }
  }
}
