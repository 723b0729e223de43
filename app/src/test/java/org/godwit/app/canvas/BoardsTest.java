package org.godwit.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.Pace;
import org.godwit.app.bridge.RunState;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;

/** What the canvas works out without a scene: slots, flights, places, footers. */
class BoardsTest {
  private final ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
  private int seenEvents;

  @Test
  void aChipKeepsItsSlotAndAnAwayProcessItsPlaceAtHome() {
    SlotBoard slots = new SlotBoard();
    launch(1, 3);
    slots.seat(cluster.view().processes(), ProcessView::where);
    assertThat(slots.slots(1)).containsExactly(id(1001), id(1002), id(1003));
    cluster.submit(new Command.Signal(new ProcessRef.ById(id(1001)), 9));
    List<ProcessView> left =
        cluster.view().processes().stream().filter(ProcessView::isAlive).toList();
    slots.seat(left, p -> p.id().equals(id(1003)) ? 2 : p.where());
    assertThat(slots.slots(1)).containsExactly(null, id(1002), id(1003));
    assertThat(slots.slots(2)).containsExactly(id(1003));
    launch(1, 1);
    slots.seat(
        cluster.view().processes().stream().filter(ProcessView::isAlive).toList(),
        ProcessView::where);
    assertThat(slots.slots(1)).containsExactly(id(1004), id(1002), id(1003));
    assertThat(slots.slots(2)).isEmpty();
  }

  @Test
  void flightTimeGrowsWithBytesWithinItsBounds() {
    assertThat(FlightBoard.durationMillis(0)).isEqualTo(300);
    assertThat(FlightBoard.durationMillis(64 << 10)).isBetween(375.0, 376.0);
    assertThat(FlightBoard.durationMillis(1L << 40)).isEqualTo(1_200);
  }

  @Test
  void aProcessIsShownAtItsSourceUntilItsFlightLands() {
    FlightBoard flights = new FlightBoard();
    launch(1, 1);
    flights.accept(frame(RunState.RUNNING), true);
    cluster.submit(new Command.Migrate(new ProcessRef.ById(id(1001)), 2));
    cluster.advance(200_000_000L);
    Frame arrived = frame(RunState.RUNNING);
    assertThat(arrived.view().processes().getFirst().where()).isEqualTo(2);
    flights.accept(arrived, false);
    ProcessView process = arrived.view().processes().getFirst();
    assertThat(flights.shownAt(process)).isEqualTo(1);
    assertThat(flights.tick(200)).isEmpty();
    double half = flights.flights().iterator().next().progress();
    assertThat(half).isBetween(0.3, 0.7);
    flights.accept(frame(RunState.PAUSED), false);
    assertThat(flights.tick(60_000)).isEmpty();
    assertThat(flights.flights().iterator().next().progress()).isEqualTo(half);
    flights.accept(frame(RunState.RUNNING), false);
    assertThat(flights.tick(400)).hasSize(1);
    assertThat(flights.shownAt(process)).isEqualTo(2);
  }

  @Test
  void whatAStepBroughtLandsWhileTimeStands() {
    FlightBoard flights = new FlightBoard();
    launch(1, 1);
    flights.accept(frame(RunState.PAUSED), true);
    cluster.submit(new Command.Migrate(new ProcessRef.ById(id(1001)), 2));
    cluster.advance(10_000_000_000L);
    flights.accept(frame(RunState.PAUSED), false);
    assertThat(flights.flights()).hasSize(1);
    assertThat(flights.tick(2_000)).hasSize(1);
    assertThat(flights.flights()).isEmpty();
  }

  @Test
  void aLongTransferShowsItsTrueProgress() {
    FlightBoard flights = new FlightBoard();
    launch(1, 1);
    flights.accept(frame(RunState.RUNNING), true);
    cluster.submit(new Command.Migrate(new ProcessRef.ById(id(1001)), 2));
    cluster.advance(5_000_000L);
    flights.accept(frame(RunState.RUNNING), false);
    flights.tick(10_000);
    var transfer = cluster.view().transfers().getFirst();
    double real = (double) transfer.bytesSent() / transfer.bytesTotal();
    assertThat(real).isBetween(0.1, 0.9);
    assertThat(flights.flights().iterator().next().progress()).isEqualTo(real);
  }

  @Test
  void oldMigrationsDoNotFlyWhenASessionIsOpened() {
    FlightBoard flights = new FlightBoard();
    launch(1, 3);
    cluster.advance(5_000_000_000L);
    assertThat(cluster.view().processes()).anyMatch(ProcessView::isAway);
    flights.accept(frame(RunState.PAUSED), true);
    assertThat(flights.flights()).isEmpty();
  }

