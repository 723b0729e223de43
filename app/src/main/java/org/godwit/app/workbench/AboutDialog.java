package org.godwit.app.workbench;

import java.util.Locale;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import org.godwit.app.bridge.Frame;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.file.SessionFile;

/** What this is and on what it runs, to be copied into a report of a fault. */
final class AboutDialog {
  private AboutDialog() {}

  static void show(WorkbenchContext context) {
    Messages messages = context.messages();
    Dialog<Void> dialog = new Dialog<>();
    dialog.initOwner(context.desk().window());
    dialog.setTitle(messages.of("action.help.about"));
    Label name = new Label("Godwit " + SessionFile.ENGINE_VERSION);
    name.getStyleClass().addAll("about-name", "strong");
    Label what = new Label(messages.of("about.text"));
    what.setWrapText(true);
    what.setMaxWidth(420);
    TextArea facts = new TextArea(diagnostics(context));
    facts.setId("about-diagnostics");
    facts.getStyleClass().add("mono");
    facts.setEditable(false);
    facts.setPrefColumnCount(48);
    facts.setPrefRowCount(11);
    facts.setWrapText(true);
    VBox content = new VBox(8, name, what, facts);
    content.getStyleClass().add("about-content");
    dialog.getDialogPane().setId("about");
    dialog.getDialogPane().setContent(content);
    ButtonType copy = new ButtonType(messages.of("about.copy"), ButtonBar.ButtonData.LEFT);
    ButtonType close =
        new ButtonType(messages.of("dialog.close"), ButtonBar.ButtonData.CANCEL_CLOSE);
    dialog.getDialogPane().getButtonTypes().setAll(copy, close);
    Node button = dialog.getDialogPane().lookupButton(copy);
    button.setId("about-copy");
    button.addEventFilter(
        ActionEvent.ACTION,
        e -> {
          HostDesktop.copy(facts.getText());
          e.consume();
        });
    context.theme().dress(dialog.getDialogPane());
    dialog.show();
  }

  /** Facts for a report of a fault; no names of files, hosts or people. In English everywhere. */
  static String diagnostics(WorkbenchContext context) {
    Frame frame = context.bridge().frame();
    Runtime java = Runtime.getRuntime();
    StringBuilder text = new StringBuilder();
    line(text, "Godwit", SessionFile.ENGINE_VERSION);
    line(text, "Behaviour", Integer.toString(SessionFile.BEHAVIOUR_VERSION));
    line(text, "Java", System.getProperty("java.runtime.version", ""));
    line(text, "JavaFX", System.getProperty("javafx.runtime.version", ""));
    line(
        text,
        "System",
        System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""));
    line(
        text,
        "Machine",
        System.getProperty("os.arch", "") + ", " + java.availableProcessors() + " processors");
    line(
        text,
        "Memory",
        megabytes(java.totalMemory() - java.freeMemory())
            + " of "
            + megabytes(java.maxMemory())
            + " MB");
    line(
        text,
        "Window",
        context.theme().variantProperty().get().token()
            + ", "
            + context.messages().languageTag()
            + ", type "
            + Math.round(100 * context.theme().typeScaleProperty().get())
            + " %");
    line(
        text,
        "Session",
        frame.scenario() == null
            ? "none"
            : frame.state().name().toLowerCase(Locale.ROOT)
                + " at "
                + frame.view().nanos()
                + " ns, "
                + frame.view().nodes().size()
                + " nodes, "
                + frame.view().processes().size()
                + " processes, policy "
                + frame.view().policy()
                + ", divisor "
                + frame.scenario().clockDivisor());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-10s %s%n", name, value));
  }

  private static long megabytes(long bytes) {
    return bytes >> 20;
  }
}
