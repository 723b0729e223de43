package org.godwit.app.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.godwit.engine.session.GuestFile;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;

/**
 * Copies a host folder for the tree of a node (decision 25). The same folder gives the same list on
 * every host: sorted by name, owner and times left out, permission bits kept. Links are copied as
 * links; one that leads out of the folder is refused, as are devices, sockets and pipes, and trees
 * over the limits, since half a tree would be worse than none.
 */
public final class HostTree {
  private static final int MAX_DEPTH = 64;

  private final Path root;
  private final int maxEntries;
  private final long maxBytes;
  private final List<GuestFile> entries = new ArrayList<>();
  private long bytes;

  private HostTree(Path root, int maxEntries, long maxBytes) {
    this.root = root;
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /**
   * The entries below {@code root}, itself left out, parents before children. At most 20,000
   * entries and 256 MiB.
   *
   * @throws ProblemException {@code root.*} or {@code host.*}
   */
  public static List<GuestFile> read(Path root) throws ProblemException {
    return read(root, 20_000, 256L << 20);
  }

  static List<GuestFile> read(Path root, int maxEntries, long maxBytes) throws ProblemException {
    if (!Files.exists(root)) {
      throw new ProblemException(Problem.of("host.missing", root.toString()));
    }
    if (!Files.isDirectory(root)) {
      throw new ProblemException(Problem.of("host.not-folder", root.toString()));
    }
    HostTree tree = new HostTree(root, maxEntries, maxBytes);
    tree.folder(root, "", 0);
    return tree.entries;
  }

  private void folder(Path folder, String guestPath, int depth) throws ProblemException {
    if (depth > MAX_DEPTH) {
      throw new ProblemException(Problem.of("root.too-deep", folder.toString(), MAX_DEPTH));
    }
    List<Path> children = new ArrayList<>();
    try (Stream<Path> listed = Files.list(folder)) {
      listed.forEach(children::add);
    } catch (IOException e) {
      throw HostFiles.unreadable(folder, e);
    }
    children.sort(Comparator.comparing(child -> child.getFileName().toString()));
    for (Path child : children) {
      if (entries.size() == maxEntries) {
        throw new ProblemException(Problem.of("root.too-many", root.toString(), maxEntries));
      }
      entry(child, guestPath + "/" + child.getFileName(), depth);
    }
  }

  private void entry(Path file, String guestPath, int depth) throws ProblemException {
    try {
      if (Files.isSymbolicLink(file)) {
        String target = Files.readSymbolicLink(file).toString();
        demandInside(file, target);
        entries.add(new GuestFile(guestPath, GuestFile.Kind.LINK, 0777, new byte[0], target));
      } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        entries.add(
            new GuestFile(guestPath, GuestFile.Kind.DIRECTORY, mode(file, 0755), new byte[0], ""));
        folder(file, guestPath, depth + 1);
      } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        entries.add(
            new GuestFile(guestPath, GuestFile.Kind.FILE, mode(file, 0644), content(file), ""));
      } else {
        throw new ProblemException(Problem.of("root.device", file.toString()));
      }
    } catch (IOException e) {
      throw HostFiles.unreadable(file, e);
    }
  }

  private byte[] content(Path file) throws IOException, ProblemException {
    if (bytes + Files.size(file) > maxBytes) {
      throw new ProblemException(Problem.of("root.too-big", root.toString(), maxBytes));
    }
    byte[] content = HostFiles.read(file, (int) Math.min(maxBytes - bytes, Integer.MAX_VALUE - 8));
    bytes += content.length;
    return content;
  }

  /**
   * An absolute target is one in the node's tree, so it must be in the folder; a relative one may
   * dangle, but not climb out.
   */
  private void demandInside(Path link, String target) throws ProblemException {
    Path top = root.toAbsolutePath().normalize();
    boolean inside =
        target.startsWith("/")
            ? Files.exists(
                top.resolve(target.replaceFirst("^/+", "")).normalize(), LinkOption.NOFOLLOW_LINKS)
            : link.toAbsolutePath().getParent().resolve(target).normalize().startsWith(top);
    if (!inside) {
      throw new ProblemException(Problem.of("root.escaping-link", link.toString(), target));
    }
  }

  /** Permission bits as the host has them, or the usual ones where a host has none. */
  private static int mode(Path file, int usual) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
      return usual;
    }
    return (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
  }
}
