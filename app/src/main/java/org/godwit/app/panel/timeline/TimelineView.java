package org.godwit.app.panel.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javafx.animation.AnimationTimer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import javafx.util.Subscription;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Role;
import org.godwit.app.theme.Theme;
import org.godwit.app.workbench.EmptyState;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Migration;
import org.kordamp.ikonli.feather.Feather;

/**
 * The timeline, painted on a canvas: a lane per process, bars in the colour of the node that it was
 * on with the node's name in them, and a gap with an arrow where it crossed. Wheel scrolls the
 * lanes, Ctrl+wheel zooms at the pointer, Shift+wheel or dragging moves in time; arrow keys, + and
 * − do the same. Painted at most 20 times a second, and only while it is seen.
 */
public final class TimelineView extends BorderPane {
  /** The most of the view that the anatomy of a migration takes. */
  private static final double ANATOMY_SHARE = 0.6;

  private static final double GUTTER = 150;
  private static final double AXIS = 22;
  private static final double LANE = 24;
  private static final double BAR = 16;
  private static final long INTERVAL_NANOS = 50_000_000L;
  private static final double ZOOM = 1.2;

  private final WorkbenchContext context;
  private final Messages messages;
  private final Theme theme;
  private final TimelineViewModel model;
  private final Figures figures;
  private final Canvas canvas = new Canvas();
  private final ScrollBar scroll = new ScrollBar();
  private final Label hover = new Label();
  private final EmptyState empty;
  private final Pane surface = new SurfacePane();
  private final HBox legend = new HBox(10);
  private List<Lane> lanes = List.of();
  private List<Integer> legendNodes = List.of();
  private boolean changed = true;
  private long paintedNanos;
  private long paintedVersion;
  private double pointerX = -1;
  private double pointerY = -1;
  private double dragX;

  /**
   * @param context what panels work with
   * @param model the lanes
   * @param figures how times are written
   */
  public TimelineView(WorkbenchContext context, TimelineViewModel model, Figures figures) {
    this.context = context;
    this.messages = context.messages();
    this.theme = context.theme();
    this.model = model;
    this.figures = figures;
    Widgets.panel(this, "timeline");
    empty = EmptyState.of(context, "timeline.empty", "help.migrate");
    scroll.setOrientation(Orientation.VERTICAL);
    scroll.valueProperty().subscribe(_ -> changed = true);
    hover.getStyleClass().add("hover-card");
    hover.setMouseTransparent(true);
    hover.setWrapText(true);
    hover.setMaxWidth(420);
    hover.setVisible(false);
    surface.getChildren().setAll(canvas, scroll, empty, hover);
    surface.setId("timeline-surface");
    surface.setFocusTraversable(true);
    surface.accessibleTextProperty().bind(messages.binding("window.timeline"));
    listen();
    setTop(bar());
    Widgets.options(
        this,
        () ->
            List.of(
                Widgets.option(messages.binding("timeline.follow"), model.following()),
                Widgets.choice(messages.binding("timeline.fit"), model::fit)));
    setCenter(surface);
    AnatomyPane anatomy = new AnatomyPane(messages, figures);
    setBottom(scrolling(anatomy));
    Runnable dissect =
        () -> {
          Migration chosen = model.opened().get();
          anatomy.show(
              chosen == null ? null : model.anatomy(chosen),
              chosen == null ? "" : model.describe(chosen));
        };
    model.opened().subscribe(dissect);
    Widgets.whileShown(this, () -> messages.languageProperty().subscribe(_ -> dissect.run()));
    watch();
  }

  /** In a low panel the lanes keep their part of the room. */
  private ScrollPane scrolling(AnatomyPane anatomy) {
    ScrollPane scroll = new ScrollPane(anatomy);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setMinHeight(0);
    scroll
        .prefHeightProperty()
        .bind(
            Bindings.min(
                anatomy.heightProperty().add(2), heightProperty().multiply(ANATOMY_SHARE)));
    scroll.visibleProperty().bind(anatomy.visibleProperty());
    scroll.managedProperty().bind(anatomy.visibleProperty());
    return scroll;
  }

  private HBox bar() {
    ToggleButton follow = new ToggleButton();
    follow.setId("timeline-follow");
    follow.textProperty().bind(messages.binding("timeline.follow"));
    follow.setGraphic(Widgets.icon(Feather.CHEVRONS_RIGHT));
    follow.selectedProperty().bindBidirectional(model.following());
    Button in = button("timeline.zoomIn", Feather.ZOOM_IN, () -> zoomAtCentre(1 / ZOOM));
    Button out = button("timeline.zoomOut", Feather.ZOOM_OUT, () -> zoomAtCentre(ZOOM));
    Button fit = button("timeline.fit", Feather.MAXIMIZE, model::fit);
    legend.setAlignment(Pos.CENTER_RIGHT);
    return Widgets.bar(follow, in, out, fit, Widgets.spring(), legend);
  }

