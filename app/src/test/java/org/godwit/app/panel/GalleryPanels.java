package org.godwit.app.panel;

import java.util.Map;
import java.util.function.Function;
import javafx.application.Application;
import javafx.scene.Node;
import org.godwit.app.panel.cluster.ClusterTreeView;
import org.godwit.app.panel.events.EventsView;
import org.godwit.app.panel.inspector.InspectorView;
import org.godwit.app.panel.load.LoadView;
import org.godwit.app.panel.processes.ProcessesView;
import org.godwit.model.ProcessId;

/** The panels that {@link Gallery} draws, with what is selected for each. */
public final class GalleryPanels {
  private GalleryPanels() {}

  /** Draws all, or those whose name contains the fourth argument. */
  public static void main(String[] args) {
    Application.launch(Gallery.class, args);
  }

  static void fill(Map<String, Function<Bench, Node>> panels, Map<String, double[]> sizes) {
    panels.put(
        "processes",
        bench -> {
          bench.context().selection().select(new ProcessId(1, 1002));
          PanelModels m = bench.models();
          return new ProcessesView(
              bench.context(), m.processes(), m.figures(), m.texts(), m.looks());
        });
    sizes.put("processes", new double[] {1100, 300});
    panels.put(
        "inspector-blocked",
        bench -> {
          bench.context().selection().select(new ProcessId(1, 1004));
          PanelModels m = bench.models();
          return new InspectorView(bench.context(), m.inspector(), m.looks());
        });
    sizes.put("inspector-blocked", new double[] {330, 900});
    panels.put(
        "inspector-spin",
        bench -> {
          bench.context().selection().select(new ProcessId(1, 1002));
          PanelModels m = bench.models();
          return new InspectorView(bench.context(), m.inspector(), m.looks());
        });
    sizes.put("inspector-spin", new double[] {330, 900});
    panels.put(
        "inspector-node",
        bench -> {
          bench.context().selection().selectNode(1);
          PanelModels m = bench.models();
          return new InspectorView(bench.context(), m.inspector(), m.looks());
        });
    sizes.put("inspector-node", new double[] {330, 800});
    panels.put(
        "load",
        bench -> {
          bench.context().selection().selectNode(2);
          PanelModels m = bench.models();
          return new LoadView(bench.context(), m.load(), m.figures());
        });
    sizes.put("load", new double[] {1100, 300});
    panels.put(
        "events",
        bench -> {
          PanelModels m = bench.models();
          return new EventsView(
              bench.context().messages(),
              bench.context().selection(),
              m.events(),
              m.figures(),
              m.roster());
        });
    sizes.put("events", new double[] {1100, 300});
    panels.put(
        "cluster",
        bench -> {
          bench.context().selection().select(new ProcessId(1, 1002));
          PanelModels m = bench.models();
          return new ClusterTreeView(bench.context(), m.tree(), m.looks());
        });
    sizes.put("cluster", new double[] {300, 420});
  }
}
