package org.godwit.app.workbench;

import javafx.scene.Node;
import javafx.scene.control.TextArea;
import org.godwit.app.palette.ProgramCard;

/** The source of a sample, to read. */
final class SourceView {
  private SourceView() {}

  static Node of(ProgramCard card) {
    TextArea text = new TextArea(card.source());
    text.setEditable(false);
    text.getStyleClass().addAll("source-view", "mono");
    return text;
  }
}
