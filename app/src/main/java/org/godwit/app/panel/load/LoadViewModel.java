package org.godwit.app.panel.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.view.ClusterView;

/**
 * The load chart's data: the newest samples of each node in rings, the markers, what is shown and
 * over which stretch of time. FX thread only; {@link #picture} hands an immutable copy to the
 * painter.
 */
public final class LoadViewModel {
  /** Samples kept for each node. */
  public static final int CAPACITY = 6_000;

  /** The span that shows everything kept. */
  public static final int ALL = 0;

  /** Stretches of virtual time that can be chosen, in seconds, or {@link #ALL}. */
  public static final List<Integer> SPANS_SECONDS = List.of(10, 30, 60, 300, ALL);

  private static final long LEAST_SPAN_NANOS = 1_000_000_000L;

  private static final int MARKERS = 2_000;

  private final Messages messages;
  private final Figures figures;
  private final Roster roster;
  private final Map<Integer, SampleRing> rings = new TreeMap<>();
  private final ArrayDeque<Marker> markers = new ArrayDeque<>();
  private final ObjectProperty<Metric> metric =
      new SimpleObjectProperty<>(this, "metric", Metric.LOAD);
  private final IntegerProperty spanSeconds = new SimpleIntegerProperty(this, "span", 60);
  private final ReadOnlyDoubleWrapper efficiency = new ReadOnlyDoubleWrapper(this, "efficiency", 1);
  private Set<Integer> selected = Set.of();
  private final int capacity;
  private long nowNanos;
  private long version;

  /** A chart that keeps {@link #CAPACITY} samples a node. */
  public LoadViewModel(Messages messages, Figures figures, Roster roster) {
    this(messages, figures, roster, CAPACITY);
  }

  /**
   * @param messages the window's texts
   * @param figures how figures are written
   * @param roster names of nodes
   * @param capacity samples kept for each node
   */
  public LoadViewModel(Messages messages, Figures figures, Roster roster, int capacity) {
    this.capacity = capacity;
    this.messages = messages;
    this.figures = figures;
    this.roster = roster;
  }

  /** Takes over what is new. */
  public void append(List<Sample> samples, List<Event> events) {
    if (!samples.isEmpty() || !events.isEmpty()) {
      version++;
    }
    for (Sample sample : samples) {
      rings.computeIfAbsent(sample.node(), _ -> new SampleRing(capacity)).append(sample);
      nowNanos = Math.max(nowNanos, sample.atNanos());
    }
    for (Event event : events) {
      Marker.of(event).ifPresent(markers::addLast);
    }
    while (markers.size() > MARKERS) {
      markers.removeFirst();
    }
  }

  /** Sets the efficiency of a recording, which has no present. */
  public void showEfficiency(double share) {
    efficiency.set(share);
  }

  /** Takes over a new picture of the cluster. */
  public void show(ClusterView view) {
    nowNanos = Math.max(nowNanos, view.nanos());
    efficiency.set(view.efficiency());
  }

  /**
   * Whether a drawing of {@code width} pixels would look otherwise than {@code drawn}: there are
   * new samples or markers, or the left edge has moved by a pixel.
   *
   * @param drawnVersion {@link #version} when {@code drawn} was taken
   */
  public boolean differs(LoadPicture drawn, long drawnVersion, double width) {
    if (drawn == null || drawnVersion != version) {
      return true;
    }
    long span = drawn.toNanos() - drawn.fromNanos();
    long from = spanSeconds.get() == ALL ? 0 : Math.max(0, nowNanos - span);
    return Math.abs(from - drawn.fromNanos()) * width >= span;
  }

  /** Counts whatever was appended. */
  public long version() {
    return version;
  }

  /** Forgets everything; for another session. */
  public void clear() {
    version++;
    rings.clear();
    markers.clear();
    nowNanos = 0;
    efficiency.set(1);
  }

  /** Says which nodes are selected. */
  public void select(Collection<Integer> nodes) {
    selected = Set.copyOf(nodes);
  }

  /** What is shown. */
  public ObjectProperty<Metric> metric() {
    return metric;
  }

  /** How many virtual seconds are shown, one of {@link #SPANS_SECONDS}. */
  public IntegerProperty spanSeconds() {
    return spanSeconds;
  }

  /** Balance efficiency, 0 to 1: mean load of the nodes divided by the greatest. */
  public ReadOnlyDoubleProperty efficiency() {
    return efficiency.getReadOnlyProperty();
  }

  /** Whether there is anything to draw. */
  public boolean isEmpty() {
    return rings.isEmpty();
  }

  /** Everything that is kept of the metric that is shown, for a picture of the whole session. */
  public LoadPicture wholePicture() {
    return picture(ALL);
  }

  /** What is to be drawn now. */
  public LoadPicture picture() {
    return picture(spanSeconds.get());
  }

  private LoadPicture picture(int seconds) {
    long span = seconds == ALL ? Math.max(LEAST_SPAN_NANOS, nowNanos) : seconds * 1_000_000_000L;
    long from = Math.max(0, nowNanos - span);
    List<LoadPicture.Series> series = new ArrayList<>();
    for (Map.Entry<Integer, SampleRing> entry : rings.entrySet()) {
      int node = entry.getKey();
      series.add(
          new LoadPicture.Series(
              node,
              roster.node(node),
              series.size() % 8,
              selected.contains(node),
              series.size() % 8 >= 4,
              entry.getValue().copy(metric.get(), from)));
    }
    return new LoadPicture(
        metric.get(),
        messages.of("load.axis." + metric.get().key()),
        from,
        from + span,
        series,
        markers.stream().filter(m -> m.atNanos() >= from).toList());
  }

  /** A value of the shown metric in words. */
  public String value(double value) {
    return value(metric.get(), value, messages, figures);
  }

  /** A value of a metric in words. */
  public static String value(Metric metric, double value, Messages messages, Figures figures) {
    if (Double.isNaN(value)) {
      return "–";
    }
    return switch (metric) {
      case LOAD -> figures.load(value);
      case MEMORY -> figures.bytes(Math.round(value));
      case FORWARDED -> messages.of("load.perSecond", figures.load(value));
      case NETWORK -> messages.of("load.perSecond", figures.bytes(Math.round(value)));
    };
  }

  /** What the chart shows at a share 0 to 1 of its width: the instant, then a line per node. */
  public List<String> valuesAt(LoadPicture picture, double share) {
    long at = picture.fromNanos() + Math.round(share * (picture.toNanos() - picture.fromNanos()));
    List<String> lines = new ArrayList<>();
    lines.add(figures.shortInstant(at));
    for (LoadPicture.Series series : picture.series()) {
      if (!picture.isBand() || series.selected()) {
        double value = at > nowNanos ? Double.NaN : series.line().valueAt(at);
        lines.add(series.name() + "  " + value(value));
      }
    }
    return lines;
  }
}
