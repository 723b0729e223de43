package org.godwit.engine.session;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.file.FileTree;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.node.Node;

/** Files that the trees of nodes begin with. */
final class Furnishing {
  private final List<GuestFile> files;
  private final List<PageStore> contents = new ArrayList<>();

  private Furnishing(List<GuestFile> files) {
    this.files = files;
  }

  /** Files of one node, whose contents take room of its memory. */
  static Furnishing ofOne(List<GuestFile> files) {
    return new Furnishing(files);
  }

  /** Files of many nodes, who share the contents: a node pays only for what it writes to. */
  static Furnishing shared(List<GuestFile> files) {
    Furnishing shared = new Furnishing(files);
    files.forEach(file -> shared.contents.add(PageStore.sealed(file.content())));
    return shared;
  }

  /** Puts the files into the tree of a node. */
  void putInto(Node node) {
    FileTree tree = node.files().tree();
    for (int i = 0; i < files.size(); i++) {
      GuestFile file = files.get(i);
      switch (file.kind()) {
        case DIRECTORY -> tree.directory(file.path(), file.mode());
        case LINK -> tree.link(file.path(), file.target());
        case FILE -> {
          if (contents.isEmpty()) {
            tree.put(file.path(), file.mode(), file.content());
          } else {
            tree.put(file.path(), file.mode(), contents.get(i));
          }
        }
      }
    }
  }
}
