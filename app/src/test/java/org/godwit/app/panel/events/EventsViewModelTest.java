package org.godwit.app.panel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.event;

import java.util.ArrayList;
import java.util.List;
import org.godwit.app.panel.Clusters;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.Test;

class EventsViewModelTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);
  private static final ProcessId OTHER = new ProcessId(2, 2001);

  private final EventsViewModel model =
      new EventsViewModel(e -> e.what().getClass().getSimpleName() + " at " + e.atNanos());

  @Test
  void decisionsAndOutputAreHiddenAtFirst() {
    model.append(
        List.of(
            event(1, 1, new Happening.Exited(SPIN, 0)),
            event(2, 1, new Happening.Decided(Clusters.weighed(SPIN))),
            event(3, 1, new Happening.Output(SPIN, null, 1, "x"))));
    assertThat(times()).containsExactly(1L);
    model.kinds().add(EventKind.DECISION);
    assertThat(times()).containsExactly(1L, 2L);
    model.kinds().remove(EventKind.LIFE);
    assertThat(times()).containsExactly(2L);
  }

  @Test
  void wordsSearchTheSentence() {
    model.append(
        List.of(
            event(1, 1, new Happening.Exited(SPIN, 0)),
            event(2, 1, new Happening.LockChanged(OTHER, true))));
    model.filter().set("LOCKchanged 2001@2");
    assertThat(times()).containsExactly(2L);
  }

  @Test
  void aNodesEventsIncludeMovesToIt() {
    model.append(
        List.of(
            event(1, 1, new Happening.Migrated(Clusters.migration(SPIN, 1, 3, 1))),
            event(2, 2, new Happening.Exited(OTHER, 0))));
    model.onlySelected().set(true);
    assertThat(times()).as("nothing is selected, nothing is hidden").containsExactly(1L, 2L);
    model.select(List.of(), List.of(3));
    assertThat(times()).containsExactly(1L);
    model.select(List.of(OTHER), List.of());
    assertThat(times()).containsExactly(2L);
  }

  @Test
  void onlyTheNewestAreKeptAndTheRestCounted() {
    for (int batch = 0; batch < 5; batch++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 6_000; i++) {
        events.add(event(batch * 6_000L + i, 1, new Happening.Exited(SPIN, 0)));
      }
      model.append(events);
    }
    assertThat(model.total().get()).isEqualTo(30_000);
    assertThat(model.rows()).hasSize(EventsViewModel.CAPACITY);
    assertThat(model.rows().getFirst().event().atNanos()).isEqualTo(10_000);
    assertThat(model.rows().getLast().event().atNanos()).isEqualTo(29_999);
  }

  @Test
  void rewordingKeepsLinesAndFilters() {
    List<String> language = new ArrayList<>(List.of("en"));
    EventsViewModel spoken = new EventsViewModel(_ -> language.getFirst());
    spoken.append(
        List.of(
            event(1, 1, new Happening.Exited(SPIN, 0)),
            event(2, 1, new Happening.Output(SPIN, null, 1, "x"))));
    language.set(0, "ja");
    spoken.reword();
    assertThat(spoken.rows()).singleElement().extracting(EventRow::sentence).isEqualTo("ja");
  }

  private List<Long> times() {
    return model.rows().stream().map(row -> row.event().atNanos()).toList();
  }
}
