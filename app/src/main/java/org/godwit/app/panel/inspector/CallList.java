package org.godwit.app.panel.inspector;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;

/** System calls, two lines each, or a sentence that there are none. Labels are reused. */
final class CallList extends VBox {
  private static final class Row extends VBox {
    private final Label call = new Label();
    private final Label cost = new Label();
    private final Label detail = new Label();

    private Row() {
      call.getStyleClass().addAll("mono", "fact-value");
      cost.getStyleClass().addAll("mono", "fact-value");
      cost.setMinWidth(USE_PREF_SIZE);
      detail.getStyleClass().add("caption");
      detail.setWrapText(true);
      Region between = new Region();
      HBox.setHgrow(between, Priority.ALWAYS);
      getChildren().setAll(new HBox(8, call, between, cost), detail);
    }

    private void show(CallLine line) {
      call.setText(line.call());
      cost.setText(line.cost());
      detail.setText(line.detail());
    }
  }

  private final Messages messages;
  private final Label empty;
  private final List<Row> rows = new ArrayList<>();

  CallList(Messages messages) {
    super(4);
    this.messages = messages;
    setId("inspector-calls");
    empty = Widgets.label(messages.binding("inspector.calls.none"), "muted");
    empty.setWrapText(true);
    empty.managedProperty().bind(empty.visibleProperty());
    getChildren().add(empty);
  }

  /** Shows these calls and no others. */
  void show(List<CallLine> lines) {
    empty.setVisible(lines.isEmpty());
    while (rows.size() < lines.size()) {
      Row row = new Row();
      row.cost.setTooltip(Widgets.tip(messages.binding("inspector.calls.cost.tip")));
      rows.add(row);
      getChildren().add(row);
    }
    for (int i = 0; i < rows.size(); i++) {
      boolean used = i < lines.size();
      rows.get(i).setVisible(used);
      rows.get(i).setManaged(used);
      if (used) {
        rows.get(i).show(lines.get(i));
      }
    }
  }
}
