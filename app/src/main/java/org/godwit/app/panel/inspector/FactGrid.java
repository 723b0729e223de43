package org.godwit.app.panel.inspector;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.text.Text;

/** Facts in two columns. Labels are reused from one picture to the next, so nothing flickers. */
public final class FactGrid extends GridPane {
  private static final double VALUE_WIDTH = 96;

  private final List<Label> names = new ArrayList<>();
  private final List<Label> values = new ArrayList<>();

  /** An empty grid. */
  public FactGrid() {
    setHgap(12);
    setVgap(3);
    // Long names give way before the values do, but no word is broken.
    ColumnConstraints left = new ColumnConstraints();
    ColumnConstraints right = new ColumnConstraints();
    right.setMinWidth(VALUE_WIDTH);
    right.setHgrow(Priority.ALWAYS);
    getColumnConstraints().setAll(left, right);
  }

  /** Width of the longest word; Chinese characters and kana may part anywhere. */
  private static double longestWord(Label name) {
    double longest = 0;
    for (String word : String.valueOf(name.getText()).split("\\s+")) {
      if (word.codePoints().noneMatch(c -> c >= 0x3000)) {
        Text text = new Text(word);
        text.setFont(name.getFont());
        longest = Math.max(longest, Math.ceil(text.getLayoutBounds().getWidth()) + 1);
      }
    }
    return longest;
  }

  /** Shows these facts and no others. */
  public void show(List<Fact> facts) {
    while (names.size() < facts.size()) {
      Label name = new Label();
      name.getStyleClass().add("fact-label");
      name.setWrapText(true);
      name.minWidthProperty()
          .bind(
              Bindings.createDoubleBinding(
                  () -> longestWord(name), name.textProperty(), name.fontProperty()));
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
