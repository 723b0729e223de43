package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.palette.LaunchTarget;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.view.LinkView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/**
 * The cluster as cards, chips, links and flights: takes frames and ticks, puts its layers together
 * and answers what may be asked of the whole. Gestures live in {@link CanvasGestures}, what is
 * drawn in {@link ShownCluster}, where one looks in {@link Viewport}.
 *
 * <p>Layers, from below: grid, {@link LinkLayer}, {@link TetherLayer}, {@link NoteLayer}, {@link
 * CardLayer}, {@link FlightLayer}, overlay. The world layers share one translation and scale; the
 * overlay is in screen pixels. FX thread only.
 */
public final class ClusterCanvas extends Region implements LaunchTarget {
  private static final double MAP_MILLIS = 250;

  /** What a link has that is made here: as in a scenario that says nothing of it. */
  private static final int USUAL_MEGABITS = 100;

  private static final long USUAL_LATENCY = 100_000;

  /** Where room for a note is looked for: so many places along each axis, so far apart. */
  private static final int TRIES = 41;

  private static final double STEP = 24;

  /** Between a note and a card. */
  private static final double APART = 8;

  private final CanvasTools tools;
  private final ShownCluster shown = new ShownCluster();
  private final CallTraffic traffic = new CallTraffic();
  private final Pane world = new Pane();
  private final Pane flightPane = new Pane();
  private final Viewport viewport;
  private final LinkLayer links;
  private final TetherLayer tethers;
  private final NoteLayer noteLayer;
  private final CardLayer cardLayer;
  private final FlightLayer flying;
  private final MiniMap minimap;
  private final CardMover mover;
  private final NodeClipboard clipboard = new NodeClipboard();
  private final Pane overlay = new Pane();
  private Region empty = new Region();
  private final CanvasGestures gestures;
  private int shownSession;
  private int highlighted;
  private boolean hasMoved;
  private String recalled = "";
  private double mapIn;
  private Set<Integer> pasted = Set.of();

  public ClusterCanvas(CanvasTools tools) {
    this.tools = tools;
    this.noteLayer = new NoteLayer(tools.undo(), tools.messages());
    this.viewport =
        new Viewport(
            this,
            world,
            tools,
            () -> {
              showCards();
              showTethers();
            },
            this::showCards);
    Pane linkPane = new Pane();
    Pane tetherPane = new Pane();
    Pane cardPane = new Pane();
    this.links = new LinkLayer(shown, tools.messages(), linkPane);
    this.tethers = new TetherLayer(shown, tools, traffic, viewport, tetherPane);
    this.flying = new FlightLayer(shown, tools, flightPane);
    this.cardLayer = new CardLayer(shown, tools, viewport, cardPane, flying::forget);
    this.minimap = new MiniMap(tools.theme(), this::centreOn);
    this.mover = new CardMover(this);
    getStyleClass().add("cluster-canvas");
    setFocusTraversable(true);
    for (Pane layer : List.of(linkPane, tetherPane, cardPane, flightPane)) {
      layer.setManaged(false);
      layer.setPickOnBounds(false);
    }
    world.setManaged(false);
    world.setPickOnBounds(false);
    tetherPane.setMouseTransparent(true);
    flightPane.setMouseTransparent(true);
    world.getChildren().setAll(linkPane, tetherPane, noteLayer, cardPane, flightPane);
    overlay.setPickOnBounds(false);
    getChildren().setAll(viewport.grid(), world, empty, overlay);
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(widthProperty());
    clip.heightProperty().bind(heightProperty());
    setClip(clip);
    gestures = new CanvasGestures(this, tools, overlay);
    new CanvasKeys(this, tools.selection());
    HBox zoomBar = ZoomBar.of(this, tools.messages());
    overlay.getChildren().addAll(minimap, zoomBar);
    tools
        .selection()
        .nodes()
        .addListener((ListChangeListener<Integer>) _ -> cardLayer.showSelection());
    tools
        .selection()
        .processes()
        .addListener((ListChangeListener<ProcessId>) _ -> cardLayer.showSelection());
    tools.switches().minimap().subscribe(_ -> showMiniMap());
    tools.switches().motion().subscribe(_ -> shown.flights().setReduced(isMotionReduced()));
    tools.messages().languageProperty().addListener(_ -> rebuild());
    tools.bridge().onFrame(this::accept);
    setAccessibleText(tools.messages().of("window.canvas"));
    // Before the first frame nobody knows what there is.
    empty.setVisible(false);
  }

