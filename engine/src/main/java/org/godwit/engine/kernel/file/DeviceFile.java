package org.godwit.engine.kernel.file;

import java.util.Arrays;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.state.Walk;

/** An open memory device: null(4), zero(4), full(4), urandom(4). */
final class DeviceFile extends InodeFile {
  /** Who opened it: random bytes are that process's draws. */
  private int opener;

  DeviceFile(NodeFiles node, int flags, DeviceNode device, int opener) {
    super(node, flags, device);
    this.opener = opener;
  }

  private DeviceNode.Kind device() {
    return ((DeviceNode) inode()).kind();
  }

  @Override
  public boolean mapsZeros() {
    return device() == DeviceNode.Kind.ZERO;
  }

  @Override
  Kind kind() {
    return Kind.DEVICE;
  }

  @Override
  int read(byte[] into, int from, int count) {
    return switch (device()) {
      case NULL -> 0;
      case ZERO, FULL -> {
        Arrays.fill(into, from, from + count, (byte) 0);
        yield count;
      }
      case RANDOM, URANDOM -> {
        node.ports().entropy().fill(opener, into, from, count);
        yield count;
      }
      case TTY, CONSOLE, PTMX, TERMINAL, HYPERVISOR_CONSOLE, NONE -> -Errno.ENXIO;
    };
  }

  @Override
  int write(FileContext by, byte[] data, int from, int count) {
    return taken(count);
  }

  private int taken(int count) {
    return switch (device()) {
      case NULL, ZERO, RANDOM, URANDOM -> count;
      case FULL -> -Errno.ENOSPC;
      case TTY, CONSOLE, PTMX, TERMINAL, HYPERVISOR_CONSOLE, NONE -> -Errno.ENXIO;
    };
  }

  @Override
  int read(long at, byte[] into, int from, int count) {
    return read(into, from, count);
  }

  @Override
  int write(FileContext by, long at, byte[] data, int from, int count) {
    return taken(count);
  }

  @Override
  long seek(long offset, int whence) {
    return 0;
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    opener = walk.i32("opener", opener);
  }
}
