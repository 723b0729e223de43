package org.godwit.app.workbench;

import java.awt.Desktop;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.FileChooser;
import org.godwit.app.text.Messages;

/** The desktop around the window: its file manager, its clipboard, its way to choose a file. */
final class HostDesktop {
  private HostDesktop() {}

  /** Copies a file's path, and opens its folder where there is a file manager. */
  static void reveal(Path file) {
    copy(file.toString());
    Thread.ofVirtual().start(() -> browse(file.toFile()));
  }

  /** Puts text on the clipboard. */
  static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }

  private static void browse(File file) {
    try {
      if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.OPEN)) {
        Desktop.getDesktop().open(file.isDirectory() ? file : file.getParentFile());
      }
    } catch (IOException | UnsupportedOperationException e) {
      // There is no file manager; the path is on the clipboard.
    }
  }

  /** Shows a page in the host's browser, or copies its address where there is none. */
  static void show(String page) {
    copy(page);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (page.matches("https?:\\S+")
                    && Desktop.isDesktopSupported()
                    && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                  Desktop.getDesktop().browse(URI.create(page));
                }
              } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
                // There is no browser; the address is on the clipboard.
              }
            });
  }

  /** Asks for a recording. */
  static void chooseRecording(WorkbenchContext context, Consumer<Path> then) {
    Messages messages = context.messages();
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.of("action.file.open"));
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(messages.of("file.kind.recording"), "*.godwit"));
    choose(chooser, context, then);
  }

  /** Asks for a program. */
  static void chooseProgram(WorkbenchContext context, Consumer<Path> then) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(context.messages().of("action.file.addprogram"));
    choose(chooser, context, then);
  }

  private static void choose(FileChooser chooser, WorkbenchContext context, Consumer<Path> then) {
    File chosen = chooser.showOpenDialog(context.desk().window());
    if (chosen != null) {
      then.accept(chosen.toPath());
    }
  }
}
