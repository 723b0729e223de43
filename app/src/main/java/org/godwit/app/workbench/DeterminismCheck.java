package org.godwit.app.workbench;

import java.util.List;
import javafx.application.Platform;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.host.HostEngine;
import org.godwit.app.notice.Notice;
import org.godwit.app.notice.Notice.Severity;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Verification;
import org.godwit.engine.session.query.Verification.Divergence;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;

/**
 * Runs the session that is open once more from its beginning, on a thread of its own, and says
 * whether it came out the same.
 */
record DeterminismCheck(EngineBridge bridge, NoticeBoard notices) {
  void run() {
    notices.post(Notice.of(Severity.INFO, -1, "verify.running"));
    Runnable end = notices.begin(Problem.of("action.time.verify"));
    bridge.query(
        LiveSession::recorded,
        recorded ->
            Thread.ofVirtual()
                .name("verify")
                .start(
                    () -> {
                      Notice answer = check(recorded);
                      Platform.runLater(
                          () -> {
                            end.run();
                            notices.post(answer);
                          });
                    }));
  }

  private static Notice check(RecordedSession recorded) {
    long at = recorded.facts().endNanos();
    try {
      Verification found = Verification.of(recorded.scenario().name(), recorded, HostEngine.auto());
      if (found.first().isEmpty()) {
        return Notice.of(
            Severity.INFO, at, "verify.same", recorded.events().size(), recorded.hashes().size());
      }
      Divergence first = found.first().get();
      return new Notice(
          Severity.ERROR,
          Problem.of("verify.parts", first.atNanos() / 1e9, first.node()),
          first.recorded() + "\n" + first.again(),
          first.atNanos(),
          List.of());
    } catch (ProblemException e) {
      return new Notice(Severity.WARNING, e.problem(), "", at, List.of());
    }
  }
}
