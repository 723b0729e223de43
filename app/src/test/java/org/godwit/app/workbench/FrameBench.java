package org.godwit.app.workbench;

import java.io.StringReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.EngineSession;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.bridge.Pace;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.host.HostEngine;
import org.godwit.app.launch.CatalogueSource;
import org.godwit.app.panel.PanelWindows;
import org.godwit.app.theme.Variant;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.LocalText;

/**
 * How long a frame takes while a large cluster runs: the whole window with all panels at 1600x1000,
 * over the scripted cluster, so that the engine's own work is left out, or over the engine at full
 * pace. Prints one line: nodes, processes, median, 95th percentile and longest gap between two
 * pulses, the share of the FX thread that our own work takes, the cores. Further lines tell the CPU
 * time that the FX thread needs from pulse to pulse, with styles and layout, and the renderer's: it
 * is next to the same on a busy host, where the gaps tell more of the others. Needs a display.
 *
 * <p>Arguments: nodes, processes per node, seconds, and {@code engine} for the real one.
 */
public final class FrameBench {
  private FrameBench() {}

  public static void main(String[] args) {
    Application.launch(BenchWindow.class, args);
  }

  /** The window that is measured. */
  public static final class BenchWindow extends Application {
    private static final int WARM_UP_FRAMES = 60;
    private static final int MOST_FRAMES = 100_000;

    private final double[] gaps = new double[MOST_FRAMES];
    private final double[] busy = new double[MOST_FRAMES];
    private final double[] painting = new double[MOST_FRAMES];
    private long lastPaint;
    private long renderer = -1;
    private long pausesBefore;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long lastCpu;
    private int frames = -WARM_UP_FRAMES;
    private double ours;
    private double begun;
    private EngineBridge bridge;

    private int argument(int index, int otherwise) {
      List<String> given = getParameters().getRaw();
      return given.size() > index ? Integer.parseInt(given.get(index)) : otherwise;
    }

    @Override
    public void start(Stage stage) {
      int nodes = argument(0, 256);
      int each = argument(1, 8);
      double seconds = argument(2, 20);
      boolean real = getParameters().getRaw().contains("engine");
      WorkbenchStart.Choice choice =
          new WorkbenchStart.Choice(
              "bench",
              new LocalText("bench", "計測"),
              () -> real ? engine(nodes, each) : crowd(nodes, each));
      WorkbenchStart start =
          WorkbenchStart.of(List.of(choice), SampleStart.CARDS)
              .withToolWindows(PanelWindows.all())
              .withRecordings((_, _) -> {}, Optional::empty)
              .withLook(Locale.ENGLISH, Variant.LIGHT);
      bridge = new EngineBridge(Platform::runLater, System::nanoTime);
      bridge.giveWay();
      Workbench workbench = new Workbench(start, bridge, 1600, 1000);
      stage.setScene(workbench.scene());
      stage.setX(0);
      stage.setY(0);
      stage.show();
      workbench.begin();
      if (real) {
        bridge.setPace(Pace.MAX);
      }
      new AnimationTimer() {
        private long last;

        @Override
        public void handle(long now) {
          long before = System.nanoTime();
          workbench.pulse(last == 0 ? 0 : Math.min(100, (before - last) / 1e6));
          if (bridge.frame().view().processes().size() >= nodes * each) {
            note(last, before);
          }
          last = before;
          if (frames > 0 && (before - begun) / 1e9 > seconds) {
            stop();
            tell(nodes, nodes * each);
            Platform.exit();
          }
        }
      }.start();
    }

    private void note(long last, long before) {
      if (frames == 0) {
        begun = before;
        ours = 0;
        renderer = renderer();
        lastPaint = threads.getThreadCpuTime(renderer);
        pausesBefore = collections();
      }
      long cpu = threads.getCurrentThreadCpuTime();
      long paint = renderer < 0 ? 0 : threads.getThreadCpuTime(renderer);
      if (frames > 0 && frames < MOST_FRAMES) {
        gaps[frames - 1] = (before - last) / 1e6;
        busy[frames - 1] = (cpu - lastCpu) / 1e6;
        painting[frames - 1] = (paint - lastPaint) / 1e6;
      }
      lastCpu = cpu;
      lastPaint = paint;
      ours += System.nanoTime() - before;
      frames++;
    }

    private void tell(int nodes, int processes) {
      int count = Math.min(frames - 1, MOST_FRAMES);
      System.out.printf(
          Locale.ROOT,
          "%d nodes, %d processes: %s over %d frames; our share of the FX thread %.0f %%; "
              + "%d cores, prism.order=%s%n",
          nodes,
          processes,
          spread(gaps, count),
          count,
          100 * ours / (System.nanoTime() - begun),
          Runtime.getRuntime().availableProcessors(),
          System.getProperty("prism.order", "default"));
      System.out.printf("CPU time of the FX thread per frame: %s%n", spread(busy, count));
      System.out.printf("CPU time of the renderer per frame: %s%n", spread(painting, count));
      System.out.printf("collections: %d ms%n", collections() - pausesBefore);
    }

    /** The thread that paints. */
    private long renderer() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("QuantumRenderer"))
          .findFirst()
          .orElseThrow()
          .threadId();
    }

    /** Time that collectors have needed, as far as it is told, in ms. */
    private static long collections() {
      return ManagementFactory.getGarbageCollectorMXBeans().stream()
          .mapToLong(GarbageCollectorMXBean::getCollectionTime)
          .sum();
    }

    private static String spread(double[] millis, int count) {
      double[] sorted = Arrays.copyOf(millis, count);
      Arrays.sort(sorted);
      return String.format(
          Locale.ROOT,
          "median %.1f ms, p95 %.1f ms, longest %.0f ms",
          sorted[count / 2],
          sorted[(int) (count * 0.95)],
          sorted[count - 1]);
    }

    private static ScriptedCluster crowd(int nodes, int each) {
      ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(nodes - 1));
      for (int node = 1; node <= nodes; node++) {
        cluster.submit(new Command.Launch("l" + node, node, "spin", List.of(), each, false));
      }
      return cluster;
    }

    private static LiveSession engine(int nodes, int each) throws ProblemException {
      StringBuilder text = new StringBuilder("{\"title\": \"bench\", \"nodes\": [");
      for (int node = 1; node <= nodes; node++) {
        text.append(node == 1 ? "" : ", ").append("{\"id\": ").append(node);
        text.append(", \"cpus\": 2}");
      }
      text.append("], \"script\": [");
      for (int node = 1; node <= nodes; node++) {
        text.append(node == 1 ? "" : ", ").append("{\"at\": \"0s\", \"do\": \"launch\", ");
        text.append("\"launch\": \"l").append(node).append("\", \"node\": ").append(node);
        text.append(", \"program\": \"spin\", \"count\": ").append(each).append("}");
      }
      return new EngineSession(
          Session.open(
              ScenarioReader.read("bench.json", new StringReader(text.append("]}").toString())),
              new CatalogueSource(true),
              SessionOptions.DEFAULT.with(HostEngine.auto())));
    }

    @Override
    public void stop() {
      bridge.close();
    }
  }
}
