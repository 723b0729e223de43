package org.godwit.engine.session;

import java.util.List;

/**
 * What comes into a session from outside beside scenario and programs. Part of the recording
 * (decision 25).
 *
 * @param node the node that gets it
 * @param root what is put into its tree, parents before children
 * @param standardInput what processes launched there read from descriptor 0 before end of file
 */
public record SessionInputs(int node, List<GuestFile> root, byte[] standardInput) {
  /** Nothing. */
  public static final SessionInputs NONE = new SessionInputs(1, List.of(), new byte[0]);

  public SessionInputs {
    root = List.copyOf(root);
  }

  /** Whether a session file can hold them: paths that an archive can name, not too many bytes. */
  public boolean fitFile(int mostBytes) {
    try {
      return standardInput.length <= mostBytes
          && new BootRoot("", root).archive().length <= mostBytes;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return root.isEmpty() && standardInput.length == 0;
  }
}
