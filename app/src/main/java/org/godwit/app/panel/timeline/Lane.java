package org.godwit.app.panel.timeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Migration;

/**
 * The life of one process as stays on nodes, with the crossings between them. FX thread only.
 *
 * <p>A stay is open while it lasts; then its end is {@link #OPEN}.
 */
public final class Lane {
  /** End of a stay that still lasts. */
  public static final long OPEN = Long.MAX_VALUE;

  /** Stays kept; older ones fall off. */
  static final int STAYS = 1_000;

  private final ProcessId id;
  private final long bornNanos;
  private final List<Stay> stays = new ArrayList<>();
  private final List<Migration> crossings = new ArrayList<>();
  private long endedNanos = OPEN;

  /**
   * A stretch of time on one node, ends in virtual nanoseconds.
   *
   * @param node where
   * @param fromNanos when the body could run there first
   * @param toNanos when it was frozen or ended, or {@link #OPEN}
   */
  public record Stay(int node, long fromNanos, long toNanos) {}

  Lane(ProcessId id, int node, long bornNanos) {
    this.id = id;
    this.bornNanos = bornNanos;
    stays.add(new Stay(node, bornNanos, OPEN));
  }

  /** Whose lane it is. */
  public ProcessId id() {
    return id;
  }

  /** When it began. */
  public long bornNanos() {
    return bornNanos;
  }

  /** When it ended, or {@link #OPEN}. */
  public long endedNanos() {
    return endedNanos;
  }

  /** Its stays, oldest first. */
  public List<Stay> stays() {
    return Collections.unmodifiableList(stays);
  }

  /** Its migrations, oldest first; each lies between two stays. */
  public List<Migration> crossings() {
    return Collections.unmodifiableList(crossings);
  }

  /** The node that it is on, or was on last. */
  public int node() {
    return stays.getLast().node();
  }

  void cross(Migration migration) {
    closeStay(migration.frozenNanos());
    stays.add(new Stay(migration.to(), migration.resumedNanos(), OPEN));
    crossings.add(migration);
    if (stays.size() > STAYS) {
      stays.removeFirst();
      crossings.removeFirst();
    }
  }

  void end(long nanos) {
    if (endedNanos == OPEN) {
      endedNanos = nanos;
      closeStay(nanos);
    }
  }

  private void closeStay(long nanos) {
    Stay last = stays.getLast();
    if (last.toNanos() == OPEN) {
      stays.set(
          stays.size() - 1,
          new Stay(last.node(), last.fromNanos(), Math.max(nanos, last.fromNanos())));
    }
  }
}
