package org.godwit.app.workbench;

import java.nio.file.Path;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.stage.Window;
import org.kordamp.ikonli.Ikon;

/** The window, as far as panels may move it. FX thread only. */
public interface Desk {
  /**
   * Opens a tab in the editor area, or brings the one of that id to the front.
   *
   * @param id stable name, e.g. {@code recording:/path}
   * @param title its title
   * @param icon its picture
   * @param content its view; asked for only if the tab is new
   */
  void openEditor(String id, ObservableValue<String> title, Ikon icon, Supplier<Node> content);

  /** Closes the editor tab of that id, if it is open. */
  void closeEditor(String id);

  /** Opens a tool window and brings it to the front. */
  void showToolWindow(String id);

  /** The owner for dialogs. */
  Window window();

  /** Opens a path in the host's file manager, or copies it where there is none. */
  void reveal(Path file);
}
