package org.godwit.engine.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.TreeSet;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.kernel.LaunchService;
import org.godwit.engine.kernel.ProgramLoader;
import org.godwit.engine.kernel.file.RegularFile;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.node.Node;
import org.godwit.model.Problem;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;

/** Carries out the commands about terminals. Each answers why nothing happened, or null. */
final class TerminalCommands {
  private static final int MOST_BYTES = 4096;
  private static final int MOST_LINES = 1000;

  private final Cluster cluster;
  private final TreeSet<String> names = new TreeSet<>();

  TerminalCommands(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Where a terminal is. */
  private record Place(Node node, Terminal terminal) {}

  private Place find(String name) {
    for (int id : cluster.nodesUp()) {
      Node node = cluster.node(id);
      Terminal terminal = name.isEmpty() ? null : node.files().terminals().named(name);
      if (terminal != null && terminal.masterOpen()) {
        return new Place(node, terminal);
      }
    }
    return null;
  }

  Problem open(Command.OpenTerminal command) {
    Node node = cluster.node(command.node());
    if (node == null) {
      return Problem.of("command.no-node", command.node());
    }
    if (command.terminal().isBlank()) {
      return Problem.of("command.bad-value", "terminal", command.terminal());
    }
    if (names.contains(command.terminal())) {
      return Problem.of("command.terminal-exists", command.terminal());
    }
    Problem size = size(command.rows(), command.columns());
    if (size != null) {
      return size;
    }
    boolean onNode = command.program().startsWith("/");
    if (onNode && node.kernel().launches().booted()) {
      return login(node, command);
    }
    ElfImage image = onNode ? file(node, command.program()) : cluster.program(command.program());
    if (image == null) {
      return onNode
          ? Problem.of("command.no-file", command.node(), command.program())
          : Problem.of("command.no-program", command.program());
    }
    return start(node, image, command, onNode);
  }

  /**
   * A node that has booted lets people in through its login service; {@code /dev/ttyN} in place of
   * a program is a console, where a getty asks who it is.
   */
  private Problem login(Node node, Command.OpenTerminal command) {
    Terminal terminal =
        node.files().terminal(command.terminal(), command.rows(), command.columns());
    LaunchService service = node.kernel().launches();
    int console = LaunchService.consoleNumber(command.program());
    Problem refused =
        console > 0
            ? service.console(terminal, console)
            : service.login(terminal, command.program(), command.arguments());
    if (refused == null) {
      names.add(command.terminal());
    } else {
      node.files().terminals().abandon(terminal);
    }
    return refused;
  }

  private Problem start(Node node, ElfImage image, Command.OpenTerminal command, boolean onNode) {
    String path = onNode ? command.program() : "";
    String program = path.substring(path.lastIndexOf('/') + 1);
    Terminal terminal =
        node.files().terminal(command.terminal(), command.rows(), command.columns());
    ProgramLoader.Launch launch =
        new ProgramLoader.Launch(
            onNode ? program : command.program(), image, command.arguments(), "", false, path);
    return switch (ProgramLoader.launch(node.kernel(), launch, terminal)) {
      case ProgramLoader.Outcome.Started started -> {
        names.add(command.terminal());
        node.record(
            new Happening.TerminalOpened(
                started.process().id(),
                command.terminal(),
                terminal.device(),
                command.rows(),
                command.columns()));
        yield null;
      }
      case ProgramLoader.Outcome.Failed failed -> {
        node.files().terminals().abandon(terminal);
        yield failed.problem();
      }
    };
  }

  /** The program in a file of the node, as execve(2) would find it for root; or null. */
  private static ElfImage file(Node node, String path) {
    RegularFile file = node.files().tree().executable(path);
    return file != null && ElfImage.parse(file.content()) instanceof ElfImage image ? image : null;
  }

  Problem type(Command.Type command) {
    Place place = find(command.terminal());
    if (place == null) {
      return Problem.of("command.no-terminal", command.terminal());
    }
    boolean sendable =
        command.bytes().length() <= MOST_BYTES && command.bytes().chars().allMatch(c -> c < 256);
    if (!sendable) {
      return Problem.of(
          "command.out-of-range", "bytes", command.bytes().length(), "0-" + MOST_BYTES);
    }
    return place.terminal().type(command.bytes().getBytes(ISO_8859_1))
        ? null
        : Problem.of("command.terminal-full", command.terminal());
  }

  Problem resize(Command.ResizeTerminal command) {
    Place place = find(command.terminal());
    if (place == null) {
      return Problem.of("command.no-terminal", command.terminal());
    }
    Problem size = size(command.rows(), command.columns());
    if (size == null) {
      place.terminal().resize(command.rows(), command.columns(), 0, 0);
      place
          .node()
          .record(
              new Happening.TerminalResized(command.terminal(), command.rows(), command.columns()));
    }
    return size;
  }

  private static Problem size(int rows, int columns) {
    if (rows < 1 || rows > MOST_LINES) {
      return Problem.of("command.out-of-range", "rows", rows, "1-" + MOST_LINES);
    }
    return columns < 1 || columns > MOST_LINES
        ? Problem.of("command.out-of-range", "columns", columns, "1-" + MOST_LINES)
        : null;
  }

  Problem close(Command.CloseTerminal command) {
    Place place = find(command.terminal());
    if (place == null) {
      return Problem.of("command.no-terminal", command.terminal());
    }
    place.terminal().masterClosed();
    return null;
  }
}
