package org.godwit.app.panel.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.godwit.app.panel.Figures;
import org.godwit.app.text.Messages;
import org.godwit.model.scenario.MigrationMethod;

/** The anatomy of a migration, drawn to scale: its time, its bytes, and who waits for whom. */
final class AnatomyPane extends VBox {
  private final Messages messages;
  private final Figures figures;

  AnatomyPane(Messages messages, Figures figures) {
    super(4);
    this.messages = messages;
    this.figures = figures;
    setId("anatomy");
    getStyleClass().add("anatomy");
    setPadding(new Insets(6, 10, 8, 10));
    show(null, "");
  }

  /** Shows that migration, or nothing. */
  void show(Anatomy anatomy, String title) {
    setVisible(anatomy != null);
    setManaged(anatomy != null);
    getChildren().clear();
    if (anatomy == null) {
      return;
    }
    Label head = new Label(title);
    head.getStyleClass().add("strong");
    head.setId("anatomy-title");
    MigrationMethod method =
        anatomy.migration().early() == null
            ? MigrationMethod.STOP_AND_COPY
            : anatomy.migration().early().method();
    Label way = new Label(messages.of("anatomy.method." + method.word()));
    way.getStyleClass().add("caption");
    getChildren().addAll(head, way);
    List<Piece> times = new ArrayList<>();
    for (Anatomy.Phase each : anatomy.phases()) {
      String key = each.stage().name().toLowerCase(Locale.ROOT);
      times.add(
          new Piece(
              "stage-" + key,
              each.nanos(),
              messages.of("anatomy.stage." + key),
              figures.duration(each.nanos())));
    }
    List<Piece> bytes = new ArrayList<>();
    for (Anatomy.Part each : anatomy.parts()) {
      String key = each.kind().name().toLowerCase(Locale.ROOT);
      bytes.add(
          new Piece(
              "part-" + key,
              each.bytes(),
              messages.of("anatomy.part." + key),
              figures.bytes(each.bytes())));
    }
    Scale time = new Scale(times);
    getChildren().addAll(time, legend(times), new Scale(bytes), legend(bytes));
    getChildren().add(parties(anatomy, time));
    anatomy
        .fetched()
        .filter(each -> each.waitedNanos() != null)
        .ifPresent(
            each -> {
              Label stalls =
                  new Label(
                      messages.of(
                          "anatomy.stalls",
                          figures.count(each.faults()),
                          figures.duration(each.waitedNanos())));
              stalls.setId("anatomy-stalls");
              getChildren().add(stalls);
            });
    Label waits = new Label(messages.of("anatomy.waits." + method.word()));
    waits.setWrapText(true);
    waits.getStyleClass().add("caption");
    getChildren().add(waits);
  }

  /** Who waits: a line for each party, on the scale of the time above. */
  private VBox parties(Anatomy anatomy, Scale time) {
    VBox lines = new VBox(1);
    lines.setId("anatomy-waits");
    for (Anatomy.Party party : Anatomy.Party.values()) {
      String key = party.name().toLowerCase(Locale.ROOT);
      List<Anatomy.Wait> of =
          anatomy.waits().stream().filter(each -> each.party() == party).toList();
      long nanos = of.stream().mapToLong(each -> each.toNanos() - each.fromNanos()).sum();
      String text = messages.of("anatomy.party." + key) + "  " + figures.duration(nanos);
      Label name = new Label(text);
      name.getStyleClass().add("caption");
      StackPane line = new StackPane(new Waits(anatomy, of, time, text), name);
      line.setAlignment(Pos.CENTER_LEFT);
      lines.getChildren().add(line);
    }
    return lines;
  }

  /** Stretches of waiting on the scale of the whole migration. */
  private static final class Waits extends Pane {
    private final Anatomy anatomy;
    private final List<Anatomy.Wait> waits;
    private final Scale time;

    Waits(Anatomy anatomy, List<Anatomy.Wait> waits, Scale time, String text) {
      this.anatomy = anatomy;
      this.waits = waits;
      this.time = time;
      setMinHeight(8);
      for (int i = 0; i < waits.size(); i++) {
        Region region = new Region();
        region.getStyleClass().add("anatomy-wait");
        Tooltip.install(region, new Tooltip(text));
        getChildren().add(region);
      }
    }

    @Override
    protected void layoutChildren() {
      for (int i = 0; i < waits.size(); i++) {
        double from = time.x(waits.get(i).fromNanos() - anatomy.fromNanos(), getWidth());
        double to = time.x(waits.get(i).toNanos() - anatomy.fromNanos(), getWidth());
        getChildren().get(i).resizeRelocate(from, 2, Math.max(2, to - from), getHeight() - 4);
      }
    }
  }

  /** A stretch of a bar. */
  private record Piece(String style, long size, String name, String figure) {}

  private static FlowPane legend(List<Piece> pieces) {
    FlowPane legend = new FlowPane(14, 2);
    for (Piece each : pieces) {
      Region swatch = new Region();
      swatch.getStyleClass().addAll("anatomy-piece", each.style());
      swatch.setMinSize(10, 10);
      swatch.setMaxSize(10, 10);
      Label label = new Label(each.name() + "  " + each.figure(), swatch);
      label.getStyleClass().add("caption");
      legend.getChildren().add(label);
    }
    return legend;
  }

  /** Pieces side by side, as wide as they are great; a sliver is still seen. */
  private static final class Scale extends Pane {
    private static final double LEAST = 2;
    private final List<Piece> pieces;

    Scale(List<Piece> pieces) {
      this.pieces = pieces;
      setMinHeight(16);
      setPrefHeight(16);
      for (Piece each : pieces) {
        Region region = new Region();
        region.getStyleClass().addAll("anatomy-piece", each.style());
        Tooltip.install(region, new Tooltip(each.name() + "  " + each.figure()));
        getChildren().add(region);
      }
    }

    /** Where a bar as wide as {@code width} has come to so much of its whole. */
    double x(long size, double width) {
      double sum = Math.max(1, pieces.stream().mapToDouble(Piece::size).sum());
      double room = Math.max(0, width - LEAST * pieces.size());
      double x = 0;
      long left = size;
      for (Piece each : pieces) {
        if (left < each.size()) {
          return x + (LEAST + room * each.size() / sum) * Math.max(0, left) / each.size();
        }
        x += LEAST + room * each.size() / sum;
        left -= each.size();
      }
      return x;
    }

    @Override
    protected void layoutChildren() {
      long before = 0;
      for (int i = 0; i < pieces.size(); i++) {
        double from = x(before, getWidth());
        before += pieces.get(i).size();
        getChildren().get(i).resizeRelocate(from, 0, x(before, getWidth()) - from, getHeight());
      }
    }
  }
}
