package org.godwit.app.launch;

import java.nio.file.Path;
import java.util.Locale;
import org.godwit.app.panel.PanelWindows;
import org.godwit.app.theme.Variant;
import org.godwit.app.workbench.WorkbenchApp;
import org.godwit.app.workbench.WorkbenchStart;
import org.godwit.model.ProblemException;

/** Opens the workbench. */
public final class WorkbenchDoor {
  private WorkbenchDoor() {}

  /**
   * Opens the window and returns when it was closed.
   *
   * @param file a recording to open after the start, or null
   * @param language language if the user's settings name none
   * @throws ProblemException if a scenario on board cannot be read
   */
  public static void open(Path file, Locale language) throws ProblemException {
    WorkbenchStart start =
        WorkbenchStart.of(Shelf.choices(), Shelf.cards())
            .withToolWindows(PanelWindows.all())
            .withLook(language, Variant.LIGHT);
    WorkbenchApp.launch(file == null ? start : start.withFile(file));
  }
}
