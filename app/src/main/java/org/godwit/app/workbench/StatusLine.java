package org.godwit.app.workbench;

import java.util.Optional;
import javafx.scene.control.Label;
import org.controlsfx.control.StatusBar;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.text.Messages;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/** The status bar: run state and speed, what there is, engine, recording. FX thread only. */
final class StatusLine extends StatusBar {
  private final Messages messages;
  private final Label speed = label();
  private final Label counts = label();
  private final Label engine = label();
  private final Label recording = label();
  private final Label hint = label();

  StatusLine(Messages messages) {
    this.messages = messages;
    setText("");
    getLeftItems().setAll(speed, counts, engine, recording);
    getRightItems().setAll(hint);
  }

  private static Label label() {
    Label label = new Label();
    label.getStyleClass().add("status-item");
    return label;
  }

  /** Shows a frame; called a few times a second. */
  void show(Frame frame) {
    speed.setText(
        switch (frame.state()) {
          case EMPTY -> messages.of("run.empty");
          case RUNNING -> messages.of("status.running", frame.ratio());
          case PAUSED -> messages.of("run.paused");
          case PAST -> messages.of("run.past");
          case FAILED -> messages.of("run.failed");
        });
    long nodes =
        frame.view().nodes().stream().filter(n -> n.status() == NodeView.Status.UP).count();
    long alive = frame.view().processes().stream().filter(ProcessView::isAlive).count();
    long away = frame.view().processes().stream().filter(p -> p.isAlive() && p.isAway()).count();
    counts.setText(messages.of("status.counts", nodes, alive, away));
    engine.setText(
        frame.state() == RunState.RUNNING ? messages.of("status.mips", frame.mips()) : "");
    engine.setVisible(frame.state() == RunState.RUNNING);
    engine.setManaged(engine.isVisible());
  }

  /** Shows what is being recorded. */
  void show(Optional<WorkbenchStart.RecordingStatus> status) {
    recording.setVisible(status.isPresent());
    recording.setManaged(status.isPresent());
    status.ifPresent(
        s -> {
          long seconds = s.nanos() / 1_000_000_000L;
          recording.setText(
              messages.of(
                  "status.rec",
                  "%02d:%02d".formatted(seconds / 60, seconds % 60),
                  (s.bytes() + 1023) / 1024));
        });
  }

  /** Shows what a key sequence under way waits for, or nothing. */
  void hint(String text) {
    hint.setText(text);
  }
}
