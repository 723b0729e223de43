package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import javafx.animation.PauseTransition;
import javafx.animation.TranslateTransition;
import javafx.application.Platform;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.util.Duration;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.HiddenCopy;
import org.godwit.app.notice.Notice;
import org.godwit.engine.session.DryRun;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/**
 * What the mouse does on the canvas: pan, rubber band, moving cards, pulling links, dragging chips
 * onto nodes. One gesture at a time; Esc ends it without effect. In-scene mouse events only, so
 * that the gestures work on every platform. FX thread only.
 */
final class CanvasGestures {
  /** Distance that makes a press a drag, in screen pixels. */
  static final double THRESHOLD = 4;

  private static final double RETURN_MILLIS = 180;
  private static final double EXACT_MILLIS = 300;
  private static final double CAPTION_MILLIS = 4_000;
  private static final int DEFAULT_MEGABITS = 100;
  private static final long DEFAULT_LATENCY = 100_000;

  private final ClusterCanvas canvas;
  private final CanvasTools tools;
  private final Pane overlay;
  private final FloatingCaption caption;
  private final Rectangle band = new Rectangle();
  private final Line pulled = new Line();
  private final CanvasMenus menus;
  private ContextMenu menu;
  private Gesture gesture = Gesture.NONE;
  private boolean dragging;
  private boolean foretelling;
  private double pressX;
  private double pressY;
  private double lastX;
  private double lastY;
  private NodeCard pressedCard;
  private ProcessId pressedProcess;
  private List<ProcessId> dragged = List.of();
  private Node ghost;
  private int hovered;
  private String hoverText = "";
  private boolean hoverRefused;
  private final Map<Integer, CardPlaces.Place> grabbed = new TreeMap<>();

  private enum Gesture {
    NONE,
    PAN,
    BAND,
    CARDS,
    CHIPS,
    LINK
  }

  CanvasGestures(ClusterCanvas canvas, CanvasTools tools, Pane overlay) {
    this.canvas = canvas;
    this.tools = tools;
    this.overlay = overlay;
    this.caption = new FloatingCaption(overlay);
    this.menus = new CanvasMenus(canvas, tools);
    band.getStyleClass().add("rubber-band");
    band.setManaged(false);
    band.setMouseTransparent(true);
    band.setVisible(false);
    pulled.getStyleClass().add("pulled-link");
    pulled.setMouseTransparent(true);
    pulled.setManaged(false);
    pulled.setVisible(false);
    overlay.getChildren().addAll(band, pulled);
    canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
    canvas.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
    canvas.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
    canvas.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
    canvas.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
    canvas.addEventHandler(ZoomEvent.ZOOM, this::pinched);
    canvas.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
  }

  void tick(double millis) {
    caption.tick(millis);
  }

  // ------------------------------------------------------------------------------ the mouse

  private void pressed(MouseEvent e) {
    canvas.requestFocus();
    if (menu != null) {
      menu.hide();
      menu = null;
    }
    if (e.getButton() != MouseButton.PRIMARY) {
      return;
    }
    pressX = e.getSceneX();
    pressY = e.getSceneY();
    lastX = pressX;
    lastY = pressY;
    dragging = false;
    foretelling = false; // A session that was closed meanwhile does not answer any more.
    caption.hide();
    Node target = e.getTarget() instanceof Node node ? node : canvas;
    ProcessChip chip = ancestor(target, ProcessChip.class);
    pressedCard = ancestor(target, NodeCard.class);
    pressedProcess = chip == null ? null : chip.id();
    boolean adding = e.isShortcutDown() || e.isShiftDown();
    if (pressedCard != null && target == pressedCard.port()) {
      gesture = Gesture.LINK;
    } else if (chip != null) {
      gesture = Gesture.CHIPS;
      pressChip(chip.id(), adding);
    } else if (ancestor(target, ProgramGroup.class) instanceof ProgramGroup group
        && !group.members().isEmpty()) {
      gesture = Gesture.CHIPS;
      pressedProcess = group.members().getFirst();
      tools.selection().selectProcesses(group.members());
    } else if (pressedCard != null) {
      gesture = Gesture.CARDS;
      pressCard(pressedCard.node(), adding);
    } else if (e.isShiftDown()) {
      gesture = Gesture.BAND;
    } else {
      gesture = Gesture.PAN;
    }
    e.consume();
  }

