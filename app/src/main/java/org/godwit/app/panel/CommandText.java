package org.godwit.app.panel;

import java.util.Locale;
import org.godwit.app.text.Messages;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;

/** Words a command as what somebody asked for. FX thread only, as its {@link Roster}. */
public final class CommandText {
  private final Messages messages;
  private final Roster roster;
  private final Figures figures;

  /**
   * @param messages the window's texts
   * @param roster names
   * @param figures how figures are written
   */
  public CommandText(Messages messages, Roster roster, Figures figures) {
    this.messages = messages;
    this.roster = roster;
    this.figures = figures;
  }

  /** The command as one phrase without a full stop. */
  public String phrase(Command command) {
    return switch (command) {
      case Command.Launch c -> launch(c);
      case Command.Migrate c -> migrate(c);
      case Command.SetLock(var process, var locked) ->
          say(locked ? "asked.lock" : "asked.unlock", who(process));
      case Command.Signal(var process, var signal) ->
          say("asked.signal", HappeningText.signal(signal), who(process));
      case Command.OpenTerminal c ->
          say("asked.openTerminal", c.terminal(), node(c.node()), c.program());
      case Command.Type(var terminal, var bytes) ->
          say("asked.type", terminal, Integer.toString(bytes.length()));
      case Command.ResizeTerminal(var terminal, var rows, var columns) ->
          say("asked.resizeTerminal", terminal, figures.count(columns), figures.count(rows));
      case Command.CloseTerminal(var terminal) -> say("asked.closeTerminal", terminal);
      case Command.AddNode(var spec) -> say("asked.addNode", spec.name());
      case Command.RemoveNode(var id) -> say("asked.removeNode", node(id));
      case Command.CrashNode(var id) -> say("asked.crashNode", node(id));
      case Command.SetLink(var link) -> say("asked.setLink", node(link.a()), node(link.b()));
      case Command.CutLink(var a, var b) -> say("asked.cutLink", node(a), node(b));
      case Command.SetSwitch(var id, var which, var on) ->
          say(on ? "asked.switchOn" : "asked.switchOff", name(which), node(id));
      case Command.Expel(var id) -> say("asked.expel", node(id));
      case Command.Bring(var id) -> say("asked.bring", node(id));
      case Command.SetSpeed(var id, var speed) ->
          say("asked.setSpeed", node(id), figures.count(speed));
      case Command.SetPolicy(var policy) -> say("asked.setPolicy", policy);
      case Command.InstallProgram(var program, var _) -> say("asked.install", program);
      case Command.Advise(var id, var policy, _, _) -> say("asked.advise", policy, node(id));
    };
  }

  private String launch(Command.Launch c) {
    String line =
        c.arguments().isEmpty() ? c.program() : c.program() + " " + String.join(" ", c.arguments());
    return say(
        c.locked() ? "asked.launchLocked" : "asked.launch",
        line,
        node(c.node()),
        figures.count(c.count()));
  }

  private String migrate(Command.Migrate c) {
    return switch (c.to()) {
      case Command.Migrate.HOME -> say("asked.home", who(c.process()));
      case Command.Migrate.BALANCE -> say("asked.balance", who(c.process()));
      default -> say("asked.migrate", who(c.process()), node(c.to()));
    };
  }

  private String who(ProcessRef process) {
    return switch (process) {
      case ProcessRef.ById(var id) -> roster.process(id);
      case ProcessRef.ByLaunch(var launch, var index) -> launch + "#" + index;
    };
  }

  private static String name(NodeSwitch which) {
    return which.name().toLowerCase(Locale.ROOT);
  }

  private String node(int node) {
    return roster.node(node);
  }

  private String say(String key, Object... arguments) {
    return messages.of(key, arguments);
  }
}
