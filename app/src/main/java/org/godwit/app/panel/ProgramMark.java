package org.godwit.app.panel;

import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.godwit.app.palette.ProgramCard;
import org.godwit.app.palette.ProgramLibrary;
import org.godwit.app.theme.Theme;

/**
 * The sign of a program in lists: a disc of its colour with its monogram, from the ninth program on a
 * square, then a hexagon (ux.md, Programs).
 */
public final class ProgramMark extends StackPane {
  private final Theme theme;
  private final ProgramLibrary programs;
  private final Label monogram = new Label();
  private String shown = "";

  /**
   * @param theme colours
   * @param programs slots and monograms
   * @param size side in pixels
   */
  public ProgramMark(Theme theme, ProgramLibrary programs, double size) {
    this.theme = theme;
    this.programs = programs;
    getStyleClass().add("program-mark");
    monogram.getStyleClass().add("monogram");
    monogram.setStyle("-fx-font-size: " + Math.max(9, size / 2) + "px;");
    monogram.setMinWidth(USE_PREF_SIZE);
    setAlignment(Pos.CENTER);
    setMinSize(size, size);
    setPrefSize(size, size);
    setMaxSize(size, size);
    getChildren().add(monogram);
    setAccessibleText("");
  }

  /** Shows the sign of a program. */
  public void show(String program) {
    Optional<ProgramCard> card = programs.find(program);
    int slot = card.map(ProgramCard::slot).orElse(Math.floorMod(program.hashCode(), 8));
    monogram.setText(card.map(ProgramCard::monogram).orElseGet(() -> letters(program)));
    String look =
        "-fx-background-color: -godwit-program-" + Math.floorMod(slot, 8) + ";" + shape(slot / 8);
    if (!look.equals(shown)) {
      setStyle(look);
      shown = look;
    }
    monogram.setTextFill(theme.programInk(slot));
  }

  private static String shape(int round) {
    return switch (round) {
      case 0 -> "-fx-background-radius: 50%;";
      case 1 -> "-fx-background-radius: 2px;";
      default -> "-fx-shape: 'M 5 0 L 15 0 L 20 9 L 15 18 L 5 18 L 0 9 Z';";
    };
  }

  private static String letters(String program) {
    return program.length() < 2
        ? program
        : program.substring(0, 1).toUpperCase(Locale.ROOT)
            + program.substring(1, 2).toLowerCase(Locale.ROOT);
  }
}
