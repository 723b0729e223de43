package org.godwit.app.workbench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.godwit.app.action.Action;
import org.godwit.app.action.ActionList;
import org.godwit.app.action.Keymap;
import org.godwit.app.action.UndoList;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.EngineFault;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.bridge.SessionOpener;
import org.godwit.app.canvas.CanvasTools;
import org.godwit.app.canvas.ClusterCanvas;
import org.godwit.app.notice.Notice;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.palette.ProgramShelf;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.selection.VisitedPlaces;
import org.godwit.app.settings.Setting;
import org.godwit.app.settings.SettingsStore;
import org.godwit.app.settings.SettingsView;
import org.godwit.app.settings.SettingsViewModel;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/**
 * The main window's content: puts menu, toolbar, docking, canvas, palette, status bar and toasts
 * together and keeps them fed. What can be done stands in {@link WorkbenchActions} and {@link
 * PanelActions}, the session's comings and goings in {@link OpenSession}.
 *
 * <p>Needs no stage, so that tests and pictures can show it anywhere; {@link #pulse} is called once
 * per pulse by whoever shows it. FX thread only.
 */
public final class Workbench implements Desk {
  private static final double STATUS_MILLIS = 250;

  /** What builds a program for a node; offered when somebody drops one that was not. */
  private static final String BUILD_COMMAND =
      "riscv64-linux-gnu-gcc -O2 -static -o program program.c";

  /** Height of menu, toolbar and status bar together, for the first layout. */
  private static final double CHROME = 132;

  private static final String KEY = "key.";

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
  private final Conditions conditions = new Conditions();
  private final WorkbenchContext context;
  private final ClusterCanvas canvas;
  private final DockArea dock;
  private final Arrangement arrangement;
  private final List<ToolWindow> windows;
  private final PresenterLayer presenter = new PresenterLayer();
  private final TourViewModel tour = new TourViewModel();
  private final TourCard tourCard;
  private final OpenSession session;
  private final WelcomeDoor welcome;
  private final Updates updates;
  private final Findable findable;
  private final SourceTabs sources;
  private final WorkbenchBar bar;
  private final TimeBar time;
  private final ReplayTask replay;
  private final StatusLine status;
  private final Toasts toasts;
  private final MigrateKeys migrateKeys;
  private final DroppedFiles files;
  private final Region pastFrame = new Region();
  private final Pane dragLayer = new Pane();
  private final StackPane root = new StackPane();
  private final SearchEverywhere search;
  private final TipCard tips;
  private final Scene scene;
  private final FirstFrame first = new FirstFrame();
  private double statusIn;

