package org.godwit.engine.session;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.resources.Catalogue;

/**
 * Has the shell of nodes run scripts, one after the other.
 *
 * @param session the session, which has the userland as a program
 * @param stepNanos how often it is looked whether one has ended
 * @param patienceNanos virtual time after which one will not end
 */
record NodeShell(Session session, long stepNanos, long patienceNanos) {
  private static final String PROGRAM = "userland";

  /**
   * What came of a script.
   *
   * @param output what it wrote to descriptor 1
   * @param text what it wrote to 1 and 2
   * @param status its exit status
   */
  record Printed(String output, String text, int status) {}

  /** With the userland put on board of the session. */
  static NodeShell of(Session session, long stepNanos, long patienceNanos) {
    try {
      session.addProgram(PROGRAM, Catalogue.userland());
    } catch (org.godwit.model.ProblemException e) {
      throw new IllegalStateException(e);
    }
    return new NodeShell(session, stepNanos, patienceNanos);
  }

  /** Runs {@code sh} with these arguments on a node until it ends. */
  Printed run(int node, List<String> arguments) {
    String launch = "script" + session.commands().size();
    int seen = session.events(0).size();
    session.submit(new Command.Launch(launch, node, PROGRAM, arguments, 1, false));
    StringBuilder output = new StringBuilder();
    StringBuilder text = new StringBuilder();
    long until = session.now() + patienceNanos;
    while (session.now() < until) {
      session.advance(session.now() + stepNanos);
      List<ProcessId> started = session.launched(launch);
      var fresh = session.events(started.isEmpty() ? Integer.MAX_VALUE : seen);
      seen += fresh.size();
      for (var event : fresh) {
        ProcessId shell = started.getFirst();
        if (event.what() instanceof Happening.Output written && shell.equals(written.console())) {
          text.append(written.bytes());
          output.append(written.descriptor() == 1 ? written.bytes() : "");
        } else if (event.what() instanceof Happening.Exited exited
            && shell.equals(exited.process())) {
          return new Printed(output.toString(), text.toString(), exited.status());
        }
      }
    }
    throw new AssertionError("it does not end; so far it has printed\n" + text);
  }
}
