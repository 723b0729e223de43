package org.godwit.app.panel;

import java.util.function.BiFunction;
import javafx.scene.Node;
import org.godwit.app.workbench.ToolWindow;
import org.godwit.app.workbench.WorkbenchContext;
import org.kordamp.ikonli.Ikon;

/**
 * A panel's entry in the frame.
 *
 * @param id stable name
 * @param icon its picture
 * @param place where it lies at first
 * @param order position there
 * @param models the view-models of a window
 * @param view makes the view
 */
record PanelWindow(
    String id,
    Ikon icon,
    Place place,
    int order,
    PanelModelsOf models,
    BiFunction<WorkbenchContext, PanelModels, Node> view)
    implements ToolWindow {
  /** Finds the view-models that belong to a window. */
  @FunctionalInterface
  interface PanelModelsOf {
    /** The models of that window; the same each time. */
    PanelModels in(WorkbenchContext context);
  }

  @Override
  public void prepare(WorkbenchContext context) {
    models.in(context);
  }

  @Override
  public Node createView(WorkbenchContext context) {
    return view.apply(context, models.in(context));
  }
}
