package org.godwit.app.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.shape.Rectangle;
import org.godwit.model.ProblemException;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.resources.Catalogue;

/** The machines of a scenario on board as small cards, where the canvas will show them. */
final class ScenarioSketch {
  private static final double CARD_WIDTH = 336;
  private static final double CARD_HEIGHT = 220;
  private static final double LARGEST = 0.16;

  private ScenarioSketch() {}

  /**
   * Reads the scenario on a thread of its own and hands the picture over on the FX thread; nothing
   * happens if there is no such scenario on board.
   */
  static void draw(String name, double width, double height, Consumer<Node> then) {
    Thread.ofVirtual()
        .name("sketch")
        .start(
            () ->
                nodes(name)
                    .filter(nodes -> !nodes.isEmpty())
                    .map(nodes -> picture(nodes, width, height))
                    .ifPresent(picture -> Platform.runLater(() -> then.accept(picture))));
  }

  private static Optional<List<NodeSpec>> nodes(String name) {
    try (InputStream in = Catalogue.scenario(name).orElse(InputStream.nullInputStream());
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return Optional.of(ScenarioReader.read(name + ".json", text).nodes());
    } catch (ProblemException | IOException e) {
      // No scenario on board of that name, so no picture of it.
      return Optional.empty();
    }
  }

  static Node picture(List<NodeSpec> nodes, double width, double height) {
    double left = nodes.stream().mapToDouble(NodeSpec::x).min().orElse(0);
    double top = nodes.stream().mapToDouble(NodeSpec::y).min().orElse(0);
    double right = nodes.stream().mapToDouble(NodeSpec::x).max().orElse(0) + CARD_WIDTH;
    double bottom = nodes.stream().mapToDouble(NodeSpec::y).max().orElse(0) + CARD_HEIGHT;
    double scale = Math.min(LARGEST, Math.min(width / (right - left), height / (bottom - top)));
    Group picture = new Group();
    for (NodeSpec node : nodes) {
      double x = (node.x() - left) * scale;
      double y = (node.y() - top) * scale;
      Rectangle card = new Rectangle(x, y, CARD_WIDTH * scale, CARD_HEIGHT * scale);
      card.getStyleClass().add("sketch-node");
      Rectangle head = new Rectangle(x, y, CARD_WIDTH * scale, 32 * scale);
      head.getStyleClass().add("sketch-head");
      picture.getChildren().addAll(card, head);
    }
    return picture;
  }
}
