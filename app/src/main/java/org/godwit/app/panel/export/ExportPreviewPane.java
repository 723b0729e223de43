package org.godwit.app.panel.export;

import java.awt.image.BufferedImage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.godwit.app.panel.PictureTransfer;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;

/**
 * The preview of the format under the pointer or the keyboard. A picture can be dragged out of it,
 * and copied. Previews are made elsewhere, once each.
 */
final class ExportPreviewPane extends VBox {
  private static final double WIDTH = 420;
  private static final double HEIGHT = 380;

  private final Messages messages;
  private final Function<ExportFormat, ExportPreview> maker;
  private final Executor background;
  private final Executor fx;
  private final Map<ExportFormat, ExportPreview> made = new EnumMap<>(ExportFormat.class);
  private final Label title = new Label();
  private final Label hint = new Label();
  private final ImageView picture = new ImageView();
  private final TextArea text = new TextArea();
  private final StackPane content = new StackPane();
  private ExportFormat shown;

  /**
   * @param messages the window's texts
   * @param name name of a file that is dragged out
   * @param maker makes a preview, on any thread
   * @param background where they are made
   * @param fx the FX thread
   */
  ExportPreviewPane(
      Messages messages,
      String name,
      Function<ExportFormat, ExportPreview> maker,
      Executor background,
      Executor fx) {
    super(8);
    this.messages = messages;
    this.maker = maker;
    this.background = background;
    this.fx = fx;
    setId("export-preview");
    getStyleClass().add("export-preview");
    title.getStyleClass().add("strong");
    hint.getStyleClass().add("caption");
    hint.setWrapText(true);
    picture.setPreserveRatio(true);
    picture.setSmooth(true);
    picture.setFitWidth(WIDTH);
    picture.setFitHeight(HEIGHT);
    text.setId("export-preview-text");
    text.setEditable(false);
    text.getStyleClass().add("mono");
    content.setPrefSize(WIDTH, HEIGHT);
    content.setAlignment(Pos.TOP_LEFT);
    VBox.setVgrow(content, Priority.ALWAYS);
    getChildren().setAll(title, content, hint);
    PictureTransfer.dragOut(picture, () -> name + "-" + shown.key(), this::drawn);
    MenuItem copy = new MenuItem(messages.of("picture.copy"));
    copy.setGraphic(Widgets.icon(Feather.COPY));
    copy.setOnAction(_ -> drawn().ifPresent(PictureTransfer::copy));
    ContextMenu menu = new ContextMenu(copy);
    picture.setOnContextMenuRequested(
        event -> menu.show(picture, event.getScreenX(), event.getScreenY()));
  }

  private Optional<BufferedImage> drawn() {
    return Optional.ofNullable(made.get(shown)).map(ExportPreview::picture);
  }

  /** Shows what {@code format} would be like. */
  void show(ExportFormat format) {
    if (format == shown) {
      return;
    }
    shown = format;
    title.setText(messages.of("panel.export.format." + format.key()));
    if (made.containsKey(format)) {
      fill(made.get(format));
      return;
    }
    content.getChildren().setAll(Widgets.empty(messages.binding("panel.export.preview.making")));
    background.execute(
        () -> {
          ExportPreview preview = maker.apply(format);
          fx.execute(
              () -> {
                made.put(format, preview);
                if (format == shown) {
                  fill(preview);
                }
              });
        });
  }

  private void fill(ExportPreview preview) {
    if (preview.picture() != null) {
      picture.setImage(SwingFXUtils.toFXImage(preview.picture(), null));
      content.getChildren().setAll(picture);
      hint.setText(messages.of("panel.export.preview.drag"));
    } else {
      text.setText(preview.text());
      text.positionCaret(0);
      content.getChildren().setAll(text);
      hint.setText("");
    }
  }
}
