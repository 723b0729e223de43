package org.godwit.model.command;

import java.util.List;
import org.godwit.model.policy.PolicyAnswer;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.NodeSpec;

/** One thing a user does. Each takes effect at one instant of virtual time (decision 30). */
public sealed interface Command {
  /**
   * Starts {@code count} processes of a program on a node, which becomes their home.
   *
   * @param launch id by which later commands can name them; unique in the session
   * @param node the node
   * @param program name of a program of the session
   * @param arguments argv without argv[0]
   * @param count how many, at least 1
   * @param locked whether they start with 1 in {@code lock}
   */
  record Launch(
      String launch, int node, String program, List<String> arguments, int count, boolean locked)
      implements Command {
    public Launch {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Puts a program of the session into the files of every node, as {@code /usr/local/bin/NAME}; who
   * joins later has it too.
   *
   * @param program name of a program of the session, which stands for this one from now on
   * @param sha256 which one of that name, in lower-case hexadecimal; null for the one that was
   *     added last. A session records which one it was
   */
  record InstallProgram(String program, String sha256) implements Command {
    /** The one that was added last. */
    public InstallProgram(String program) {
      this(program, null);
    }
  }

  /** Asks that a process move to node {@code to}; 0 means home, −1 lets the balancer choose. */
  record Migrate(ProcessRef process, int to) implements Command {
    /** {@code to} that sends a process home. */
    public static final int HOME = 0;

    /** {@code to} that lets the balancer choose. */
    public static final int BALANCE = -1;
  }

  /** Writes 0 or 1 to a process's {@code lock}. */
  record SetLock(ProcessRef process, boolean locked) implements Command {}

  /** Sends a signal to a process. */
  record Signal(ProcessRef process, int signal) implements Command {}

  /**
   * Opens a terminal on a node: a pseudo terminal whose one end is the session, and a program that
   * has the other end as controlling terminal and as descriptors 0, 1 and 2.
   *
   * @param terminal id by which later commands and events name it; unique in the session
   * @param node the node, home of the program
   * @param program absolute path of a file of the node, or name of a program of the session
   * @param arguments argv without argv[0]
   * @param rows lines of the window, 1 to 1000
   * @param columns characters of a line, 1 to 1000
   */
  record OpenTerminal(
      String terminal, int node, String program, List<String> arguments, int rows, int columns)
      implements Command {
    public OpenTerminal {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Keys struck at a terminal.
   *
   * @param terminal id of the terminal
   * @param bytes what they send, as text (ISO-8859-1: one char a byte), 4096 bytes at most
   */
  record Type(String terminal, String bytes) implements Command {}

  /** Changes the size of a terminal's window; its foreground processes get SIGWINCH. */
  record ResizeTerminal(String terminal, int rows, int columns) implements Command {}

  /** Hangs a terminal up: its processes get SIGHUP (termios(3), "Modem disconnect"). */
  record CloseTerminal(String terminal) implements Command {}

  /** A machine joins; it is linked to every node that is up with the scenario's link defaults. */
  record AddNode(NodeSpec node) implements Command {}

  /** A machine leaves in order: guests are sent home, its own processes end, then it goes. */
  record RemoveNode(int node) implements Command {}

  /** A machine loses power. */
  record CrashNode(int node) implements Command {}

  /** Adds a link, or replaces the one between the same nodes. */
  record SetLink(LinkSpec link) implements Command {}

  /** Removes the link between two nodes; frames on it are lost. */
  record CutLink(int a, int b) implements Command {}

  /** Flips a switch of a node. */
  record SetSwitch(int node, NodeSwitch which, boolean on) implements Command {}

  /** Sends all guests of a node away and blocks it. */
  record Expel(int node) implements Command {}

  /** Brings all processes of a node home and sets its lstay. */
  record Bring(int node) implements Command {}

  /** Changes what the balancer believes of a node's CPUs. */
  record SetSpeed(int node, int speed) implements Command {}

  /** Changes the balancing policy of the whole cluster. */
  record SetPolicy(String policy) implements Command {}

  /**
   * What a user's own policy said when a node asked it. The session gives this command to itself,
   * so that the answer is an input like any other.
   *
   * @param node the node that asked
   * @param policy name of the policy that is in force
   * @param code first digits of the SHA-256 of what it was loaded from; empty if it was not
   * @param answer what it said
   */
  record Advise(int node, String policy, String code, PolicyAnswer answer) implements Command {}
}
