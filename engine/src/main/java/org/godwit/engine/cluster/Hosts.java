package org.godwit.engine.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.file.FileTree;
import org.godwit.engine.kernel.file.RegularFile;
import org.godwit.engine.memory.PageStore;
import org.godwit.model.scenario.NodeSpec;

/**
 * The file /etc/hosts of a node (hosts(5)): a line for each node of the cluster, kept up to date
 * below a mark as nodes join and leave. What stands above the mark is the node's own affair, and a
 * file without the mark is somebody's who does not want this.
 */
final class Hosts {
  private static final String PATH = "/etc/hosts";
  private static final String MARK = "# the cluster, as nodes join and leave:";
  private static final int MODE = 0644;

  /** A longer file is not what this has made. */
  private static final int MOST_BYTES = 1 << 20;

  private Hosts() {}

  /** The line of a node: its address has its number in the last two bytes. */
  static String line(NodeSpec node) {
    return "10.0." + (node.id() >> 8) + "." + (node.id() & 255) + " " + node.name();
  }

  /** Makes the file. */
  static void create(FileTree tree, List<String> nodes) {
    write(tree, List.of("127.0.0.1 localhost"), nodes);
  }

  /** Brings the lines of the nodes up to date, if the file is there and has the mark. */
  static void update(FileTree tree, List<String> nodes) {
    boolean small = tree.find(PATH) instanceof RegularFile file && file.size() <= MOST_BYTES;
    if (!small) {
      return;
    }
    List<String> lines = new String(tree.content(PATH).orElseThrow(), UTF_8).lines().toList();
    int mark = lines.indexOf(MARK);
    if (mark >= 0 && !lines.subList(mark + 1, lines.size()).equals(nodes)) {
      write(tree, lines.subList(0, mark), nodes);
    }
  }

  private static void write(FileTree tree, List<String> own, List<String> nodes) {
    List<String> lines = new ArrayList<>(own);
    lines.add(MARK);
    lines.addAll(nodes);
    byte[] text = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    tree.put(PATH, MODE, PageStore.sealed(text)); // on the disk, not in RAM, which may be full
  }
}
