package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.transform.Scale;
import org.godwit.app.palette.ProgramDisc;
import org.godwit.app.palette.ProgramLooks.Look;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.view.NodeView;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A machine as a card: header in heat, a bar per CPU, memory, slots for chips, footer. At small
 * zoom it changes to fewer and relatively larger words.
 */
final class NodeCard extends Pane {
  static final double WIDTH = 336;
  static final int COLUMNS = 2;
  static final int CHIPS = 12;
  static final double GAP = 6;
  static final double PADDING = 12;
  static final double CHIP_WIDTH = (WIDTH - 2 * PADDING - GAP) / COLUMNS;

  private static final double HEADER = 32;
  private static final double FOOTER = 24;
  private static final int MANY_CPUS = 8;
  private static final double TWO_LINES = 27;
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
  private static final PseudoClass DOWN = PseudoClass.getPseudoClass("down");
  private static final PseudoClass ACCEPT = PseudoClass.getPseudoClass("accept");
  private static final PseudoClass REFUSE = PseudoClass.getPseudoClass("refuse");
  private static final PseudoClass HOT = PseudoClass.getPseudoClass("overloaded");

  /** The steps above the coldest, which needs no word of its own. */
  private static final List<PseudoClass> HEAT =
      IntStream.range(0, 5).mapToObj(step -> PseudoClass.getPseudoClass("heat-" + step)).toList();

  private final int node;
  private final VBox full = new VBox();
  private final HBox header = new HBox(6);
  private final Label name = new Label();
  private final Label hardware = new Label();
  private final HBox badges = new HBox(4);
  private final List<Meter> cpuMeters = new ArrayList<>();
  private final List<Region> cpuSquares = new ArrayList<>();
  private final Meter memory = new Meter(6, 15 / 16.0);
  private final Label memoryText = new Label();
  private final Pane chips = new Pane();
  private final Label load = new Label();
  private final Label note = new Label();
  private final Region port = new Region();
  private final VBox small = new VBox(3);
  private final Label smallName = new Label();
  private final Label smallNumber = new Label();
  private final Label smallLoad = new Label();
  private final Meter smallMeter = new Meter(8, 0);
  private final HBox smallHead = new HBox(smallName, smallLoad);
  private final HBox smallBar = new HBox(smallMeter);
  private final HBox smallDots = new HBox();
  private final Scale smallScale = new Scale(1, 1);
  private double chipsTop;
  private double height;
  private int heat;
  private List<NodeSwitch> shownSwitches = List.of();
  private Map<Look, Integer> shownCounts = Map.of();
  private Level level = Level.FULL;
  private NodeView view;
  private NodeView shown;
  private String shownWords = "";
  private double shownLoad;
  private String loadText = "";

  /** How much of a card is drawn, by its width on the screen. */
  enum Level {
    FULL,
    COMPACT,
    TILE,
    SQUARE;

    static Level of(double screenWidth) {
      if (screenWidth >= 180) {
        return FULL;
      }
      if (screenWidth >= 80) {
        return COMPACT;
      }
      return screenWidth >= 28 ? TILE : SQUARE;
    }
  }

  /** What hovering with something to drop looks like. */
  enum Drop {
    NONE,
    ACCEPT,
    REFUSE
  }

