package org.godwit.app.panel.inspector;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.panel.ProgramMark;
import org.godwit.app.panel.Widgets;
import org.godwit.app.panel.processes.ProcessesViewModel;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;
import org.godwit.model.command.Command;
import org.godwit.model.view.NodeView;
import org.kordamp.ikonli.feather.Feather;

/** The inspector's page for a process. */
final class ProcessPane extends VBox {
  private final Messages messages;
  private final InspectorViewModel model;
  private final ProgramMark mark;
  private final Label title = new Label();
  private final Label subtitle = new Label();
  private final CheckBox lock = new CheckBox();
  private final MenuButton migrate = new MenuButton();
  private final Button home = new Button();
  private final Button kill = new Button();
  private final VerdictPane verdict;
  private final VBox reasons = new VBox(8);
  private final VBox watch = new VBox(4);
  private final Label watchValue = new Label();
  private final ProgressBar watchBar = new ProgressBar();
  private final Label watchShare = new Label();
  private final FactGrid facts = new FactGrid();
  private final CallList calls;
  private final TextArea file = new TextArea();
  private List<ReasonCard> shownReasons = null;

  ProcessPane(Messages messages, Theme theme, ProgramLooks looks, InspectorViewModel model) {
    this.messages = messages;
    this.model = model;
    this.mark = new ProgramMark(theme, looks, 28);
    this.verdict = new VerdictPane(messages, model::remedy, model.why(), model.nodes());
    this.calls = new CallList(messages);
    model.calls().subscribe(calls::show);
    getStyleClass().add("inspector-content");
    getChildren()
        .setAll(
            head(),
            actions(),
            section("inspector.section.verdict"),
            verdict,
            section("inspector.section.reasons"),
            reasons,
            watch(),
            section("inspector.section.facts"),
            facts,
            section("inspector.section.calls"),
            calls,
            section("inspector.section.files"),
            files());
  }

  private HBox head() {
    title.getStyleClass().addAll("card-title", "strong");
    title.setId("inspector-title");
    title.setWrapText(true);
    subtitle.getStyleClass().add("muted");
    subtitle.setWrapText(true);
    HBox head = new HBox(8, mark, new VBox(2, title, subtitle));
    head.setAlignment(Pos.CENTER_LEFT);
    return head;
  }

  private FlowPane actions() {
    lock.setId("inspector-lock");
    lock.textProperty().bind(messages.binding("inspector.lock"));
    lock.setTooltip(Widgets.tip(messages.binding("inspector.lock.tip")));
    lock.setOnAction(
        _ -> {
          boolean wanted = lock.isSelected();
          // The box follows the cluster: it changes when the lock has been written.
          lock.setSelected(!wanted);
          model.setLock(wanted);
        });
    migrate.setId("inspector-migrate");
    migrate.textProperty().bind(messages.binding("inspector.button.migrate"));
    migrate.setGraphic(Widgets.icon(Feather.ZAP));
    migrate.setOnShowing(_ -> fillTargets());
    // Without an item the menu would never show and never be filled.
    migrate.getItems().add(new MenuItem());
    home.textProperty().bind(messages.binding("inspector.button.home"));
    home.setGraphic(Widgets.icon(Feather.HOME));
    home.setOnAction(_ -> model.migrate(Command.Migrate.HOME));
    kill.textProperty().bind(messages.binding("inspector.button.kill"));
    kill.setGraphic(Widgets.icon(Feather.X_OCTAGON));
    kill.setOnAction(_ -> model.signal(ProcessesViewModel.SIGKILL));
    FlowPane actions = new FlowPane(8, 6, lock, migrate, home, kill);
    actions.setRowValignment(VPos.CENTER);
    return actions;
  }

  private void fillTargets() {
    migrate.getItems().clear();
    ProcessCard card = model.process().get();
    for (NodeView node : model.nodes()) {
      if (card != null
          && node.status() == NodeView.Status.UP
          && node.spec().id() != card.process().where()) {
        MenuItem target = new MenuItem(node.spec().name(), Widgets.icon(Feather.SERVER));
        target.setMnemonicParsing(false);
        target.setOnAction(_ -> model.migrate(node.spec().id()));
        migrate.getItems().add(target);
      }
    }
    MenuItem balance = new MenuItem(messages.of("processes.menu.balance"));
    balance.setOnAction(_ -> model.migrate(Command.Migrate.BALANCE));
    migrate.getItems().addAll(new SeparatorMenuItem(), balance);
  }

