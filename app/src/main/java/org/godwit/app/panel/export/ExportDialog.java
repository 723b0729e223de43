package org.godwit.app.panel.export;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.event.ActionEvent;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.Modality;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.ChartLook;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.PictureTransfer;
import org.godwit.app.panel.Widgets;
import org.godwit.app.panel.load.LoadViewModel;
import org.godwit.app.text.Messages;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.Problem;

/** The export dialog: what, under which name, where; stays open until the files are written. */
public final class ExportDialog {
  private static final Executor BACKGROUND =
      task -> Thread.ofVirtual().name("godwit-export").start(task);

  private final WorkbenchContext context;
  private final Messages messages;
  private final ExportViewModel model;
  private final ExportPreviewPane preview;

  private ExportDialog(WorkbenchContext context, ExportViewModel model, ExportPreviewPane preview) {
    this.context = context;
    this.messages = context.messages();
    this.model = model;
    this.preview = preview;
  }

  /**
   * Opens the dialog for a session.
   *
   * @param context what panels work with
   * @param session what is exported
   * @param chart the load chart's data
   * @param figures how figures are written
   * @param withCanvas whether the canvas shows this very session
   */
  public static Dialog<Void> open(
      WorkbenchContext context,
      RecordedSession session,
      LoadViewModel chart,
      Figures figures,
      boolean withCanvas) {
    SessionExporter.Pictures pictures =
        new SessionExporter.Pictures(
            withCanvas ? PictureTransfer.canvas(context.desk().window()) : Optional.empty(),
            chart.wholePicture(),
            ChartLook.of(
                context.theme().tokens(),
                context.theme().variantProperty().get(),
                context.messages().languageTag()),
            figures);
    ExportViewModel model =
        new ExportViewModel(
            session.scenario().name(),
            firstFolder(),
            session.facts().endNanos(),
            (folder, name, formats, stretch, watch) ->
                SessionExporter.write(
                    session, pictures, folder, name, formats, manner(context, stretch), watch),
            BACKGROUND,
            Platform::runLater);
    ExportPreviewPane preview =
        new ExportPreviewPane(
            context.messages(),
            session.scenario().name(),
            format ->
                ExportPreview.of(
                    session,
                    pictures,
                    format,
                    manner(context, new ExportViewModel.Stretch(0, session.facts().endNanos()))),
            BACKGROUND,
            Platform::runLater);
    Dialog<Void> dialog =
        new ExportDialog(context, model, preview)
            .dialog(format -> SessionExporter.isPossible(session, pictures, format));
    dialog.show();
    return dialog;
  }

  /**
   * Opens the dialog for the live session, as it stands at this moment; says so if there is none.
   *
   * @param context what panels work with
   * @param chart the load chart's data
   * @param figures how figures are written
   */
  public static void openLive(WorkbenchContext context, LoadViewModel chart, Figures figures) {
    if (context.bridge().frame().session() == 0) {
      context.notices().post(Notice.of(Notice.Severity.WARNING, -1, "panel.export.noSession"));
      return;
    }
    context
        .bridge()
        .query(LiveSession::recorded, session -> open(context, session, chart, figures, true));
  }

  private static ExportManner manner(WorkbenchContext context, ExportViewModel.Stretch stretch) {
    return new ExportManner(
        context.messages(),
        context.theme().tokens(),
        context.theme().variantProperty().get(),
        stretch.fromNanos(),
        stretch.untilNanos());
  }

  private static Path firstFolder() {
    Path documents = Path.of(System.getProperty("user.home"), "Documents");
    return Files.isDirectory(documents) ? documents : Path.of(System.getProperty("user.home"));
  }

