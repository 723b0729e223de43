package org.godwit.app.workbench;

import java.util.List;
import javafx.scene.control.MenuItem;

/** What can be chosen about how a panel shows things; asked for each time its menu opens. */
@FunctionalInterface
public interface ViewOptions {
  /** New items, in their order. */
  List<MenuItem> items();
}
