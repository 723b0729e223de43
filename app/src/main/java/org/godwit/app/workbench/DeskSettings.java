package org.godwit.app.workbench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.godwit.app.settings.Setting;
import org.godwit.app.theme.Variant;

/** What the user may set of the window, in the order of the page. */
final class DeskSettings {
  static final String AUTO = "auto";

  static final Setting MOTION = Setting.choice("motion", "look", AUTO, AUTO, "full", "reduced");
  static final Setting TEXT_SIZE =
      Setting.choice("text.size", "look", "100", "100", "115", "130", "145");
  static final Setting HALO = Setting.onOff("teach.halo", "look", true);
  static final Setting GRID = Setting.onOff("canvas.grid", "canvas", true);
  static final Setting SNAP = Setting.onOff("canvas.snap", "canvas", true);
  static final Setting MINIMAP =
      Setting.choice("canvas.minimap", "canvas", AUTO, AUTO, "on", "off");
  static final Setting BALLOON_INFO = Setting.onOff("balloon.info", "notices", true);
  static final Setting BALLOON_WARNING = Setting.onOff("balloon.warning", "notices", true);
  static final Setting BALLOON_ERROR = Setting.onOff("balloon.error", "notices", true);
  static final Setting WELCOME = Setting.onOff("welcome.show", "start", false);
  static final Setting TIPS = Setting.onOff("tips.show", "start", true);
  static final Setting UPDATES = Setting.address("updates.feed", "start");
  static final Setting COMPILER = Setting.command("source.compiler", "source");
  static final Setting POLICIES = Setting.command("policies.folder", "balancing");

  private final Setting language;
  private final Setting look;

  /** The settings of a window that starts in that language and look unless it is set. */
  DeskSettings(Locale first, Variant variant, boolean followsSystem) {
    String tag = first.getLanguage().equals("ja") ? "ja" : "en";
    this.language = Setting.choice("language", "look", tag, "en", "ja");
    this.look =
        Setting.choice(
            "look",
            "look",
            followsSystem ? AUTO : variant.token(),
            AUTO,
            "light",
            "dark",
            "contrast");
  }

  Setting language() {
    return language;
  }

  Setting look() {
    return look;
  }

  List<Setting> all() {
    return List.of(
        language,
        look,
        TEXT_SIZE,
        MOTION,
        HALO,
        GRID,
        SNAP,
        MINIMAP,
        BALLOON_INFO,
        BALLOON_WARNING,
        BALLOON_ERROR,
        WELCOME,
        TIPS,
        UPDATES,
        COMPILER,
        POLICIES);
  }

  /** The look of that name; empty for {@value #AUTO} and for what no look is called. */
  static Optional<Variant> variant(String token) {
    return Stream.of(Variant.values()).filter(each -> each.token().equals(token)).findFirst();
  }
}
