package org.godwit.app.panel.inspector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.godwit.app.panel.Figures;
import org.godwit.model.view.LedgerRow;

/**
 * A system call as the inspector shows it: how often it was answered where, and what all of that
 * cost.
 *
 * @param call its name
 * @param here how often on the node where the process runs; empty for never, as the next two
 * @param mfs how often by the node that has the file
 * @param home how often by the deputy
 * @param cost time without waiting
 * @param waited time in which it waited for something to happen; empty if it did not
 * @param bytes what went over the network for it, both ways; empty if nothing did
 */
public record CallLine(
    String call, String here, String mfs, String home, String cost, String waited, String bytes) {
  /** One line a call, what cost most first. */
  static List<CallLine> of(List<LedgerRow> rows, Figures figures) {
    TreeMap<String, Sum> sums = new TreeMap<>();
    for (LedgerRow row : rows) {
      sums.computeIfAbsent(row.call(), Sum::new).add(row);
    }
    List<Sum> sorted = new ArrayList<>(sums.values());
    sorted.sort(
        Comparator.comparingLong((Sum each) -> -each.cost).thenComparing(each -> each.call));
    return sorted.stream().map(each -> each.line(figures)).toList();
  }

  private static final class Sum {
    private final String call;
    private final long[] counts = new long[LedgerRow.Place.values().length];
    private long cost;
    private long waited;
    private long bytes;

    private Sum(String call) {
      this.call = call;
    }

    private void add(LedgerRow row) {
      counts[row.place().ordinal()] += row.count();
      cost += row.costNanos();
      waited += row.waitedNanos();
      bytes += row.sentBytes() + row.receivedBytes();
    }

    private CallLine line(Figures figures) {
      return new CallLine(
          call,
          count(LedgerRow.Place.HERE, figures),
          count(LedgerRow.Place.MFS, figures),
          count(LedgerRow.Place.HOME, figures),
          figures.duration(cost),
          waited == 0 ? "" : figures.duration(waited),
          bytes == 0 ? "" : figures.bytes(bytes));
    }

    private String count(LedgerRow.Place place, Figures figures) {
      long count = counts[place.ordinal()];
      return count == 0 ? "" : figures.count(count);
    }
  }
}
