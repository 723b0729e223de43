package org.godwit.app.panel.terminal;

import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.godwit.app.workbench.EmptyState;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.model.view.NodeView;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** The terminals of a session as tabs, one for each login. FX thread only. */
public final class TerminalsView extends StackPane {
  /** The console at which the boot profiles have a getty. */
  private static final String CONSOLE = "tty1";

  private final WorkbenchContext context;
  private final Messages messages;
  private final TerminalsViewModel model;
  private final Roster roster;
  private final Figures figures;
  private final TabPane tabs = new TabPane();
  private final MenuButton fresh = new MenuButton();

  /** Whose tab somebody wants to close though programs run there. */
  private final ObjectProperty<Login> asked = new SimpleObjectProperty<>(this, "asked");

  /** The terminals of a window. */
  public TerminalsView(
      WorkbenchContext context, TerminalsViewModel model, Roster roster, Figures figures) {
    this.context = context;
    this.messages = context.messages();
    this.model = model;
    this.roster = roster;
    this.figures = figures;
    Widgets.panel(this, "terminal");
    tabs.setId("terminal-tabs");
    tabs.setFocusTraversable(
        false); // The keyboard belongs to the terminals; Ctrl+Tab goes through.
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
    tabs.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, before, tab) -> {
              if (tab != null) {
                // Chosen by hand, not brought forward for what is selected already.
                boolean chosen = before != null && model.selectedProperty().get() != login(tab);
                model.selectedProperty().set(login(tab));
                if (chosen) {
                  context.selection().selectNode(login(tab).node());
                }
                if (hasKeyboard()) {
                  Platform.runLater(pane(tab)::requestFocus);
                }
              }
            });
    EmptyState empty = EmptyState.of(context, "terminal.empty", "terminal.open");
    HBox tools = tools();
    getChildren().addAll(tabs, empty, tools);
    setAlignment(tools, Pos.TOP_RIGHT);
    model.logins().forEach(this::add);
    model
        .logins()
        .addListener(
            (ListChangeListener<Login>)
                change -> {
                  while (change.next()) {
                    change.getRemoved().forEach(this::remove);
                    change.getAddedSubList().forEach(this::add);
                  }
                });
    model.selectedProperty().subscribe(this::bringToFront);
    Runnable fill =
        () -> {
          boolean none = model.logins().isEmpty();
          empty.setVisible(none);
          tabs.setVisible(!none);
        };
    model.logins().addListener((ListChangeListener<Login>) _ -> fill.run());
    fill.run();
  }

  private HBox tools() {
    fresh.setId("terminal-new");
    fresh.setGraphic(Widgets.icon(Feather.PLUS));
    fresh.getStyleClass().add("flat-button");
    fresh.setTooltip(Widgets.tip(messages.binding("terminal.new")));
    fresh.accessibleTextProperty().bind(messages.binding("terminal.new"));
    fresh.getItems().setAll(new MenuItem("-"));
    fresh.setOnShowing(
        _ -> fresh.getItems().setAll(model.nodes().stream().flatMap(this::on).toList()));
    Node find =
        tool(
            "terminal-find",
            Feather.SEARCH,
            "terminal.find",
            () -> pane().ifPresent(this::openFind));
    Node clear =
        tool(
            "terminal-clear",
            Feather.TRASH_2,
            "terminal.clear",
            () -> pane().ifPresent(TerminalPane::clear));
    Node large =
        tool(
            "terminal-large",
            Feather.MAXIMIZE_2,
            "action.view.maximise",
            () ->
                pane()
                    .ifPresent(
                        pane -> {
                          pane.requestFocus();
                          context.actions().find("view.maximise").ifPresent(a -> a.fire());
                          Platform.runLater(pane::requestFocus);
                        }));
    HBox tools = new HBox(fresh, find, clear, large);
    tools.getStyleClass().add("terminal-tools");
    tools.setPickOnBounds(false);
    tools.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    return tools;
  }

  /** What one can open on a node: a login, and the console if it has booted. */
  private Stream<MenuItem> on(NodeView node) {
    int id = node.spec().id();
    String name = node.spec().name();
    MenuItem login = item(name, () -> model.open(id));
    return node.spec().boots()
        ? Stream.of(
            login,
            item(
                messages.of("terminal.console", name, CONSOLE),
                () -> model.openConsole(id, CONSOLE)))
        : Stream.of(login);
  }

  private static MenuItem item(String text, Runnable does) {
    MenuItem item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setOnAction(_ -> does.run());
    return item;
  }

  private Button tool(String id, Ikon icon, String key, Runnable does) {
    Button button = new Button(null, Widgets.icon(icon));
    button.setId(id);
    button.getStyleClass().add("flat-button");
    ObservableValue<String> text = messages.binding(key);
    button.setTooltip(Widgets.tip(text));
    button.accessibleTextProperty().bind(text);
    button.setFocusTraversable(false);
    button.setOnAction(_ -> does.run());
    return button;
  }

  private Optional<TerminalPane> pane() {
    Tab tab = tabs.getSelectionModel().getSelectedItem();
    return Optional.ofNullable(tab).map(TerminalsView::pane);
  }

  private static TerminalPane pane(Tab tab) {
    return (TerminalPane) ((BorderPane) tab.getContent()).getCenter();
  }

  private static Login login(Tab tab) {
    return (Login) tab.getUserData();
  }

  private Optional<Tab> tab(Login login) {
    return tabs.getTabs().stream().filter(tab -> login(tab) == login).findFirst();
  }

  // ---------------------------------------------------------------------------------------- tabs

  private void add(Login login) {
    Tab tab = new Tab(roster.node(login.node()) + " " + login.tty());
    tab.setUserData(login);
    tab.setGraphic(Widgets.icon(Feather.TERMINAL));
    TerminalPane[] made = new TerminalPane[1];
    TerminalPane pane =
        new TerminalPane(model, login, messages, context.theme(), () -> openFind(made[0]));
    made[0] = pane;
    pane.accessibleTextProperty().bind(messages.binding("terminal.of", tab.getText()));
    BorderPane content = new BorderPane(pane);
    content.setBottom(strip(login));
    tab.setContent(content);
    tab.setOnCloseRequest(
        e -> {
          e.consume();
          close(login);
        });
    tabs.getTabs().add(tab);
    if (model.selectedProperty().get() == login) {
      bringToFront(login);
    }
  }

  private void remove(Login login) {
    tab(login).ifPresent(tabs.getTabs()::remove);
  }

  private void bringToFront(Login login) {
    if (login == null) {
      return;
    }
    tab(login)
        .ifPresent(
            tab -> {
              tabs.getSelectionModel().select(tab);
              if (model.takeKeyboard(login)) {
                Platform.runLater(pane(tab)::requestFocus);
              }
            });
  }

  /** Whether the keyboard is at something of this view. */
  private boolean hasKeyboard() {
    Node at = getScene() == null ? null : getScene().getFocusOwner();
    while (at != null && at != this) {
      at = at.getParent();
    }
    return at != null;
  }

  /** Asks, below the screen, only where something would be lost. */
  private void close(Login login) {
    if (model.jobs(login).isEmpty()) {
      model.close(login);
      return;
    }
    asked.set(login);
    model.selectedProperty().set(login);
    tab(login).ifPresent(tab -> pane(tab).requestFocus());
  }

  // --------------------------------------------------------------------------- below the screen

  /** What is to be known of a terminal that is not just a shell that waits: one sentence. */
  private HBox strip(Login login) {
    Label text = new Label();
    text.setMinWidth(0);
    Hyperlink first = new Hyperlink();
    Hyperlink second = new Hyperlink();
    HBox strip = new HBox(8, text, first, second);
    strip.getStyleClass().add("terminal-strip");
    strip.setAlignment(Pos.CENTER_LEFT);
    Runnable word =
        () -> {
          String said = state(login);
          strip.setVisible(!said.isEmpty());
          strip.setManaged(!said.isEmpty());
          text.setText(said);
          link(first, "", () -> {});
          link(second, "", () -> {});
          if (model.momentProperty().get().isPresent()) {
            return;
          }
          if (asked.get() == login) {
            link(first, "terminal.close.yes", () -> model.close(login));
            link(second, "terminal.close.no", () -> keep(login));
          } else if (!login.isOpen()) {
            link(first, "terminal.again", () -> model.again(login));
            link(second, "terminal.close", () -> model.close(login));
          } else if (model.timeStandsProperty().get()) {
            link(first, "terminal.run", context.bridge()::run);
          }
        };
    login.stateProperty().subscribe(word);
    Widgets.whileShown(
        strip,
        () ->
            messages
                .languageProperty()
                .subscribe(_ -> word.run())
                .and(asked.subscribe(_ -> word.run()))
                .and(model.timeStandsProperty().subscribe(_ -> word.run()))
                .and(model.momentProperty().subscribe(_ -> word.run())));
    return strip;
  }

  private void keep(Login login) {
    asked.set(null);
    tab(login).ifPresent(tab -> pane(tab).requestFocus());
  }

  private void link(Hyperlink link, String key, Runnable does) {
    link.setVisible(!key.isEmpty());
    link.setManaged(!key.isEmpty());
    link.setId(key.replace('.', '-'));
    link.setText(key.isEmpty() ? "" : messages.of(key));
    link.setOnAction(_ -> does.run());
  }

  private String state(Login login) {
    if (model.momentProperty().get().isPresent()) {
      return messages.of(
          "terminal.past", figures.shortInstant(model.momentProperty().get().getAsLong()));
    }
    if (login.isOpen() && asked.get() == login) {
      return messages.of("terminal.close.text", String.join(", ", model.jobs(login)));
    }
    if (login.isOpen()) {
      return model.timeStandsProperty().get() ? messages.of("terminal.stands") : "";
    }
    if (login.signal() > 0) {
      return messages.of("terminal.killed", login.signal());
    }
    return login.status() < 0
        ? messages.of("terminal.down", roster.node(login.node()))
        : messages.of("terminal.ended", login.status());
  }

  // ------------------------------------------------------------------------------------- finding

  private void openFind(TerminalPane pane) {
    BorderPane around = (BorderPane) pane.getParent();
    if (around.getTop() == null) {
      around.setTop(findBar(pane, around));
    }
    around.getTop().lookup(".text-field").requestFocus();
  }

  private HBox findBar(TerminalPane pane, BorderPane around) {
    TextField field = new TextField();
    field.setId("terminal-find-text");
    field.promptTextProperty().bind(messages.binding("terminal.find"));
    field.accessibleTextProperty().bind(messages.binding("terminal.find"));
    field.setText(pane.selectedText().lines().findFirst().orElse(""));
    Label count = new Label();
    count.setId("terminal-found");
    count.getStyleClass().addAll("caption", "mono");
    Runnable tell =
        () ->
            count.setText(
                field.getText().isEmpty()
                    ? ""
                    : messages.of("terminal.found", pane.foundAt() + 1, pane.foundCount()));
    Runnable look =
        () -> {
          pane.find(field.getText());
          tell.run();
        };
    Runnable done =
        () -> {
          pane.find("");
          around.setTop(null);
          pane.requestFocus();
        };
    Runnable before =
        () -> {
          pane.nextFound(-1);
          tell.run();
        };
    Runnable after =
        () -> {
          pane.nextFound(1);
          tell.run();
        };
    field.textProperty().subscribe(_ -> look.run());
    field.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ENTER) {
            (e.isShiftDown() ? after : before).run();
            e.consume();
          } else if (e.getCode() == KeyCode.ESCAPE) {
            done.run();
            e.consume();
          }
        });
    HBox bar =
        Widgets.bar(
            field,
            count,
            tool("terminal-find-before", Feather.CHEVRON_UP, "terminal.find.before", before),
            tool("terminal-find-after", Feather.CHEVRON_DOWN, "terminal.find.after", after),
            tool("terminal-find-close", Feather.X, "terminal.find.close", done));
    bar.setAlignment(Pos.CENTER_LEFT);
    return bar;
  }
}
