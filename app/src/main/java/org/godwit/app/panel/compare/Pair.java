package org.godwit.app.panel.compare;

import java.util.SortedMap;
import java.util.TreeMap;
import org.godwit.app.panel.load.TwoLoads;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Comparison;
import org.godwit.engine.session.query.Names;
import org.godwit.engine.session.query.Tracks;

/**
 * Two sessions with all that has to be computed of them before they can be shown; that takes time
 * and belongs on a thread of its own.
 *
 * @param a the first
 * @param b the second
 * @param comparison what differs
 * @param tracksA where the processes of the first were
 * @param tracksB where the processes of the second were
 * @param loads their load figures
 */
public record Pair(
    RecordedSession a,
    RecordedSession b,
    Comparison comparison,
    Tracks tracksA,
    Tracks tracksB,
    TwoLoads loads) {
  /** Compares. */
  public static Pair of(RecordedSession a, RecordedSession b) {
    SortedMap<Integer, String> names = new TreeMap<>(new Names(b).nodes());
    names.putAll(new Names(a).nodes());
    long common = Math.min(a.facts().endNanos(), b.facts().endNanos());
    return new Pair(
        a,
        b,
        Comparison.of(a, b),
        new Tracks(a.events(), a.facts().endNanos()),
        new Tracks(b.events(), b.facts().endNanos()),
        new TwoLoads(names, a.samples(), b.samples(), common));
  }

  /** The later of their ends. */
  long endNanos() {
    return Math.max(a.facts().endNanos(), b.facts().endNanos());
  }

  /** The first instant at which anything differs, or −1. */
  long partingNanos() {
    long found = Long.MAX_VALUE;
    if (comparison.commands() != null) {
      var pair = comparison.commands();
      found = Math.min(found, pair.a() == null ? Long.MAX_VALUE : pair.a().atNanos());
      found = Math.min(found, pair.b() == null ? Long.MAX_VALUE : pair.b().atNanos());
    }
    if (comparison.events() != null) {
      var parting = comparison.events();
      found = Math.min(found, parting.a() == null ? Long.MAX_VALUE : parting.a().atNanos());
      found = Math.min(found, parting.b() == null ? Long.MAX_VALUE : parting.b().atNanos());
    }
    for (long at : new long[] {comparison.sampleNanos(), comparison.hashNanos()}) {
      found = at < 0 ? found : Math.min(found, at);
    }
    return found == Long.MAX_VALUE ? -1 : found;
  }
}
