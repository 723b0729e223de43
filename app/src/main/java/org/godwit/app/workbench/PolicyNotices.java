package org.godwit.app.workbench;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.godwit.app.bridge.Frame;
import org.godwit.app.notice.Notice;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.engine.session.Findings;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;

/**
 * Says so when a policy of the user's own fails, once until it has given an answer again. FX thread
 * only.
 */
final class PolicyNotices {
  private final NoticeBoard notices;
  private final Set<String> told = new TreeSet<>();
  private int session;
  private long upTo;

  PolicyNotices(NoticeBoard notices) {
    this.notices = notices;
  }

  /** Takes over what is new in a frame. */
  void take(Frame frame) {
    if (frame.session() != session) {
      session = frame.session();
      told.clear();
      upTo = -1;
    }
    for (Event event : frame.events()) {
      // A look into the past brings old events again.
      if (event.atNanos() <= upTo) {
        continue;
      }
      if (event.what() instanceof Happening.Decided(Decision decision)) {
        if (!Findings.failed(decision)) {
          told.remove(decision.policy());
        } else if (told.add(decision.policy())) {
          notices.post(
              new Notice(
                  Notice.Severity.WARNING, decision.verdict(), "", event.atNanos(), List.of()));
        }
      }
    }
    if (!frame.events().isEmpty()) {
      upTo = Math.max(upTo, frame.events().getLast().atNanos());
    }
  }
}