  // ------------------------------------------------------------------------------- frames

  /** Takes a frame over. Called once per pulse at most. */
  public void accept(Frame next) {
    boolean newSession = next.session() != shownSession;
    if (newSession) {
      shownSession = next.session();
      clear();
      viewport.forgetUser();
    }
    // Whoever jumps in time sees where everybody is then, not how they came there.
    boolean past = next.state() == RunState.PAST;
    boolean jumped =
        newSession || past || frame().state() == RunState.PAST || next.look() != frame().look();
    traffic.accept(next, jumped);
    shown.accept(next, jumped, past);
    if (newSession) {
      shown.places().recall(recalled);
    }
    shown.seat();
    if (jumped || next.state() != RunState.RUNNING) {
      cardLayer.show();
    } else {
      cardLayer.showSome();
    }
    empty.setVisible(next.session() > 0 && cards().isEmpty());
    links.show();
    tethers.show();
    flying.show();
    flying.showBubbles();
    if (newSession && getWidth() > 0) {
      fit();
    }
    retainSelection();
    selectPasted();
  }

  /** What is shown in the middle while there is no node. */
  public void setEmpty(Region offer) {
    getChildren().set(getChildren().indexOf(empty), offer);
    offer.setVisible(empty.isVisible());
    empty = offer;
  }

  /** Lets the cards and notes of the next session lie as they did when they were kept. */
  public void recall(String cardPlaces, String notesText) {
    recalled = cardPlaces;
    hasMoved = false;
    noteLayer.recall(notesText);
  }

  /** Where the cards lie, as text, if the user moved any since it was asked last. */
  public Optional<String> placesMoved() {
    boolean was = hasMoved;
    hasMoved = false;
    return was ? Optional.of(places().text()) : Optional.empty();
  }

  /** The notes as text, if they changed since it was asked last. */
  public Optional<String> notesChanged() {
    return noteLayer.changed();
  }

  /** The largest zoom to which {@link #fit} goes. */
  public void setLargest(double factor) {
    if (viewport.setLargest(factor) && !viewport.isUserMoved()) {
      fit();
    }
  }

  boolean isMotionReduced() {
    return tools.switches().isMotionReduced();
  }

  /** Lets wall time pass: flights, captions, glows. Called once per pulse. */
  public void tick(double millis) {
    shown.notes().tick(millis);
    traffic.tick(millis);
    tethers.showDots();
    List<FlightBoard.Flight> landed = shown.flights().tick(millis);
    if (!landed.isEmpty()) {
      shown.seat();
      showCards();
      showTethers();
      landed.forEach(
          flight -> flying.celebrate(flight, cardLayer.chip(flight.to(), flight.process())));
    }
    flying.show();
    flying.showBubbles();
    flying.tick(millis);
    gestures.tick(millis);
    mover.tick(millis);
    mapIn -= millis;
    if (mapIn <= 0) {
      mapIn = MAP_MILLIS;
      showMiniMap();
    }
  }

  // ---------------------------------------------------------------------------- minimap

  private void showMiniMap() {
    String wanted = tools.switches().minimap().getValue();
    Bounds seen = viewport.seen();
    boolean visible =
        !cards().isEmpty()
            && getWidth() > 3 * MiniMap.WIDTH
            && getHeight() > 2 * MiniMap.HEIGHT
            && (wanted.equals("on")
                || (wanted.equals("auto")
                    && !seen.contains(Viewport.around(cards().values(), places(), seen))));
    minimap.setVisible(visible);
    if (visible) {
      minimap.draw(cards().values(), places(), seen, shown.notes()::perCpu);
    }
  }

  /** Pans so that a point of the world is in the middle. */
  private void centreOn(double x, double y) {
    viewport.centreOn(x, y);
    showMiniMap();
  }

  // ------------------------------------------------------------------------ putting in order

