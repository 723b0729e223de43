package org.godwit.app.workbench;

import java.util.List;
import org.godwit.app.workbench.DockLayout.Part;

/** The arrangements that come with the window. */
enum Perspective {
  /** Everything in sight: the usual one. */
  ANALYSE("analyse", "programs", false, false, false, "processes"),
  /** For a room: the canvas and large type, everything else folded to its tabs. */
  TEACH("teach", "programs", true, true, true, "processes"),
  /** For writing programs: sources in the middle, problems below. */
  PROGRAM("program", "programs", false, true, false, "problems");

  private final String token;
  private final String leftFirst;
  private final boolean leftFolded;
  private final boolean rightFolded;
  private final boolean bottomFolded;
  private final String bottomFirst;

  Perspective(
      String token,
      String leftFirst,
      boolean leftFolded,
      boolean rightFolded,
      boolean bottomFolded,
      String bottomFirst) {
    this.token = token;
    this.leftFirst = leftFirst;
    this.leftFolded = leftFolded;
    this.rightFolded = rightFolded;
    this.bottomFolded = bottomFolded;
    this.bottomFirst = bottomFirst;
  }

  /** The perspective of that name, else the usual one. */
  static Perspective of(String token) {
    for (Perspective each : values()) {
      if (each.token.equals(token)) {
        return each;
      }
    }
    return ANALYSE;
  }

  /** Its name in settings and message keys. */
  String token() {
    return token;
  }

  /** Whether it is for a room: large type, no hex, the last key shown. */
  boolean isForTeaching() {
    return this == TEACH;
  }

  /** This arrangement of the given windows in a window of about that size. */
  DockLayout layout(List<ToolWindow> windows, double width, double height) {
    return arrange(
        windows,
        width,
        height,
        isForTeaching(),
        leftFirst,
        bottomFirst,
        new boolean[] {leftFolded, rightFolded, bottomFolded});
  }

  private static DockLayout arrange(
      List<ToolWindow> windows,
      double width,
      double height,
      boolean teaching,
      String left,
      String bottom,
      boolean[] folded) {
    boolean wide = width > 2200;
    double side = wide ? 360 : width < 1400 ? 276 : 288;
    double right = wide ? 420 : teaching ? 380 : width < 1400 ? 276 : 300;
    double below = Math.clamp(height * 0.34, 150, 480);
    Part upper =
        Part.split(
            false,
            List.of(side / width, 1 - right / width),
            stack(windows, ToolWindow.Place.LEFT, "LEFT", left, folded[0], side),
            Part.stack(DockArea.EDITORS, "TOP", List.of(), null, false, 0),
            stack(windows, ToolWindow.Place.RIGHT, "RIGHT", "inspector", folded[1], right));
    return new DockLayout(
        Part.split(
            true,
            List.of(1 - below / height),
            upper,
            stack(windows, ToolWindow.Place.BOTTOM, "TOP", bottom, folded[2], below)));
  }

  private static Part stack(
      List<ToolWindow> windows,
      ToolWindow.Place place,
      String side,
      String first,
      boolean folded,
      double pixels) {
    List<String> ids =
        windows.stream().filter(w -> w.place() == place).map(ToolWindow::id).toList();
    String selected = ids.contains(first) ? first : ids.isEmpty() ? null : ids.getFirst();
    return Part.stack(place.name(), side, ids, selected, folded, pixels);
  }
}
