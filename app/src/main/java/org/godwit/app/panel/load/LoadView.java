package org.godwit.app.panel.load;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.beans.binding.Bindings;
import javafx.concurrent.Task;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;
import javafx.stage.FileChooser;
import javafx.util.Subscription;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.ChartLook;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.PictureTransfer;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.godwit.app.workbench.EmptyState;
import org.godwit.app.workbench.WorkbenchContext;
import org.kordamp.ikonli.feather.Feather;

/** The load chart with its controls; draws at most 20 times a second, and only while it is seen. */
public final class LoadView extends BorderPane {
  private static final long INTERVAL_NANOS = 50_000_000L;
  private static final int FINE_SERIES = 4;
  private static final double MARKERS_FROM = 840;
  private static final double FORMULA_FROM = 620;
  private static final int EXPORT_WIDTH = 1200;
  private static final int EXPORT_HEIGHT = 420;

  private final WorkbenchContext context;
  private final Messages messages;
  private final LoadViewModel model;
  private final Figures figures;
  private final ChartSurface surface = new ChartSurface();
  private final Pane chart = new ChartPane();
  private final Line hoverLine = new Line();
  private final Label hoverCard = new Label();
  private final EmptyState empty;
  private LoadPicture picture;
  private long drawnVersion;
  private double pointerX = -1;
  private boolean changed = true;

