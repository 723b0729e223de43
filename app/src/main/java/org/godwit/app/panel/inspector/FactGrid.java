package org.godwit.app.panel.inspector;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** Facts in two columns. Labels are reused from one picture to the next, so nothing flickers. */
public final class FactGrid extends GridPane {
  private static final double VALUE_WIDTH = 96;

  private final List<Label> names = new ArrayList<>();
  private final List<Label> values = new ArrayList<>();

  /** An empty grid. */
  public FactGrid() {
    setHgap(12);
    setVgap(3);
    ColumnConstraints left = new ColumnConstraints();
    // Long names give way before the values do.
    left.setMinWidth(0);
    ColumnConstraints right = new ColumnConstraints();
    right.setMinWidth(VALUE_WIDTH);
    right.setHgrow(Priority.ALWAYS);
    getColumnConstraints().setAll(left, right);
  }

  /** Shows these facts and no others. */
  public void show(List<Fact> facts) {
    while (names.size() < facts.size()) {
      Label name = new Label();
      name.getStyleClass().add("fact-label");
      name.setWrapText(true);
      setValignment(name, VPos.TOP);
      Label value = new Label();
      value.getStyleClass().addAll("mono", "fact-value");
      value.setWrapText(true);
      addRow(names.size(), name, value);
      names.add(name);
      values.add(value);
    }
    for (int i = 0; i < names.size(); i++) {
      boolean used = i < facts.size();
      names.get(i).setVisible(used);
      names.get(i).setManaged(used);
      values.get(i).setVisible(used);
      values.get(i).setManaged(used);
      if (used) {
        names.get(i).setText(facts.get(i).label());
        values.get(i).setText(facts.get(i).value());
      }
    }
  }
}
