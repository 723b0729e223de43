package org.godwit.engine.kernel.file;

/** File types and permission bits of st_mode (inode(7)). */
public final class FileMode {
  public static final int TYPE = 0170000;
  public static final int SOCKET = 0140000;
  public static final int LINK = 0120000;
  public static final int REGULAR = 0100000;
  public static final int BLOCK = 0060000;
  public static final int DIRECTORY = 0040000;
  public static final int CHARACTER = 0020000;
  public static final int FIFO = 0010000;
  public static final int SET_UID = 04000;
  public static final int SET_GID = 02000;
  public static final int STICKY = 01000;
  public static final int PERMISSIONS = 07777;
  public static final int MAY_READ = 4;
  public static final int MAY_WRITE = 2;
  public static final int MAY_EXECUTE = 1;

  private FileMode() {}
}
