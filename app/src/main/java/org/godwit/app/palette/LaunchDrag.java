package org.godwit.app.palette;

import java.util.OptionalInt;
import java.util.function.BiConsumer;
import javafx.css.PseudoClass;
import javafx.event.EventHandler;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import org.godwit.app.text.Messages;

/**
 * The gesture that launches: press a card, drag it over the canvas, drop it on a node. 4 px begin
 * it; Esc ends it; digits 2 to 9 set the count; Ctrl or Cmd at the drop opens the dialog first.
 * Listens to plain mouse events of the scene: most platforms deliver a drag to the node where it
 * began, the headless one to the node under the pointer, and the scene sees both. FX thread only.
 */
final class LaunchDrag {
  private static final double THRESHOLD = 4;

  private final Pane layer;
  private final LaunchTarget target;
  private final Messages messages;
  private final BiConsumer<LaunchRequest, Boolean> launch;
  private final EventHandler<KeyEvent> keys = this::key;
  private final EventHandler<KeyEvent> keyReleases = this::keyReleased;
  private final EventHandler<MouseEvent> moves = this::moved;
  private final EventHandler<MouseEvent> releases = this::released;
  private Scene scene;
  private ProgramCard card;
  private HBox ghost;
  private Label caption;
  private Label badge;
  private int count;
  private double pressX;
  private double pressY;
  private double lastX;
  private double lastY;
  private boolean dragging;
  private boolean cancelled;
  private boolean shortcutHeld;

  /**
   * A gesture to be armed on cards.
   *
   * @param layer pane over the whole window on which what is dragged is shown
   * @param target the canvas
   * @param messages the texts
   * @param launch gets the request and whether the dialog is wanted
   */
  LaunchDrag(
      Pane layer,
      LaunchTarget target,
      Messages messages,
      BiConsumer<LaunchRequest, Boolean> launch) {
    this.layer = layer;
    this.target = target;
    this.messages = messages;
    this.launch = launch;
  }

  /** Makes {@code source} draggable as {@code program}. */
  void arm(Node source, ProgramCard program) {
    source.addEventHandler(
        MouseEvent.MOUSE_PRESSED,
        e -> {
          if (e.getButton() == MouseButton.PRIMARY) {
            card = program;
            pressX = e.getSceneX();
            pressY = e.getSceneY();
            dragging = false;
            cancelled = false;
            count = 1;
            shortcutHeld = false;
            scene = source.getScene();
            scene.addEventFilter(MouseEvent.MOUSE_DRAGGED, moves);
            scene.addEventFilter(MouseEvent.MOUSE_RELEASED, releases);
          }
        });
  }

  private void moved(MouseEvent e) {
    if (card == null || cancelled || e.getButton() != MouseButton.PRIMARY) {
      return;
    }
    if (!dragging) {
      if (Math.hypot(e.getSceneX() - pressX, e.getSceneY() - pressY) < THRESHOLD) {
        return;
      }
      begin();
    }
    lastX = e.getSceneX();
    lastY = e.getSceneY();
    show();
    e.consume();
  }

  private void begin() {
    dragging = true;
    caption = new Label();
    caption.getStyleClass().add("floating-caption");
    badge = new Label();
    badge.getStyleClass().addAll("drag-count", "strong");
    Label name = new Label(card.name());
    name.getStyleClass().add("chip-name");
    ghost = new HBox(6, new ProgramDisc(card.slot(), card.monogram(), 18), name, badge);
    ghost.getStyleClass().addAll("chip", "ghost");
    ghost.setStyle(ProgramDisc.colours(card.slot()));
    for (Node each : new Node[] {ghost, caption}) {
      each.setManaged(false);
      each.setMouseTransparent(true);
    }
    layer.getChildren().setAll(ghost, caption);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, keys);
    scene.addEventFilter(KeyEvent.KEY_RELEASED, keyReleases);
  }

  private void show() {
    badge.setText(count > 1 ? "×" + count : "");
    badge.setVisible(count > 1);
    badge.setManaged(count > 1);
    Point2D at = layer.sceneToLocal(lastX, lastY);
    ghost.applyCss();
    double width = ghost.prefWidth(-1);
    ghost.resizeRelocate(at.getX() - 20, at.getY() - 13, width, 26);
    OptionalInt node = target.nodeAt(lastX, lastY);
    String text;
    boolean refused = false;
    if (node.isPresent()) {
      boolean accepted = target.accepts(node.getAsInt());
      target.highlight(node.getAsInt());
      String name = target.nodeName(node.getAsInt());
      text =
          accepted
              ? messages.of("launch.here", count, card.name(), name)
              : messages.of("drag.down", name);
      refused = !accepted;
    } else {
      target.clearHighlight();
      text = messages.of("launch.nowhere");
    }
    caption.setText(text);
    caption.pseudoClassStateChanged(PseudoClass.getPseudoClass("refused"), refused);
    caption.applyCss();
    double captionWidth = caption.prefWidth(-1);
    caption.resizeRelocate(
        Math.min(at.getX() + 16, Math.max(4, layer.getWidth() - captionWidth - 8)),
        at.getY() + 20,
        captionWidth,
        caption.prefHeight(-1));
  }

  private void keyReleased(KeyEvent e) {
    if (isShortcutKey(e)) {
      shortcutHeld = false;
    }
  }

  /** Not every platform tells the modifiers with the mouse event, so the key is watched, too. */
  private static boolean isShortcutKey(KeyEvent e) {
    return e.getCode() == KeyCode.CONTROL || e.getCode() == KeyCode.COMMAND;
  }

  private void key(KeyEvent e) {
    if (isShortcutKey(e)) {
      shortcutHeld = true;
    }
    if (e.getCode() == KeyCode.ESCAPE) {
      cancelled = true;
      end();
      e.consume();
      return;
    }
    String text = e.getText();
    if (e.getCode().isDigitKey() && !text.isEmpty()) {
      int digit = Character.digit(text.charAt(0), 10);
      if (digit >= 1) {
        count = digit;
        show();
        e.consume();
      }
    }
  }

  private void released(MouseEvent e) {
    scene.removeEventFilter(MouseEvent.MOUSE_DRAGGED, moves);
    scene.removeEventFilter(MouseEvent.MOUSE_RELEASED, releases);
    if (!dragging) {
      card = null;
      return;
    }
    OptionalInt node = target.nodeAt(e.getSceneX(), e.getSceneY());
    ProgramCard dropped = card;
    int copies = count;
    boolean ask = e.isShortcutDown() || shortcutHeld;
    end();
    e.consume();
    if (node.isPresent() && target.accepts(node.getAsInt())) {
      launch.accept(
          new LaunchRequest(node.getAsInt(), dropped.name(), dropped.arguments(), copies, false),
          ask);
    }
  }

  private void end() {
    if (ghost != null) {
      scene.removeEventFilter(KeyEvent.KEY_PRESSED, keys);
      scene.removeEventFilter(KeyEvent.KEY_RELEASED, keyReleases);
      layer.getChildren().removeAll(ghost, caption);
    }
    target.clearHighlight();
    ghost = null;
    card = null;
    dragging = false;
  }
}
