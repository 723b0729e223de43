package org.godwit.app.panel;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.godwit.app.workbench.DroppedFiles;

/**
 * Pictures on their way to other programs: by the clipboard, or dragged, as an image for those that
 * paste and as a PNG file for those that take files. FX thread only.
 */
public final class PictureTransfer {
  private static final double DRAGGED_WIDTH = 240;

  private PictureTransfer() {}

  /** Puts a picture on the clipboard. */
  public static void copy(BufferedImage picture) {
    ClipboardContent content = new ClipboardContent();
    content.putImage(SwingFXUtils.toFXImage(picture, null));
    Clipboard.getSystemClipboard().setContent(content);
  }

  /**
   * Lets {@code node} be dragged out as a picture.
   *
   * @param name name of the file, without its ending
   * @param picture what is dragged; empty if there is nothing
   */
  public static void dragOut(
      Node node, Supplier<String> name, Supplier<Optional<BufferedImage>> picture) {
    node.addEventHandler(
        MouseEvent.DRAG_DETECTED,
        event -> {
          BufferedImage dragged =
              event.getButton() == MouseButton.PRIMARY ? picture.get().orElse(null) : null;
          if (dragged != null) {
            Image image = SwingFXUtils.toFXImage(dragged, null);
            ClipboardContent content = new ClipboardContent();
            content.putImage(image);
            content.put(DroppedFiles.OURS, "");
            file(dragged, name.get()).ifPresent(file -> content.putFiles(List.of(file.toFile())));
            Dragboard board = node.startDragAndDrop(TransferMode.COPY);
            board.setContent(content);
            board.setDragView(small(image));
            event.consume();
          }
        });
  }

  private static Image small(Image image) {
    ImageView view = new ImageView(image);
    view.setPreserveRatio(true);
    view.setFitWidth(Math.min(DRAGGED_WIDTH, image.getWidth()));
    return view.snapshot(new SnapshotParameters(), null);
  }

  /** The canvas as it is drawn now, which the frame marks with a style class of its own. */
  public static Optional<BufferedImage> canvas(Window window) {
    Node canvas = window == null ? null : window.getScene().lookup(".cluster-canvas");
    return canvas == null
        ? Optional.empty()
        : Optional.of(SwingFXUtils.fromFXImage(canvas.snapshot(null, null), null));
  }

  /** A file for who drops it; gone with the program. Without one there is still the image. */
  static Optional<Path> file(BufferedImage picture, String name) {
    try {
      Path folder = Files.createTempDirectory("godwit");
      Path file = folder.resolve(name.replaceAll("[^A-Za-z0-9_-]", "-") + ".png");
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return ImageIO.write(picture, "png", file.toFile()) ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
