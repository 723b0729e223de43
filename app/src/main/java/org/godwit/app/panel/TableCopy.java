package org.godwit.app.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;

/**
 * Lets rows of a table be copied as text with tabs, for a spreadsheet: the chosen ones, or all if
 * none is, below the names of the columns. FX thread only.
 */
public final class TableCopy {
  private static final KeyCombination COPY =
      new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

  private static final String WORDS = "org.godwit.words";

  private TableCopy() {}

  /** Says how a value that is no text is written. */
  public static <T> void words(TableColumn<?, T> column, Function<T, String> words) {
    column.getProperties().put(WORDS, words);
  }

  /** The shortcut, and an entry of its own in the context menu. */
  public static void install(TableView<?> table, Messages messages) {
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (COPY.match(event)) {
            copy(table);
            event.consume();
          }
        });
    MenuItem item = new MenuItem();
    item.textProperty().bind(messages.binding("table.copy"));
    item.setGraphic(Widgets.icon(Feather.COPY));
    item.setAccelerator(COPY);
    item.setOnAction(_ -> copy(table));
    if (table.getContextMenu() == null) {
      table.setContextMenu(new ContextMenu());
    }
    table.getContextMenu().getItems().add(item);
  }

  private static void copy(TableView<?> table) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text(table));
    Clipboard.getSystemClipboard().setContent(content);
  }

  /** What is copied: a line for the names, then one a row. */
  public static String text(TableView<?> table) {
    List<Integer> rows = new ArrayList<>(table.getSelectionModel().getSelectedIndices());
    if (rows.isEmpty()) {
      for (int i = 0; i < table.getItems().size(); i++) {
        rows.add(i);
      }
    }
    List<? extends TableColumn<?, ?>> columns = table.getVisibleLeafColumns();
    StringBuilder text = new StringBuilder();
    text.append(line(columns.stream().map(TableColumn::getText).toList()));
    for (int row : rows) {
      text.append(line(columns.stream().map(column -> cell(column, row)).toList()));
    }
    return text.toString();
  }

  /** The words of a row, as they would be copied. */
  static String row(TableView<?> table, int row) {
    return line(table.getVisibleLeafColumns().stream().map(column -> cell(column, row)).toList());
  }

  private static String cell(TableColumn<?, ?> column, int row) {
    Object value = column.getCellData(row);
    if (value == null) {
      return "";
    }
    @SuppressWarnings("unchecked")
    Function<Object, String> words = (Function<Object, String>) column.getProperties().get(WORDS);
    return words == null ? value.toString() : words.apply(value);
  }

  private static String line(List<String> cells) {
    return cells.stream()
            .map(cell -> cell == null ? "" : cell.replaceAll("[\t\r\n]+", " ").strip())
            .collect(Collectors.joining("\t"))
        + "\n";
  }
}
