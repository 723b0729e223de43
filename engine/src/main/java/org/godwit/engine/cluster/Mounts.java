package org.godwit.engine.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.godwit.engine.kernel.file.FileTree;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.node.Node;

/**
 * Makes a node's /etc/fstab and the mount of /mfs agree (fstab(5), reference section 6.1): a root
 * file system that says {@code dfsa=0} is obeyed, and a scenario that says it is written down
 * there.
 */
final class Mounts {
  private static final String PATH = "/etc/fstab";
  private static final String DIRECT = "dfsa=1";
  private static final String PLAIN = "dfsa=0";
  private static final int MODE = 0644;

  private Mounts() {}

  static void agree(Node node) {
    FileTree tree = node.files().tree();
    String text = tree.content(PATH).map(bytes -> new String(bytes, UTF_8)).orElse("");
    if (!node.spec().dfsa() && text.contains(DIRECT)) {
      byte[] plain = text.replace(DIRECT, PLAIN).getBytes(UTF_8);
      tree.put(PATH, MODE, PageStore.sealed(plain));
    }
    if (text.contains(PLAIN)) {
      node.kernel().mountRemoteFiles(false);
    }
  }
}
