package org.godwit.app.panel.recording;

import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.godwit.app.panel.Widgets;
import org.godwit.app.panel.decisions.DecisionsView;
import org.godwit.app.panel.events.EventsView;
import org.godwit.app.panel.export.ExportDialog;
import org.godwit.app.panel.inspector.FactGrid;
import org.godwit.app.panel.load.LoadView;
import org.godwit.app.panel.moments.MomentsView;
import org.godwit.app.panel.timeline.TimelineView;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.engine.session.query.Moment;
import org.kordamp.ikonli.feather.Feather;

/** A recording as an editor tab: facts at the left, load, timeline, events and decisions beside. */
public final class RecordingView extends BorderPane {
  private final Messages messages;
  private final RecordedModels models;
  private final Runnable compare;
  private final Runnable again;
  private final FactGrid facts = new FactGrid();
  private final VBox page = new VBox();

  /**
   * @param context what panels work with; its selection is left alone
   * @param models what is shown
   * @param compare opens a comparison with another session
   * @param again opens it as the session that is open
   */
  public RecordingView(
      WorkbenchContext context, RecordedModels models, Runnable compare, Runnable again) {
    this.messages = context.messages();
    this.models = models;
    this.compare = compare;
    this.again = again;
    Widgets.panel(this, "recording");
    WorkbenchContext own = withOwnSelection(context);
    setTop(bar(context));
    SplitPane split = new SplitPane(factsPage(), withMoments(own));
    split.setDividerPositions(0.3);
    SplitPane.setResizableWithParent(split.getItems().getFirst(), false);
    setCenter(split);
    Widgets.whileShown(
        this,
        () ->
            messages
                .languageProperty()
                .subscribe(
                    _ -> {
                      models.reword();
                      fillFacts();
                    }));
  }

  /** What is chosen in a recording is not chosen in the live cluster: pids may be the same. */
  private static WorkbenchContext withOwnSelection(WorkbenchContext c) {
    return new WorkbenchContext(
        c.bridge(),
        new SelectionModel(),
        c.messages(),
        c.theme(),
        c.notices(),
        c.actions(),
        c.verbs(),
        c.programs(),
        c.looks(),
        c.desk());
  }

  private HBox bar(WorkbenchContext context) {
    Button export = new Button();
    export.setId("recording-export");
    export.textProperty().bind(messages.binding("recording.export"));
    export.setGraphic(Widgets.icon(Feather.SHARE));
    export.setOnAction(
        _ -> ExportDialog.open(context, models.session(), models.load(), models.figures(), false));
    Button beside = new Button();
    beside.setId("recording-compare");
    beside.textProperty().bind(messages.binding("recording.compare"));
    beside.setGraphic(Widgets.icon(Feather.COLUMNS));
    beside.setOnAction(_ -> compare.run());
    Button open = new Button();
    open.setId("recording-again");
    open.textProperty().bind(messages.binding("recording.again"));
    open.setGraphic(Widgets.icon(Feather.PLAY));
    open.setTooltip(new Tooltip());
    open.getTooltip().textProperty().bind(messages.binding("recording.again.tip"));
    open.setOnAction(_ -> again.run());
    return Widgets.bar(
        Widgets.icon(Feather.FILM, "muted-icon"),
        Widgets.label(messages.binding("recording.readOnly"), "muted"),
        Widgets.spring(),
        open,
        beside,
        export);
  }

  private ScrollPane factsPage() {
    page.getStyleClass().add("inspector-content");
    ScrollPane scroll = new ScrollPane(page);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("recording-facts");
    return scroll;
  }

  private void fillFacts() {
    page.getChildren().clear();
    if (!models.damage().isEmpty()) {
      VBox damage = new VBox(4);
      damage.getStyleClass().add("reason-card");
      damage.setId("recording-damage");
      Label title = wrapped(messages.of("recording.damage"));
      title.getStyleClass().add("strong");
      damage.getChildren().add(title);
      models.damage().forEach(line -> damage.getChildren().add(wrapped(line)));
      page.getChildren().add(damage);
    }
    facts.show(models.facts());
    Label again =
        wrapped(
            messages.of(
                models.isReproducible() ? "recording.reproducible" : "recording.notReproducible"));
    again.getStyleClass().add("muted");
    page.getChildren().addAll(section("recording.section.facts"), facts, again);
    String notes = models.session().notes();
    if (!notes.isBlank()) {
      page.getChildren().addAll(section("recording.notes"), wrapped(notes));
    }
  }

  private TabPane tabs(WorkbenchContext own) {
    TabPane tabs = new TabPane();
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.getTabs()
        .addAll(
            tab("load", new LoadView(own, models.load(), models.figures())),
            tab("timeline", new TimelineView(own, models.timeline(), models.figures())),
            tab(
                "events",
                new EventsView(
                    messages, own.selection(), models.events(), models.figures(), models.roster())),
            tab(
                "decisions",
                new DecisionsView(messages, own.selection(), models.decisions(), null)),
            tab("why", new RecordedWhyView(messages, models, own.selection())));
    return tabs;
  }

  /** What is found below is shown above. */
  private SplitPane withMoments(WorkbenchContext own) {
    TabPane tabs = tabs(own);
    MomentsView moments =
        new MomentsView(messages, models.moments(), moment -> jump(tabs, own.selection(), moment))
            .linkedTo(own.selection());
    SplitPane both = new SplitPane(tabs, moments);
    both.setOrientation(Orientation.VERTICAL);
    both.setDividerPositions(0.66);
    return both;
  }

  /** A moment of a recording is seen on its timeline. */
  private void jump(TabPane tabs, SelectionModel selection, Moment moment) {
    models.timeline().showAround(moment.fromNanos());
    if (moment.process() != null) {
      selection.select(moment.process());
    } else if (moment.node() > 0) {
      selection.selectNode(moment.node());
    }
    tabs.getTabs().stream()
        .filter(tab -> tab.getId().equals("recording-timeline"))
        .findFirst()
        .ifPresent(tabs.getSelectionModel()::select);
  }

  private Tab tab(String key, Node content) {
    Tab tab = new Tab();
    tab.setId("recording-" + key);
    tab.textProperty().bind(messages.binding("recording.tab." + key));
    tab.setContent(content);
    return tab;
  }

  private Label section(String key) {
    Label label = new Label(messages.of(key));
    label.getStyleClass().addAll("section-title", "strong");
    label.setAlignment(Pos.CENTER_LEFT);
    return label;
  }

  private static Label wrapped(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    return label;
  }
}
