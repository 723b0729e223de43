package org.godwit.app.palette;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.stage.Window;
import org.godwit.app.text.Messages;

/** Asks for arguments, count and lock before a launch. */
public final class LaunchDialog {
  private static final int MOST = 64;

  private LaunchDialog() {}

  /** Shows the dialog for {@code request}; the result is null if it was cancelled. */
  public static void ask(
      Window owner,
      LaunchRequest request,
      String nodeName,
      Messages messages,
      Consumer<Dialog<?>> dress,
      Consumer<LaunchRequest> then) {
    Dialog<LaunchRequest> dialog = new Dialog<>();
    dialog.initOwner(owner);
    dialog.setTitle(messages.of("launch.title", request.program()));
    dialog.setHeaderText(messages.of("launch.header", request.program(), nodeName));
    TextField arguments = new TextField(String.join(" ", request.arguments()));
    arguments.setId("launch-arguments");
    Spinner<Integer> count = new Spinner<>(1, MOST, request.count());
    count.setEditable(true);
    count.setId("launch-count");
    CheckBox locked = new CheckBox(messages.of("launch.locked"));
    locked.setSelected(request.locked());
    locked.setId("launch-locked");
    GridPane grid = new GridPane(12, 12);
    Label argumentsLabel = new Label(messages.of("launch.arguments"));
    argumentsLabel.setLabelFor(arguments);
    argumentsLabel.setMnemonicParsing(true);
    Label countLabel = new Label(messages.of("launch.count"));
    countLabel.setLabelFor(count);
    countLabel.setMnemonicParsing(true);
    grid.addRow(0, argumentsLabel, arguments);
    grid.addRow(1, countLabel, count);
    grid.add(locked, 1, 2);
    arguments.setPrefColumnCount(24);
    dialog.getDialogPane().setContent(grid);
    ButtonType go = new ButtonType(messages.of("launch.go"), ButtonBar.ButtonData.OK_DONE);
    ButtonType no = new ButtonType(messages.of("dialog.cancel"), ButtonBar.ButtonData.CANCEL_CLOSE);
    dialog.getDialogPane().getButtonTypes().setAll(go, no);
    dialog.setResultConverter(
        button ->
            button == go
                ? new LaunchRequest(
                    request.node(),
                    request.program(),
                    split(arguments.getText()),
                    count.getValue(),
                    locked.isSelected())
                : null);
    dress.accept(dialog);
    dialog.setOnHidden(_ -> Optional.ofNullable(dialog.getResult()).ifPresent(then));
    dialog.show();
  }

  /** Words of an argument line; quotation marks keep blanks together. */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean any = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
        any = true;
      } else if (Character.isWhitespace(c) && !quoted) {
        if (any) {
          words.add(word.toString());
        }
        word.setLength(0);
        any = false;
      } else {
        word.append(c);
        any = true;
      }
    }
    if (any) {
      words.add(word.toString());
    }
    return words;
  }
}
