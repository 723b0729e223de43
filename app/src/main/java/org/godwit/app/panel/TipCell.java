package org.godwit.app.panel;

import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;

/** A cell of text that shows all of it in a tooltip when it may be cut. */
public final class TipCell<S> extends TableCell<S, String> {
  private static final int SURELY_FITS = 12;

  private final Tooltip tip = new Tooltip();

  /** An empty cell. */
  public TipCell() {
    tip.setWrapText(true);
    tip.setMaxWidth(460);
  }

  @Override
  protected void updateItem(String text, boolean empty) {
    super.updateItem(text, empty);
    setText(empty ? null : text);
    boolean mayBeCut = !empty && text != null && text.length() > SURELY_FITS;
    tip.setText(mayBeCut ? text : "");
    setTooltip(mayBeCut ? tip : null);
  }
}
