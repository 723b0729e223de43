package org.godwit.app.workbench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.SimpleStringProperty;
import org.godwit.app.notice.Notice;
import org.godwit.app.palette.ProgramCard;
import org.godwit.app.settings.Setting;
import org.godwit.app.settings.SettingsStore;
import org.godwit.app.source.SourceView;
import org.godwit.app.source.SourceViewModel;
import org.godwit.model.Problem;
import org.kordamp.ikonli.feather.Feather;

/** Opens programs' sources as editor tabs; what is built of one becomes a program. */
final class SourceTabs {
  private final WorkbenchContext context;
  private final SettingsStore settings;
  private final Path kept;
  private final BiConsumer<String, byte[]> built;
  private final Consumer<Setting> showSetting;

  /**
   * @param kept settings file beside which written sources are kept, or null to keep none
   * @param built takes a program that was built
   * @param showSetting leads to a setting
   */
  SourceTabs(
      WorkbenchContext context,
      SettingsStore settings,
      Path kept,
      BiConsumer<String, byte[]> built,
      Consumer<Setting> showSetting) {
    this.context = context;
    this.settings = settings;
    this.kept = kept;
    this.built = built;
    this.showSetting = showSetting;
  }

  /** Opens a program's source, or brings it to the front. */
  void open(ProgramCard card) {
    context
        .desk()
        .openEditor(
            "source:" + card.name(),
            new SimpleStringProperty(card.sourceName()),
            Feather.FILE_TEXT,
            () -> view(card));
  }

  private SourceView view(ProgramCard card) {
    // What is built of a sample stands beside it: the sample stays what its card says.
    SourceViewModel model =
        new SourceViewModel(
            card.sourceName(),
            "my-" + card.name(),
            card.source(),
            kept == null ? null : kept.resolveSibling("sources").resolve(card.sourceName()),
            settings.of(DeskSettings.COMPILER)::get,
            Platform::runLater,
            built::accept);
    model.outcomeProperty().subscribe(told -> told.ifPresent(it -> tell(it, card)));
    return new SourceView(model, context.messages(), Desk.TYPING);
  }

  /** A build that failed is a problem that leads back to the source. */
  private void tell(Problem outcome, ProgramCard card) {
    Notice notice = new Notice(Notice.Severity.WARNING, outcome, "", -1, List.of());
    switch (outcome.key()) {
      case "source.failed", "source.failed-otherwise" ->
          context.notices().post(notice.with("source.show", () -> open(card)));
      case "source.no-compiler", "source.no-such-compiler" ->
          context
              .notices()
              .post(
                  notice.with(
                      "source.open-settings", () -> showSetting.accept(DeskSettings.COMPILER)));
      default -> {
        // The bar of the source says it.
      }
    }
  }
}
