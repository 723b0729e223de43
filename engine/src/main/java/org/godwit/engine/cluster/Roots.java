package org.godwit.engine.cluster;

import org.godwit.engine.kernel.file.FileTree;

/** The root file systems that nodes can boot from, by the name of their profile. */
public interface Roots {
  /** The name under which nodes without a profile find what they have in their tree. */
  String BARE = "";

  /** None. */
  Roots NONE =
      new Roots() {
        @Override
        public boolean has(String profile) {
          return false;
        }

        @Override
        public void furnish(String profile, FileTree tree) {
          throw new IllegalArgumentException("no profile " + profile);
        }
      };

  /** Whether there is one of that name. */
  boolean has(String profile);

  /** Puts everything of the one of that name into a tree. */
  void furnish(String profile, FileTree tree);
}
