package org.godwit.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionInputs;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.Scenario;

/**
 * A session with one program that matters: starts it, passes its console on byte for byte, and
 * knows how it ended. Call it from one thread.
 */
final class ExecSession implements AutoCloseable {
  private static final String LAUNCH = "exec";

  private final Session session;
  private int eventsSeen;
  private ProcessId main;
  private Event end;
  private long migrations;

  private ExecSession(Session session) {
    this.session = session;
  }

  /**
   * Opens {@code scenario} and starts {@code program} on its first node.
   *
   * @throws ProblemException if the scenario or the program cannot be run
   */
  static ExecSession open(
      Scenario scenario,
      String program,
      byte[] elf,
      List<String> arguments,
      SessionInputs inputs,
      SessionOptions options)
      throws ProblemException {
    Session session =
        Session.open(
            scenario,
            name -> name.equals(program) ? Optional.of(elf) : Optional.empty(),
            options,
            inputs);
    ExecSession exec = new ExecSession(session);
    try {
      session.addProgram(program, elf);
      CommandRecord launched =
          session.submit(
              new Command.Launch(
                  LAUNCH, scenario.nodes().getFirst().id(), program, arguments, 1, false));
      if (launched.refused() != null) {
        throw new ProblemException(launched.refused());
      }
      return exec;
    } catch (ProblemException | RuntimeException e) {
      exec.close();
      throw e;
    }
  }

  /** Runs on by {@code nanos} of virtual time and passes on what was written meanwhile. */
  void advance(long nanos, PrintStream out, PrintStream err) throws ProblemException {
    session.advance(session.now() + nanos);
    List<Event> fresh = session.events(eventsSeen);
    eventsSeen += fresh.size();
    for (Event event : fresh) {
      see(event, out, err);
    }
    out.flush();
    err.flush();
  }

  private void see(Event event, PrintStream out, PrintStream err) throws ProblemException {
    switch (event.what()) {
      case Happening.Launched launched when launched.launch().equals(LAUNCH) && main == null ->
          main = launched.process();
      case Happening.LaunchFailed failed -> throw new ProblemException(failed.problem());
      case Happening.Output output -> {
        try {
          (output.descriptor() == 2 ? err : out)
              .write(output.bytes().getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
          throw new IllegalStateException("a PrintStream keeps its failures to itself", e);
        }
      }
      case Happening.Migrated _ -> migrations++;
      case Happening.Exited exited when exited.process().equals(main) -> end = event;
      case Happening.Killed killed when killed.process().equals(main) -> end = event;
      case Happening.Lost lost when lost.process().equals(main) -> end = event;
      default -> {
        // Not seen from outside.
      }
    }
  }

  /** How the program ended, as an event; null while it runs. */
  Event end() {
    return end;
  }

  /** Begins to record it; null for not. */
  Recording record(Path file) throws ProblemException {
    return Recording.begin(session, file);
  }

  /** Instructions retired by all processes so far. */
  long instructions() {
    return session.view().retired();
  }

  /** Completed migrations so far. */
  long migrations() {
    return migrations;
  }

  /** Calls that were forwarded to a home so far. */
  long forwardedCalls() {
    return session.forwardedCalls();
  }

  @Override
  public void close() {
    session.close();
  }
}
