package org.godwit.engine.kernel.file;

/** Flags of open(2) and of the *at calls, with the values of riscv64 (asm-generic/fcntl.h). */
public final class OpenFlags {
  public static final int ACCESS = 3;
  public static final int READ_ONLY = 0;
  public static final int WRITE_ONLY = 1;
  public static final int READ_WRITE = 2;
  public static final int CREATE = 0100;
  public static final int EXCLUSIVE = 0200;
  public static final int TRUNCATE = 01000;
  public static final int APPEND = 02000;
  public static final int NONBLOCK = 04000;
  public static final int ASYNC = 020000;
  public static final int DIRECT = 040000;
  public static final int LARGE = 0100000;
  public static final int DIRECTORY = 0200000;
  public static final int NO_FOLLOW = 0400000;
  public static final int NO_ACCESS_TIME = 01000000;
  public static final int CLOSE_ON_EXEC = 02000000;
  public static final int PATH = 010000000;
  public static final int TEMPORARY = 020000000 | DIRECTORY;

  /** The dirfd that means the current directory. */
  public static final int AT_CWD = -100;

  public static final int AT_SYMLINK_NO_FOLLOW = 0x100;
  public static final int AT_REMOVE_DIRECTORY = 0x200;
  public static final int AT_EFFECTIVE_ACCESS = 0x200;
  public static final int AT_SYMLINK_FOLLOW = 0x400;
  public static final int AT_NO_AUTOMOUNT = 0x800;
  public static final int AT_EMPTY_PATH = 0x1000;

  private OpenFlags() {}
}
