package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Page;

/**
 * Tasks that wait on futexes, first come first served (futex(2)). A futex is known by its memory
 * and address, or where several processes share the memory by the page that they share: all who can
 * wait for each other are on one node (decision 15).
 */
final class Futexes {
  private final Kernel kernel;
  private final List<Task> waiters = new ArrayList<>();

  Futexes(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Waits if the word still holds {@code expected}. */
  long wait(Task task, long address, int expected, int bitset, long deadlineNanos) {
    if ((address & 3) != 0 || bitset == 0) {
      return -Errno.EINVAL;
    }
    if (task.body().memory().load32(address) != expected) {
      return -Errno.EAGAIN;
    }
    if (deadlineNanos <= kernel.now()) {
      return -Errno.ETIMEDOUT;
    }
    waiters.add(task);
    kernel.wait(task, new TaskWait.Futex(address, bitset, deadlineNanos));
    return Syscall.NO_VALUE;
  }

  /** Wakes up to {@code count} tasks of {@code body}; returns how many. */
  int wake(Body body, long address, int count, int bitset) {
    int woken = 0;
    for (Task task : List.copyOf(waiters)) {
      if (woken == count) {
        break;
      }
      if (task.waiting() instanceof TaskWait.Futex futex
          && same(task.body(), futex.address(), body, address)
          && (futex.bitset() & bitset) != 0) {
        waiters.remove(task);
        kernel.wake(task);
        task.hart().setX(Hart.A0, 0);
        woken++;
      }
    }
    return woken;
  }

  /** Wakes {@code count} tasks and lets up to {@code move} others wait at {@code target}. */
  int requeue(Body body, long address, int count, int move, long target) {
    int done = wake(body, address, count, -1);
    int moved = 0;
    for (Task task : List.copyOf(waiters)) {
      if (moved < move
          && task.waiting() instanceof TaskWait.Futex futex
          && same(task.body(), futex.address(), body, address)
          && task.body().memory() == body.memory()) { // The target is an address of the caller's.
        waiters.remove(task);
        waiters.add(task);
        kernel.wait(task, new TaskWait.Futex(target, futex.bitset(), futex.deadlineNanos()));
        moved++;
      }
    }
    return done + moved;
  }

  /** Whether two addresses are one word: in one memory, or in a page that both share. */
  private static boolean same(Body waiter, long waits, Body waker, long address) {
    if (waiter.memory() == waker.memory()) {
      return waits == address;
    }
    if ((waits & Page.SIZE - 1) != (address & Page.SIZE - 1)) {
      return false;
    }
    Page page = shared(waiter, waits);
    return page != null && page == shared(waker, address);
  }

  private static Page shared(Body body, long address) {
    Area area = body.memory().find(address);
    return area == null || !area.shared()
        ? null
        : area.backing().page(address - area.start() + area.offset() >>> Page.SHIFT);
  }

  /** A task came here with its wait. */
  void restore(Task task) {
    waiters.add(task);
  }

  void forget(Task task) {
    waiters.remove(task);
  }
}
