package org.godwit.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.godwit.engine.session.GuestFile;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTreeTest {
  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
  }

  @Test
  void entriesComeSortedParentsFirstWithTheirModes() throws IOException, ProblemException {
    Files.createDirectories(root.resolve("b/inner"));
    Files.writeString(root.resolve("b/inner/z"), "zz");
    Files.writeString(root.resolve("b/a"), "");
    Files.writeString(root.resolve("a"), "text");
    Files.setPosixFilePermissions(root.resolve("a"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.setPosixFilePermissions(root.resolve("b"), PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.createSymbolicLink(root.resolve("b/link"), Path.of("../a"));
    Files.createSymbolicLink(root.resolve("absolute"), Path.of("/b/inner/z"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("nothing"));

    assertThat(HostTree.read(root))
        .extracting(GuestFile::path, GuestFile::kind, file -> new String(file.content()))
        .containsExactly(
            tuple("/a", GuestFile.Kind.FILE, "text"),
            tuple("/absolute", GuestFile.Kind.LINK, ""),
            tuple("/b", GuestFile.Kind.DIRECTORY, ""),
            tuple("/b/a", GuestFile.Kind.FILE, ""),
            tuple("/b/inner", GuestFile.Kind.DIRECTORY, ""),
            tuple("/b/inner/z", GuestFile.Kind.FILE, "zz"),
            tuple("/b/link", GuestFile.Kind.LINK, ""),
            tuple("/dangling", GuestFile.Kind.LINK, ""));
    assertThat(HostTree.read(root).get(0).mode()).isEqualTo(0750);
    assertThat(HostTree.read(root).get(2).mode()).isEqualTo(0777);
    assertThat(HostTree.read(root).get(6).target()).isEqualTo("../a");
  }

  @Test
  void linksOutOfTheFolderAreRefused() throws IOException {
    Path link = root.resolve("b");
    for (String target : new String[] {"..", "../root2/x", "/etc/passwd", "x/../../y"}) {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Path.of(target));
      assertThat(refusal()).isEqualTo(Problem.of("root.escaping-link", link.toString(), target));
    }
  }

  @Test
  void socketsAreRefused() throws IOException {
    Path socket = root.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertThat(refusal()).isEqualTo(Problem.of("root.device", socket.toString()));
    }
  }

  @Test
  void treesOverTheLimitsAreRefusedAsAWhole() throws IOException, ProblemException {
    Files.write(root.resolve("a"), new byte[100]);
    Files.write(root.resolve("b"), new byte[100]);

    assertThat(HostTree.read(root, 2, 200)).hasSize(2);
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> HostTree.read(root, 1, 200))
                .problem())
        .isEqualTo(Problem.of("root.too-many", root.toString(), 1));
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> HostTree.read(root, 2, 199))
                .problem())
        .isEqualTo(Problem.of("root.too-big", root.toString(), 199L));
  }

  @Test
  void aDeepTreeIsRefused() throws IOException {
    Path deep = root;
    for (int i = 0; i < 70; i++) {
      deep = Files.createDirectory(deep.resolve("d"));
    }
    assertThat(refusal().key()).isEqualTo("root.too-deep");
  }

  @Test
  void whatIsNoFolderIsRefused() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThat(catchThrowableOfType(ProblemException.class, () -> HostTree.read(file)).problem())
        .isEqualTo(Problem.of("host.not-folder", file.toString()));
    assertThat(
            catchThrowableOfType(
                    ProblemException.class, () -> HostTree.read(temp.resolve("nothing")))
                .problem()
                .key())
        .isEqualTo("host.missing");
  }

  private Problem refusal() {
    return catchThrowableOfType(ProblemException.class, () -> HostTree.read(root)).problem();
  }
}