  private Button button(String key, Feather icon, Runnable action) {
    Button button = new Button();
    button.setGraphic(Widgets.icon(icon));
    button.accessibleTextProperty().bind(messages.binding(key));
    button.setTooltip(Widgets.tip(messages.binding(key)));
    button.setOnAction(
        _ -> {
          action.run();
          changed = true;
        });
    return button;
  }

  private final class SurfacePane extends Pane {
    @Override
    protected void layoutChildren() {
      double bar = 12;
      canvas.setWidth(Math.max(0, getWidth() - bar));
      canvas.setHeight(getHeight());
      scroll.resizeRelocate(getWidth() - bar, AXIS, bar, Math.max(0, getHeight() - AXIS));
      empty.setAlignment(Pos.CENTER);
      empty.resizeRelocate(0, 0, getWidth(), getHeight());
      hover.autosize();
      changed = true;
    }
  }

  private void watch() {
    model.following().subscribe(_ -> changed = true);
    context.selection().processes().subscribe(() -> changed = true);
    AnimationTimer timer =
        new AnimationTimer() {
          private long paintedAt;

          @Override
          public void handle(long now) {
            boolean moved = Math.abs(model.nowNanos() - paintedNanos) >= nanosPerPixel();
            boolean grown = model.version() != paintedVersion;
            if ((changed || moved || grown) && now - paintedAt >= INTERVAL_NANOS) {
              paintedAt = now;
              changed = false;
              paint();
            }
          }
        };
    Widgets.whileShown(
        this,
        () -> {
          timer.start();
          return Subscription.combine(
              theme.variantProperty().subscribe(_ -> changed = true),
              messages.languageProperty().subscribe(_ -> changed = true),
              timer::stop);
        });
  }

  // ------------------------------------------------------------------ pointing

  private void listen() {
    surface.addEventHandler(
        ScrollEvent.SCROLL,
        event -> {
          if (event.isControlDown() || event.isShortcutDown()) {
            double factor = event.getDeltaY() > 0 ? 1 / ZOOM : ZOOM;
            model.zoom(factor, time(event.getX()));
          } else if (event.isShiftDown() || Math.abs(event.getDeltaX()) > 0) {
            double pixels = event.getDeltaX() != 0 ? event.getDeltaX() : event.getDeltaY();
            model.pan(Math.round(-pixels * nanosPerPixel()));
          } else {
            scroll.setValue(Math.clamp(scroll.getValue() - event.getDeltaY(), 0, scroll.getMax()));
          }
          changed = true;
          event.consume();
        });
    surface.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    surface.addEventHandler(
        MouseEvent.MOUSE_DRAGGED,
        event -> {
          model.pan(Math.round((dragX - event.getX()) * nanosPerPixel()));
          dragX = event.getX();
          changed = true;
        });
    surface.addEventHandler(MouseEvent.MOUSE_MOVED, event -> point(event.getX(), event.getY()));
    surface.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> point(-1, -1));
    surface.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  private void press(MouseEvent event) {
    surface.requestFocus();
    dragX = event.getX();
    laneAt(event.getY())
        .ifPresent(
            lane -> {
              context.selection().select(lane.id());
              model.open(lane, time(event.getX()));
            });
  }

  private void key(KeyEvent event) {
    long step = (model.toNanos() - model.fromNanos()) / 10;
    boolean used = true;
    switch (event.getCode()) {
      case LEFT -> model.pan(-step);
      case RIGHT -> model.pan(step);
      case PLUS, ADD, EQUALS -> zoomAtCentre(1 / ZOOM);
      case MINUS, SUBTRACT -> zoomAtCentre(ZOOM);
      case UP, DOWN -> moveSelection(event.getCode() == KeyCode.DOWN ? 1 : -1);
      case END -> model.following().set(true);
      default -> used = false;
    }
    if (used) {
      changed = true;
      event.consume();
    }
  }

  private void moveSelection(int by) {
    ProcessId lead = context.selection().leadProcess().orElse(null);
    int at = -1;
    for (int i = 0; i < lanes.size(); i++) {
      at = lanes.get(i).id().equals(lead) ? i : at;
    }
    int next = Math.clamp(at + by, 0, lanes.size() - 1);
    if (!lanes.isEmpty()) {
      context.selection().select(lanes.get(next).id());
      double top = next * LANE;
      double page = surface.getHeight() - AXIS - LANE;
      scroll.setValue(Math.clamp(scroll.getValue(), Math.max(0, top - page), Math.max(top, 0)));
    }
  }

