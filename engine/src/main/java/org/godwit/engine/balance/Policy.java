package org.godwit.engine.balance;

import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.model.event.Decision;

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
