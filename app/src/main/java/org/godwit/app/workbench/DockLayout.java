package org.godwit.app.workbench;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An arrangement of the window: a tree of splits with stacks of tabs as leaves, as it is kept
 * between two starts. Sizes are pixels, shares are of the split, 0 to 1.
 *
 * @param root the outermost split
 */
record DockLayout(Part root) {
  private static final int DEEPEST = 12;

  /**
   * A split or a stack of tabs.
   *
   * @param place name of the place in the usual arrangement ({@code LEFT}, {@code RIGHT}, {@code
   *     BOTTOM}, {@code editors}), or null for one that the user made
   * @param vertical for a split, whether its parts lie one above the other
   * @param parts for a split, its parts; null for a stack
   * @param dividers for a split, where its dividers stand
   * @param side for a stack, the side at which its tabs are
   * @param tabs for a stack, the ids of its windows
   * @param selected for a stack, the id in front, or null
   * @param collapsed for a stack, whether only its tabs are seen
   * @param pixels for a stack at the side, its width or height; 0 for one that takes what is left
   */
  record Part(
      String place,
      boolean vertical,
      List<Part> parts,
      List<Double> dividers,
      String side,
      List<String> tabs,
      String selected,
      boolean collapsed,
      double pixels) {
    static Part split(boolean vertical, List<Double> dividers, Part... parts) {
      return new Part(null, vertical, List.of(parts), dividers, null, null, null, false, 0);
    }

    static Part stack(
        String place,
        String side,
        List<String> tabs,
        String selected,
        boolean collapsed,
        double pixels) {
      return new Part(place, false, null, null, side, tabs, selected, collapsed, pixels);
    }

    boolean isSplit() {
      return parts != null;
    }
  }

  /** As JSON, to be kept. */
  String text() {
    return new Gson().toJson(this);
  }

  /** Reads what {@link #text} wrote; empty if it is no arrangement. */
  static Optional<DockLayout> parse(String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      DockLayout read = new Gson().fromJson(text, DockLayout.class);
      return read != null && isSound(read.root, 0) && read.root.isSplit()
          ? Optional.of(read)
          : Optional.empty();
    } catch (JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isSound(Part part, int depth) {
    if (part == null || depth > DEEPEST) {
      return false;
    }
    if (!part.isSplit()) {
      return part.tabs != null && part.side != null;
    }
    return part.dividers != null
        && !part.parts.isEmpty()
        && part.parts.stream().allMatch(each -> isSound(each, depth + 1));
  }

  /** Every stack of the tree, outermost first. */
  List<Part> stacks() {
    List<Part> found = new ArrayList<>();
    collect(root, found);
    return found;
  }

  private static void collect(Part part, List<Part> found) {
    if (part.isSplit()) {
      part.parts.forEach(each -> collect(each, found));
    } else {
      found.add(part);
    }
  }
}
