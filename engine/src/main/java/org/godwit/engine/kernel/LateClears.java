package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.PageWait;
import org.godwit.engine.state.Walk;

/**
 * Words that ending tasks set to zero (set_tid_address(2)). Where the page is not here yet, or
 * there is no frame for a copy of it, the word is cleared as soon as there is, since by then the
 * task is gone and cannot wait; unless nobody is left in the memory.
 */
final class LateClears {
  private record Clear(AddressSpace memory, long address) {}

  private final Kernel kernel;
  private final List<Clear> waiting = new ArrayList<>();

  LateClears(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Clears the word of an ending task, if it asked for that, and wakes who waits for it. */
  void clear(Task task) {
    long address = task.clearChildTid();
    task.clearChildTid(0);
    if (address == 0) {
      return;
    }
    Clear clear = new Clear(task.body().memory(), address);
    if (!done(clear, task.body())) {
      waiting.add(clear);
    }
  }

  private boolean done(Clear clear, Body body) {
    try {
      clear.memory.store32(clear.address, 0);
      kernel.futexes().wake(body, clear.address, 1, -1);
    } catch (GuestFault unmapped) {
      return true; // The thread's memory is gone already: nobody can wait for it.
    } catch (PageWait | OutOfFrames later) {
      return false;
    }
    return true;
  }

  /** Pages have come, or memory may have become free. */
  void tryAgain() {
    for (Iterator<Clear> each = waiting.iterator(); each.hasNext(); ) {
      Clear clear = each.next();
      Body body = livesIn(clear.memory);
      if (body == null || done(clear, body)) {
        each.remove();
      }
    }
  }

  private Body livesIn(AddressSpace memory) {
    for (Body body : kernel.bodies()) {
      if (!body.poisoned() && body.memory() == memory) {
        return body;
      }
    }
    return null;
  }

  /** For the hash. */
  void walk(Walk walk) {
    for (Clear clear : waiting) {
      walk.i64("lateClear", clear.address);
    }
  }
}
