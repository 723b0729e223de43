package org.godwit.engine.kernel;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.file.Inode;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;

/**
 * The stay reasons of the processes of one home (reference section 2.2): raised by what a call did,
 * cleared when nothing is left that raised them. A process with a reason is at home, so what is
 * looked at is here.
 */
final class Staying {
  /** The discovery daemon of the cluster. */
  private static final String DAEMON = "omdiscd";

  private static final String INIT = "init";

  /**
   * Reasons that come of an address space (reference section 2.2, "belong to the address space").
   */
  private static final Set<StayReason> OF_MEMORY =
      EnumSet.of(StayReason.MONKEY, StayReason.MMAP_DEV, StayReason.MEM_LOCK);

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

  /** Processes that live in the same address space: a reason that comes of it holds for all. */
  private List<Process> sharers(Process process) {
    if (!process.sharesMemory()) {
      return List.of(process);
    }
    return kernel.processes().stream()
        .filter(each -> each.alive() && each.mappings() == process.mappings())
        .toList();
  }

  private void raise(Process process, StayReason reason, StayEvidence evidence) {
    boolean memorys = OF_MEMORY.contains(reason);
    for (Process each : memorys ? sharers(process) : List.of(process)) {
      raiseOn(each, reason, evidence);
    }
  }

  private void raiseOn(Process process, StayReason reason, StayEvidence evidence) {
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

  // ---------------------------------------------------------------- files that others share

  /**
   * Files that somebody has mapped shared and writable. Who has, is at home, so all of them are
   * seen here.
   */
  private TreeSet<Integer> sharedFiles() {
    TreeSet<Integer> found = new TreeSet<>();
    for (Body body : kernel.bodies()) {
      Process process = kernel.process(body.id());
      if (process == null || !body.memory().hasSharedWritable()) {
        continue;
      }
      for (Area area : body.memory().areas()) {
        Mappings.MappedFile file =
            area.shared() && area.writable()
                ? process.mappings().file(area.backing().handle())
                : null;
        if (file != null) {
          found.add(file.inode());
        }
      }
    }
    return found;
  }

  /** Whether somebody has mapped a file shared and writable. */
  boolean isShared(Inode file) {
    return file != null && sharedFiles().contains(file.number());
  }

  /** A private mapping of one of the files, or null. */
  private static Area mappingOf(Process process, AddressSpace memory, TreeSet<Integer> files) {
    if (!files.isEmpty() && process.mappings().hasMapped(files)) {
      for (Area area : memory.areas()) {
        boolean candidate = area.backing() != null && !area.shared();
        Mappings.MappedFile file =
            candidate ? process.mappings().file(area.backing().handle()) : null;
        if (file != null && files.contains(file.inode())) {
          return area;
        }
      }
    }
    return null;
  }

  /** Raises monkey if the process has a private mapping of a file that somebody shares. */
  void mapsShared(Process process) {
    mapsShared(process, sharedFiles());
  }

  private void mapsShared(Process process, TreeSet<Integer> files) {
    Area area = mappingOf(process, kernel.body(process.id()).memory(), files);
    if (area != null) {
      raise(process, StayReason.MONKEY, of(process, area));
    }
  }

  /** What is told of a private mapping: the process's own call that made it. */
  private StayEvidence of(Process process, Area area) {
    Mappings.MappedFile file = process.mappings().file(area.backing().handle());
    return new StayEvidence(
        StayReason.MONKEY,
        "mmap",
        file.pc(),
        area.start(),
        kernel.now(),
        area.length(),
        file.descriptor());
  }

  /**
   * A file is, or is no longer, mapped shared and writable: who has it mapped privately stays, or
   * is free. Who is away is called home, where the reason is raised.
   */
  void sharedFilesChanged() {
    TreeSet<Integer> files = sharedFiles();
    for (Process process : kernel.processes()) {
      Body body = kernel.body(process.id());
      if (body != null && !body.frozen()) {
        mapsShared(process, files);
        recheckMonkey(process, body.memory(), files);
      } else if (process.alive() && !files.isEmpty() && process.mappings().hasMapped(files)) {
        kernel.ports().requestMove(process, Command.Migrate.HOME, MoveCause.CALL);
      }
    }
  }

  private void recheckMonkey(Process process, AddressSpace memory, TreeSet<Integer> files) {
    boolean shares = memory != null && memory.hasSharedWritable();
    if (process.mappings().attached().isEmpty()
        && process.mappings().gotSegments().isEmpty()
        && !shares
        && (memory == null || mappingOf(process, memory, files) == null)) {
      clear(process, StayReason.MONKEY);
    }
  }

  /** What a child has of its parent's: mappings and scheduling, but no locked memory (mlock(2)). */
  void fork(Process parent, Process child, Call call, boolean realTime) {
    kernel.sharedMemory().fork(parent, child, call);
    Body body = kernel.body(parent.id());
    Area alongside = body == null ? null : mappingOf(parent, body.memory(), sharedFiles());
    if (alongside != null) {
      raise(child, StayReason.MONKEY, of(parent, alongside));
    }
    Area device = body == null ? null : device(parent, body.memory());
    if (device != null) {
      raise(child, StayReason.MMAP_DEV, call, device.start(), device.length());
    }
    if (realTime) {
      raise(child, StayReason.RT_SCHED, call, -1);
    }
  }

  /**
   * clone with CLONE_VM: what comes of the memory holds for the child as it does for its parent.
   */
  void share(Process parent, Process child, Call call, boolean realTime) {
    for (StayEvidence each : parent.reasons()) {
      if (OF_MEMORY.contains(each.reason())) {
        raiseOn(child, each.reason(), each);
      }
    }
    if (realTime) {
      raise(child, StayReason.RT_SCHED, call, -1);
    }
  }

  /** exec: the old address space is gone. */
  void exec(Process process) {
    leavesMemory(process);
    clear(process, StayReason.CLONE_VM);
    recheck(process);
  }

  /** A process is done with its address space, in which others may live on. */
  void leavesMemory(Process process) {
    Mappings old = process.mappings();
    process.mappings(old.fresh());
    if (old.leave()) {
      kernel.sharedMemory().detachAll(old);
    } else if (old.users() == 1) {
      for (Process each : kernel.processes()) {
        if (each.mappings() == old) {
          recheckThreads(each);
        }
      }
    }
  }

  /** Clears clone_vm when nobody else lives in the address space. */
  void recheckThreads(Process process) {
    if (process.tasks() <= 1 && !process.sharesMemory()) {
      clear(process, StayReason.CLONE_VM);
    }
  }

  /** The address space changed: reasons that nothing in it raises any longer are cleared. */
  void recheck(Process process) {
    for (Process each : sharers(process)) {
      recheckOne(each);
    }
  }

  private void recheckOne(Process process) {
    if (process.reasonMap().isEmpty()) {
      return;
    }
    Body body = kernel.body(process.id());
    AddressSpace memory = body == null ? null : body.memory();
    boolean shared = process.reasonMap().containsKey(StayReason.MONKEY);
    recheckMonkey(process, memory, sharedFiles());
    if (shared) {
      sharedFilesChanged();
    }
    if (memory == null || device(process, memory) == null) {
      clear(process, StayReason.MMAP_DEV);
    }
    if (memory != null) {
      process.mappings().locked().trim(memory);
    }
    if (process.mappings().locked().isEmpty()) {
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
      if (area.backing() != null && process.mappings().isDevice(area.backing().handle())) {
        return area;
      }
    }
    return null;
  }
}
