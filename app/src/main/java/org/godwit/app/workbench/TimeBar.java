package org.godwit.app.workbench;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.godwit.app.action.Action;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The session's time from its beginning to the present, to be dragged: the whole window then shows
 * that moment. {@link TimeTicks Signs} stand where something happened. FX thread only.
 */
final class TimeBar extends HBox {
  private static final PseudoClass PAST = PseudoClass.getPseudoClass("past");
  private static final double NANOS = 1e9;
  private static final double WHERE_WIDTH = 170;

  private final Messages messages;
  private final EngineBridge bridge;
  private final Slider slider = new Slider(0, 1, 0);
  private final TimeTicks ticks;
  private final Label where = new Label();
  private int session;
  private long latestNanos;
  private boolean telling;
  private Frame frame = Frame.EMPTY;

  TimeBar(WorkbenchContext context) {
    this.messages = context.messages();
    this.bridge = context.bridge();
    this.ticks = new TimeTicks(context.theme());
    getStyleClass().add("time-bar");
    setAlignment(Pos.CENTER_LEFT);
    setId("time-bar");
    slider.setId("time");
    slider.setAccessibleRole(AccessibleRole.SLIDER);
    slider.accessibleTextProperty().bind(messages.binding("time.slider"));
    slider.setTooltip(new Tooltip());
    slider
        .getTooltip()
        .textProperty()
        .bind(
            Bindings.concat(messages.binding("time.slider"), "\n", messages.binding("time.signs")));
    slider.setBlockIncrement(1);
    slider
        .valueProperty()
        .subscribe(
            value -> {
              if (!telling && session > 0) {
                boolean atEnd = value.doubleValue() >= slider.getMax();
                bridge.lookAt(atEnd ? Long.MAX_VALUE : Math.round(value.doubleValue() * NANOS));
              }
            });
    ticks.setId("time-ticks");
    ticks.widthProperty().subscribe(() -> ticks.show(latestNanos));
    StackPane track = new StackPane(slider, ticks);
    HBox.setHgrow(track, Priority.ALWAYS);
    where.getStyleClass().addAll("mono", "time-where");
    where.setId("time-where");
    where.setMinWidth(WHERE_WIDTH);
    where.setAlignment(Pos.CENTER_RIGHT);
    Button branch = worded(context.actions().get("time.branch"));
    branch.setId("time-branch");
    Button live = worded(context.actions().get("time.live"));
    live.setId("time-live");
    getChildren()
        .setAll(
            button(context.actions().get("time.back")),
            button(context.actions().get("time.forward")),
            track,
            where,
            branch,
            live,
            button(context.actions().get("time.swap")));
    bridge.branchingProperty().subscribe(this::tell);
    messages.languageProperty().addListener(_ -> tell());
  }

  private Button button(Action action) {
    Button button = new Button(null, new FontIcon(action.icon()));
    button.getStyleClass().add("flat-button");
    button.setId(action.id().replace('.', '-'));
    button.disableProperty().bind(Bindings.not(action.enabled()));
    button.setOnAction(_ -> action.fire());
    Tooltip tooltip = new Tooltip();
    tooltip.textProperty().bind(messages.binding("action." + action.id()));
    button.setTooltip(tooltip);
    button.accessibleTextProperty().bind(messages.binding("action." + action.id()));
    return button;
  }

  /** Always in its place, so that the slider does not change its width under the mouse. */
  private Button worded(Action action) {
    Button button = new Button(null, new FontIcon(action.icon()));
    button.textProperty().bind(messages.binding("action." + action.id()));
    button.setOnAction(_ -> action.fire());
    button.disableProperty().bind(Bindings.not(action.enabled()));
    button.setMinWidth(USE_PREF_SIZE);
    return button;
  }

  /** Shows a frame. */
  void show(Frame next) {
    if (next.session() != session) {
      session = next.session();
      ticks.clear();
    }
    frame = next;
    latestNanos = next.latestNanos();
    ticks.add(next.events());
    ticks.show(latestNanos);
    telling = true;
    slider.setMax(Math.max(1e-3, latestNanos / NANOS));
    if (!slider.isValueChanging()) {
      slider.setValue(
          next.state() == RunState.PAST ? next.view().nanos() / NANOS : slider.getMax());
    }
    telling = false;
    setDisable(next.session() == 0 || next.state() == RunState.FAILED);
    pseudoClassStateChanged(PAST, next.state() == RunState.PAST);
    tell();
  }

  private void tell() {
    double now = frame.view().nanos() / NANOS;
    where.setText(
        bridge.branchingProperty().get()
            ? messages.of("time.branching", now)
            : frame.state() == RunState.PAST
                ? messages.of("time.past", now, latestNanos / NANOS)
                : messages.of("time.present", now));
  }
}
