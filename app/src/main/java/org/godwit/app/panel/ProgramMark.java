package org.godwit.app.panel;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.theme.Theme;

/**
 * The sign of a program in lists: a disc of its colour with its monogram, from the ninth program on
 * a square, then a hexagon (ux.md, Programs).
 */
public final class ProgramMark extends StackPane {
  private final Theme theme;
  private final ProgramLooks looks;
  private final Label monogram = new Label();
  private String shown = "";

  /**
   * @param theme colours
   * @param looks slots and monograms
   * @param size side in pixels
   */
  public ProgramMark(Theme theme, ProgramLooks looks, double size) {
    this.theme = theme;
    this.looks = looks;
    getStyleClass().add("program-mark");
    monogram.getStyleClass().addAll("monogram", "strong");
    monogram.setMinWidth(USE_PREF_SIZE);
    setAlignment(Pos.CENTER);
    setMinSize(size, size);
    setPrefSize(size, size);
    setMaxSize(size, size);
    getChildren().add(monogram);
  }

  /** Shows the sign of a program. */
  public void show(String program) {
    ProgramLooks.Look known = looks.of(program);
    int slot = known.slot();
    monogram.setText(known.monogram());
    String look =
        "-fx-background-color: -godwit-program-" + Math.floorMod(slot, 8) + ";" + shape(slot / 8);
    if (!look.equals(shown)) {
      setStyle(look);
      shown = look;
    }
    // Inline, because the panel's own rule for labels would win over setTextFill.
    String ink =
        "-fx-font-size: "
            + Math.max(9, getPrefWidth() / 2)
            + "px; -fx-text-fill: "
            + theme.programInk(slot).toString().replace("0x", "#")
            + ";";
    if (!ink.equals(monogram.getStyle())) {
      monogram.setStyle(ink);
    }
  }

  private static String shape(int round) {
    return switch (round) {
      case 0 -> "-fx-background-radius: 50%;";
      case 1 -> "-fx-background-radius: 2px;";
      default -> "-fx-shape: 'M 5 0 L 15 0 L 20 9 L 15 18 L 5 18 L 0 9 Z';";
    };
  }
}