  private void pressChip(ProcessId id, boolean adding) {
    if (adding) {
      tools.selection().toggle(id);
    } else if (!tools.selection().isSelected(id)) {
      tools.selection().select(id);
    }
  }

  private void pressCard(int node, boolean adding) {
    if (adding) {
      tools.selection().toggleNode(node);
    } else if (!tools.selection().isNodeSelected(node)) {
      tools.selection().selectNode(node);
    }
  }

  private void dragged(MouseEvent e) {
    if (gesture == Gesture.NONE || e.getButton() != MouseButton.PRIMARY) {
      return;
    }
    if (!dragging) {
      if (Math.hypot(e.getSceneX() - pressX, e.getSceneY() - pressY) < THRESHOLD) {
        return;
      }
      dragging = true;
      begin();
    }
    switch (gesture) {
      case PAN -> canvas.pan(e.getSceneX() - lastX, e.getSceneY() - lastY);
      case BAND -> showBand(e);
      case CARDS -> moveCards(e);
      case CHIPS -> dragChips(e);
      case LINK -> pullLink(e);
      case NONE -> {}
    }
    lastX = e.getSceneX();
    lastY = e.getSceneY();
    e.consume();
  }

  private void begin() {
    switch (gesture) {
      case CARDS -> {
        grabbed.clear();
        tools.selection().nodes().forEach(id -> grabbed.put(id, canvas.places().of(id)));
        canvas.raise(pressedCard);
      }
      case CHIPS -> {
        dragged =
            tools.selection().isSelected(pressedProcess)
                ? List.copyOf(tools.selection().processes())
                : List.of(pressedProcess);
        ProcessView lead = canvas.processes().get(pressedProcess);
        if (lead == null) {
          cancel();
          return;
        }
        ProcessChip made = new ProcessChip(lead.id(), tools.looks().of(lead.program()));
        made.show(lead, false, true, tools.messages());
        made.getStyleClass().add("ghost");
        made.setMouseTransparent(true);
        made.setManaged(false);
        made.resize(NodeCard.CHIP_WIDTH, ProcessChip.HEIGHT);
        ghost = made;
        overlay.getChildren().add(ghost);
      }
      default -> {}
    }
  }

  private void released(MouseEvent e) {
    if (gesture == Gesture.NONE) {
      return;
    }
    Gesture ending = gesture;
    boolean wasDragging = dragging;
    if (wasDragging) {
      switch (ending) {
        case BAND -> selectBand(e.isShortcutDown());
        case CHIPS -> dropChips(e);
        case LINK -> dropLink(e);
        case CARDS -> canvas.moved(Map.copyOf(grabbed));
        default -> {}
      }
    } else if (ending == Gesture.PAN) {
      tools.selection().clear();
    } else if (ending == Gesture.CHIPS && !e.isShortcutDown() && !e.isShiftDown()) {
      tools.selection().select(pressedProcess);
    }
    finish();
    e.consume();
  }

  private void finish() {
    gesture = Gesture.NONE;
    dragging = false;
    hovered = 0;
    hoverText = "";
    overlay.getChildren().remove(ghost);
    ghost = null;
    band.setVisible(false);
    pulled.setVisible(false);
    canvas.clearHighlight();
    canvas.setCursor(null);
  }

  /** Ends the gesture under way without effect. */
  void cancel() {
    if (gesture == Gesture.CARDS && dragging) {
      grabbed.forEach(canvas::moveCard);
    }
    finish();
    caption.hide();
  }

  private void clicked(MouseEvent e) {
    if (e.getButton() == MouseButton.SECONDARY) {
      openMenu(e);
      return;
    }
    if (e.getButton() != MouseButton.PRIMARY || !e.isStillSincePress()) {
      return;
    }
    Node target = e.getTarget() instanceof Node node ? node : canvas;
    ProcessChip chip = ancestor(target, ProcessChip.class);
    if (e.getClickCount() == 2 && chip != null) {
      ProcessView process = canvas.processes().get(chip.id());
      if (process != null && process.isAway() && process.isAlive()) {
        sendHome(process);
      } else if (process != null) {
        tools.selection().select(chip.id());
        tools.explain().accept(chip.id());
      }
    }
  }

