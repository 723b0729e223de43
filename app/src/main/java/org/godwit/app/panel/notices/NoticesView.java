package org.godwit.app.panel.notices;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.godwit.app.notice.Notice;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.SpeedSearch;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Notices as a list, newest first, each with what can be done about it. */
public final class NoticesView extends BorderPane {
  private final Messages messages;
  private final Figures figures;
  private final ListView<Notice> list = new ListView<>();

  /**
   * @param messages the window's texts
   * @param board the notices
   * @param figures how times are written
   */
  public NoticesView(Messages messages, NoticeBoard board, Figures figures) {
    this.messages = messages;
    this.figures = figures;
    Widgets.panel(this, "notifications");
    list.setItems(board.notices());
    list.setId("notifications-list");
    list.setCellFactory(_ -> new Cell());
    list.setPlaceholder(Widgets.empty(messages.binding("notifications.empty")));
    list.accessibleTextProperty().bind(messages.binding("window.notifications"));
    messages.languageProperty().subscribe(_ -> list.refresh());
    setCenter(SpeedSearch.over(list, notice -> messages.problem(notice.text())));
    Button clear = new Button();
    clear.textProperty().bind(messages.binding("notifications.clear"));
    clear.setGraphic(Widgets.icon(Feather.TRASH_2));
    clear.setOnAction(_ -> board.clear());
    setTop(Widgets.bar(Widgets.spring(), clear));
  }

  /** What the panel says and offers while nothing was told. */
  public NoticesView offering(Node offer) {
    list.setPlaceholder(offer);
    return this;
  }

  private final class Cell extends ListCell<Notice> {
    private final Label text = new Label();
    private final Label time = new Label();
    private final HBox links = new HBox(8);
    private final HBox row = new HBox();

    Cell() {
      text.setWrapText(true);
      text.setMinWidth(0);
      time.getStyleClass().addAll("caption", "mono");
      time.setMinWidth(USE_PREF_SIZE);
      VBox words = new VBox(2, text, links);
      HBox.setHgrow(words, Priority.ALWAYS);
      row.getStyleClass().add("notice-cell");
      row.setAlignment(Pos.TOP_LEFT);
      row.getChildren().setAll(new Label(), words, time);
      // A cell is as wide as its list, so that long texts wrap instead of being cut.
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Notice notice, boolean empty) {
      super.updateItem(notice, empty);
      setText(null);
      if (empty || notice == null) {
        setGraphic(null);
        return;
      }
      row.getChildren().set(0, icon(notice.severity()));
      text.setText(messages.problem(notice.text()));
      time.setText(notice.atNanos() < 0 ? "" : figures.shortInstant(notice.atNanos()));
      links.getChildren().clear();
      for (Notice.Remedy remedy : notice.remedies()) {
        Hyperlink link = new Hyperlink(messages.of(remedy.labelKey()));
        link.setOnAction(_ -> remedy.action().run());
        links.getChildren().add(link);
      }
      if (!notice.details().isEmpty()) {
        Hyperlink copy = new Hyperlink(messages.of("notifications.copy"));
        copy.setOnAction(_ -> copy(notice.details()));
        links.getChildren().add(copy);
      }
      links.setManaged(!links.getChildren().isEmpty());
      setGraphic(row);
      setAccessibleText(
          messages.of("notifications.severity." + notice.severity().name().toLowerCase(Locale.ROOT))
              + ": "
              + text.getText());
    }
  }

  private static FontIcon icon(Notice.Severity severity) {
    return switch (severity) {
      case INFO -> Widgets.icon(Feather.INFO, "accent-icon");
      case WARNING -> Widgets.icon(Feather.ALERT_TRIANGLE, "warn-icon");
      case ERROR -> Widgets.icon(Feather.X_OCTAGON, "danger-icon");
    };
  }

  private static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }
}
