package org.godwit.app.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.panel.PanelWindows;
import org.godwit.app.theme.NoStyleComplaints;
import org.godwit.app.theme.Variant;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.scenario.LocalText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/** A workbench in a window, and the hands of its user. */
@ExtendWith(NoStyleComplaints.class)
abstract class WindowTest extends ApplicationTest {
  EngineBridge bridge;
  Workbench workbench;
  private AnimationTimer timer;

  /** What the window starts with. */
  abstract WorkbenchStart beginning() throws Exception;

  @Override
  public void start(Stage stage) throws Exception {
    bridge = new EngineBridge(Platform::runLater, System::nanoTime);
    workbench = new Workbench(beginning(), bridge, 1200, 740);
    stage.setScene(workbench.scene());
    timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            workbench.pulse(16);
          }
        };
    timer.start();
    // All window tests share one stage, and it keeps the size that another test gave it.
    stage.setWidth(1200);
    stage.setHeight(740);
    stage.setX(0);
    stage.setY(0);
    stage.show();
    workbench.begin();
  }

  @AfterEach
  void end() throws InterruptedException {
    timer.stop();
    bridge.close();
    bridge.awaitEnd(2_000);
  }

  /** A small scripted cluster with all panels, in English and light, keeping its settings there. */
  static WorkbenchStart scripted(Path settings, LocalText title) throws IOException {
    Files.writeString(settings, "welcomed=true\nlook=light\ntips.show=false\n");
    WorkbenchStart.Choice choice =
        new WorkbenchStart.Choice(
            "scripted",
            title,
            () -> {
              ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
              cluster.submit(new Command.Launch("first", 2, "spin", List.of(), 1, false));
              return cluster;
            });
    return WorkbenchStart.of(List.of(choice), SampleStart.CARDS)
        .withToolWindows(PanelWindows.all())
        .withSettings(settings)
        .withLook(Locale.ENGLISH, Variant.LIGHT);
  }

  /** Does an action as its menu item would. */
  void fire(String action) {
    interact(() -> workbench.context().actions().get(action).fire());
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** Cards exist a pulse before they are laid out; a gesture needs them in their places. */
  void settled(int node) throws Exception {
    waitFor(() -> card(node) != null);
    for (int i = 0; i < 5; i++) {
      WaitForAsyncUtils.waitForFxEvents();
    }
    waitFor(() -> workbench.canvas().covers(scene(card(node)).getX(), scene(card(node)).getY()));
    leap(new Point2D(2, 2));
  }

  private static Point2D scene(Node node) {
    Bounds bounds = node.localToScene(node.getLayoutBounds());
    return new Point2D(bounds.getCenterX(), bounds.getCenterY());
  }

  void dragProgram(String name, Node onto) {
    grab(node("#program-" + name), centre(onto));
    drop();
  }

  /** Presses and moves in a few leaps: a pixel at a time takes seconds on a busy machine. */
  void grab(Node from, Point2D to) {
    Point2D start = centre(from);
    leap(start);
    press(MouseButton.PRIMARY);
    for (double way : new double[] {0.02, 0.1, 0.5, 0.9, 1}) {
      leap(start.interpolate(to, way));
    }
  }

  void leap(Point2D to) {
    robotContext().getBaseRobot().moveMouse(to);
    WaitForAsyncUtils.waitForFxEvents();
  }

  Node node(String query) {
    return lookup(query).query();
  }

  List<String> captions() {
    return lookup(".floating-caption").queryAll().stream()
        .filter(Node::isVisible)
        .map(Object::toString)
        .toList();
  }

  Node card(int number) {
    return lookup(".node-card").queryAll().stream()
        .filter(n -> String.valueOf(n.getAccessibleText()).startsWith("node" + number + ","))
        .findFirst()
        .orElse(null);
  }

  Node chip(ProcessId id) {
    return lookup(".chip").queryAll().stream()
        .filter(n -> String.valueOf(n.getAccessibleText()).contains(" " + id.pid() + " on node"))
        .findFirst()
        .orElse(null);
  }

  Node chipOn(int node, ProcessId id) {
    return lookup(".chip").queryAll().stream()
        .filter(
            n ->
                String.valueOf(n.getAccessibleText())
                    .contains(" " + id.pid() + " on node " + node + ","))
        .findFirst()
        .orElse(null);
  }

  int where(ProcessId id) {
    return bridge.frame().view().processes().stream()
        .filter(p -> p.id().equals(id))
        .mapToInt(p -> p.where())
        .findFirst()
        .orElse(0);
  }

  static Point2D centre(Node node) {
    Bounds bounds = node.localToScreen(node.getLayoutBounds());
    return new Point2D(bounds.getCenterX(), bounds.getCenterY());
  }

  /**
   * Waits as long as a busy machine may need: a minute is no claim about speed. What the window
   * looked like instead is in the message: whoever reads it may have nothing else.
   */
  void waitFor(BooleanSupplier condition) throws Exception {
    try {
      WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> onFx(condition));
    } catch (TimeoutException e) {
      AtomicReference<String> seen = new AtomicReference<>();
      onFx(() -> seen.compareAndSet(null, seen()));
      throw new AssertionError("not within a minute; seen: " + seen, e);
    }
  }

  private String seen() {
    Scene scene = workbench.scene();
    return "scene %.0fx%.0f, canvas %.0fx%.0f, scale %.3f, %d cards, chips %s, %s at %d ns, %d alive"
        .formatted(
            scene.getWidth(),
            scene.getHeight(),
            workbench.canvas().getWidth(),
            workbench.canvas().getHeight(),
            workbench.canvas().zoomProperty().get(),
            lookup(".node-card").queryAll().size(),
            lookup(".chip").queryAll().stream().map(Node::getAccessibleText).toList(),
            bridge.frame().state(),
            bridge.frame().view().nanos(),
            bridge.frame().view().processes().stream().filter(p -> p.isAlive()).count());
  }

  /** Cards at their own size show chips; at the zoom that fits it depends on the room there is. */
  void lifeSize() {
    interact(() -> workbench.canvas().zoomReset());
    WaitForAsyncUtils.waitForFxEvents();
  }

  static boolean onFx(BooleanSupplier condition) throws Exception {
    return WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get(60, TimeUnit.SECONDS);
  }
}
