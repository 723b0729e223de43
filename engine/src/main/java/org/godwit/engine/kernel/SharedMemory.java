package org.godwit.engine.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.ipc.Permission;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.Prot;
import org.godwit.engine.state.Walk;
import org.godwit.model.StayReason;

/**
 * SysV shared memory of one node (shmget(2), shmat(2), shmctl(2)), and the reason {@code monkey}
 * that comes with it: raised by a successful shmget, cleared by the last shmdt, by removal of the
 * last unattached segment, by exec and exit (decision 16).
 */
final class SharedMemory {
  private static final int IPC_PRIVATE = 0;
  private static final int IPC_CREAT = 01000;
  private static final int IPC_EXCL = 02000;
  private static final int IPC_RMID = 0;
  private static final int IPC_SET = 1;
  private static final int IPC_STAT = 2;
  private static final int SHM_RDONLY = 010000;
  private static final int SHM_DEST = 01000;
  private static final int SHMID_DS = 112;
  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_SEGMENTS = 4096;

  private static final class Segment {
    private final Permission permission;
    private final long size;
    private final PageStore pages;
    private final int creator;
    private int attached;
    private boolean removed;

    Segment(Permission permission, long size, PageStore pages, int creator) {
      this.permission = permission;
      this.size = size;
      this.pages = pages;
      this.creator = creator;
    }
  }

  private final Kernel kernel;
  private final TreeMap<Integer, Segment> segments = new TreeMap<>();
  private int nextId;