  NodeCard(NodeView first, Messages messages) {
    this.node = first.spec().id();
    this.view = first;
    getStyleClass().add("node-card");
    setAccessibleRole(AccessibleRole.BUTTON);
    setFocusTraversable(true);
    setManaged(false);
    header.getStyleClass().add("card-header");
    name.getStyleClass().addAll("card-title", "strong");
    hardware.getStyleClass().add("card-hardware");
    badges.setAlignment(Pos.CENTER_RIGHT);
    FontIcon server = new FontIcon(Feather.SERVER);
    server.getStyleClass().add("card-icon");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    header.setAlignment(Pos.CENTER_LEFT);
    header.getChildren().setAll(server, name, hardware, gap, badges);
    header.setMinHeight(HEADER);
    header.setMaxHeight(HEADER);
    load.getStyleClass().addAll("card-load", "mono", "strong");
    note.getStyleClass().add("card-note");
    note.setMinWidth(0);
    load.setMinWidth(USE_PREF_SIZE);
    full.setMouseTransparent(false);
    full.setPickOnBounds(false);
    full.getChildren().setAll(header, meters(first, messages), chips, footer());
    chips.getStyleClass().add("card-chips");
    small.getStyleClass().add("card-small");
    small.getTransforms().add(smallScale);
    smallName.getStyleClass().addAll("small-name", "strong");
    smallLoad.getStyleClass().addAll("small-load", "mono");
    smallHead.getStyleClass().add("small-head");
    smallBar.getStyleClass().add("small-bar");
    smallDots.getStyleClass().add("small-dots");
    HBox.setHgrow(smallMeter, Priority.ALWAYS);
    smallName.setMinWidth(0);
    // The end of a name tells nodes apart.
    smallName.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
    smallNumber.getStyleClass().addAll("small-number", "strong");
    smallNumber.setText(Integer.toString(node));
    smallLoad.setMinWidth(USE_PREF_SIZE);
    port.getStyleClass().add("card-port");
    port.setVisible(false);
    port.setManaged(false);
    hoverProperty().addListener((_, _, over) -> port.setVisible(over && level == Level.FULL));
    getChildren().setAll(full, port);
  }

  private Region meters(NodeView first, Messages messages) {
    int cpus = first.spec().cpus();
    Label cpuWord = new Label(messages.of("canvas.cpu"));
    Label memoryWord = new Label(messages.of("canvas.memory"));
    cpuWord.textProperty().bind(messages.binding("canvas.cpu"));
    memoryWord.textProperty().bind(messages.binding("canvas.memory"));
    cpuWord.getStyleClass().add("meter-word");
    memoryWord.getStyleClass().add("meter-word");
    memoryText.getStyleClass().addAll("meter-value", "mono");
    Region bars = cpus <= MANY_CPUS ? bars(cpus) : squares(cpus);
    HBox.setHgrow(bars, Priority.ALWAYS);
    HBox.setHgrow(memory, Priority.ALWAYS);
    HBox cpuRow = new HBox(8, cpuWord, bars);
    cpuRow.setAlignment(Pos.CENTER_LEFT);
    HBox memoryRow = new HBox(8, memoryWord, memory, memoryText);
    memoryRow.setAlignment(Pos.CENTER_LEFT);
    VBox box = new VBox(6, cpuRow, memoryRow);
    box.getStyleClass().add("card-meters");
    double cpuHeight = cpus <= MANY_CPUS ? cpus * 12 - 4 : Math.ceil(cpus / 16.0) * 14;
    chipsTop = HEADER + 12 + Math.max(14, cpuHeight) + 6 + 14 + 12;
    box.setMinHeight(chipsTop - HEADER);
    box.setMaxHeight(chipsTop - HEADER);
    return box;
  }

  private VBox bars(int cpus) {
    VBox bars = new VBox(4);
    bars.setAlignment(Pos.CENTER_LEFT);
    for (int i = 0; i < cpus; i++) {
      Meter meter = new Meter(8, 0);
      cpuMeters.add(meter);
      bars.getChildren().add(meter);
    }
    return bars;
  }

  private TilePane squares(int cpus) {
    TilePane grid = new TilePane(3, 3);
    grid.setPrefColumns(16);
    for (int i = 0; i < cpus; i++) {
      Region square = new Region();
      square.getStyleClass().add("cpu-square");
      square.setMinSize(11, 11);
      square.setMaxSize(11, 11);
      cpuSquares.add(square);
      grid.getChildren().add(square);
    }
    return grid;
  }

  private HBox footer() {
    HBox footer = new HBox(8, load, note);
    footer.getStyleClass().add("card-footer");
    footer.setAlignment(Pos.CENTER_LEFT);
    footer.setMinHeight(FOOTER);
    footer.setMaxHeight(FOOTER);
    return footer;
  }

  int node() {
    return node;
  }

  NodeView view() {
    return view;
  }

  /** The pane on which chips are placed by {@link #slotX} and {@link #slotY}. */
  Pane chips() {
    return chips;
  }

