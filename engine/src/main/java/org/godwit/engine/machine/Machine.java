package org.godwit.engine.machine;

import org.godwit.engine.memory.AddressSpace;

/** Runs guest instructions. Nothing else may know whether they are interpreted or translated. */
@FunctionalInterface
public interface Machine {
  /**
   * Runs a hart until it has retired exactly {@code budget} instructions or something needs the
   * kernel.
   *
   * @param hart the registers; on return exact, with the details of the stop
   * @param memory the address space it runs in
   * @param budget instructions, 0 or more; a fault that the instruction after the last would cause
   *     is not met
   */
  Stop run(Hart hart, AddressSpace memory, long budget);
}
