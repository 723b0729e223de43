package org.godwit.app.panel;

import java.util.function.Function;
import java.util.function.Predicate;
import javafx.css.PseudoClass;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.util.Subscription;
import org.godwit.app.selection.SelectionModel;
import org.godwit.engine.session.query.Moment;
import org.godwit.model.ProcessId;

/**
 * Marks the rows of a table that are about what is selected in the window, where the selection of
 * the table itself means something else. FX thread only.
 */
public final class LinkedRows {
  private static final PseudoClass LINKED = PseudoClass.getPseudoClass("linked");

  private LinkedRows() {}

  /**
   * Marks the rows for which {@code linked} holds, from now on and as the selection changes.
   *
   * @param rows makes the table's rows
   */
  public static <R> void mark(
      TableView<R> table,
      SelectionModel selection,
      Function<TableView<R>, TableRow<R>> rows,
      Predicate<R> linked) {
    table.setRowFactory(
        view -> {
          TableRow<R> row = rows.apply(view);
          Runnable show =
              () ->
                  row.pseudoClassStateChanged(
                      LINKED, row.getItem() != null && linked.test(row.getItem()));
          row.itemProperty().subscribe(show);
          // A row outlives neither its table nor what it listens to while the table is shown.
          Widgets.whileShown(
              row,
              () ->
                  Subscription.combine(
                      selection.processes().subscribe(show), selection.nodes().subscribe(show)));
          return row;
        });
  }

  /** Whether a moment is about what is selected. */
  public static boolean isAbout(Moment moment, SelectionModel selection) {
    ProcessId process = moment.process();
    return process != null
        ? selection.isSelected(process)
        : moment.node() > 0 && selection.isNodeSelected(moment.node());
  }
}
