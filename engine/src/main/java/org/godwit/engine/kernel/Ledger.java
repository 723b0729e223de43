package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.state.Walk;
import org.godwit.model.view.LedgerRow;

/**
 * Which system calls of a process were answered where, and what each kind cost (decision 23). Goes
 * with the body; a child begins with an empty one, exec keeps it.
 */
public final class Ledger {
  /**
   * One kind of call at one place; see {@link LedgerRow}.
   *
   * @param number of the call
   */
  record Entry(
      int number,
      LedgerRow.Place place,
      long count,
      long costNanos,
      long waitedNanos,
      long sentBytes,
      long receivedBytes) {
    private Entry plus(long calls, long cost, long waited, long sent, long received) {
      return new Entry(
          number,
          place,
          count + calls,
          costNanos + cost,
          waitedNanos + waited,
          sentBytes + sent,
          receivedBytes + received);
    }
  }

  /** What an entry takes in a message. */
  static final int ENTRY_BYTES = 48;

  private static final LedgerRow.Place[] PLACES = LedgerRow.Place.values();

  /** By number and place. */
  private final TreeMap<Long, Entry> entries = new TreeMap<>();

  private void add(
      int number,
      LedgerRow.Place place,
      long calls,
      long cost,
      long waited,
      long sent,
      long received) {
    long key = (long) number * PLACES.length + place.ordinal();
    Entry before = entries.get(key);
    entries.put(
        key,
        (before == null ? new Entry(number, place, 0, 0, 0, 0, 0) : before)
            .plus(calls, cost, waited, sent, received));
  }

  /** A call has returned. */
  void returned(int number, LedgerRow.Place place, long costNanos, long waitedNanos) {
    add(number, place, 1, costNanos, waitedNanos, 0, 0);
  }

  /** A call that is counted already has waited. */
  void waited(int number, LedgerRow.Place place, long nanos) {
    add(number, place, 0, 0, nanos, 0, 0);
  }

  /** Messages of a call went over the network. */
  void carried(int number, LedgerRow.Place place, long sentBytes, long receivedBytes) {
    add(number, place, 0, 0, 0, sentBytes, receivedBytes);
  }

  /** Every row, by number and place. */
  List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** Rows with the names of the calls, by number and place. */
  static List<LedgerRow> rows(List<Entry> entries, SyscallTable table) {
    List<LedgerRow> rows = new ArrayList<>();
    for (Entry each : entries) {
      if (each.count > 0) {
        rows.add(
            new LedgerRow(
                table.name(each.number),
                each.place,
                each.count,
                each.costNanos,
                each.waitedNanos,
                each.sentBytes,
                each.receivedBytes));
      }
    }
    return rows;
  }

  void walk(Walk walk) {
    List<Entry> all = new ArrayList<>(entries.values());
    int count = walk.count("ledger", all.size());
    for (int i = 0; i < count; i++) {
      Entry each = walk.reading() ? new Entry(0, LedgerRow.Place.HERE, 0, 0, 0, 0, 0) : all.get(i);
      int number = walk.i32("call", each.number);
      LedgerRow.Place place = walk.constant("place", each.place, PLACES);
      long calls = walk.i64("count", each.count);
      long cost = walk.i64("cost", each.costNanos);
      long waited = walk.i64("waited", each.waitedNanos);
      long sent = walk.i64("sent", each.sentBytes);
      long received = walk.i64("received", each.receivedBytes);
      if (walk.reading()) {
        add(number, place, calls, cost, waited, sent, received);
      }
    }
  }
}
