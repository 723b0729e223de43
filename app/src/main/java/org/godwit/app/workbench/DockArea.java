package org.godwit.app.workbench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.geometry.Rectangle2D;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;
import org.godwit.app.workbench.DockLayout.Part;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import software.coley.bentofx.Bento;
import software.coley.bentofx.building.DockBuilding;
import software.coley.bentofx.control.Header;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.DockContainer;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;
import software.coley.bentofx.layout.container.DockContainerRootBranch;

/**
 * The docking: editors in the middle, tool windows around them. Tabs can be dragged between places
 * and made into splits, folded, maximised and detached into a window of their own; the arrangement
 * can be taken down ({@link #layout}) and put up again ({@link #apply}). FX thread only.
 */
final class DockArea {
  /** Name of the editors' place in a {@link DockLayout}. */
  static final String EDITORS = "editors";

  private final Bento bento = new Bento();
  private final DockBuilding building = bento.dockBuilding();
  private final StackPane region = new StackPane();
  private final Messages messages;
  private final Theme theme;
  private final Map<String, ToolWindow> windows = new LinkedHashMap<>();
  private final Map<String, Dockable> dockables = new LinkedHashMap<>();
  private final Map<String, Node> views = new HashMap<>();
  private final Map<String, DockContainerLeaf> places = new HashMap<>();
  private final Map<DockContainerLeaf, Double> pixels = new HashMap<>();
  private final Map<DockContainerLeaf, Dockable> fronts = new HashMap<>();
  private final Map<String, DetachedWindow> detached = new LinkedHashMap<>();
  private Consumer<Scene> opened = _ -> {};
  private DockContainerRootBranch root;
  private String maximised;
  private Node maximisedPane;

  /** Tool windows that can be arranged; {@code view} makes the view of one. */
  DockArea(List<ToolWindow> all, Messages messages, Theme theme, Function<ToolWindow, Node> view) {
    this.messages = messages;
    this.theme = theme;
    for (ToolWindow window : all) {
      windows.put(window.id(), window);
      Dockable dockable =
          dockable(window.id(), messages.binding(window.titleKey()), window.icon(), false);
      put(dockable, new LateView(() -> view.apply(window)));
    }
  }

  private Dockable dockable(String id, ObservableValue<String> title, Ikon icon, boolean closable) {
    Dockable dockable = building.dockable(id);
    dockable.titleProperty().bind(title);
    dockable.setIconFactory(
        _ -> {
          FontIcon picture = new FontIcon(icon);
          picture.getStyleClass().add("tab-icon");
          return picture;
        });
    dockable.setClosable(closable);
    dockable.setCanBeDroppedToNewWindow(false);
    dockable.setContextMenuFactory(this::menu);
    dockables.put(id, dockable);
    return dockable;
  }

  private void put(Dockable dockable, Node view) {
    views.put(dockable.getIdentifier(), view);
    dockable.setNode(view);
  }

  private static Node framed(Node view) {
    if (view instanceof Region region) {
      region.setMinSize(0, 0);
    }
    return view;
  }

  Region region() {
    return region;
  }

  /** Is told of the scene of each window that opens for a panel. */
  void onOpened(Consumer<Scene> listener) {
    opened = listener;
  }

  // ------------------------------------------------------------------------ arrangements

  /** Puts an arrangement up; windows that it does not name come to their usual places. */
  void apply(DockLayout layout) {
    restore();
    List.copyOf(detached.keySet()).forEach(this::reattach);
    List<String> editors = editors();
    Dockable editor =
        places.containsKey(EDITORS) ? places.get(EDITORS).getSelectedDockable() : null;
    if (root != null) {
      dockables.values().forEach(DockArea::takeOut);
      bento.unregisterRoot(root);
    }
    places.clear();
    pixels.clear();
    fronts.clear();
    root = building.root("root");
    List<Part> folded = new ArrayList<>();
    Map<Part, DockContainerLeaf> leaves = new HashMap<>();
    fill(root, layout.root(), leaves);
    places.putIfAbsent(EDITORS, firstLeaf(leaves));
    for (String id : editors) {
      places.get(EDITORS).addDockable(dockables.get(id));
    }
    if (editor != null) {
      places.get(EDITORS).selectDockable(editor);
    }
    for (ToolWindow window : windows.values()) {
      Dockable dockable = dockables.get(window.id());
      if (dockable.getContainer() == null) {
        home(window).addDockable(dockable);
      }
    }
    leaves.forEach(
        (part, leaf) -> {
          Dockable front = part.selected() == null ? null : dockables.get(part.selected());
          if (front != null && front.getContainer() == leaf) {
            leaf.selectDockable(front);
          } else if (leaf.getSelectedDockable() == null && !leaf.getDockables().isEmpty()) {
            leaf.selectDockable(leaf.getDockables().getFirst());
          }
          if (part.collapsed()) {
            folded.add(part);
          }
        });
    bento.registerRoot(root);
    root.addEventFilter(MouseEvent.MOUSE_CLICKED, this::headerClicked);
    region.getChildren().setAll(root);
    if (!folded.isEmpty()) {
      // A stack can be folded when it has been laid out once.
      DockContainerRootBranch mine = root;
      Platform.runLater(() -> fold(mine, folded, leaves));
    }
  }