  private void openMenu(MouseEvent e) {
    Node target = e.getTarget() instanceof Node node ? node : canvas;
    ProcessChip chip = ancestor(target, ProcessChip.class);
    NodeCard card = ancestor(target, NodeCard.class);
    LinkLine link = ancestor(target, LinkLine.class);
    if (chip != null) {
      pressChip(chip.id(), false);
      menu = menus.forProcesses(List.copyOf(tools.selection().processes()));
    } else if (card != null) {
      pressCard(card.node(), false);
      menu =
          menus.forNodes(
              tools.selection().nodes().stream()
                  .map(id -> canvas.cards().get(id))
                  .filter(Objects::nonNull)
                  .map(NodeCard::view)
                  .toList());
    } else if (link != null && link.getUserData() instanceof LinkSpec spec) {
      menu = menus.forLink(spec);
    } else {
      Point2D at = canvas.worldAt(e.getSceneX(), e.getSceneY());
      menu =
          menus.forGround(
              () -> addNodeAt(at.getX(), at.getY()), () -> canvas.addNoteAt(at.getX(), at.getY()));
    }
    menu.show(canvas, e.getScreenX(), e.getScreenY());
    e.consume();
  }

  private void scrolled(ScrollEvent e) {
    Point2D at = canvas.sceneToLocal(e.getSceneX(), e.getSceneY());
    if (e.isInertia() || e.getDeltaY() == 0 && e.getDeltaX() != 0) {
      canvas.pan(e.getDeltaX(), 0);
    } else {
      canvas.zoomAt(at.getX(), at.getY(), Math.pow(1.0025, e.getDeltaY()));
    }
    e.consume();
  }

  private void pinched(ZoomEvent e) {
    Point2D at = canvas.sceneToLocal(e.getSceneX(), e.getSceneY());
    canvas.zoomAt(at.getX(), at.getY(), e.getZoomFactor());
    e.consume();
  }

  private void key(KeyEvent e) {
    if (e.getCode() == KeyCode.ESCAPE && gesture != Gesture.NONE) {
      cancel();
      e.consume();
    }
  }

  // ------------------------------------------------------------------------- rubber band

  private void showBand(MouseEvent e) {
    Point2D a = overlay.sceneToLocal(pressX, pressY);
    Point2D b = overlay.sceneToLocal(e.getSceneX(), e.getSceneY());
    band.setX(Math.min(a.getX(), b.getX()));
    band.setY(Math.min(a.getY(), b.getY()));
    band.setWidth(Math.abs(a.getX() - b.getX()));
    band.setHeight(Math.abs(a.getY() - b.getY()));
    band.setVisible(true);
  }

  /** Takes the nodes inside; where no card is wholly inside, the chips that it touches. */
  private void selectBand(boolean chipsOnly) {
    Bounds scene = band.localToScene(band.getBoundsInLocal());
    Bounds area =
        new BoundingBox(scene.getMinX(), scene.getMinY(), scene.getWidth(), scene.getHeight());
    List<Integer> nodes = new ArrayList<>();
    canvas
        .cards()
        .forEach(
            (id, card) -> {
              if (area.contains(card.localToScene(card.getLayoutBounds()))) {
                nodes.add(id);
              }
            });
    if (nodes.isEmpty() || chipsOnly) {
      tools.selection().selectProcesses(canvas.chipsIn(area));
    } else {
      tools.selection().selectNodes(nodes);
    }
  }

  // ---------------------------------------------------------------------------- cards

  private void moveCards(MouseEvent e) {
    double dx = (e.getSceneX() - pressX) / canvas.scale();
    double dy = (e.getSceneY() - pressY) / canvas.scale();
    grabbed.forEach(
        (id, place) ->
            canvas.moveCard(id, snapped(new CardPlaces.Place(place.x() + dx, place.y() + dy))));
  }

  private CardPlaces.Place snapped(CardPlaces.Place place) {
    return tools.switches().snaps() ? place.snapped() : place;
  }

  /** Adds a machine at a point of the world; its number is the next free one. */
  void addNodeAt(double x, double y) {
    Frame frame = canvas.frame();
    int next = frame.view().nodes().stream().mapToInt(n -> n.spec().id()).max().orElse(0) + 1;
    NodeSpec like =
        frame.view().nodes().isEmpty()
            ? new NodeSpec(1, "node1", 2, 800, 8000, 256L << 20, 0, 0)
            : frame.view().nodes().getFirst().spec();
    CardPlaces.Place place = canvas.places().free(x, y, NodeCard.WIDTH, 200);
    tools.submit(new Command.AddNode(like.like(next, "node" + next, place.x(), place.y())));
  }

