package org.godwit.app.workbench;

import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import org.godwit.app.action.Action;
import org.godwit.app.host.ReleaseFeed;
import org.godwit.app.notice.Notice;
import org.godwit.app.notice.Notice.Severity;
import org.godwit.app.settings.SettingsStore;
import org.godwit.engine.session.file.SessionFile;
import org.godwit.model.ProblemException;
import org.kordamp.ikonli.feather.Feather;

/**
 * Says quietly that there is a newer release. Nothing is asked unless the user names an address to
 * ask; then it is asked once a start, on a thread of its own, and whoever is offline hears nothing.
 * FX thread only.
 */
final class Updates {
  private final WorkbenchContext context;
  private final SettingsStore settings;
  private final Runnable openSettings;

  /**
   * @param openSettings leads to where the address is set
   */
  Updates(WorkbenchContext context, SettingsStore settings, Runnable openSettings) {
    this.context = context;
    this.settings = settings;
    this.openSettings = openSettings;
  }

  /** Adds the action that asks now and tells what came of it. */
  void declare() {
    context
        .actions()
        .add(
            new Action(
                "help.updates", Feather.DOWNLOAD_CLOUD, null, Action.ALWAYS, this::askAloud));
  }

  /** The window is open. */
  void begin() {
    if (!address().isEmpty()) {
      ask(false);
    }
  }

  private String address() {
    return settings.of(DeskSettings.UPDATES).get().strip();
  }

  private void askAloud() {
    if (address().isEmpty()) {
      context
          .notices()
          .post(
              Notice.of(Severity.INFO, -1, "update.off")
                  .with("action.file.settings", openSettings));
    } else {
      ask(true);
    }
  }

  private void ask(boolean aloud) {
    String address = address();
    Thread.ofVirtual()
        .name("updates")
        .start(
            () -> {
              Optional<Notice> answer = answer(address, aloud);
              answer.ifPresent(notice -> Platform.runLater(() -> context.notices().post(notice)));
            });
  }

  private static Optional<Notice> answer(String address, boolean aloud) {
    String running = SessionFile.ENGINE_VERSION;
    try {
      Optional<ReleaseFeed.Release> newer = ReleaseFeed.newer(address, running);
      if (newer.isEmpty()) {
        return Optional.of(Notice.of(Severity.INFO, -1, "update.none", running)).filter(_ -> aloud);
      }
      Notice notice = Notice.of(Severity.INFO, -1, "update.newer", newer.get().version(), running);
      String page = newer.get().page();
      return Optional.of(
          page.isEmpty() ? notice : notice.with("update.page", () -> HostDesktop.show(page)));
    } catch (ProblemException e) {
      return Optional.of(new Notice(Severity.WARNING, e.problem(), "", -1, List.of()))
          .filter(_ -> aloud);
    }
  }
}
