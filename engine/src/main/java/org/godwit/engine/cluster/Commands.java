package org.godwit.engine.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.godwit.engine.balance.Policies;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.kernel.LaunchService;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.kernel.ProgramLoader;
import org.godwit.engine.kernel.file.Console;
import org.godwit.engine.kernel.file.RegularFile;
import org.godwit.engine.node.Node;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.view.NodeView;

/** Carries out commands on a cluster that stands still at one instant. */
public final class Commands {
  private static final int MOST_COPIES = 1000;

  /** One process of a launch. */
  private sealed interface Copy {
    /** Who it is; null as long as nobody knows. */
    ProcessId process();

    /** It was started. */
    record Running(ProcessId process) implements Copy {}

    /** A node's launch service was asked for it. */
    record Asked(Node node, int request) implements Copy {
      @Override
      public ProcessId process() {
        return node.kernel().launches().process(request);
      }
    }
  }

  private final Cluster cluster;
  private final TreeMap<String, List<Copy>> launched = new TreeMap<>();
  private final TerminalCommands terminals;
  private int inputNode;
  private byte[] input = new byte[0];

  /** Commands for one cluster. */
  public Commands(Cluster cluster) {
    this.cluster = cluster;
    this.terminals = new TerminalCommands(cluster);
  }

  /** What programs that will be launched on a node read before end of file; else they read none. */
  public void input(int node, byte[] bytes) {
    inputNode = node;
    input = bytes.clone();
  }

  /** Carries out a command now; the reason if nothing happened, else null. */
  public Problem run(Command command) {
    cluster.interruptWindow();
    Problem refused =
        switch (command) {
          case Command.Launch c -> launch(c);
          case Command.InstallProgram c -> install(c.program());
          case Command.Migrate c -> {
            Process process = find(c.process());
            if (process == null) {
              yield noProcess(c.process());
            }
            node(process).mover().request(process, c.to(), MoveCause.USER);
            yield null;
          }
          case Command.SetLock c -> {
            Process process = find(c.process());
            if (process == null || !process.alive()) {
              yield noProcess(c.process());
            }
            node(process).kernel().lock(process, c.locked());
            yield null;
          }
          case Command.Signal c -> {
            Process process = find(c.process());
            if (process == null || !process.alive()) {
              yield noProcess(c.process());
            }
            if (c.signal() < 1 || c.signal() > 64) {
              yield Problem.of("command.out-of-range", "signal", c.signal(), "1-64");
            }
            node(process).kernel().signal(process, 0, c.signal());
            yield null;
          }
          case Command.OpenTerminal c -> terminals.open(c);
          case Command.Type c -> terminals.type(c);
          case Command.ResizeTerminal c -> terminals.resize(c);
          case Command.CloseTerminal c -> terminals.close(c);
          case Command.AddNode c -> add(c);
          case Command.RemoveNode c -> leave(c.node());
          case Command.CrashNode c -> crash(c.node());
          case Command.SetLink c -> setLink(c.link());
          case Command.CutLink c -> cutLink(c);
          case Command.SetSwitch c -> setSwitch(c.node(), c.which(), c.on());
          case Command.Expel c -> expel(c.node());
          case Command.Bring c -> bring(c.node());
          case Command.SetSpeed c -> setSpeed(c);
          case Command.SetPolicy c -> setPolicy(c.policy());
          case Command.Advise c -> advise(c);
        };
    if (refused != null) {
      cluster.record(new Happening.CommandRefused(refused));
    }
    for (Cluster.Member member : cluster.members().values()) {
      if (member.takesPart()) {
        member.node.kernel().settle();
      }
    }
    return refused;
  }

  // ---------------------------------------------------------------- processes

  private Problem install(String program) {
    ElfImage image = cluster.program(program);
    if (image == null) {
      return Problem.of("command.no-program", program);
    }
    cluster.install(program, image);
    return null;
  }

