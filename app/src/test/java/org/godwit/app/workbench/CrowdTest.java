package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.Pace;
import org.godwit.app.bridge.RunState;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.theme.Variant;
import org.godwit.model.command.Command;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

/** 64 nodes with 500 processes: what the FX thread does per frame stays far below a dropped one. */
class CrowdTest extends ApplicationTest {
  private static final int FRAMES = 60;

  private Workbench workbench;
  private EngineBridge bridge;

  @Override
  public void start(Stage stage) {
    bridge = new EngineBridge(Platform::runLater, System::nanoTime);
    WorkbenchStart start =
        WorkbenchStart.of(List.of(), SampleStart.CARDS).withLook(Locale.ENGLISH, Variant.LIGHT);
    workbench = new Workbench(start, bridge, 1200, 740);
    stage.setScene(workbench.scene());
    stage.show();
  }

  @Override
  public void stop() {
    bridge.close();
  }

  @Test
  void aFrameIsAppliedWellWithinAPulse() {
    ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(63));
    for (int node = 1; node <= 64; node++) {
      cluster.submit(new Command.Launch("l" + node, node, "spin", List.of(), 8, false));
    }
    List<Frame> frames = new ArrayList<>();
    int events = 0;
    for (int i = 1; i <= FRAMES; i++) {
      cluster.advance(i * 16_000_000L);
      var fresh = cluster.events(events);
      events += fresh.size();
      frames.add(
          new Frame(
              1,
              0,
              cluster.scenario(),
              cluster.view(),
              cluster.now(),
              fresh,
              List.of(),
              RunState.RUNNING,
              Pace.REAL_TIME,
              1,
              1,
              false,
              0,
              0));
    }
    for (double zoom : new double[] {0, 1}) {
      long[] took = new long[FRAMES];
      interact(
          () -> {
            workbench.canvas().accept(frames.getFirst());
            if (zoom == 0) {
              workbench.canvas().fit();
            } else {
              workbench.canvas().zoomReset();
            }
          });
      interact(
          () -> {
            for (int i = 0; i < FRAMES; i++) {
              long before = System.nanoTime();
              workbench.canvas().accept(frames.get(i));
              workbench.canvas().tick(16);
              took[i] = System.nanoTime() - before;
            }
          });
      Arrays.sort(took);
      double median = took[FRAMES / 2] / 1e6;
      System.out.printf(
          Locale.ROOT, "64 nodes, 512 processes, zoom %s: median %.2f ms a frame%n", zoom, median);
      // Generous, because builds share their machine; a quadratic mistake is far beyond it.
      assertThat(median).isLessThan(50);
    }
  }
}
