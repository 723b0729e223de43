package org.godwit.engine.migration;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;

/** What the source of a post-copy keeps until the target has fetched it. */
final class Leftovers {
  private final ProcessId process;
  private final int to;
  private final AddressSpace memory;
  private long lastNews;

  Leftovers(ProcessId process, int to, AddressSpace memory, long now) {
    this.process = process;
    this.to = to;
    this.memory = memory;
    this.lastNews = now;
  }

  ProcessId process() {
    return process;
  }

  int to() {
    return to;
  }

  long lastNews() {
    return lastNews;
  }

  void heard(long now) {
    lastNews = now;
  }

  /** The pages of those numbers. What the target asks for is always here: it knows what is. */
  MoveMessage.Pages pages(List<Integer> numbers) {
    List<byte[]> contents = new ArrayList<>();
    for (int number : numbers) {
      contents.add(memory.copyOf(number));
    }
    return new MoveMessage.Pages(process, 0, true, numbers, contents);
  }

  void release() {
    memory.release();
  }

  void walk(Walk walk) {
    walk.i32("home", process.home());
    walk.i32("pid", process.pid());
    walk.i32("to", to);
    walk.i64("lastNews", lastNews);
    walk.i64("memory", memory.hash());
  }
}
