package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.model.StayReason;
import org.godwit.model.event.Happening;

/** How bodies and deputies end: by exit, by a signal, for want of memory, with a lost node. */
final class Ends {
  private final Kernel kernel;

  Ends(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The node has no frame left: the process with the largest resident set dies (decision 27). */
  void outOfMemory(Body wanting) {
    Body largest = wanting;
    for (Body body : kernel.bodyMap().values()) {
      if (!body.frozen() && body.memory().residentPages() > largest.memory().residentPages()) {
        largest = body;
      }
    }
    kernel
        .ports()
        .record(new Happening.OutOfMemory(largest.id(), largest.memory().residentPages() * 4096L));
    AddressSpace memory = largest.memory();
    for (Body each : List.copyOf(kernel.bodyMap().values())) {
      if (each.poisoned() || each.memory() != memory) {
        continue; // Who shares the memory has to go, too, or it would not be free.
      }
      if (each == wanting) {
        end(each, 0, Signals.SIGKILL, -1, -1);
      } else {
        new SignalDelivery(kernel).deliver(each, 0, SignalInfo.kernel(Signals.SIGKILL));
      }
    }
    kernel.drainRetries();
  }

  /** Ends a body that is here: tasks, memory, then the deputy learns of it. */
  void end(Body body, int status, int signal, long pc, long address) {
    Ending ending =
        new Ending(
            status,
            signal,
            pc,
            address,
            body.cpuNanos(kernel.now()),
            body.instructions(),
            body.ledger().entries());
    byte[] told = body.tellFiles();
    ProcessCalls.leavesMemory(kernel, body);
    discard(body);
    if (kernel.isAway(body)) {
      kernel.ports().send(body.id().home(), new KernelMessage.Ended(body.id(), ending, told));
    } else {
      Process process = kernel.process(body.id());
      if (process != null && process.alive()) {
        ended(process, ending);
      }
    }
  }

  /** Removes a body without telling anybody: it has ended, moved on, or its home is gone. */
  void discard(Body body) {
    for (Task task : List.copyOf(body.tasks())) {
      kernel.futexes().forget(task);
      if (task.isRunnable()) {
        kernel.ports().unready(task);
      }
      task.become(Task.State.ENDED, kernel.now());
    }
    kernel.bodyMap().remove(body.id());
    kernel.ports().bodyEnded(body);
    if (!body.poisoned()) {
      body.poison();
    }
  }

  /** The deputy's end: descriptors, family, parent. */
  void ended(Process process, Ending ending) {
    for (PendingCall waiting : List.copyOf(process.pending())) {
      waiting.unpark();
      waiting.row().interrupted(process, waiting.call());
    }
    process.pending().clear();
    process.heldTraffic().clear();
    process.ended(ending, kernel.now());
    process.timers().clear(true);
    kernel.jobs().ended(process);
    ProcessCalls.vforkDone(kernel, process);
    kernel.staying().leavesMemory(process);
    if (process.reasonMap().containsKey(StayReason.MONKEY)) {
      kernel.staying().sharedFilesChanged();
    }
    kernel.semaphores().ended(process.id().pid());
    process.files().closeAll();
    kernel.mfs().ended(process);
    kernel.mfsCopies().ended(process);
    kernel.unfiled().sweep();
    process.reasonMap().clear();
    kernel
        .ports()
        .record(
            ending.signal() == 0
                ? new Happening.Exited(process.id(), ending.status() & 0xff)
                : new Happening.Killed(
                    process.id(), ending.signal(), ending.pc(), ending.address()));
    if (process.migrations() > 0 && !ending.ledger().isEmpty()) {
      kernel.ports().record(new Happening.CallsCounted(process.id(), kernel.ledger(ending)));
    }
    kernel.jobs().orphan(process);
    Process parent = kernel.processMap().get(process.parent());
    if (parent != null && parent.alive()) {
      parent.childNews().wake();
      if (parent.childrenVanish() && process.exitSignal() == Signals.SIGCHLD) {
        parent.children().remove(process.id().pid());
        process.parent(0);
      }
      WaitCalls.tellEnd(kernel, parent, process);
    } else {
      process.parent(0);
    }
    kernel.ports().processEnded(process);
  }

  /**
   * The body of a process was lost with a node or a link: its stub dies (reference section 1.3).
   */
  void lost(Process process, int node) {
    process.markLost();
    kernel.ports().record(new Happening.Lost(process.id(), node));
    ended(process, new Ending(0, Signals.SIGKILL, -1, -1, 0, 0, List.of()));
    kernel.dfsa().lost(process);
    kernel.drainRetries();
  }
}
