package org.godwit.engine.kernel.file;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.godwit.engine.kernel.net.NetworkPort;
import org.godwit.engine.kernel.net.Packet;
import org.godwit.engine.state.StateReader;
import org.godwit.engine.state.StateWriter;

/**
 * Nodes 1 to n with a network between them: packets take a fixed time, cross as bytes, arrive in
 * order per pair, and are lost when their link is cut at either end of the way.
 */
final class ClusterWorld {
  static final long LATENCY = 100_000;

  private record Flying(long arrival, int from, int to, byte[] bytes) {}

  final List<FileWorld> nodes = new ArrayList<>();
  private final List<Flying> flying = new ArrayList<>();
  private final TreeSet<Integer> cut = new TreeSet<>();
  int sent;
  int lost;
  long nanos;

  ClusterWorld(int count) {
    for (int i = 1; i <= count; i++) {
      nodes.add(new FileWorld(1 << 20, i, new Port(i)));
    }
  }

  private final class Port implements NetworkPort {
    private final int own;

    Port(int own) {
      this.own = own;
    }

    @Override
    public int ownNode() {
      return own;
    }

    @Override
    public boolean exists(int node) {
      return node >= 1 && node <= nodes.size();
    }

    @Override
    public void send(int toNode, Packet packet) {
      sent++;
      StateWriter writer = new StateWriter();
      Packet.walk(writer, packet);
      if (cut.contains(own) || cut.contains(toNode)) {
        lost++;
      } else {
        flying.add(new Flying(nanos + LATENCY, own, toNode, writer.toBytes()));
      }
    }
  }

  FileWorld node(int number) {
    return nodes.get(number - 1);
  }

  void cut(int node) {
    cut.add(node);
  }

  void mend(int node) {
    cut.remove(node);
  }

  int flying() {
    return flying.size();
  }

  /** Advances to {@code until}: arrivals and timers in the order of their times. */
  void advance(long until) {
    while (true) {
      long next = Long.MAX_VALUE;
      for (Flying each : flying) {
        next = Math.min(next, each.arrival);
      }
      for (FileWorld each : nodes) {
        next = Math.min(next, Math.max(nanos, each.net.deadlineNanos()));
      }
      if (next > until) {
        clock(until);
        return;
      }
      clock(next);
      for (Flying each : List.copyOf(flying)) {
        if (each.arrival <= nanos) {
          flying.remove(each);
          if (cut.contains(each.from) || cut.contains(each.to)) {
            lost++;
          } else {
            Packet packet = Packet.walk(new StateReader(each.bytes), null);
            node(each.to).net.receive(each.from, packet);
          }
        }
      }
      for (FileWorld each : nodes) {
        if (each.net.deadlineNanos() <= nanos) {
          each.net.tick(nanos);
        }
      }
    }
  }

  void advanceBy(long span) {
    advance(nanos + span);
  }

  private void clock(long now) {
    nanos = now;
    for (FileWorld each : nodes) {
      each.nanos = now;
    }
  }
}
