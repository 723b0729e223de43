package org.godwit.engine.kernel.file;

import org.godwit.engine.state.Walk;

/** A character device of the tree. What it does is its {@link Kind}'s affair. */
final class DeviceNode extends Inode {
  /** The devices there are, with the numbers of Linux (null(4), full(4), random(4), tty(4)). */
  enum Kind {
    NULL(1, 3),
    ZERO(1, 5),
    FULL(1, 7),
    RANDOM(1, 8),
    URANDOM(1, 9),
    TTY(5, 0),
    CONSOLE(5, 1),
    PTMX(5, 2),
    /** Terminal N, whose minor number is N (pts(4)). */
    TERMINAL(136, 0),
    /** Console N of the session, until a program has taken it. */
    HYPERVISOR_CONSOLE(229, 0),
    /** A node made by mknod for a device that does not exist; opening it is ENXIO. */
    NONE(0, 0);

    final int major;
    final int minor;

    Kind(int major, int minor) {
      this.major = major;
      this.minor = minor;
    }

    static Kind of(long device) {
      if (FileStatus.major(device) == PTS) {
        return TERMINAL;
      }
      if (FileStatus.major(device) == HVC) {
        return HYPERVISOR_CONSOLE;
      }
      for (Kind each : values()) {
        if (FileStatus.device(each.major, each.minor) == device) {
          return each;
        }
      }
      return NONE;
    }
  }

  /** Major number of the terminal ends of pseudo terminals. */
  static final int PTS = 136;

  /** Major number of the consoles that a virtual machine's host gives it (hvc, devices.txt). */
  static final int HVC = 229;

  private long device;

  DeviceNode(NodeFiles node, int permissions, long device) {
    super(node, permissions);
    this.device = device;
  }

  Kind kind() {
    return Kind.of(device);
  }

  int minor() {
    return FileStatus.minor(device);
  }

  @Override
  int type() {
    return FileMode.CHARACTER;
  }

  @Override
  long device() {
    return device;
  }

  @Override
  OpenFile open(int flags, int pid) {
    return new DeviceFile(node, flags, this, pid);
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    device = walk.i64("device", device);
  }
}
