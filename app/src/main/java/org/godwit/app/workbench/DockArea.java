package org.godwit.app.workbench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import software.coley.bentofx.Bento;
import software.coley.bentofx.building.DockBuilding;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.DockContainer;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;
import software.coley.bentofx.layout.container.DockContainerRootBranch;

/**
 * The docking layout: programs and tree at the left, editors in the middle, inspector at the right,
 * tables and charts below. Tabs can be dragged between places, collapsed and brought back. FX
 * thread only.
 */
final class DockArea {
  private static final double NARROW = 1400;

  private final Bento bento = new Bento();
  private final DockBuilding building = bento.dockBuilding();
  private final DockContainerRootBranch root = building.root("root");
  private final DockContainerLeaf editors = building.leaf("editors");
  private final Map<ToolWindow.Place, DockContainerLeaf> leaves = new HashMap<>();
  private final Map<String, Dockable> dockables = new HashMap<>();
  private final Map<String, DockContainerLeaf> homes = new HashMap<>();

  /** A layout of about that size with the given windows; {@code view} makes the view of one. */
  DockArea(
      List<ToolWindow> windows,
      Messages messages,
      Function<ToolWindow, Node> view,
      double width,
      double height) {
    root.setOrientation(Orientation.VERTICAL);
    DockContainerBranch upper = building.branch("upper");
    upper.setOrientation(Orientation.HORIZONTAL);
    upper.setPruneWhenEmpty(false);
    editors.setPruneWhenEmpty(false);
    List<DockContainer> across = new ArrayList<>();
    DockContainerLeaf left = leaf(ToolWindow.Place.LEFT, Side.LEFT);
    DockContainerLeaf right = leaf(ToolWindow.Place.RIGHT, Side.RIGHT);
    DockContainerLeaf bottom = leaf(ToolWindow.Place.BOTTOM, Side.TOP);
    List<ToolWindow> ordered = new ArrayList<>(windows);
    ordered.sort(Comparator.comparingInt(ToolWindow::order));
    for (ToolWindow window : ordered) {
      Dockable dockable = dockable(window.id(), messages.binding(window.titleKey()), window.icon());
      dockable.setNode(framed(view.apply(window)));
      dockable.setClosable(false);
      DockContainerLeaf home = leaves.get(window.place());
      home.addDockable(dockable);
      homes.put(window.id(), home);
    }
    if (!left.getDockables().isEmpty()) {
      across.add(left);
    }
    across.add(editors);
    if (!right.getDockables().isEmpty()) {
      across.add(right);
    }
    upper.addContainers(across.toArray(DockContainer[]::new));
    root.addContainer(upper);
    upper.setContainerResizable(left, false);
    upper.setContainerResizable(right, false);
    // Sizes in pixels take hold at the first layout; the shares keep the pulse before it calm.
    double leftWidth = width < NARROW ? 264 : 288;
    double rightWidth = width < NARROW ? 264 : 300;
    double bottomHeight = Math.clamp(height * 0.29, 150, 240);
    upper.setDividerPositions(
        across.contains(right)
            ? new double[] {leftWidth / width, 1 - rightWidth / width}
            : new double[] {leftWidth / width});
    upper.setContainerSizePx(left, leftWidth);
    upper.setContainerSizePx(right, rightWidth);
    if (!bottom.getDockables().isEmpty()) {
      root.addContainer(bottom);
      root.setContainerResizable(bottom, false);
      root.setDividerPositions(1 - bottomHeight / height);
      root.setContainerSizePx(bottom, bottomHeight);
    }
    for (DockContainerLeaf each : leaves.values()) {
      if (!each.getDockables().isEmpty()) {
        each.selectDockable(each.getDockables().getFirst());
      }
    }
    bento.registerRoot(root);
  }

  private DockContainerLeaf leaf(ToolWindow.Place place, Side side) {
    DockContainerLeaf leaf = building.leaf(place.name());
    leaf.setSide(side);
    leaf.setPruneWhenEmpty(false);
    leaves.put(place, leaf);
    return leaf;
  }

  private Dockable dockable(String id, ObservableValue<String> title, Ikon icon) {
    Dockable dockable = building.dockable(id);
    dockable.titleProperty().bind(title);
    dockable.setIconFactory(
        _ -> {
          FontIcon picture = new FontIcon(icon);
          picture.getStyleClass().add("tab-icon");
          return picture;
        });
    dockables.put(id, dockable);
    return dockable;
  }

  private static Node framed(Node view) {
    if (view instanceof Region region) {
      region.setMinSize(0, 0);
    }
    return view;
  }

  Region region() {
    return root;
  }

  /** Opens an editor tab, or selects the one of that id. */
  void openEditor(
      String id,
      ObservableValue<String> title,
      Ikon icon,
      boolean closable,
      Supplier<Node> content) {
    Dockable known = dockables.get(id);
    if (known != null && known.getContainer() != null) {
      known.getContainer().selectDockable(known);
      return;
    }
    Dockable dockable = dockable(id, title, icon);
    dockable.setNode(framed(content.get()));
    dockable.setClosable(closable);
    editors.addDockable(dockable);
    editors.selectDockable(dockable);
  }

  void closeEditor(String id) {
    Optional.ofNullable(dockables.remove(id))
        .ifPresent(d -> d.inContainer((leaf, it) -> leaf.closeDockable(it)));
  }

  /** Brings a tool window to the front, opening its place if that is collapsed. */
  void show(String id) {
    Dockable dockable = dockables.get(id);
    if (dockable == null) {
      return;
    }
    DockContainerLeaf leaf = dockable.getContainer();
    if (leaf == null) {
      leaf = homes.get(id);
      leaf.addDockable(dockable);
    }
    leaf.selectDockable(dockable);
    if (leaf.isCollapsed()) {
      leaf.toggleCollapse(dockable);
    }
  }

  /** Folds everything but the editors, or unfolds it again. */
  void toggleEditorsOnly() {
    boolean anyOpen =
        leaves.values().stream().anyMatch(l -> !l.getDockables().isEmpty() && !l.isCollapsed());
    for (DockContainerLeaf leaf : leaves.values()) {
      Dockable selected = leaf.getSelectedDockable();
      if (selected != null && leaf.isCollapsed() != anyOpen) {
        leaf.toggleCollapse(selected);
      }
    }
  }
}
