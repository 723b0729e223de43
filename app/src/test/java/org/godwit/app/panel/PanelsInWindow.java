package org.godwit.app.panel;

import java.util.Locale;
import org.godwit.app.theme.Variant;
import org.godwit.app.workbench.SampleStart;
import org.godwit.app.workbench.WorkbenchApp;

/** The whole window with all panels on the make-believe cluster, for eyes: look, language. */
public final class PanelsInWindow {
  private PanelsInWindow() {}

  /** Opens the window. */
  public static void main(String[] args) {
    Variant look = Variant.valueOf(args.length > 0 ? args[0] : "LIGHT");
    Locale language = Locale.forLanguageTag(args.length > 1 ? args[1] : "en");
    WorkbenchApp.launch(
        SampleStart.of(2, 3, true).withToolWindows(PanelWindows.all()).withLook(language, look));
  }
}
