package org.godwit.app.panel.inspector;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;

/** System calls in columns, or a sentence that there are none. Labels are reused. */
final class CallGrid extends VBox {
  private static final List<String> COLUMNS =
      List.of("call", "here", "mfs", "home", "cost", "waited", "bytes");

  private final GridPane grid = new GridPane();
  private final Label empty;
  private final List<List<Label>> rows = new ArrayList<>();

  CallGrid(Messages messages) {
    setId("inspector-calls");
    grid.setHgap(8);
    grid.setVgap(2);
    for (int i = 0; i < COLUMNS.size(); i++) {
      ColumnConstraints column = new ColumnConstraints();
      column.setHalignment(i == 0 ? HPos.LEFT : HPos.RIGHT);
      column.setHgrow(i == 0 ? Priority.ALWAYS : Priority.SOMETIMES);
      grid.getColumnConstraints().add(column);
      Label head =
          Widgets.label(messages.binding("inspector.calls." + COLUMNS.get(i)), "fact-label");
      head.setTooltip(Widgets.tip(messages.binding("inspector.calls." + COLUMNS.get(i) + ".tip")));
      grid.add(head, i, 0);
    }
    empty = Widgets.label(messages.binding("inspector.calls.none"), "muted");
    empty.setWrapText(true);
    getChildren().setAll(grid, empty);
    grid.managedProperty().bind(grid.visibleProperty());
    empty.managedProperty().bind(empty.visibleProperty());
    show(List.of());
  }

  /** Shows these calls and no others. */
  void show(List<CallLine> lines) {
    grid.setVisible(!lines.isEmpty());
    empty.setVisible(lines.isEmpty());
    while (rows.size() < lines.size()) {
      List<Label> row = new ArrayList<>();
      for (int i = 0; i < COLUMNS.size(); i++) {
        Label label = new Label();
        label.getStyleClass().addAll("mono", "fact-value");
        row.add(label);
        grid.add(label, i, rows.size() + 1);
      }
      rows.add(row);
    }
    for (int i = 0; i < rows.size(); i++) {
      boolean used = i < lines.size();
      List<String> texts = used ? texts(lines.get(i)) : List.of();
      for (int j = 0; j < COLUMNS.size(); j++) {
        Label label = rows.get(i).get(j);
        label.setVisible(used);
        label.setManaged(used);
        label.setText(used ? texts.get(j) : "");
      }
    }
  }

  private static List<String> texts(CallLine line) {
    return List.of(
        line.call(),
        line.here(),
        line.mfs(),
        line.home(),
        line.cost(),
        line.waited(),
        line.bytes());
  }
}
