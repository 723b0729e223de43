package org.godwit.app.workbench;

import javafx.scene.control.Alert;
import org.godwit.app.text.Messages;

/** What this is and on what it runs. */
final class AboutDialog {
  private AboutDialog() {}

  static void show(WorkbenchContext context) {
    Messages messages = context.messages();
    Alert alert = new Alert(Alert.AlertType.INFORMATION);
    alert.initOwner(context.desk().window());
    alert.setTitle(messages.of("action.help.about"));
    alert.setHeaderText("Godwit");
    alert.setContentText(
        messages.of(
            "about.text",
            System.getProperty("java.runtime.version", ""),
            System.getProperty("javafx.runtime.version", ""),
            System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "")));
    context.theme().dress(alert.getDialogPane());
    alert.show();
  }
}
