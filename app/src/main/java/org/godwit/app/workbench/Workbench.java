package org.godwit.app.workbench;

import java.awt.Desktop;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Alert;
import javafx.scene.control.Dialog;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TextInputDialog;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.transform.Scale;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.godwit.app.action.Action;
import org.godwit.app.action.ActionList;
import org.godwit.app.action.Keymap;
import org.godwit.app.action.UndoList;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.EngineFault;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.Pace;
import org.godwit.app.bridge.RunState;
import org.godwit.app.bridge.Step;
import org.godwit.app.canvas.Arranging;
import org.godwit.app.canvas.CanvasSwitches;
import org.godwit.app.canvas.CanvasTools;
import org.godwit.app.canvas.ClusterCanvas;
import org.godwit.app.notice.Notice;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.app.palette.LaunchDialog;
import org.godwit.app.palette.LaunchRequest;
import org.godwit.app.palette.ProgramCard;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.palette.ProgramPalette;
import org.godwit.app.palette.ProgramShelf;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.selection.VisitedPlaces;
import org.godwit.app.settings.Setting;
import org.godwit.app.settings.SettingsStore;
import org.godwit.app.settings.SettingsView;
import org.godwit.app.settings.SettingsViewModel;
import org.godwit.app.source.SourceView;
import org.godwit.app.source.SourceViewModel;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;
import org.godwit.app.theme.Variant;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/**
 * The main window's content: puts menu, toolbar, docking, canvas, palette, status bar and toasts
 * together and keeps them fed. Needs no stage, so that tests and pictures can show it anywhere;
 * {@link #pulse} is called once per pulse by whoever shows it. FX thread only.
 */
public final class Workbench implements Desk {
  private static final double STATUS_MILLIS = 250;

  /** What builds a program for a node; offered when somebody drops one that was not. */
  private static final String BUILD_COMMAND =
      "riscv64-linux-gnu-gcc -O2 -static -o program program.c";

  /** Height of menu, toolbar and status bar together, for the first layout. */
  private static final double CHROME = 132;

  /** Type in the perspective for a room, against the usual. */
  private static final double TEACHING = 1.4;

  private static final String PLACES = "places.";
  private static final String NOTES = "notes.";
  private static final String KEY = "key.";
  private static final String WELCOMED = "welcomed";

  private final WorkbenchStart start;
  private final EngineBridge bridge;
  private final SettingsStore settings;
  private final DeskSettings desk;
  private final Messages messages;
  private final Theme theme;
  private final SelectionModel selection = new SelectionModel();
  private final NoticeBoard notices = new NoticeBoard();
  private final ActionList actions = new ActionList();
  private final Keymap keymap;
  private final UndoList undo = new UndoList();
  private final VisitedPlaces visited = new VisitedPlaces(selection);
  private final ProgramShelf shelf;
  private final WorkbenchContext context;
  private final ClusterCanvas canvas;
  private final DockArea dock;
  private final Arrangement arrangement;
  private final List<ToolWindow> windows;
  private final PresenterLayer presenter = new PresenterLayer();
  private final List<Function<String, List<Found>>> alsoAsked = new ArrayList<>();
  private final RecentSessions recent;
  private final TourViewModel tour = new TourViewModel();
  private final TourCard tourCard;
  private WorkbenchStart.Choice opened;

  /** What waits for a session to be open; true when it is done. */
  private Predicate<Frame> demonstration = _ -> false;

  private final WorkbenchBar bar;
  private final TimeBar time;
  private final StatusLine status;
  private final Toasts toasts;
  private final MigrateKeys migrateKeys;
  private final DroppedFiles files;
  private final Pane dragLayer = new Pane();
  private final StackPane root = new StackPane();
  private final SearchEverywhere search;
  private final Scene scene;
  private final BooleanProperty hasProcesses = new SimpleBooleanProperty();
  private final BooleanProperty hasSelection = new SimpleBooleanProperty();
  private final BooleanProperty hasNodes = new SimpleBooleanProperty();
  private final BooleanProperty hasSeveralNodes = new SimpleBooleanProperty();
  private final BooleanProperty hasSession = new SimpleBooleanProperty();
  private final BooleanProperty inPast = new SimpleBooleanProperty();
  private double statusIn;

