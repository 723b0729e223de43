package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javafx.animation.FadeTransition;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.collections.ListChangeListener;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.CubicCurve;
import javafx.scene.shape.Rectangle;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;
import javafx.util.Duration;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.palette.LaunchTarget;
import org.godwit.app.palette.ProgramDisc;
import org.godwit.app.palette.ProgramLooks.Look;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Role;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Migration;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.view.LinkView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/**
 * The cluster as cards, chips, links and flights. Takes frames and ticks; gestures live in {@link
 * CanvasGestures}, what can be worked out without a scene in {@link SlotBoard}, {@link
 * FlightBoard}, {@link CardPlaces} and {@link CardNotes}.
 *
 * <p>Layers, from below: grid, links, tethers, cards with their chips, capsules, overlay. The world
 * layers share one translation and scale; the overlay is in screen pixels. FX thread only.
 */
public final class ClusterCanvas extends Region implements LaunchTarget {
  private static final double GRID = 24;
  private static final int TETHERS = 40;
  private static final int LINKS = 120;

  /** Kept free under the cluster when it is fitted: the zoom bar, a decision's sentence. */
  private static final double BELOW = 56;

  private static final double FADE_MILLIS = 600;
  private static final double CROSS_MILLIS = 120;
  private static final double MARGIN = 40;
  private static final double MAP_MILLIS = 250;
  private static final double MIN_SCALE = 0.04;
  private static final double MAX_SCALE = 2.5;

  private final CanvasTools tools;
  private final SlotBoard slots = new SlotBoard();
  private final FlightBoard flights = new FlightBoard();
  private final CardPlaces places = new CardPlaces();
  private final CardNotes notes = new CardNotes();
  private final CallTraffic traffic = new CallTraffic();

  private final Canvas grid = new Canvas();
  private final Pane world = new Pane();
  private final Pane linkLayer = new Pane();
  private final Pane tetherLayer = new Pane();
  private final Pane cardLayer = new Pane();
  private final NoteLayer noteLayer;
  private final MiniMap minimap;
  private final CardMover mover;
  private final NodeClipboard clipboard = new NodeClipboard();
  private final Pane flightLayer = new Pane();
  private final Pane overlay = new Pane();
  private final Label empty = new Label();
  private final Translate shift = new Translate(24, 24);
  private final Scale scale = new Scale(1, 1);
  private final ReadOnlyDoubleWrapper zoom = new ReadOnlyDoubleWrapper(this, "zoom", 1);

  private final Map<Integer, NodeCard> cards = new TreeMap<>();
  private final Map<Integer, Map<ProcessId, ProcessChip>> chips = new TreeMap<>();
  private final Map<Integer, Map<String, ProgramGroup>> groups = new TreeMap<>();
  private final Map<Long, LinkLine> links = new TreeMap<>();
  private final Map<ProcessId, CubicCurve> tethers = new TreeMap<>();
  private final Map<ProcessId, Capsule> capsules = new TreeMap<>();
  private final Map<Integer, Label> bubbles = new TreeMap<>();
  private final List<Circle> dots = new ArrayList<>();
  private final List<Fading> fading = new ArrayList<>();
  private final CanvasGestures gestures;
  private Frame frame = Frame.EMPTY;
  private Map<ProcessId, ProcessView> processes = Map.of();
  private int shownSession;
  private int highlighted;
  private boolean userMoved;
  private boolean hasMoved;
  private String recalled = "";
  private double largest = 1;
  private double mapIn;
  private Set<Integer> pasted = Set.of();

  /** A node of the scene that goes away by itself. */
  private record Fading(Node node, double[] left) {}

