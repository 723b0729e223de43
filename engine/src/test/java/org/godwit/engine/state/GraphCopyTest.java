package org.godwit.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class GraphCopyTest {
  private static final class Knot {
    static final Knot NONE = new Knot();

    final List<Knot> others = new ArrayList<>();
    final int[] numbers = {1, 2, 3};
    Knot end = NONE;
    IntSupplier first = () -> numbers[0];
    Pair pair = new Pair("a", this);
    Pair constant = new Pair("b", "c");
    transient List<String> cache = new ArrayList<>();
    Object any;
  }

  private record Pair(String name, Object what) {}

  private static final class Cached implements Revivable {
    transient int[] cache;

    Cached() {
      revive();
    }

    @Override
    public void revive() {
      cache = new int[7];
    }
  }

  private record Leaf(int value) implements CopyOnWrite {
    @Override
    public long ownBytes() {
      return 0;
    }

    @Override
    public Leaf kept() {
      return new Leaf(value + 1);
    }

    @Override
    public Leaf revived() {
      return new Leaf(value + 10);
    }
  }

  private record Store(boolean sealed, int[] numbers) implements Sealable {}

  private static <T> T kept(T root) {
    return GraphCopy.kept(root, type -> type == StringBuilder.class).root();
  }

  private static <T> T revived(T root) {
    return GraphCopy.revived(root, type -> type == StringBuilder.class);
  }

  private static Object through(Object any) {
    Knot knot = new Knot();
    knot.any = any;
    return kept(knot).any;
  }

  @Test
  void circlesCloseAndNothingMutableIsShared() {
    Knot knot = new Knot();
    knot.others.add(knot);
    Knot copy = revived(knot);
    assertThat(copy).isNotSameAs(knot);
    assertThat(copy.others).containsExactly(copy);
    assertThat(copy.pair.what()).isSameAs(copy);
    assertThat(copy.numbers).isNotSameAs(knot.numbers).containsExactly(1, 2, 3);
  }

  @Test
  void lambdasSeeTheCopy() {
    Knot knot = new Knot();
    Knot copy = revived(knot);
    copy.numbers[0] = 5;
    assertThat(copy.first.getAsInt()).isEqualTo(5);
    assertThat(knot.first.getAsInt()).isEqualTo(1);
  }

  @Test
  void whatNeverChangesIsShared() {
    Knot knot = new Knot();
    knot.any = new StringBuilder();
    Knot copy = kept(knot);
    assertThat(copy.constant).isSameAs(knot.constant);
    assertThat(copy.end).isSameAs(Knot.NONE);
    assertThat(copy.any).isSameAs(knot.any);
  }

  @Test
  void transientFieldsAreEmptyUntilRevived() {
    assertThat(kept(new Knot()).cache).isNull();
    Cached kept = kept(new Cached());
    assertThat(kept.cache).isNull();
    assertThat(revived(kept).cache).hasSize(7);
  }

  @Test
  void whoIsCopiedOnWriteIsAskedOnce() {
    Leaf leaf = new Leaf(0);
    Leaf[] both = {leaf, leaf};
    Leaf[] kept = kept(both);
    assertThat(kept[0]).isEqualTo(new Leaf(1)).isSameAs(kept[1]);
    assertThat(revived(kept)[0]).isEqualTo(new Leaf(11));
  }

  @Test
  void whatIsSealedIsSharedWithAllThatIsInIt() {
    Store open = new Store(false, new int[1]);
    Store sealed = new Store(true, new int[1]);
    assertThat(through(open)).isNotSameAs(open);
    assertThat(through(sealed)).isSameAs(sealed);
  }

  @Test
  void collectionsKeepTheirOrder() {
    TreeMap<String, List<int[]>> map = new TreeMap<>(Comparator.reverseOrder());
    map.put("a", List.of(new int[] {1}));
    map.put("b", List.of());
    @SuppressWarnings("unchecked")
    Map<String, List<int[]>> copy = (Map<String, List<int[]>>) through(map);
    assertThat(copy.keySet()).containsExactly("b", "a");
    assertThat(copy.get("a").getFirst()).containsExactly(1).isNotSameAs(map.get("a").getFirst());

    PriorityQueue<Integer> queue = new PriorityQueue<>(List.of(5, 3, 9, 1, 7));
    assertThat(((PriorityQueue<?>) through(queue)).toArray()).isEqualTo(queue.toArray());
    ArrayDeque<String> deque = new ArrayDeque<>(List.of("x", "y"));
    assertThat(((ArrayDeque<?>) through(deque)).toArray()).containsExactly("x", "y");
  }

  private static final class Due implements Comparable<Due> {
    final int when;

    Due(int when) {
      this.when = when;
    }

    @Override
    public int compareTo(Due other) {
      return Integer.compare(when, other.when);
    }
  }

  /** They are compared when they are put in, and must be complete by then. */
  @Test
  void whatOrdersItselfIsOrderedByWhatItHolds() {
    PriorityQueue<Due> queue = new PriorityQueue<>();
    for (int when : new int[] {4, 2, 8, 1, 6}) {
      queue.add(new Due(when));
    }
    PriorityQueue<?> copy = (PriorityQueue<?>) through(queue);
    for (int when : new int[] {1, 2, 4, 6, 8}) {
      assertThat(((Due) copy.poll()).when).isEqualTo(when);
    }
  }

  @Test
  void aClassThatIsNotKnownIsNamedWithTheWayToIt() {
    assertThatThrownBy(() -> through(new Pair("thread", new Thread())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("java.lang.Thread")
        .hasMessageContaining("Pair")
        .hasMessageContaining("Knot");
  }
}