  /** The content for {@code start}, driven by {@code bridge}; opens nothing yet. */
  public Workbench(WorkbenchStart start, EngineBridge bridge, double width, double height) {
    this.start = start;
    this.bridge = bridge;
    this.settings = SettingsStore.read(start.settings());
    this.desk = new DeskSettings(start.language(), start.variant(), start.settings() != null);
    this.messages = new Messages(Locale.forLanguageTag(settings.of(desk.language()).get()));
    this.theme = new Theme(variant(settings.of(desk.look()).get()));
    this.recent = new RecentSessions(settings, start.settings());
    this.tourCard = new TourCard(tour, messages);
    this.keymap = new Keymap(actions, (id, text) -> settings.put(KEY + id, text));
    theme.languageProperty().bind(messages.languageProperty());
    this.shelf = new ProgramShelf(start.programs());
    this.context =
        new WorkbenchContext(
            bridge,
            selection,
            messages,
            theme,
            notices,
            actions,
            new ClusterVerbs(bridge, notices, undo),
            shelf,
            this);
    this.canvas =
        new ClusterCanvas(
            new CanvasTools(
                bridge,
                selection,
                messages,
                theme,
                new ProgramLooks(shelf),
                notices,
                context.verbs()::submitAll,
                this::explain,
                this::openTerminal,
                undo,
                canvasSwitches()));
    this.status = new StatusLine(messages);
    this.migrateKeys = new MigrateKeys(context, status);
    this.files = new DroppedFiles(context, shelf, start.recordings());
    declareActions();
    start.recordings().declare(context);
    List<ToolWindow> all = new ArrayList<>(start.toolWindows());
    all.add(new ProgramsWindow(this::palette));
    all.sort(Comparator.comparing(ToolWindow::place).thenComparing(ToolWindow::order));
    this.windows = List.copyOf(all);
    this.bar = new WorkbenchBar(start, context, this::open);
    this.time = new TimeBar(context);
    this.dock = new DockArea(windows, messages, theme, window -> window.createView(context));
    this.arrangement = new Arrangement(dock, settings, windows, width, height - CHROME);
    declareWindowActions();
    keymap.restore(settings.under(KEY));
    this.toasts = new Toasts(notices, messages, this::showsBalloon);
    showCanvas();
    WorkbenchMenus menus = new WorkbenchMenus(actions, messages, undo);
    BorderPane frame = new BorderPane(dock.region());
    frame.setTop(new VBox(menus.bar(desk, settings, windows, arrangement), bar));
    frame.setBottom(new VBox(new FutureTabs(context, this::showFuture), time, status));
    dragLayer.setPickOnBounds(false);
    dragLayer.setMouseTransparent(true);
    root.getChildren().setAll(frame, toasts, tourCard, dragLayer, presenter);
    root.getStyleClass().add("workbench");
    search = new SearchEverywhere(root, messages, this::found, this::asked, canvas::requestFocus);
    scene = new Scene(root, width, height);
    theme.dress(scene);
    files.listen(scene);
    listenToKeys();
    presenter.listen(scene);
    follow();
    bridge.onFrame(this::show);
    bridge.onFault(this::tell);
  }

  // ------------------------------------------------------------------------------ life

  /** The scene to be shown. */
  public Scene scene() {
    return scene;
  }

  /** What panels work with. */
  public WorkbenchContext context() {
    return context;
  }

  /** The canvas. */
  public ClusterCanvas canvas() {
    return canvas;
  }

  /** Opens the first session, and the welcome card at the first start. */
  public void begin() {
    start
        .first()
        .or(this::lastOpened)
        .or(() -> start.scenarios().stream().findFirst())
        .ifPresent(this::open);
    canvas.requestFocus();
    boolean wanted = settings.isOn(DeskSettings.WELCOME) || settings.get(WELCOMED, "").isEmpty();
    if (wanted && start.settings() != null && start.file() == null) {
      welcome();
    }
    if (start.file() != null) {
      files.take(start.file());
    }
    start.recordings().begin(context);
  }

  /** The scenario that was open at the end of the last run. */
  private Optional<WorkbenchStart.Choice> lastOpened() {
    return recent.names().stream()
        .findFirst()
        .flatMap(name -> start.scenarios().stream().filter(c -> c.name().equals(name)).findFirst());
  }

  /** Opens a session; the programs that the user brought come along. */
  public void open(WorkbenchStart.Choice choice) {
    leave();
    opened = choice;
    recent.opened(choice.name());
    bar.showChoice(choice);
    selection.clear();
    visited.clear();
    undo.clear();
    canvas.recall(
        settings.get(PLACES + choice.name(), ""), settings.get(NOTES + choice.name(), ""));
    bridge.open(choice.opener(), start.run());
    shelf.own().forEach(own -> bridge.addProgram(own.getKey(), own.getValue(), () -> {}));
  }

