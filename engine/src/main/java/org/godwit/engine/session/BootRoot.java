package org.godwit.engine.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What the nodes of a profile have in their tree, as a session keeps it. As an archive it is a tar
 * file (POSIX.1-1988, "ustar"): fixed owner and time, so that the same tree gives the same bytes.
 *
 * @param profile name of the profile
 * @param files parents before children
 */
public record BootRoot(String profile, List<GuestFile> files) {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;
  private static final int MODE = 100;
  private static final int SIZE = 124;
  private static final int SUM = 148;
  private static final int TYPE = 156;
  private static final int TARGET = 157;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int LONGEST_PREFIX = 155;

  public BootRoot {
    files = List.copyOf(files);
  }

  // ---------------------------------------------------------------- writing

  /**
   * The tree as a tar archive.
   *
   * @throws IllegalArgumentException if a path is longer than an archive can say: 100 bytes from
   *     some slash on, 155 before it
   */
  public byte[] archive() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (GuestFile file : files) {
      out.writeBytes(head(file));
      out.writeBytes(file.content());
      out.writeBytes(new byte[-file.content().length & BLOCK - 1]);
    }
    out.writeBytes(new byte[2 * BLOCK]);
    return out.toByteArray();
  }

  private static byte[] head(GuestFile file) {
    byte[] head = new byte[BLOCK];
    name(head, file.path().substring(1));
    octal(head, MODE, 8, file.mode());
    octal(head, 108, 8, 0);
    octal(head, 116, 8, 0);
    octal(head, SIZE, 12, file.content().length);
    octal(head, 136, 12, 0);
    head[TYPE] =
        switch (file.kind()) {
          case FILE -> '0';
          case LINK -> '2';
          case DIRECTORY -> '5';
        };
    text(head, TARGET, file.target());
    text(head, MAGIC, "ustar\u000000");
    octal(head, SUM, 7, sum(head));
    head[SUM + 7] = ' ';
    return head;
  }

  /** A path of more than 100 bytes is parted at a slash: what stands before it is the prefix. */
  private static void name(byte[] head, String path) {
    int slash = -1;
    while (path.substring(slash + 1).getBytes(UTF_8).length > LONGEST_NAME) {
      slash = path.indexOf('/', slash + 1);
      if (slash < 0 || path.substring(0, slash).getBytes(UTF_8).length > LONGEST_PREFIX) {
        throw new IllegalArgumentException("too long for an archive: " + path);
      }
    }
    text(head, 0, path.substring(slash + 1));
    text(head, PREFIX, slash < 0 ? "" : path.substring(0, slash));
  }

  /** The sum of a head's bytes, those of the sum counted as blanks. */
  private static int sum(byte[] head) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= SUM && i < SUM + 8 ? ' ' : head[i] & 255;
    }
    return sum;
  }

  private static void text(byte[] head, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > LONGEST_NAME) {
      throw new IllegalArgumentException("too long for an archive: " + text);
    }
    System.arraycopy(bytes, 0, head, at, bytes.length);
  }

  private static void octal(byte[] head, int at, int width, int value) {
    text(head, at, String.format(Locale.ROOT, "%0" + (width - 1) + "o", value));
  }

  // ---------------------------------------------------------------- reading

  /**
   * The tree of an archive that nobody vouches for.
   *
   * @throws IllegalArgumentException if it is none that {@link #archive} could have made
   */
  public static BootRoot of(String profile, byte[] archive) {
    List<GuestFile> files = new ArrayList<>();
    int at = 0;
    while (at + BLOCK <= archive.length && archive[at] != 0) {
      byte[] head = Arrays.copyOfRange(archive, at, at + BLOCK);
      int size = octal(head, SIZE, 12);
      if (octal(head, SUM, 8) != sum(head) || size > archive.length - at - BLOCK) {
        throw new IllegalArgumentException("not an archive, or a damaged one");
      }
      at += BLOCK;
      GuestFile.Kind kind =
          switch (head[TYPE]) {
            case '0' -> GuestFile.Kind.FILE;
            case '2' -> GuestFile.Kind.LINK;
            case '5' -> GuestFile.Kind.DIRECTORY;
            default -> throw new IllegalArgumentException("a kind of entry that no root has");
          };
      files.add(
          new GuestFile(
              "/" + name(head),
              kind,
              octal(head, MODE, 8) & 07777,
              Arrays.copyOfRange(archive, at, at + size),
              text(head, TARGET)));
      at += size + BLOCK - 1 & -BLOCK;
    }
    if (at >= archive.length) {
      throw new IllegalArgumentException("an archive without its end");
    }
    demandOrder(files);
    return new BootRoot(profile, files);
  }

  /** Each entry stands once, below a directory that stands before it. */
  private static void demandOrder(List<GuestFile> files) {
    TreeMap<String, GuestFile.Kind> seen = new TreeMap<>();
    seen.put("", GuestFile.Kind.DIRECTORY);
    for (GuestFile file : files) {
      String above = file.path().substring(0, file.path().lastIndexOf('/'));
      String name = file.path().substring(above.length() + 1);
      boolean named = !name.isEmpty() && !name.equals(".") && !name.equals("..");
      if (!named
          || seen.get(above) != GuestFile.Kind.DIRECTORY
          || seen.put(file.path(), file.kind()) != null) {
        throw new IllegalArgumentException(file.path() + " cannot stand where it does");
      }
    }
  }

  private static String name(byte[] head) {
    String prefix = text(head, PREFIX, LONGEST_PREFIX);
    return (prefix.isEmpty() ? "" : prefix + "/") + text(head, 0);
  }

  private static String text(byte[] head, int at) {
    return text(head, at, LONGEST_NAME);
  }

  private static String text(byte[] head, int at, int longest) {
    int end = at;
    while (end < at + longest && head[end] != 0) {
      end++;
    }
    return new String(head, at, end - at, UTF_8);
  }

  private static int octal(byte[] head, int at, int width) {
    String digits = new String(head, at, width, UTF_8).replace('\0', ' ').strip();
    return Integer.parseInt(digits, 8);
  }
}