  private Problem launch(Command.Launch command) {
    if (cluster.node(command.node()) == null) {
      return Problem.of("command.no-node", command.node());
    }
    ElfImage image = cluster.program(command.program());
    if (image == null && !isFile(command)) {
      return Problem.of("command.no-program", command.program());
    }
    if (command.count() < 1 || command.count() > MOST_COPIES) {
      return Problem.of("command.out-of-range", "count", command.count(), "1-" + MOST_COPIES);
    }
    if (launched.containsKey(command.launch())) {
      return Problem.of("command.launch-exists", command.launch());
    }
    List<Copy> started = new ArrayList<>();
    Problem problem = null;
    int before = launched.values().stream().mapToInt(List::size).sum();
    for (int i = 0; i < command.count() && problem == null; i++) {
      int place = cluster.policy().place(command.node(), cluster.nodesUp(), before + i);
      Node node = cluster.node(place);
      boolean asks = node.kernel().launches().booted();
      problem = asks ? ask(node, image, command, started) : run(node, image, command, started);
      if (problem != null) {
        node.record(new Happening.LaunchFailed(command.program(), problem));
      }
    }
    launched.put(command.launch(), started);
    return started.isEmpty() ? problem : null;
  }

  /** Whether the program is a file of the node, which its launch service will find there. */
  private boolean isFile(Command.Launch command) {
    return command.program().startsWith("/")
        && cluster.node(command.node()).kernel().launches().booted();
  }

  /** A node that has booted starts programs by itself, when it is asked to. */
  private Problem ask(Node node, ElfImage image, Command.Launch command, List<Copy> copies) {
    String path = image == null ? command.program() : "/usr/bin/" + command.program();
    if (image != null && !node.files().tree().hasPlaceFor(path)) {
      return Problem.of("launch.no-place", node.spec().id(), path);
    }
    if (image != null && !holds(node, path, image)) {
      node.files().tree().put(path, 0755, image.store());
    }
    LaunchService.Request request =
        new LaunchService.Request(
            command.launch(),
            path.substring(path.lastIndexOf('/') + 1),
            path,
            command.arguments(),
            command.locked(),
            node.spec().id() == inputNode ? input : new byte[0]);
    return switch (node.kernel().launches().launch(request)) {
      case LaunchService.Answer.Asked asked -> {
        copies.add(new Copy.Asked(node, asked.number()));
        yield null;
      }
      case LaunchService.Answer.Refused refused -> refused.problem();
    };
  }

  private static boolean holds(Node node, String path, ElfImage image) {
    return node.files().tree().find(path) instanceof RegularFile file
        && file.content().sealed()
        && file.content().sha256().equals(image.store().sha256());
  }

  private Problem run(Node node, ElfImage image, Command.Launch command, List<Copy> copies) {
    if (image == null) {
      return Problem.of("command.no-program", command.program());
    }
    return switch (start(node, image, command)) {
      case ProgramLoader.Outcome.Started s -> {
        copies.add(new Copy.Running(s.process().id()));
        yield null;
      }
      case ProgramLoader.Outcome.Failed f -> f.problem();
    };
  }

  private ProgramLoader.Outcome start(Node node, ElfImage image, Command.Launch command) {
    ProcessId[] who = new ProcessId[1];
    Console console =
        node.files()
            .console(
                (writer, kind, data) ->
                    node.record(
                        Happening.Output.of(
                            new ProcessId(node.spec().id(), writer),
                            who[0],
                            kind,
                            new String(data, java.nio.charset.StandardCharsets.ISO_8859_1))));
    if (node.spec().id() == inputNode) {
      console.feed(input);
    }
    console.end();
    ProgramLoader.Outcome outcome =
        ProgramLoader.launch(
            node.kernel(),
            new ProgramLoader.Launch(
                command.program(),
                image,
                command.arguments(),
                command.launch(),
                command.locked(),
                ""),
            console);
    if (outcome instanceof ProgramLoader.Outcome.Started started) {
      who[0] = started.process().id();
    }
    return outcome;
  }

  /** The processes of a launch, in the order in which they started; empty if there was none. */
  public List<ProcessId> launched(String launch) {
    return launched.getOrDefault(launch, List.of()).stream()
        .map(Copy::process)
        .filter(Objects::nonNull)
        .toList();
  }

  private Process find(ProcessRef reference) {
    return switch (reference) {
      case ProcessRef.ById by -> cluster.process(by.id());
      case ProcessRef.ByLaunch by -> {
        List<Copy> copies = launched.getOrDefault(by.launch(), List.of());
        ProcessId id =
            by.index() < 0 || by.index() >= copies.size() ? null : copies.get(by.index()).process();
        yield id == null ? null : cluster.process(id);
      }
    };
  }

  private Node node(Process process) {
    return cluster.node(process.id().home());
  }

