package org.godwit.engine.kernel.net;

import java.nio.charset.StandardCharsets;
import org.godwit.engine.state.Walk;

/** The address of a socket, and how it looks in guest memory (struct sockaddr). */
public sealed interface Address {
  /** AF_UNIX. */
  int LOCAL = 1;

  /** AF_INET. */
  int INTERNET = 2;

  /** AF_INET address and port (ip(7)); {@code ip} is big-endian as one reads it. */
  record Internet(int ip, int port) implements Address {
    /** INADDR_ANY, port 0. */
    public static final Internet ANY = new Internet(0, 0);

    /** 127.0.0.1. */
    public static final int LOOPBACK = 0x7f00_0001;

    /** Whether it is in 127.0.0.0/8. */
    public boolean isLoopback() {
      return ip >>> 24 == 127;
    }

    @Override
    public int family() {
      return INTERNET;
    }

    @Override
    public byte[] bytes() {
      byte[] bytes = new byte[16];
      bytes[0] = INTERNET;
      bytes[2] = (byte) (port >> 8);
      bytes[3] = (byte) port;
      for (int i = 0; i < 4; i++) {
        bytes[4 + i] = (byte) (ip >> 24 - 8 * i);
      }
      return bytes;
    }
  }

  /**
   * AF_UNIX name (unix(7)): a path, an abstract name that begins with NUL, or nothing. One {@code
   * char} per byte.
   */
  record Local(String name) implements Address {
    /** No name. */
    public static final Local UNNAMED = new Local("");

    /** Whether it has no name. */
    public boolean isUnnamed() {
      return name.isEmpty();
    }

    /** Whether its name is not a path. */
    public boolean isAbstract() {
      return !name.isEmpty() && name.charAt(0) == 0;
    }

    @Override
    public int family() {
      return LOCAL;
    }

    @Override
    public byte[] bytes() {
      String whole = isUnnamed() || isAbstract() ? name : name + "\0";
      byte[] text = whole.getBytes(StandardCharsets.ISO_8859_1);
      byte[] bytes = new byte[2 + text.length];
      bytes[0] = LOCAL;
      System.arraycopy(text, 0, bytes, 2, text.length);
      return bytes;
    }
  }

  /** Bytes of the longest sockaddr_un. */
  int LOCAL_MOST = 110;

  /** AF_UNIX or AF_INET. */
  int family();

  /** As in guest memory. */
  byte[] bytes();

  /** The address family that guest bytes state, or −1 if they are too short. */
  static int familyOf(byte[] bytes) {
    return bytes == null || bytes.length < 2 ? -1 : bytes[0] & 0xff | (bytes[1] & 0xff) << 8;
  }

  /**
   * The address that guest bytes of {@code family} mean, or null if they make no sense (EINVAL).
   */
  static Address of(byte[] bytes, int family) {
    if (family == INTERNET) {
      return bytes.length < 16 ? null : internet(bytes);
    }
    if (bytes.length > LOCAL_MOST) {
      return null;
    }
    String text = new String(bytes, 2, bytes.length - 2, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return new Local(end <= 0 ? text : text.substring(0, end));
  }

  private static Internet internet(byte[] bytes) {
    int ip = 0;
    for (int i = 4; i < 8; i++) {
      ip = ip << 8 | bytes[i] & 0xff;
    }
    return new Internet(ip, (bytes[2] & 0xff) << 8 | bytes[3] & 0xff);
  }

  /** The blank address of a family. */
  static Address blank(int family) {
    return family == LOCAL ? Local.UNNAMED : Internet.ANY;
  }

  /** Either kind. */
  static Address walk(Walk walk, Address value) {
    boolean local = walk.flag("local", value instanceof Local);
    if (local) {
      return new Local(walk.text("name", value instanceof Local own ? own.name() : ""));
    }
    Internet own = value instanceof Internet internet ? internet : Internet.ANY;
    return new Internet(walk.i32("ip", own.ip()), walk.i32("port", own.port()));
  }
}
