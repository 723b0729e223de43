package org.godwit.app.canvas;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.godwit.app.palette.ProgramDisc;
import org.godwit.app.palette.ProgramLooks.Look;
import org.godwit.model.ProcessId;

/** Many processes of one program on a full card: "spin x37". */
final class ProgramGroup extends HBox {
  private final Label label = new Label();
  private List<ProcessId> members = List.of();

  ProgramGroup(String program, Look look) {
    this(look.slot());
    getChildren().setAll(new ProgramDisc(look.slot(), look.monogram(), 18), label);
    setUserData(program);
  }

  private ProgramGroup(int slot) {
    getStyleClass().addAll("chip", "chip-group");
    setAlignment(Pos.CENTER_LEFT);
    setManaged(false);
    setStyle(ProgramDisc.colours(slot));
    label.getStyleClass().add("chip-name");
  }

  /** The plate that counts those who are away. */
  static ProgramGroup away() {
    ProgramGroup group = new ProgramGroup(0);
    group.getStyleClass().add("chip-away");
    group.getChildren().setAll(group.label);
    return group;
  }

  void show(List<ProcessId> who, String text) {
    members = List.copyOf(who);
    if (!text.equals(label.getText())) {
      label.setText(text);
    }
  }

  /** Who is counted, in the order of their slots. */
  List<ProcessId> members() {
    return members;
  }
}