  @Override
  public void openScenario(String name) {
    start.scenarios().stream()
        .filter(choice -> choice.name().equals(name))
        .findFirst()
        .ifPresent(this::open);
  }

  /** Applies the newest frame and lets {@code millis} of wall time pass. */
  public void pulse(double millis) {
    bridge.pulse();
    canvas.tick(millis);
    toasts.tick(millis);
    migrateKeys.tick(millis);
    statusIn -= millis;
    if (statusIn <= 0) {
      statusIn = STATUS_MILLIS;
      status.show(bridge.frame());
      var recording = start.recording().get();
      status.show(recording);
      bar.show(recording);
      arrangement.keep();
      keepPlaces();
      tourCard.follow();
      tour.look(new TourViewModel.Sight(bridge.frame().view(), selection, search.isOpen()));
    }
    presenter.tick(millis);
  }

  /** A session is left: its picture and the places of its cards are kept. */
  void leave() {
    keepPlaces();
    if (opened == null || start.settings() == null || canvas.getWidth() < 1) {
      return;
    }
    SnapshotParameters small = new SnapshotParameters();
    double factor = 320 / canvas.getWidth();
    small.setTransform(new Scale(factor, factor));
    recent.left(opened.name(), canvas.snapshot(small, null));
  }

  /** Keeps what is to be found at the next start; the window is about to close. */
  public void end() throws InterruptedException {
    arrangement.keep();
    keepPlaces();
    dock.close();
    recent.finish();
    settings.flush();
  }

  /** What the window remembers. */
  SettingsStore settings() {
    return settings;
  }

  private void keepPlaces() {
    if (opened != null && bridge.frame().session() > 0) {
      canvas.placesMoved().ifPresent(text -> settings.put(PLACES + opened.name(), text));
      canvas.notesChanged().ifPresent(text -> settings.put(NOTES + opened.name(), text));
    }
  }

  private void show(Frame frame) {
    if (demonstration.test(frame)) {
      demonstration = _ -> false;
    }
    bar.show(frame);
    hasSession.set(frame.session() > 0 && frame.state() != RunState.FAILED);
    inPast.set(frame.state() == RunState.PAST);
    time.show(frame);
    hasProcesses.set(!selection.processes().isEmpty());
    hasNodes.set(!selection.nodes().isEmpty());
    hasSeveralNodes.set(selection.nodes().size() > 1);
    hasSelection.set(!selection.processes().isEmpty() || !selection.nodes().isEmpty());
  }

  private void tell(EngineFault fault) {
    StringWriter details = new StringWriter();
    if (fault.cause() != null) {
      fault.cause().printStackTrace(new PrintWriter(details));
    }
    Notice notice =
        new Notice(
            fault.fatal() ? Notice.Severity.ERROR : Notice.Severity.WARNING,
            fault.problem(),
            details.toString(),
            fault.atNanos(),
            List.of());
    notices.post(
        fault.problem().key().startsWith("elf.")
            ? notice.with("notice.build-command", () -> copy(BUILD_COMMAND))
            : notice);
  }

  /** Settings take effect at once, whoever changes them. */
  private void follow() {
    StringProperty language = settings.of(desk.language());
    language.addListener(
        (_, _, tag) -> messages.languageProperty().set(Locale.forLanguageTag(tag)));
    messages
        .languageProperty()
        .addListener((_, _, now) -> language.set(now.getLanguage().equals("ja") ? "ja" : "en"));
    StringProperty look = settings.of(desk.look());
    look.addListener((_, _, token) -> theme.variantProperty().set(variant(token)));
    theme
        .variantProperty()
        .addListener(
            (_, _, now) -> {
              if (variant(look.get()) != now) {
                look.set(now.token());
              }
            });
    Platform.getPreferences()
        .colorSchemeProperty()
        .subscribe(_ -> theme.variantProperty().set(variant(look.get())));
    settings.of(DeskSettings.TEXT_SIZE).subscribe(_ -> scaleType());
    settings.of(DeskSettings.HALO).subscribe(_ -> scaleType());
    arrangement.perspectiveProperty().subscribe(_ -> scaleType());
    selection.processes().addListener((ListChangeListener<ProcessId>) _ -> show(bridge.frame()));
    selection.nodes().addListener((ListChangeListener<Integer>) _ -> show(bridge.frame()));
    messages.languageProperty().addListener(_ -> search.reword());
  }

