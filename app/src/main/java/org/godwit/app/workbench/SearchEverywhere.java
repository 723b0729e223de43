package org.godwit.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * One field that finds actions, panels, nodes, processes, programs and scenarios; arrows and Enter
 * suffice. What cannot be done now is listed all the same, greyed. Lies in the scene; FX thread
 * only.
 */
final class SearchEverywhere {
  private static final int MOST = 60;
  private static final int LEAST_ASKED = 2;
  private static final double DOUBLE_MILLIS = 350;
  private static final PseudoClass DISABLED = PseudoClass.getPseudoClass("unavailable");

  private final StackPane root;
  private final Messages messages;
  private final Supplier<List<Found>> everything;
  private final Function<String, List<Found>> asked;
  private final Runnable closed;
  private final TextField field = new TextField();
  private final ListView<Found> list = new ListView<>();
  private final StackPane shade = new StackPane();
  private List<Found> all = List.of();
  private long lastShift;
  private boolean shiftAlone;
  private Node opener;

  SearchEverywhere(
      StackPane root,
      Messages messages,
      Supplier<List<Found>> everything,
      Function<String, List<Found>> asked,
      Runnable closed) {
    this.root = root;
    this.messages = messages;
    this.everything = everything;
    this.asked = asked;
    this.closed = closed;
    field.promptTextProperty().bind(messages.binding("search.prompt"));
    field.setId("search-field");
    field.textProperty().addListener(_ -> filter());
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    list.setCellFactory(_ -> new FoundCell());
    list.setId("search-list");
    list.setFocusTraversable(false);
    list.setOnMouseClicked(_ -> choose());
    Label nothing = new Label();
    nothing.textProperty().bind(messages.binding("search.nothing"));
    list.setPlaceholder(nothing);
    VBox box = new VBox(field, list);
    box.getStyleClass().add("search-box");
    box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    shade.getStyleClass().add("search-shade");
    shade.setAlignment(Pos.TOP_CENTER);
    shade.getChildren().setAll(box);
    shade.setOnMousePressed(
        e -> {
          if (e.getTarget() == shade) {
            close();
          }
        });
  }

  /** Opens it at Shift twice in that scene, which may be that of a panel's own window. */
  void listen(Scene scene) {
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::watchShift);
    scene.addEventFilter(KeyEvent.KEY_RELEASED, this::shiftReleased);
  }

  /** Opens it with an empty field. */
  void open() {
    if (shade.getParent() == null) {
      opener = root.getScene().getFocusOwner();
      all = everything.get();
      field.clear();
      filter();
      root.getChildren().add(shade);
      Window window = root.getScene().getWindow();
      if (window != null && !window.isFocused()) {
        window.requestFocus();
      }
      field.requestFocus();
    }
  }

  /** Whether it is open. */
  boolean isOpen() {
    return shade.getParent() != null;
  }

  /** Closes it when the language changes: its words are those of the old one. */
  void reword() {
    if (shade.getParent() != null) {
      close();
    }
  }

  /** The keyboard goes back to where it was. */
  private void close() {
    root.getChildren().remove(shade);
    if (opener != null && opener.getScene() != null) {
      opener.requestFocus();
    } else {
      closed.run();
    }
  }

  /** Shift twice, with no other key between. */
  private void watchShift(KeyEvent e) {
    shiftAlone = e.getCode() == KeyCode.SHIFT;
    if (!shiftAlone) {
      lastShift = 0;
    }
  }

  private void shiftReleased(KeyEvent e) {
    if (e.getCode() != KeyCode.SHIFT || !shiftAlone) {
      return;
    }
    long now = System.nanoTime();
    if (lastShift != 0 && (now - lastShift) / 1e6 < DOUBLE_MILLIS) {
      lastShift = 0;
      open();
    } else {
      lastShift = now;
    }
  }

  private void key(KeyEvent e) {
    switch (e.getCode()) {
      case ESCAPE -> close();
      case ENTER -> choose();
      case DOWN -> move(1);
      case UP -> move(-1);
      case PAGE_DOWN -> move(10);
      case PAGE_UP -> move(-10);
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void move(int by) {
    int size = list.getItems().size();
    if (size > 0) {
      int to = Math.clamp(list.getSelectionModel().getSelectedIndex() + by, 0, size - 1);
      list.getSelectionModel().select(to);
      list.scrollTo(Math.max(0, to - 4));
    }
  }

  private void choose() {
    Found hit = list.getSelectionModel().getSelectedItem();
    if (hit != null && hit.isAvailable()) {
      close();
      hit.choose().run();
    }
  }

  private void filter() {
    list.getItems().setAll(all(field.getText()));
    list.getSelectionModel().selectFirst();
  }

  /** What is known beforehand, and behind it what has to be asked for with the words typed. */
  private List<Found> all(String query) {
    List<Found> hits = new ArrayList<>(find(all, query));
    if (query.strip().length() >= LEAST_ASKED) {
      hits.addAll(asked.apply(query));
    }
    return hits;
  }

  /** Hits that contain every word of the query; those that begin with it come first. */
  static List<Found> find(List<Found> all, String query) {
    String wanted = query.strip().toLowerCase(Locale.ROOT);
    List<Found> first = new ArrayList<>();
    List<Found> rest = new ArrayList<>();
    for (Found hit : all) {
      String text = hit.text().toLowerCase(Locale.ROOT);
      if (text.startsWith(wanted)) {
        first.add(hit);
      } else if (containsAll(described(hit), wanted)) {
        rest.add(hit);
      }
    }
    first.addAll(rest);
    return first.size() > MOST ? first.subList(0, MOST) : first;
  }

  private static String described(Found hit) {
    return String.join(" ", hit.text(), hit.kind(), hit.also()).toLowerCase(Locale.ROOT);
  }

  private static boolean containsAll(String text, String query) {
    for (String word : query.split("\\s+")) {
      if (!text.contains(word)) {
        return false;
      }
    }
    return true;
  }

  private final class FoundCell extends ListCell<Found> {
    private final FontIcon icon = new FontIcon();
    private final Label text = new Label();
    private final Label kind = new Label();
    private final Label key = new Label();
    private final HBox row;

    FoundCell() {
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      kind.getStyleClass().add("search-kind");
      key.getStyleClass().addAll("search-key", "mono");
      row = new HBox(8, icon, text, kind, gap, key);
      row.setAlignment(Pos.CENTER_LEFT);
      // A cell is as wide as its list: a long sentence ends in dots, what it is stays readable.
      text.setMinWidth(0);
      kind.setMinWidth(Region.USE_PREF_SIZE);
      key.setMinWidth(Region.USE_PREF_SIZE);
      setPrefWidth(0);
      getStyleClass().add("search-cell");
    }

    @Override
    protected void updateItem(Found hit, boolean isEmpty) {
      super.updateItem(hit, isEmpty);
      if (isEmpty || hit == null) {
        setGraphic(null);
        return;
      }
      icon.setIconCode(hit.icon());
      text.setText(hit.text());
      kind.setText(hit.isAvailable() ? hit.kind() : hit.reason());
      key.setText(hit.key());
      pseudoClassStateChanged(DISABLED, !hit.isAvailable());
      setGraphic(row);
    }
  }
}