  private Dialog<Void> dialog(Predicate<ExportFormat> possible) {
    Dialog<Void> dialog = new Dialog<>();
    if (context.desk().window() != null) {
      dialog.initOwner(context.desk().window());
    }
    dialog.setTitle(messages.of("panel.export.title"));
    dialog.setResizable(true);
    // A long export does not keep anybody from the window.
    dialog.initModality(Modality.NONE);
    DialogPane pane = dialog.getDialogPane();
    context.theme().dress(pane);
    Widgets.panel(pane, "export");
    HBox both = new HBox(content(possible), preview);
    HBox.setHgrow(preview, Priority.ALWAYS);
    pane.setContent(both);
    preview.show(model.formats().stream().sorted().findFirst().orElse(ExportFormat.GODWIT));
    ButtonType go = new ButtonType(messages.of("panel.export.go"), ButtonBar.ButtonData.OK_DONE);
    ButtonType cancel =
        new ButtonType(messages.of("panel.export.cancel"), ButtonBar.ButtonData.CANCEL_CLOSE);
    pane.getButtonTypes().setAll(go, cancel);
    Button goButton = (Button) pane.lookupButton(go);
    goButton.setId("export-go");
    goButton.disableProperty().bind(model.busy());
    // The dialog closes by itself only when everything is on disk.
    goButton.addEventFilter(
        ActionEvent.ACTION,
        event -> {
          event.consume();
          model.submit(
              made -> {
                dialog.close();
                tell(made);
              });
        });
    Button cancelButton = (Button) pane.lookupButton(cancel);
    cancelButton.setId("export-cancel");
    cancelButton.addEventFilter(
        ActionEvent.ACTION,
        event -> {
          if (model.busy().get()) {
            event.consume();
            model.cancel();
          }
        });
    // Closed by its frame while it writes, it goes on, and the status bar can give it up.
    Runnable[] end = {() -> {}};
    model
        .busy()
        .subscribe(
            busy -> {
              end[0].run();
              end[0] =
                  busy
                      ? context.notices().begin(Problem.of("panel.export.busy"), model::cancel)
                      : () -> {};
            });
    return dialog;
  }

  private VBox content(Predicate<ExportFormat> possible) {
    TextField name = new TextField();
    name.setId("export-name");
    name.textProperty().bindBidirectional(model.name());
    TextField folder = new TextField();
    folder.setId("export-folder");
    folder.textProperty().bindBidirectional(model.folder());
    HBox.setHgrow(folder, Priority.ALWAYS);
    Button choose = new Button();
    choose.textProperty().bind(messages.binding("panel.export.choose"));
    choose.setOnAction(_ -> chooseFolder());
    choose.setMinWidth(Button.USE_PREF_SIZE);
    GridPane grid = new GridPane();
    grid.setHgap(12);
    grid.setVgap(8);
    ColumnConstraints left = new ColumnConstraints();
    left.setMinWidth(GridPane.USE_PREF_SIZE);
    ColumnConstraints right = new ColumnConstraints();
    right.setHgrow(Priority.ALWAYS);
    grid.getColumnConstraints().setAll(left, right);
    grid.addRow(0, label("panel.export.name", name), name);
    grid.addRow(1, label("panel.export.folder", folder), new HBox(8, folder, choose));
    VBox formats = new VBox(6);
    for (ExportFormat format : ExportFormat.values()) {
      formats.getChildren().add(format(format, possible.test(format)));
    }
    VBox content =
        new VBox(
            12,
            grid,
            Widgets.label(messages.binding("panel.export.what"), "strong"),
            formats,
            bar(),
            status());
    content.getStyleClass().add("export-content");
    content.setMinWidth(Region.USE_PREF_SIZE);
    return content;
  }

  private Label label(String key, Node field) {
    Label label = Widgets.label(messages.binding(key));
    label.setLabelFor(field);
    label.setMnemonicParsing(true);
    return label;
  }