  /** Puts the selected cards in order, or all if fewer than two are selected. */
  public void arrange(Arranging how) {
    Set<Integer> wanted = new TreeSet<>(tools.selection().nodes());
    if (wanted.size() < 2) {
      if (how.isForSelection()) {
        return;
      }
      wanted = new TreeSet<>(cards().keySet());
    }
    SortedMap<Integer, CardArranger.Box> boxes = new TreeMap<>();
    for (int id : wanted) {
      NodeCard card = cards().get(id);
      if (card != null) {
        CardPlaces.Place place = places().of(id);
        boxes.put(
            id,
            new CardArranger.Box(
                place.x(),
                place.y(),
                NodeCard.WIDTH,
                how.isForSelection() ? card.height() : Math.max(card.height(), 220)));
      }
    }
    List<CardArranger.Edge> edges =
        frame().view().links().stream()
            .filter(LinkView::up)
            .map(link -> new CardArranger.Edge(link.spec().a(), link.spec().b()))
            .toList();
    Problem name = Problem.of("undo.arrange");
    boolean whole = boxes.size() == cards().size();
    // The force layout of a large cluster takes a while; the window must not stand still for it.
    Thread.ofVirtual()
        .start(
            () -> {
              Map<Integer, CardPlaces.Place> target = CardArranger.arrange(how, boxes, edges);
              Platform.runLater(() -> mover.move(target, name, whole));
            });
  }

  /** Notes that cards were moved by hand, from where they were. */
  void moved(Map<Integer, CardPlaces.Place> before) {
    Map<Integer, CardPlaces.Place> after = new TreeMap<>();
    before.keySet().forEach(id -> after.put(id, places().of(id)));
    if (!after.equals(new TreeMap<>(before))) {
      noteMove(Problem.of("undo.movecards", before.size()), before, after);
    }
  }

  void noteMove(
      Problem name, Map<Integer, CardPlaces.Place> before, Map<Integer, CardPlaces.Place> after) {
    hasMoved = true;
    tools.undo().did(name, () -> mover.put(before), () -> mover.put(after));
  }

  /** Something else than a hand moved cards: they are to be kept where they are. */
  void keepMoved() {
    hasMoved = true;
  }

  // ------------------------------------------------------------------------- copy and paste

  /** Copies the selected machines with the links among them. */
  public void copyNodes() {
    clipboard.copy(frame().view(), new TreeSet<>(tools.selection().nodes()), places());
  }

  /** Adds machines like those copied and selects them. */
  public void pasteNodes() {
    if (!clipboard.isEmpty()) {
      List<Command> commands = clipboard.paste(frame().view());
      pasted = NodeClipboard.added(commands);
      tools.submitAll().accept(commands);
    }
  }

  /** Copies and pastes at once. */
  public void duplicateNodes() {
    copyNodes();
    pasteNodes();
  }

  boolean hasCopiedNodes() {
    return !clipboard.isEmpty();
  }

  private void selectPasted() {
    if (!pasted.isEmpty() && cards().keySet().containsAll(pasted)) {
      tools.selection().selectNodes(pasted);
      pasted = Set.of();
    }
  }

  /** Links each two of the selected machines that are not linked. */
  public void link() {
    List<Command> commands = new ArrayList<>();
    forEachPair(
        (a, b) -> {
          if (linkBetween(a, b).filter(LinkView::up).isEmpty()) {
            commands.add(
                new Command.SetLink(
                    linkBetween(a, b)
                        .map(LinkView::spec)
                        .orElseGet(() -> new LinkSpec(a, b, USUAL_MEGABITS, USUAL_LATENCY))));
          }
        });
    tools.submitAll().accept(commands);
  }

  /** Cuts the links among the selected machines. */
  public void cutLinks() {
    List<Command> commands = new ArrayList<>();
    forEachPair(
        (a, b) ->
            linkBetween(a, b)
                .filter(LinkView::up)
                .ifPresent(_ -> commands.add(new Command.CutLink(a, b))));
    tools.submitAll().accept(commands);
  }