  SharedMemory(Kernel kernel) {
    this.kernel = kernel;
  }

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(
                194,
                "shmget",
                Args.scalars("key", "size", "flags"),
                (kernel, process, call) -> kernel.sharedMemory().get(process, call))
            .raising("monkey", call -> true),
        Syscall.home(
                196,
                "shmat",
                Args.scalars("id", "addr", "flags"),
                (kernel, process, call) -> kernel.sharedMemory().check(process, call))
            .then((kernel, task, call, value) -> kernel.sharedMemory().attach(task, call))
            .raising("monkey", call -> true),
        Syscall.home(
                197,
                "shmdt",
                Args.scalars("addr"),
                (kernel, process, call) -> kernel.sharedMemory().detach(process, call))
            .then(SharedMemory::unmap)
            .raising("monkey", call -> true),
        Syscall.home(
                195,
                "shmctl",
                Args.scalars("id", "command", "buffer"),
                (kernel, process, call) -> kernel.sharedMemory().control(process, call))
            .first((k, task, call) -> IpcCalls.copyIn(task, call, 2, reads(call.integer(1))))
            .then((k, task, call, value) -> IpcCalls.copyOut(task, call, 2, value)));
  }

  private static int reads(int command) {
    return command == IPC_SET ? SHMID_DS : 0;
  }

  private Outcome get(Process process, Call call) {
    int key = call.integer(0);
    long size = call.scalar(1);
    int flags = call.integer(2);
    int id = key == IPC_PRIVATE ? -1 : find(key);
    if (id >= 0) {
      if ((flags & IPC_CREAT) != 0 && (flags & IPC_EXCL) != 0) {
        return Outcome.error(Errno.EEXIST);
      }
      if (!segments.get(id).permission.allowsFlags(IpcCalls.who(process), flags)) {
        return Outcome.error(Errno.EACCES);
      }
      if (size > segments.get(id).size) {
        return Outcome.error(Errno.EINVAL);
      }
    } else {
      if (key != IPC_PRIVATE && (flags & IPC_CREAT) == 0) {
        return Outcome.error(Errno.ENOENT);
      }
      if (size < 1 || size > MOST_BYTES) {
        return Outcome.error(Errno.EINVAL);
      }
      if (segments.size() >= MOST_SEGMENTS) {
        return Outcome.error(Errno.ENOSPC);
      }
      PageStore pages = new PageStore(kernel.frames());
      pages.truncate(AddressSpace.roundUp(size));
      Permission permission = new Permission(key, IpcCalls.who(process), flags);
      id = nextId++;
      segments.put(id, new Segment(permission, size, pages, process.id().pid()));
    }
    process.mappings().gotSegments().add(id);
    kernel.staying().raise(process, StayReason.MONKEY, call, id);
    return Outcome.done(id);
  }

  private int find(int key) {
    for (Map.Entry<Integer, Segment> entry : segments.entrySet()) {
      if (entry.getValue().permission.key() == key && !entry.getValue().removed) {
        return entry.getKey();
      }
    }
    return -1;
  }

  private Outcome check(Process process, Call call) {
    Segment segment = segments.get(call.integer(0));
    if (segment == null) {
      return Outcome.error(Errno.EINVAL);
    }
    if ((call.scalar(1) & 4095) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    boolean readOnly = (call.integer(2) & SHM_RDONLY) != 0;
    int wanted = readOnly ? Permission.READ : Permission.READ | Permission.WRITE;
    boolean may = segment.permission.allows(IpcCalls.who(process), wanted);
    return may ? Outcome.done(0) : Outcome.error(Errno.EACCES);
  }

  private long attach(Task task, Call call) {
    Segment segment = segments.get(call.integer(0));
    Process process = kernel.process(task.body().id());
    AddressSpace memory = task.body().memory();
    long length = segment.pages.size();
    long address = call.scalar(1);
    if (address == 0) {
      address = memory.findRoom(0, length);
    } else if (!memory.isFree(address, length)) {
      return -Errno.EINVAL;
    }
    if (address < 0) {
      return -Errno.ENOMEM;
    }
    boolean readOnly = (call.integer(2) & SHM_RDONLY) != 0;
    memory.map(
        new Area(
            address,
            address + length,
            readOnly ? Prot.READ : Prot.READ_WRITE,
            true,
            segment.pages.backing(process.mappings().map(segment.pages)),
            0,
            "/SYSV" + String.format(java.util.Locale.ROOT, "%08x", segment.permission.key())));
    segment.attached++;
    process.mappings().attached().put(address, call.integer(0));
    kernel.staying().raise(process, StayReason.MONKEY, call, call.integer(0));
    return address;
  }

  private Outcome detach(Process process, Call call) {
    Integer id = process.mappings().attached().remove(call.scalar(0));
    if (id == null) {
      return Outcome.error(Errno.EINVAL);
    }
    Segment segment = segments.get(id);
    long length = segment.pages.size();
    release(id);
    if (process.mappings().attached().isEmpty()) {
      process.mappings().gotSegments().clear();
    }
    call.progress = length;
    return Outcome.done(length);
  }

  private static long unmap(Kernel kernel, Task task, Call call, long length) {
    task.body().memory().unmap(call.scalar(0), length);
    kernel.staying().recheck(kernel.process(task.body().id()));
    return 0;
  }

  private void release(int id) {
    Segment segment = segments.get(id);
    segment.attached--;
    if (segment.removed && segment.attached == 0) {
      drop(id);
    }
  }

  private void drop(int id) {
    segments.remove(id).pages.release();
  }

  private Outcome control(Process process, Call call) {
    int id = call.integer(0);
    Segment segment = segments.get(id);
    if (segment == null) {
      return Outcome.error(Errno.EINVAL);
    }
    Permission permission = segment.permission;
    return switch (call.integer(1)) {
      case IPC_RMID -> {
        if (!permission.ownedBy(IpcCalls.who(process))) {
          yield Outcome.error(Errno.EPERM);
        }
        segment.removed = true;
        if (segment.attached == 0) {
          drop(id);
        }
        for (Process each : kernel.processes()) {
          if (each.mappings().gotSegments().remove(id)) {
            kernel.staying().recheck(each);
          }
        }
        yield Outcome.done(0);
      }
      case IPC_SET -> {
        if (!permission.ownedBy(IpcCalls.who(process))) {
          yield Outcome.error(Errno.EPERM);
        }
        permission.set(ByteBuffer.wrap(call.in(2)).order(ByteOrder.LITTLE_ENDIAN));
        yield Outcome.done(0);
      }
      case IPC_STAT -> {
        if (!permission.allows(IpcCalls.who(process), Permission.READ)) {
          yield Outcome.error(Errno.EACCES);
        }
        call.out(2, status(segment));
        yield Outcome.done(0);
      }
      default -> Outcome.error(Errno.EINVAL);
    };
  }

  /** struct shmid64_ds (asm-generic/shmbuf.h) with the fields that have a meaning here. */
  private static byte[] status(Segment segment) {
    byte[] bytes = new byte[SHMID_DS];
    ByteBuffer into = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    segment.permission.put(into, segment.removed ? SHM_DEST : 0);
    System.arraycopy(Words.of(segment.size), 0, bytes, 48, 8);
    System.arraycopy(Words.int32(segment.creator), 0, bytes, 80, 4);
    System.arraycopy(Words.of(segment.attached), 0, bytes, 88, 8);
    return bytes;
  }

  /** A child has what its parent has attached, but has not asked for segments itself. */
  void fork(Process parent, Process child, Call call) {
    for (Map.Entry<Long, Integer> entry : parent.mappings().attached().entrySet()) {
      child.mappings().attached().put(entry.getKey(), entry.getValue());
      segments.get(entry.getValue()).attached++;
    }
    Body body = kernel.body(parent.id());
    if (!child.mappings().attached().isEmpty()
        || body != null && body.memory().hasSharedWritable()) {
      kernel.staying().raise(child, StayReason.MONKEY, call, -1);
    }
  }

  /** exec and exit of the last process that has them let go of everything. */
  void detachAll(Mappings mappings) {
    for (int id : List.copyOf(mappings.attached().values())) {
      release(id);
    }
    mappings.attached().clear();
    mappings.gotSegments().clear();
  }

  void walk(Walk walk) {
    walk.i32("nextSegment", nextId);
    for (Map.Entry<Integer, Segment> entry : segments.entrySet()) {
      Segment segment = entry.getValue();
      walk.i32("segment", entry.getKey());
      segment.permission.walk(walk);
      walk.i64("size", segment.size);
      walk.i32("attached", segment.attached);
      walk.flag("removed", segment.removed);
      walk.i64("content", segment.pages.hash());
    }
  }
}