  private void fold(
      DockContainerRootBranch mine, List<Part> folded, Map<Part, DockContainerLeaf> leaves) {
    if (mine != root) {
      return;
    }
    region.applyCss();
    region.layout();
    for (Part part : folded) {
      DockContainerLeaf leaf = leaves.get(part);
      Dockable front = leaf.getSelectedDockable();
      if (front != null && !leaf.isCollapsed()) {
        leaf.toggleCollapse(front);
      }
    }
  }

  private void fill(DockContainerBranch branch, Part part, Map<Part, DockContainerLeaf> leaves) {
    branch.setOrientation(part.vertical() ? Orientation.VERTICAL : Orientation.HORIZONTAL);
    branch.setPruneWhenEmpty(false);
    for (Part child : part.parts()) {
      if (child.isSplit()) {
        DockContainerBranch inner = building.branch();
        branch.addContainer(inner);
        fill(inner, child, leaves);
      } else {
        DockContainerLeaf leaf = leaf(child);
        leaves.put(child, leaf);
        branch.addContainer(leaf);
      }
    }
    // Sizes in pixels take hold at the first layout; the shares keep the pulse before it calm.
    branch.setDividerPositions(part.dividers().stream().mapToDouble(Double::doubleValue).toArray());
    for (Part child : part.parts()) {
      DockContainerLeaf leaf = leaves.get(child);
      if (leaf != null && child.pixels() > 0) {
        branch.setContainerResizable(leaf, false);
        branch.setContainerSizePx(leaf, child.pixels());
        pixels.put(leaf, child.pixels());
      }
    }
  }

  private DockContainerLeaf leaf(Part part) {
    DockContainerLeaf leaf = part.place() == null ? building.leaf() : building.leaf(part.place());
    leaf.setSide(Side.valueOf(part.side()));
    leaf.setPruneWhenEmpty(part.place() == null);
    leaf.setMenuFactory(
        it -> it.getSelectedDockable() == null ? null : menu(it.getSelectedDockable()));
    if (part.place() != null) {
      places.put(part.place(), leaf);
    }
    for (String id : part.tabs()) {
      Dockable dockable = dockables.get(id);
      if (dockable != null && dockable.getContainer() == null) {
        leaf.addDockable(dockable);
      }
    }
    return leaf;
  }

  private static DockContainerLeaf firstLeaf(Map<Part, DockContainerLeaf> leaves) {
    return leaves.values().iterator().next();
  }

  private DockContainerLeaf home(ToolWindow window) {
    DockContainerLeaf usual = places.get(window.place().name());
    return usual != null && usual.getParentContainer() != null ? usual : places.get(EDITORS);
  }

  private static void takeOut(Dockable dockable) {
    DockContainerLeaf leaf = dockable.getContainer();
    if (leaf != null) {
      leaf.removeDockable(dockable);
    }
  }

  /** The arrangement as it stands; as it was before, while one window is maximised. */
  DockLayout layout() {
    return new DockLayout(part(root));
  }