  @Test
  void forwardedCallsBecomeOneToFourDotsASecond() {
    assertThat(CallTraffic.dotsPerSecond(0)).isZero();
    assertThat(CallTraffic.dotsPerSecond(1)).isEqualTo(1);
    assertThat(CallTraffic.dotsPerSecond(10)).isEqualTo(2);
    assertThat(CallTraffic.dotsPerSecond(1e9)).isEqualTo(4);
    cluster.submit(new Command.Launch("p", 1, "pipe", List.of(), 1, false));
    cluster.submit(new Command.Migrate(new ProcessRef.ById(id(1001)), 2));
    cluster.advance(100_000_000L);
    CallTraffic traffic = new CallTraffic();
    traffic.accept(frame(RunState.RUNNING), true);
    int seen = 0;
    for (int i = 1; i <= 200; i++) {
      cluster.advance(100_000_000L + i * 16_000_000L);
      traffic.accept(frame(RunState.RUNNING), false);
      int before = traffic.dots().size();
      traffic.tick(16);
      seen += Math.max(0, traffic.dots().size() - before);
    }
    assertThat(cluster.view().processes().getFirst().forwardedCalls()).isPositive();
    assertThat(seen).isBetween(2, 13);
    assertThat(traffic.dots()).allMatch(dot -> dot.place() >= 0 && dot.place() <= 1);
  }

  @Test
  void cardsThatWouldLieOnEachOtherAreSetOut() {
    CardPlaces places = new CardPlaces();
    List<NodeView> nodes = cluster.view().nodes();
    places.settle(nodes, 600, 600);
    for (NodeView a : nodes) {
      for (NodeView b : nodes) {
        if (a.spec().id() < b.spec().id()) {
          var pa = places.of(a.spec().id());
          var pb = places.of(b.spec().id());
          assertThat(Math.abs(pa.x() - pb.x()) >= 600 || Math.abs(pa.y() - pb.y()) >= 600).isTrue();
        }
      }
    }
    CardPlaces asGiven = new CardPlaces();
    asGiven.settle(nodes, 300, 200);
    assertThat(asGiven.of(2)).isEqualTo(new CardPlaces.Place(480, 40));
  }

  @Test
  void aNodeThatGaveOneAwayCoolsDownWhollyToItsNewLoad() {
    CardNotes notes = new CardNotes();
    launch(1, 3);
    cluster.advance(3_000_000L);
    notes.accept(frame(RunState.RUNNING), true);
    for (long at = 20_000_000L; at < 6_000_000_000L; at += 20_000_000L) {
      cluster.advance(at);
      notes.accept(frame(RunState.RUNNING), false);
    }
    assertThat(cluster.view().processes()).anyMatch(ProcessView::isAway);
    assertThat(notes.perCpu(1)).isEqualTo(1.0);
  }

  @Test
  void anOverloadedNodeSaysSoAndThenWhatItDecided() {
    Messages messages = new Messages(Locale.ENGLISH);
    CardNotes notes = new CardNotes();
    cluster.submit(new Command.SetPolicy("none"));
    launch(1, 3);
    cluster.advance(3_000_000L);
    notes.accept(frame(RunState.RUNNING), true);
    NodeView node = cluster.view().nodes().getFirst();
    assertThat(notes.isOverloaded(node)).isTrue();
    assertThat(notes.words(node, cluster.view().nanos(), messages))
        .matches("1 too many · deciding in 0\\.[12] s");
    cluster.advance(180_000_000L);
    notes.accept(frame(RunState.RUNNING), false);
    assertThat(notes.decision(1, messages)).contains("decision.nowhere");
    notes.tick(CardNotes.NOTE_MILLIS + 1);
    assertThat(notes.decision(1, messages)).isEmpty();
  }

  private void launch(int node, int count) {
    cluster.submit(
        new Command.Launch("l" + cluster.commands().size(), node, "spin", List.of(), count, false));
  }

  private static ProcessId id(int pid) {
    return new ProcessId(1, pid);
  }

  private Frame frame(RunState state) {
    ClusterView view = cluster.view();
    var fresh = cluster.events(seenEvents);
    seenEvents += fresh.size();
    return new Frame(
        1,
        0,
        cluster.scenario(),
        view,
        view.nanos(),
        fresh,
        List.of(),
        state,
        Pace.REAL_TIME,
        1,
        1,
        false,
        0,
        0);
  }
}
