package org.godwit.app.panel.moments;

import java.util.List;
import java.util.function.Consumer;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Names;
import org.godwit.engine.session.query.Tracks;

/** A recording as what is asked for moments. */
public record RecordedMoments(RecordedSession recording, List<String> processes, List<String> nodes)
    implements MomentsViewModel.Source {
  /** Takes the names from the recording. */
  public static RecordedMoments of(RecordedSession recording) {
    Tracks tracks = new Tracks(recording.events(), recording.facts().endNanos());
    return new RecordedMoments(
        recording,
        MomentsViewModel.names(
            tracks.all().stream().map(Tracks.Track::program),
            tracks.all().stream().map(track -> track.id().toString()).distinct()),
        List.copyOf(new Names(recording).nodes().values()));
  }

  @Override
  public void session(Consumer<RecordedSession> then) {
    then.accept(recording);
  }
}
