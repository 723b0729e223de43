package org.godwit.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.node;
import static org.godwit.app.panel.Clusters.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.godwit.app.palette.ProgramLooks.Look;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.NoStyleComplaints;
import org.godwit.app.theme.Role;
import org.godwit.app.theme.Theme;
import org.godwit.app.theme.Variant;
import org.godwit.model.StayReason;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.view.LinkView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationTest;

/**
 * Nothing depends on colour alone: with one grey in place of every colour that means something,
 * what means something else still looks otherwise.
 */
@ExtendWith(NoStyleComplaints.class)
class ColourAloneTest extends ApplicationTest {
  private final Messages messages = new Messages(Locale.ENGLISH);
  private final Map<String, int[]> pictures = new LinkedHashMap<>();
  private Pane ground;
  private Scene scene;

  @Override
  public void start(Stage stage) {
    ground = new Pane();
    scene = new Scene(ground, 400, 320);
    Theme theme = new Theme(Variant.LIGHT);
    theme.dress(scene);
    StringBuilder grey = new StringBuilder(".root {");
    for (Role role : List.of(Role.ACCENT, Role.OK, Role.WARN, Role.DANGER, Role.OUTLINE)) {
      grey.append("-godwit-").append(role.token()).append(": #606060;");
    }
    for (int i = 0; i < 8; i++) {
      grey.append("-godwit-program-").append(i).append(": #606060;");
      grey.append("-godwit-program-ink-").append(i).append(": #FFFFFF;");
      grey.append("-godwit-tint-").append(i).append(": #E0E0E0;");
    }
    for (int i = 0; i < 5; i++) {
      grey.append("-godwit-heat-").append(i).append(": #EEEEEE;");
      grey.append("-godwit-heat-ink-").append(i).append(": #202020;");
    }
    scene
        .getStylesheets()
        .add(
            "data:text/css;base64,"
                + Base64.getEncoder()
                    .encodeToString(grey.append("}").toString().getBytes(StandardCharsets.UTF_8)));
    stage.setScene(scene);
    stage.show();
  }

  private void draw(String what, Supplier<? extends Node> maker) {
    interact(
        () -> {
          Node node = maker.get();
          ground.getChildren().setAll(new Group(node));
          node.setLayoutX(20);
          node.setLayoutY(20);
          ground.applyCss();
          ground.layout();
          WritableImage image = ground.snapshot(null, null);
          int width = (int) image.getWidth();
          int[] pixels = new int[width * (int) image.getHeight()];
          image
              .getPixelReader()
              .getPixels(
                  0,
                  0,
                  width,
                  (int) image.getHeight(),
                  PixelFormat.getIntArgbInstance(),
                  pixels,
                  0,
                  width);
          pictures.put(what, pixels);
        });
  }

  private void allDiffer() {
    List<String> alike = new ArrayList<>();
    pictures.forEach(
        (a, one) ->
            pictures.forEach(
                (b, other) -> {
                  if (a.compareTo(b) < 0 && Arrays.equals(one, other)) {
                    alike.add(a + " and " + b);
                  }
                }));
    assertThat(alike).isEmpty();
    assertThat(pictures.size()).isGreaterThan(2);
  }

  @Test
  void whatAProcessDoesAndWhatHoldsItIsSeenWithoutColour() {
    for (ProcessView.State state : ProcessView.State.values()) {
      if (state != ProcessView.State.EXITED && state != ProcessView.State.LOST) {
        draw(state.name(), () -> chip(process(1, 1001, "spin").state(state).view()));
      }
    }
    draw("locked", () -> chip(process(1, 1001, "spin").locked().view()));
    draw("staying", () -> chip(process(1, 1001, "spin").stays(StayReason.MONKEY).view()));
    draw(
        "locked and staying",
        () -> chip(process(1, 1001, "spin").locked().stays(StayReason.MONKEY).view()));
    draw(
        "away",
        () -> {
          ProcessChip home = sized(new ProcessChip(process(1, 1001, "spin").view().id(), LOOK));
          home.showHome(process(1, 1001, "spin").on(2).view(), messages);
          return home;
        });
    draw(
        "selected",
        () -> {
          ProcessChip chosen = chip(process(1, 1001, "spin").view());
          chosen.setSelected(true);
          return chosen;
        });
    allDiffer();
  }

  private ProcessChip worn(Look look) {
    ProcessView spin = process(1, 1001, "spin").view();
    ProcessChip chip = sized(new ProcessChip(spin.id(), look));
    chip.show(spin, false, true, messages);
    return chip;
  }