  private static Variant variant(String token) {
    return DeskSettings.variant(token)
        .orElseGet(
            () ->
                Platform.getPreferences().getColorScheme() == ColorScheme.DARK
                    ? Variant.DARK
                    : Variant.LIGHT);
  }

  private void scaleType() {
    boolean teaching = arrangement.perspectiveProperty().get().isForTeaching();
    double chosen = Double.parseDouble(settings.of(DeskSettings.TEXT_SIZE).get()) / 100;
    theme.typeScaleProperty().set(teaching ? chosen * TEACHING : chosen);
    canvas.setLargest(teaching ? TEACHING : 1);
    presenter.onProperty().set(teaching && settings.isOn(DeskSettings.HALO));
  }

  private CanvasSwitches canvasSwitches() {
    return new CanvasSwitches(
        settings.of(DeskSettings.GRID),
        settings.of(DeskSettings.SNAP),
        settings.of(DeskSettings.MINIMAP),
        settings.of(DeskSettings.MOTION));
  }

  private boolean showsBalloon(Notice.Severity severity) {
    return settings.isOn(
        switch (severity) {
          case INFO -> DeskSettings.BALLOON_INFO;
          case WARNING -> DeskSettings.BALLOON_WARNING;
          case ERROR -> DeskSettings.BALLOON_ERROR;
        });
  }

  // ------------------------------------------------------------------------------ actions

