package org.godwit.app.panel.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.SECOND;
import static org.godwit.app.panel.Clusters.event;
import static org.godwit.app.panel.Clusters.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.godwit.app.panel.Clusters;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.MigrationMethod;
import org.junit.jupiter.api.Test;

class TimelineViewModelTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);
  private static final ProcessId CHILD = new ProcessId(1, 1002);

  private final TimelineViewModel model =
      new TimelineViewModel(
          new Messages(Locale.ENGLISH), new Figures(Locale.ENGLISH), new Roster());

  private static Event launched(ProcessId id, long at) {
    return event(at, id.home(), new Happening.Launched(id, "spin", List.of(), "a"));
  }

  @Test
  void aMigrationEndsOneStayAtTheFreezeAndBeginsAnotherAtTheResume() {
    Migration move = Clusters.migration(SPIN, 1, 2, 5 * SECOND);
    model.append(
        List.of(
            launched(SPIN, SECOND),
            event(move.resumedNanos(), 1, new Happening.Migrated(move)),
            event(8 * SECOND, 1, new Happening.Exited(SPIN, 0))));
    Lane lane = model.lanes().getFirst();
    assertThat(lane.stays())
        .containsExactly(
            new Lane.Stay(1, SECOND, 5 * SECOND),
            new Lane.Stay(2, move.resumedNanos(), 8 * SECOND));
    assertThat(lane.crossings()).containsExactly(move);
    assertThat(lane.endedNanos()).isEqualTo(8 * SECOND);
    assertThat(model.describe(lane, 5 * SECOND + 1))
        .hasValueSatisfying(
            text -> assertThat(text).contains("crosses from 1 to 2", "10.0 ms", "41 pages"));
    assertThat(model.describe(lane, 6 * SECOND))
        .hasValueSatisfying(t -> assertThat(t).contains("on 2"));
    assertThat(model.describe(lane, 9 * SECOND)).isEmpty();
    assertThat(model.describe(lane, 0)).isEmpty();
  }

  @Test
  void theAnatomyHasAllTheTimeAndAllTheBytes() {
    Migration move = Clusters.migration(SPIN, 1, 2, 5 * SECOND);
    Migration ahead =
        new Migration(
            2,
            SPIN,
            2,
            1,
            move.cause(),
            9 * SECOND,
            9 * SECOND,
            9 * SECOND + 300,
            9 * SECOND + 400,
            9 * SECOND + 450,
            3,
            1,
            3 * 4096 + 700,
            new Migration.Early(MigrationMethod.PRE_COPY, 2, 50, 210_000),
            new Migration.Cargo(300, 250, 100, 3 * 4096 + 50),
            null);
    model.append(
        List.of(
            launched(SPIN, SECOND),
            event(move.resumedNanos(), 1, new Happening.Migrated(move)),
            event(10 * SECOND, 1, new Happening.Migrated(ahead))));
    model.open(model.lanes().getFirst(), 6 * SECOND);
    assertThat(model.opened().get()).isEqualTo(move);
    Anatomy first = model.anatomy(move);
    assertThat(first.phases().getFirst().fromNanos()).isEqualTo(move.requestedNanos());
    assertThat(first.phases().getLast().toNanos()).isEqualTo(move.resumedNanos());
    for (int i = 1; i < first.phases().size(); i++) {
      assertThat(first.phases().get(i).fromNanos()).isEqualTo(first.phases().get(i - 1).toNanos());
    }
    assertThat(first.parts().stream().mapToLong(Anatomy.Part::bytes).sum()).isEqualTo(move.bytes());
    model.open(model.lanes().getFirst(), 20 * SECOND);
    assertThat(model.anatomy(model.opened().get()).parts())
        .containsExactly(
            new Anatomy.Part(Anatomy.Kind.AHEAD, 210_000),
            new Anatomy.Part(Anatomy.Kind.STATE, 300),
            new Anatomy.Part(Anatomy.Kind.REGISTERS, 250),
            new Anatomy.Part(Anatomy.Kind.AREAS, 100),
            new Anatomy.Part(Anatomy.Kind.PAGES, 3 * 4096 + 50));
    assertThat(model.anatomy(ahead).phases())
        .extracting(Anatomy.Phase::stage)
        .containsExactly(
            Anatomy.Stage.AHEAD, Anatomy.Stage.CROSSES, Anatomy.Stage.RELEASED, Anatomy.Stage.TOLD);
    assertThat(model.anatomy(ahead).waits())
        .containsExactly(
            new Anatomy.Wait(Anatomy.Party.PROCESS, 9 * SECOND + 300, 9 * SECOND + 450),
            new Anatomy.Wait(Anatomy.Party.HOME, 9 * SECOND + 300, 10 * SECOND),
            new Anatomy.Wait(Anatomy.Party.SOURCE, 9 * SECOND + 300, 9 * SECOND + 400),
            new Anatomy.Wait(Anatomy.Party.TARGET, 9 * SECOND, 9 * SECOND + 450));
    model.append(
        List.of(
            event(
                11 * SECOND,
                1,
                new Happening.PagesFetched(SPIN, 2, 9, 4, 36_864, 450 + 9 * SECOND, 80L))));
    assertThat(model.anatomy(ahead).phases().getLast())
        .isEqualTo(new Anatomy.Phase(Anatomy.Stage.FETCHES, 9 * SECOND + 450, 11 * SECOND));
  }

  /** What was measured of each part is drawn, however many bytes it has. */
  @Test
  void theAnatomyOfAMoveThatWasLookedAtHasEveryInstantOfIt() {
    Migration.Course course = new Migration.Course(30, 45, 50, 60, 61, 62, 70, 90, 95);
    Migration move =
        new Migration(
            1,
            SPIN,
            1,
            2,
            MoveCause.USER,
            10,
            20,
            40,
            100,
            110,
            1,
            0,
            5000,
            new Migration.Early(MigrationMethod.PRE_COPY, 1, 9, 36_864),
            new Migration.Cargo(300, 250, 100, 4350),
            course);
    model.append(List.of(launched(SPIN, 0), event(115, 1, new Happening.Migrated(move))));
    Anatomy anatomy = model.anatomy(move);
    assertThat(anatomy.phases())
        .containsExactly(
            new Anatomy.Phase(Anatomy.Stage.ASKED, 10, 20),
            new Anatomy.Phase(Anatomy.Stage.AHEAD, 20, 30),
            new Anatomy.Phase(Anatomy.Stage.RUNS, 30, 40),
            new Anatomy.Phase(Anatomy.Stage.OFFERED, 40, 50),
            new Anatomy.Phase(Anatomy.Stage.LEAVES, 50, 60),
            new Anatomy.Phase(Anatomy.Stage.STATE, 60, 61),
            new Anatomy.Phase(Anatomy.Stage.REGISTERS, 61, 62),
            new Anatomy.Phase(Anatomy.Stage.AREAS, 62, 70),
            new Anatomy.Phase(Anatomy.Stage.PAGES, 70, 90),
            new Anatomy.Phase(Anatomy.Stage.INSTALLED, 90, 95),
            new Anatomy.Phase(Anatomy.Stage.REPLY, 95, 100),
            new Anatomy.Phase(Anatomy.Stage.RELEASED, 100, 110),
            new Anatomy.Phase(Anatomy.Stage.TOLD, 110, 115));
    assertThat(anatomy.waits())
        .containsExactly(
            new Anatomy.Wait(Anatomy.Party.PROCESS, 40, 110),
            new Anatomy.Wait(Anatomy.Party.HOME, 30, 115),
            new Anatomy.Wait(Anatomy.Party.SOURCE, 40, 100),
            new Anatomy.Wait(Anatomy.Party.TARGET, 45, 110));
  }

  /** A later move by post-copy does not take away what the earlier one fetched. */
  @Test
  void whatEachMoveFetchedIsKept() {
    Migration first = Clusters.migration(SPIN, 1, 2, 5 * SECOND);
    Migration second = Clusters.migration(SPIN, 2, 1, 8 * SECOND);
    model.append(List.of(launched(SPIN, SECOND)));
    for (Migration each : List.of(first, second)) {
      model.append(
          List.of(
              event(each.resumedNanos(), 1, new Happening.Migrated(each)),
              event(
                  each.resumedNanos() + SECOND,
                  2,
                  new Happening.PagesFetched(
                      SPIN, each.from(), 9, 0, 36_864, each.resumedNanos(), 0L))));
    }
    for (Migration each : List.of(first, second)) {
      assertThat(model.anatomy(each).phases().getLast())
          .isEqualTo(
              new Anatomy.Phase(
                  Anatomy.Stage.FETCHES, each.resumedNanos(), each.resumedNanos() + SECOND));
    }
  }

  @Test
  void aChildBeginsWhereItsParentIs() {
    model.append(
        List.of(
            launched(SPIN, 0),
            event(SECOND, 1, new Happening.Migrated(Clusters.migration(SPIN, 1, 2, SECOND))),
            event(2 * SECOND, 2, new Happening.Forked(CHILD, SPIN))));
    assertThat(model.lanes().get(1).node()).isEqualTo(2);
  }

  @Test
  void aProcessWhoseBirthWasMissedGetsALaneFromThePicture() {
    model.show(Clusters.of(process(1, 1001, "spin").on(2)));
    assertThat(model.lanes()).singleElement().satisfies(l -> assertThat(l.node()).isEqualTo(2));
  }

  @Test
  void followingKeepsThePresentInSightUntilSomebodyPans() {
    model.append(List.of(launched(SPIN, 100 * SECOND)));
    assertThat(model.fromNanos()).isEqualTo(43 * SECOND);
    assertThat(model.toNanos()).isEqualTo(103 * SECOND);
    model.pan(-10 * SECOND);
    assertThat(model.following().get()).isFalse();
    model.append(List.of(launched(CHILD, 200 * SECOND)));
    assertThat(model.fromNanos()).isEqualTo(33 * SECOND);
    model.following().set(true);
    assertThat(model.toNanos()).isEqualTo(203 * SECOND);
  }

  @Test
  void zoomingKeepsWhatIsUnderThePointer() {
    model.append(List.of(launched(SPIN, 100 * SECOND)));
    model.pan(0);
    long anchor = model.fromNanos() + 20 * SECOND;
    model.zoom(0.5, anchor);
    assertThat(model.toNanos() - model.fromNanos()).isEqualTo(30 * SECOND);
    assertThat(anchor - model.fromNanos()).isEqualTo(10 * SECOND);
    for (int i = 0; i < 100; i++) {
      model.zoom(0.5, anchor);
    }
    assertThat(model.toNanos() - model.fromNanos()).isEqualTo(TimelineViewModel.MIN_SPAN);
    model.fit();
    assertThat(model.fromNanos()).isZero();
    assertThat(model.toNanos()).isEqualTo(105 * SECOND);
  }

  @Test
  void onlyEndedLanesFallOff() {
    List<Event> events = new ArrayList<>();
    events.add(launched(SPIN, 0));
    for (int i = 0; i < TimelineViewModel.LANES + 50; i++) {
      ProcessId id = new ProcessId(2, 2001 + i);
      events.add(launched(id, i));
      events.add(event(i, 2, new Happening.Exited(id, 0)));
    }
    model.append(events);
    assertThat(model.size()).isEqualTo(TimelineViewModel.LANES);
    assertThat(model.lanes().getFirst().id()).isEqualTo(SPIN);
  }
}
