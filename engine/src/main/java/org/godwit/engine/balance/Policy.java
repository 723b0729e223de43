package org.godwit.engine.balance;

import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Decision.Candidate;

/**
 * Decides, once per second and node, whether a process should move. The same beliefs, memory and
 * draws give the same answer.
 */
public interface Policy {
  /** Name in scenario files and menus. */
  String name();

  /**
   * One decision.
   *
   * @param beliefs what the node knows
   * @param memory what the policy gave back at this node's last tick
   * @param draws source of chance, for {@link org.godwit.engine.time.Purpose#POLICY}
   */
  Answer decide(Beliefs beliefs, Memory memory, Draws draws);

  /**
   * What it thinks of one process and every peer, whether or not there is reason to look at
   * anybody: for explanations. A policy that does not weigh says why the process is left out.
   */
  default Candidate consider(Beliefs beliefs, ProcessId process) {
    Beliefs.Resident resident = MoveRule.resident(beliefs, process);
    double load = resident == null ? 0 : resident.cpuLoad();
    return new Candidate(process, load, Problem.of("candidate.not-weighed", name()), List.of());
  }

  /**
   * Whether it is asked at full virtual seconds with the truth about all peers instead of at the
   * nodes' own ticks with what they have heard. No real cluster could do that (decision 20).
   */
  default boolean knowsAll() {
    return false;
  }

  /**
   * Whether it has no opinion of its own on this, but the session's driver is to be asked after the
   * tick ({@link OutsidePolicy}).
   */
  default boolean asksOutside(Beliefs beliefs) {
    return false;
  }

  /**
   * Where a program that is to start on {@code asked} starts instead: its home.
   *
   * @param asked the node named by whoever launches
   * @param up the nodes that are up, ascending; not empty
   * @param before how many programs were launched before
   */
  default int place(int asked, List<Integer> up, int before) {
    return asked;
  }

  /**
   * A decision and what to remember until the next.
   *
   * @param decision who should move, or why nobody
   * @param memory what to give at the next tick
   */
  record Answer(Decision decision, Memory memory) {}

  /**
   * What a policy carries from tick to tick, in a form that can be hashed and saved.
   *
   * @param values numbers whose meaning is the policy's own
   */
  record Memory(List<Long> values) {
    /** Nothing. */
    public static final Memory EMPTY = new Memory(List.of());

    public Memory {
      values = List.copyOf(values);
    }
  }
}