  /** The content for {@code start}, driven by {@code bridge}; opens nothing yet. */
  public Workbench(WorkbenchStart start, EngineBridge bridge, double width, double height) {
    this.start = start;
    this.bridge = bridge;
    this.settings = SettingsStore.read(start.settings());
    this.desk = new DeskSettings(start.language(), start.variant(), start.settings() != null);
    this.messages = new Messages(Locale.forLanguageTag(settings.of(desk.language()).get()));
    this.theme = new Theme(LiveSettings.variant(settings.of(desk.look()).get()));
    LiveSettings live = new LiveSettings(settings, desk, theme);
    this.tourCard = new TourCard(tour, messages);
    this.keymap = new Keymap(actions, (id, text) -> settings.put(KEY + id, text));
    theme.languageProperty().bind(messages.languageProperty());
    ProgramShelf shelf = new ProgramShelf(start.programs());
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
            new ProgramLooks(shelf),
            this);
    this.canvas =
        new ClusterCanvas(
            new CanvasTools(
                bridge,
                selection,
                messages,
                theme,
                context.looks(),
                notices,
                context.verbs()::submitAll,
                this::explain,
                this::openTerminal,
                undo,
                live.canvas()));
    this.status = new StatusLine(messages);
    this.migrateKeys = new MigrateKeys(context, status);
    this.files = new DroppedFiles(context, shelf, start.recordings());
    this.sources =
        new SourceTabs(context, settings, start.settings(), files::take, this::showSetting);
    VisitedPlaces visited = new VisitedPlaces(selection);
    this.session = new OpenSession(start, context, canvas, undo, visited, shelf, settings);
    this.findable =
        new Findable(
            context,
            desk.all(),
            start.scenarios(),
            new Findable.Doors(this::showSetting, sources::open, this::open));
    this.welcome =
        new WelcomeDoor(
            root,
            messages,
            start,
            settings,
            session.recent(),
            canvas,
            new WelcomeCard.Doors(
                session::demonstrate,
                tour::begin,
                this::chooseRecording,
                this::openSettings,
                this::open,
                again -> settings.of(DeskSettings.WELCOME).set(Boolean.toString(again)),
                () -> {}));
    new WorkbenchActions(context, canvas, undo, visited, conditions).declare(doors());
    this.updates = new Updates(context, settings, this::openSettings);
    updates.declare();
    start.recordings().declare(context);
    canvas.setEmpty(EmptyState.of(context, "canvas.empty", "cluster.addnode", "help.migrate"));
    Launching launching = new Launching(context, canvas);
    List<ToolWindow> all = new ArrayList<>(start.toolWindows());
    all.add(new ProgramsWindow(() -> launching.palette(shelf, dragLayer, sources::open)));
    all.sort(Comparator.comparing(ToolWindow::place).thenComparing(ToolWindow::order));
    this.windows = List.copyOf(all);
    this.bar = new WorkbenchBar(start, context, this::open);
    this.time = new TimeBar(context);
    this.replay = new ReplayTask(bridge, notices);
    windows.forEach(window -> window.prepare(context));
    this.dock = new DockArea(windows, messages, theme, window -> window.createView(context));
    this.arrangement = new Arrangement(dock, settings, windows, width, height - CHROME);
    new PanelActions(context, dock, arrangement, windows).declare();
    new HelpDoor(context, dock).declare();
    keymap.restore(settings.under(KEY));
    this.toasts = new Toasts(notices, messages, live::showsBalloon);
    showCanvas();
    WorkbenchMenus menus = new WorkbenchMenus(actions, messages, undo);
    pastFrame.getStyleClass().add("past-frame");
    pastFrame.setMouseTransparent(true);
    pastFrame.setVisible(false);
    StackPane middle = new StackPane(dock.region(), pastFrame);
    BorderPane frame = new BorderPane(middle);
    // With very large type not all has room: then the middle gives way, and no bar leaves the
    // window.
    middle.setMinSize(0, 0);
    frame.setMinSize(0, 0);
    frame.setTop(new VBox(menus.bar(desk, settings, windows, arrangement), bar));
    frame.setBottom(new VBox(new FutureTabs(context, this::showFuture), time, status));
    dragLayer.setPickOnBounds(false);
    dragLayer.setMouseTransparent(true);
    this.tips = new TipCard(settings, messages, canvas);
    root.getChildren().setAll(frame, tips, toasts, tourCard, dragLayer, presenter);

