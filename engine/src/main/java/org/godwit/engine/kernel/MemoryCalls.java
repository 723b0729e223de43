package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Inode;
import org.godwit.engine.kernel.file.MfsFile;
import org.godwit.engine.kernel.file.OpenFile;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.Prot;
import org.godwit.model.StayReason;

/**
 * Address spaces: private anonymous memory is the body's own business; mapping a file or sharing
 * memory asks the deputy, which holds descriptors and mapped objects.
 */
final class MemoryCalls {
  private static final int MAP_SHARED = 1;
  private static final int MAP_TYPE = 0xf;
  private static final int MAP_SHARED_VALIDATE = 3;
  private static final int MAP_FIXED = 0x10;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_LOCKED = 0x2000;
  private static final int MAP_FIXED_NOREPLACE = 0x100000;
  private static final int MS_ASYNC = 1;
  private static final int MS_SYNC = 4;
  private static final int MS_ALL = 7;
  private static final int PROT_BITS = Prot.READ | Prot.WRITE | Prot.EXEC;

  private MemoryCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.body(214, "brk", Args.scalars("end"), MemoryCalls::brk),
        Syscall.home(
                222,
                "mmap",
                Args.scalars("addr", "length", "prot", "flags", "fd", "offset"),
                MemoryCalls::mapAtHome)
            .first(MemoryCalls::mapOnBody)
            .then(MemoryCalls::mapped)
            .raising("monkey, mmap_dev, mem_lock", MemoryCalls::raises),
        Syscall.body(215, "munmap", Args.scalars("addr", "length"), MemoryCalls::unmap),
        Syscall.home(
                226,
                "mprotect",
                Args.scalars("addr", "length", "prot"),
                (kernel, process, call) -> Outcome.done(0))
            .first(MemoryCalls::protect)
            .then(MemoryCalls::protectShared)
            .raising("monkey", MemoryCalls::writes),
        Syscall.body(
            216,
            "mremap",
            Args.scalars("old", "oldLength", "newLength", "flags", "new"),
            MemoryCalls::remap),
        Syscall.body(227, "msync", Args.scalars("addr", "length", "flags"), MemoryCalls::sync),
        Syscall.body(
            232, "mincore", Args.scalars("addr", "length", "vector"), MemoryCalls::resident),
        Syscall.body(233, "madvise", Args.scalars("addr", "length", "advice"), MemoryCalls::advise),
        Syscall.body(
            259, "riscv_flush_icache", Args.scalars("start", "end", "flags"), (k, t, c) -> 0));
  }

  private static long brk(Kernel kernel, Task task, Call call) {
    return task.body().memory().brk(call.scalar(0));
  }

  /** Whether a range does not lie within user addresses; its length may be anything. */
  private static boolean outside(long start, long length) {
    return start < 0 || length < 0 || length > AddressSpace.STACK_TOP - start;
  }

  private static boolean anonymous(Call call) {
    return (call.integer(3) & MAP_ANONYMOUS) != 0;
  }

  private static boolean shared(Call call) {
    int type = call.integer(3) & MAP_TYPE;
    return type == MAP_SHARED || type == MAP_SHARED_VALIDATE;
  }

  private static boolean sharesWritable(Call call) {
    return shared(call) && (call.integer(2) & Prot.WRITE) != 0;
  }

  /** Whether mmap raises a reason whatever the descriptor is. */
  private static boolean raises(Call call) {
    return sharesWritable(call) || locks(call);
  }

  private static boolean locks(Call call) {
    return (call.integer(3) & MAP_LOCKED) != 0;
  }

  private static boolean writes(Call call) {
    return (call.integer(2) & Prot.WRITE) != 0;
  }

  private static long mapOnBody(Kernel kernel, Task task, Call call) {
    long length = call.scalar(1);
    int flags = call.integer(3);
    if (length <= 0
        || call.scalar(5) < 0
        || (flags & MAP_TYPE) == 0
        || (call.scalar(5) & Page.SIZE - 1) != 0
        || (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0
            && (call.scalar(0) & Page.SIZE - 1) != 0) {
      return -Errno.EINVAL;
    }
    if (length > AddressSpace.SIZE) {
      return -Errno.ENOMEM;
    }
    if (!anonymous(call) || shared(call) || locks(call)) {
      return Syscall.FORWARD;
    }
    long address = place(task, call, null);
    lockFuture(kernel, task, call, address);
    return address;
  }

  private static Outcome mapAtHome(Kernel kernel, Process process, Call call) {
    PageStore store;
    if (anonymous(call) && !shared(call)) {
      return Outcome.done(0);
    }
    boolean device = false;
    boolean unwritable = false;
    Inode inode = null;
    if (anonymous(call)) {
      store = zeros(kernel, call);
    } else {
      OpenFile file = process.files().file(call.integer(4));
      if (file == null) {
        return Outcome.error(Errno.EBADF);
      }
      boolean writes = sharesWritable(call);
      if (!file.canRead() || writes && !file.canWrite()) {
        return Outcome.error(Errno.EACCES);
      }
      if (file instanceof MfsFile && !shared(call)) {
        return mapRemote(kernel, process, call);
      }
      device = file.mapsZeros();
      if (device && kernel.body(process.id()) == null) {
        return Outcome.comeHome();
      }
      unwritable = shared(call) && !file.canWrite();
      inode = file.inode();
      if (kernel.body(process.id()) == null && kernel.staying().isShared(inode)) {
        return Outcome.comeHome();
      }
      store = device ? zeros(kernel, call) : file.mapping(shared(call) && !unwritable);
      if (store == null) {
        return Outcome.error(Errno.ENODEV);
      }
    }
    if (device) {
      return Outcome.done(process.mappings().mapDevice(store));
    }
    long handle =
        unwritable ? process.mappings().mapUnwritable(store) : process.mappings().map(store);
    if (inode != null) {
      process
          .mappings()
          .mapsFile(handle, new Mappings.MappedFile(inode.number(), call.pc(), call.integer(4)));
    }
    return Outcome.done(handle);
  }

  /** A private mapping of another node's file, which is read for it. */
  private static Outcome mapRemote(Kernel kernel, Process process, Call call) {
    PageStore[] copy = new PageStore[1];
    Outcome outcome = kernel.mfsCopies().file(process, call, call.integer(4), copy);
    return copy[0] == null ? outcome : Outcome.done(process.mappings().map(copy[0]));
  }

  private static PageStore zeros(Kernel kernel, Call call) {
    PageStore store = kernel.unfiled().add(new PageStore(kernel.frames()));
    long offset = anonymous(call) ? 0 : Math.min(call.scalar(5), AddressSpace.SIZE);
    store.truncate(AddressSpace.roundUp(call.scalar(1)) + offset);
    return store;
  }

  private static long mapped(Kernel kernel, Task task, Call call, long handle) {
    long address = place(task, call, handle == 0 ? null : kernel.backing(task.body(), handle));
    Process process = kernel.process(task.body().id());
    if (process == null || address < 0) {
      return address;
    }
    long length = AddressSpace.roundUp(call.scalar(1));
    if (process.mappings().isDevice(handle)) {
      kernel.staying().raise(process, StayReason.MMAP_DEV, call, address, length, call.integer(4));
    }
    if (sharesWritable(call)) {
      if (anonymous(call)) {
        kernel.staying().raise(process, StayReason.MONKEY, call, address, length);
      } else {
        kernel.staying().raise(process, StayReason.MONKEY, call, address, length, call.integer(4));
        kernel.staying().sharedFilesChanged();
      }
    } else {
      kernel.staying().mapsShared(process);
    }
    if (locks(call)) {
      process.mappings().locked().add(address, address + length);
      kernel.staying().raise(process, StayReason.MEM_LOCK, call, address, length);
    }
    lockFuture(kernel, task, call, address);
    return address;
  }

  /** After mlockall(MCL_FUTURE) what is mapped is locked; what was there before is not any more. */
  private static void lockFuture(Kernel kernel, Task task, Call call, long address) {
    Process process = kernel.process(task.body().id());
    if (process == null || address < 0) {
      return;
    }
    if (process.mappings().locked().future()) {
      process.mappings().locked().add(address, address + AddressSpace.roundUp(call.scalar(1)));
    }
    kernel.staying().recheck(process);
  }

  private static long place(Task task, Call call, org.godwit.engine.memory.Backing backing) {
    AddressSpace memory = task.body().memory();
    int flags = call.integer(3);
    long length = AddressSpace.roundUp(call.scalar(1));
    long address = call.scalar(0);
    if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0) {
      if (outside(address, length)) {
        return -Errno.ENOMEM;
      }
      if ((flags & MAP_FIXED_NOREPLACE) != 0 && !memory.isFree(address, length)) {
        return -Errno.EEXIST;
      }
    } else {
      address = memory.findRoom(address & -Page.SIZE, length);
      if (address < 0) {
        return -Errno.ENOMEM;
      }
    }
    memory.map(
        new Area(
            address,
            address + length,
            call.integer(2) & PROT_BITS,
            shared(call),
            backing,
            backing == null || anonymous(call) ? 0 : call.scalar(5),
            ""));
    return address;
  }

  private static long unmap(Kernel kernel, Task task, Call call) {
    long start = call.scalar(0);
    if ((start & Page.SIZE - 1) != 0
        || call.scalar(1) <= 0
        || outside(start, AddressSpace.roundUp(call.scalar(1)))) {
      return -Errno.EINVAL;
    }
    long end = start + AddressSpace.roundUp(call.scalar(1));
    boolean objects = mapsObjects(task.body().memory(), start, end);
    task.body().memory().unmap(start, end - start);
    if (objects) {
      kernel.unfiled().sweep();
    }
    kernel.staying().recheck(task); // While it is away it has no reason.
    return 0;
  }

  private static boolean mapsObjects(AddressSpace memory, long start, long end) {
    for (Area area : memory.areas()) {
      if (area.backing() != null && area.start() < end && area.end() > start) {
        return true;
      }
    }
    return false;
  }

  /** msync(2): what is shared is in the file at once, so that only the range is looked at. */
  private static long sync(Kernel kernel, Task task, Call call) {
    int flags = call.integer(2);
    boolean both = (flags & MS_ASYNC) != 0 && (flags & MS_SYNC) != 0;
    if ((call.scalar(0) & Page.SIZE - 1) != 0 || (flags & ~MS_ALL) != 0 || both) {
      return -Errno.EINVAL;
    }
    long length = AddressSpace.roundUp(call.scalar(1));
    boolean mapped = isMapped(task.body().memory(), call.scalar(0), length);
    return mapped ? 0 : -Errno.ENOMEM;
  }

  private static boolean isMapped(AddressSpace memory, long start, long length) {
    if (outside(start, length)) {
      return false;
    }
    for (long at = start; at < start + length; ) {
      Area area = memory.find(at);
      if (area == null) {
        return false;
      }
      at = area.end();
    }
    return true;
  }

  /** mincore(2): one byte for each page, 1 if it has a frame or stands in a file. */
  private static long resident(Kernel kernel, Task task, Call call) {
    AddressSpace memory = task.body().memory();
    long start = call.scalar(0);
    long length = AddressSpace.roundUp(call.scalar(1));
    if ((start & Page.SIZE - 1) != 0) {
      return -Errno.EINVAL;
    }
    if (!isMapped(memory, start, length)) {
      return -Errno.ENOMEM;
    }
    for (long at = start; at < start + length; at += Page.SIZE) {
      boolean here = memory.isResident(at) || memory.find(at).backing() != null;
      memory.store8(call.scalar(2) + (at - start) / Page.SIZE, here ? 1 : 0);
    }
    return 0;
  }

  private static long protect(Kernel kernel, Task task, Call call) {
    long start = call.scalar(0);
    if ((start & Page.SIZE - 1) != 0) {
      return -Errno.EINVAL;
    }
    long length = AddressSpace.roundUp(call.scalar(1));
    int prot = call.integer(2) & PROT_BITS;
    if (outside(start, length)) {
      return -Errno.ENOMEM;
    }
    if (length == 0) {
      return 0;
    }
    if (writes(call) && sharesUnwritten(task.body().memory(), start, length)) {
      return Syscall.FORWARD;
    }
    if (!task.body().memory().protect(start, length, prot)) {
      return -Errno.ENOMEM;
    }
    kernel.staying().recheck(task);
    return 0;
  }

  /** Whether a range holds shared memory that could not be written so far. */
  private static boolean sharesUnwritten(AddressSpace memory, long start, long length) {
    for (Area area : memory.areas()) {
      if (area.shared()
          && !area.writable()
          && area.start() < start + length
          && area.end() > start) {
        return true;
      }
    }
    return false;
  }

  /** Shared memory becomes writable: the body is at home. */
  private static long protectShared(Kernel kernel, Task task, Call call, long value) {
    long start = call.scalar(0);
    long length = AddressSpace.roundUp(call.scalar(1));
    AddressSpace memory = task.body().memory();
    Process process = kernel.process(task.body().id());
    for (Area area : memory.areas()) {
      if (area.shared()
          && area.start() < start + length
          && area.end() > start
          && process.mappings().isUnwritable(area.backing().handle())) {
        return -Errno.EACCES;
      }
    }
    if (!memory.protect(start, length, call.integer(2) & PROT_BITS)) {
      return -Errno.ENOMEM;
    }
    kernel.staying().raise(process, StayReason.MONKEY, call, start, length);
    kernel.staying().sharedFilesChanged();
    return 0;
  }

  private static long remap(Kernel kernel, Task task, Call call) {
    long old = call.scalar(0);
    long oldLength = AddressSpace.roundUp(call.scalar(1));
    long newLength = AddressSpace.roundUp(call.scalar(2));
    boolean mayMove = (call.integer(3) & 1) != 0;
    boolean fixed = (call.integer(3) & 2) != 0;
    if ((old & Page.SIZE - 1) != 0 || newLength <= 0 || oldLength <= 0 || fixed && !mayMove) {
      return -Errno.EINVAL;
    }
    if (outside(old, oldLength)) {
      return -Errno.EFAULT;
    }
    if (newLength > AddressSpace.STACK_TOP) {
      return -Errno.ENOMEM;
    }
    if (fixed && !mayBeTarget(call.scalar(4), newLength, old, oldLength)) {
      return -Errno.EINVAL;
    }
    try {
      if (fixed) {
        task.body().memory().remapTo(old, oldLength, call.scalar(4), newLength);
        return call.scalar(4);
      }
      long moved = task.body().memory().remap(old, oldLength, newLength, mayMove);
      return moved < 0 ? -Errno.ENOMEM : moved;
    } catch (GuestFault unmapped) {
      return -Errno.EFAULT;
    }
  }

  /** Whether mremap may move a range there: a whole page within user addresses, no overlap. */
  private static boolean mayBeTarget(long target, long length, long old, long oldLength) {
    return (target & Page.SIZE - 1) == 0
        && !outside(target, length)
        && (target + length <= old || old + oldLength <= target);
  }

  /** MADV_DONTNEED (4) and MADV_FREE (8) drop pages; other advice has no effect here. */
  private static long advise(Kernel kernel, Task task, Call call) {
    long start = call.scalar(0);
    if ((start & Page.SIZE - 1) != 0) {
      return -Errno.EINVAL;
    }
    int advice = call.integer(2);
    if (advice != 4 && advice != 8) {
      return 0;
    }
    long length = AddressSpace.roundUp(call.scalar(1));
    if (outside(start, length)) {
      return -Errno.ENOMEM;
    }
    return task.body().memory().discard(start, length) ? 0 : -Errno.ENOMEM;
  }
}
