package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.event.ActionEvent;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;

/**
 * The first start: the welcome card, its one click, its way out; and what is empty offers itself.
 */
class WelcomeTest extends WindowTest {
  private Path settings;

  @Override
  WorkbenchStart beginning() throws Exception {
    settings = Files.createTempDirectory("godwit").resolve("workbench.properties");
    return SampleStart.of(2, 0, false).withSettings(settings);
  }

  private boolean isOpen() {
    return workbench.scene().lookup("#welcome") != null;
  }

  @Test
  void theFirstStartWelcomesAndOneClickStartsWhatMigrates() throws Exception {
    settled(1);
    assertThat(isOpen()).isTrue();
    assertThat(lookup(".welcome-tile").queryAll()).hasSize(1);
    clickOn("#welcome-go");
    waitFor(() -> !isOpen());
    int cpus = bridge.frame().view().nodes().getFirst().spec().cpus();
    waitFor(() -> bridge.frame().view().processes().size() == cpus + 1);
    waitFor(() -> bridge.frame().view().processes().stream().anyMatch(ProcessView::isAway));
  }

  @Test
  void theKeyboardStaysInTheCardUntilItIsClosed() throws Exception {
    settled(1);
    Set<Node> visited = new HashSet<>();
    for (KeyCode key : List.of(KeyCode.TAB, KeyCode.RIGHT, KeyCode.DOWN, KeyCode.F6)) {
      for (int i = 0; i < 12; i++) {
        push(key);
        Node owner = workbench.scene().getFocusOwner();
        assertThat(inCard(owner)).as("%s leads to %s", key, owner).isTrue();
        visited.add(owner);
      }
    }
    assertThat(visited).as("Tab goes round").contains(node("#welcome-go"), node("#welcome-close"));
    assertThat(workbench.context().selection().nodes()).isEmpty();
    push(KeyCode.ESCAPE);
    waitFor(() -> !isOpen());
    assertThat(workbench.scene().getFocusOwner()).isSameAs(workbench.canvas());
  }

  private boolean inCard(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if ("welcome".equals(each.getId())) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theTourIsDoneByDoingWhatItSays() throws Exception {
    settled(1);
    clickOn("#welcome-tour");
    waitFor(() -> tourCount().startsWith("1 "));
    Node spin = node("#program-spin");
    waitFor(() -> frames(spin));
    interact(() -> workbench.context().selection().selectNode(1));
    for (int i = 0; i < 3; i++) {
      interact(spin::requestFocus);
      push(KeyCode.ENTER);
    }
    waitFor(() -> tourCount().startsWith("3 ")); // One has gone by itself.
    ProcessView away = away();
    waitFor(() -> chipOn(away.where(), away.id()) != null);
    waitFor(() -> chips().anyMatch(chip -> frames(chip) && !is(chip, "home")));
    interact(() -> workbench.context().selection().select(away.id()));
    fire("process.why");
    waitFor(() -> tourCount().startsWith("4 "));
    waitFor(() -> chips().anyMatch(chip -> frames(chip) && is(chip, "away")));
    interact(() -> node("#tour-next").fireEvent(new ActionEvent()));
    waitFor(() -> tourCount().startsWith("5 "));
    fire("help.search");
    waitFor(() -> !workbench.scene().lookup("#tour").isVisible());
  }

  private Stream<Node> chips() {
    return lookup(".chip").queryAll().stream();
  }

  private static boolean is(Node chip, String state) {
    return chip.getPseudoClassStates().contains(PseudoClass.getPseudoClass(state));
  }

  private ProcessView away() {
    return bridge.frame().view().processes().stream()
        .filter(ProcessView::isAway)
        .findFirst()
        .orElseThrow();
  }

  private String tourCount() {
    return workbench.scene().lookup("#tour") instanceof Parent tour && tour.isVisible()
        ? ((Label) tour.lookup(".caption")).getText()
        : "";
  }

  /** Whether the tour's frame lies around that. */
  private boolean frames(Node node) {
    Node frame = workbench.scene().lookup(".tour-frame");
    Bounds at = frame.localToScene(frame.getLayoutBounds());
    Bounds there = node.localToScene(node.getLayoutBounds());
    return frame.isVisible()
        && Math.abs(at.getCenterX() - there.getCenterX()) < 1
        && Math.abs(at.getCenterY() - there.getCenterY()) < 1;
  }

  @Test
  void whatWasOpenLastIsOfferedWithItsPicture() throws Exception {
    settled(1);
    push(KeyCode.ESCAPE);
    waitFor(() -> !isOpen());
    interact(() -> workbench.leave());
    Path pictures = settings.resolveSibling("recent");
    waitFor(() -> Files.isDirectory(pictures) && named(pictures).endsWith(".png"));
    interact(() -> workbench.context().actions().get("help.welcome").fire());
    waitFor(() -> picture() != null);
    Image image = picture().getImage();
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      colours.add(image.getPixelReader().getArgb(x, (int) (image.getHeight() / 2)));
    }
    assertThat(colours).as("cards on the ground of the canvas").hasSizeGreaterThan(2);
    assertThat(image.getWidth()).isEqualTo(320);
  }

  private static String named(Path folder) {
    String[] names = folder.toFile().list();
    return names == null || names.length != 1 ? "" : names[0];
  }

  private ImageView picture() {
    return lookup(".welcome-picture .image-view").queryAllAs(ImageView.class).stream()
        .findFirst()
        .orElse(null);
  }

  @Test
  void theCardIsSkippedByKeyAndWhatIsEmptyOffersTheDemonstration() throws Exception {
    settled(1);
    push(KeyCode.ESCAPE);
    waitFor(() -> !isOpen());
    assertThat(workbench.settings().get("welcomed", "")).isEqualTo("true");
    interact(() -> workbench.context().actions().get("window.processes").fire());
    Node link =
        lookup("#processes-panel #empty-help-migrate").queryAll().stream()
            .filter(Node::isVisible)
            .findFirst()
            .orElseThrow();
    clickOn(link);
    waitFor(() -> bridge.frame().view().processes().size() > 1);
    assertThat(List.copyOf(bridge.frame().view().processes()))
        .allMatch(process -> process.program().equals("spin"));
  }
}