  private HBox format(ExportFormat format, boolean possible) {
    CheckBox box = new CheckBox();
    box.setId("export-" + format.key());
    box.textProperty().bind(messages.binding("panel.export.format." + format.key()));
    box.setSelected(model.formats().contains(format));
    box.setDisable(!possible);
    box.setMinWidth(CheckBox.USE_PREF_SIZE);
    box.selectedProperty()
        .subscribe(
            on -> {
              if (on) {
                model.formats().add(format);
              } else {
                model.formats().remove(format);
              }
            });
    Label about =
        Widgets.label(
            messages.binding("panel.export.format." + format.key() + ".about"), "caption");
    HBox row = new HBox(8, box, about);
    if (format == ExportFormat.GIF) {
      row.getChildren().addAll(instant("from", model.from()), instant("until", model.until()));
    }
    row.setAlignment(Pos.CENTER_LEFT);
    row.setDisable(!possible);
    if (possible) {
      row.setOnMouseEntered(_ -> preview.show(format));
      box.focusedProperty()
          .subscribe(
              focused -> {
                if (focused) {
                  preview.show(format);
                }
              });
    }
    return row;
  }

  /** A short field for an instant of the animation. */
  private TextField instant(String key, StringProperty text) {
    TextField field = new TextField();
    field.setId("export-" + key);
    field.setPrefColumnCount(6);
    field.textProperty().bindBidirectional(text);
    Tooltip tip = new Tooltip();
    tip.textProperty().bind(messages.binding("panel.export." + key));
    field.setTooltip(tip);
    field.accessibleTextProperty().bind(tip.textProperty());
    return field;
  }

  private ProgressBar bar() {
    ProgressBar bar = new ProgressBar(0);
    bar.setId("export-progress");
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.visibleProperty().bind(model.busy());
    bar.progressProperty()
        .bind(
            Bindings.createDoubleBinding(
                () -> {
                  ExportViewModel.Progress progress = model.progress().get();
                  // What is being written counts as half: nobody knows how long it will be.
                  return progress.total() == 0
                      ? 0
                      : Math.max(0, progress.begun() - 0.5) / progress.total();
                },
                model.progress()));
    return bar;
  }

  /** One line that says what is wrong, else what will be replaced, else that files are written. */
  private Label status() {
    Label status = new Label();
    status.setId("export-status");
    status.setWrapText(true);
    status.setMinHeight(34);
    status
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                this::statusText,
                model.problem(),
                model.warning(),
                model.busy(),
                model.progress(),
                messages.languageProperty()));
    model
        .problem()
        .subscribe(
            problem -> {
              status.getStyleClass().removeAll("field-error", "field-warning");
              status.getStyleClass().add(problem == null ? "field-warning" : "field-error");
            });
    return status;
  }

  private String statusText() {
    Problem shown = model.problem().get() != null ? model.problem().get() : model.warning().get();
    if (model.busy().get()) {
      ExportViewModel.Progress progress = model.progress().get();
      return progress.current() == null
          ? messages.of("panel.export.busy")
          : messages.of(
              "panel.export.progress",
              progress.begun(),
              progress.total(),
              messages.of("panel.export.format." + progress.current().key()),
              new Figures(messages.locale()).bytes(progress.bytes()));
    }
    return shown == null ? "" : messages.problem(shown);
  }

  private void chooseFolder() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(messages.of("panel.export.folder"));
    File first = new File(model.folder().get());
    if (first.isDirectory()) {
      chooser.setInitialDirectory(first);
    }
    File chosen = chooser.showDialog(context.desk().window());
    if (chosen != null) {
      model.folder().set(chosen.toString());
    }
  }

  private void tell(List<Path> made) {
    Notice notice =
        made.size() == 1
            ? Notice.of(Notice.Severity.INFO, -1, "panel.export.done", made.getFirst().toString())
            : Notice.of(
                Notice.Severity.INFO,
                -1,
                "panel.export.doneMany",
                made.size(),
                made.getFirst().getParent().toString());
    context
        .notices()
        .post(notice.with("panel.export.show", () -> context.desk().reveal(made.getFirst())));
  }
}
