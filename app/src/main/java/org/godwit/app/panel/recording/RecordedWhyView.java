package org.godwit.app.panel.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.godwit.app.host.HostEngine;
import org.godwit.app.panel.Widgets;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.ExplanationText;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.Explanation;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.RecordedWhy;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.kordamp.ikonli.feather.Feather;

/**
 * Why a process of a recording did not migrate at a moment: at once from what is recorded, and
 * exactly when the recording is run again up to that moment. It says which of the two it shows.
 */
final class RecordedWhyView extends BorderPane {
  private final Messages messages;
  private final RecordedSession session;
  private final ExplanationText text;
  private final ComboBox<ProcessId> process = new ComboBox<>();
  private final Slider moment = new Slider();
  private final Label instant = new Label();
  private final Button again = new Button();
  private final VBox answer = new VBox(4);

  RecordedWhyView(Messages messages, RecordedModels models, SelectionModel selection) {
    this.messages = messages;
    this.session = models.session();
    this.text = new ExplanationText(messages::problem);
    Widgets.panel(this, "recording-why-panel");
    process.setId("recording-why-process");
    process.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(ProcessId id) {
            return id == null ? "" : models.roster().process(id);
          }

          @Override
          public ProcessId fromString(String words) {
            return null;
          }
        });
    process.getItems().setAll(born(session.events()));
    process.setValue(process.getItems().isEmpty() ? null : process.getItems().getFirst());
    moment.setId("recording-why-moment");
    moment.setMax(Math.max(1, session.facts().endNanos() / 1e9));
    moment.setValue(moment.getMax());
    moment.setBlockIncrement(1);
    moment.accessibleTextProperty().bind(messages.binding("recording.why.moment"));
    HBox.setHgrow(moment, Priority.ALWAYS);
    instant.getStyleClass().add("mono");
    instant.setMinWidth(USE_PREF_SIZE);
    again.setId("recording-why-again");
    again.textProperty().bind(messages.binding("recording.why.again"));
    again.setGraphic(Widgets.icon(Feather.REPEAT));
    again.setMinWidth(USE_PREF_SIZE);
    again.setDisable(!session.isReproducible());
    again.setOnAction(_ -> runAgain());
    setTop(Widgets.bar(process, moment, instant, again));
    answer.getStyleClass().add("inspector-content");
    ScrollPane scroll = new ScrollPane(answer);
    scroll.setFitToWidth(true);
    setCenter(scroll);
    process.valueProperty().subscribe(_ -> fromRecord());
    moment.valueProperty().subscribe(_ -> fromRecord());
    selection.processes().subscribe(() -> selection.leadProcess().ifPresent(process::setValue));
    Widgets.whileShown(this, () -> messages.languageProperty().subscribe(_ -> fromRecord()));
  }

  private static List<ProcessId> born(List<Event> events) {
    List<ProcessId> born = new ArrayList<>();
    for (Event event : events) {
      if (event.what() instanceof Happening.Launched
          || event.what() instanceof Happening.Forked
          || event.what() instanceof Happening.Booted) {
        if (!born.contains(event.what().process())) {
          born.add(event.what().process());
        }
      }
    }
    return born;
  }

  private long nanos() {
    long nanos = Math.min(session.facts().endNanos(), Math.round(moment.getValue() * 1e9));
    return nanos - nanos % Session.GRID_NANOS;
  }

  private void fromRecord() {
    instant.setText("%.3f s".formatted(nanos() / 1e9));
    if (process.getValue() == null) {
      answer.getChildren().clear();
      return;
    }
    Optional<Explanation> found = RecordedWhy.of(session, process.getValue(), 0, nanos());
    if (found.isPresent()) {
      show(found.get(), "recording.why.recorded");
    } else {
      answer.getChildren().setAll(line(messages.of("recording.why.unborn"), "muted"));
    }
  }

  private void runAgain() {
    ProcessId asked = process.getValue();
    long until = nanos();
    if (asked == null) {
      return;
    }
    again.setDisable(true);
    Thread.ofVirtual()
        .name("recorded-why")
        .start(
            () -> {
              try (Session copy =
                  session.recipeUntil(until).cook(_ -> Optional.empty(), 1, HostEngine.auto())) {
                Explanation found = copy.explain(asked, 0);
                Platform.runLater(
                    () -> {
                      if (asked.equals(process.getValue()) && until == nanos()) {
                        show(found, "recording.why.executed");
                      }
                    });
              } catch (ProblemException e) {
                Platform.runLater(() -> refuse(e.problem()));
              } finally {
                Platform.runLater(() -> again.setDisable(false));
              }
            });
  }

  private void refuse(Problem problem) {
    answer.getChildren().setAll(line(messages.problem(problem), "muted"));
  }

  private void show(Explanation found, String how) {
    answer.getChildren().setAll(line(text.title(found), "strong"));
    for (String each : text.lines(found)) {
      answer.getChildren().add(line(each.strip(), each.startsWith(" ") ? "caption" : "label"));
    }
    answer.getChildren().add(line(messages.of(how), "muted"));
  }

  private static Label line(String words, String style) {
    Label label = new Label(words);
    label.setWrapText(true);
    label.getStyleClass().add(style);
    return label;
  }
}