  private void zoomAtCentre(double factor) {
    model.zoom(factor, (model.fromNanos() + model.toNanos()) / 2);
  }

  private void point(double x, double y) {
    pointerX = x;
    pointerY = y;
    Optional<String> text =
        x < GUTTER ? Optional.empty() : laneAt(y).flatMap(lane -> model.describe(lane, time(x)));
    hover.setVisible(text.isPresent());
    if (text.isPresent()) {
      hover.setText(text.get());
      hover.autosize();
      double right = surface.getWidth() - hover.getWidth() - 16;
      double below = y + 16;
      boolean fits = below + hover.getHeight() < surface.getHeight();
      hover.relocate(
          Math.max(0, Math.min(x + 12, right)), fits ? below : y - 8 - hover.getHeight());
    }
  }

  private Optional<Lane> laneAt(double y) {
    int index = (int) Math.floor((y - AXIS + scroll.getValue()) / LANE);
    return y >= AXIS && index >= 0 && index < lanes.size()
        ? Optional.of(lanes.get(index))
        : Optional.empty();
  }

  private long time(double x) {
    return model.fromNanos() + Math.round((x - GUTTER) * nanosPerPixel());
  }

  private double x(long nanos) {
    return GUTTER + (nanos - model.fromNanos()) / nanosPerPixel();
  }

  private double nanosPerPixel() {
    double width = Math.max(1, canvas.getWidth() - GUTTER - 8);
    return (model.toNanos() - model.fromNanos()) / width;
  }

  // ------------------------------------------------------------------ painting

  private void paint() {
    lanes = model.lanes();
    paintedNanos = model.nowNanos();
    paintedVersion = model.version();
    empty.setVisible(lanes.isEmpty());
    double height = canvas.getHeight();
    double content = lanes.size() * LANE;
    scroll.setMax(Math.max(0, content - (height - AXIS)));
    scroll.setVisibleAmount(
        content <= 0 ? 0 : scroll.getMax() * Math.min(1, (height - AXIS) / content));
    scroll.setVisible(scroll.getMax() > 0);
    scroll.setValue(Math.min(scroll.getValue(), scroll.getMax()));
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.setFill(theme.color(Role.CARD));
    g.fillRect(0, 0, canvas.getWidth(), height);
    if (lanes.isEmpty()) {
      return;
    }
    paintGrid(g);
    int first = (int) (scroll.getValue() / LANE);
    TreeSet<Integer> nodes = new TreeSet<>();
    for (int i = 0; i < lanes.size(); i++) {
      lanes.get(i).stays().forEach(stay -> nodes.add(stay.node()));
      double top = AXIS + i * LANE - scroll.getValue();
      if (i >= first && top < height) {
        paintLane(g, lanes.get(i), top);
      }
    }
    paintAxis(g);
    showLegend(new ArrayList<>(nodes));
    if (pointerX >= 0) {
      point(pointerX, pointerY);
    }
  }

  private void paintGrid(GraphicsContext g) {
    g.setStroke(theme.color(Role.BORDER).deriveColor(0, 1, 1, 0.5));
    g.setLineWidth(1);
    long step = step();
    for (long t = ceil(model.fromNanos(), step); t <= model.toNanos(); t += step) {
      double x = Math.round(x(t)) + 0.5;
      g.strokeLine(x, AXIS, x, canvas.getHeight());
    }
  }

  private void paintAxis(GraphicsContext g) {
    g.setFill(theme.color(Role.WINDOW));
    g.fillRect(0, 0, canvas.getWidth(), AXIS);
    g.setStroke(theme.color(Role.BORDER));
    g.strokeLine(0, AXIS - 0.5, canvas.getWidth(), AXIS - 0.5);
    g.setFont(theme.mono(theme.size("type.caption"), false));
    g.setFill(theme.color(Role.MUTED));
    g.setTextAlign(TextAlignment.CENTER);
    g.setTextBaseline(VPos.CENTER);
    long step = step();
    for (long t = ceil(model.fromNanos(), step); t <= model.toNanos(); t += step) {
      if (x(t) > GUTTER + 20 && x(t) < canvas.getWidth() - 30) {
        g.fillText(
            step >= 1_000_000_000L
                ? figures.wholeSeconds(t)
                : step >= 1_000_000L ? figures.shortInstant(t) : figures.instant(t),
            x(t),
            AXIS / 2);
      }
    }
    double now = x(model.nowNanos());
    if (now >= GUTTER && now <= canvas.getWidth()) {
      g.setStroke(theme.color(Role.ACCENT));
      g.strokeLine(Math.round(now) + 0.5, 0, Math.round(now) + 0.5, canvas.getHeight());
    }
  }

