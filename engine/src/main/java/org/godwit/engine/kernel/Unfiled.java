package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.state.Walk;

/**
 * What is mapped and is neither a file of the node nor a segment: shared anonymous memory, mapped
 * devices, copies of other nodes' files. It lives until nobody maps it any longer.
 */
final class Unfiled {
  private final Kernel kernel;
  private final List<PageStore> stores = new ArrayList<>();
  private long lastSerial;

  Unfiled(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Somebody is going to map this. */
  PageStore add(PageStore store) {
    lastSerial++;
    store.serial(lastSerial);
    stores.add(store);
    return store;
  }

  /** Mappings have gone: what nobody maps any more gives its frames back. */
  void sweep() {
    if (stores.isEmpty()) {
      return;
    }
    TreeSet<Long> held = new TreeSet<>();
    for (Body body : kernel.bodies()) {
      if (!kernel.isAway(body)) {
        for (Area area : body.memory().areas()) {
          held.add(PageStore.serialOf(area.backing()));
        }
      }
    }
    for (Process process : kernel.processes()) {
      Body body = kernel.body(process.id());
      boolean calls = process.pending().stream().anyMatch(each -> each.call().number() == MMAP);
      if (process.alive() && (body == null || body.frozen() || calls)) {
        process.mappings().serials(held); // What an absent body maps home hears of when it is back.
      }
    }
    for (PageStore each : List.copyOf(stores)) {
      if (!held.contains(each.serial())) {
        stores.remove(each);
        each.release();
      }
    }
  }

  private static final int MMAP = 222;

  void walk(Walk walk) {
    walk.i64("lastUnfiled", lastSerial);
    for (PageStore each : stores) {
      walk.i64("unfiled", each.serial());
    }
  }
}
