package org.godwit.app.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.godwit.model.view.ClusterView;

/**
 * What a session looked like at moments of its past, so that the window can go back at once: every
 * tenth of a second, and whenever something had happened, as often as a picture was made. When
 * there are too many, every second one of the older half goes. Engine thread only.
 */
final class Moments {
  private static final long SPACING_NANOS = 100_000_000L;

  /** Nodes and processes in all moments together; some hundred bytes each. */
  private static final int MOST_PARTS = 200_000;

  private final List<Moment> all = new ArrayList<>();
  private int parts;

  /**
   * A moment.
   *
   * @param view the cluster
   * @param events how many events there had been
   * @param samples how many samples there had been
   * @param commands how many commands there had been
   */
  record Moment(ClusterView view, int events, int samples, int commands) {
    long nanos() {
      return view.nanos();
    }

    private int parts() {
      return 1 + view.nodes().size() + view.processes().size();
    }
  }

  /** Notes how it looks now. */
  void note(Moment now) {
    if (!all.isEmpty()) {
      Moment last = all.getLast();
      if (now.nanos() == last.nanos()) {
        parts -= all.removeLast().parts();
      } else if (now.nanos() < last.nanos() + SPACING_NANOS && now.events() == last.events()) {
        return;
      }
    }
    all.add(now);
    parts += now.parts();
    if (parts > MOST_PARTS) {
      thin();
    }
  }

  private void thin() {
    List<Moment> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i >= all.size() / 2 || i % 2 == 0) {
        kept.add(all.get(i));
      }
    }
    all.clear();
    all.addAll(kept);
    parts = all.stream().mapToInt(Moment::parts).sum();
  }

  /** The last moment at or before {@code nanos}, or the first there is; null if there is none. */
  Moment at(long nanos) {
    if (all.isEmpty()) {
      return null;
    }
    return all.get(Math.max(0, after(nanos) - 1));
  }

  /** The first moment at or after {@code nanos}; null if there is none. */
  Moment from(long nanos) {
    int index = after(nanos - 1);
    return index < all.size() ? all.get(index) : null;
  }

  private int after(long nanos) {
    return after(all, Moment::nanos, nanos);
  }

  /**
   * Index of the first of what is in the order of its instants that is later than {@code nanos}.
   */
  static <T> int after(List<T> ordered, ToLongFunction<T> instant, long nanos) {
    int low = 0;
    int high = ordered.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (instant.applyAsLong(ordered.get(middle)) <= nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Those of another future up to a moment: the past that both share. */
  static Moments shared(Moments other, long nanos) {
    Moments shared = new Moments();
    other.all.subList(0, other.after(nanos)).forEach(shared::note);
    return shared;
  }
}