  public ClusterCanvas(CanvasTools tools) {
    this.tools = tools;
    this.noteLayer = new NoteLayer(tools.undo(), tools.messages());
    this.minimap = new MiniMap(tools.theme(), this::centreOn);
    this.mover = new CardMover(this);
    getStyleClass().add("cluster-canvas");
    setFocusTraversable(true);
    world.getTransforms().setAll(shift, scale);
    for (Pane layer : List.of(linkLayer, tetherLayer, cardLayer, flightLayer)) {
      layer.setManaged(false);
      layer.setPickOnBounds(false);
    }
    world.setManaged(false);
    world.setPickOnBounds(false);
    tetherLayer.setMouseTransparent(true);
    flightLayer.setMouseTransparent(true);
    world.getChildren().setAll(linkLayer, tetherLayer, noteLayer, cardLayer, flightLayer);
    grid.setMouseTransparent(true);
    overlay.setPickOnBounds(false);
    empty.getStyleClass().add("empty-text");
    empty.textProperty().bind(tools.messages().binding("canvas.empty"));
    empty.setMouseTransparent(true);
    getChildren().setAll(grid, world, empty, overlay);
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(widthProperty());
    clip.heightProperty().bind(heightProperty());
    setClip(clip);
    gestures = new CanvasGestures(this, tools, overlay);
    new CanvasKeys(this, tools.selection());
    HBox zoomBar = ZoomBar.of(this, tools.messages());
    overlay.getChildren().addAll(minimap, zoomBar);
    tools.selection().nodes().addListener((ListChangeListener<Integer>) _ -> showSelection());
    tools.selection().processes().addListener((ListChangeListener<ProcessId>) _ -> showSelection());
    tools.theme().variantProperty().addListener(_ -> drawGrid());
    tools.switches().grid().subscribe(_ -> drawGrid());
    tools.switches().minimap().subscribe(_ -> showMiniMap());
    tools.switches().motion().subscribe(_ -> flights.setReduced(isMotionReduced()));
    tools.messages().languageProperty().addListener(_ -> rebuild());
    tools.bridge().onFrame(this::accept);
    setAccessibleText(tools.messages().of("window.canvas"));
  }

  // ------------------------------------------------------------------------------- frames

  /** Takes a frame over. Called once per pulse at most. */
  public void accept(Frame next) {
    boolean newSession = next.session() != shownSession;
    if (newSession) {
      shownSession = next.session();
      clear();
      userMoved = false;
    }
    // Whoever jumps in time sees where everybody is then, not how they came there.
    boolean past = next.state() == RunState.PAST;
    boolean jumped =
        newSession || past || frame.state() == RunState.PAST || next.look() != frame.look();
    frame = next;
    Map<ProcessId, ProcessView> byId = new TreeMap<>();
    next.view().processes().forEach(p -> byId.put(p.id(), p));
    processes = byId;
    flights.accept(next, jumped);
    if (past) {
      flights.settle();
    }
    notes.accept(next, jumped);
    traffic.accept(next, jumped);
    places.settle(next.view().nodes(), NodeCard.WIDTH, 220);
    if (newSession) {
      places.recall(recalled);
    }
    List<ProcessView> seated = new ArrayList<>();
    for (ProcessView process : next.view().processes()) {
      if (process.state() != ProcessView.State.EXITED) {
        seated.add(process);
      }
    }
    slots.seat(seated, flights::shownAt);
    empty.setVisible(next.view().nodes().isEmpty());
    showCards();
    showLinks();
    showTethers();
    showCapsules();
    showBubbles();
    if (newSession && getWidth() > 0) {
      fit();
    }
    retainSelection();
    selectPasted();
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
    return was ? Optional.of(places.text()) : Optional.empty();
  }

  /** The notes as text, if they changed since it was asked last. */
  public Optional<String> notesChanged() {
    return noteLayer.changed();
  }

  /** The largest zoom to which {@link #fit} goes. */
  public void setLargest(double factor) {
    if (factor != largest) {
      largest = factor;
      if (!userMoved) {
        fit();
      }
    }
  }

  boolean isMotionReduced() {
    return tools.switches().isMotionReduced();
  }

  /** Lets wall time pass: flights, captions, glows. Called once per pulse. */
  public void tick(double millis) {
    notes.tick(millis);
    traffic.tick(millis);
    showDots();
    List<FlightBoard.Flight> landed = flights.tick(millis);
    if (!landed.isEmpty()) {
      List<ProcessView> seated =
          processes.values().stream().filter(p -> p.state() != ProcessView.State.EXITED).toList();
      slots.seat(seated, flights::shownAt);
      showCards();
      showTethers();
      landed.forEach(this::celebrate);
    }
    showCapsules();
    showBubbles();
    for (Fading each : List.copyOf(fading)) {
      each.left[0] -= millis;
      each.node.setOpacity(Math.clamp(each.left[0] / 400, 0, 1));
      if (each.left[0] <= 0) {
        fading.remove(each);
        overlay.getChildren().remove(each.node);
        flightLayer.getChildren().remove(each.node);
      }
    }
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
    Bounds seen = seen();
    boolean shown =
        !cards.isEmpty()
            && getWidth() > 3 * MiniMap.WIDTH
            && getHeight() > 2 * MiniMap.HEIGHT
            && (wanted.equals("on")
                || (wanted.equals("auto")
                    && !seen.contains(MiniMap.bounds(cards.values(), places, seen))));
    minimap.setVisible(shown);
    if (shown) {
      minimap.draw(cards.values(), places, seen, notes::perCpu);
    }
  }

