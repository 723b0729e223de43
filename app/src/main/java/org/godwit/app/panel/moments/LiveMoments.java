package org.godwit.app.panel.moments;

import java.util.List;
import java.util.function.Consumer;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Moment;

/** The open session as what is asked for moments, and the way to them. */
public record LiveMoments(WorkbenchContext context) implements MomentsViewModel.Source {
  @Override
  public void session(Consumer<RecordedSession> then) {
    context.bridge().query(LiveSession::recorded, then);
  }

  @Override
  public List<String> processes() {
    Frame frame = context.bridge().frame();
    return MomentsViewModel.names(
        frame.view().processes().stream().map(process -> process.program()),
        frame.view().processes().stream().map(process -> process.id().toString()));
  }

  @Override
  public List<String> nodes() {
    return context.bridge().frame().view().nodes().stream()
        .map(node -> node.spec().name())
        .toList();
  }

  /** The window shows the moment; what it is about is selected. */
  public void jump(Moment moment) {
    context.bridge().lookFrom(moment.fromNanos());
    if (moment.process() != null) {
      context.selection().select(moment.process());
    } else if (moment.node() > 0) {
      context.selection().selectNode(moment.node());
    }
  }
}
