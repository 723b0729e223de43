package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.stage.Stage;
import org.godwit.app.theme.Theme;
import org.godwit.app.theme.Variant;
import org.godwit.app.workbench.TimeTicks.Kind;
import org.godwit.app.workbench.TimeTicks.Sign;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

/** The signs over the time bar. */
class TimeTicksTest extends ApplicationTest {
  private static final long SECOND = 1_000_000_000L;

  @Override
  public void start(Stage stage) {}

  private static Event at(long nanos, Happening what) {
    return new Event(nanos, 1, 0, what);
  }

  @Test
  void eachKindHasItsSignAndTheyMoveTogetherAsTimeGrows() {
    interact(
        () -> {
          TimeTicks ticks = new TimeTicks(new Theme(Variant.LIGHT));
          ticks.resize(116, 20);
          ProcessId process = new ProcessId(1, 1001);
          ticks.add(
              List.of(
                  at(0, new Happening.Launched(process, "spin", List.of(), "l1")),
                  at(SECOND, new Happening.LockChanged(process, true)),
                  at(2 * SECOND, new Happening.NodeCrashed("node1")),
                  at(3 * SECOND, new Happening.NodeUp("node2"))));
          ticks.show(4 * SECOND);
          assertThat(ticks.signs())
              .containsExactly(
                  new Sign(Kind.LAUNCH, 8), new Sign(Kind.LOCK, 33), new Sign(Kind.FAULT, 58));
          int paintings = ticks.paintings();
          ticks.show(4 * SECOND + SECOND / 1000);
          assertThat(ticks.paintings()).as("nothing moved by a pixel").isEqualTo(paintings);
          ticks.show(8 * SECOND);
          assertThat(ticks.signs()).contains(new Sign(Kind.FAULT, 33));
          assertThat(ticks.paintings()).isEqualTo(paintings + 1);
          // Another future begins before the crash.
          ticks.show(SECOND);
          assertThat(ticks.signs())
              .containsExactly(new Sign(Kind.LAUNCH, 8), new Sign(Kind.LOCK, 108));
          ticks.clear();
          ticks.show(SECOND);
          assertThat(ticks.signs()).isEmpty();
        });
  }

  @Test
  void thousandsOfMomentsAreNoMoreSignsThanThereIsRoomFor() {
    interact(
        () -> {
          TimeTicks ticks = new TimeTicks(new Theme(Variant.LIGHT));
          ticks.resize(216, 20);
          ProcessId process = new ProcessId(1, 1001);
          for (int i = 0; i < 20_000; i++) {
            ticks.add(List.of(at(i * 1_000_000L, new Happening.LockChanged(process, true))));
          }
          ticks.show(20 * SECOND);
          assertThat(ticks.signs()).hasSizeBetween(38, 41);
        });
  }
}