  private void paintLane(GraphicsContext g, Lane lane, double top) {
    boolean selected = context.selection().isSelected(lane.id());
    if (selected) {
      g.setFill(theme.color(Role.SELECTION));
      g.fillRect(0, top, canvas.getWidth(), LANE);
    }
    g.save();
    g.beginPath();
    g.rect(GUTTER, top, canvas.getWidth() - GUTTER, LANE);
    g.clip();
    double bar = top + (LANE - BAR) / 2;
    for (Lane.Stay stay : lane.stays()) {
      paintStay(g, stay, bar);
    }
    for (Migration crossing : lane.crossings()) {
      paintCrossing(g, crossing, bar);
    }
    g.restore();
    g.setFont(theme.font(theme.size("type.table"), selected));
    g.setFill(theme.color(lane.endedNanos() == Lane.OPEN ? Role.TEXT : Role.MUTED));
    g.setTextAlign(TextAlignment.LEFT);
    g.setTextBaseline(VPos.CENTER);
    g.fillText(model.name(lane), 8, top + LANE / 2, GUTTER - 16);
    g.setStroke(theme.color(Role.BORDER).deriveColor(0, 1, 1, 0.5));
    g.strokeLine(0, Math.round(top + LANE) - 0.5, canvas.getWidth(), Math.round(top + LANE) - 0.5);
  }

  private void paintStay(GraphicsContext g, Lane.Stay stay, double bar) {
    double left = Math.max(GUTTER - 4, x(stay.fromNanos()));
    double right = Math.min(canvas.getWidth() + 4, x(Math.min(stay.toNanos(), model.nowNanos())));
    if (right < GUTTER || left > canvas.getWidth() || right <= left) {
      return;
    }
    Color colour = theme.program(colour(stay.node()));
    g.setFill(colour);
    g.fillRoundRect(left, bar, Math.max(1, right - left), BAR, 4, 4);
    String name = model.node(stay.node());
    double visibleLeft = Math.max(left, GUTTER);
    if (right - visibleLeft > 10 + name.length() * 7.0) {
      g.setFont(theme.font(theme.size("type.caption"), false));
      g.setFill(theme.programInk(colour(stay.node())));
      g.setTextAlign(TextAlignment.LEFT);
      g.setTextBaseline(VPos.CENTER);
      g.fillText(name, visibleLeft + 6, bar + BAR / 2);
    }
  }

  /** The freeze as a hollow gap, and an arrow head where the body went on. */
  private void paintCrossing(GraphicsContext g, Migration m, double bar) {
    double left = x(m.frozenNanos());
    double right = x(m.resumedNanos());
    if (right < GUTTER || left > canvas.getWidth()) {
      return;
    }
    g.setStroke(theme.color(Role.TEXT));
    g.setLineWidth(1);
    if (right - left > 6) {
      g.setLineDashes(3, 3);
      g.strokeRect(left + 0.5, bar + 0.5, right - left - 1, BAR - 1);
      g.setLineDashes();
    }
    g.setFill(theme.color(Role.TEXT));
    double middle = bar + BAR / 2;
    g.fillPolygon(
        new double[] {right - 5, right + 4, right - 5},
        new double[] {middle - 7, middle, middle + 7},
        3);
    g.setStroke(theme.color(Role.CARD));
    g.strokePolygon(
        new double[] {right - 5, right + 4, right - 5},
        new double[] {middle - 7, middle, middle + 7},
        3);
  }

  private void showLegend(List<Integer> nodes) {
    if (nodes.equals(legendNodes)) {
      return;
    }
    legendNodes = nodes;
    legend.getChildren().clear();
    for (int node : nodes.size() > 8 ? nodes.subList(0, 8) : nodes) {
      Label label = new Label(model.node(node));
      Pane swatch = new Pane();
      swatch.setMinSize(10, 10);
      swatch.setMaxSize(10, 10);
      swatch.setStyle(
          "-fx-background-color: -godwit-program-" + colour(node) + "; -fx-background-radius: 2;");
      label.setGraphic(swatch);
      label.getStyleClass().add("caption");
      legend.getChildren().add(label);
    }
  }

  private static int colour(int node) {
    return Math.floorMod(node - 1, 8);
  }

  /** A round step that leaves at least 90 pixels between two figures. */
  private long step() {
    double wanted = 90 * nanosPerPixel();
    long step = 1;
    int[] factors = {2, 5, 10};
    long decade = 1;
    while (true) {
      for (int factor : factors) {
        step = decade * factor;
        if (step >= wanted) {
          return step;
        }
      }
      decade *= 10;
    }
  }

  private static long ceil(long value, long step) {
    return Math.ceilDiv(value, step) * step;
  }
}