  /** What is seen, in the world's coordinates. */
  private Bounds seen() {
    return world.parentToLocal(new BoundingBox(0, 0, getWidth(), getHeight()));
  }

  /** Pans so that a point of the world is in the middle. */
  private void centreOn(double x, double y) {
    pan(
        getWidth() / 2 - (shift.getX() + x * scale.getX()),
        getHeight() / 2 - (shift.getY() + y * scale.getX()));
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
      wanted = new TreeSet<>(cards.keySet());
    }
    SortedMap<Integer, CardArranger.Box> boxes = new TreeMap<>();
    for (int id : wanted) {
      NodeCard card = cards.get(id);
      if (card != null) {
        CardPlaces.Place place = places.of(id);
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
        frame.view().links().stream()
            .filter(LinkView::up)
            .map(link -> new CardArranger.Edge(link.spec().a(), link.spec().b()))
            .toList();
    Problem name = Problem.of("undo.arrange");
    boolean whole = boxes.size() == cards.size();
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
    before.keySet().forEach(id -> after.put(id, places.of(id)));
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
    clipboard.copy(frame.view(), new TreeSet<>(tools.selection().nodes()), places);
  }

  /** Adds machines like those copied and selects them. */
  public void pasteNodes() {
    if (!clipboard.isEmpty()) {
      List<Command> commands = clipboard.paste(frame.view());
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
    if (!pasted.isEmpty() && cards.keySet().containsAll(pasted)) {
      tools.selection().selectNodes(pasted);
      pasted = Set.of();
    }
  }

  /** Selects every machine. */
  public void selectAllNodes() {
    tools.selection().selectNodes(cards.keySet());
  }

  /** Sticks a note near the middle of what is seen, to be written. */
  public void addNote() {
    Point2D at = world.parentToLocal(getWidth() / 2, getHeight() / 3);
    addNoteAt(at.getX(), at.getY());
  }

  void addNoteAt(double x, double y) {
    noteLayer.add(new CardPlaces.Place(x, y).snapped());
  }

  /** For a still picture: nothing is caught half-way by the animation's own clock. */
  public void settle() {
    flights.settle();
    showCapsules();
  }

  private void celebrate(FlightBoard.Flight flight) {
    ProcessChip chip = chips.getOrDefault(flight.to(), Map.of()).get(flight.process());
    Migration result = flight.result();
    NodeCard card = cards.get(flight.to());
    if (chip != null) {
      chip.glow();
    }
    if (result != null && card != null && card.level() == NodeCard.Level.FULL) {
      Label caption =
          new Label(
              tools
                  .messages()
                  .of(
                      "canvas.landed",
                      bytes(result.bytes()),
                      millis(result.resumedNanos() - result.frozenNanos())));
      caption.getStyleClass().addAll("flight-caption", "mono");
      CardPlaces.Place place = places.of(flight.to());
      caption.relocate(place.x() + 8, place.y() - 22);
      flightLayer.getChildren().add(caption);
      fading.add(new Fading(caption, new double[] {2_000}));
    }
  }

  private void clear() {
    cardLayer.getChildren().clear();
    linkLayer.getChildren().clear();
    tetherLayer.getChildren().clear();
    flightLayer.getChildren().clear();
    cards.clear();
    chips.clear();
    groups.clear();
    links.clear();
    tethers.clear();
    capsules.clear();
    fading.clear();
    bubbles.clear();
    dots.clear();
    places.clear();
  }

  private void rebuild() {
    Map<Integer, CardPlaces.Place> kept = new TreeMap<>();
    cards.keySet().forEach(id -> kept.put(id, places.of(id)));
    clear();
    kept.forEach(places::put);
    accept(frame.withoutNews());
  }

  private void retainSelection() {
    List<Integer> nodes = frame.view().nodes().stream().map(n -> n.spec().id()).toList();
    tools.selection().retain(nodes, processes.keySet());
  }

  // -------------------------------------------------------------------------------- cards

  private void showCards() {
    Set<Integer> alive = new TreeSet<>();
    for (NodeView node : frame.view().nodes()) {
      if (node.status() == NodeView.Status.LEFT) {
        continue;
      }
      int id = node.spec().id();
      alive.add(id);
      NodeCard card = cards.get(id);
      if (card == null) {
        card = new NodeCard(node, tools.messages());
        cards.put(id, card);
        cardLayer.getChildren().add(card);
        card.setSelected(tools.selection().isNodeSelected(id));
      }
      List<ProcessId> seats = slots.slots(id);
      boolean grouped = seats.size() > NodeCard.CHIPS;
      card.fit(grouped ? showGroups(card, seats) : seats.size());
      card.setLevel(NodeCard.Level.of(NodeCard.WIDTH * scale.getX()), scale.getX());
      CardPlaces.Place place = places.of(id);
      card.relocate(place.x(), place.y());
      card.setVisible(isInView(place, card.height()));
      if (!card.isVisible()) {
        continue;
      }
      if (card.level() == NodeCard.Level.FULL) {
        if (!grouped) {
          dropGroups(id);
          showChips(card, seats);
        } else {
          dropChips(id);
        }
      }
      if (card.level() == NodeCard.Level.COMPACT) {
        card.showCounts(counts(id, seats));
      }
      card.show(
          node,
          notes.perCpu(id),
          notes.words(node, frame.view().nanos(), tools.messages()),
          notes.isOverloaded(node),
          tools.messages());
    }
    for (int gone : List.copyOf(cards.keySet())) {
      if (!alive.contains(gone)) {
        cardLayer.getChildren().remove(cards.remove(gone));
        flightLayer.getChildren().remove(bubbles.remove(gone));
        chips.remove(gone);
        groups.remove(gone);
      }
    }
  }

  /** What lies outside the window is not worth the work; it is shown when it is moved into view. */
  private boolean isInView(CardPlaces.Place place, double height) {
    double left = shift.getX() + place.x() * scale.getX();
    double top = shift.getY() + place.y() * scale.getX();
    return getWidth() == 0
        || (left < getWidth() + MARGIN
            && left + NodeCard.WIDTH * scale.getX() > -MARGIN
            && top < getHeight() + MARGIN
            && top + height * scale.getX() > -MARGIN);
  }

  private Map<Look, Integer> counts(int node, List<ProcessId> seats) {
    Map<Look, Integer> counts = new LinkedHashMap<>();
    for (ProcessId id : seats) {
      ProcessView process = id == null ? null : processes.get(id);
      if (process != null && flights.shownAt(process) == node) {
        counts.merge(tools.looks().of(process.program()), 1, Integer::sum);
      }
    }
    return counts;
  }

  private void showChips(NodeCard card, List<ProcessId> seats) {
    Map<ProcessId, ProcessChip> own = chips.computeIfAbsent(card.node(), _ -> new TreeMap<>());
    boolean paused = frame.state() != RunState.RUNNING;
    Set<ProcessId> seated = new HashSet<>(seats);
    own.entrySet().removeIf(e -> !seated.contains(e.getKey()) && leave(card, e.getValue()));
    for (int i = 0; i < seats.size(); i++) {
      ProcessId id = seats.get(i);
      ProcessView process = id == null ? null : processes.get(id);
      if (process == null) {
        continue;
      }
      ProcessChip chip = own.get(id);
      if (chip == null) {
        chip = new ProcessChip(id, tools.looks().of(process.program()));
        own.put(id, chip);
        card.chips().getChildren().add(chip);
        chip.setSelected(tools.selection().isSelected(id));
      }
      if (flights.shownAt(process) == card.node()) {
        chip.show(process, flights.isFlying(id), paused, tools.messages());
      } else {
        chip.showHome(process, tools.messages());
      }
      chip.resizeRelocate(
          NodeCard.slotX(i), NodeCard.slotY(i), NodeCard.CHIP_WIDTH, ProcessChip.HEIGHT);
    }
  }

  /** A process that ended fades; one that moved just goes. */
  private boolean leave(NodeCard card, ProcessChip chip) {
    ProcessView process = processes.get(chip.id());
    if (process != null && process.isAlive()) {
      card.chips().getChildren().remove(chip);
      return true;
    }
    chip.setMouseTransparent(true);
    FadeTransition fade =
        new FadeTransition(Duration.millis(isMotionReduced() ? CROSS_MILLIS : FADE_MILLIS), chip);
    fade.setToValue(0);
    fade.setOnFinished(_ -> card.chips().getChildren().remove(chip));
    fade.play();
    return true;
  }

  private void dropChips(int node) {
    Map<ProcessId, ProcessChip> own = chips.remove(node);
    if (own != null) {
      cards.get(node).chips().getChildren().removeAll(own.values());
    }
  }

  private void dropGroups(int node) {
    Map<String, ProgramGroup> own = groups.remove(node);
    if (own != null) {
      cards.get(node).chips().getChildren().removeAll(own.values());
    }
  }

  /** Beyond twelve: one plate a program, "spin x37". */
  private int showGroups(NodeCard card, List<ProcessId> seats) {
    Map<String, List<ProcessId>> byProgram = new TreeMap<>();
    int away = 0;
    for (ProcessId id : seats) {
      ProcessView process = id == null ? null : processes.get(id);
      if (process == null) {
        continue;
      }
      if (flights.shownAt(process) == card.node()) {
        byProgram.computeIfAbsent(process.program(), _ -> new ArrayList<>()).add(id);
      } else {
        away++;
      }
    }
    if (away > 0) {
      byProgram.put("", new ArrayList<>());
    }
    Map<String, ProgramGroup> own = groups.computeIfAbsent(card.node(), _ -> new TreeMap<>());
    own.entrySet()
        .removeIf(
            e ->
                !byProgram.containsKey(e.getKey())
                    && card.chips().getChildren().remove(e.getValue()));
    int slot = 0;
    for (Map.Entry<String, List<ProcessId>> entry : byProgram.entrySet()) {
      String program = entry.getKey();
      ProgramGroup group =
          own.computeIfAbsent(
              program,
              name -> {
                ProgramGroup made =
                    name.isEmpty()
                        ? ProgramGroup.away()
                        : new ProgramGroup(name, tools.looks().of(name));
                card.chips().getChildren().add(made);
                return made;
              });
      group.show(
          entry.getValue(),
          program.isEmpty()
              ? tools.messages().of("canvas.away.count", away)
              : tools.messages().of("canvas.group", program, entry.getValue().size()));
      group.resizeRelocate(
          NodeCard.slotX(slot), NodeCard.slotY(slot), NodeCard.CHIP_WIDTH, ProcessChip.HEIGHT);
      slot++;
    }
    return slot;
  }

  /** The last decision of a crowded node, below its card for a few seconds. */
  private void showBubbles() {
    for (NodeCard card : cards.values()) {
      Optional<String> words =
          card.level() == NodeCard.Level.FULL
              ? notes.decision(card.node(), tools.messages())
              : Optional.empty();
      Label bubble = bubbles.get(card.node());
      if (words.isEmpty()) {
        if (bubble != null) {
          flightLayer.getChildren().remove(bubbles.remove(card.node()));
        }
        continue;
      }
      if (bubble == null) {
        bubble = new Label();
        bubble.getStyleClass().add("card-bubble");
        bubble.setWrapText(true);
        bubble.setMaxWidth(NodeCard.WIDTH);
        bubbles.put(card.node(), bubble);
        flightLayer.getChildren().add(bubble);
      }
      if (!words.get().equals(bubble.getText())) {
        bubble.setText(words.get());
      }
      CardPlaces.Place place = places.of(card.node());
      bubble.relocate(place.x(), place.y() + card.height() + 6);
    }
  }

  private void showSelection() {
    cards.forEach((id, card) -> card.setSelected(tools.selection().isNodeSelected(id)));
    chips
        .values()
        .forEach(
            own -> own.forEach((id, chip) -> chip.setSelected(tools.selection().isSelected(id))));
  }

  // ------------------------------------------------------------------------------ links

  private void showLinks() {
    List<LinkView> all = frame.view().links();
    boolean many = all.size() > LINKS;
    Set<Long> shown = new TreeSet<>();
    Set<Long> flown = new TreeSet<>();
    flights.flights().forEach(f -> flown.add(key(f.from(), f.to())));
    for (LinkView view : all) {
      LinkSpec spec = view.spec();
      NodeCard a = cards.get(spec.a());
      NodeCard b = cards.get(spec.b());
      long key = key(spec.a(), spec.b());
      boolean flying = flown.contains(key);
      boolean busy = flying || view.shareForth() > 0.02 || view.shareBack() > 0.02 || !view.up();
      if (a == null || b == null || (many && !busy)) {
        continue;
      }
      shown.add(key);
      LinkLine line = links.get(key);
      if (line == null) {
        line =
            new LinkLine(
                spec,
                () ->
                    tools
                        .messages()
                        .of("canvas.link", spec.megabitsPerSecond(), spec.latencyNanos() / 1000));
        line.setUserData(spec);
        links.put(key, line);
        linkLayer.getChildren().add(line);
      }
      Point2D from = middle(a);
      Point2D to = middle(b);
      line.place(from.getX(), from.getY(), to.getX(), to.getY());
      line.show(view, flying);
    }
    links
        .entrySet()
        .removeIf(e -> !shown.contains(e.getKey()) && linkLayer.getChildren().remove(e.getValue()));
  }

  private static long key(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }

  private void showTethers() {
    Set<ProcessId> wanted = new TreeSet<>();
    boolean full = NodeCard.Level.of(NodeCard.WIDTH * scale.getX()) == NodeCard.Level.FULL;
    long away =
        processes.values().stream().filter(p -> flights.shownAt(p) != p.id().home()).count();
    for (ProcessView process : processes.values()) {
      int at = flights.shownAt(process);
      boolean asked = away <= TETHERS || tools.selection().isSelected(process.id());
      if (full && process.isAlive() && at != process.id().home() && asked) {
        Optional<Point2D> home = seat(process.id().home(), process.id());
        Optional<Point2D> here = seat(at, process.id());
        if (home.isPresent() && here.isPresent()) {
          wanted.add(process.id());
          tether(process, home.get(), here.get());
        }
      }
    }
    tethers
        .entrySet()
        .removeIf(
            e -> !wanted.contains(e.getKey()) && tetherLayer.getChildren().remove(e.getValue()));
  }

  private void tether(ProcessView process, Point2D home, Point2D here) {
    CubicCurve curve =
        tethers.computeIfAbsent(
            process.id(),
            _ -> {
              CubicCurve made = new CubicCurve();
              made.getStyleClass().add("tether");
              made.setStyle(ProgramDisc.colours(tools.looks().of(process.program()).slot()));
              tetherLayer.getChildren().add(made);
              return made;
            });
    double bow = Math.max(40, home.distance(here) * 0.25);
    curve.setStartX(home.getX());
    curve.setStartY(home.getY());
    curve.setEndX(here.getX());
    curve.setEndY(here.getY());
    curve.setControlX1(home.getX());
    curve.setControlY1(home.getY() + bow);
    curve.setControlX2(here.getX());
    curve.setControlY2(here.getY() + bow);
  }

  /** Forwarded calls on their way; circles are kept and reused. */
  private void showDots() {
    int used = 0;
    for (CallTraffic.Dot dot : traffic.dots()) {
      CubicCurve tether = tethers.get(dot.process());
      if (tether == null) {
        continue;
      }
      if (used == dots.size()) {
        Circle made = new Circle(1.5);
        made.getStyleClass().add("call-dot");
        dots.add(made);
        tetherLayer.getChildren().add(made);
      }
      Circle circle = dots.get(used++);
      circle.setStyle(tether.getStyle());
      circle.setCenterX(
          bezier(
              dot.place(),
              tether.getStartX(),
              tether.getControlX1(),
              tether.getControlX2(),
              tether.getEndX()));
      circle.setCenterY(
          bezier(
              dot.place(),
              tether.getStartY(),
              tether.getControlY1(),
              tether.getControlY2(),
              tether.getEndY()));
      circle.setVisible(true);
    }
    for (int i = used; i < dots.size(); i++) {
      dots.get(i).setVisible(false);
    }
  }

  private static double bezier(double t, double a, double b, double c, double d) {
    double r = 1 - t;
    return r * r * r * a + 3 * r * r * t * b + 3 * r * t * t * c + t * t * t * d;
  }

  /** Middle of a process's slot on a card, in world coordinates. */
  private Optional<Point2D> seat(int node, ProcessId id) {
    NodeCard card = cards.get(node);
    int slot = slots.slots(node).indexOf(id);
    if (card == null || slot < 0) {
      return Optional.empty();
    }
    CardPlaces.Place place = places.of(node);
    int row = slots.slots(node).size() > NodeCard.CHIPS ? 0 : slot;
    return Optional.of(
        new Point2D(place.x() + card.slotCentreX(row), place.y() + card.slotCentreY(row)));
  }

  Point2D middle(NodeCard card) {
    CardPlaces.Place place = places.of(card.node());
    return new Point2D(place.x() + NodeCard.WIDTH / 2, place.y() + card.height() / 2);
  }

  private void showCapsules() {
    Set<ProcessId> wanted = new TreeSet<>();
    int drawn = 0;
    for (FlightBoard.Flight flight : flights.flights()) {
      NodeCard from = cards.get(flight.from());
      NodeCard to = cards.get(flight.to());
      ProcessView process = processes.get(flight.process());
      boolean flies = !flights.isReduced() && drawn++ < FlightBoard.DRAWN;
      if (from == null || to == null || process == null || !flies) {
        continue;
      }
      wanted.add(flight.process());
      Look look = tools.looks().of(process.program());
      Capsule capsule =
          capsules.computeIfAbsent(
              flight.process(),
              _ -> {
                Capsule made = new Capsule(look);
                flightLayer.getChildren().add(made);
                return made;
              });
      Point2D start = seat(flight.from(), flight.process()).orElse(middle(from));
      Point2D end = middle(to);
      double way = ease(flight.progress());
      capsule.show(
          start.getX() + (end.getX() - start.getX()) * way,
          start.getY() + (end.getY() - start.getY()) * way,
          flight.filled());
    }
    capsules
        .entrySet()
        .removeIf(
            e -> !wanted.contains(e.getKey()) && flightLayer.getChildren().remove(e.getValue()));
  }

  /** Ease-out of the visual language, (.2, 0, 0, 1), near enough: a cubic. */
  private static double ease(double t) {
    double rest = 1 - t;
    return 1 - rest * rest * rest;
  }

  // ------------------------------------------------------------------------------- zoom

  /** The zoom factor, 1 = pixels of the token file. */
  public ReadOnlyDoubleProperty zoomProperty() {
    return zoom.getReadOnlyProperty();
  }

  /** Zooms by {@code factor} so that the point of this region under the pointer stays. */
  public void zoomAt(double x, double y, double factor) {
    double wanted = Math.clamp(scale.getX() * factor, MIN_SCALE, MAX_SCALE);
    double real = wanted / scale.getX();
    shift.setX(x - (x - shift.getX()) * real);
    shift.setY(y - (y - shift.getY()) * real);
    setScale(wanted);
    userMoved = true;
  }

  /** Zooms at the middle. */
  public void zoom(double factor) {
    zoomAt(getWidth() / 2, getHeight() / 2, factor);
  }

  /** Back to zoom 1, the upper left card in view. */
  public void zoomReset() {
    zoom(1 / scale.getX());
  }

  /** Shows every card, at zoom 1 at most. */
  public void fit() {
    userMoved = false;
    if (cards.isEmpty() || getWidth() < 50) {
      return;
    }
    double minX = Double.MAX_VALUE;
    double minY = Double.MAX_VALUE;
    double maxX = -Double.MAX_VALUE;
    double maxY = -Double.MAX_VALUE;
    for (NodeCard card : cards.values()) {
      CardPlaces.Place place = places.of(card.node());
      minX = Math.min(minX, place.x());
      minY = Math.min(minY, place.y());
      maxX = Math.max(maxX, place.x() + NodeCard.WIDTH);
      maxY = Math.max(maxY, place.y() + card.height());
    }
    double margin = 32;
    double room = getHeight() - margin - BELOW;
    double wanted =
        Math.min(
            largest, // larger than life helps nobody, but a room
            Math.min((getWidth() - 2 * margin) / (maxX - minX), room / (maxY - minY)));
    wanted = Math.clamp(wanted, MIN_SCALE, MAX_SCALE);
    shift.setX(Math.round((getWidth() - (maxX - minX) * wanted) / 2 - minX * wanted));
    shift.setY(Math.round(margin + (room - (maxY - minY) * wanted) / 2 - minY * wanted));
    setScale(wanted);
  }

  void pan(double dx, double dy) {
    shift.setX(shift.getX() + dx);
    shift.setY(shift.getY() + dy);
    userMoved = true;
    drawGrid();
    showCards();
  }

  private void setScale(double wanted) {
    scale.setX(wanted);
    scale.setY(wanted);
    zoom.set(wanted);
    drawGrid();
    showCards();
    showTethers();
  }

  private void drawGrid() {
    GraphicsContext g = grid.getGraphicsContext2D();
    g.clearRect(0, 0, grid.getWidth(), grid.getHeight());
    if (!tools.switches().drawsGrid()) {
      return;
    }
    double step = GRID * scale.getX();
    while (step < 16) {
      step *= 2;
    }
    g.setFill(tools.theme().color(Role.GRID));
    double x0 = Math.floorMod((long) shift.getX(), (long) Math.max(1, step));
    double y0 = Math.floorMod((long) shift.getY(), (long) Math.max(1, step));
    for (double x = x0; x < grid.getWidth(); x += step) {
      for (double y = y0; y < grid.getHeight(); y += step) {
        g.fillRect(Math.round(x), Math.round(y), 2, 2);
      }
    }
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    if (grid.getWidth() != width || grid.getHeight() != height) {
      grid.setWidth(width);
      grid.setHeight(height);
      drawGrid();
      if (!userMoved) {
        fit();
      }
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
    return frame;
  }

  Map<ProcessId, ProcessView> processes() {
    return processes;
  }

  Map<Integer, NodeCard> cards() {
    return cards;
  }

  CardPlaces places() {
    return places;
  }

  double scale() {
    return scale.getX();
  }

  Pane flightLayer() {
    return flightLayer;
  }

  /** The node on whose card a process is shown now; its home if it is not shown. */
  int shownAt(ProcessId id) {
    ProcessView process = processes.get(id);
    return process == null ? id.home() : flights.shownAt(process);
  }

  /** The processes that are shown on a card, in the order of their slots. */
  List<ProcessId> processesOn(int node) {
    return slots.slots(node).stream().filter(id -> id != null && shownAt(id) == node).toList();
  }

  Optional<NodeCard> cardAt(double sceneX, double sceneY) {
    List<Node> all = cardLayer.getChildren();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i) instanceof NodeCard card) {
        Bounds bounds = card.localToScene(card.getLayoutBounds());
        if (bounds.contains(sceneX, sceneY)) {
          return Optional.of(card);
        }
      }
    }
    return Optional.empty();
  }

