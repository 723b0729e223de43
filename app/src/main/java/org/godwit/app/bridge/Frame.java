package org.godwit.app.bridge;

import java.util.ArrayList;
import java.util.List;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ClusterView;

/**
 * What came up from the engine since the frame before: the newest view, and every event and sample
 * that the frame before did not hold. Immutable.
 *
 * @param session number of the session, from 1; 0 while none is open
 * @param look number of the look at the session: when it or the session differs from the frame
 *     before, {@code events} and {@code samples} start again at position 0
 * @param scenario what the session was opened with, or null while none is open
 * @param view the cluster now, or at the moment that is looked at
 * @param latestNanos virtual time that the session has reached; later than the view's while an
 *     earlier moment is looked at
 * @param events events that are new in this frame, in order
 * @param samples samples that are new in this frame, in order
 * @param state whether virtual time moves
 * @param pace the pace asked for
 * @param ratio virtual seconds per wall second over the last second; 0 while paused
 * @param mips million retired instructions per wall second over the last second
 * @param slow the engine cannot keep the pace that was asked for
 * @param codeBytes bytes of translated code that are kept now, for all sessions
 * @param mostCodeBytes the most of them, 0 if nothing is translated
 */
public record Frame(
    int session,
    int look,
    Scenario scenario,
    ClusterView view,
    long latestNanos,
    List<Event> events,
    List<Sample> samples,
    RunState state,
    Pace pace,
    double ratio,
    double mips,
    boolean slow,
    long codeBytes,
    long mostCodeBytes) {
  /** Before anything was opened. */
  public static final Frame EMPTY =
      new Frame(
          0,
          0,
          null,
          new ClusterView(
              0, 1, "", "", List.of(), List.of(), List.of(), List.of(), List.of(), 0, 1, 0),
          0,
          List.of(),
          List.of(),
          RunState.EMPTY,
          Pace.REAL_TIME,
          0,
          0,
          false,
          0,
          0);

  public Frame {
    events = List.copyOf(events);
    samples = List.copyOf(samples);
  }

  /** This frame after one that nobody has looked at: what is new in both is new. */
  Frame after(Frame unseen) {
    if (unseen == null
        || unseen.session != session
        || unseen.look != look
        || (unseen.events.isEmpty() && unseen.samples.isEmpty())) {
      return this;
    }
    List<Event> allEvents = new ArrayList<>(unseen.events);
    allEvents.addAll(events);
    List<Sample> allSamples = new ArrayList<>(unseen.samples);
    allSamples.addAll(samples);
    return with(allEvents, allSamples);
  }

  /** The same picture with nothing new, for who has seen it. */
  public Frame withoutNews() {
    return with(List.of(), List.of());
  }

  private Frame with(List<Event> events, List<Sample> samples) {
    return new Frame(
        session,
        look,
        scenario,
        view,
        latestNanos,
        events,
        samples,
        state,
        pace,
        ratio,
        mips,
        slow,
        codeBytes,
        mostCodeBytes);
  }
}
