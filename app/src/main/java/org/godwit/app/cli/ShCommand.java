package org.godwit.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.godwit.app.host.HostEngine;
import org.godwit.app.host.HostFiles;
import org.godwit.app.host.HostTerminal;
import org.godwit.app.host.PolicyFolder;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionInputs;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.NodeView;
import org.godwit.resources.Catalogue;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code godwit sh}: a shell on a node of a scenario. With {@code -c}, or where standard input is
 * no terminal, a script that runs as fast as it goes; else a login in a terminal of the node, whose
 * time follows the wall clock. The exit status is the shell's.
 */
@picocli.CommandLine.Command(name = "sh")
final class ShCommand implements Cli.Action {
  private static final String NAME = "sh";
  private static final int MOST_INPUT = 16 << 20;
  private static final long TYPING_STEP_NANOS = 10_000_000;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SCENARIO", descriptionKey = "run.scenario")
  private String name;

  @Option(names = "--node", paramLabel = "N", defaultValue = "1", descriptionKey = "sh.node")
  private int node;

  @Option(names = "-c", paramLabel = "COMMAND", descriptionKey = "sh.command")
  private String script;

  @Option(names = "--set", paramLabel = "KEY=VALUE", descriptionKey = "run.set")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--out", paramLabel = "FILE.godwit", descriptionKey = "run.out")
  private String out;

  @Option(names = "--policies", paramLabel = "DIR", descriptionKey = "run.policies")
  private String policies;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  // While it runs.
  private Session session;
  private Recording recording;
  private int eventsSeen;
  private ProcessId shell;
  private int status = -1;

  ShCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    Scenario scenario = OnBoard.scenario(name, settings);
    PolicyFolder own = OnBoard.policies(policies, terminal, scenario);
    Optional<HostTerminal> host = script == null ? HostTerminal.find() : Optional.empty();
    byte[] input = script == null && host.isEmpty() ? standardInput() : new byte[0];
    ProgramSource programs = OnBoard.programs(name, true);
    SessionInputs inputs = new SessionInputs(node, List.of(), input);
    Path file = out == null ? null : HostFiles.path(out);
    try (Session opened =
            Session.open(
                scenario,
                programs,
                new SessionOptions(1, false, false, 0, HostEngine.auto()),
                inputs);
        Recording begun = Recording.begin(opened, file)) {
      session = opened;
      recording = begun;
      session.consult(own);
      if (host.isPresent()) {
        login(host.get());
      } else {
        run();
      }
      recording.finish();
    }
    return status;
  }

  private static byte[] standardInput() throws ProblemException {
    try {
      byte[] bytes = System.in.readNBytes(MOST_INPUT + 1);
      if (bytes.length > MOST_INPUT) {
        throw new ProblemException(Problem.of("sh.too-long", MOST_INPUT >> 20));
      }
      return bytes;
    } catch (IOException e) {
      throw new ProblemException(Problem.of("sh.no-input", String.valueOf(e.getMessage())));
    }
  }

  // --------------------------------------------------------------------------------- a script

  private void run() throws ProblemException {
    session.addProgram(NAME, Catalogue.userland());
    List<String> arguments = script == null ? List.of() : List.of("-c", script);
    submit(new Command.Launch(NAME, node, NAME, arguments, 1, false));
    Strides strides = new Strides();
    while (status < 0) {
      long retired = session.view().retired();
      advance(strides.next());
      strides.made(session.view().retired() > retired);
    }
  }

  // ---------------------------------------------------------------------------------- a login

  private void login(HostTerminal host) throws ProblemException {
    host.raw();
    try {
      HostTerminal.Size size = host.size();
      submit(
          new Command.OpenTerminal(
              NAME, node, "/bin/sh", List.of("-l"), size.rows(), size.columns()));
      long began = System.nanoTime();
      long start = session.now();
      while (status < 0) {
        byte[] typed = host.read();
        if (typed.length > 0) {
          if (typed[0] == HostTerminal.EXIT_CHORD) {
            submit(new Command.CloseTerminal(NAME));
          } else {
            submit(new Command.Type(NAME, new String(typed, StandardCharsets.ISO_8859_1)));
          }
        }
        HostTerminal.Size now = host.size();
        if (!now.equals(size)) {
          size = now;
          submit(new Command.ResizeTerminal(NAME, size.rows(), size.columns()));
        }
        advance(TYPING_STEP_NANOS);
        long ahead = session.now() - start - (System.nanoTime() - began);
        if (ahead > 0) {
          LockSupport.parkNanos(ahead);
        } else {
          began += -ahead; // Too slow: what was missed is not made up for.
        }
      }
    } finally {
      host.restore();
    }
  }

  // ------------------------------------------------------------------------------------- both

  private void submit(Command command) throws ProblemException {
    CommandRecord record = session.submit(command);
    boolean closing = command instanceof Command.Type || command instanceof Command.CloseTerminal;
    if (record.refused() != null && !closing) {
      throw new ProblemException(record.refused());
    }
  }

  private void advance(long nanos) {
    session.advance(session.now() + nanos);
    List<Event> fresh = session.events(eventsSeen);
    eventsSeen += fresh.size();
    recording.keep();
    for (Event event : fresh) {
      see(event.what());
    }
    terminal.out().flush();
    terminal.err().flush();
    boolean down =
        session.view().nodes().stream()
            .anyMatch(n -> n.spec().id() == node && n.status() != NodeView.Status.UP);
    if (status < 0 && down) {
      status = 128 + 9;
    }
  }

  private void see(Happening what) {
    switch (what) {
      case Happening.Launched launched when launched.launch().equals(NAME) && shell == null ->
          shell = launched.process();
      case Happening.TerminalOpened opened when opened.terminal().equals(NAME) ->
          shell = opened.process();
      case Happening.Output output when output.console().equals(shell) ->
          write(output.descriptor(), output.bytes());
      case Happening.TerminalOutput output when output.terminal().equals(NAME) ->
          write(1, output.bytes());
      case Happening.Exited exited when exited.process().equals(shell) -> status = exited.status();
      case Happening.Killed killed when killed.process().equals(shell) ->
          status = 128 + killed.signal();
      default -> {
        // Not seen from a shell.
      }
    }
  }

  private void write(int descriptor, String bytes) {
    byte[] raw = bytes.getBytes(StandardCharsets.ISO_8859_1);
    (descriptor == 2 ? terminal.err() : terminal.out()).write(raw, 0, raw.length);
  }
}