  private void declareActions() {
    ObservableBooleanValue always = Action.ALWAYS;
    action("file.open", Feather.FOLDER, ctrl(KeyCode.O), always, this::chooseRecording);
    action("file.addprogram", Feather.PLUS_SQUARE, null, hasSession, this::chooseProgram);
    action(
        "file.settings",
        Feather.SETTINGS,
        new KeyCodeCombination(KeyCode.COMMA, KeyCombination.SHORTCUT_DOWN),
        always,
        this::openSettings);
    action("file.quit", null, ctrl(KeyCode.Q), always, this::quit);
    action(
        "edit.undo", Feather.CORNER_UP_LEFT, ctrl(KeyCode.Z), undo.canUndoProperty(), undo::undo);
    action(
        "edit.redo", Feather.CORNER_UP_RIGHT, shift(KeyCode.Z), undo.canRedoProperty(), undo::redo);
    action("edit.copy", Feather.COPY, ctrl(KeyCode.C), hasNodes, canvas::copyNodes);
    action("edit.paste", Feather.CLIPBOARD, ctrl(KeyCode.V), hasSession, canvas::pasteNodes);
    action("edit.duplicate", null, ctrl(KeyCode.D), hasNodes, canvas::duplicateNodes);
    action("edit.selectall", null, ctrl(KeyCode.A), hasSession, this::selectAll);
    action("edit.selectnodes", null, shift(KeyCode.N), hasSession, canvas::selectAllNodes);
    action(
        "edit.delete", Feather.TRASH_2, key(KeyCode.DELETE), hasSelection, canvas::deleteSelection);
    action(
        "go.back",
        Feather.ARROW_LEFT,
        new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN),
        visited.canGoBackProperty(),
        () -> visited.back(this::exists));
    action(
        "go.forward",
        Feather.ARROW_RIGHT,
        new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN),
        visited.canGoForwardProperty(),
        () -> visited.forward(this::exists));
    action("view.fit", Feather.MAXIMIZE, ctrl(KeyCode.DIGIT0), always, canvas::fit);
    action("view.zoomin", Feather.ZOOM_IN, ctrl(KeyCode.PLUS), always, () -> canvas.zoom(1.25));
    action("view.zoomout", Feather.ZOOM_OUT, ctrl(KeyCode.MINUS), always, () -> canvas.zoom(0.8));
    action(
        "view.canvasonly",
        Feather.MAXIMIZE_2,
        shift(KeyCode.F12),
        always,
        () -> dock.toggleEditorsOnly());
    action("view.maximise", null, ctrl(KeyCode.M), always, this::maximiseFocused);
    action("view.detach", Feather.EXTERNAL_LINK, null, always, this::detachFocused);
    action("view.nextpanel", null, key(KeyCode.F6), always, () -> cycle(1));
    action(
        "view.previouspanel",
        null,
        new KeyCodeCombination(KeyCode.F6, KeyCombination.SHIFT_DOWN),
        always,
        () -> cycle(-1));
    for (Perspective each : Perspective.values()) {
      action("perspective." + each.token(), null, null, always, () -> arrangement.open(each));
    }
    action("perspective.reset", Feather.ROTATE_CCW, null, always, () -> arrangement.reset());
    action("perspective.keep", null, null, always, this::keepArrangement);
    action("cluster.addnode", Feather.SERVER, key(KeyCode.N), hasSession, canvas::addNode);
    action("cluster.note", Feather.EDIT_3, shift(KeyCode.T), hasSession, canvas::addNote);
    for (Arranging each : Arranging.values()) {
      action(
          "arrange." + each.token(),
          null,
          null,
          each.isForSelection() ? hasSeveralNodes : hasSession,
          () -> canvas.arrange(each));
    }
    action(
        "process.migrate",
        Feather.NAVIGATION,
        key(KeyCode.M),
        hasProcesses,
        () -> migrateKeys.begin(scene));
    action(
        "process.home",
        Feather.HOME,
        key(KeyCode.H),
        hasProcesses,
        () -> context.verbs().sendHome(selected()));
    action("process.lock", Feather.LOCK, key(KeyCode.L), hasProcesses, this::toggleLock);
    action(
        "process.why",
        Feather.HELP_CIRCLE,
        key(KeyCode.W),
        hasProcesses,
        () -> selection.leadProcess().ifPresent(this::explain));
    action("run.toggle", Feather.PLAY, key(KeyCode.SPACE), hasSession, this::toggleRun);
    action(
        "run.step",
        Feather.SKIP_FORWARD,
        key(KeyCode.PERIOD),
        hasSession,
        () -> bridge.step(new Step.NextEvent(new LinkedHashSet<>(selected()))));
    action(
        "run.quantum",
        null,
        new KeyCodeCombination(KeyCode.PERIOD, KeyCombination.SHIFT_DOWN),
        hasSession,
        () -> bridge.step(new Step.NextQuantum()));
    declareTimeActions();
    action("help.search", Feather.SEARCH, shift(KeyCode.A), always, () -> search.open());
    action("help.migrate", Feather.ZAP, null, always, this::seeItMigrate);
    action("help.tour", Feather.MAP, null, hasSession, this::tour);
    action("help.welcome", null, null, always, this::welcome);
    action("help.about", Feather.INFO, null, always, this::about);
  }

  /** What was done in one future cannot be undone in another. */
  private void swapFutures() {
    undo.clear();
    bridge.swapFutures();
  }

  private void showFuture(int number) {
    undo.clear();
    bridge.showFuture(number);
  }

  /** To earlier moments and back, and on from there. */
  private void declareTimeActions() {
    action(
        "time.back",
        Feather.SKIP_BACK,
        key(KeyCode.COMMA),
        hasSession,
        () -> bridge.lookAlong(new LinkedHashSet<>(selected()), -1));
    action(
        "time.forward",
        Feather.SKIP_FORWARD,
        null,
        inPast,
        () -> bridge.lookAlong(new LinkedHashSet<>(selected()), 1));
    action(
        "time.second",
        null,
        new KeyCodeCombination(KeyCode.COMMA, KeyCombination.SHIFT_DOWN),
        hasSession,
        () -> bridge.lookAt(Math.max(0, bridge.frame().view().nanos() - 1_000_000_000L)));
    action("time.live", Feather.RADIO, key(KeyCode.END), inPast, bridge::lookAtPresent);
    action(
        "time.branch",
        Feather.GIT_BRANCH,
        null,
        inPast,
        () -> bridge.continueFromHere(undo::clear));
    action(
        "time.verify",
        Feather.CHECK_CIRCLE,
        null,
        hasSession,
        new DeterminismCheck(bridge, notices)::run);
    action("time.swap", Feather.REPEAT, null, bridge.hasOtherFutureProperty(), this::swapFutures);
  }

  /** Alt and a digit open the panels, in their order; the rest have no shortcut at first. */
  private void declareWindowActions() {
    int number = 0;
    for (ToolWindow window : windows) {
      number++;
      KeyCombination key =
          number > 9
              ? null
              : new KeyCodeCombination(
                  KeyCode.getKeyCode(Integer.toString(number)), KeyCombination.ALT_DOWN);
      action(
          window.titleKey(),
          window.icon(),
          key,
          Action.ALWAYS,
          () -> {
            dock.show(window.id());
            dock.focus(window.id());
          });
    }
  }

  private void action(
      String id, Ikon icon, KeyCombination key, ObservableBooleanValue enabled, Runnable handler) {
    actions.add(new Action(id, icon, key, enabled, handler, reason(id, enabled)));
  }

  /** Why an action cannot be done: what it needs is not there. */
  private String reason(String id, ObservableBooleanValue enabled) {
    if (enabled == hasSession) {
      return "unavailable.session";
    }
    if (enabled == hasProcesses) {
      return "unavailable.processes";
    }
    if (enabled == hasNodes) {
      return "unavailable.nodes";
    }
    if (enabled == hasSeveralNodes) {
      return "unavailable.several";
    }
    if (enabled == hasSelection) {
      return "unavailable.selection";
    }
    return switch (id) {
      case "edit.undo", "edit.redo", "go.back", "go.forward" -> "unavailable." + id;
      default -> "unavailable.now";
    };
  }

  private static KeyCombination ctrl(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
  }

  private static KeyCombination shift(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
  }

  private static KeyCombination key(KeyCode code) {
    return new KeyCodeCombination(code);
  }

  /**
   * Shortcuts, after whoever has the keyboard has let the key pass. Plain letters are shortcuts,
   * but never while somebody types; Esc leads back to the canvas.
   */
  private void listenToKeys() {
    scene.addEventHandler(
        KeyEvent.KEY_PRESSED,
        e -> {
          boolean plain = !e.isShortcutDown() && !e.isAltDown();
          if (plain && isTyping(scene.getFocusOwner()) && !isFunctionKey(e)) {
            e.consume();
          } else if (keymap.fire(e)) {
            e.consume();
          } else if (e.getCode() == KeyCode.ESCAPE) {
            if (dock.isMaximised()) {
              dock.restore();
            }
            canvas.requestFocus();
            e.consume();
          }
        });
  }

  private static boolean isTyping(Node focused) {
    return focused instanceof TextInputControl
        || (focused != null && Boolean.TRUE.equals(focused.getProperties().get(Desk.TYPING)));
  }

  private static boolean isFunctionKey(KeyEvent e) {
    return e.getCode().isFunctionKey() || e.getCode() == KeyCode.ESCAPE;
  }

  private boolean exists(ProcessId id) {
    return bridge.frame().view().processes().stream().anyMatch(p -> p.id().equals(id));
  }

  private void maximiseFocused() {
    dock.toggleMaximised(dock.windowOf(scene.getFocusOwner()).orElse("canvas"));
  }

  private void detachFocused() {
    dock.windowOf(scene.getFocusOwner()).ifPresent(this::detach);
  }

  /** Gives a tool window a window of its own. */
  void detach(String id) {
    dock.detach(id);
  }

  /** What the next undo would take back, in words; empty if there is nothing. */
  String undoName() {
    int done = undo.doneProperty().get();
    return done == 0 ? "" : messages.problem(undo.deeds().get(done - 1).name());
  }

  /** F6: the keyboard goes to the next panel in sight. */
  private void cycle(int step) {
    List<String> seen = dock.inSight();
    int at = dock.windowOf(scene.getFocusOwner()).map(seen::indexOf).orElse(-1);
    for (int i = 1; i <= seen.size(); i++) {
      if (dock.focus(seen.get(Math.floorMod(at + i * step, seen.size())))) {
        return;
      }
    }
  }

  private void keepArrangement() {
    TextInputDialog ask = new TextInputDialog();
    ask.initOwner(window());
    ask.setTitle(messages.of("action.perspective.keep"));
    ask.setHeaderText(null);
    ask.setGraphic(null);
    ask.setContentText(messages.of("perspective.name"));
    dress(ask);
    ask.showAndWait()
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .ifPresent(arrangement::keepAs);
  }

  private void openSettings() {
    openEditor(
        "settings",
        messages.binding("settings.title"),
        Feather.SETTINGS,
        () ->
            new SettingsView(
                new SettingsViewModel(settings, desk.all(), actions, keymap, messages), messages));
  }

  private List<ProcessId> selected() {
    return List.copyOf(selection.processes());
  }

  private void quit() {
    leave();
    window().hide();
  }

  private void toggleRun() {
    if (bridge.frame().state() == RunState.RUNNING) {
      bridge.pause();
    } else {
      bridge.run();
    }
  }

  private void toggleLock() {
    List<ProcessId> ids = selected();
    boolean anyOpen =
        bridge.frame().view().processes().stream().anyMatch(p -> ids.contains(p.id()) && !p.lock());
    context.verbs().lock(ids, anyOpen);
  }

  private void selectAll() {
    selection.selectProcesses(
        bridge.frame().view().processes().stream()
            .filter(ProcessView::isAlive)
            .map(ProcessView::id)
            .toList());
  }

  private void explain(ProcessId process) {
    selection.select(process);
    dock.show("inspector");
  }

  private void openTerminal(int node) {
    selection.selectNode(node);
    actions.find("terminal.open").ifPresent(Action::fire);
  }

  /** Everything that can be found by name now. */
  private List<Found> found() {
    List<Found> hits = new ArrayList<>();
    for (Action action : actions.all()) {
      hits.add(
          new Found(
              action.icon() == null ? Feather.CHEVRON_RIGHT : action.icon(),
              messages.of(action.labelKey()),
              messages.of(action.id().startsWith("window.") ? "search.window" : "search.action"),
              action.keyText(),
              action.enabled().get() ? "" : messages.of(action.reasonKey()),
              action::fire));
    }
    for (Setting setting : desk.all()) {
      hits.add(
          hit(
              Feather.SETTINGS,
              messages.of("setting." + setting.id()),
              "search.setting",
              () -> showSetting(setting)));
    }
    for (NodeView node : bridge.frame().view().nodes()) {
      hits.add(
          hit(
              Feather.SERVER,
              node.spec().name(),
              "search.node",
              () -> selection.selectNode(node.spec().id())));
    }
    for (ProcessView process : bridge.frame().view().processes()) {
      hits.add(
          hit(
              Feather.CPU,
              process.program() + " " + process.id(),
              "search.process",
              () -> selection.select(process.id())));
    }
    for (ProgramCard card : shelf.cards()) {
      if (!card.source().isEmpty()) {
        hits.add(hit(Feather.CODE, card.sourceName(), "search.source", () -> showSource(card)));
      }
    }
    for (WorkbenchStart.Choice choice : start.scenarios()) {
      hits.add(
          hit(
              Feather.LAYERS,
              choice.title().in(messages.languageTag()),
              "search.scenario",
              () -> open(choice)));
    }
    return hits;
  }

  private Found hit(Ikon icon, String text, String kindKey, Runnable choose) {
    return Found.of(icon, text, messages.of(kindKey), choose);
  }

  /** What panels find for the words typed. */
  private List<Found> asked(String query) {
    return alsoAsked.stream().flatMap(source -> source.apply(query).stream()).toList();
  }

  private void showSetting(Setting setting) {
    openSettings();
    Node field = root.lookup("#settings-search");
    if (field instanceof TextField search) {
      search.setText(messages.of("setting." + setting.id()));
      search.requestFocus();
    }
  }

  private void showSource(ProgramCard card) {
    String id = "source:" + card.name();
    openEditor(
        id,
        new SimpleStringProperty(card.sourceName()),
        Feather.FILE_TEXT,
        () -> {
          // What is built of a sample stands beside it: the sample stays what its card says.
          SourceViewModel model =
              new SourceViewModel(
                  card.sourceName(),
                  "my-" + card.name(),
                  card.source(),
                  start.settings() == null
                      ? null
                      : start.settings().resolveSibling("sources").resolve(card.sourceName()),
                  settings.of(DeskSettings.COMPILER)::get,
                  Platform::runLater,
                  files::take);
          model.outcomeProperty().subscribe(told -> told.ifPresent(it -> tell(it, card)));
          return new SourceView(model, messages, Desk.TYPING);
        });
  }

  /** A build that failed is a problem that leads back to the source. */
  private void tell(Problem outcome, ProgramCard card) {
    Notice notice = new Notice(Notice.Severity.WARNING, outcome, "", -1, List.of());
    switch (outcome.key()) {
      case "source.failed", "source.failed-otherwise" ->
          notices.post(notice.with("source.show", () -> showSource(card)));
      case "source.no-compiler", "source.no-such-compiler" ->
          notices.post(
              notice.with("source.open-settings", () -> showSetting(DeskSettings.COMPILER)));
      default -> {
        // The bar of the source says it.
      }
    }
  }

  // ------------------------------------------------------------------------------ launching

  private Node palette() {
    return new ProgramPalette(
        shelf, dragLayer, canvas, messages, this::launch, this::launchOnSelected, this::showSource);
  }

  private void launch(LaunchRequest request, boolean ask) {
    if (ask) {
      LaunchDialog.ask(
          window(),
          request,
          canvas.nodeName(request.node()),
          messages,
          this::dress,
          answer -> launch(answer, false));
      return;
    }
    context
        .verbs()
        .launch(
            request.node(),
            request.program(),
            request.arguments(),
            request.count(),
            request.locked());
  }

  private void launchOnSelected(ProgramCard card) {
    int node =
        selection
            .leadNode()
            .orElseGet(
                () ->
                    bridge.frame().view().nodes().stream()
                        .filter(n -> n.status() == NodeView.Status.UP)
                        .map(n -> n.spec().id())
                        .findFirst()
                        .orElse(0));
    if (node != 0) {
      launch(new LaunchRequest(node, card.name(), card.arguments(), 1, false), false);
    }
  }

  private void dress(Dialog<?> dialog) {
    theme.dress(dialog.getDialogPane());
  }

  // ------------------------------------------------------------------------------ desk

  @Override
  public void findAlso(Function<String, List<Found>> source) {
    alsoAsked.add(source);
  }

  @Override
  public void openEditor(
      String id, ObservableValue<String> title, Ikon icon, Supplier<Node> content) {
    dock.openEditor(id, title, icon, true, content);
  }

  @Override
  public void closeEditor(String id) {
    dock.closeEditor(id);
  }

  @Override
  public void showCanvas() {
    dock.openEditor(
        "canvas", messages.binding("window.canvas"), Feather.SHARE_2, false, () -> canvas);
  }

  @Override
  public void showToolWindow(String id) {
    dock.show(id);
  }

  @Override
  public Window window() {
    return scene.getWindow();
  }

  @Override
  public void reveal(Path file) {
    copy(file.toString());
    Thread.ofVirtual().start(() -> browse(file.toFile()));
  }

  private static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }

  private static void browse(File file) {
    try {
      if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.OPEN)) {
        Desktop.getDesktop().open(file.isDirectory() ? file : file.getParentFile());
      }
    } catch (IOException | UnsupportedOperationException e) {
      // There is no file manager; the path is on the clipboard.
    }
  }

  private void chooseRecording() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.of("action.file.open"));
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(messages.of("file.kind.recording"), "*.godwit"));
    File chosen = chooser.showOpenDialog(window());
    if (chosen != null) {
      files.take(chosen.toPath());
    }
  }

  private void chooseProgram() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.of("action.file.addprogram"));
    File chosen = chooser.showOpenDialog(window());
    if (chosen != null) {
      files.take(chosen.toPath());
    }
  }

  private void welcome() {
    if (root.lookup("#welcome") != null) {
      return;
    }
    StackPane shade = new StackPane();
    shade.getStyleClass().add("welcome-shade");
    Runnable close =
        () -> {
          root.getChildren().remove(shade);
          settings.put(WELCOMED, "true");
          canvas.requestFocus();
        };
    StringProperty again = settings.of(DeskSettings.WELCOME);
    WelcomeCard card =
        new WelcomeCard(
            messages,
            start.scenarios(),
            recent,
            Boolean.parseBoolean(again.get()),
            new WelcomeCard.Doors(
                after(close, this::seeItMigrate),
                after(close, this::tour),
                after(close, this::chooseRecording),
                after(close, this::openSettings),
                choice -> after(close, () -> open(choice)).run(),
                wanted -> again.set(Boolean.toString(wanted)),
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
  }

  private static Runnable after(Runnable first, Runnable then) {
    return () -> {
      first.run();
      then.run();
    };
  }

  /** One click: the demo cluster with one spin more than its first node has CPUs. */
  private void seeItMigrate() {
    start.scenarios().stream().findFirst().ifPresent(this::open);
    int before = bridge.frame().session();
    demonstration =
        frame -> {
          if (frame.session() <= before || frame.view().nodes().isEmpty()) {
            return false;
          }
          NodeView first = frame.view().nodes().getFirst();
          bridge.setPace(Pace.REAL_TIME);
          bridge.run();
          context
              .verbs()
              .launch(first.spec().id(), "spin", List.of(), first.spec().cpus() + 1, false);
          return true;
        };
  }

  private void tour() {
    tour.begin();
  }

  private void about() {
    Alert alert = new Alert(Alert.AlertType.INFORMATION);
    alert.initOwner(window());
    alert.setTitle(messages.of("action.help.about"));
    alert.setHeaderText("Godwit");
    alert.setContentText(
        messages.of(
            "about.text",
            System.getProperty("java.runtime.version", ""),
            System.getProperty("javafx.runtime.version", ""),
            System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "")));
    dress(alert);
    alert.show();
  }

  /** Title of the window, following session and language. */
  public ObservableValue<String> title() {
    return Bindings.createStringBinding(
        () -> {
          var scenario = bridge.frame().scenario();
          return scenario == null
              ? "Godwit"
              : "Godwit - " + scenario.title().in(messages.languageTag());
        },
        bridge.frameProperty(),
        messages.languageProperty());
  }
}
