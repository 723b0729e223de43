package org.godwit.engine.session;

import java.util.List;

/**
 * What comes into a session from outside beside scenario and programs. Part of the recording
 * (decision 25).
 *
 * @param node the node that gets {@code root} and {@code standardInput}
 * @param root what is put into its tree, parents before children
 * @param standardInput what processes launched there read from descriptor 0 before end of file
 * @param everywhere what the tree of every node begins with, also of those that join later; parents
 *     before children
 */
public record SessionInputs(
    int node, List<GuestFile> root, byte[] standardInput, List<GuestFile> everywhere) {
  /** Nothing. */
  public static final SessionInputs NONE = new SessionInputs(1, List.of(), new byte[0]);

  public SessionInputs {
    root = List.copyOf(root);
    everywhere = List.copyOf(everywhere);
  }

  /** Inputs of one node. */
  public SessionInputs(int node, List<GuestFile> root, byte[] standardInput) {
    this(node, root, standardInput, List.of());
  }

  /** Inputs of all nodes. */
  public static SessionInputs everywhere(List<GuestFile> files) {
    return new SessionInputs(1, List.of(), new byte[0], files);
  }

  /** Whether there is nothing in it for one node. */
  public boolean isEmpty() {
    return root.isEmpty() && standardInput.length == 0;
  }
}
