package org.godwit.app.panel.terminal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.app.bridge.RunState;
import org.godwit.model.command.Command;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.godwit.model.view.TerminalView;

/**
 * The logins of a session. They come from its events alone, so that a recording, a rewound session
 * and a scenario's own terminals show as those that a person opened do. FX thread only.
 */
public final class TerminalsViewModel {
  /** Lines of a window whose size is not known yet. */
  private static final int ROWS = 24;

  private static final int COLUMNS = 80;

  private final Consumer<Command> commands;
  private final ObservableList<Login> logins = FXCollections.observableArrayList();
  private final ObservableList<Login> loginsView = FXCollections.unmodifiableObservableList(logins);
  private final ObjectProperty<Login> selected = new SimpleObjectProperty<>(this, "selected");
  private final ReadOnlyBooleanWrapper timeStands = new ReadOnlyBooleanWrapper(this, "timeStands");
  private final ReadOnlyObjectWrapper<OptionalLong> moment =
      new ReadOnlyObjectWrapper<>(this, "moment", OptionalLong.empty());
  private final Set<String> names = new HashSet<>();

  /** Logins whose tabs somebody has closed; they do not come back. */
  private final Set<String> closed = new HashSet<>();

  /** Logins that the events have yet to name again. */
  private final Set<Login> forgotten = new HashSet<>();

  private String awaited = "";
  private int rows = ROWS;
  private int columns = COLUMNS;
  private ClusterView view;

  /**
   * No logins yet.
   *
   * @param commands carries out a command and tells of a refusal
   */
  public TerminalsViewModel(Consumer<Command> commands) {
    this.commands = Objects.requireNonNull(commands);
  }

  // ------------------------------------------------------------------------------ what is there

  /** The logins that have a tab, in the order in which they were opened. Unmodifiable. */
  public ObservableList<Login> logins() {
    return loginsView;
  }

  /** The login in front, or null. */
  public ObjectProperty<Login> selectedProperty() {
    return selected;
  }

  /** Whether virtual time stands, so that nobody reads what is typed. */
  public ReadOnlyBooleanProperty timeStandsProperty() {
    return timeStands.getReadOnlyProperty();
  }

  /** The moment of the past that is seen, if it is one: nothing can be typed there. */
  public ReadOnlyObjectProperty<OptionalLong> momentProperty() {
    return moment.getReadOnlyProperty();
  }

  /** The nodes that one can log in to now. */
  public List<NodeView> nodes() {
    return view == null
        ? List.of()
        : view.nodes().stream().filter(n -> n.status() == NodeView.Status.UP).toList();
  }

  // --------------------------------------------------------------------------------- what one does

  /** Logs in to a node: a shell on a terminal of its own, which comes to the front. */
  public void open(int node) {
    open(node, "/bin/sh", List.of("-l"));
  }

  /** Brings a terminal of a node to the front, if there is one and none is in front already. */
  public void bringForward(int node) {
    Login front = selected.get();
    if (front == null || front.node() != node) {
      loginsView.stream().filter(each -> each.node() == node).findFirst().ifPresent(selected::set);
    }
  }

  /** Sits down at a console of a node that has booted, {@code tty1} to {@code tty6}. */
  public void openConsole(int node, String tty) {
    open(node, "/dev/" + tty, List.of());
  }

  private void open(int node, String program, List<String> arguments) {
    int number = names.size() + 1;
    while (names.contains("login" + number)) {
      number++;
    }
    awaited = "login" + number;
    names.add(awaited);
    commands.accept(new Command.OpenTerminal(awaited, node, program, arguments, rows, columns));
  }

  /** Whether somebody who has just logged in waits to type there; asked once. */
  public boolean takeKeyboard(Login login) {
    boolean waits = login.id().equals(awaited);
    if (waits) {
      awaited = "";
    }
    return waits;
  }

  /** The window of a login has this size now; those that are opened next begin with it. */
  public void sized(Login login, int newRows, int newColumns) {
    rows = newRows;
    columns = newColumns;
    login.resize(newRows, newColumns);
  }

  /** Closes a tab; a program that still runs is hung up. */
  public void close(Login login) {
    if (login.isOpen()) {
      commands.accept(new Command.CloseTerminal(login.id()));
    }
    closed.add(login.id());
    remove(login);
  }

