package org.godwit.app.source;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.LineNumberFactory;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A source with its colours; above it Build, below it what the compiler said, each with a jump. FX
 * thread only.
 */
public final class SourceView extends BorderPane {
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final double ROW = 24;

  private final SourceViewModel model;
  private final Messages messages;
  private final CodeArea code = new CodeArea();

  /** A view of {@code model}; {@code typing} is the property that marks who takes letters. */
  public SourceView(SourceViewModel model, Messages messages, String typing) {
    this.model = model;
    this.messages = messages;
    getStyleClass().add("source-view");
    code.getStyleClass().addAll("source-code", "mono");
    code.getProperties().put(typing, Boolean.TRUE);
    code.setId("source-code");
    code.setParagraphGraphicFactory(LineNumberFactory.get(code));
    code.replaceText(model.textProperty().get());
    colour();
    code.getUndoManager().forgetHistory();
    code.moveTo(0);
    code.textProperty().addListener((_, _, now) -> model.textProperty().set(now));
    model
        .textProperty()
        .addListener(
            (_, _, now) -> {
              if (!now.equals(code.getText())) {
                code.replaceText(now);
              }
            });
    code.multiPlainChanges()
        .successionEnds(QUIET)
        .subscribe(
            _ -> {
              colour();
              model.keep();
            });
    code.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.B && e.isShortcutDown()) {
            model.build();
            e.consume();
          } else if (e.getCode() == KeyCode.S && e.isShortcutDown()) {
            model.save(); // Here it is not the session that is meant.
            e.consume();
          }
        });
    setTop(bar());
    setCenter(new VirtualizedScrollPane<>(code));
    setBottom(problems());
  }

  private HBox bar() {
    Button build = new Button(null, new FontIcon(Feather.TOOL));
    build.textProperty().bind(messages.binding("source.build"));
    build.setId("source-build");
    build.disableProperty().bind(model.buildingProperty());
    build.setOnAction(_ -> model.build());
    Button reset = new Button(null, new FontIcon(Feather.ROTATE_CCW));
    reset.textProperty().bind(messages.binding("source.reset"));
    reset.disableProperty().bind(model.changedProperty().not());
    reset.setOnAction(_ -> model.reset());
    Label outcome = new Label();
    outcome.setId("source-outcome");
    outcome.getStyleClass().add("source-outcome");
    outcome.setMinWidth(0);
    HBox.setHgrow(outcome, Priority.ALWAYS);
    Runnable word =
        () -> outcome.setText(model.outcomeProperty().get().map(messages::problem).orElse(""));
    model.outcomeProperty().subscribe(word);
    messages.languageProperty().subscribe(_ -> word.run());
    HBox bar = new HBox(8, build, reset, outcome);
    bar.getStyleClass().add("source-bar");
    return bar;
  }

  private Region problems() {
    ListView<CompilerMessage> list = new ListView<>(model.messages());
    list.setId("source-problems");
    list.accessibleTextProperty().bind(messages.binding("window.problems"));
    list.setCellFactory(_ -> new Cell());
    list.setFixedCellSize(ROW);
    list.setOnMouseClicked(_ -> jump(list.getSelectionModel().getSelectedItem()));
    list.setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ENTER) {
            jump(list.getSelectionModel().getSelectedItem());
            e.consume();
          }
        });
    model
        .messages()
        .subscribe(
            () -> {
              int rows = Math.min(6, model.messages().size());
              list.setPrefHeight(rows * ROW + 2);
              list.setMaxHeight(rows * ROW + 2);
              list.setVisible(rows > 0);
              list.setManaged(rows > 0);
            });
    list.setVisible(false);
    list.setManaged(false);
    return list;
  }

  /** Puts the caret where the compiler pointed. */
  private void jump(CompilerMessage message) {
    if (message == null || message.line() == 0) {
      return;
    }
    int paragraph = Math.min(message.line(), code.getParagraphs().size()) - 1;
    int column = Math.clamp(message.column() - 1L, 0, code.getParagraphLength(paragraph));
    code.moveTo(paragraph, column);
    code.requestFollowCaret();
    code.requestFocus();
  }

  private void colour() {
    if (code.getLength() > 0) {
      code.setStyleSpans(0, spans(code.getText()));
    }
  }

  private static StyleSpans<Collection<String>> spans(String text) {
    StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
    int at = 0;
    for (CToken token : CToken.of(text)) {
      spans.add(List.of(), token.start() - at);
      spans.add(
          List.of("code-" + token.kind().name().toLowerCase(Locale.ROOT)),
          token.end() - token.start());
      at = token.end();
    }
    spans.add(List.of(), text.length() - at);
    return spans.create();
  }

  private final class Cell extends ListCell<CompilerMessage> {
    @Override
    protected void updateItem(CompilerMessage message, boolean isEmpty) {
      super.updateItem(message, isEmpty);
      if (isEmpty || message == null) {
        setText(null);
        setGraphic(null);
        return;
      }
      boolean error = message.severity() == CompilerMessage.Severity.ERROR;
      FontIcon icon = new FontIcon(error ? Feather.X_OCTAGON : Feather.ALERT_TRIANGLE);
      icon.getStyleClass().add(error ? "danger-icon" : "warn-icon");
      setGraphic(icon);
      setText(
          message.line() == 0
              ? message.text()
              : messages.of("source.at", message.line(), message.text()));
    }
  }
}
