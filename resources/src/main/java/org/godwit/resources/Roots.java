package org.godwit.resources;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts a profile's root file system together: the userland with its names, the programs of the
 * palette, and the files of its folders, each of which covers those below it.
 *
 * <p>{@code roots/NAME/tree/} holds files as they lie on the node; one that begins with {@code #!}
 * is executable. {@code roots/NAME/links.txt} has a line {@code PATH TARGET} for each symbolic
 * link, {@code roots/NAME/directories.txt} a line {@code MODE PATH} for each directory that is
 * empty or not 0755.
 */
final class Roots {
  private static final String USERLAND = "/bin/userland";
  private static final String MANUAL = "/usr/share/man/";

  /** Where the userland's names lie that are not in /bin. */
  private static final Map<String, String> ELSEWHERE =
      new TreeMap<>(
          Map.of(
              "init", "/sbin",
              "telinit", "/sbin",
              "mingetty", "/sbin",
              "getty", "/sbin",
              "update", "/sbin",
              "shutdown", "/sbin",
              "launchd", "/usr/sbin",
              "sshd", "/usr/sbin",
              "setpe", "/sbin"));

  private final TreeMap<String, RootFile> entries = new TreeMap<>();

  private Roots() {}

  /** The entries of a profile's tree, parents before children. */
  static List<RootFile> of(Profile profile) {
    Roots root = new Roots();
    root.file(USERLAND, 0755, Catalogue.userland());
    for (String name : Catalogue.userlandNames()) {
      root.link(ELSEWHERE.getOrDefault(name, "/bin") + "/" + name, USERLAND);
    }
    for (ProgramCard card : Catalogue.programs()) {
      root.file("/usr/bin/" + card.name(), 0755, Catalogue.elf(card));
    }
    Catalogue.manual().forEach((page, text) -> root.file(MANUAL + page, 0644, text));
    profile.on().forEach(root::folder);
    root.folder(profile.name());
    return List.copyOf(root.entries.values());
  }

  private void folder(String name) {
    String folder = "roots/" + name + "/";
    String tree = folder + "tree";
    for (String path : Catalogue.under(folder)) {
      if (path.startsWith(tree + "/")) {
        byte[] content = Catalogue.bytes(path);
        boolean script = content.length > 1 && content[0] == '#' && content[1] == '!';
        file(path.substring(tree.length()), script ? 0755 : 0644, content);
      }
    }
    for (String[] words : table(folder + "directories.txt")) {
      directory(words[1], Integer.parseInt(words[0], 8));
    }
    for (String[] words : table(folder + "links.txt")) {
      link(words[0], words[1]);
    }
  }

  private static List<String[]> table(String path) {
    List<String[]> rows = new ArrayList<>();
    if (Catalogue.under("roots").contains(path)) {
      new String(Catalogue.bytes(path), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(line -> rows.add(line.split(" ", 2)));
    }
    return rows;
  }

  private void file(String path, int mode, byte[] content) {
    add(new RootFile(path, RootFile.Kind.FILE, mode, content, ""));
  }

  private void link(String path, String target) {
    add(new RootFile(path, RootFile.Kind.LINK, 0777, new byte[0], target));
  }

  private void directory(String path, int mode) {
    add(new RootFile(path, RootFile.Kind.DIRECTORY, mode, new byte[0], ""));
  }

  private void add(RootFile file) {
    String above = file.path().substring(0, file.path().lastIndexOf('/'));
    if (!above.isEmpty() && !entries.containsKey(above)) {
      directory(above, 0755);
    }
    entries.put(file.path(), file);
  }
}