  private Part part(DockContainer container) {
    if (container instanceof DockContainerLeaf leaf) {
      boolean across = leaf.getParentContainer().getOrientation() == Orientation.HORIZONTAL;
      boolean fixed = pixels.containsKey(leaf);
      if (fixed && !leaf.isCollapsed() && leaf.getWidth() > 0) {
        pixels.put(leaf, (double) Math.round(across ? leaf.getWidth() : leaf.getHeight()));
      }
      String place =
          places.entrySet().stream()
              .filter(e -> e.getValue() == leaf)
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(null);
      Dockable front = leaf.getSelectedDockable();
      return Part.stack(
          place,
          leaf.getSide() == null ? "TOP" : leaf.getSide().name(),
          tabs(leaf).stream().filter(windows::containsKey).toList(),
          front != null && windows.containsKey(front.getIdentifier())
              ? front.getIdentifier()
              : null,
          leaf.isCollapsed(),
          fixed ? pixels.get(leaf) : 0);
    }
    DockContainerBranch branch = (DockContainerBranch) container;
    List<Double> dividers = new ArrayList<>();
    for (double each : branch.getDividerPositions()) {
      dividers.add(Math.round(each * 1000) / 1000.0);
    }
    return Part.split(
        branch.getOrientation() == Orientation.VERTICAL,
        dividers,
        branch.getChildContainers().stream().map(this::part).toArray(Part[]::new));
  }

  private static List<String> present(DockContainerLeaf leaf) {
    return leaf.getDockables().stream().map(Dockable::getIdentifier).toList();
  }

  /** The tabs of a stack, with those that have a window of their own now in their places. */
  private List<String> tabs(DockContainerLeaf leaf) {
    List<String> tabs = new ArrayList<>(present(leaf));
    detached.forEach(
        (id, window) -> {
          if (window.from() == leaf) {
            tabs.add(window.placeIn(tabs), id);
          }
        });
    return tabs;
  }

  // ------------------------------------------------------------------------------ editors

  private List<String> editors() {
    return dockables.keySet().stream().filter(id -> !windows.containsKey(id)).toList();
  }

  /** Opens an editor tab, or selects the one of that id. */
  void openEditor(
      String id,
      ObservableValue<String> title,
      Ikon icon,
      boolean closable,
      Supplier<Node> content) {
    restore();
    Dockable known = dockables.get(id);
    if (known != null && known.getContainer() != null) {
      known.getContainer().selectDockable(known);
      return;
    }
    Dockable dockable = dockable(id, title, icon, closable);
    put(dockable, framed(content.get()));
    dockable.addCloseListener((_, _) -> forget(id));
    DockContainerLeaf editors = places.get(EDITORS);
    editors.addDockable(dockable);
    editors.selectDockable(dockable);
  }

  private void forget(String id) {
    dockables.remove(id);
    views.remove(id);
  }

  void closeEditor(String id) {
    Optional.ofNullable(dockables.get(id))
        .ifPresent(d -> d.inContainer((leaf, it) -> leaf.closeDockable(it)));
    forget(id);
  }

  // ------------------------------------------------------------------------- tool windows

  /** Brings a tool window to the front, opening its place if that is folded. */
  void show(String id) {
    if (detached.containsKey(id)) {
      detached.get(id).stage().toFront();
      return;
    }
    Dockable dockable = dockables.get(id);
    if (dockable == null) {
      return;
    }
    if (maximised != null && !maximised.equals(id)) {
      restore();
    }
    DockContainerLeaf leaf = dockable.getContainer();
    if (leaf == null) {
      leaf = home(windows.get(id));
      leaf.addDockable(dockable);
    }
    leaf.selectDockable(dockable);
    if (leaf.isCollapsed()) {
      leaf.toggleCollapse(dockable);
    }
  }

  /** Folds everything but the editors, or unfolds it again with the same windows in front. */
  void toggleEditorsOnly() {
    restore();
    List<DockContainerLeaf> sides =
        places.entrySet().stream()
            .filter(e -> !e.getKey().equals(EDITORS) && !e.getValue().getDockables().isEmpty())
            .map(Map.Entry::getValue)
            .toList();
    boolean anyOpen = sides.stream().anyMatch(leaf -> !leaf.isCollapsed());
    for (DockContainerLeaf leaf : sides) {
      if (anyOpen && !leaf.isCollapsed() && leaf.getSelectedDockable() != null) {
        fronts.put(leaf, leaf.getSelectedDockable());
        leaf.toggleCollapse(leaf.getSelectedDockable());
      } else if (!anyOpen) {
        // A folded stack has forgotten which window was in front.
        Dockable front = fronts.get(leaf);
        Dockable wanted =
            leaf.getDockables().contains(front) ? front : leaf.getDockables().getFirst();
        leaf.selectDockable(wanted);
        if (leaf.isCollapsed()) {
          leaf.toggleCollapse(wanted);
        }
      }
    }
  }

