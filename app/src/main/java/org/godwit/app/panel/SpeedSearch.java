package org.godwit.app.panel;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MultipleSelectionModel;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.godwit.app.workbench.Desk;

/**
 * Search by typing in a table or tree: letters collect, Backspace takes one back, Esc clears,
 * leaving the control clears. FX thread only.
 */
public final class SpeedSearch {
  private final ReadOnlyStringWrapper typed = new ReadOnlyStringWrapper(this, "typed", "");

  /**
   * Watches a control.
   *
   * @param control where is typed
   * @param find selects the best match for what is typed, which is not empty
   */
  public SpeedSearch(Node control, Consumer<String> find) {
    // Letters are searched for: none of them is a shortcut of the window meanwhile.
    control.getProperties().put(Desk.TYPING, Boolean.TRUE);
    control.addEventFilter(
        KeyEvent.KEY_TYPED,
        event -> {
          String letter = event.getCharacter();
          boolean plain =
              !event.isControlDown()
                  && !event.isMetaDown()
                  && !event.isAltDown()
                  && letter.length() == 1
                  && letter.charAt(0) > ' '
                  && letter.charAt(0) != 127;
          if (plain) {
            typed.set(typed.get() + letter);
            find.accept(typed.get());
            event.consume();
          }
        });
    control.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (typed.get().isEmpty()) {
            return;
          }
          if (event.getCode() == KeyCode.ESCAPE) {
            typed.set("");
            event.consume();
          } else if (event.getCode() == KeyCode.BACK_SPACE) {
            typed.set(typed.get().substring(0, typed.get().length() - 1));
            if (!typed.get().isEmpty()) {
              find.accept(typed.get());
            }
            event.consume();
          }
        });
    control
        .focusedProperty()
        .subscribe(
            focused -> {
              if (!focused) {
                typed.set("");
              }
            });
  }

  /**
   * Lets the rows of a table be searched by typing: the next one in which a word begins so is
   * selected. What was typed stands at the upper right.
   *
   * @return the table, to be shown in its place
   */
  public static Node over(TableView<?> table) {
    return over(
        table,
        () -> table.getItems().size(),
        table.getSelectionModel(),
        row -> TableCopy.row(table, row),
        table::scrollTo);
  }

  /** As {@link #over(TableView)}, for a list whose rows {@code words} says. */
  public static <T> Node over(ListView<T> list, Function<T, String> words) {
    return over(
        list,
        () -> list.getItems().size(),
        list.getSelectionModel(),
        row -> words.apply(list.getItems().get(row)),
        list::scrollTo);
  }

  private static Node over(
      Control control,
      IntSupplier size,
      MultipleSelectionModel<?> selected,
      IntFunction<String> words,
      IntConsumer scroll) {
    SpeedSearch search =
        new SpeedSearch(
            control,
            typed -> {
              int from = Math.max(0, selected.getSelectedIndex());
              int rows = size.getAsInt();
              for (int i = 0; i < rows; i++) {
                int row = (from + i) % rows;
                if (begins(words.apply(row), typed)) {
                  selected.clearAndSelect(row);
                  scroll.accept(Math.max(0, row - 2));
                  return;
                }
              }
            });
    Label typed = new Label();
    typed.getStyleClass().add("speed-search");
    typed.textProperty().bind(search.typed());
    typed.visibleProperty().bind(search.typed().isNotEmpty());
    StackPane stack = new StackPane(control, typed);
    StackPane.setAlignment(typed, Pos.TOP_RIGHT);
    return stack;
  }

  /** Whether a word of {@code text} begins with {@code typed}. */
  static boolean begins(String text, String typed) {
    String all = text.toLowerCase(Locale.ROOT);
    String wanted = typed.toLowerCase(Locale.ROOT);
    for (int at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) {
      if (at == 0
          || !Character.isLetterOrDigit(all.charAt(at - 1))
          || Character.isIdeographic(all.charAt(at))) {
        return true;
      }
    }
    return false;
  }

  /** What was typed so far. */
  public ReadOnlyStringProperty typed() {
    return typed.getReadOnlyProperty();
  }
}
