package org.godwit.engine.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.kernel.file.Console;
import org.godwit.engine.kernel.file.RegularFile;
import org.godwit.engine.kernel.file.RequestPipe;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.state.Walk;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;

/**
 * How a node that has booted takes launches and logins: as any machine does, through services that
 * its init has started. A request goes into a FIFO that the service reads:
 *
 * <pre>
 * /var/run/launch   OUTPUT ERRORS COMMAND NUL    read by launchd
 * /var/run/login    TERMINAL COMMAND NUL         read by sshd
 * /var/run/ttyN     TERMINAL NUL                 read by the getty of console N
 * </pre>
 *
 * <p>The service forks, and its child, which so has the service's lock, opens the devices named and
 * has the shell run the command. By what it opens the session knows which process is the one that
 * it asked for.
 */
public final class LaunchService {
  private static final String INIT = "/sbin/init";
  private static final String LAUNCHES = "/var/run/launch";
  private static final String LOGINS = "/var/run/login";
  private static final String CONSOLES = "/var/run/tty";
  private static final String CONSOLE_DEVICE = "/dev/tty";

  /** Consoles of a node, numbered from 1; a getty waits at those that its inittab names. */
  private static final int MOST_CONSOLES = 6;

  private final Kernel kernel;
  private RequestPipe launches;
  private RequestPipe logins;
  private final List<RequestPipe> consoles = new ArrayList<>();
  private int initPid;

  /** Launches that no process has come for yet, by the number of their first console. */
  private final TreeMap<Integer, Expected> expected = new TreeMap<>();

  /** Terminals of the session that nobody has logged in at yet, by number. */
  private final TreeMap<Integer, Login> awaited = new TreeMap<>();

  /** The processes that came, by launch request. */
  private final TreeMap<Integer, Integer> started = new TreeMap<>();

  /** Whose console it is, once that is known. */
  private final TreeMap<Integer, Integer> owners = new TreeMap<>();

  private record Expected(
      String launch, String program, List<String> arguments, boolean locked, int errors) {}

  private record Login(String terminal, String device, int rows, int columns) {}