  /** Chips of living processes whose card shows them, in the rectangle of the scene. */
  List<ProcessId> chipsIn(Bounds scene) {
    List<ProcessId> found = new ArrayList<>();
    chips
        .values()
        .forEach(
            own ->
                own.forEach(
                    (id, chip) -> {
                      if (chip.localToScene(chip.getLayoutBounds()).intersects(scene)) {
                        found.add(id);
                      }
                    }));
    return found;
  }

  /** Moves a card; the picture follows at once. */
  void moveCard(int node, CardPlaces.Place place) {
    placeCard(node, place);
    redrawBetween();
  }

  /** Moves a card; {@link #redrawBetween} brings the rest after. */
  void placeCard(int node, CardPlaces.Place place) {
    places.put(node, place);
    cards.get(node).relocate(place.x(), place.y());
  }

  /** Draws what lies between cards again. */
  void redrawBetween() {
    showLinks();
    showTethers();
  }

  /** Puts a card above the others. */
  void raise(NodeCard card) {
    if (cardLayer.getChildren().getLast() != card) {
      card.toFront();
    }
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
    NodeCard card = cards.get(node);
    return card == null ? Integer.toString(node) : card.view().spec().name();
  }

  @Override
  public boolean accepts(int node) {
    NodeCard card = cards.get(node);
    return card != null && card.view().status() == NodeView.Status.UP;
  }

  @Override
  public void highlight(int node) {
    highlight(node, accepts(node));
  }

  void highlight(int node, boolean accepted) {
    if (highlighted != 0 && highlighted != node && cards.containsKey(highlighted)) {
      cards.get(highlighted).setDrop(NodeCard.Drop.NONE);
    }
    highlighted = node;
    NodeCard card = cards.get(node);
    if (card != null) {
      card.setDrop(accepted ? NodeCard.Drop.ACCEPT : NodeCard.Drop.REFUSE);
    }
  }

  @Override
  public void clearHighlight() {
    if (highlighted != 0 && cards.containsKey(highlighted)) {
      cards.get(highlighted).setDrop(NodeCard.Drop.NONE);
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
