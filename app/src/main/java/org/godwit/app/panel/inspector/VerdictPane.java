package org.godwit.app.panel.inspector;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.Explanation;
import org.godwit.model.view.NodeView;
import org.kordamp.ikonli.feather.Feather;

/**
 * The card that answers "Why?": sign, title, what holds the process with its remedies, and the
 * balancer's sums if it did any. What holds it comes from the engine; while that has not answered,
 * or for a recording that has no engine, one sentence and one remedy come from the view.
 */
final class VerdictPane extends VBox {
  private final Messages messages;
  private final Consumer<VerdictCard.Remedy> remedies;
  private final WhyViewModel why;
  private final WhyPane reasons;
  private VerdictCard shown;

  VerdictPane(
      Messages messages,
      Consumer<VerdictCard.Remedy> remedies,
      WhyViewModel why,
      ObservableList<NodeView> nodes) {
    this.messages = messages;
    this.remedies = remedies;
    this.why = why;
    this.reasons = new WhyPane(messages, why, nodes);
    getStyleClass().add("verdict-card");
    setId("verdict");
    why.answer().subscribe(this::rebuild);
  }

  void show(VerdictCard card) {
    if (!card.equals(shown)) {
      shown = card;
      rebuild();
    }
  }

  private void rebuild() {
    if (shown == null) {
      return;
    }
    VerdictCard card = shown;
    Explanation answer = why.answer().get();
    getStyleClass().removeAll("free", "stays", "blocked", "neutral");
    getStyleClass().add(card.tone().name().toLowerCase(Locale.ROOT));
    Label title = new Label(answer == null ? card.title() : why.text().title(answer));
    title.getStyleClass().add("strong");
    title.setWrapText(true);
    title.setId("verdict-title");
    getChildren().setAll(new HBox(6, sign(card.tone()), title));
    if (answer == null || answer.because().isEmpty()) {
      Label text = new Label(card.text());
      text.setWrapText(true);
      text.setId("verdict-text");
      getChildren().add(text);
    }
    if (answer == null && card.remedy() != VerdictCard.Remedy.NONE) {
      Button remedy = new Button(messages.of("verdict.remedy." + card.remedy().name()));
      remedy.setId("verdict-remedy");
      remedy.setOnAction(_ -> remedies.accept(card.remedy()));
      getChildren().add(remedy);
    }
    getChildren().add(reasons);
    card.costs().forEach(line -> getChildren().add(cost(line)));
  }

  private Node sign(VerdictCard.Tone tone) {
    return switch (tone) {
      case FREE -> Widgets.icon(Feather.CHECK_CIRCLE, "ok-icon");
      case STAYS -> Widgets.icon(Feather.PAUSE_CIRCLE, "warn-icon");
      case BLOCKED -> Widgets.icon(Feather.ANCHOR, "danger-icon");
      case NEUTRAL -> Widgets.icon(Feather.INFO, "muted-icon");
    };
  }

  /**
   * One target: its verdict in words, the terms below it. The inspector is too narrow for a table.
   */
  private VBox cost(VerdictCard.CostLine line) {
    Label node = new Label(line.node());
    node.getStyleClass().add("strong");
    node.setMinWidth(USE_PREF_SIZE);
    Label verdict = new Label(line.verdict());
    verdict.setWrapText(true);
    GridPane terms = new GridPane();
    terms.setHgap(8);
    String[][] pairs = {
      {"belief", line.belief()},
      {"rates", line.rates()},
      {"gain", line.gain()},
      {"transfer", line.transfer()},
      {"calls", line.calls()}
    };
    for (int i = 0; i < pairs.length; i++) {
      Label name = new Label(messages.of("verdict.column." + pairs[i][0]));
      name.getStyleClass().add("caption");
      name.setMinWidth(USE_PREF_SIZE);
      Label value = new Label(pairs[i][1]);
      value.getStyleClass().addAll("mono", "caption-value");
      terms.addRow(i, name, value);
    }
    VBox block = new VBox(2, new HBox(8, node, verdict), terms);
    block.getStyleClass().add("cost-block");
    return block;
  }
}
