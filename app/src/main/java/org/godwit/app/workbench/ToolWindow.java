package org.godwit.app.workbench;

import javafx.scene.Node;
import org.kordamp.ikonli.Ikon;

/** A panel as the frame sees it. */
public interface ToolWindow {
  /** Stable name, e.g. {@code processes}; its title is the message {@code window.} + id. */
  String id();

  /** Message key of its title, two words at most. */
  default String titleKey() {
    return "window." + id();
  }

  /** One-colour picture for tab and stripe. */
  Ikon icon();

  /** Where it lies in a fresh layout. */
  Place place();

  /** Position among the windows of its place, small first. */
  int order();

  /**
   * Lets it begin to follow the session, seen or not, and declare its actions; called once, on the
   * FX thread, before any view is asked for.
   */
  default void prepare(WorkbenchContext context) {}

  /** Makes its view; called once, on the FX thread, when it is first needed. */
  Node createView(WorkbenchContext context);

  /** Places around the editor area. */
  enum Place {
    /** Programs, cluster tree. */
    LEFT,
    /** Inspector. */
    RIGHT,
    /** Tables and wide charts. */
    BOTTOM
  }
}