  private static final Look LOOK = new Look(0, "Sp");

  private static ProcessChip sized(ProcessChip chip) {
    chip.resize(NodeCard.CHIP_WIDTH, ProcessChip.HEIGHT);
    return chip;
  }

  private ProcessChip chip(ProcessView view) {
    ProcessChip chip = sized(new ProcessChip(view.id(), LOOK));
    chip.show(view, false, true, messages);
    return chip;
  }

  @Test
  void howLoadedAMachineIsAndHowItIsSetIsSeenWithoutColour() {
    for (double load : new double[] {0, 0.5, 1, 1.4, 3}) {
      draw("load " + load, () -> card(loaded(node(1), load), load, NodeCard.Level.FULL, load > 2));
      draw("tile " + load, () -> card(loaded(node(1), load), load, NodeCard.Level.TILE, load > 2));
    }
    for (NodeSwitch each : NodeSwitch.values()) {
      draw(each.name(), () -> card(node(1, each), 0, NodeCard.Level.FULL, false));
    }
    draw(
        "down",
        () -> card(with(node(1), NodeView.Status.CRASHED, 0), 0, NodeCard.Level.FULL, false));
    draw(
        "selected",
        () -> {
          NodeCard chosen = card(node(1), 0, NodeCard.Level.FULL, false);
          chosen.setSelected(true);
          return chosen;
        });
    allDiffer();
  }

  private static NodeView loaded(NodeView node, double load) {
    return with(node, node.status(), load);
  }

  private static NodeView with(NodeView node, NodeView.Status status, double load) {
    return new NodeView(
        node.spec(),
        status,
        node.sinceNanos(),
        node.switches(),
        node.cpus(),
        node.memoryUsed(),
        node.runnable(),
        load,
        node.guests(),
        node.away(),
        node.decidesNanos(),
        node.lastDecisionNanos(),
        node.lastVerdict());
  }

  private NodeCard card(NodeView view, double load, NodeCard.Level level, boolean overloaded) {
    NodeCard card = new NodeCard(view, messages);
    card.fit(4);
    card.setLevel(level, level == NodeCard.Level.FULL ? 1 : 0.15);
    card.show(view, load, "", overloaded, messages);
    return card;
  }

  /** A machine is seen on the canvas by the line around it, in every look and however small. */
  @Test
  void aCardHasAnEdgeInEveryLook() {
    NodeView view = node(1);
    for (Variant variant : Variant.values()) {
      interact(
          () -> {
            Pane pane = new Pane();
            new Theme(variant).dress(new Scene(pane, 400, 320));
            for (NodeCard.Level level : NodeCard.Level.values()) {
              NodeCard card = card(view, 0, level, false);
              pane.getChildren().setAll(card);
              pane.applyCss();
              List<BackgroundFill> fills = card.getBackground().getFills();
              boolean small = level == NodeCard.Level.TILE || level == NodeCard.Level.SQUARE;
              // A small one lies with its own colour inside of it.
              Region inner = small ? (Region) card.lookup(".card-small") : card;
              BackgroundFill face = inner.getBackground().getFills().getLast();
              BackgroundFill edge = fills.get(small ? 0 : fills.size() - 2);
              assertThat(face.getInsets().getLeft() - edge.getInsets().getLeft())
                  .as(variant + " " + level)
                  .isGreaterThanOrEqualTo(1);
              assertThat(edge.getFill()).as(variant + " " + level).isNotEqualTo(face.getFill());
            }
          });
    }
  }

  @Test
  void whetherALinkIsIdleBusyOrCutIsSeenWithoutColour() {
    LinkSpec spec = new LinkSpec(1, 2, 100, 100_000);
    draw("idle", () -> link(new LinkView(spec, true, 0, 0, 0)));
    draw("busy", () -> link(new LinkView(spec, true, 0.8, 0, 0)));
    draw("cut", () -> link(new LinkView(spec, false, 0, 0, 0)));
    allDiffer();
  }

  private static LinkLine link(LinkView view) {
    LinkLine line = new LinkLine(view.spec(), () -> "");
    line.place(10, 10, 300, 200);
    line.show(view, false);
    return line;
  }

  @Test
  void programsThatShareAColourDifferInShape() {
    for (int slot : new int[] {0, 8, 16}) {
      draw("slot " + slot, () -> worn(new Look(slot, "Sp")));
    }
    draw("another monogram", () -> worn(new Look(1, "Sh")));
    allDiffer();
  }
}
