package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
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
