package org.godwit.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.godwit.app.canvas.CardArranger.Box;
import org.godwit.app.canvas.CardArranger.Edge;
import org.godwit.app.canvas.CardPlaces.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cards are put in order as the names say, and never on each other by a layout. */
class CardArrangerTest {
  private static SortedMap<Integer, Box> three() {
    SortedMap<Integer, Box> boxes = new TreeMap<>();
    boxes.put(1, new Box(0, 0, 100, 50));
    boxes.put(2, new Box(200, 80, 100, 100));
    boxes.put(3, new Box(800, 160, 100, 50));
    return boxes;
  }

  @Test
  void aligningPutsEdgesInLine() {
    assertThat(CardArranger.arrange(Arranging.LEFT, three(), List.of()).values())
        .extracting(Place::x)
        .containsOnly(0.0);
    assertThat(CardArranger.arrange(Arranging.RIGHT, three(), List.of()).values())
        .extracting(Place::x)
        .containsOnly(800.0);
    Map<Integer, Place> bottom = CardArranger.arrange(Arranging.BOTTOM, three(), List.of());
    assertThat(bottom.get(1).y() + 50).isCloseTo(bottom.get(2).y() + 100, within(CardPlaces.SNAP));
    assertThat(bottom.get(3).x()).isEqualTo(800);
  }

  @Test
  void spreadingMakesGapsEqualAndKeepsTheEnds() {
    Map<Integer, Place> across = CardArranger.arrange(Arranging.ACROSS, three(), List.of());
    assertThat(across.get(1)).isEqualTo(new Place(0, 0));
    assertThat(across.get(2).x()).isEqualTo(400);
    assertThat(across.get(3).x()).isEqualTo(800);
  }

  @Test
  void layersFollowTheDistanceFromTheBestConnected() {
    SortedMap<Integer, Box> boxes = new TreeMap<>();
    for (int i = 1; i <= 6; i++) {
      boxes.put(i, new Box(i * 10, 0, 100, 50));
    }
    // A star around 4, with 6 behind 5.
    List<Edge> edges =
        List.of(new Edge(4, 1), new Edge(4, 2), new Edge(3, 4), new Edge(4, 5), new Edge(5, 6));
    Map<Integer, Place> places = CardArranger.arrange(Arranging.LAYERED, boxes, edges);
    assertThat(places.get(4).y()).isLessThan(places.get(1).y());
    assertThat(places.get(6).y()).isGreaterThan(places.get(5).y());
    assertThat(places.get(6).y())
        .isEqualTo(places.values().stream().mapToDouble(Place::y).max().orElseThrow());
  }

  @ParameterizedTest
  @EnumSource(names = {"GRID", "LAYERED", "FORCE"})
  void aLayoutLeavesNoCardOnAnotherAndIsTheSameEachTime(Arranging how) {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      SortedMap<Integer, Box> boxes = new TreeMap<>();
      int count = 1 + random.nextInt(40);
      for (int i = 1; i <= count; i++) {
        boxes.put(i, new Box(random.nextInt(300), random.nextInt(300), 336, 190 + 30 * (i % 5)));
      }
      List<Edge> edges = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        edges.add(new Edge(1 + random.nextInt(count), 1 + random.nextInt(count)));
      }
      Map<Integer, Place> places = CardArranger.arrange(how, boxes, edges);
      assertThat(places.keySet()).isEqualTo(boxes.keySet());
      assertThat(places).isEqualTo(CardArranger.arrange(how, boxes, edges));
      assertThat(overlaps(places, boxes)).as("seed %d, %s", seed, how).isEmpty();
    }
  }

  private static List<String> overlaps(Map<Integer, Place> places, Map<Integer, Box> boxes) {
    List<String> found = new ArrayList<>();
    for (int a : places.keySet()) {
      for (int b : places.keySet()) {
        Place at = places.get(a);
        Place other = places.get(b);
        double tall = at.y() < other.y() ? boxes.get(a).height() : boxes.get(b).height();
        if (a < b
            && Math.abs(at.x() - other.x()) < boxes.get(a).width()
            && Math.abs(at.y() - other.y()) < tall) {
          found.add(a + " at " + at + ", " + b + " at " + other);
        }
      }
    }
    return found;
  }

  @Test
  void theForceLayoutPutsNeighboursNearer() {
    SortedMap<Integer, Box> boxes = new TreeMap<>();
    for (int i = 1; i <= 8; i++) {
      boxes.put(i, new Box(i % 2 * 400, i * 60, 100, 50));
    }
    // Two rings of four, joined by nothing.
    List<Edge> edges = new ArrayList<>();
    for (int[] ring : new int[][] {{1, 3, 5, 7}, {2, 4, 6, 8}}) {
      for (int i = 0; i < 4; i++) {
        edges.add(new Edge(ring[i], ring[(i + 1) % 4]));
      }
    }
    Map<Integer, Place> places = CardArranger.arrange(Arranging.FORCE, boxes, edges);
    assertThat(mean(places, true)).isLessThan(mean(places, false));
  }

  private static double mean(Map<Integer, Place> places, boolean same) {
    double sum = 0;
    int count = 0;
    for (int a : places.keySet()) {
      for (int b : places.keySet()) {
        if (a < b && (a % 2 == b % 2) == same) {
          sum +=
              Math.hypot(
                  places.get(a).x() - places.get(b).x(), places.get(a).y() - places.get(b).y());
          count++;
        }
      }
    }
    return sum / count;
  }

  @Test
  void keptPlacesComeBackAndNonsenseDoesNot() {
    CardPlaces places = new CardPlaces();
    places.put(1, new Place(8, -16));
    places.put(12, new Place(1000, 0));
    String text = places.text();
    CardPlaces other = new CardPlaces();
    other.put(1, new Place(0, 0));
    other.put(2, new Place(5, 5));
    other.recall(text + ";2:x,y;999999999999:1,1");
    assertThat(other.of(1)).isEqualTo(new Place(8, -16));
    assertThat(other.of(2)).isEqualTo(new Place(5, 5));
    assertThat(other.of(12)).isEqualTo(new Place(0, 0));
  }
}