  /** Where links are pulled from. */
  Region port() {
    return port;
  }

  static double slotX(int slot) {
    return PADDING + slot % COLUMNS * (CHIP_WIDTH + GAP);
  }

  static double slotY(int slot) {
    return Math.floorDiv(slot, COLUMNS) * (ProcessChip.HEIGHT + GAP);
  }

  /** Middle of a slot in the card's own coordinates. */
  double slotCentreX(int slot) {
    return slotX(slot) + CHIP_WIDTH / 2;
  }

  /** Middle of a slot in the card's own coordinates. */
  double slotCentreY(int slot) {
    return chipsTop + slotY(slot) + ProcessChip.HEIGHT / 2;
  }

  /** Height that the card has now. */
  double height() {
    return height;
  }

  /** Makes room for so many slots. */
  void fit(int slots) {
    int rows = Math.max(2, Math.ceilDiv(slots, COLUMNS));
    double chipsHeight = rows * (ProcessChip.HEIGHT + GAP) - GAP;
    double wanted = chipsTop + chipsHeight + 8 + FOOTER + 4;
    wanted = Math.ceil(wanted / 4) * 4;
    if (wanted != height) {
      height = wanted;
      chips.setMinHeight(chipsHeight + 8);
      chips.setMaxHeight(chipsHeight + 8);
      resize(WIDTH, height);
      full.resize(WIDTH, height);
      requestLayout();
    }
  }

  /**
   * Shows the node.
   *
   * @param now the node
   * @param perCpu runnable tasks per CPU, smoothed
   * @param words text of the footer
   * @param overloaded whether it has more than it can run
   */
  void show(NodeView now, double perCpu, String words, boolean overloaded, Messages messages) {
    view = now;
    boolean up = now.status() == NodeView.Status.UP || now.status() == NodeView.Status.LEAVING;
    pseudoClassStateChanged(DOWN, !up);
    pseudoClassStateChanged(HOT, overloaded && up);
    warm(up ? Theme.heatStep(perCpu) : 0);
    if (now.load() != shownLoad || loadText.isEmpty()) {
      shownLoad = now.load();
      loadText = String.format(Locale.ROOT, "%.2f", shownLoad);
    }
    // Only what this level shows: the rest is made up for when one zooms in.
    switch (level) {
      case FULL -> showFull(now, up, words, messages);
      case COMPACT -> {
        set(smallName, now.spec().name());
        set(smallLoad, loadText);
        smallMeter.setShare(perCpu);
      }
      case TILE -> set(smallLoad, loadText);
      case SQUARE -> {}
    }
    String described = loadText + words + messages.languageTag();
    if (!described.equals(shownWords)) {
      shownWords = described;
      setAccessibleText(
          messages.of("canvas.card.text", now.spec().name(), now.spec().cpus(), loadText, words));
    }
  }

  private void warm(int step) {
    if (step != heat) {
      pseudoClassStateChanged(HEAT.get(heat), false);
      pseudoClassStateChanged(HEAT.get(step), step > 0);
      heat = step;
    }
  }

  private void showFull(NodeView now, boolean up, String words, Messages messages) {
    boolean sameHardware = shown != null && shown.spec().equals(now.spec());
    boolean sameMemory = sameHardware && shown.memoryUsed() == now.memoryUsed();
    shown = now;
    set(name, now.spec().name());
    if (!sameHardware) {
      set(
          hardware,
          now.spec().cpus() == 1
              ? messages.of("canvas.hardware.one", now.spec().mhz())
              : messages.of("canvas.hardware", now.spec().cpus(), now.spec().mhz()));
    }
    for (int i = 0; i < now.cpus().size(); i++) {
      double share = up ? now.cpus().get(i).share() : 0;
      if (i < cpuMeters.size()) {
        cpuMeters.get(i).setShare(share);
      } else if (i < cpuSquares.size()) {
        cpuSquares.get(i).setOpacity(0.15 + 0.85 * share);
      }
    }
    double used =
        now.spec().memoryBytes() == 0 ? 0 : (double) now.memoryUsed() / now.spec().memoryBytes();
    memory.setShare(used);
    if (!sameMemory) {
      set(
          memoryText,
          messages.of(
              "canvas.memory.value", megabytes(now.memoryUsed()), now.spec().memoryBytes() >> 20));
    }
    set(load, loadText);
    set(note, words);
    showBadges(now, messages);
  }

