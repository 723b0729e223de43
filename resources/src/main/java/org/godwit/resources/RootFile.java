package org.godwit.resources;

/**
 * An entry of a root file system on board.
 *
 * @param path absolute
 * @param kind what it is
 * @param mode permission bits
 * @param content bytes of a file, else empty
 * @param target what a link points at, else empty
 */
public record RootFile(String path, Kind kind, int mode, byte[] content, String target) {
  /** What an entry is. */
  public enum Kind {
    DIRECTORY,
    FILE,
    LINK
  }
}
