package org.godwit.engine.session;

/**
 * A file, directory or symbolic link that a session puts into a node's tree before it starts.
 *
 * @param path absolute, without {@code .}, {@code ..} or a final slash; parents come first
 * @param kind what it is
 * @param mode permission bits, 0 to 07777; owner and group are 0
 * @param content bytes of a file, else empty
 * @param target what a link points at, else empty
 */
public record GuestFile(String path, Kind kind, int mode, byte[] content, String target) {
  /** What an entry is. */
  public enum Kind {
    DIRECTORY,
    FILE,
    LINK
  }
}
