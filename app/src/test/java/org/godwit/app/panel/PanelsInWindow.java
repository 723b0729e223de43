package org.godwit.app.panel;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.godwit.app.panel.recording.Recordings;
import org.godwit.app.theme.Variant;
import org.godwit.app.workbench.SampleStart;
import org.godwit.app.workbench.WorkbenchApp;
import org.godwit.app.workbench.WorkbenchStart;

/**
 * The whole window with all panels on the make-believe cluster, for eyes: look, language,
 * recording.
 */
public final class PanelsInWindow {
  private PanelsInWindow() {}

  /** Opens the window. */
  public static void main(String[] args) {
    Variant look = Variant.valueOf(args.length > 0 ? args[0] : "LIGHT");
    Locale language = Locale.forLanguageTag(args.length > 1 ? args[1] : "en");
    WorkbenchStart start =
        SampleStart.of(2, 3, true)
            .withToolWindows(PanelWindows.all())
            .withRecordings(new Recordings(), Optional::empty)
            .withLook(language, look);
    WorkbenchApp.launch(args.length > 2 ? start.withFile(Path.of(args[2])) : start);
  }
}
