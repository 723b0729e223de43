package org.godwit.app.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.godwit.model.policy.UserPolicy;

/**
 * The classes of one jar or folder, read into memory at once: so its file may be written over while
 * they are in use, and what has the same code is the same.
 */
final class PolicyCode extends ClassLoader {
  private static final int MOST_BYTES = 64 << 20;
  private static final int CODE_DIGITS = 12;

  private final Map<String, byte[]> files;

  private PolicyCode(Map<String, byte[]> files) {
    super("policy", UserPolicy.class.getClassLoader());
    this.files = files;
  }

  /** Whether there may be policies in a file or folder. */
  static boolean isPossible(Path place) {
    return Files.isRegularFile(place) && place.toString().endsWith(".jar")
        || Files.exists(place.resolve("META-INF/services/" + UserPolicy.class.getName()));
  }

  /** Changes whenever what is there is written; cheap. */
  static String stamp(Path place) throws IOException {
    StringBuilder stamp = new StringBuilder();
    for (Path file : regularFiles(place)) {
      stamp
          .append(place.relativize(file))
          .append(' ')
          .append(Files.size(file))
          .append(' ')
          .append(Files.getLastModifiedTime(file))
          .append('\n');
    }
    return stamp.toString();
  }

  /** What is there now. */
  static PolicyCode read(Path place) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    long room = MOST_BYTES;
    if (Files.isDirectory(place)) {
      for (Path file : regularFiles(place)) {
        String name = place.relativize(file).toString().replace('\\', '/');
        try (InputStream in = Files.newInputStream(file)) {
          room -= put(files, name, in, room);
        }
      }
    } else {
      try (ZipInputStream in = new ZipInputStream(Files.newInputStream(place))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          room -= entry.isDirectory() ? 0 : put(files, entry.getName(), in, room);
        }
      }
    }
    return new PolicyCode(files);
  }

  private static int put(Map<String, byte[]> files, String name, InputStream in, long room)
      throws IOException {
    byte[] bytes = in.readNBytes((int) room);
    if (in.read() >= 0) {
      throw new IOException("more than " + (MOST_BYTES >> 20) + " MiB");
    }
    files.put(name, bytes);
    return bytes.length;
  }

  private static List<Path> regularFiles(Path place) throws IOException {
    try (Stream<Path> walk = Files.walk(place)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** First digits of the SHA-256 over all names and contents. */
  String code() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (name, bytes) -> {
            digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
          });
      return HexFormat.of().formatHex(digest.digest()).substring(0, CODE_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes its policies, by name; runs their code. */
  Map<String, UserPolicy> policies() {
    Map<String, UserPolicy> made = new TreeMap<>();
    for (UserPolicy each : ServiceLoader.load(UserPolicy.class, this)) {
      // A class that is on the class path of the program itself is not this folder's.
      if (each.getClass().getClassLoader() == this && UserPolicy.isName(each.name())) {
        made.put(each.name(), each);
      }
    }
    return made;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = files.get(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  protected URL findResource(String name) {
    byte[] bytes = files.get(name);
    try {
      return bytes == null ? null : URL.of(URI.create("policy:/"), new Handler(bytes));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return Collections.enumeration(found == null ? List.of() : new ArrayList<>(List.of(found)));
  }

  /** Opens bytes in memory. */
  private static final class Handler extends URLStreamHandler {
    private final byte[] bytes;

    private Handler(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          // It is all here.
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