  /**
   * Shows how many of which program are here, as dots with counts; for the compact picture.
   *
   * @param counts counts by program, in the order of the programs
   */
  void showCounts(Map<Look, Integer> counts) {
    if (counts.equals(shownCounts)) {
      return;
    }
    shownCounts = Map.copyOf(counts);
    smallDots.getChildren().clear();
    counts.forEach(
        (look, count) -> {
          Circle dot = new Circle(4);
          dot.getStyleClass().add("small-dot");
          dot.setStyle(ProgramDisc.colours(look.slot()));
          Label number = new Label(Integer.toString(count));
          number.getStyleClass().addAll("small-count", "mono");
          smallDots.getChildren().addAll(dot, number);
        });
  }

  private void showBadges(NodeView now, Messages messages) {
    if (shownSwitches.equals(now.switches())) {
      return;
    }
    shownSwitches = now.switches();
    badges.getChildren().clear();
    for (NodeSwitch each : now.switches()) {
      FontIcon icon =
          new FontIcon(
              switch (each) {
                case BLOCK -> Feather.SLASH;
                case STAY, LSTAY -> Feather.MINUS_CIRCLE;
                case QUIET -> Feather.VOLUME_X;
                case NOMFS -> Feather.FOLDER_MINUS;
              });
      icon.getStyleClass().add("card-icon");
      Label badge = new Label(messages.of("switch." + each.name().toLowerCase(Locale.ROOT)), icon);
      badge.getStyleClass().add("card-badge");
      badges.getChildren().add(badge);
    }
  }

  void setSelected(boolean selected) {
    pseudoClassStateChanged(SELECTED, selected);
  }

  void setDrop(Drop drop) {
    pseudoClassStateChanged(ACCEPT, drop == Drop.ACCEPT);
    pseudoClassStateChanged(REFUSE, drop == Drop.REFUSE);
  }

  Level level() {
    return level;
  }

  /** Changes how much is drawn, for a zoom of {@code scale}. */
  void setLevel(Level wanted, double scale) {
    smallScale.setX(1 / scale);
    smallScale.setY(1 / scale);
    // Where only one line has room, it is the load.
    smallNumber.setVisible(height * scale >= TWO_LINES);
    smallNumber.setManaged(smallNumber.isVisible());
    if (wanted != Level.FULL) {
      small.resizeRelocate(0, 0, WIDTH * scale, height * scale);
    }
    if (wanted == level) {
      return;
    }
    level = wanted;
    switch (level) {
      case FULL -> getChildren().setAll(full, port);
      case COMPACT -> {
        smallHead.getChildren().setAll(smallName, smallLoad);
        small.getChildren().setAll(smallHead, smallBar, smallDots);
        getChildren().setAll(small);
      }
      case TILE -> {
        small.getChildren().setAll(smallNumber, smallLoad);
        getChildren().setAll(small);
      }
      case SQUARE -> {
        small.getChildren().clear();
        getChildren().setAll(small);
      }
    }
    for (Level each : Level.values()) {
      pseudoClassStateChanged(
          PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)), each == level);
    }
  }

  @Override
  protected void layoutChildren() {
    full.resizeRelocate(0, 0, WIDTH, height);
    port.resizeRelocate(WIDTH - 7, HEADER / 2 - 7, 14, 14);
    if (level != Level.FULL) {
      small.resizeRelocate(0, 0, WIDTH / smallScale.getX(), height / smallScale.getY());
    }
  }

  /** Whole megabytes, with one decimal below ten. */
  private static String megabytes(long bytes) {
    double mb = bytes / 1048576.0;
    return mb < 10 ? String.format(Locale.ROOT, "%.1f", mb) : Long.toString(Math.round(mb));
  }

  private static void set(Label label, String text) {
    if (!text.equals(label.getText())) {
      label.setText(text);
    }
  }
}
