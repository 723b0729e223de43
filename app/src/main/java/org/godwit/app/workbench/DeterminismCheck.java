package org.godwit.app.workbench;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
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
 * whether it came out the same. The status bar tells how far it is and can give it up.
 */
record DeterminismCheck(EngineBridge bridge, NoticeBoard notices) {
  void run() {
    notices.post(Notice.of(Severity.INFO, -1, "verify.running"));
    AtomicBoolean givenUp = new AtomicBoolean();
    NoticeBoard.Task task = notices.open(Problem.of("verify.progress", 0), () -> givenUp.set(true));
    bridge.query(
        LiveSession::recorded,
        recorded ->
            Thread.ofVirtual()
                .name("verify")
                .start(
                    () -> {
                      Notice answer = check(recorded, watch(recorded, task, givenUp));
                      Platform.runLater(
                          () -> {
                            notices.end(task);
                            notices.post(answer);
                          });
                    }));
  }

  /** Tells each percent, and ends the run that is not wanted any more. */
  private static LongConsumer watch(
      RecordedSession recorded, NoticeBoard.Task task, AtomicBoolean givenUp) {
    long end = Math.max(1, recorded.facts().endNanos());
    int[] told = {0};
    return nanos -> {
      if (givenUp.get()) {
        throw new CancellationException();
      }
      int percent = (int) (100.0 * nanos / end);
      if (percent > told[0]) {
        told[0] = percent;
        Platform.runLater(() -> task.tell(Problem.of("verify.progress", percent)));
      }
    };
  }

  private static Notice check(RecordedSession recorded, LongConsumer reached) {
    long at = recorded.facts().endNanos();
    try {
      Verification found =
          Verification.of(recorded.scenario().name(), recorded, HostEngine.auto(), reached);
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
    } catch (CancellationException e) {
      return Notice.of(Severity.INFO, at, "verify.given-up");
    } catch (ProblemException e) {
      return new Notice(Severity.WARNING, e.problem(), "", at, List.of());
    }
  }
}