  private void remove(Login login) {
    int at = logins.indexOf(login);
    logins.remove(login);
    if (selected.get() == login) {
      selected.set(logins.isEmpty() ? null : logins.get(Math.clamp(at, 0, logins.size() - 1)));
    }
  }

  /** Logs in anew where a login has ended; its tab goes. */
  public void again(Login ended) {
    close(ended);
    if (ended.tty().startsWith("tty")) {
      openConsole(ended.node(), ended.tty());
    } else {
      open(ended.node());
    }
  }

  /** The programs that run on a login beside its shell, by name: closing it hangs them up. */
  public List<String> jobs(Login login) {
    List<String> jobs = new ArrayList<>();
    if (view == null || !login.isOpen()) {
      return jobs;
    }
    Set<Integer> family = new HashSet<>(Set.of(login.leader().pid()));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (ProcessView each : view.processes()) {
        boolean child =
            each.id().home() == login.node() && each.isAlive() && family.contains(each.parent());
        if (child && family.add(each.id().pid())) {
          jobs.add(each.program());
          grew = true;
        }
      }
    }
    return jobs;
  }

  // ------------------------------------------------------------------------------- what comes up

  /** Forgets everything; for another session. */
  public void clear() {
    selected.set(null);
    logins.clear();
    names.clear();
    closed.clear();
    forgotten.clear();
    awaited = "";
    view = null;
    moment.set(OptionalLong.empty());
  }

  /**
   * Another moment of the same session is looked at: its events come from the beginning, all of
   * them in the next {@link #append}. Tabs whose logins are among them stay.
   */
  public void beginAgain() {
    forgotten.addAll(logins);
  }

  /**
   * Takes over events that are new here, in their order.
   *
   * @param live whether they have just happened, so that programs wait for what screens answer
   */
  public void append(List<Event> events, boolean live) {
    for (Event event : events) {
      take(event.atNanos(), event.what(), live);
    }
    forgotten.forEach(this::remove);
    forgotten.clear();
  }

  private void take(long at, Happening what, boolean live) {
    switch (what) {
      case Happening.TerminalOpened(var process, var id, var device, int high, int wide) -> {
        names.add(id);
        if (!closed.contains(id)) {
          opened(new Login(id, process, device, at, high, wide, commands), at, high, wide);
        }
      }
      case Happening.TerminalOutput(var id, var bytes) ->
          login(id).ifPresent(login -> login.shows(bytes, live));
      case Happening.TerminalResized(var id, int high, int wide) ->
          login(id).ifPresent(login -> login.resized(high, wide));
      case Happening.TerminalClosed(var id) -> login(id).ifPresent(Login::ended);
      case Happening.Exited exited -> led(exited, login -> login.exited(exited.status()));
      case Happening.Killed killed -> led(killed, login -> login.killed(killed.signal()));
      default -> {
        // Not seen on a terminal.
      }
    }
  }

  private void opened(Login login, long at, int high, int wide) {
    Optional<Login> known = forgotten.stream().filter(login::isSameAs).findFirst();
    if (known.isPresent()) {
      forgotten.remove(known.get());
      known.get().begin(at, high, wide);
      return;
    }
    logins.add(login);
    if (login.id().equals(awaited) || selected.get() == null) {
      selected.set(login);
    }
  }

  private Optional<Login> login(String id) {
    return logins.stream()
        .filter(each -> each.id().equals(id) && !forgotten.contains(each))
        .findFirst();
  }

  private void led(Happening what, Consumer<Login> then) {
    for (Login login : logins) {
      if (login.leader().equals(what.process()) && !forgotten.contains(login)) {
        then.accept(login);
      }
    }
  }

  /** Takes over a picture of the cluster. */
  public void show(ClusterView now, RunState state) {
    view = now;
    boolean past = state == RunState.PAST;
    moment.set(past ? OptionalLong.of(now.nanos()) : OptionalLong.empty());
    timeStands.set(state != RunState.RUNNING);
    if (past) {
      return;
    }
    for (Login login : logins) {
      Optional<TerminalView> there =
          now.terminals().stream().filter(t -> t.terminal().equals(login.id())).findFirst();
      there.ifPresent(terminal -> login.waiting(terminal.waiting()));
      if (login.isOpen() && there.isEmpty() && isDown(login.node())) {
        login.ended();
      }
    }
  }

  private boolean isDown(int node) {
    return view.nodes().stream()
        .noneMatch(n -> n.spec().id() == node && n.status() == NodeView.Status.UP);
  }
}
