package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Backing;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.Parcel;
import org.godwit.engine.state.StateReader;
import org.godwit.engine.state.StateWriter;
import org.godwit.model.ProcessId;
import org.godwit.model.event.MoveCause;

/** What migration does to a body: stops it, makes bytes of it, makes it of bytes, lets it go on. */
final class Crossing {
  private final Kernel kernel;

  Crossing(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Takes all tasks off the CPUs; the body stands still until {@link #thaw}. */
  void freeze(Body body) {
    body.frozen(true);
    Process process = kernel.process(body.id());
    if (process != null) {
      process.leftWith(
          new LeftWith(
              body.cpuNanos(kernel.now()),
              body.memory().residentPages(),
              ProcessFiles.Seen.bytes(body)));
      kernel.dfsa().leaves(process, body);
    }
    for (Task task : body.tasks()) {
      if (task.isRunnable()) {
        kernel.ports().unready(task);
        task.become(Task.State.STOPPED, kernel.now());
      }
    }
  }

  /** Lets a frozen body go on. */
  void thaw(Body body) {
    body.frozen(false);
    if (!kernel.isAway(body)) {
      kernel.dfsa().atHome(kernel.process(body.id()), body);
      kernel.staying().mapsShared(kernel.process(body.id()));
    }
    for (Task task : List.copyOf(body.tasks())) {
      if (task.waiting() instanceof TaskWait.Exercise) {
        task.waitFor(null);
      }
      if (!kernel.isAway(body) && task.waiting() instanceof TaskWait.GoHome wait) {
        task.waitFor(null);
        kernel.calls().submit(task, kernel.table().row(wait.call().number()), wait.call());
      } else {
        kernel.waits().makeReady(task);
      }
    }
    kernel.drainRetries();
  }

  /**
   * A wish of this body was refused, or its move failed: a wait for a verdict on a forced move is
   * over; a call that had to go home for it fails with EAGAIN.
   */
  void moveRefused(Body body, MoveCause cause) {
    for (Task task : List.copyOf(body.tasks())) {
      switch (task.waiting()) {
        case TaskWait.Exercise w -> kernel.wake(task);
        case TaskWait.GoHome w when cause == MoveCause.CALL && kernel.isAway(body) -> {
          kernel.wake(task);
          kernel.result(task, -Errno.EAGAIN);
        }
        case null, default -> {}
      }
    }
  }

  /** Whether a call of the body waits for it to be at home. */
  boolean wantsHome(Body body) {
    return kernel.isAway(body)
        && body.tasks().stream().anyMatch(task -> task.waiting() instanceof TaskWait.GoHome);
  }

  /** The task stands still until it is known whether its forced move happens. */
  void awaitExercise(Task task) {
    kernel.wait(task, new TaskWait.Exercise());
  }

  /** The bytes that cross the network for a frozen body. */
  byte[] serialise(Body body) {
    StateWriter writer = new StateWriter();
    body.walk(writer, kernel.now(), handle -> null);
    return writer.toBytes();
  }

  /** The same, of the pages that {@code parcel} says or of all; the writer knows its parts. */
  StateWriter written(Body body, Parcel parcel) {
    StateWriter writer = new StateWriter();
    body.walk(writer, kernel.now(), handle -> null, parcel);
    return writer;
  }

  /**
   * Makes a frozen body of bytes that crossed the network.
   *
   * @param parcel the pages that had crossed before; null if all are in {@code bytes}
   * @throws OutOfFrames if this node has too little memory for it
   */
  Body install(ProcessId id, byte[] bytes, int from, Parcel parcel) {
    Body body = new Body(id);
    body.memory(new AddressSpace(kernel.frames()));
    body.frozen(true);
    try {
      body.walk(new StateReader(bytes), kernel.now(), handle -> backing(body, handle), parcel);
    } catch (OutOfFrames full) {
      body.memory().release();
      throw full;
    }
    body.arrived(from, kernel.now());
    for (Task task : body.tasks()) {
      if (task.waiting() instanceof TaskWait.Sleep sleep) {
        kernel.waits().sleepUntil(task, sleep, sleep.deadlineNanos());
      } else if (task.waiting() instanceof TaskWait.Futex futex) {
        kernel.futexes().restore(task);
        kernel.wait(task, futex);
      } else if (task.waiting() instanceof TaskWait.SignalIn in) {
        kernel.wait(task, in);
      }
    }
    kernel.bodyMap().put(id, body);
    return body;
  }

  Backing backing(Body body, long handle) {
    if (kernel.isAway(body)) {
      return body.remotePages().backing(handle);
    }
    return kernel.process(body.id()).mappings().mapped(handle).backing(handle);
  }
}
