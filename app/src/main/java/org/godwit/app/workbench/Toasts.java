package org.godwit.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.godwit.app.notice.Notice;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Balloons in the lower right corner for new notices. What can be missed goes by itself; warnings
 * and errors stay until they are closed. Laid into the scene, not into a window of their own, so
 * that they follow the theme and work on every platform. FX thread only.
 */
final class Toasts extends VBox {
  private static final double STAY_MILLIS = 5_000;
  private static final double WARNING_MILLIS = 9_000;
  private static final int MOST = 4;

  private final Messages messages;
  private final Predicate<Notice.Severity> wanted;
  private final List<Toast> shown = new ArrayList<>();

  private record Toast(Notice notice, Node node, double[] left) {}

  /** Balloons for notices of the severities that {@code wanted} lets through. */
  Toasts(NoticeBoard board, Messages messages, Predicate<Notice.Severity> wanted) {
    this.messages = messages;
    this.wanted = wanted;
    getStyleClass().add("toasts");
    setAlignment(Pos.BOTTOM_RIGHT);
    setPickOnBounds(false);
    board.onPost(this::post);
  }

  private void post(Notice notice) {
    if (!wanted.test(notice.severity())) {
      return;
    }
    for (Toast each : List.copyOf(shown)) {
      // The same sentence again refreshes the balloon that says it.
      if (each.notice.text().equals(notice.text())) {
        remove(each);
      }
    }
    double stay =
        switch (notice.severity()) {
          case INFO -> STAY_MILLIS;
          case WARNING -> WARNING_MILLIS;
          case ERROR -> Double.POSITIVE_INFINITY;
        };
    double[] left = {stay};
    Node node = node(notice, left);
    Toast toast = new Toast(notice, node, left);
    shown.add(toast);
    getChildren().add(node);
    while (shown.size() > MOST) {
      remove(shown.getFirst());
    }
  }

  private Node node(Notice notice, double[] left) {
    FontIcon icon =
        new FontIcon(
            switch (notice.severity()) {
              case INFO -> Feather.INFO;
              case WARNING -> Feather.ALERT_TRIANGLE;
              case ERROR -> Feather.X_OCTAGON;
            });
    icon.getStyleClass().add("toast-icon");
    Label text = new Label(messages.problem(notice.text()));
    text.getStyleClass().add("toast-text");
    text.setWrapText(true);
    text.setMinHeight(USE_PREF_SIZE);
    VBox words = new VBox(4, text);
    HBox.setHgrow(words, Priority.ALWAYS);
    HBox links = new HBox(12);
    for (Notice.Remedy remedy : notice.remedies()) {
      Hyperlink link = new Hyperlink(messages.of(remedy.labelKey()));
      link.setOnAction(
          _ -> {
            remedy.action().run();
            left[0] = 0;
          });
      links.getChildren().add(link);
    }
    if (!notice.details().isEmpty()) {
      Hyperlink copy = new Hyperlink(messages.of("notice.copy"));
      copy.setOnAction(_ -> copy(notice));
      links.getChildren().add(copy);
    }
    if (!links.getChildren().isEmpty()) {
      words.getChildren().add(links);
    }
    Button close = new Button(null, new FontIcon(Feather.X));
    close.getStyleClass().add("flat-button");
    close.setAccessibleText(messages.of("notice.close"));
    close.setOnAction(_ -> left[0] = 0);
    HBox box = new HBox(10, icon, words, close);
    box.getStyleClass()
        .addAll("toast", "toast-" + notice.severity().name().toLowerCase(Locale.ROOT));
    box.setAlignment(Pos.TOP_LEFT);
    box.setMaxWidth(400);
    box.setOnMouseEntered(_ -> left[0] = Math.max(left[0], STAY_MILLIS));
    return box;
  }

  private void copy(Notice notice) {
    ClipboardContent content = new ClipboardContent();
    content.putString(messages.problem(notice.text()) + "\n\n" + notice.details());
    Clipboard.getSystemClipboard().setContent(content);
  }

  /** Lets wall time pass. */
  void tick(double millis) {
    for (Toast each : List.copyOf(shown)) {
      each.left[0] -= millis;
      if (each.left[0] <= 0) {
        remove(each);
      }
    }
  }

  private void remove(Toast toast) {
    shown.remove(toast);
    getChildren().remove(toast.node);
  }
}
