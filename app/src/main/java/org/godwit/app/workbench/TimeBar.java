package org.godwit.app.workbench;

import java.util.TreeSet;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Line;
import org.godwit.app.action.Action;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.text.Messages;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The session's time from its beginning to the present, to be dragged: the whole window then shows
 * that moment. A tick stands where something migrated. FX thread only.
 */
final class TimeBar extends HBox {
  private static final PseudoClass PAST = PseudoClass.getPseudoClass("past");
  private static final double NANOS = 1e9;
  private static final double TICK = 7;
  private static final double WHERE_WIDTH = 170;

  /** Ticks nearer than this many pixels to one before are not drawn. */
  private static final double LEAST_GAP = 2;

  private final Messages messages;
  private final EngineBridge bridge;
  private final Slider slider = new Slider(0, 1, 0);
  private final Pane ticks = new Pane();
  private final Label where = new Label();
  private final TreeSet<Long> migrations = new TreeSet<>();
  private int session;
  private long latestNanos;
  private double drawnWidth;
  private int drawnTicks;
  private long drawnUntil;
  private boolean telling;
  private Frame frame = Frame.EMPTY;

  TimeBar(WorkbenchContext context) {
    this.messages = context.messages();
    this.bridge = context.bridge();
    getStyleClass().add("time-bar");
    setAlignment(Pos.CENTER_LEFT);
    setId("time-bar");
    slider.setId("time");
    slider.setAccessibleRole(AccessibleRole.SLIDER);
    slider.accessibleTextProperty().bind(messages.binding("time.slider"));
    slider.setTooltip(new Tooltip());
    slider.getTooltip().textProperty().bind(messages.binding("time.slider"));
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
    ticks.setMouseTransparent(true);
    ticks.getStyleClass().add("time-ticks");
    ticks.widthProperty().subscribe(this::draw);
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
      migrations.clear();
    }
    frame = next;
    latestNanos = next.latestNanos();
    for (Event event : next.events()) {
      if (event.what() instanceof Happening.Migrated) {
        migrations.add(event.atNanos());
      }
    }
    // A future that was left behind is longer than the one that begins here.
    migrations.tailSet(latestNanos, false).clear();
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
    draw();
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

  private void draw() {
    double width = ticks.getWidth();
    if (migrations.size() == drawnTicks
        && width == drawnWidth
        && (latestNanos == drawnUntil || migrations.isEmpty())) {
      return;
    }
    drawnTicks = migrations.size();
    drawnWidth = width;
    drawnUntil = latestNanos;
    ticks.getChildren().clear();
    // The thumb's centre goes from half a thumb to the width less half a thumb.
    double inset = 8;
    double before = -LEAST_GAP;
    for (long at : migrations) {
      double x = Math.rint(inset + (width - 2 * inset) * at / Math.max(1, latestNanos)) + 0.5;
      if (x - before >= LEAST_GAP) {
        Line line = new Line(x, 0, x, TICK);
        line.getStyleClass().add("time-tick");
        ticks.getChildren().add(line);
        before = x;
      }
    }
  }
}
