package org.godwit.app.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.session.GuestFile;
import org.godwit.resources.Catalogue;
import org.godwit.resources.ProgramCard;

/**
 * What a node needs to be logged in to: the programs of its own with their manual, and those of the
 * palette in {@code /usr/bin} and, for who types {@code ./spin}, in {@code /root}.
 */
public final class Userland {
  private static final String EXECUTABLE = "/bin/userland";
  private static final String MANUAL = "/usr/share/man";

  private Userland() {}

  /** The files, parents first: {@code /bin}, {@code /usr}, {@code /etc/passwd}. */
  public static List<GuestFile> tree() {
    List<GuestFile> files = new ArrayList<>();
    for (String folder :
        List.of("/bin", "/etc", "/root", "/usr", "/usr/bin", "/usr/share", MANUAL)) {
      files.add(new GuestFile(folder, GuestFile.Kind.DIRECTORY, 0755, new byte[0], ""));
    }
    files.add(file(EXECUTABLE, 0755, Catalogue.userland()));
    for (String name : Catalogue.userlandNames()) {
      files.add(new GuestFile("/bin/" + name, GuestFile.Kind.LINK, 0777, new byte[0], EXECUTABLE));
    }
    for (ProgramCard card : Catalogue.programs()) {
      String path = "/usr/bin/" + card.name();
      files.add(file(path, 0755, Catalogue.elf(card)));
      files.add(
          new GuestFile("/root/" + card.name(), GuestFile.Kind.LINK, 0777, new byte[0], path));
    }
    Catalogue.manual().forEach((page, text) -> files.add(file(MANUAL + "/" + page, 0644, text)));
    byte[] users = "root:x:0:0:root:/root:/bin/sh\n".getBytes(StandardCharsets.UTF_8);
    files.add(file("/etc/passwd", 0644, users));
    byte[] login = "cd\nPS1=\"$(hostname):\\$PWD# \"\n".getBytes(StandardCharsets.UTF_8);
    files.add(file("/root/.profile", 0644, login));
    return files;
  }

  private static GuestFile file(String path, int mode, byte[] content) {
    return new GuestFile(path, GuestFile.Kind.FILE, mode, content, "");
  }
}
