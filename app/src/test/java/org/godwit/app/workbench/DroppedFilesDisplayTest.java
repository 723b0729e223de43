package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.model.Problem;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Files that come over the desktop's drag and drop, from a window beside the workbench: a program
 * goes to the palette, what is no program is answered with a notice.
 */
@Tag("window")
class DroppedFilesDisplayTest extends WindowTest {
  @TempDir private Path folder;
  private volatile Path dragged;
  private volatile boolean ours;
  private Label source;

  @Override
  WorkbenchStart beginning() throws Exception {
    return WorkbenchDoor.start(Locale.ENGLISH);
  }

  @Override
  public void start(Stage stage) throws Exception {
    super.start(stage);
    source = new Label("a file");
    source.setOnDragDetected(
        e -> {
          Dragboard board = source.startDragAndDrop(TransferMode.COPY);
          ClipboardContent content = new ClipboardContent();
          content.putFiles(List.of(dragged.toFile()));
          if (ours) {
            content.put(DroppedFiles.OURS, "");
          }
          board.setContent(content);
          e.consume();
        });
    Stage desktop = new Stage();
    desktop.setScene(new Scene(new StackPane(source), 200, 120));
    desktop.setX(1300);
    desktop.setY(100);
    desktop.show();
  }

  @BeforeEach
  void settle() throws Exception {
    settled(1);
  }

  @Test
  void aProgramGoesToThePalette() throws Exception {
    dropOntoTheCanvas("mine.elf", spin());
    waitFor(() -> lookup("#program-mine").tryQuery().filter(this::inView).isPresent());
  }

  @Test
  void whatIsNoProgramForTheNodesIsSaidInOneSentence() throws Exception {
    byte[] foreign = spin();
    foreign[18] = 62; // e_machine: x86-64
    dropOntoTheCanvas("foreign", foreign);
    waitFor(() -> !workbench.context().notices().notices().isEmpty());
    Problem said = workbench.context().notices().notices().getFirst().text();
    assertThat(workbench.context().messages().problem(said)).contains("x86-64", "RISC-V");
    dropOntoTheCanvas("notes.txt", new byte[] {1, 2, 3, 4, 5});
    waitFor(() -> workbench.context().notices().notices().size() == 2);
    assertThat(card(1)).isNotNull();
  }

  /** A chart that somebody drags out and lets go over the window. */
  @Test
  void aPictureOfOursDoesNotComeBackIn() throws Exception {
    ours = true;
    dropOntoTheCanvas("load.png", new byte[] {1, 2, 3, 4, 5});
    ours = false;
    dropOntoTheCanvas("notes.txt", new byte[] {1, 2, 3, 4, 5});
    waitFor(() -> !workbench.context().notices().notices().isEmpty());
    assertThat(workbench.context().notices().notices())
        .extracting(each -> each.text().arguments().getFirst())
        .containsExactly("notes.txt");
  }

  private static byte[] spin() {
    return Catalogue.elf(Catalogue.program("spin").orElseThrow()).clone();
  }

  private boolean inView(Node card) {
    Node palette = lookup(".program-palette").query();
    return palette
        .localToScene(palette.getLayoutBounds())
        .contains(card.localToScene(card.getLayoutBounds()));
  }

  /** The drag loop of the desktop wants real moves with time between them. */
  private void dropOntoTheCanvas(String name, byte[] bytes) throws Exception {
    dragged = Files.write(folder.resolve(name), bytes);
    moveTo(source);
    press(MouseButton.PRIMARY);
    moveBy(-20, 5);
    moveTo(card(3));
    moveBy(3, 3);
    WaitForAsyncUtils.sleep(200, TimeUnit.MILLISECONDS);
    release(MouseButton.PRIMARY);
    WaitForAsyncUtils.waitForFxEvents();
  }
}
