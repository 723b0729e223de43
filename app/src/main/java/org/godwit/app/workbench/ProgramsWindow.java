package org.godwit.app.workbench;

import java.util.function.Supplier;
import javafx.scene.Node;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The palette as a tool window. */
record ProgramsWindow(Supplier<Node> palette) implements ToolWindow {
  @Override
  public String id() {
    return "programs";
  }

  @Override
  public Ikon icon() {
    return Feather.BOX;
  }

  @Override
  public Place place() {
    return Place.LEFT;
  }

  @Override
  public int order() {
    return 0;
  }

  @Override
  public Node createView(WorkbenchContext context) {
    return palette.get();
  }
}
