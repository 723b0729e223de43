package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What stat(2) tells, and its two encodings for riscv64. Times are nanoseconds since 1970; {@code
 * blocks} counts 512 bytes.
 */
public record FileStatus(
    long fileSystem,
    long inode,
    int mode,
    int links,
    int uid,
    int gid,
    long device,
    long size,
    long blocks,
    long accessedNanos,
    long modifiedNanos,
    long changedNanos) {
  /** st_dev of the tree. */
  static final long TREE_DEVICE = 0x801;

  /** st_dev of synthetic files. */
  static final long SYNTHETIC_DEVICE = 0x14;

  /** st_dev of pipes, sockets and the like. */
  static final long ANONYMOUS_DEVICE = 0xd;

  /** Bytes of struct stat. */
  static final int STAT_BYTES = 128;

  /** Bytes of struct statx. */
  static final int STATX_BYTES = 256;

  private static final int BLOCK = 4096;
  private static final long SECOND = 1_000_000_000L;
  private static final int STATX_BASIC = 0x7ff;

  /** Something without a place in the tree. */
  static FileStatus anonymous(long inode, int mode, long nanos) {
    return new FileStatus(ANONYMOUS_DEVICE, inode, mode, 1, 0, 0, 0, 0, 0, nanos, nanos, nanos);
  }

  /** struct stat of asm-generic/stat.h, 64 bit. */
  byte[] stat() {
    ByteBuffer to = ByteBuffer.allocate(STAT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    to.putLong(fileSystem).putLong(inode).putInt(mode).putInt(links).putInt(uid).putInt(gid);
    to.putLong(device).putLong(0).putLong(size).putInt(BLOCK).putInt(0).putLong(blocks);
    to.putLong(Math.floorDiv(accessedNanos, SECOND)).putLong(Math.floorMod(accessedNanos, SECOND));
    to.putLong(Math.floorDiv(modifiedNanos, SECOND)).putLong(Math.floorMod(modifiedNanos, SECOND));
    to.putLong(Math.floorDiv(changedNanos, SECOND)).putLong(Math.floorMod(changedNanos, SECOND));
    return to.array();
  }

  /** struct statx of linux/stat.h; the birth time is not known. */
  byte[] statx() {
    ByteBuffer to = ByteBuffer.allocate(STATX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(STATX_BASIC).putInt(BLOCK).putLong(0).putInt(links).putInt(uid).putInt(gid);
    to.putShort((short) mode).putShort((short) 0).putLong(inode).putLong(size).putLong(blocks);
    to.putLong(0);
    putTime(to, accessedNanos);
    putTime(to, 0);
    putTime(to, changedNanos);
    putTime(to, modifiedNanos);
    to.putInt(major(device)).putInt(minor(device));
    to.putInt(major(fileSystem)).putInt(minor(fileSystem));
    return to.array();
  }

  /** A device number from its halves, as makedev(3) packs it. */
  static long device(int major, int minor) {
    return (minor & 0xffL)
        | (major & 0xfffL) << 8
        | (minor & ~0xffL) << 12
        | ((long) major & ~0xfffL) << 32;
  }

  static int major(long device) {
    return (int) (device >>> 8 & 0xfff | device >>> 32 & ~0xfffL);
  }

  static int minor(long device) {
    return (int) (device & 0xff | device >>> 12 & ~0xffL);
  }

  private static void putTime(ByteBuffer to, long nanos) {
    to.putLong(Math.floorDiv(nanos, SECOND)).putInt((int) Math.floorMod(nanos, SECOND)).putInt(0);
  }
}
