package org.godwit.engine.kernel;

import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.event.Happening;

/**
 * The stay reasons of the processes of one home (reference section 2.2): raised by what a call did,
 * cleared when nothing is left that raised them. A process with a reason is at home, so what is
 * looked at is here.
 */
final class Staying {
  /** The discovery daemon of the cluster. */
  private static final String DAEMON = "omdiscd";

  private static final String INIT = "init";

  private final Kernel kernel;

  Staying(Kernel kernel) {
    this.kernel = kernel;
  }

  /** A reason with what the call was about: a segment, a thread, an address; −1 for nothing. */
  void raise(Process process, StayReason reason, Call call, long argument) {
    raise(process, reason, evidence(reason, call, argument, null, null));
  }

  /** A reason that comes of a range of addresses. */
  void raise(Process process, StayReason reason, Call call, long start, long length) {
    raise(process, reason, evidence(reason, call, start, length, null));
  }

  /** A reason that comes of what a descriptor is open on. */
  void raise(
      Process process, StayReason reason, Call call, long start, long length, int descriptor) {
    raise(process, reason, evidence(reason, call, start, length, descriptor));
  }

  private StayEvidence evidence(
      StayReason reason, Call call, long argument, Long length, Integer descriptor) {
    String name = kernel.nameOf(call);
    return new StayEvidence(reason, name, call.pc(), argument, kernel.now(), length, descriptor);
  }

  private void raise(Process process, StayReason reason, StayEvidence evidence) {
    if (process.reasonMap().putIfAbsent(reason, evidence) == null) {
      kernel.ports().record(new Happening.ReasonRaised(process.id(), evidence));
      kernel.mirror(process);
    }
  }

  void clear(Process process, StayReason reason) {
    if (process.reasonMap().remove(reason) != null) {
      kernel.ports().record(new Happening.ReasonCleared(process.id(), reason));
      kernel.mirror(process);
    }
  }

  /** A program begins: the first process of a node and the cluster's own daemon never leave. */
  void began(Process process, boolean launched) {
    if (launched && process.program().equals(INIT)) {
      raise(process, StayReason.SYSTEM, born(StayReason.SYSTEM));
    }
    if (process.program().equals(DAEMON)) {
      raise(process, StayReason.DAEMON, born(StayReason.DAEMON));
    }
  }

  private StayEvidence born(StayReason reason) {
    return new StayEvidence(reason, "", 0, -1, kernel.now(), null, null);
  }

  /** What a child has of its parent's: mappings and scheduling, but no locked memory (mlock(2)). */
  void fork(Process parent, Process child, Call call, boolean realTime) {
    kernel.sharedMemory().fork(parent, child, call);
    child.copyDevices(parent);
    Body body = kernel.body(parent.id());
    Area device = body == null ? null : device(parent, body.memory());
    if (device != null) {
      raise(child, StayReason.MMAP_DEV, call, device.start(), device.length());
    }
    if (realTime) {
      raise(child, StayReason.RT_SCHED, call, -1);
    }
  }

  /** exec: the old address space is gone. */
  void exec(Process process) {
    kernel.sharedMemory().detachAll(process);
    process.lockedMemory().clear();
    recheck(process);
  }

  /** The address space changed: reasons that nothing in it raises any longer are cleared. */
  void recheck(Process process) {
    if (process.reasonMap().isEmpty()) {
      return;
    }
    Body body = kernel.body(process.id());
    AddressSpace memory = body == null ? null : body.memory();
    boolean shares = memory != null && memory.hasSharedWritable();
    if (process.attached().isEmpty() && process.gotSegments().isEmpty() && !shares) {
      clear(process, StayReason.MONKEY);
    }
    if (memory == null || device(process, memory) == null) {
      clear(process, StayReason.MMAP_DEV);
    }
    if (memory != null) {
      process.lockedMemory().trim(memory);
    }
    if (process.lockedMemory().isEmpty()) {
      clear(process, StayReason.MEM_LOCK);
    }
  }

  /** As {@link #recheck(Process)}, after a call that the body made by itself. */
  void recheck(Task task) {
    Process process = kernel.process(task.body().id());
    if (process != null) {
      recheck(process);
    }
  }

  /** Clears rt_sched when no task has a real-time class. */
  void recheckScheduling(Process process) {
    Body body = kernel.body(process.id());
    if (body == null || body.tasks().stream().noneMatch(each -> each.urgency() > 0)) {
      clear(process, StayReason.RT_SCHED);
    }
  }

  private static Area device(Process process, AddressSpace memory) {
    for (Area area : memory.areas()) {
      if (area.backing() != null && process.isDevice(area.backing().handle())) {
        return area;
      }
    }
    return null;
  }
}
