package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.network.Payload;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;

/**
 * What a kernel needs from the layers above it (decision 18). All calls are on the island's thread.
 */
public interface Ports {
  /** Sends a message; the sending CPU's time is charged, and the message departs after it. */
  void send(int node, Payload payload);

  /** Writes an event of this node at the current instant. */
  void record(Happening happening);

  /** A task wants a CPU from now on. */
  void ready(Task task);

  /** A task no longer wants a CPU: takes it off its CPU or out of the run queue. */
  void unready(Task task);

  /** The scheduling class of a task changed: it takes its place anew. */
  void rescheduled(Task task);

  /** The calling task lets others that want a CPU go first (sched_yield(2)). */
  void yield(Task task);

  /** Somebody asks that a process whose home is here moves; 0 is home, −1 the balancer's choice. */
  void requestMove(Process process, int node, MoveCause cause);

  /** Whether a node takes part in the cluster. */
  boolean isUp(int node);

  /** Numbers of the nodes that have not left for good, ascending. */
  List<Integer> configured();

  /** Whether other nodes may use the files of this one. */
  boolean servesFiles();

  /** A process of this home that could not move for a while, because of vfork, can again. */
  void movable(Process process);

  /** A guest here has to go home before its call can be made (decision 15). */
  void goHome(Body body);

  /** A page is needed that post-copy has left on the node that the body came from. */
  void fetchLeftBehind(Body body, int number);

  /** A body here is gone; migrations of it are void. */
  void bodyEnded(Body body);

  /** A process whose home is here has ended. */
  void processEnded(Process process);
}
