package org.godwit.app.workbench;

import javafx.beans.property.StringProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import org.godwit.app.settings.SettingsStore;
import org.godwit.app.text.Messages;

/** Lays the welcome card over the window and takes it away. FX thread only. */
final class WelcomeDoor {
  private static final String WELCOMED = "welcomed";

  private final Pane root;
  private final Messages messages;
  private final WorkbenchStart start;
  private final SettingsStore settings;
  private final RecentSessions recent;
  private final Node after;
  private final WelcomeCard.Doors doors;
  private Node shown;
  private Runnable closing = () -> {};
  private Node held;

  /**
   * @param root what it lies over
   * @param after what gets the keyboard when it is closed
   * @param doors what the card leads to; it is closed first
   */
  WelcomeDoor(
      Pane root,
      Messages messages,
      WorkbenchStart start,
      SettingsStore settings,
      RecentSessions recent,
      Node after,
      WelcomeCard.Doors doors) {
    this.root = root;
    this.messages = messages;
    this.start = start;
    this.settings = settings;
    this.recent = recent;
    this.after = after;
    this.doors = doors;
  }

  /** Whether it is to come by itself: at the first start, and at each if that is wanted. */
  boolean isDue() {
    boolean wanted = settings.isOn(DeskSettings.WELCOME) || settings.get(WELCOMED, "").isEmpty();
    return wanted && start.settings() != null && start.file() == null;
  }

  /** Whether it is shown now. */
  boolean isOpen() {
    return shown != null;
  }

  /** Takes it away, if it is shown: there is something else to be seen. */
  void close() {
    closing.run();
  }

  /** Shows it, unless it is shown already. */
  void open() {
    if (isOpen()) {
      return;
    }
    StackPane shade = new StackPane();
    shown = shade;
    shade.getStyleClass().add("welcome-shade");
    ChangeListener<Node> hold = (_, _, now) -> hold(shade, now);
    Runnable close =
        () -> {
          root.getScene().focusOwnerProperty().removeListener(hold);
          root.getChildren().remove(shade);
          shown = null;
          closing = () -> {};
          settings.put(WELCOMED, "true");
          after.requestFocus();
        };
    closing = close;
    StringProperty again = settings.of(DeskSettings.WELCOME);
    WelcomeCard card =
        new WelcomeCard(
            messages,
            start.scenarios(),
            recent,
            Boolean.parseBoolean(again.get()),
            new WelcomeCard.Doors(
                inOrder(close, doors.migrate()),
                inOrder(close, doors.tour()),
                inOrder(close, doors.openFile()),
                inOrder(close, doors.settings()),
                choice -> inOrder(close, () -> doors.scenario().accept(choice)).run(),
                doors.again(),
                close));
    shade.getChildren().add(card);
    shade.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ESCAPE) {
            close.run();
            e.consume();
          }
        });
    root.getChildren().add(shade);
    card.focusButton();
    held = card.firstButton();
    root.getScene().focusOwnerProperty().addListener(hold);
  }

  /** Tab and the arrow keys stay in the card, or Esc would no longer reach it. */
  private void hold(StackPane shade, Node now) {
    Node place = now;
    while (place != null && place.getParent() != root) {
      place = place.getParent();
    }
    WelcomeCard card = (WelcomeCard) shade.getChildren().getFirst();
    if (place == shade) {
      held = now;
    } else if (root.getChildren().indexOf(place) < root.getChildren().indexOf(shade)) {
      Node next =
          held == card.lastButton()
              ? card.firstButton()
              : held == card.firstButton() ? card.lastButton() : held;
      next.requestFocus();
    }
  }

  private static Runnable inOrder(Runnable first, Runnable then) {
    return () -> {
      first.run();
      then.run();
    };
  }
}
