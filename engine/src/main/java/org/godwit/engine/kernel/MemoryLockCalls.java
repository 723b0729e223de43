package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Page;
import org.godwit.model.StayReason;

/**
 * mlock(2) and its kin. All memory of a node is RAM here, so a lock changes nothing but that the
 * process stays ({@code mem_lock}), and that the pages are there when the call returns.
 */
final class MemoryLockCalls {
  private static final int ONFAULT = 1;
  private static final int MCL_CURRENT = 1;
  private static final int MCL_FUTURE = 2;
  private static final int MCL_ONFAULT = 4;
  private static final String REASON = "mem_lock";

  private MemoryLockCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(228, "mlock", Args.scalars("addr", "length"), MemoryLockCalls::range)
            .then((kernel, task, call, value) -> lock(kernel, task, call, true))
            .raising(REASON, call -> true),
        Syscall.home(
                284, "mlock2", Args.scalars("addr", "length", "flags"), MemoryLockCalls::flagged)
            .then(
                (kernel, task, call, value) ->
                    lock(kernel, task, call, (call.integer(2) & ONFAULT) == 0))
            .raising(REASON, call -> true),
        Syscall.home(229, "munlock", Args.scalars("addr", "length"), MemoryLockCalls::range)
            .then(MemoryLockCalls::unlock),
        Syscall.home(230, "mlockall", Args.scalars("flags"), MemoryLockCalls::all)
            .then(MemoryLockCalls::lockAll)
            .raising(REASON, call -> true),
        Syscall.home(231, "munlockall", List.of(), MemoryLockCalls::unlockAll));
  }

  private static long start(Call call) {
    return call.scalar(0) & -Page.SIZE;
  }

  private static long end(Call call) {
    return AddressSpace.roundUp(call.scalar(0) + call.scalar(1));
  }

  private static Outcome range(Kernel kernel, Process process, Call call) {
    long length = call.scalar(1);
    if (length < 0 || length > AddressSpace.SIZE) {
      return Outcome.error(Errno.ENOMEM);
    }
    boolean outside = call.scalar(0) < 0 || call.scalar(0) > AddressSpace.STACK_TOP - length;
    return outside ? Outcome.error(Errno.ENOMEM) : Outcome.done(0);
  }

  private static Outcome flagged(Kernel kernel, Process process, Call call) {
    return (call.integer(2) & ~ONFAULT) != 0
        ? Outcome.error(Errno.EINVAL)
        : range(kernel, process, call);
  }

  private static long lock(Kernel kernel, Task task, Call call, boolean touch) {
    long start = start(call);
    long end = end(call);
    if (start == end) {
      return 0;
    }
    AddressSpace memory = task.body().memory();
    if (!mapped(memory, start, end)) {
      return -Errno.ENOMEM;
    }
    if (touch && !touch(kernel, memory, start, end)) {
      return -Errno.ENOMEM;
    }
    Process process = kernel.process(task.body().id());
    process.mappings().locked().add(start, end);
    kernel.staying().raise(process, StayReason.MEM_LOCK, call, start, end - start);
    return 0;
  }

  /** Whether every page of a range is mapped. */
  private static boolean mapped(AddressSpace memory, long start, long end) {
    for (long at = start; at < end; ) {
      Area area = memory.find(at);
      if (area == null) {
        return false;
      }
      at = area.end();
    }
    return true;
  }

  /** Brings in what can be read; false if there is too little RAM for it. */
  private static boolean touch(Kernel kernel, AddressSpace memory, long start, long end) {
    if ((end - start) / Page.SIZE > kernel.frames().free() + memory.residentPages()) {
      return false;
    }
    for (long at = start; at < end; at += Page.SIZE) {
      Area area = memory.find(at);
      if (area.writable() && area.anonymous()) {
        memory.store8(at, memory.load8(at));
      } else if (area.readable() && area.anonymous()) {
        memory.load8(at);
      }
    }
    return true;
  }

  private static long unlock(Kernel kernel, Task task, Call call, long value) {
    Process process = kernel.process(task.body().id());
    if (!mapped(task.body().memory(), start(call), end(call))) {
      return -Errno.ENOMEM;
    }
    if (process != null) {
      process.mappings().locked().remove(start(call), end(call));
      kernel.staying().recheck(process);
    }
    return 0;
  }

  private static Outcome all(Kernel kernel, Process process, Call call) {
    int flags = call.integer(0);
    int known = MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT;
    boolean valid = flags != 0 && (flags & ~known) == 0 && flags != MCL_ONFAULT;
    return valid ? Outcome.done(0) : Outcome.error(Errno.EINVAL);
  }

  private static long lockAll(Kernel kernel, Task task, Call call, long value) {
    Process process = kernel.process(task.body().id());
    process.mappings().locked().future((call.integer(0) & MCL_FUTURE) != 0);
    if ((call.integer(0) & MCL_CURRENT) != 0) {
      for (Area area : task.body().memory().areas()) {
        process.mappings().locked().add(area.start(), area.end());
      }
    }
    kernel.staying().raise(process, StayReason.MEM_LOCK, call, -1);
    return 0;
  }

  private static Outcome unlockAll(Kernel kernel, Process process, Call call) {
    process.mappings().locked().clear();
    kernel.staying().recheck(process);
    return Outcome.done(0);
  }
}
