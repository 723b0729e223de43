package org.godwit.app.canvas;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/** The context menus of chips, cards, links and the ground. Made when they are opened. */
final class CanvasMenus {
  private final ClusterCanvas canvas;
  private final CanvasTools tools;

  CanvasMenus(ClusterCanvas canvas, CanvasTools tools) {
    this.canvas = canvas;
    this.tools = tools;
  }

  ContextMenu forProcesses(List<ProcessId> ids) {
    Menu move = new Menu(text().of("menu.migrate"));
    for (NodeView node : canvas.frame().view().nodes()) {
      if (node.status() == NodeView.Status.UP) {
        move.getItems()
            .add(
                item(
                    node.spec().name(),
                    () -> each(ids, ref -> new Command.Migrate(ref, node.spec().id()))));
      }
    }
    MenuItem home =
        item(
            text().of("menu.home"),
            () -> each(ids, ref -> new Command.Migrate(ref, Command.Migrate.HOME)));
    home.setDisable(
        ids.stream().map(canvas.processes()::get).noneMatch(p -> p != null && p.isAway()));
    boolean locked = ids.stream().map(canvas.processes()::get).anyMatch(p -> p != null && p.lock());
    CheckMenuItem lock = new CheckMenuItem(text().of("menu.lock"));
    lock.setSelected(locked);
    lock.setOnAction(_ -> each(ids, ref -> new Command.SetLock(ref, !locked)));
    MenuItem why = item(text().of("menu.why"), () -> tools.explain().accept(ids.getLast()));
    why.setDisable(ids.size() != 1);
    MenuItem kill =
        item(text().of("menu.kill"), () -> each(ids, ref -> new Command.Signal(ref, 9)));
    kill.setDisable(
        ids.stream().map(canvas.processes()::get).noneMatch(p -> p != null && isKillable(p)));
    return new ContextMenu(
        move, home, lock, new SeparatorMenuItem(), why, new SeparatorMenuItem(), kill);
  }

  private static boolean isKillable(ProcessView process) {
    return process.isAlive();
  }

  /** The menu of one card or of several that are selected; a switch flips for all of them. */
  ContextMenu forNodes(List<NodeView> nodes) {
    ContextMenu menu = new ContextMenu();
    NodeView last = nodes.getLast();
    MenuItem login =
        item(text().of("menu.terminal"), () -> tools.openTerminal().accept(last.spec().id()));
    login.setDisable(last.status() != NodeView.Status.UP);
    menu.getItems().addAll(login, new SeparatorMenuItem());
    for (NodeSwitch which : NodeSwitch.values()) {
      boolean on = nodes.stream().allMatch(node -> node.switches().contains(which));
      CheckMenuItem item =
          new CheckMenuItem(text().of("menu.switch." + which.name().toLowerCase(Locale.ROOT)));
      item.setSelected(on);
      item.setOnAction(_ -> all(nodes, id -> new Command.SetSwitch(id, which, !on)));
      menu.getItems().add(item);
    }
    menu.getItems()
        .addAll(
            new SeparatorMenuItem(),
            item(text().of("menu.bring"), () -> all(nodes, Command.Bring::new)),
            item(text().of("menu.expel"), () -> all(nodes, Command.Expel::new)),
            new SeparatorMenuItem(),
            item(text().of("action.edit.copy"), canvas::copyNodes),
            item(text().of("action.edit.duplicate"), canvas::duplicateNodes),
            new SeparatorMenuItem(),
            item(text().of("menu.leave"), () -> all(nodes, Command.RemoveNode::new)),
            item(text().of("menu.crash"), () -> all(nodes, Command.CrashNode::new)));
    return menu;
  }

  private void all(List<NodeView> nodes, IntFunction<Command> command) {
    tools.submitAll().accept(nodes.stream().map(node -> command.apply(node.spec().id())).toList());
  }

  ContextMenu forLink(LinkSpec link) {
    return new ContextMenu(
        item(text().of("menu.cut"), () -> tools.submit(new Command.CutLink(link.a(), link.b()))),
        item(text().of("menu.restore"), () -> tools.submit(new Command.SetLink(link))));
  }

  ContextMenu forGround(Runnable addNode, Runnable addNote) {
    Menu order = new Menu(text().of("menu.arrange"));
    for (Arranging each : Arranging.values()) {
      if (!each.isForSelection()) {
        order
            .getItems()
            .add(item(text().of("action.arrange." + each.token()), () -> canvas.arrange(each)));
      }
    }
    MenuItem paste = item(text().of("action.edit.paste"), canvas::pasteNodes);
    paste.setDisable(!canvas.hasCopiedNodes());
    return new ContextMenu(
        item(text().of("menu.addnode"), addNode),
        item(text().of("menu.addnote"), addNote),
        paste,
        order,
        item(text().of("zoom.fit"), canvas::fit));
  }

  private Messages text() {
    return tools.messages();
  }

  private void each(List<ProcessId> ids, Function<ProcessRef, Command> command) {
    tools
        .submitAll()
        .accept(ids.stream().map(id -> command.apply(new ProcessRef.ById(id))).toList());
  }

  private static MenuItem item(String label, Runnable action) {
    MenuItem item = new MenuItem(label);
    item.setOnAction(_ -> action.run());
    return item;
  }
}