  LaunchService(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Whether the node has a boot behind it. */
  public boolean booted() {
    return launches != null;
  }

  // ---------------------------------------------------------------- boot

  /**
   * Starts /sbin/init of the node's tree.
   *
   * @param profile name of the root file system, for the event
   * @return why it cannot be started, or null
   */
  public Problem boot(String profile) {
    RegularFile file = kernel.files().tree().executable(INIT);
    int node = kernel.settings().node();
    if (file == null || !(ElfImage.parse(file.content()) instanceof ElfImage image)) {
      return Problem.of("boot.no-init", node, profile, INIT);
    }
    launches = new RequestPipe(kernel.files(), LAUNCHES);
    logins = new RequestPipe(kernel.files(), LOGINS);
    for (int number = 1; number <= MOST_CONSOLES; number++) {
      consoles.add(new RequestPipe(kernel.files(), CONSOLES + number));
    }
    kernel.files().arrivals(this::taken, this::opened);
    Console console = console(1);
    console.end();
    return switch (ProgramLoader.boot(kernel, image, INIT, console)) {
      case ProgramLoader.Outcome.Started init -> {
        initPid = init.process().id().pid();
        owners.put(console.id(), initPid);
        kernel.ports().record(new Happening.Booted(init.process().id(), profile));
        yield null;
      }
      case ProgramLoader.Outcome.Failed failed -> failed.problem();
    };
  }

  private Console console(int descriptor) {
    int[] id = new int[1];
    Console console =
        kernel
            .files()
            .console((pid, kind, data) -> wrote(id[0], pid, Math.max(kind, descriptor), data));
    id[0] = console.id();
    return console;
  }

  /** What somebody writes to a console before the process that it is for has come is lost. */
  private void wrote(int console, int pid, int descriptor, byte[] data) {
    Integer owner = owners.get(console);
    if (owner != null) {
      int node = kernel.settings().node();
      kernel
          .ports()
          .record(
              Happening.Output.of(
                  new ProcessId(node, pid),
                  new ProcessId(node, owner),
                  descriptor,
                  new String(data, ISO_8859_1)));
    }
  }

  // ---------------------------------------------------------------- requests

  /**
   * A launch.
   *
   * @param id of the launch command
   * @param program name that people see
   * @param path the file to run
   * @param arguments argv without argv[0]
   * @param locked whether it is locked whatever the service's lock
   * @param input what it reads before the end of file
   */
  public record Request(
      String id,
      String program,
      String path,
      List<String> arguments,
      boolean locked,
      byte[] input) {}

  /** What came of a request. */
  public sealed interface Answer {
    /** It waits for the service, or is being dealt with; {@link #process} tells by that number. */
    record Asked(int number) implements Answer {}

    /** It was not made. */
    record Refused(Problem problem) implements Answer {}
  }

  /** Asks the launch service for a process. */
  public Answer launch(Request request) {
    String command = command(request.path(), request.arguments());
    Problem refused = refusal(launches, LAUNCHES, command);
    if (refused == null && !kernel.files().tree().hasPlaceFor("/dev/hvc0")) {
      refused = Problem.of("launch.no-place", kernel.settings().node(), "/dev/hvc0");
    }
    if (refused != null) {
      return new Answer.Refused(refused);
    }
    Console output = console(1);
    Console errors = console(2);
    output.feed(request.input());
    output.end();
    errors.end();
    String line = kernel.files().offer(output) + " " + kernel.files().offer(errors) + " " + command;
    if (!ask(launches, line)) {
      return new Answer.Refused(Problem.of("launch.service-full", kernel.settings().node()));
    }
    expected.put(
        output.id(),
        new Expected(
            request.id(), request.program(), request.arguments(), request.locked(), errors.id()));
    return new Answer.Asked(output.id());
  }

  /**
   * Asks the login service to run a program on a terminal of the session.
   *
   * @return why it does not, or null
   */
  public Problem login(Terminal terminal, String path, List<String> arguments) {
    String command = command(path, arguments);
    Problem refused = refusal(logins, LOGINS, command);
    if (refused == null && !ask(logins, terminal.device() + " " + command)) {
      refused = Problem.of("launch.service-full", kernel.settings().node());
    }
    if (refused == null) {
      awaits(terminal, terminal.device());
    }
    return refused;
  }

  /** The number of the console that a device is, 0 for none. */
  public static int consoleNumber(String device) {
    boolean console =
        device.length() == CONSOLE_DEVICE.length() + 1 && device.startsWith(CONSOLE_DEVICE);
    int number = console ? Character.digit(device.charAt(CONSOLE_DEVICE.length()), 10) : 0;
    return number >= 1 && number <= MOST_CONSOLES ? number : 0;
  }

  /**
   * Sits down at a console: its getty, which waits for that as for the carrier of a line, gets the
   * terminal.
   *
   * @param number from 1
   * @return why nobody answers there, or null
   */
  public Problem console(Terminal terminal, int number) {
    RequestPipe console = consoles.get(number - 1);
    Process init = kernel.process(initPid);
    if (init == null || !init.alive()) {
      return Problem.of("launch.no-init", kernel.settings().node());
    }
    if (!console.isRead() || !ask(console, terminal.device())) {
      return Problem.of("terminal.no-getty", kernel.settings().node(), "tty" + number);
    }
    awaits(terminal, CONSOLE_DEVICE + number);
    return null;
  }

  private void awaits(Terminal terminal, String device) {
    awaited.put(
        terminal.number(), new Login(terminal.name(), device, terminal.rows(), terminal.columns()));
  }

  private Problem refusal(RequestPipe pipe, String path, String command) {
    int node = kernel.settings().node();
    Process init = kernel.process(initPid);
    if (init == null || !init.alive()) {
      return Problem.of("launch.no-init", node);
    }
    if (pipe.wasRead() && !pipe.isRead()) {
      return Problem.of("launch.no-service", node, path);
    }
    return RequestPipe.takes(command.getBytes(UTF_8).length + 64)
        ? null
        : Problem.of("launch.arguments-too-long");
  }

  private static boolean ask(RequestPipe pipe, String request) {
    return pipe.ask((request + "\0").getBytes(UTF_8));
  }

  /** Words for a shell: each in apostrophes, so that nothing in them means anything. */
  private static String command(String path, List<String> arguments) {
    StringBuilder command = new StringBuilder("exec ").append(quoted(path));
    arguments.forEach(each -> command.append(' ').append(quoted(each)));
    return command.toString();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  // ---------------------------------------------------------------- arrivals

  /** The process that was started for a request, or null while there is none. */
  public ProcessId process(int request) {
    Integer pid = started.get(request);
    return pid == null ? null : new ProcessId(kernel.settings().node(), pid);
  }

  private void taken(Console console, int pid) {
    Expected launch = expected.remove(console.id());
    Process process = kernel.process(pid);
    if (launch == null || process == null) {
      return;
    }
    started.put(console.id(), pid);
    owners.put(console.id(), pid);
    owners.put(launch.errors(), pid);
    process.launch(launch.launch());
    kernel
        .ports()
        .record(
            new Happening.Launched(
                process.id(), launch.program(), launch.arguments(), launch.launch()));
    if (launch.locked()) {
      kernel.lockByLaunch(process);
    }
  }

  private void opened(Terminal terminal, int pid) {
    Login login = awaited.remove(terminal.number());
    Process process = kernel.process(pid);
    if (login != null && process != null) {
      kernel
          .ports()
          .record(
              new Happening.TerminalOpened(
                  process.id(), login.terminal(), login.device(), login.rows(), login.columns()));
    }
  }

  /** All of it, once the node has booted. */
  void walk(Walk walk) {
    launches.walk(walk);
    logins.walk(walk);
    consoles.forEach(each -> each.walk(walk));
    initPid = walk.i32("init", initPid);
    walk.count("expected", expected.size());
    expected.forEach(
        (console, launch) -> {
          walk.i32("console", console);
          walk.text("launch", launch.launch());
          walk.flag("locked", launch.locked());
        });
    walk.count("awaited", awaited.size());
    awaited.keySet().forEach(terminal -> walk.i32("terminal", terminal));
    started.forEach(
        (request, pid) -> {
          walk.i32("request", request);
          walk.i32("pid", pid);
        });
    owners.forEach(
        (console, pid) -> {
          walk.i32("console", console);
          walk.i32("owner", pid);
        });
  }
}
