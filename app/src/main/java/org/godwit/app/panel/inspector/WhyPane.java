package org.godwit.app.panel.inspector;

import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.Explanation;
import org.godwit.model.Problem;
import org.godwit.model.view.NodeView;
import org.kordamp.ikonli.feather.Feather;

/** What holds a process, each with its evidence and a button for each remedy. */
final class WhyPane extends VBox {
  private final Messages messages;
  private final WhyViewModel model;
  private final VBox answer = new VBox(6);
  private Explanation shown;

  WhyPane(Messages messages, WhyViewModel model, ObservableList<NodeView> nodes) {
    super(6);
    this.messages = messages;
    this.model = model;
    setId("why");
    ComboBox<Integer> target = new ComboBox<>();
    target.setId("why-target");
    target.setOnShowing(
        _ -> {
          Integer chosen = target.getValue();
          target.getItems().setAll(0);
          nodes.forEach(each -> target.getItems().add(each.spec().id()));
          target.setValue(chosen);
        });
    target.setValue(0);
    target.valueProperty().subscribe(node -> model.target().set(node == null ? 0 : node));
    model.target().subscribe(node -> target.setValue(node.intValue()));
    Button ahead = new Button();
    ahead.setId("why-ahead");
    ahead.textProperty().bind(messages.binding("why.ahead"));
    ahead.setGraphic(Widgets.icon(Feather.FAST_FORWARD));
    ahead.setTooltip(Widgets.tip(messages.binding("why.ahead.tip")));
    ahead.disableProperty().bind(model.looking());
    ahead.setOnAction(_ -> model.lookAhead());
    getChildren().setAll(answer, new FlowPane(6, 6, target, ahead));
    model.answer().subscribe(this::show);
    messages
        .languageProperty()
        .subscribe(
            _ -> {
              // Only a new cell makes the box write its text anew.
              target.setConverter(words(nodes));
              target.setButtonCell(cell(target.getConverter()));
              shown = null;
              show(model.answer().get());
            });
  }

  private static ListCell<Integer> cell(StringConverter<Integer> words) {
    return new ListCell<>() {
      @Override
      protected void updateItem(Integer node, boolean empty) {
        super.updateItem(node, empty);
        setText(words.toString(node));
      }
    };
  }

  private StringConverter<Integer> words(ObservableList<NodeView> nodes) {
    return new StringConverter<>() {
      @Override
      public String toString(Integer node) {
        return node == null || node == 0
            ? messages.of("why.any")
            : messages.of("why.to", name(nodes, node));
      }

      @Override
      public Integer fromString(String text) {
        return 0;
      }
    };
  }

  private static String name(ObservableList<NodeView> nodes, int id) {
    return nodes.stream()
        .filter(each -> each.spec().id() == id)
        .map(each -> each.spec().name())
        .findFirst()
        .orElse(Integer.toString(id));
  }

  private void show(Explanation e) {
    if (e == null) {
      answer.getChildren().clear();
      shown = null;
      return;
    }
    if (shown != null
        && e.kind() == shown.kind()
        && e.because().equals(shown.because())
        && java.util.Objects.equals(e.forecast(), shown.forecast())
        && e.to() == shown.to()) {
      return;
    }
    shown = e;
    answer.getChildren().clear();
    for (Explanation.Because each : e.because()) {
      answer.getChildren().add(line(model.text().words().apply(each.what())));
      for (String evidence : model.text().evidence(each)) {
        answer.getChildren().add(line(evidence, "caption"));
      }
      quote(each.what());
      for (Explanation.Remedy remedy : each.remedies()) {
        String words = model.text().words().apply(remedy.words());
        if (remedy.commands().isEmpty()) {
          answer.getChildren().add(line(words, "muted"));
        } else {
          Button button = new Button(words);
          button.setWrapText(true);
          button.setMnemonicParsing(false);
          button.getStyleClass().add("remedy");
          button.setOnAction(_ -> model.apply(remedy));
          answer.getChildren().add(button);
        }
        quote(remedy.words());
      }
    }
    if (e.forecast() != null && e.forecast().leavesNanos() < 0) {
      answer
          .getChildren()
          .add(line(messages.of("why.stays", e.forecast().untilNanos() / 1e9), "muted"));
    }
  }

  /** The manual's own words, where it has some. */
  private void quote(Problem what) {
    model.text().manual(what).ifPresent(text -> answer.getChildren().add(line(text, "quote")));
  }

  private static Label line(String text, String... styles) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.getStyleClass().addAll(styles);
    return label;
  }
}