    root.getStyleClass().add("workbench");
    search =
        new SearchEverywhere(root, messages, findable::all, findable::asked, canvas::requestFocus);
    scene = new Scene(root, width, height);
    theme.dress(scene);
    files.listen(scene, welcome::close);
    KeyRoute keys = new KeyRoute(keymap, actions, dock, canvas);
    Consumer<Scene> listen =
        one -> {
          keys.listen(one);
          search.listen(one);
        };
    listen.accept(scene);
    dock.onOpened(listen);
    new MomentLink(bridge, selection);
    presenter.listen(scene);
    live.follow(messages);
    settings.of(DeskSettings.POLICIES).subscribe(folder -> start.policies().lookIn(folder));
    live.followType(arrangement, canvas, presenter);
    follow();
  }

  private WorkbenchActions.Doors doors() {
    return new WorkbenchActions.Doors(
        this::chooseRecording,
        () -> HostDesktop.chooseProgram(context, files::take),
        this::openSettings,
        this::quit,
        () -> migrateKeys.begin(dock().focusedScene()),
        () -> selection.leadProcess().ifPresent(this::explain),
        () -> search().open(),
        session::demonstrate,
        tour::begin,
        welcome::open,
        () -> AboutDialog.show(context));
  }

  private void follow() {
    selection.processes().addListener((ListChangeListener<ProcessId>) _ -> look());
    selection.nodes().addListener((ListChangeListener<Integer>) _ -> look());
    messages
        .languageProperty()
        .addListener(
            _ -> {
              search.reword();
              status.say("");
              // Nothing comes up from an engine that stands.
              show(bridge.frame());
            });
    bridge.onFrame(this::show);
    bridge.onFault(this::tell);
    bridge.onFrame(new PolicyNotices(notices)::take);
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

  /** The tool windows, in their order. */
  public List<ToolWindow> windows() {
    return windows;
  }

  /** The canvas. */
  public ClusterCanvas canvas() {
    return canvas;
  }

  /** Title of the window, following session and language. */
  public ObservableValue<String> title() {
    return session.title();
  }

  /** Opens the first session, and the welcome card at the first start. */
  public void begin() {
    session.first().ifPresent(this::open);
    canvas.requestFocus();
    if (welcome.isDue()) {
      welcome.open();
    }
    if (start.file() != null) {
      files.take(start.file());
    }
    arrangement.detach();
    updates.begin();
    start.recordings().begin(context);
  }

  /** Opens a session; the programs that the user brought come along. */
  public void open(WorkbenchStart.Choice choice) {
    bar.showChoice(choice);
    session.open(choice);
  }

  @Override
  public void openScenario(String name) {
    session.named(name).ifPresent(this::open);
  }

  @Override
  public void openSession(SessionOpener opener) {
    bar.showChoice(null);
    session.open(opener);
    showCanvas();
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
      status.show(running(), cancel());
      tips.look(bridge.frame(), tour.stepProperty().get().isPresent() || welcome.isOpen());
      bar.show(recording);
      arrangement.keep();
      session.keepPlaces();
      tourCard.follow();
      tour.look(bridge.frame().view(), search.isOpen());
    }
    presenter.tick(millis);
  }

  /** The window is about to be closed: what is open is left. */
  void leave() {
    arrangement.end();
    session.leave();
  }

  /** Keeps what is to be found at the next start; the window is about to close. */
  public void end() throws InterruptedException {
    arrangement.keep();
    session.keepPlaces();
    dock.close();
    session.recent().finish();
    settings.flush();
  }

  /** What the window remembers. */
  SettingsStore settings() {
    return settings;
  }

  /** What goes on in the background. */
  private List<Problem> running() {
    List<Problem> running =
        new ArrayList<>(notices.tasks().stream().map(NoticeBoard.Task::name).toList());
    if (bridge.branchingProperty().get()) {
      running.add(Problem.of("status.branching"));
    }
    return running;
  }

  /** The newest of what goes on that can be given up. */
  private Optional<Runnable> cancel() {
    return notices.tasks().reversed().stream().flatMap(task -> task.cancel().stream()).findFirst();
  }

  private void show(Frame frame) {
    session.show(frame);
    bar.show(frame);
    time.show(frame);
    replay.tell(frame);
    pastFrame.setVisible(frame.state() == RunState.PAST);
    look();
  }

  private void look() {
    conditions.update(bridge.frame(), selection);
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
            ? notice.with("notice.build-command", () -> HostDesktop.copy(BUILD_COMMAND))
            : notice);
  }

  // ------------------------------------------------------------------------------ where actions
  // lead

  private DockArea dock() {
    return dock;
  }

  private SearchEverywhere search() {
    return search;
  }

  private void quit() {
    leave();
    window().hide();
  }

  /** What was done in one future cannot be undone in another. */
  private void showFuture(int number) {
    undo.clear();
    bridge.showFuture(number);
  }

  private void explain(ProcessId process) {
    selection.select(process);
    dock.show("inspector");
    tour.whyAsked();
  }

  private void openTerminal(int node) {
    selection.selectNode(node);
    actions.find("terminal.open").ifPresent(Action::fire);
  }

  private void chooseRecording() {
    HostDesktop.chooseRecording(context, files::take);
  }

  private void openSettings() {
    openEditor(
        "settings",
        messages.binding("settings.title"),
        Feather.SETTINGS,
        () ->
            new SettingsView(
                new SettingsViewModel(settings, desk.all(), actions, keymap, messages),
                messages,
                this::window));
  }

  private void showSetting(Setting setting) {
    openSettings();
    Node field = root.lookup("#settings-search");
    if (field instanceof TextField typed) {
      typed.setText(messages.of("setting." + setting.id()));
      typed.requestFocus();
    }
  }

  /** Gives a tool window a window of its own. */
  void detach(String id) {
    dock.detach(id);
  }

  /** When the first frame that could be worked with came. */
  FirstFrame first() {
    return first;
  }

  /** Asks for a newer release as a start does. */
  void askForUpdates() {
    updates.begin();
  }

  /** What the next undo would take back, in words; empty if there is nothing. */
  String undoName() {
    int done = undo.doneProperty().get();
    return done == 0 ? "" : messages.problem(undo.deeds().get(done - 1).name());
  }

  // ------------------------------------------------------------------------------ desk

  @Override
  public void findAlso(Function<String, List<Found>> source) {
    findable.findAlso(source);
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
  public void announce(String sentence) {
    status.say(sentence);
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
    HostDesktop.reveal(file);
  }
}