  /**
   * @param context what panels work with
   * @param model the chart's data
   * @param figures how figures are written
   */
  public LoadView(WorkbenchContext context, LoadViewModel model, Figures figures) {
    this.context = context;
    this.messages = context.messages();
    this.model = model;
    this.figures = figures;
    Widgets.panel(this, "load");
    setTop(bar());
    Widgets.options(this, this::options);
    hoverLine.getStyleClass().add("hover-line");
    hoverLine.setMouseTransparent(true);
    hoverCard.getStyleClass().addAll("hover-card", "mono");
    hoverCard.setMouseTransparent(true);
    empty = EmptyState.of(context, "load.empty", "run.toggle");
    chart.getChildren().setAll(surface.view(), hoverLine, hoverCard, empty);
    chart.setId("load-chart");
    chart.accessibleTextProperty().bind(messages.binding("window.load"));
    chart.addEventHandler(MouseEvent.MOUSE_MOVED, event -> pointer(event.getX()));
    chart.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> pointer(-1));
    chart.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> pick(event));
    setCenter(chart);
    PictureTransfer.dragOut(
        chart, () -> "load", () -> model.isEmpty() ? Optional.empty() : Optional.of(drawnFinely()));
    MenuItem copy = new MenuItem();
    copy.textProperty().bind(messages.binding("picture.copy"));
    copy.setGraphic(Widgets.icon(Feather.COPY));
    copy.setOnAction(_ -> PictureTransfer.copy(drawnFinely()));
    ContextMenu menu = new ContextMenu(copy);
    chart.setOnContextMenuRequested(
        event -> {
          if (!model.isEmpty()) {
            menu.show(chart, event.getScreenX(), event.getScreenY());
          }
        });
    watch();
  }

  private HBox bar() {
    ComboBox<Metric> metric = new ComboBox<>();
    metric.setId("load-metric");
    metric.getItems().setAll(Metric.values());
    metric.setCellFactory(_ -> new MetricCell());
    metric.setButtonCell(new MetricCell());
    metric.valueProperty().bindBidirectional(model.metric());
    metric.accessibleTextProperty().bind(messages.binding("load.metric"));
    ComboBox<Integer> span = new ComboBox<>();
    span.setId("load-span");
    span.getItems().setAll(LoadViewModel.SPANS_SECONDS);
    span.setCellFactory(_ -> new SpanCell());
    span.setButtonCell(new SpanCell());
    span.setValue(model.spanSeconds().get());
    span.valueProperty().subscribe(seconds -> model.spanSeconds().set(seconds));
    metric.setMinWidth(USE_PREF_SIZE);
    span.setMinWidth(USE_PREF_SIZE);
    span.accessibleTextProperty().bind(messages.binding("load.span"));
    Widgets.whileShown(
        this,
        () ->
            messages
                .languageProperty()
                .subscribe(
                    _ -> {
                      metric.setButtonCell(new MetricCell());
                      span.setButtonCell(new SpanCell());
                    }));
    Label efficiency = new Label();
    efficiency.getStyleClass().addAll("mono", "strong", "efficiency");
    efficiency.setId("load-efficiency");
    efficiency
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> figures.load(model.efficiency().get()), model.efficiency()));
    efficiency.setTooltip(Widgets.tip(messages.binding("load.efficiency.tip")));
    Label formula = Widgets.label(messages.binding("load.efficiency.formula"), "caption");
    HBox balance =
        new HBox(
            6, Widgets.label(messages.binding("load.efficiency"), "strong"), efficiency, formula);
    balance.setMinWidth(USE_PREF_SIZE);
    balance.setAlignment(Pos.CENTER_LEFT);
    Button export = new Button();
    export.setId("load-export");
    export.textProperty().bind(messages.binding("load.export"));
    export.setGraphic(Widgets.icon(Feather.IMAGE));
    export.setOnAction(_ -> askAndSave());
    export.setMinWidth(USE_PREF_SIZE);
    Label markers = Widgets.label(messages.binding("load.markers"), "caption");
    HBox bar = Widgets.bar(metric, span, balance, Widgets.spring(), markers, export);
    Widgets.hideBelow(markers, bar, MARKERS_FROM);
    Widgets.hideBelow(formula, bar, FORMULA_FROM);
    return bar;
  }

  /** What is drawn, as a mark before the one that is. */
  private List<MenuItem> options() {
    List<MenuItem> items = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      RadioMenuItem item = new RadioMenuItem(messages.of("load.metric." + metric.key()));
      item.setMnemonicParsing(false);
      item.setSelected(model.metric().get() == metric);
      item.setOnAction(_ -> model.metric().set(metric));
      items.add(item);
    }
    return items;
  }

  private final class MetricCell extends ListCell<Metric> {
    @Override
    protected void updateItem(Metric metric, boolean empty) {
      super.updateItem(metric, empty);
      setText(empty || metric == null ? null : messages.of("load.metric." + metric.key()));
    }
  }

  private final class SpanCell extends ListCell<Integer> {
    @Override
    protected void updateItem(Integer seconds, boolean empty) {
      super.updateItem(seconds, empty);
      setText(
          empty || seconds == null
              ? null
              : seconds == LoadViewModel.ALL
                  ? messages.of("load.span.all")
                  : seconds < 120
                      ? messages.of("load.span.seconds", seconds)
                      : messages.of("load.span.minutes", seconds / 60));
    }
  }

  /** Places the picture and what hovers over it. */
  private final class ChartPane extends Pane {
    private double drawnWidth;
    private double drawnHeight;

    @Override
    protected void layoutChildren() {
      if (drawnWidth != getWidth() || drawnHeight != getHeight()) {
        drawnWidth = getWidth();
        drawnHeight = getHeight();
        changed = true;
      }
      surface.view().setFitWidth(getWidth());
      surface.view().setFitHeight(getHeight());
      empty.autosize();
      empty.resizeRelocate(0, 0, getWidth(), getHeight());
      empty.setAlignment(Pos.CENTER);
      placeHover();
    }
  }

  // ------------------------------------------------------------------ drawing

  private void watch() {
    model.metric().subscribe(_ -> changed = true);
    model.spanSeconds().subscribe(_ -> changed = true);
    context.selection().nodes().subscribe(() -> changed = true);
    AnimationTimer timer =
        new AnimationTimer() {
          private long drawnAt;

          @Override
          public void handle(long now) {
            if (now - drawnAt >= INTERVAL_NANOS
                && (changed || model.differs(picture, drawnVersion, chart.getWidth()))) {
              drawnAt = now;
              changed = false;
              draw();
            }
          }
        };
    Widgets.whileShown(
        this,
        () -> {
          timer.start();
          return Subscription.combine(
              context.theme().variantProperty().subscribe(_ -> changed = true),
              messages.languageProperty().subscribe(_ -> changed = true),
              timer::stop);
        });
  }

  private void draw() {
    int width = (int) chart.getWidth();
    int height = (int) chart.getHeight();
    empty.setVisible(model.isEmpty());
    surface.view().setVisible(!model.isEmpty());
    if (width < 60 || height < 40 || model.isEmpty()) {
      picture = null;
      return;
    }
    picture = model.picture();
    drawnVersion = model.version();
    LoadPicture drawn = picture;
    ChartLook look = look();
    double scale = getScene().getWindow() == null ? 1 : getScene().getWindow().getOutputScaleX();
    // Smooth lines cost three times as much: for the few lines that one watches, not for many.
    boolean fine = drawn.series().size() <= FINE_SERIES;
    surface.request(() -> LoadChart.draw(drawn, look, figures, width, height, scale, fine));
    placeHover();
  }

  /** The present picture as it is saved. */
  private BufferedImage drawnFinely() {
    return LoadChart.draw(model.picture(), look(), figures, EXPORT_WIDTH, EXPORT_HEIGHT, 2, true)
        .image();
  }

  private ChartLook look() {
    return ChartLook.of(
        context.theme().tokens(), context.theme().variantProperty().get(), messages.languageTag());
  }

  // ------------------------------------------------------------------ pointing

  private void pointer(double x) {
    pointerX = x;
    placeHover();
  }

  private void placeHover() {
    LoadChart.Drawn drawn = surface.shown();
    boolean inside =
        drawn != null
            && picture != null
            && pointerX >= drawn.area().getMinX()
            && pointerX <= drawn.area().getMaxX();
    hoverLine.setVisible(inside);
    hoverCard.setVisible(inside);
    if (!inside) {
      return;
    }
    double share = (pointerX - drawn.area().getX()) / drawn.area().getWidth();
    List<String> lines = model.valuesAt(picture, share);
    hoverCard.setText(String.join("\n", lines));
    hoverCard.autosize();
    boolean left = pointerX + 12 + hoverCard.getWidth() > chart.getWidth();
    hoverCard.relocate(
        left ? pointerX - 12 - hoverCard.getWidth() : pointerX + 12, drawn.area().getY() + 4);
    hoverLine.setStartX(pointerX);
    hoverLine.setEndX(pointerX);
    hoverLine.setStartY(drawn.area().getY());
    hoverLine.setEndY(drawn.area().getMaxY());
  }

  /** A click selects the node whose line is nearest. */
  private void pick(MouseEvent event) {
    LoadChart.Drawn drawn = surface.shown();
    if (drawn == null || picture == null) {
      return;
    }
    int node = LoadChart.nearest(picture, drawn, event.getX(), event.getY());
    if (node > 0) {
      context.selection().selectNode(node);
    }
  }

  // ------------------------------------------------------------------ saving

  private void askAndSave() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.of("load.export"));
    chooser.setInitialFileName("load.png");
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("PNG", "*.png"));
    File target = chooser.showSaveDialog(context.desk().window());
    if (target != null) {
      save(target);
    }
  }

  /** Draws the present picture finely, at double size, and writes it; not on the FX thread. */
  void save(File target) {
    LoadPicture wanted = model.picture();
    ChartLook look = look();
    Task<Void> task =
        new Task<>() {
          @Override
          protected Void call() throws IOException {
            LoadChart.write(wanted, look, figures, EXPORT_WIDTH, EXPORT_HEIGHT, target.toPath());
            return null;
          }
        };
    task.setOnSucceeded(
        _ ->
            context
                .notices()
                .post(
                    Notice.of(Notice.Severity.INFO, -1, "panel.export.done", target.toString())
                        .with("panel.export.show", () -> context.desk().reveal(target.toPath()))));
    task.setOnFailed(
        _ ->
            context
                .notices()
                .post(
                    Notice.of(
                        Notice.Severity.ERROR,
                        -1,
                        "panel.export.failed",
                        target.toString(),
                        String.valueOf(task.getException().getMessage()))));
    Thread.ofVirtual().start(task);
  }
}
