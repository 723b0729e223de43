package org.godwit.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.godwit.engine.cluster.Roots;
import org.godwit.engine.kernel.file.FileTree;
import org.godwit.engine.memory.PageStore;

/**
 * The root file systems of a session's nodes. What a file holds is kept once for all nodes, outside
 * their RAM, as it would be on their disks; a node that writes to a file has its own from then on.
 */
final class BootRoots implements Roots {
  private final ProgramSource source;
  private final TreeMap<String, List<GuestFile>> roots = new TreeMap<>();
  private final TreeMap<String, PageStore> contents = new TreeMap<>();

  /** What the files of a profile hold, in their order; null for who is no regular file. */
  private final TreeMap<String, ArrayList<PageStore>> stores = new TreeMap<>();

  BootRoots(ProgramSource source) {
    this.source = source;
  }

  @Override
  public boolean has(String profile) {
    if (!roots.containsKey(profile)) {
      Optional<List<GuestFile>> root = source.root(profile);
      root.ifPresent(files -> roots.put(profile, List.copyOf(files)));
    }
    return roots.containsKey(profile);
  }

  @Override
  public void furnish(String profile, FileTree tree) {
    if (!has(profile)) {
      throw new IllegalArgumentException("no profile " + profile);
    }
    List<GuestFile> files = roots.get(profile);
    List<PageStore> held =
        stores.computeIfAbsent(
            profile,
            _ ->
                files.stream().map(this::content).collect(Collectors.toCollection(ArrayList::new)));
    for (int i = 0; i < files.size(); i++) {
      GuestFile file = files.get(i);
      switch (file.kind()) {
        case DIRECTORY -> tree.directory(file.path(), file.mode());
        case FILE -> tree.put(file.path(), file.mode(), held.get(i));
        case LINK -> tree.link(file.path(), file.target());
      }
    }
  }

  /** The roots that were asked for so far, by profile. */
  List<BootRoot> used() {
    List<BootRoot> used = new ArrayList<>(roots.size());
    roots.forEach((profile, files) -> used.add(new BootRoot(profile, files)));
    return List.copyOf(used);
  }

  private PageStore content(GuestFile file) {
    if (file.kind() != GuestFile.Kind.FILE) {
      return null;
    }
    PageStore store = PageStore.sealed(file.content());
    PageStore known = contents.putIfAbsent(store.sha256(), store);
    return known == null ? store : known;
  }
}
