package org.godwit.app.panel.inspector;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.view.NodeView;
import org.kordamp.ikonli.feather.Feather;

/** The inspector's page for a node. */
final class NodePane extends VBox {
  private static final int MAX_SPEED = 1_000_000;

  private final Messages messages;
  private final InspectorViewModel model;
  private final Label title = new Label();
  private final Label subtitle = new Label();
  private final Map<NodeSwitch, CheckBox> switches = new EnumMap<>(NodeSwitch.class);
  private final TextField speed = new TextField();
  private final Label badSpeed = new Label();
  private final Button expel = new Button();
  private final Button bring = new Button();
  private final Button setSpeed = new Button();
  private final Label decision = new Label();
  private final Label next = new Label();
  private final FactGrid facts = new FactGrid();
  private int shownNode;
  private int shownSpeed;

  NodePane(Messages messages, InspectorViewModel model) {
    this.messages = messages;
    this.model = model;
    getStyleClass().add("inspector-content");
    title.getStyleClass().addAll("card-title", "strong");
    title.setId("inspector-title");
    subtitle.getStyleClass().add("muted");
    subtitle.setWrapText(true);
    decision.setWrapText(true);
    decision.setId("node-decision");
    next.getStyleClass().add("caption");
    next.setWrapText(true);
    VBox said = new VBox(4, decision, next);
    said.getStyleClass().add("verdict-card");
    HBox head = new HBox(8, Widgets.icon(Feather.SERVER), new VBox(2, title, subtitle));
    head.setAlignment(Pos.CENTER_LEFT);
    getChildren()
        .setAll(
            head,
            section("inspector.section.decision"),
            said,
            section("inspector.section.switches"),
            switches(),
            actions(),
            section("inspector.section.speed"),
            speed(),
            section("inspector.section.facts"),
            facts);
  }

  private VBox switches() {
    VBox boxes = new VBox(6);
    for (NodeSwitch which : NodeSwitch.values()) {
      String word = which.name().toLowerCase(Locale.ROOT);
      CheckBox box = new CheckBox();
      box.setId("switch-" + word);
      box.textProperty().bind(messages.binding("inspector.switch." + word));
      box.setWrapText(true);
      box.setOnAction(
          _ -> {
            boolean wanted = box.isSelected();
            // The box follows the cluster: it changes when the switch has been flipped.
            box.setSelected(!wanted);
            model.setSwitch(which, wanted);
          });
      Label raw = new Label(word);
      raw.getStyleClass().addAll("mono", "muted");
      raw.setMinWidth(48);
      HBox row = new HBox(8, raw, box);
      row.setAlignment(Pos.CENTER_LEFT);
      switches.put(which, box);
      boxes.getChildren().add(row);
    }
    return boxes;
  }

  private FlowPane actions() {
    expel.textProperty().bind(messages.binding("inspector.button.expel"));
    expel.setGraphic(Widgets.icon(Feather.LOG_OUT));
    expel.setTooltip(tip("inspector.button.expel.tip"));
    expel.setOnAction(_ -> model.expel());
    bring.textProperty().bind(messages.binding("inspector.button.bring"));
    bring.setGraphic(Widgets.icon(Feather.HOME));
    bring.setTooltip(tip("inspector.button.bring.tip"));
    bring.setOnAction(_ -> model.bring());
    return new FlowPane(8, 6, expel, bring);
  }

  private VBox speed() {
    speed.setId("node-speed");
    speed.setPrefColumnCount(8);
    speed.setTooltip(tip("inspector.speed.tip"));
    speed.accessibleTextProperty().bind(messages.binding("inspector.section.speed"));
    speed.setOnAction(_ -> submitSpeed());
    setSpeed.textProperty().bind(messages.binding("inspector.button.speed"));
    setSpeed.setOnAction(_ -> submitSpeed());
    badSpeed.getStyleClass().add("field-error");
    badSpeed.setWrapText(true);
    badSpeed.managedProperty().bind(badSpeed.visibleProperty());
    badSpeed.textProperty().bind(messages.binding("inspector.speed.bad"));
    badSpeed.setVisible(false);
    speed.textProperty().subscribe(text -> badSpeed.setVisible(!isLegal(text)));
    HBox row = new HBox(8, speed, setSpeed);
    row.setAlignment(Pos.CENTER_LEFT);
    return new VBox(4, row, badSpeed);
  }

  private void submitSpeed() {
    if (isLegal(speed.getText()) && !speed.getText().isBlank()) {
      model.setSpeed(Integer.parseInt(speed.getText().strip()));
    }
  }

  /** An empty field is not nagged about before it is submitted. */
  private static boolean isLegal(String text) {
    if (text == null || text.isBlank()) {
      return true;
    }
    try {
      int value = Integer.parseInt(text.strip());
      return value >= 1 && value <= MAX_SPEED;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  void show(NodeCard card) {
    title.setText(card.title());
    subtitle.setText(card.subtitle());
    boolean up = card.node().status() == NodeView.Status.UP;
    switches.forEach(
        (which, box) -> {
          box.setSelected(card.node().switches().contains(which));
          box.setDisable(!up);
        });
    expel.setDisable(!up);
    bring.setDisable(!up);
    setSpeed.setDisable(!up);
    int now = card.node().spec().speed();
    if (shownNode != card.node().spec().id() || shownSpeed != now) {
      shownNode = card.node().spec().id();
      shownSpeed = now;
      speed.setText(Integer.toString(now));
    }
    decision.setText(card.decision());
    next.setText(card.nextDecision());
    facts.show(card.facts());
  }

  private Tooltip tip(String key) {
    return Widgets.tip(messages.binding(key));
  }

  private Label section(String key) {
    Label title = Widgets.label(messages.binding(key), "section-title", "strong");
    title.setWrapText(true);
    title.setMinHeight(USE_PREF_SIZE);
    return title;
  }
}
