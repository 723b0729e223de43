package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javafx.geometry.Point2D;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.CubicCurve;
import org.godwit.app.palette.ProgramDisc;
import org.godwit.model.ProcessId;
import org.godwit.model.view.ProcessView;

/** Who is away is tied to its home; forwarded calls run along the tie. FX thread only. */
final class TetherLayer {
  /** Above so many only those of selected processes are drawn. */
  private static final int TETHERS = 40;

  private final ShownCluster shown;
  private final CanvasTools tools;
  private final CallTraffic traffic;
  private final Viewport viewport;
  private final Pane layer;
  private final Map<ProcessId, CubicCurve> tethers = new TreeMap<>();
  private final List<Circle> dots = new ArrayList<>();

  TetherLayer(
      ShownCluster shown, CanvasTools tools, CallTraffic traffic, Viewport viewport, Pane layer) {
    this.shown = shown;
    this.tools = tools;
    this.traffic = traffic;
    this.viewport = viewport;
    this.layer = layer;
  }

  /** Draws them where the chips are now. */
  void show() {
    Set<ProcessId> wanted = new TreeSet<>();
    boolean full = NodeCard.Level.of(NodeCard.WIDTH * viewport.scale()) == NodeCard.Level.FULL;
    long away =
        shown.processes().values().stream()
            .filter(p -> shown.flights().shownAt(p) != p.id().home())
            .count();
    for (ProcessView process : shown.processes().values()) {
      int at = shown.flights().shownAt(process);
      boolean asked = away <= TETHERS || tools.selection().isSelected(process.id());
      if (full && process.isAlive() && at != process.id().home() && asked) {
        Optional<Point2D> home = shown.seat(process.id().home(), process.id());
        Optional<Point2D> here = shown.seat(at, process.id());
        if (home.isPresent() && here.isPresent()) {
          wanted.add(process.id());
          tether(process, home.get(), here.get());
        }
      }
    }
    tethers
        .entrySet()
        .removeIf(e -> !wanted.contains(e.getKey()) && layer.getChildren().remove(e.getValue()));
  }

  private void tether(ProcessView process, Point2D home, Point2D here) {
    CubicCurve curve =
        tethers.computeIfAbsent(
            process.id(),
            _ -> {
              CubicCurve made = new CubicCurve();
              made.getStyleClass().add("tether");
              made.setStyle(ProgramDisc.colours(tools.looks().of(process.program()).slot()));
              layer.getChildren().add(made);
              return made;
            });
    double bow = Math.max(40, home.distance(here) * 0.25);
    curve.setStartX(home.getX());
    curve.setStartY(home.getY());
    curve.setEndX(here.getX());
    curve.setEndY(here.getY());
    curve.setControlX1(home.getX());
    curve.setControlY1(home.getY() + bow);
    curve.setControlX2(here.getX());
    curve.setControlY2(here.getY() + bow);
  }

  /** Forwarded calls on their way; circles are kept and reused. */
  void showDots() {
    int used = 0;
    for (CallTraffic.Dot dot : traffic.dots()) {
      CubicCurve tether = tethers.get(dot.process());
      if (tether == null) {
        continue;
      }
      if (used == dots.size()) {
        Circle made = new Circle(1.5);
        made.getStyleClass().add("call-dot");
        dots.add(made);
        layer.getChildren().add(made);
      }
      Circle circle = dots.get(used++);
      circle.setStyle(tether.getStyle());
      circle.setCenterX(
          bezier(
              dot.place(),
              tether.getStartX(),
              tether.getControlX1(),
              tether.getControlX2(),
              tether.getEndX()));
      circle.setCenterY(
          bezier(
              dot.place(),
              tether.getStartY(),
              tether.getControlY1(),
              tether.getControlY2(),
              tether.getEndY()));
      circle.setVisible(true);
    }
    for (int i = used; i < dots.size(); i++) {
      dots.get(i).setVisible(false);
    }
  }

  private static double bezier(double t, double a, double b, double c, double d) {
    double r = 1 - t;
    return r * r * r * a + 3 * r * r * t * b + 3 * r * t * t * c + t * t * t * d;
  }

  void clear() {
    layer.getChildren().clear();
    tethers.clear();
    dots.clear();
  }
}
