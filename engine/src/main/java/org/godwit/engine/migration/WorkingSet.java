package org.godwit.engine.migration;

import java.util.TreeSet;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Task;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.Parcel;

/**
 * What post-copy carries at once: the pages that some register points to, the program counter and
 * the stack among them. A guest's memory has no reference bits, and what the caches of the machine
 * know depends on how it is run.
 */
final class WorkingSet implements Parcel {
  private final TreeSet<Integer> numbers = new TreeSet<>();

  WorkingSet(Body body) {
    for (Task task : body.tasks()) {
      add(task.hart().pc());
      for (int i = 1; i < 32; i++) {
        add(task.hart().x(i));
      }
    }
  }

  private void add(long address) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      numbers.add((int) (address >>> Page.SHIFT));
    }
  }

  @Override
  public boolean carries(int number, long epoch) {
    return numbers.contains(number);
  }

  @Override
  public byte[] known(int number) {
    return null;
  }
}
