package org.godwit.engine.kernel.file;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.state.Walk;

/**
 * An open file description (open(2)): what descriptors of one or more processes stand for. Counts
 * its references; the last one to go closes it. Operations answer a count or a negative errno and
 * never wait: −EAGAIN means that the call has to, on {@link #readable} or {@link #writable}. Those
 * that a kind does not have default to the errno that Linux gives.
 *
 * <p>The last reference going away does not disturb a call that waits on it: that call finds EBADF
 * when it is woken, whereas Linux would let it finish.
 */
public abstract class OpenFile {
  /** Every kind, in the order of their tags in a walk. */
  enum Kind {
    REGULAR {
      @Override
      OpenFile blank(NodeFiles node) {
        return new RegularOpenFile(node, 0, null);
      }
    },
    DIRECTORY {
      @Override
      OpenFile blank(NodeFiles node) {
        return new DirectoryFile(node, 0, null);
      }
    },
    DEVICE {
      @Override
      OpenFile blank(NodeFiles node) {
        return new DeviceFile(node, 0, null, 0);
      }
    },
    CONSOLE {
      @Override
      OpenFile blank(NodeFiles node) {
        return new ConsoleFile(node, 0, null, 0);
      }
    },
    PIPE {
      @Override
      OpenFile blank(NodeFiles node) {
        return new PipeEnd(node, 0, null);
      }
    },
    SYNTHETIC {
      @Override
      OpenFile blank(NodeFiles node) {
        return new SyntheticOpenFile(node, 0, "", null, 0);
      }
    },
    PATH {
      @Override
      OpenFile blank(NodeFiles node) {
        return new PathFile(node, 0, null);
      }
    },
    EVENT {
      @Override
      OpenFile blank(NodeFiles node) {
        return new EventFile(node, 0, 0, false);
      }
    },
    MFS {
      @Override
      OpenFile blank(NodeFiles node) {
        return new MfsFile(node, 0, 0, 0, null, "");
      }
    },
    SOCKET {
      @Override
      OpenFile blank(NodeFiles node) {
        return new SocketFile(node, 0, null);
      }
    },
    TERMINAL {
      @Override
      OpenFile blank(NodeFiles node) {
        return new TerminalFile(node, 0, null, null);
      }
    },
    MASTER {
      @Override
      OpenFile blank(NodeFiles node) {
        return new MasterFile(node, 0, null, null);
      }
    },
    EPOLL {
      @Override
      OpenFile blank(NodeFiles node) {
        return new EpollFile(node);
      }
    },
    TIMER {
      @Override
      OpenFile blank(NodeFiles node) {
        return new TimerFile(node, 0, 0);
      }
    },
    SIGNAL {
      @Override
      OpenFile blank(NodeFiles node) {
        return new SignalFile(node, 0, 0);
      }
    };

    /** An empty one, to be read from a walk. */
    abstract OpenFile blank(NodeFiles node);
  }

  final NodeFiles node;
  int id;
  int flags;
  private int references;

  /** Sets that watch it; follows from theirs and is not walked. */
  private final List<EpollFile> watchedBy = new ArrayList<>();

  OpenFile(NodeFiles node, int flags) {
    this.node = node;
    this.flags = flags;
  }

  abstract Kind kind();

  /** What fstat(2) tells. */
  abstract FileStatus status();

  /** What /proc/PID/fd shows it as, in the guest's bytes. */
  abstract String name();

  /** Its number on the node, never used twice. */
  public int id() {
    return id;
  }

  /** Access mode and status flags, as F_GETFL gives them. */
  public int flags() {
    return flags;
  }

  /** Whether it was opened for reading; else EBADF. */
  public boolean canRead() {
    return (flags & OpenFlags.PATH) == 0 && (flags & OpenFlags.ACCESS) != OpenFlags.WRITE_ONLY;
  }

  /** Whether it was opened for writing; else EBADF. */
  public boolean canWrite() {
    return (flags & OpenFlags.PATH) == 0 && (flags & OpenFlags.ACCESS) != OpenFlags.READ_ONLY;
  }

  /** Whether O_NONBLOCK is set. */
  public boolean nonBlocking() {
    return (flags & OpenFlags.NONBLOCK) != 0;
  }

