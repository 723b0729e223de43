package org.godwit.engine.memory;

/** Permissions of an area: the PROT_ bits of mmap(2). */
public final class Prot {
  public static final int NONE = 0;
  public static final int READ = 1;
  public static final int WRITE = 2;
  public static final int EXEC = 4;
  public static final int READ_WRITE = READ | WRITE;
  public static final int READ_EXEC = READ | EXEC;

  private Prot() {}
}
