package org.godwit.engine.migration;

import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;

/**
 * Pages that a body left behind when it moved: the source keeps them, the target fetches them,
 * those first that somebody waits for (M. Hines, U. Deshpande, K. Gopalan: Post-copy live migration
 * of virtual machines, Operating Systems Review 43(3), 2009).
 */
final class PostCopy {
  /** After so long without an answer pages are asked for again. */
  private static final long ASK_AGAIN_NANOS = 1_000_000_000L;

  private final Site site;
  private final Kernel kernel;
  private final MovePorts ports;
  private final TreeMap<ProcessId, Leftovers> leftovers = new TreeMap<>();
  private final TreeMap<ProcessId, Inflow> inflows = new TreeMap<>();

  /** Moves of bodies that have not all of their pages yet. */
  private final TreeMap<ProcessId, MoveMessage> deferred = new TreeMap<>();

  PostCopy(Site site) {
    this.site = site;
    this.kernel = site.kernel();
    this.ports = site.ports();
  }

  // ---------------------------------------------------------------- what is left behind

  /** What did not cross with a body stays here for it. */
  void keep(Outgoing move) {
    AddressSpace space = move.body().parted(new AddressSpace(kernel.frames()));
    Leftovers kept = new Leftovers(move.body().id(), move.to(), space, kernel.now());
    leftovers.put(kept.process(), kept);
    watch(kept);
  }

  /** The target asks all the time while it lives; its silence frees the memory. */
  private void watch(Leftovers kept) {
    ports.at(
        kept.lastNews() + 2 * Mover.PATIENCE_NANOS,
        () -> {
          if (leftovers.get(kept.process()) != kept) {
            return;
          }
          if (kernel.now() - kept.lastNews() < 2 * Mover.PATIENCE_NANOS) {
            watch(kept);
          } else {
            leftovers.remove(kept.process());
            kept.release();
          }
        });
  }

  void fetched(MoveMessage.Fetch message, int from) {
    Leftovers kept = leftovers.get(message.process());
    if (kept != null && kept.to() == from) {
      kept.heard(kernel.now());
      ports.send(from, kept.pages(message.numbers()));
    }
  }

  void fetchedAll(MoveMessage.FetchedAll message, int from) {
    Leftovers kept = leftovers.get(message.process());
    if (kept != null && kept.to() == from) {
      leftovers.remove(message.process());
      kept.release();
    }
  }

  // ---------------------------------------------------------------- what is fetched

  /** Keeps a grant until the body has all of its pages; false if it has. */
  boolean defers(MoveMessage message) {
    boolean incomplete = inflows.containsKey(message.process());
    if (incomplete) {
      deferred.put(message.process(), message);
    }
    return incomplete;
  }

  /** A body runs here whose last node keeps some of its pages. */
  void begin(Body body, int from) {
    Inflow inflow = new Inflow(body, from, kernel.now());
    inflows.put(body.id(), inflow);
    fetchOn(inflow);
    watch(inflow);
  }

  /** Pages that were asked for have come. */
  void took(MoveMessage.Pages message, int from) {
    Inflow inflow = inflows.get(message.process());
    if (inflow != null && inflow.from() == from) {
      inflow.take(message, kernel.now());
      kernel.pagesBrought(inflow.body());
      if (inflows.get(message.process()) == inflow) {
        fetchOn(inflow);
      }
    }
  }

  /** A body here is gone: another that shares its memory takes over, or nobody needs the rest. */
  void bodyEnded(Body body) {
    deferred.remove(body.id());
    Inflow inflow = inflowOf(body);
    if (inflow == null || inflow.body() != body) {
      return;
    }
    for (Body each : kernel.bodies()) {
      if (each != body && each.memory() == body.memory()) {
        inflow.body(each);
        return;
      }
    }
    inflows.remove(inflow.process());
    ports.send(inflow.from(), new MoveMessage.FetchedAll(inflow.process()));
  }

  /** The body here waits for a page that its last node has kept. */
  void fault(Body body, int number) {
    Inflow inflow = inflowOf(body);
    if (inflow != null && inflow.fault(number, kernel.now())) {
      ports.send(inflow.from(), new MoveMessage.Fetch(inflow.process(), List.of(number)));
    }
  }

  /** What the memory of a body is waiting for, its own or one that it borrows from its parent. */
  private Inflow inflowOf(Body body) {
    for (Inflow each : inflows.values()) {
      if (each.body() == body || each.body().memory() == body.memory()) {
        return each;
      }
    }
    return null;
  }

  private void fetchOn(Inflow inflow) {
    if (inflow.body().memory().leftBehind().isEmpty()) {
      inflows.remove(inflow.process());
      ports.send(inflow.from(), new MoveMessage.FetchedAll(inflow.process()));
      ports.record(
          new Happening.PagesFetched(
              inflow.process(),
              inflow.from(),
              inflow.pages(),
              inflow.faults(),
              inflow.bytes(),
              inflow.sinceNanos(),
              inflow.waitedNanos()));
      resume(deferred.remove(inflow.process()));
    } else if (inflow.asked().isEmpty()) {
      ports.send(
          inflow.from(),
          new MoveMessage.Fetch(inflow.process(), inflow.next(MoveMessage.Pages.AT_ONCE)));
    }
  }

  private void resume(MoveMessage waiting) {
    switch (waiting) {
      case MoveMessage.Grant grant -> site.mover().source().grant(grant);
      case MoveMessage.Prepare prepare -> site.mover().ahead().prepare(prepare);
      case null, default -> {
        // Nobody wants it to move on.
      }
    }
  }

  /**
   * Asks again for what does not come, and gives the process up when nothing comes for too long.
   */
  private void watch(Inflow inflow) {
    ports.at(
        kernel.now() + ASK_AGAIN_NANOS,
        () -> {
          if (inflows.get(inflow.process()) != inflow) {
            return;
          }
          long silence = kernel.now() - inflow.lastNews();
          if (silence >= Mover.PATIENCE_NANOS) {
            inflows.remove(inflow.process());
            kernel.discard(inflow.body());
            site.tell(
                inflow.process().home(), new MoveMessage.Severed(inflow.process(), inflow.from()));
            return;
          }
          List<Integer> asked = inflow.asked();
          if (asked.isEmpty()) {
            fetchOn(inflow); // What was asked for has been unmapped meanwhile.
          } else if (silence >= ASK_AGAIN_NANOS) {
            for (int i = 0; i < asked.size(); i += MoveMessage.Pages.AT_ONCE) {
              ports.send(
                  inflow.from(),
                  new MoveMessage.Fetch(
                      inflow.process(),
                      asked.subList(i, Math.min(asked.size(), i + MoveMessage.Pages.AT_ONCE))));
            }
          }
          watch(inflow);
        });
  }

  boolean busy() {
    return !leftovers.isEmpty() || !inflows.isEmpty();
  }

  /** Everything that lasts. */
  void walk(Walk walk) {
    leftovers.values().forEach(each -> each.walk(walk));
    inflows.values().forEach(each -> each.walk(walk));
    for (ProcessId each : deferred.keySet()) {
      walk.i32("deferred", each.pid());
    }
  }
}
