package org.godwit.app.workbench;

import java.util.Locale;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import org.godwit.app.canvas.CanvasSwitches;
import org.godwit.app.canvas.ClusterCanvas;
import org.godwit.app.notice.Notice;
import org.godwit.app.settings.SettingsStore;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;
import org.godwit.app.theme.Variant;

/** Settings take effect at once, whoever changes them. FX thread only. */
final class LiveSettings {
  /** Type in the perspective for a room, against the usual. */
  private static final double TEACHING = 1.4;

  private final SettingsStore settings;
  private final DeskSettings desk;
  private final Theme theme;

  /** Kept here alone: the computer outlives the window. */
  private ChangeListener<ColorScheme> computerChanged;

  LiveSettings(SettingsStore settings, DeskSettings desk, Theme theme) {
    this.settings = settings;
    this.desk = desk;
    this.theme = theme;
  }

  /** The look of that name; what the computer prefers for the empty one. */
  static Variant variant(String token) {
    return DeskSettings.variant(token)
        .orElseGet(
            () ->
                Platform.getPreferences().getColorScheme() == ColorScheme.DARK
                    ? Variant.DARK
                    : Variant.LIGHT);
  }

  /** Language and look follow the settings, and the settings them. */
  void follow(Messages messages) {
    StringProperty language = settings.of(desk.language());
    language.addListener(
        (_, _, tag) -> messages.languageProperty().set(Locale.forLanguageTag(tag)));
    messages
        .languageProperty()
        .addListener((_, _, now) -> language.set(now.getLanguage().equals("ja") ? "ja" : "en"));
    StringProperty look = settings.of(desk.look());
    look.addListener((_, _, token) -> theme.variantProperty().set(variant(token)));
    theme
        .variantProperty()
        .addListener(
            (_, _, now) -> {
              if (variant(look.get()) != now) {
                look.set(now.token());
              }
            });
    computerChanged = (_, _, _) -> theme.variantProperty().set(variant(look.get()));
    Platform.getPreferences()
        .colorSchemeProperty()
        .addListener(new WeakChangeListener<>(computerChanged));
  }

  /** The size of type follows the settings and the perspective. */
  void followType(Arrangement arrangement, ClusterCanvas canvas, PresenterLayer presenter) {
    Runnable scale = () -> scaleType(arrangement, canvas, presenter);
    settings.of(DeskSettings.TEXT_SIZE).subscribe(_ -> scale.run());
    settings.of(DeskSettings.HALO).subscribe(_ -> scale.run());
    arrangement.perspectiveProperty().subscribe(_ -> scale.run());
  }

  private void scaleType(Arrangement arrangement, ClusterCanvas canvas, PresenterLayer presenter) {
    boolean teaching = arrangement.perspectiveProperty().get().isForTeaching();
    double chosen = Double.parseDouble(settings.of(DeskSettings.TEXT_SIZE).get()) / 100;
    theme.typeScaleProperty().set(teaching ? chosen * TEACHING : chosen);
    canvas.setLargest(teaching ? TEACHING : 1);
    presenter.onProperty().set(teaching && settings.isOn(DeskSettings.HALO));
  }

  /** What the canvas takes from the settings. */
  CanvasSwitches canvas() {
    return new CanvasSwitches(
        settings.of(DeskSettings.GRID),
        settings.of(DeskSettings.SNAP),
        settings.of(DeskSettings.MINIMAP),
        settings.of(DeskSettings.MOTION));
  }

  /** Whether messages of that weight pop up. */
  boolean showsBalloon(Notice.Severity severity) {
    return settings.isOn(
        switch (severity) {
          case INFO -> DeskSettings.BALLOON_INFO;
          case WARNING -> DeskSettings.BALLOON_WARNING;
          case ERROR -> DeskSettings.BALLOON_ERROR;
        });
  }
}