  /** Lets the selected machines leave, or kills the selected processes. */
  void deleteSelection() {
    List<Command> commands = new ArrayList<>();
    tools.selection().nodes().forEach(node -> commands.add(new Command.RemoveNode(node)));
    tools
        .selection()
        .processes()
        .forEach(id -> commands.add(new Command.Signal(new ProcessRef.ById(id), 9)));
    tools.submitAll().accept(commands);
  }

  // ---------------------------------------------------------------------------- chips

  private void dragChips(MouseEvent e) {
    if (ghost == null) {
      return;
    }
    ProcessView lead = canvas.processes().get(pressedProcess);
    if (lead == null || !lead.isAlive()) {
      cancel();
      caption.show(tools.messages().of("drag.ended"), true, e.getSceneX(), e.getSceneY());
      caption.linger(CAPTION_MILLIS);
      return;
    }
    Point2D at = overlay.sceneToLocal(e.getSceneX(), e.getSceneY());
    ghost.relocate(at.getX() - NodeCard.CHIP_WIDTH / 2, at.getY() - ProcessChip.HEIGHT / 2);
    Optional<NodeCard> card = canvas.cardAt(e.getSceneX(), e.getSceneY());
    int over = card.map(NodeCard::node).orElse(0);
    if (over != hovered) {
      hovered = over;
      askDryRun(lead, over);
    }
    if (over != 0 && over != lead.where()) {
      canvas.highlight(over, !hoverRefused);
    } else {
      canvas.clearHighlight();
    }
    if (hoverText.isEmpty()) {
      caption.hide();
    } else {
      caption.show(hoverText, hoverRefused, e.getSceneX(), e.getSceneY());
    }
  }

  /**
   * Asks between two windows what the drop would do; until the answer comes, says what is known.
   */
  private void askDryRun(ProcessView lead, int over) {
    hoverRefused = false;
    if (over == 0) {
      hoverText = tools.messages().of("drag.nowhere");
      hoverRefused = true;
      return;
    }
    if (over == lead.where()) {
      hoverText = "";
      return;
    }
    String name = canvas.nodeName(over);
    if (dragged.size() > 1) {
      long stay =
          dragged.stream()
              .map(id -> canvas.processes().get(id))
              .filter(p -> p == null || !p.reasons().isEmpty())
              .count();
      hoverText =
          stay == 0
              ? tools.messages().of("drag.many", dragged.size(), name)
              : tools.messages().of("drag.some", dragged.size() - stay, stay, name);
      hoverRefused = stay == dragged.size();
      return;
    }
    hoverText = tools.messages().of("drag.move", name);
    tools
        .bridge()
        .ask(
            session -> session.dryRun(lead.id(), over),
            answer -> {
              showDryRun(answer, over, name);
              if (answer.refusal() == null) {
                askExactly(lead, over, name);
              }
            });
  }

  /**
   * An estimate stands at once; a hidden copy makes the move, and then it is exact. A copy of a
   * long session takes its time: there is one at most, and only for who stays over a node for a
   * moment.
   */
  private void askExactly(ProcessView lead, int over, String name) {
    PauseTransition moment = new PauseTransition(Duration.millis(EXACT_MILLIS));
    moment.setOnFinished(
        _ -> {
          if (foretelling || gesture != Gesture.CHIPS || !dragging || hovered != over) {
            return;
          }
          foretelling = true;
          HiddenCopy.ask(
              tools.bridge(),
              Platform::runLater,
              copy -> copy.foretell(lead.id(), over),
              answer -> {
                foretelling = false;
                answer.ifPresent(exact -> showDryRun(exact, over, name));
              });
        });
    moment.play();
  }

  private void showDryRun(DryRun answer, int over, String name) {
    if (gesture == Gesture.CHIPS && dragging && hovered == over) {
      wordDryRun(answer, name);
      canvas.highlight(over, !hoverRefused);
      caption.show(hoverText, hoverRefused, lastX, lastY);
    }
  }

