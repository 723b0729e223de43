package org.godwit.app.panel.inspector;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;

/** The card that answers "Why?": sign, title, sentence, and the balancer's sums if it did any. */
final class VerdictPane extends VBox {
  private final Messages messages;
  private final Consumer<VerdictCard.Remedy> remedies;
  private VerdictCard shown;

  VerdictPane(Messages messages, Consumer<VerdictCard.Remedy> remedies) {
    this.messages = messages;
    this.remedies = remedies;
    getStyleClass().add("verdict-card");
    setId("verdict");
  }

  void show(VerdictCard card) {
    if (card.equals(shown)) {
      return;
    }
    shown = card;
    getStyleClass().removeAll("free", "stays", "blocked", "neutral");
    getStyleClass().add(card.tone().name().toLowerCase(Locale.ROOT));
    Label title = new Label(card.title());
    title.getStyleClass().add("strong");
    title.setWrapText(true);
    title.setId("verdict-title");
    Label text = new Label(card.text());
    text.setWrapText(true);
    text.setId("verdict-text");
    getChildren().setAll(new HBox(6, sign(card.tone()), title), text);
    if (card.remedy() != VerdictCard.Remedy.NONE) {
      Button remedy = new Button(messages.of("verdict.remedy." + card.remedy().name()));
      remedy.setId("verdict-remedy");
      remedy.setOnAction(_ -> remedies.accept(card.remedy()));
      getChildren().add(remedy);
    }
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