  private VBox watch() {
    watchValue.getStyleClass().add("mono");
    watchBar.setMaxWidth(Double.MAX_VALUE);
    watchShare.getStyleClass().add("caption");
    watchShare.setWrapText(true);
    watch
        .getChildren()
        .setAll(section("inspector.section.watch"), watchValue, watchBar, watchShare);
    watch.managedProperty().bind(watch.visibleProperty());
    return watch;
  }

  private VBox files() {
    ToggleGroup group = new ToggleGroup();
    FlowPane names = new FlowPane(4, 4);
    for (String name : InspectorViewModel.FILES) {
      ToggleButton button = new ToggleButton(name);
      button.getStyleClass().add("mono");
      button.setMnemonicParsing(false);
      button.setToggleGroup(group);
      button.setUserData(name);
      button.setId("file-" + name);
      names.getChildren().add(button);
    }
    group
        .selectedToggleProperty()
        .subscribe(chosen -> model.openFile(chosen == null ? "" : (String) chosen.getUserData()));
    file.setEditable(false);
    file.setPrefRowCount(6);
    file.getStyleClass().add("file-text");
    file.setId("inspector-file");
    file.textProperty().bind(model.fileText());
    file.promptTextProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    messages.of(
                        group.getSelectedToggle() == null
                            ? "inspector.file.choose"
                            : "inspector.file.empty"),
                group.selectedToggleProperty(),
                messages.languageProperty()));
    return new VBox(6, names, file);
  }

  void show(ProcessCard card) {
    mark.show(card.process().program());
    title.setText(card.title());
    subtitle.setText(card.subtitle());
    boolean alive = card.process().isAlive();
    lock.setSelected(card.process().lock());
    lock.setDisable(!alive);
    migrate.setDisable(!alive);
    kill.setDisable(!alive);
    home.setDisable(!alive || !card.process().isAway());
    verdict.show(card.verdict());
    showReasons(card.reasons());
    watch.setVisible(!card.watch().isEmpty());
    watchValue.setText(card.watch());
    boolean counts = card.watchShare() >= 0;
    watchBar.setVisible(counts);
    watchBar.setProgress(counts ? card.watchShare() : 0);
    watchShare.setText(
        counts
            ? messages.of(
                "inspector.watch.share",
                String.format(messages.locale(), "%.3f", card.watchShare() * 100))
            : "");
    facts.show(card.facts());
  }

  private void showReasons(List<ReasonCard> cards) {
    if (cards.equals(shownReasons)) {
      return;
    }
    shownReasons = cards;
    reasons.getChildren().clear();
    if (cards.isEmpty()) {
      Label none = new Label(messages.of("inspector.noReasons"));
      none.getStyleClass().add("muted");
      none.setWrapText(true);
      reasons.getChildren().add(none);
    }
    for (ReasonCard card : cards) {
      Label word = new Label(card.word());
      word.getStyleClass().addAll("mono", "strong", "reason-word");
      word.setMinWidth(USE_PREF_SIZE);
      Label meaning = wrapped(card.meaning());
      Label evidence = wrapped(card.evidence());
      evidence.getStyleClass().add("caption");
      Label remedy = wrapped(messages.of("inspector.remedy", card.remedy()));
      VBox box =
          new VBox(
              new HBox(6, Widgets.icon(Feather.ANCHOR, "danger-icon"), word),
              meaning,
              evidence,
              remedy);
      box.getStyleClass().add("reason-card");
      reasons.getChildren().add(box);
    }
  }

  private static Label wrapped(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    return label;
  }

  private Label section(String key) {
    Label title = Widgets.label(messages.binding(key), "section-title", "strong");
    title.setWrapText(true);
    title.setMinHeight(USE_PREF_SIZE);
    return title;
  }
}