  private static Problem noProcess(ProcessRef reference) {
    return Problem.of(
        "command.no-process",
        switch (reference) {
          case ProcessRef.ById by -> by.id().toString();
          case ProcessRef.ByLaunch by -> by.launch() + "#" + by.index();
        });
  }

  // ---------------------------------------------------------------- nodes

  private Problem add(Command.AddNode command) {
    int id = command.node().id();
    if (id < 1 || id > 65_535) {
      return Problem.of("command.out-of-range", "node", id, "1-65535");
    }
    if (cluster.members().containsKey(id)) {
      return Problem.of("command.node-exists", id);
    }
    if (command.node().boots() && !cluster.hasProfile(command.node().profile())) {
      return Problem.of("command.no-profile", command.node().profile());
    }
    cluster.join(command.node());
    cluster.linkToAll(id);
    cluster.node(id).record(new Happening.NodeUp(command.node().name()));
    cluster.boot(command.node());
    return null;
  }

  private Problem leave(int id) {
    Cluster.Member member = cluster.members().get(id);
    if (member == null || member.status != NodeView.Status.UP) {
      return Problem.of("command.no-node", id);
    }
    cluster.leave(member);
    return null;
  }

  private Problem crash(int id) {
    Cluster.Member member = cluster.members().get(id);
    if (member == null || !member.takesPart()) {
      return Problem.of("command.no-node", id);
    }
    cluster.record(new Happening.NodeCrashed(member.node.spec().name()));
    for (Process process : member.node.kernel().processes()) {
      if (process.alive()) {
        cluster.record(new Happening.Lost(process.id(), id));
      }
    }
    cluster.switchOff(member, NodeView.Status.CRASHED);
    return null;
  }

  private Problem setSwitch(int id, NodeSwitch which, boolean on) {
    Node node = cluster.node(id);
    if (node == null) {
      return Problem.of("command.no-node", id);
    }
    node.balancer().set(which, on);
    return null;
  }

  private Problem expel(int id) {
    Node node = cluster.node(id);
    if (node == null) {
      return Problem.of("command.no-node", id);
    }
    node.expel();
    return null;
  }

  private Problem bring(int id) {
    Node node = cluster.node(id);
    if (node == null) {
      return Problem.of("command.no-node", id);
    }
    node.bring();
    return null;
  }

  private Problem setSpeed(Command.SetSpeed command) {
    Node node = cluster.node(command.node());
    if (node == null) {
      return Problem.of("command.no-node", command.node());
    }
    if (command.speed() < 1 || command.speed() > 1_000_000) {
      return Problem.of("command.out-of-range", "speed", command.speed(), "1-1000000");
    }
    node.balancer().speed(command.speed());
    return null;
  }

  // ---------------------------------------------------------------- links and policy

  private Problem setLink(LinkSpec link) {
    if (cluster.node(link.a()) == null || cluster.node(link.b()) == null || link.a() == link.b()) {
      return Problem.of("command.no-link", link.a(), link.b());
    }
    if (link.latencyNanos() < 20_000) {
      return Problem.of("command.out-of-range", "latencyNanos", link.latencyNanos(), ">= 20000");
    }
    if (link.megabitsPerSecond() < 1) {
      return Problem.of(
          "command.out-of-range", "megabitsPerSecond", link.megabitsPerSecond(), ">= 1");
    }
    cluster.network().set(link);
    cluster.record(
        new Happening.LinkSet(link.a(), link.b(), link.megabitsPerSecond(), link.latencyNanos()));
    return null;
  }

  private Problem cutLink(Command.CutLink command) {
    if (!cluster.cut(command.a(), command.b())) {
      return Problem.of("command.no-link", command.a(), command.b());
    }
    cluster.record(new Happening.LinkCut(command.a(), command.b()));
    return null;
  }

  private Problem setPolicy(String name) {
    if (Policies.named(name).isEmpty()) {
      return Policies.unknown(name);
    }
    cluster.policy(Policies.named(name).get());
    cluster.record(new Happening.PolicyChanged(name));
    return null;
  }

  private Problem advise(Command.Advise command) {
    Node node = cluster.node(command.node());
    if (node == null) {
      return Problem.of("command.no-node", command.node());
    }
    if (!cluster.policy().name().equals(command.policy())) {
      return Problem.of("command.other-policy", command.policy(), cluster.policy().name());
    }
    cluster.policyCode(command.code());
    node.balancer().advised(command.policy(), command.answer());
    return null;
  }
}
