package org.godwit.app.panel.lessons;

import java.util.List;
import java.util.function.BiFunction;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.Grading.Outcome;
import org.godwit.model.scenario.Lesson;
import org.kordamp.ikonli.feather.Feather;

/** A lesson from top to bottom: text, question, prediction, run, checks, explanation. */
public final class LessonsView extends BorderPane {
  private final Messages messages;
  private final LessonsViewModel model;
  private final BiFunction<Lesson, String, List<String>> texts;
  private final VBox page = new VBox(10);
  private final ScrollPane scroll = new ScrollPane(page);
  private final ComboBox<Lesson> chooser = new ComboBox<>();

  /**
   * @param messages the window's texts
   * @param model the course
   * @param texts the halves of a lesson's text in a language
   */
  public LessonsView(
      Messages messages, LessonsViewModel model, BiFunction<Lesson, String, List<String>> texts) {
    this.messages = messages;
    this.model = model;
    this.texts = texts;
    Widgets.panel(this, "lessons");
    chooser.setId("lesson-chooser");
    chooser.getItems().setAll(model.lessons());
    chooser.setMaxWidth(Double.MAX_VALUE);
    chooser.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Lesson lesson) {
            return lesson == null ? "" : lesson.title().in(messages.languageTag());
          }

          @Override
          public Lesson fromString(String text) {
            return null;
          }
        });
    chooser.promptTextProperty().bind(messages.binding("lessons.choose"));
    chooser.valueProperty().bindBidirectional(model.lesson());
    setTop(Widgets.bar(chooser));
    page.getStyleClass().add("inspector-content");
    scroll.setFitToWidth(true);
    setCenter(scroll);
    model.lesson().subscribe(_ -> rebuild());
    model.running().subscribe(_ -> rebuild());
    model.done().subscribe(_ -> rebuild());
    model.outcomes().subscribe(this::rebuild);
    messages
        .languageProperty()
        .subscribe(
            _ -> {
              Lesson chosen = chooser.getValue();
              chooser.setValue(null);
              chooser.setValue(chosen);
              rebuild();
            });
  }

  /** What a run has shown, from the question on: in a low window it lies below the fold. */
  private void lookAtTheEnd(Node question) {
    Platform.runLater(
        () -> {
          scroll.applyCss();
          scroll.layout();
          double hidden = page.getHeight() - scroll.getViewportBounds().getHeight();
          if (hidden > 0 && question.getParent() == page) {
            scroll.setVvalue(Math.min(1, question.getBoundsInParent().getMinY() / hidden));
          }
        });
  }

  private void rebuild() {
    page.getChildren().clear();
    Lesson lesson = model.lesson().get();
    if (lesson == null) {
      page.getChildren().add(line(messages.of("lessons.empty"), "muted"));
      return;
    }
    String language = messages.languageTag();
    List<String> halves = texts.apply(lesson, language);
    paragraphs(halves.getFirst());
    Label question = line(lesson.question().in(language), "strong");
    page.getChildren().add(question);
    choices(lesson, language);
    Button run = new Button(messages.of(model.running().get() ? "lessons.again" : "lessons.run"));
    run.setId("lesson-run");
    run.setGraphic(Widgets.icon(Feather.PLAY));
    run.disableProperty().bind(model.prediction().lessThan(0));
    run.setOnAction(_ -> model.run());
    page.getChildren().add(run);
    List<Outcome> outcomes = model.outcomes();
    for (int i = 0; i < outcomes.size(); i++) {
      String mark =
          switch (outcomes.get(i)) {
            case PASSED -> "✓ ";
            case FAILED -> "✗ ";
            case NOT_YET -> "… ";
          };
      page.getChildren().add(line(mark + lesson.checks().get(i).text().in(language)));
    }
    if (model.done().get()) {
      page.getChildren()
          .add(line(messages.of(model.right() ? "lessons.right" : "lessons.wrong"), "strong"));
      paragraphs(halves.getLast());
      lookAtTheEnd(question);
    }
  }

  private void choices(Lesson lesson, String language) {
    ToggleGroup group = new ToggleGroup();
    for (int i = 0; i < lesson.choices().size(); i++) {
      int number = i;
      RadioButton choice = new RadioButton(lesson.choices().get(i).in(language));
      choice.setId("lesson-choice-" + i);
      choice.setWrapText(true);
      choice.getStyleClass().add("lesson-choice");
      choice.setMnemonicParsing(false);
      choice.setToggleGroup(group);
      choice.setSelected(model.prediction().get() == i);
      // A prediction is made before the run.
      choice.setDisable(model.running().get());
      choice.setOnAction(_ -> model.prediction().set(number));
      page.getChildren().add(choice);
    }
  }

  /** The texts use of Markdown only paragraphs, emphasis and code. */
  private void paragraphs(String markdown) {
    for (String paragraph : markdown.isEmpty() ? new String[0] : markdown.split("\n\n")) {
      page.getChildren().add(line(paragraph.replace("**", "").replace("`", "").replace("\n", " ")));
    }
  }

  private static Label line(String text, String... styles) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.getStyleClass().addAll(styles);
    return label;
  }
}
