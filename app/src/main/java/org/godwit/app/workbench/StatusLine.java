package org.godwit.app.workbench;

import java.util.List;
import java.util.Optional;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.controlsfx.control.StatusBar;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The status bar: run state and speed, what there is, engine, its code, recording. FX thread only.
 */
final class StatusLine extends StatusBar {
  private final Messages messages;
  private final Label speed = label();
  private final Label counts = label();
  private final Label engine = label();
  private final Label code = label();
  private final Label recording = label();
  private final Label memory = label();
  private final Label tasks = label();
  private final Button cancel = new Button(null, new FontIcon(Feather.X));
  private final Label said = label();
  private final Label hint = label();

  StatusLine(Messages messages) {
    this.messages = messages;
    setText("");
    getLeftItems().setAll(speed, counts, engine, code, recording);
    code.setId("status-code");
    code.setTooltip(new Tooltip());
    code.getTooltip().textProperty().bind(messages.binding("status.code.about"));
    memory.setId("status-memory");
    tasks.setId("status-tasks");
    tasks.setGraphic(new FontIcon(Feather.LOADER));
    cancel.setId("status-cancel");
    cancel.getStyleClass().add("flat-button");
    cancel.setVisible(false);
    cancel.setManaged(false);
    cancel.accessibleTextProperty().bind(messages.binding("status.cancel"));
    cancel.setTooltip(new Tooltip());
    cancel.getTooltip().textProperty().bind(messages.binding("status.cancel"));
    said.setId("status-said");
    said.getStyleClass().add("status-said");
    // A long sentence gives way to what is always there, and its tooltip has all of it.
    said.setMinWidth(0);
    said.setTooltip(new Tooltip());
    said.getTooltip().textProperty().bind(said.textProperty());
    // What happened is said in words; a screen reader that listens here hears each.
    said.setAccessibleRole(AccessibleRole.TEXT);
    getRightItems().setAll(said, hint, tasks, cancel, memory);
  }

  private static Label label() {
    Label label = new Label();
    label.getStyleClass().add("status-item");
    label.setMinWidth(USE_PREF_SIZE);
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
    code.setText(
        messages.of("status.code", megabytes(frame.codeBytes()), megabytes(frame.mostCodeBytes())));
    code.setVisible(frame.codeBytes() > 0);
    code.setManaged(code.isVisible());
  }

  private static double megabytes(long bytes) {
    return bytes / (double) (1 << 20);
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

  /**
   * Shows how much memory this program uses, and what goes on in the background.
   *
   * @param giveUp gives the newest of it up, if it can be
   */
  void show(List<Problem> running, Optional<Runnable> giveUp) {
    cancel.setVisible(giveUp.isPresent());
    cancel.setManaged(cancel.isVisible());
    giveUp.ifPresent(action -> cancel.setOnAction(_ -> action.run()));
    Runtime java = Runtime.getRuntime();
    long used = java.totalMemory() - java.freeMemory() >> 20;
    memory.setText(
        messages.of("status.memory", Long.toString(used), Long.toString(java.maxMemory() >> 20)));
    tasks.setVisible(!running.isEmpty());
    tasks.setManaged(tasks.isVisible());
    tasks.setText(
        switch (running.size()) {
          case 0 -> "";
          case 1 -> messages.problem(running.getFirst());
          default -> messages.of("status.tasks", running.size());
        });
  }

  /** Says a sentence, in sight and for who listens. */
  void say(String sentence) {
    said.setText(sentence);
    said.setAccessibleText(sentence);
    said.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
  }

  /** Shows what a key sequence under way waits for, or nothing. */
  void hint(String text) {
    hint.setText(text);
  }
}
