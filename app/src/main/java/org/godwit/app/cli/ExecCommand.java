package org.godwit.app.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.godwit.app.host.HostEngine;
import org.godwit.app.host.HostFiles;
import org.godwit.app.host.HostTree;
import org.godwit.engine.session.Engine;
import org.godwit.engine.session.GuestFile;
import org.godwit.engine.session.SessionInputs;
import org.godwit.engine.session.SessionOptions;
import org.godwit.engine.session.file.SessionFile;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.CostModel;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.LinkDefaults;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code godwit exec}: one program until it ends; its output and exit status are ours. The cluster
 * executes every modelled instruction (clock divisor 1) on nodes of one CPU of 1000 MHz.
 */
@Command(name = "exec")
final class ExecCommand implements Cli.Action {
  private static final int MAX_NODES = 64;
  private static final int MAX_PROGRAM = 64 << 20;
  private static final int MAX_INPUT = 256 << 20;
  private static final long NODE_MEMORY = 512L << 20;

  private final Terminal terminal;

  @Option(names = "--root", paramLabel = "DIR", descriptionKey = "exec.root")
  private String root;

  @Option(names = "--stdin", paramLabel = "FILE", descriptionKey = "exec.stdin")
  private String stdin;

  @Option(names = "--nodes", paramLabel = "K", descriptionKey = "exec.nodes")
  private Integer nodes;

  @Option(names = "--migrate-every", paramLabel = "N", descriptionKey = "exec.migrate-every")
  private long migrateEvery;

  @Option(
      names = "--engine",
      paramLabel = "interpreter|translator|auto",
      defaultValue = "auto",
      descriptionKey = "exec.engine")
  private String engine;

  @Option(names = "--out", paramLabel = "FILE.godwit", descriptionKey = "run.out")
  private String out;

  @Option(names = "--stats", descriptionKey = "exec.stats")
  private boolean stats;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  @Parameters(index = "0", paramLabel = "ELF", descriptionKey = "exec.elf")
  private String elf;

  @Parameters(index = "1..*", paramLabel = "ARGS", descriptionKey = "exec.args")
  private List<String> arguments = new ArrayList<>();

  ExecCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    int count = checkedNodes();
    Engine chosen = engine();
    if (migrateEvery < 0) {
      throw new ProblemException(
          Problem.of("cli.out-of-range", "--migrate-every", 1, Long.MAX_VALUE));
    }
    Path file = HostFiles.path(elf);
    byte[] bytes = HostFiles.read(file, MAX_PROGRAM);
    List<GuestFile> tree = root == null ? List.of() : HostTree.read(HostFiles.path(root));
    byte[] input = stdin == null ? new byte[0] : HostFiles.read(HostFiles.path(stdin), MAX_INPUT);
    SessionInputs inputs = new SessionInputs(1, tree, input);
    if (out != null && !inputs.fitFile(SessionFile.MAX_PIECE)) {
      throw new ProblemException(Problem.of("exec.unrecordable", SessionFile.MAX_PIECE >> 20));
    }
    SessionOptions options = new SessionOptions(1, false, false, migrateEvery, chosen);
    try (ExecSession session =
            ExecSession.open(
                scenario(count), file.getFileName().toString(), bytes, arguments, inputs, options);
        Recording recording = session.record(out == null ? null : HostFiles.path(out))) {
      int status = run(session, recording);
      recording.finish();
      return status;
    } catch (ProblemException e) {
      if (!e.problem().key().startsWith("elf.")) {
        throw e;
      }
      // The engine knows what is wrong with the bytes; which file they came from is known here.
      terminal.complain(elf + ": " + terminal.wording().problem(e.problem()));
      return Cli.USER_ERROR;
    }
  }

  private int run(ExecSession session, Recording recording) throws ProblemException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpuBefore = threads.getCurrentThreadCpuTime();
    Strides strides = new Strides();
    while (session.end() == null) {
      long retired = session.instructions();
      session.advance(strides.next(), terminal.out(), terminal.err());
      strides.made(session.instructions() > retired);
      recording.keep();
    }
    long cpuNanos = threads.getCurrentThreadCpuTime() - cpuBefore;
    int status = status(session.end());
    if (stats) {
      Terminal.utf8(terminal.err(), stats(session, cpuNanos) + "\n");
    }
    return status;
  }

  private int status(Event end) {
    return switch (end.what()) {
      case Happening.Exited exited -> exited.status();
      case Happening.Killed killed -> {
        terminal.complain(cause(killed));
        yield 128 + killed.signal();
      }
      default -> {
        terminal.complain(Problem.of("exec.lost", elf));
        yield 128 + 9;
      }
    };
  }

  /** A killed program in a sentence: by a signal, by a jump to nowhere, or by an instruction. */
  private Problem cause(Happening.Killed killed) {
    if (killed.pc() < 0) {
      return Problem.of("exec.killed", elf, killed.signal());
    }
    String address = "0x" + Long.toHexString(killed.address());
    return killed.pc() == killed.address()
        ? Problem.of("exec.jumped", elf, killed.signal(), address)
        : Problem.of(
            "exec.faulted", elf, killed.signal(), "0x" + Long.toHexString(killed.pc()), address);
  }

  private static String stats(ExecSession session, long cpuNanos) {
    double cpuSeconds = cpuNanos / 1e9;
    double process =
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    StringWriter text = new StringWriter();
    try {
      JsonWriter json = new JsonWriter(text);
      json.beginObject();
      json.name("instructions").value(session.instructions());
      json.name("cpuSeconds").value(cpuSeconds);
      json.name("processCpuSeconds").value(process);
      json.name("mips").value(cpuNanos == 0 ? 0 : session.instructions() / cpuSeconds / 1e6);
      json.name("migrations").value(session.migrations());
      json.name("forwardedCalls").value(session.forwardedCalls());
      json.name("virtualSeconds").value(session.end().atNanos() / 1e9);
      json.endObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private int checkedNodes() throws ProblemException {
    if (nodes == null) {
      return migrateEvery > 0 ? 2 : 1;
    }
    int least = migrateEvery > 0 ? 2 : 1;
    if (nodes < least || nodes > MAX_NODES) {
      throw new ProblemException(Problem.of("cli.out-of-range", "--nodes", least, MAX_NODES));
    }
    return nodes;
  }

  private Engine engine() throws ProblemException {
    return switch (engine) {
      case "interpreter" -> Engine.interpreter();
      case "translator" -> Engine.translator(null);
      case "auto" -> HostEngine.auto();
      default ->
          throw new ProblemException(
              Problem.of("cli.not-one-of", "--engine", engine, "interpreter, translator, auto"));
    };
  }

  /** With forced moves nothing else moves, so that their number says something. */
  private Scenario scenario(int count) {
    List<NodeSpec> specs = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      specs.add(new NodeSpec(id, "node" + id, 1, 1000, 10_000, NODE_MEMORY, 320 * id, 64));
    }
    return new Scenario(
        "exec",
        new LocalText("exec", "exec"),
        new LocalText("", ""),
        1,
        60_000_000_000L,
        1,
        KernelVersion.V2_4_26,
        migrateEvery > 0 ? "none" : "openmosix",
        0,
        CostModel.DEFAULT,
        LinkDefaults.DEFAULT,
        specs,
        List.of(),
        List.of());
  }
}