  private void wordDryRun(DryRun answer, String name) {
    if (answer.refusal() != null) {
      hoverRefused = true;
      hoverText = tools.messages().problem(answer.refusal());
      return;
    }
    hoverText =
        tools
            .messages()
            .of(
                answer.exact() ? "drag.dryrun.exact" : "drag.dryrun",
                name,
                answer.pages(),
                ClusterCanvas.bytes(answer.bytes()),
                ClusterCanvas.millis(answer.freezeNanos()),
                Math.round(answer.callsPerSecond()),
                answer.gainSeconds());
  }

  private void dropChips(MouseEvent e) {
    Optional<NodeCard> card = canvas.cardAt(e.getSceneX(), e.getSceneY());
    ProcessView lead = canvas.processes().get(pressedProcess);
    if (card.isEmpty()
        || lead == null
        || card.get().node() == lead.where() && dragged.size() == 1) {
      caption.hide();
      return;
    }
    int to = card.get().node();
    if (hoverRefused) {
      goBack();
      // The engine would say the same; asking it anyway puts the refusal into the record.
      caption.show(hoverText, true, e.getSceneX(), e.getSceneY());
      caption.linger(CAPTION_MILLIS);
    } else {
      caption.hide();
    }
    tools
        .submitAll()
        .accept(
            dragged.stream()
                .<Command>map(id -> new Command.Migrate(new ProcessRef.ById(id), to))
                .toList());
  }

  /** What was refused glides back to where it was taken from. */
  private void goBack() {
    Node returning = ghost;
    ghost = null;
    Point2D to = overlay.sceneToLocal(pressX, pressY);
    TranslateTransition glide = new TranslateTransition(Duration.millis(RETURN_MILLIS), returning);
    glide.setToX(to.getX() - NodeCard.CHIP_WIDTH / 2 - returning.getLayoutX());
    glide.setToY(to.getY() - ProcessChip.HEIGHT / 2 - returning.getLayoutY());
    glide.setOnFinished(_ -> overlay.getChildren().remove(returning));
    glide.play();
  }

  private void sendHome(ProcessView process) {
    int was = process.where();
    ProcessRef ref = new ProcessRef.ById(process.id());
    tools.submit(new Command.Migrate(ref, Command.Migrate.HOME));
    tools
        .notices()
        .post(
            Notice.of(
                    Notice.Severity.INFO,
                    canvas.frame().view().nanos(),
                    "notice.sent-home",
                    process.program(),
                    process.id().pid(),
                    process.id().home())
                .with("notice.undo", () -> tools.submit(new Command.Migrate(ref, was))));
  }

  // ----------------------------------------------------------------------------- links

  private void pullLink(MouseEvent e) {
    Point2D from = overlay.sceneToLocal(pressX, pressY);
    Point2D to = overlay.sceneToLocal(e.getSceneX(), e.getSceneY());
    pulled.setStartX(from.getX());
    pulled.setStartY(from.getY());
    pulled.setEndX(to.getX());
    pulled.setEndY(to.getY());
    pulled.setVisible(true);
    Optional<NodeCard> card = canvas.cardAt(e.getSceneX(), e.getSceneY());
    if (card.isPresent() && card.get() != pressedCard) {
      boolean up = card.get().view().status() == NodeView.Status.UP;
      canvas.highlight(card.get().node(), up);
      caption.show(
          tools
              .messages()
              .of(
                  up ? "drag.link" : "drag.down",
                  up ? DEFAULT_MEGABITS : canvas.nodeName(card.get().node())),
          !up,
          e.getSceneX(),
          e.getSceneY());
    } else {
      canvas.clearHighlight();
      caption.show(tools.messages().of("drag.link.nowhere"), false, e.getSceneX(), e.getSceneY());
    }
  }

  private void dropLink(MouseEvent e) {
    caption.hide();
    Optional<NodeCard> card = canvas.cardAt(e.getSceneX(), e.getSceneY());
    if (card.isPresent()
        && card.get() != pressedCard
        && card.get().view().status() == NodeView.Status.UP) {
      tools.submit(
          new Command.SetLink(
              new LinkSpec(
                  pressedCard.node(), card.get().node(), DEFAULT_MEGABITS, DEFAULT_LATENCY)));
    }
  }

  private static <T extends Node> T ancestor(Node node, Class<T> type) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }
}
