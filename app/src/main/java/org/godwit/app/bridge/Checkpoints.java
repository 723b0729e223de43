package org.godwit.app.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.godwit.engine.session.Checkpoint;

/**
 * Checkpoints of one session, by time: so many that going on from the nearest takes a fraction of a
 * second, and so few that making them is a small part of the engine's time. When they hold too much
 * memory, every second one of the older half goes. Engine thread only.
 */
final class Checkpoints {
  /** Running takes at least so many times what making checkpoints takes: 4 %. */
  private static final int THRIFT = 25;

  /** More than this the cost of the first is not believed to be, nor that of any four times all. */
  private static final long FIRST_COST_NANOS = 2_000_000L;

  /** The cost is a mean over about so many: one slow one alone does not tear a gap. */
  private static final int MEAN_OF = 8;

  /** CPU time that running from one to the next takes at least. */
  private static final long LEAST_RUN_NANOS = 80_000_000L;

  /** Memory of all together, and the part of the heap that they may take. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int PART_OF_HEAP = 6;

  private final List<Checkpoint> all = new ArrayList<>();
  private final long mostBytes;
  private long bytes;
  private long ranNanos = Long.MAX_VALUE / 2;
  private long costNanos;
  private int measured;
  private long madeNanos;
  private boolean possible = true;

  Checkpoints() {
    this(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
  }

  Checkpoints(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Those of another future up to a moment: the past that both share. */
  static Checkpoints shared(Checkpoints other, long nanos) {
    Checkpoints shared = new Checkpoints(other.mostBytes);
    other.all.stream().filter(each -> each.nanos() <= nanos).forEach(shared::add);
    shared.possible = other.possible;
    shared.costNanos = other.costNanos;
    shared.measured = other.measured;
    return shared;
  }

  /**
   * To be told when the session has run for a while.
   *
   * @param session stands still now
   * @param tookNanos CPU time for it
   * @param cpu the CPU time of this thread; the wall clock would count what else the host does
   */
  void ran(LiveSession session, long tookNanos, LongSupplier cpu) {
    ranNanos += tookNanos;
    if (!possible || ranNanos < Math.max(LEAST_RUN_NANOS, THRIFT * costNanos)) {
      return;
    }
    long begun = cpu.getAsLong();
    keep(session);
    long took = cpu.getAsLong() - begun;
    // The first ones are slow since Java has not compiled the way there: they shall not be
    // believed.
    long believed = Math.min(took, Math.max(FIRST_COST_NANOS, 4 * costNanos));
    measured = Math.min(measured + 1, MEAN_OF);
    costNanos += (believed - costNanos) / measured;
    madeNanos += took;
    ranNanos = 0;
  }

  /** Keeps the moment at which {@code session} stands, unless it is kept already. */
  void keep(LiveSession session) {
    Checkpoint last = all.isEmpty() ? null : all.get(Math.max(0, after(session.now()) - 1));
    if (last != null && last.nanos() == session.now()) {
      return;
    }
    Optional<Checkpoint> made = session.checkpoint();
    possible = made.isPresent();
    made.ifPresent(this::add);
  }

  private void add(Checkpoint made) {
    all.add(after(made.nanos()), made);
    bytes += made.bytes();
    if (bytes > mostBytes && all.size() > 2) {
      thin();
    }
  }

  /** What a checkpoint shares with one that goes stays with the other. */
  private void thin() {
    List<Checkpoint> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i == 0 || i >= all.size() / 2 || i % 2 == 0) {
        kept.add(all.get(i));
      }
    }
    all.clear();
    all.addAll(kept);
    bytes = all.stream().mapToLong(Checkpoint::bytes).sum();
  }

  /** The last one at or before a moment; null if there is none. */
  Checkpoint before(long nanos) {
    int index = after(nanos) - 1;
    return index < 0 ? null : all.get(index);
  }

  /** How many there are. */
  int count() {
    return all.size();
  }

  /** Memory that they hold, about. */
  long bytes() {
    return bytes;
  }

  /** CPU time that making them has taken. */
  long madeNanos() {
    return madeNanos;
  }

  private int after(long nanos) {
    return Moments.after(all, Checkpoint::nanos, nanos);
  }
}
