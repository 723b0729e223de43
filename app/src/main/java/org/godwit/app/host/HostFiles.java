package org.godwit.app.host;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;

/** Files that a person named. */
public final class HostFiles {
  private HostFiles() {}

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}, which the caller closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The path that a person wrote.
   *
   * @throws ProblemException {@code host.bad-name} if the host knows no such names
   */
  public static Path path(String text) throws ProblemException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ProblemException(Problem.of("host.bad-name", text));
    }
  }

  /**
   * Opens a file for reading.
   *
   * @throws ProblemException {@code host.missing}, {@code host.is-folder}, {@code host.denied} or
   *     {@code host.unreadable}
   */
  public static InputStream open(Path file) throws ProblemException {
    if (Files.isDirectory(file)) {
      throw new ProblemException(Problem.of("host.is-folder", file.toString()));
    }
    try {
      return new BufferedInputStream(Files.newInputStream(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * All bytes of a file.
   *
   * @throws ProblemException as {@link #open}, or {@code host.too-big} above {@code limit} bytes
   */
  public static byte[] read(Path file, int limit) throws ProblemException {
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new ProblemException(Problem.of("host.too-big", file.toString(), limit));
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Finds out, before any work is done for it, whether {@code file} can be written.
   *
   * @throws ProblemException {@code host.no-folder}, {@code host.is-folder} or {@code
   *     host.unwritable}
   */
  public static void demandWritable(Path file) throws ProblemException {
    if (Files.isDirectory(file)) {
      throw new ProblemException(Problem.of("host.is-folder", file.toString()));
    }
    Path folder = folder(file);
    if (!Files.isDirectory(folder)) {
      throw new ProblemException(Problem.of("host.no-folder", file.toString(), folder.toString()));
    }
    if (!Files.isWritable(folder) || Files.exists(file) && !Files.isWritable(file)) {
      throw new ProblemException(Problem.of("host.unwritable", file.toString()));
    }
  }

  /**
   * Writes a file as a whole: until everything is on disk the old one stays as it was.
   *
   * @throws ProblemException as {@link #demandWritable}
   */
  public static void write(Path file, Content content) throws ProblemException {
    demandWritable(file);
    Path part = null;
    try {
      part = Files.createTempFile(folder(file), ".godwit-", ".part");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        content.writeTo(out);
      }
      giveUsualMode(part);
      try {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      discard(part);
      throw new ProblemException(Problem.of("host.unwritable", file.toString()));
    }
  }

  /**
   * Makes a folder, and those above it, unless it is there.
   *
   * @throws ProblemException {@code host.not-folder} or {@code host.unwritable}
   */
  public static void makeFolder(Path folder) throws ProblemException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new ProblemException(Problem.of("host.not-folder", folder.toString()));
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ProblemException(Problem.of("host.unwritable", folder.toString()));
    }
  }

  static ProblemException unreadable(Path file, IOException e) {
    String key =
        switch (e) {
          case NoSuchFileException _ -> "host.missing";
          case AccessDeniedException _ -> "host.denied";
          default -> "host.unreadable";
        };
    return new ProblemException(Problem.of(key, file.toString()));
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  /** A temporary file is its owner's alone; what a person asked for is not. */
  private static void giveUsualMode(Path part) throws IOException {
    if (Files.getFileStore(part).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private static void discard(Path part) {
    try {
      if (part != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      // The first failure is the one to tell.
    }
  }
}
