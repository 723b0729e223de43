package org.godwit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.view.ClusterView;
import org.junit.jupiter.api.Test;

/** What the table says of processes that the view has forgotten. */
class ProcessRowTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);

  @Test
  void aProcessLostWithItsNodeStaysLostThoughItsDeputyDiesOfASignal() {
    Happening launched = new Happening.Launched(SPIN, "spin", List.of(), "a");
    Happening killed = new Happening.Killed(SPIN, 9, -1, -1);
    assertThat(state(launched, new Happening.Lost(SPIN, 2), killed)).isEqualTo("lost 137");
    assertThat(state(launched, killed)).isEqualTo("crashed 137");
  }

  private static String state(Happening... happenings) {
    List<Event> events = new ArrayList<>();
    for (Happening each : happenings) {
      events.add(new Event(events.size(), 1, events.size(), each));
    }
    ClusterView later =
        new ClusterView(
            0, 1, "", "", List.of(), List.of(), List.of(), List.of(), List.of(), 0, 1, 0);
    ProcessRow row = ProcessRow.all(later, events, List.of()).getFirst();
    return row.state() + " " + row.status();
  }
}