  /** The window in whose view {@code node} lies. */
  Optional<String> windowOf(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      for (Map.Entry<String, Node> view : views.entrySet()) {
        if (view.getValue() == each) {
          return Optional.of(view.getKey());
        }
      }
    }
    return Optional.empty();
  }

  /** The scene that has the keyboard: that of a panel's own window, or the main one. */
  Scene focusedScene() {
    return detached.values().stream()
        .map(DetachedWindow::stage)
        .filter(Stage::isFocused)
        .map(Stage::getScene)
        .findFirst()
        .orElse(region.getScene());
  }

  /** The window that has the keyboard. */
  Optional<String> focused() {
    Scene scene = focusedScene();
    return detached.entrySet().stream()
        .filter(each -> each.getValue().stage().getScene() == scene)
        .map(Map.Entry::getKey)
        .findFirst()
        .or(() -> windowOf(scene.getFocusOwner()));
  }

  /** The windows that are seen now, in the order in which F6 goes through them. */
  List<String> inSight() {
    List<String> seen = new ArrayList<>();
    if (maximised != null) {
      seen.add(maximised);
    } else {
      collect(root, seen);
    }
    seen.addAll(detached.keySet());
    return seen;
  }

  private static void collect(DockContainer container, List<String> seen) {
    if (container instanceof DockContainerLeaf leaf) {
      if (leaf.getSelectedDockable() != null && !leaf.isCollapsed()) {
        seen.add(leaf.getSelectedDockable().getIdentifier());
      }
    } else {
      ((DockContainerBranch) container).getChildContainers().forEach(child -> collect(child, seen));
    }
  }

  /** A double click on an editor's tab leaves the editors alone, on a panel's tab that panel. */
  private void headerClicked(MouseEvent e) {
    if (e.getClickCount() % 2 != 0 || !(e.getTarget() instanceof Node target)) {
      return;
    }
    for (Node each = target; each != null; each = each.getParent()) {
      if (each instanceof Header header) {
        String id = header.getDockable().getIdentifier();
        if (windows.containsKey(id)) {
          toggleMaximised(id);
        } else {
          toggleEditorsOnly();
        }
        e.consume();
        return;
      }
    }
  }

  /** Gives a window the keyboard: the first thing in it that takes it. */
  boolean focus(String id) {
    Node view = views.get(id);
    if (view == null || !focusFirst(view)) {
      return false;
    }
    Window window = view.getScene() == null ? null : view.getScene().getWindow();
    if (window != null && !window.isFocused()) {
      window.requestFocus();
    }
    return true;
  }

  /** Gives the editor in front the keyboard. */
  void focusEditor() {
    Dockable front = places.get(EDITORS).getSelectedDockable();
    if (front != null) {
      focus(front.getIdentifier());
    }
  }

  private static boolean focusFirst(Node node) {
    if (!node.isVisible() || node.isDisabled()) {
      return false;
    }
    if (node.isFocusTraversable()) {
      node.requestFocus();
      return true;
    }
    return node instanceof Parent parent
        && parent.getChildrenUnmodifiable().stream().anyMatch(DockArea::focusFirst);
  }

  // ------------------------------------------------------------------ maximise and detach

  private ContextMenu menu(Dockable dockable) {
    String id = dockable.getIdentifier();
    ContextMenu menu = new ContextMenu();
    Node view = views.get(id) instanceof LateView late ? late.view() : views.get(id);
    if (view != null
        && view.getProperties().get(Desk.VIEW_OPTIONS) instanceof ViewOptions options) {
      menu.getItems().addAll(options.items());
      menu.getItems().add(new SeparatorMenuItem());
    }
    menu.getItems().add(item("dock.maximise", Feather.MAXIMIZE_2, () -> maximise(id)));
    if (windows.containsKey(id)) {
      menu.getItems().add(item("dock.detach", Feather.EXTERNAL_LINK, () -> detach(id)));
      menu.getItems()
          .add(
              item(
                  "dock.fold",
                  Feather.MINUS,
                  () -> dockable.inContainer((leaf, it) -> leaf.toggleCollapse(it))));
    } else if (dockable.isClosable()) {
      menu.getItems().add(item("dock.close", Feather.X, () -> closeEditor(id)));
    }
    return menu;
  }

  private MenuItem item(String key, Ikon icon, Runnable action) {
    MenuItem item = new MenuItem(messages.of(key), new FontIcon(icon));
    item.setOnAction(_ -> action.run());
    return item;
  }

  /** Maximises a window, or brings the arrangement back if it is maximised. */
  void toggleMaximised(String id) {
    if (id.equals(maximised)) {
      restore();
    } else {
      maximise(id);
    }
  }

  /** Shows one window alone, over the whole area. */
  void maximise(String id) {
    restore();
    Dockable dockable = dockables.get(id);
    Node view = views.get(id);
    if (dockable == null || view == null || detached.containsKey(id)) {
      return;
    }
    dockable.setNode(new Region());
    maximised = id;
    maximisedPane = alone(dockable, view, Feather.MINIMIZE_2, "dock.restore", this::restore);
    region.getChildren().add(maximisedPane);
    root.setVisible(false);
  }

  /** Brings the arrangement back after {@link #maximise}. */
  void restore() {
    if (maximised == null) {
      return;
    }
    String id = maximised;
    maximised = null;
    region.getChildren().remove(maximisedPane);
    ((BorderPane) maximisedPane).setCenter(null);
    root.setVisible(true);
    Optional.ofNullable(dockables.get(id)).ifPresent(d -> d.setNode(views.get(id)));
  }

  /** Whether a window is maximised. */
  boolean isMaximised() {
    return maximised != null;
  }

  private BorderPane alone(Dockable dockable, Node view, Ikon icon, String tipKey, Runnable back) {
    Label title = new Label();
    title.textProperty().bind(dockable.titleProperty());
    title.getStyleClass().add("alone-title");
    title.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(title, Priority.ALWAYS);
    Button button = new Button(null, new FontIcon(icon));
    button.getStyleClass().add("flat-button");
    Tooltip tip = new Tooltip();
    tip.textProperty().bind(messages.binding(tipKey));
    button.setTooltip(tip);
    button.accessibleTextProperty().bind(messages.binding(tipKey));
    button.setOnAction(_ -> back.run());
    HBox head = new HBox(title, button);
    head.getStyleClass().add("alone-head");
    BorderPane pane = new BorderPane(view);
    pane.getStyleClass().add("alone");
    pane.setTop(head);
    return pane;
  }

  /** Takes a tool window out into a window of its own; closing that brings it back. */
  void detach(String id) {
    detach(id, null);
  }

  /** The same, there if a place is given. */
  private void detach(String id, Rectangle2D place) {
    Dockable dockable = dockables.get(id);
    if (dockable == null || detached.containsKey(id) || !windows.containsKey(id)) {
      return;
    }
    restore();
    DockContainerLeaf from = dockable.getContainer();
    List<String> tabs = from == null ? List.of() : tabs(from);
    takeOut(dockable);
    dockable.setNode(null);
    DetachedWindow window =
        new DetachedWindow(
            dockable,
            alone(dockable, views.get(id), Feather.LOG_IN, "dock.attach", () -> reattach(id)),
            theme,
            from,
            Set.copyOf(tabs.subList(0, Math.max(0, tabs.indexOf(id)))));
    detached.put(id, window);
    opened.accept(window.stage().getScene());
    window.show(
        region.getScene() == null ? null : region.getScene().getWindow(),
        place,
        () -> reattach(id));
  }

  /** The windows of detached panels, as {@link #detachAgain} takes them. */
  String detachedPlaces() {
    return detached.entrySet().stream()
        .map(each -> each.getKey() + ":" + WindowPlace.text(each.getValue().stage()))
        .collect(Collectors.joining(" "));
  }

  /** Detaches panels again; where a window would be on no screen, it comes up where it likes. */
  void detachAgain(String places) {
    for (String each : places.split(" ")) {
      String[] parts = each.split(":", 2);
      if (parts.length == 2) {
        detach(parts[0], WindowPlace.parse(parts[1]).orElse(null));
      }
    }
  }

  /** Brings a detached window back to its place among the tabs. */
  void reattach(String id) {
    DetachedWindow window = detached.remove(id);
    if (window == null) {
      return;
    }
    window.end();
    Dockable dockable = dockables.get(id);
    dockable.setNode(views.get(id));
    DockContainerLeaf from = window.from();
    if (from != null && from.getParentContainer() != null) {
      from.addDockable(window.placeIn(present(from)), dockable);
    }
    show(id);
  }

  /** Whether a tool window has a window of its own now. */
  boolean isDetached(String id) {
    return detached.containsKey(id);
  }

  /** Closes the windows of detached panels with the main one. */
  void close() {
    List.copyOf(detached.values()).forEach(window -> window.stage().hide());
  }
}
