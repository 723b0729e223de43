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
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Alert;
import javafx.scene.control.Dialog;
import javafx.scene.control.TextInputControl;
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
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.godwit.app.action.Action;
import org.godwit.app.action.ActionList;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.EngineFault;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.bridge.Step;
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
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;
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
  private static final double CHROME = 98;

  private final WorkbenchStart start;
  private final EngineBridge bridge;
  private final WorkbenchSettings settings;
  private final Messages messages;
  private final Theme theme;
  private final SelectionModel selection = new SelectionModel();
  private final NoticeBoard notices = new NoticeBoard();
  private final ActionList actions = new ActionList();
  private final ProgramShelf shelf;
  private final WorkbenchContext context;
  private final ClusterCanvas canvas;
  private final DockArea dock;
  private final WorkbenchBar bar;
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
  private final BooleanProperty hasSession = new SimpleBooleanProperty();
  private double statusIn;

  /** The content for {@code start}, driven by {@code bridge}; opens nothing yet. */
  public Workbench(WorkbenchStart start, EngineBridge bridge, double width, double height) {
    this.start = start;
    this.bridge = bridge;
    this.settings = WorkbenchSettings.read(start.settings());
    this.messages = new Messages(settings.language(start.language()));
    this.theme = new Theme(settings.look(start.variant()));
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
            new ClusterVerbs(bridge, notices),
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
                context.verbs()::submit,
                this::explain));
    this.status = new StatusLine(messages);
    this.migrateKeys = new MigrateKeys(context, status);
    this.files = new DroppedFiles(context, shelf, start.recordings());
    declareActions();
    List<ToolWindow> windows = new ArrayList<>(start.toolWindows());
    windows.add(new ProgramsWindow(this::palette));
    windows.sort(Comparator.comparing(ToolWindow::place).thenComparing(ToolWindow::order));
    this.bar = new WorkbenchBar(start, context, this::open);
    this.dock =
        new DockArea(
            windows, messages, window -> window.createView(context), width, height - CHROME);
    this.toasts = new Toasts(notices, messages);
    dock.openEditor(
        "canvas", messages.binding("window.canvas"), Feather.SHARE_2, false, () -> canvas);
    BorderPane frame = new BorderPane(dock.region());
    frame.setTop(
        new VBox(new WorkbenchMenus(actions, messages).bar(context, windows, dock::show), bar));
    frame.setBottom(status);
    dragLayer.setPickOnBounds(false);
    dragLayer.setMouseTransparent(true);
    root.getChildren().setAll(frame, toasts, dragLayer);
    root.getStyleClass().add("workbench");
    search = new SearchEverywhere(root, messages, () -> found(windows), canvas::requestFocus);
    scene = new Scene(root, width, height);
    theme.dress(scene);
    files.listen(scene);
    guardTyping();
    remember();
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
    start.first().or(() -> start.scenarios().stream().findFirst()).ifPresent(this::open);
    canvas.requestFocus();
    if (!settings.isWelcomed() && start.settings() != null && start.file() == null) {
      welcome();
    }
    if (start.file() != null) {
      files.take(start.file());
    }
  }

  /** Opens a session; the programs that the user brought come along. */
  public void open(WorkbenchStart.Choice choice) {
    bar.showChoice(choice);
    selection.clear();
    bridge.open(choice.opener(), start.run());
    shelf.own().forEach(own -> bridge.addProgram(own.getKey(), own.getValue(), () -> {}));
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
    }
  }

  private void show(Frame frame) {
    bar.show(frame);
    hasSession.set(frame.session() > 0 && frame.state() != RunState.FAILED);
    hasProcesses.set(!selection.processes().isEmpty());
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

  private void remember() {
    messages.languageProperty().addListener((_, _, chosen) -> settings.setLanguage(chosen));
    theme.variantProperty().addListener((_, _, chosen) -> settings.setLook(chosen));
    selection.processes().addListener((ListChangeListener<ProcessId>) _ -> show(bridge.frame()));
    selection.nodes().addListener((ListChangeListener<Integer>) _ -> show(bridge.frame()));
  }

  // ------------------------------------------------------------------------------ actions

  private void declareActions() {
    ObservableBooleanValue always = Action.ALWAYS;
    action("file.open", Feather.FOLDER, ctrl(KeyCode.O), always, this::chooseRecording);
    action("file.addprogram", Feather.PLUS_SQUARE, null, hasSession, this::chooseProgram);
    action("file.quit", null, ctrl(KeyCode.Q), always, () -> window().hide());
    action("edit.selectall", null, ctrl(KeyCode.A), hasSession, this::selectAll);
    action(
        "edit.delete", Feather.TRASH_2, key(KeyCode.DELETE), hasSelection, canvas::deleteSelection);
    action("view.fit", Feather.MAXIMIZE, ctrl(KeyCode.DIGIT0), always, canvas::fit);
    action("view.zoomin", Feather.ZOOM_IN, ctrl(KeyCode.PLUS), always, () -> canvas.zoom(1.25));
    action("view.zoomout", Feather.ZOOM_OUT, ctrl(KeyCode.MINUS), always, () -> canvas.zoom(0.8));
    action(
        "view.canvasonly",
        Feather.MAXIMIZE_2,
        new KeyCodeCombination(
            KeyCode.F12, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
        always,
        () -> dock.toggleEditorsOnly());
    action("cluster.addnode", Feather.SERVER, key(KeyCode.N), hasSession, canvas::addNode);
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
    action(
        "help.search",
        Feather.SEARCH,
        new KeyCodeCombination(KeyCode.A, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
        always,
        this::openSearch);
    action("help.welcome", null, null, always, this::welcome);
    action("help.about", Feather.INFO, null, always, this::about);
  }

  private void action(
      String id, Ikon icon, KeyCombination key, ObservableBooleanValue enabled, Runnable handler) {
    actions.add(new Action(id, icon, key, enabled, handler));
  }

  private static KeyCombination ctrl(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
  }

  private static KeyCombination key(KeyCode code) {
    return new KeyCodeCombination(code);
  }

  /** Plain letters are shortcuts, but never while somebody types. */
  private void guardTyping() {
    scene.addEventHandler(
        KeyEvent.KEY_PRESSED,
        e -> {
          boolean plain = !e.isShortcutDown() && !e.isAltDown();
          if (plain && scene.getFocusOwner() instanceof TextInputControl && !isFunctionKey(e)) {
            e.consume();
          }
        });
  }

  private static boolean isFunctionKey(KeyEvent e) {
    return e.getCode().isFunctionKey() || e.getCode() == KeyCode.ESCAPE;
  }

  private List<ProcessId> selected() {
    return List.copyOf(selection.processes());
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

  private void openSearch() {
    search.open();
  }

  /** Everything that can be found by name now. */
  private List<SearchEverywhere.Hit> found(List<ToolWindow> windows) {
    List<SearchEverywhere.Hit> hits = new ArrayList<>();
    for (Action action : actions.all()) {
      hits.add(
          new SearchEverywhere.Hit(
              action.icon() == null ? Feather.CHEVRON_RIGHT : action.icon(),
              messages.of(action.labelKey()),
              messages.of("search.action"),
              action.key() == null ? "" : action.key().getDisplayText(),
              action.enabled().get(),
              action::fire));
    }
    for (ToolWindow window : windows) {
      hits.add(
          hit(
              window.icon(),
              messages.of(window.titleKey()),
              "search.window",
              () -> dock.show(window.id())));
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

  private SearchEverywhere.Hit hit(Ikon icon, String text, String kindKey, Runnable choose) {
    return new SearchEverywhere.Hit(icon, text, messages.of(kindKey), "", true, choose);
  }

  private void showSource(ProgramCard card) {
    openEditor(
        "source:" + card.name(),
        new SimpleStringProperty(card.sourceName()),
        Feather.FILE_TEXT,
        () -> SourceView.of(card));
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
  public void openEditor(
      String id, ObservableValue<String> title, Ikon icon, Supplier<Node> content) {
    dock.openEditor(id, title, icon, true, content);
  }

  @Override
  public void closeEditor(String id) {
    dock.closeEditor(id);
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
          settings.setWelcomed();
          canvas.requestFocus();
        };
    WelcomeCard card = new WelcomeCard(messages, close);
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