  /** Another descriptor, mapping or caller holds it. */
  public void retain() {
    references++;
  }

  /** One holder less; the last one closes it. */
  public void release() {
    if (references <= 0) {
      throw new IllegalStateException("open file " + id + " is released too often");
    }
    references--;
    if (references == 0) {
      node.forget(this);
      for (EpollFile each : List.copyOf(watchedBy)) {
        each.fileClosed(this);
      }
      close();
    }
  }

  /** How many hold it. */
  int references() {
    return references;
  }

  /** The last holder went. */
  void close() {}

  /** Bytes read into {@code into}, 0 at the end, or a negative errno. */
  int read(byte[] into, int from, int count) {
    return -Errno.EINVAL;
  }

  /** Bytes that {@code by} has written, possibly fewer than asked, or a negative errno. */
  int write(FileContext by, byte[] data, int from, int count) {
    return -Errno.EINVAL;
  }

  /** As {@link #read}, at an offset and without moving it. */
  int read(long at, byte[] into, int from, int count) {
    return -Errno.ESPIPE;
  }

  /** As {@link #write}, at an offset and without moving it. */
  int write(FileContext by, long at, byte[] data, int from, int count) {
    return -Errno.ESPIPE;
  }

  /** lseek(2): the new offset or a negative errno. */
  long seek(long offset, int whence) {
    return -Errno.ESPIPE;
  }

  /** getdents64(2): bytes written into {@code into}, 0 at the end, or a negative errno. */
  int list(byte[] into) {
    return -Errno.ENOTDIR;
  }

  /** ftruncate(2): 0 or a positive errno. */
  int resize(FileContext by, long size) {
    return Errno.EINVAL;
  }

  /** FIONREAD: bytes that a read would give, or a negative errno. */
  int available() {
    return -Errno.ENOTTY;
  }

  /** What a caller has to be told or has to wait for before it may read or write; else null. */
  Outcome hindrance(FileContext ctx, Call call, boolean writes) {
    return null;
  }

  /** How long a read may wait from now on, in nanoseconds; then {@link #readLate} answers it. */
  long patienceNanos() {
    return Long.MAX_VALUE;
  }

  /** As {@link #read}, when its patience is over: it does not wait. */
  int readLate(byte[] into, int from, int count) {
    return read(into, from, count);
  }

  /** ioctl(2) beyond those that all files have. */
  Outcome control(FileContext ctx, Call call) {
    return Outcome.error(Errno.ENOTTY);
  }

  /** What is ready, as a mask of {@link PollMask}. */
  int poll() {
    return PollMask.IN | PollMask.RDNORM | PollMask.OUT | PollMask.WRNORM;
  }

  /** As {@link #poll()}, for a file that is ready for one process and not for another. */
  int poll(FileContext ctx, int tid) {
    return poll();
  }

  /** Whether poll and epoll can wait for it; those that never wait are EPERM to epoll_ctl(2). */
  boolean canBeWatched() {
    return readable() != null || writable() != null;
  }

  /** Whether only the body knows what it is ready for. */
  boolean asksBody() {
    return false;
  }

  final List<EpollFile> watchedBy() {
    return watchedBy;
  }

  /** All files of the node have been read: takes up what is not walked. */
  void resume() {}

  /** Wakes when reading, accepting or the like may give another answer; null if it never waits. */
  WaitChannel readable() {
    return null;
  }

  /** Wakes when writing may give another answer; null if it never waits. */
  WaitChannel writable() {
    return null;
  }

  /** The inode below, or null. */
  public Inode inode() {
    return null;
  }

  /** Whether it is the device whose mappings are fresh zeros (zero(4)). */
  public boolean mapsZeros() {
    return false;
  }

  /**
   * What mmap(2) maps, under the inode's number, or null (ENODEV).
   *
   * @param sharedWrites whether the mapping is shared and may be written to
   */
  public PageStore mapping(boolean sharedWrites) {
    return null;
  }

  /** Every field; the number is the node's business. */
  void walk(Walk walk) {
    flags = walk.i32("flags", flags);
    references = walk.i32("references", references);
  }
}
