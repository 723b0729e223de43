package org.godwit.app.workbench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.stage.Window;
import org.godwit.app.bridge.SessionOpener;
import org.kordamp.ikonli.Ikon;

/** The window, as far as panels may move it. FX thread only. */
public interface Desk {
  /**
   * Property of a node that takes letters as text: while it has the keyboard, plain keys are no
   * shortcuts. Its value is {@link Boolean#TRUE}. Text fields need not say it.
   */
  String TYPING = "org.godwit.typing";

  /**
   * Property of a panel that has options of its view: {@link ViewOptions}, which the menu of its
   * tab shows first.
   */
  String VIEW_OPTIONS = "org.godwit.viewOptions";

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

  /** Brings the canvas to the front. */
  default void showCanvas() {}

  /** Says what has happened in a sentence, in the status bar and for who listens to it. */
  default void announce(String sentence) {}

  /** Opens a tool window and brings it to the front. */
  void showToolWindow(String id);

  /**
   * Lets Search everywhere ask a panel too.
   *
   * @param source finds things for what was typed, at least two characters; a few at most
   */
  default void findAlso(Function<String, List<Found>> source) {}

  /** Opens the scenario on board of that name; nothing happens if there is none. */
  default void openScenario(String name) {}

  /**
   * Opens a session that is none of the scenarios: what is open is closed, as if another scenario
   * were opened. It stands paused.
   */
  default void openSession(SessionOpener opener) {}

  /** The owner for dialogs. */
  Window window();

  /** Opens a path in the host's file manager, or copies it where there is none. */
  void reveal(Path file);
}
