package org.godwit.app.palette;

import java.util.OptionalInt;

/** Where a program can be dropped, as the palette sees the canvas. FX thread only. */
public interface LaunchTarget {
  /** Whether the point of the scene lies on the canvas. */
  boolean covers(double sceneX, double sceneY);

  /** The node whose card lies at that point of the scene. */
  OptionalInt nodeAt(double sceneX, double sceneY);

  /** Name of a node, for captions. */
  String nodeName(int node);

  /** Whether the node can take a launch now. */
  boolean accepts(int node);

  /** Lights the card of a node up as a drop target, and no other. */
  void highlight(int node);

  /** Lights nothing up. */
  void clearHighlight();
}
