package org.godwit.app.workbench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.godwit.app.settings.SettingsStore;

/**
 * Which perspective the window is in and how its panels lie in it; kept, so that the next start
 * finds them again. A perspective remembers what the user changed until it is reset. FX thread
 * only.
 */
final class Arrangement {
  private static final String PERSPECTIVE = "perspective";
  private static final String LAYOUT = "layout.";
  private static final String DETACHED = "detached.";
  private static final String NAMED = "arrangement.";

  private final DockArea dock;
  private final SettingsStore store;
  private final List<ToolWindow> windows;
  private final ObjectProperty<Perspective> perspective;
  private double width;
  private double height;
  private String kept = "";
  private boolean isOver;

  Arrangement(
      DockArea dock, SettingsStore store, List<ToolWindow> windows, double width, double height) {
    this.dock = dock;
    this.store = store;
    this.windows = windows;
    this.width = width;
    this.height = height;
    this.perspective =
        new SimpleObjectProperty<>(
            this, "perspective", Perspective.of(store.get(PERSPECTIVE, "analyse")));
    apply();
  }

  /** The perspective that is open; setting it arranges the window. */
  ObjectProperty<Perspective> perspectiveProperty() {
    return perspective;
  }

  /** Opens a perspective as it was left. */
  void open(Perspective wanted) {
    keep();
    store.put(PERSPECTIVE, wanted.token());
    perspective.set(wanted);
    apply();
    detach();
  }

  /** Detaches what was detached when it was left; there must be a window to belong to. */
  void detach() {
    dock.detachAgain(store.get(DETACHED + perspective.get().token(), ""));
  }

  /** Keeps it for the last time: detached windows close with the main one. */
  void end() {
    keep();
    isOver = true;
  }

  /** Puts the open perspective back as it comes. */
  void reset() {
    store.put(LAYOUT + perspective.get().token(), null);
    store.put(DETACHED + perspective.get().token(), null);
    apply();
  }

  private void apply() {
    measure();
    Perspective open = perspective.get();
    String text = store.get(LAYOUT + open.token(), "");
    put(DockLayout.parse(text).orElseGet(() -> open.layout(windows, width, height)));
  }

  private void put(DockLayout layout) {
    dock.apply(layout);
    kept = layout.text();
  }

  private void measure() {
    if (dock.region().getWidth() > 0) {
      width = dock.region().getWidth();
      height = dock.region().getHeight();
    }
  }

  /** Keeps the arrangement if it has changed; called now and then, and at the end. */
  void keep() {
    if (isOver || dock.isMaximised()) {
      return;
    }
    String places = dock.detachedPlaces();
    store.put(DETACHED + perspective.get().token(), places.isEmpty() ? null : places);
    String text = dock.layout().text();
    if (!text.equals(kept)) {
      kept = text;
      store.put(LAYOUT + perspective.get().token(), text);
    }
  }

  /** Keeps the arrangement under a name of the user's. */
  void keepAs(String name) {
    store.put(NAMED + name, dock.layout().text());
  }

  /** Puts up the arrangement of that name, if there is one. */
  void openNamed(String name) {
    Optional<DockLayout> layout = DockLayout.parse(store.get(NAMED + name, ""));
    layout.ifPresent(this::put);
    layout.ifPresent(it -> store.put(LAYOUT + perspective.get().token(), it.text()));
  }

  /** Forgets the arrangement of that name. */
  void forget(String name) {
    store.put(NAMED + name, null);
  }

  /** The names under which the user kept arrangements, sorted. */
  List<String> names() {
    List<String> names = new ArrayList<>(store.under(NAMED).keySet());
    Collections.sort(names);
    return names;
  }
}
