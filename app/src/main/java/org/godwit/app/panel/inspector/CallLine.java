package org.godwit.app.panel.inspector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.godwit.app.panel.Figures;
import org.godwit.app.text.Messages;
import org.godwit.model.view.LedgerRow;

/**
 * A system call as the inspector shows it.
 *
 * @param call its name
 * @param cost time that it took without waiting
 * @param detail how often it was answered where, how long it waited, what was sent for it; only
 *     what there was
 */
public record CallLine(String call, String cost, String detail) {
  private static final String BETWEEN = "  \u00b7  ";

  /** One line a call, what cost most first. */
  static List<CallLine> of(List<LedgerRow> rows, Messages messages, Figures figures) {
    TreeMap<String, Sum> sums = new TreeMap<>();
    for (LedgerRow row : rows) {
      sums.computeIfAbsent(row.call(), Sum::new).add(row);
    }
    List<Sum> sorted = new ArrayList<>(sums.values());
    sorted.sort(
        Comparator.comparingLong((Sum each) -> -each.cost).thenComparing(each -> each.call));
    return sorted.stream().map(each -> each.line(messages, figures)).toList();
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

    private CallLine line(Messages messages, Figures figures) {
      List<String> parts = new ArrayList<>();
      for (LedgerRow.Place place : LedgerRow.Place.values()) {
        long count = counts[place.ordinal()];
        if (count > 0) {
          parts.add(messages.of("inspector.calls." + key(place), figures.count(count)));
        }
      }
      if (bytes > 0) {
        parts.add(messages.of("inspector.calls.bytes", figures.bytes(bytes)));
      }
      if (waited > 0) {
        parts.add(messages.of("inspector.calls.waited", figures.duration(waited)));
      }
      return new CallLine(call, figures.duration(cost), String.join(BETWEEN, parts));
    }

    private static String key(LedgerRow.Place place) {
      return switch (place) {
        case HERE -> "here";
        case MFS -> "mfs";
        case HOME -> "home";
      };
    }
  }
}