  private void forEachPair(BiConsumer<Integer, Integer> then) {
    List<Integer> nodes = List.copyOf(new TreeSet<>(tools.selection().nodes()));
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        then.accept(nodes.get(i), nodes.get(j));
      }
    }
  }

  private Optional<LinkView> linkBetween(int a, int b) {
    return frame().view().links().stream()
        .filter(
            l -> l.spec().a() == a && l.spec().b() == b || l.spec().a() == b && l.spec().b() == a)
        .findFirst();
  }

  /** Selects every machine. */
  public void selectAllNodes() {
    tools.selection().selectNodes(cards().keySet());
  }

  /** Sticks a note near the middle of what is seen, to be written. */
  public void addNote() {
    Point2D at = world.parentToLocal(getWidth() / 2, getHeight() / 3);
    CardPlaces.Place free = freeNear(at.getX() - NoteLayer.WIDTH / 2, at.getY());
    addNoteAt(free.x(), free.y());
  }

  /** The nearest place for a note where no card lies over it, or comes to lie. */
  private CardPlaces.Place freeNear(double x, double y) {
    return IntStream.range(0, TRIES * TRIES)
        .mapToObj(i -> new Point2D(i % TRIES - TRIES / 2, i / TRIES - TRIES / 2))
        .sorted(Comparator.comparingDouble(Point2D::magnitude))
        .map(step -> new CardPlaces.Place(x + step.getX() * STEP, y + step.getY() * STEP))
        .map(CardPlaces.Place::snapped)
        .filter(place -> cards().values().stream().noneMatch(card -> covers(card, place)))
        .findFirst()
        .orElse(new CardPlaces.Place(x, y));
  }

  private boolean covers(NodeCard card, CardPlaces.Place note) {
    CardPlaces.Place at = places().of(card.node());
    return note.x() < at.x() + NodeCard.WIDTH + APART
        && note.x() + NoteLayer.WIDTH + APART > at.x()
        && note.y() < at.y() + card.height() + APART
        && note.y() + NoteLayer.HEIGHT + APART > at.y();
  }

  void addNoteAt(double x, double y) {
    noteLayer.add(new CardPlaces.Place(x, y).snapped());
  }

  /** For a still picture: nothing is caught half-way by the animation's own clock. */
  public void settle() {
    shown.flights().settle();
    flying.show();
  }

  private void clear() {
    cardLayer.clear();
    links.clear();
    tethers.clear();
    flying.clear();
    shown.places().clear();
  }

  private void rebuild() {
    Map<Integer, CardPlaces.Place> kept = new TreeMap<>();
    cards().keySet().forEach(id -> kept.put(id, places().of(id)));
    clear();
    kept.forEach(places()::put);
    accept(frame().withoutNews());
  }

  private void retainSelection() {
    List<Integer> nodes = frame().view().nodes().stream().map(n -> n.spec().id()).toList();
    tools.selection().retain(nodes, processes().keySet());
  }

  // ------------------------------------------------------------------------------- drawing

  private void showCards() {
    cardLayer.show();
  }

  private void showTethers() {
    tethers.show();
  }

  // ------------------------------------------------------------------------------- zoom

  /** The zoom factor, 1 = pixels of the token file. */
  public ReadOnlyDoubleProperty zoomProperty() {
    return viewport.zoomProperty();
  }

  /** Zooms by {@code factor} so that the point of this region under the pointer stays. */
  public void zoomAt(double x, double y, double factor) {
    viewport.zoomAt(x, y, factor);
  }

  /** Zooms at the middle. */
  public void zoom(double factor) {
    viewport.zoom(factor);
  }

  /** Back to zoom 1 at the middle. */
  public void zoomReset() {
    viewport.zoom(1 / viewport.scale());
  }

  /** Shows every card, at zoom 1 at most. */
  public void fit() {
    viewport.fit(cards().values(), places());
  }

  void pan(double dx, double dy) {
    viewport.pan(dx, dy);
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    if (viewport.resize(width, height) && !viewport.isUserMoved()) {
      fit();
    }
    overlay.resizeRelocate(0, 0, width, height);
    double w = empty.prefWidth(-1);
    double h = empty.prefHeight(-1);
    empty.resizeRelocate((width - w) / 2, (height - h) / 2, w, h);
    ZoomBar.place(overlay, width, height);
    minimap.relocate(12, height - MiniMap.HEIGHT - 12);
  }

  // --------------------------------------------------------------- for gestures and palette

  /** The point of the world under a point of the scene. */
  Point2D worldAt(double sceneX, double sceneY) {
    return world.sceneToLocal(sceneX, sceneY);
  }

  Frame frame() {
    return shown.frame();
  }

  Map<ProcessId, ProcessView> processes() {
    return shown.processes();
  }

  Map<Integer, NodeCard> cards() {
    return shown.cards();
  }

  CardPlaces places() {
    return shown.places();
  }

  double scale() {
    return viewport.scale();
  }

  /** The node on whose card a process is shown now; its home if it is not shown. */
  int shownAt(ProcessId id) {
    return shown.shownAt(id);
  }

  Point2D middle(NodeCard card) {
    return shown.middle(card);
  }

  /** The processes that are shown on a card, in the order of their slots. */
  List<ProcessId> processesOn(int node) {
    return shown.slots().slots(node).stream()
        .filter(id -> id != null && shownAt(id) == node)
        .toList();
  }

  Optional<NodeCard> cardAt(double sceneX, double sceneY) {
    return cardLayer.cardAt(sceneX, sceneY);
  }

  List<ProcessId> chipsIn(Bounds scene) {
    return cardLayer.chipsIn(scene);
  }

  /** Moves a card; the picture follows at once. */
  void moveCard(int node, CardPlaces.Place place) {
    placeCard(node, place);
    redrawBetween();
  }

  /** Moves a card; {@link #redrawBetween} brings the rest after. */
  void placeCard(int node, CardPlaces.Place place) {
    places().put(node, place);
    cards().get(node).relocate(place.x(), place.y());
  }

  /** Draws what lies between cards again. */
  void redrawBetween() {
    links.show();
    tethers.show();
  }

  /** Puts a card above the others. */
  void raise(NodeCard card) {
    cardLayer.raise(card);
  }

  @Override
  public boolean covers(double sceneX, double sceneY) {
    return getScene() != null && localToScene(getLayoutBounds()).contains(sceneX, sceneY);
  }

  @Override
  public OptionalInt nodeAt(double sceneX, double sceneY) {
    if (!covers(sceneX, sceneY)) {
      return OptionalInt.empty();
    }
    return cardAt(sceneX, sceneY)
        .map(card -> OptionalInt.of(card.node()))
        .orElseGet(OptionalInt::empty);
  }

  @Override
  public String nodeName(int node) {
    NodeCard card = cards().get(node);
    return card == null ? Integer.toString(node) : card.view().spec().name();
  }

  @Override
  public boolean accepts(int node) {
    NodeCard card = cards().get(node);
    return card != null && card.view().status() == NodeView.Status.UP;
  }

  @Override
  public void highlight(int node) {
    highlight(node, accepts(node));
  }

  void highlight(int node, boolean accepted) {
    if (highlighted != 0 && highlighted != node && cards().containsKey(highlighted)) {
      cards().get(highlighted).setDrop(NodeCard.Drop.NONE);
    }
    highlighted = node;
    NodeCard card = cards().get(node);
    if (card != null) {
      card.setDrop(accepted ? NodeCard.Drop.ACCEPT : NodeCard.Drop.REFUSE);
    }
  }

  @Override
  public void clearHighlight() {
    if (highlighted != 0 && cards().containsKey(highlighted)) {
      cards().get(highlighted).setDrop(NodeCard.Drop.NONE);
    }
    highlighted = 0;
  }

  /** Adds a machine like the first one, near the middle of what is seen. */
  public void addNode() {
    Point2D at = world.parentToLocal(getWidth() / 2, getHeight() / 2);
    gestures.addNodeAt(at.getX() - NodeCard.WIDTH / 2, at.getY() - 100);
  }

  /** Lets the selected machines leave, or kills the selected processes. */
  public void deleteSelection() {
    gestures.deleteSelection();
  }

  /** Text for so many bytes. */
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    return bytes < 1024 * 1024
        ? Math.round(bytes / 1024.0) + " kB"
        : "%.1f MB".formatted(bytes / 1048576.0);
  }

  /** Text for a duration in virtual ms. */
  static String millis(long nanos) {
    double ms = nanos / 1e6;
    return ms < 10 ? "%.1f ms".formatted(ms) : Math.round(ms) + " ms";
  }

  Messages messages() {
    return tools.messages();
  }
}
