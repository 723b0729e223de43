package org.godwit.app.bridge;

import java.util.List;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;

/**
 * From where the window sees the session: the present or an earlier moment, and how much of the
 * lists it has been given. Engine thread only.
 */
final class Viewpoint {
  private Moments.Moment shown;
  private int look;
  private int events;
  private int samples;

  /** What the window has not been given yet, up to the moment that it looks at. */
  record News(List<Event> events, List<Sample> samples) {}

  /** For another session: nothing was given, the present is looked at. */
  void begin() {
    shown = null;
    look = 0;
    events = 0;
    samples = 0;
  }

  /** The moment that is looked at, or null for the present. */
  Moments.Moment shown() {
    return shown;
  }

  /** Looks at {@code moment}; null for the present. */
  void lookAt(Moments.Moment moment) {
    shown = moment;
  }

  /** Number of the look; another one begins its lists anew. */
  int look() {
    return look;
  }

  /** How many events were given in this look. */
  int events() {
    return events;
  }

  /** How many samples were given in this look. */
  int samples() {
    return samples;
  }

  /** Begins another look. */
  void again() {
    look++;
    events = 0;
    samples = 0;
  }

  /** Begins another look if more was given than there had been. */
  void atMost(int mostEvents, int mostSamples) {
    if (events > mostEvents || samples > mostSamples) {
      again();
    }
  }

  /** Takes what is new. */
  News take(LiveSession session) {
    List<Event> newEvents;
    List<Sample> newSamples;
    if (shown == null) {
      newEvents = session.events(events);
      newSamples = session.samples(samples);
    } else {
      atMost(shown.events(), shown.samples());
      newEvents = session.events(events).subList(0, shown.events() - events);
      newSamples = session.samples(samples).subList(0, shown.samples() - samples);
    }
    events += newEvents.size();
    samples += newSamples.size();
    return new News(newEvents, newSamples);
  }
}
