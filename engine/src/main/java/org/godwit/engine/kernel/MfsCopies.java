package org.godwit.engine.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.MfsFile;
import org.godwit.engine.kernel.file.OpenFile;
import org.godwit.engine.kernel.file.RegularFile;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.state.Walk;

/**
 * Files of other nodes that are mapped or executed: home reads such a file to its end, by the same
 * calls that a program would make, and maps what it has read. Nothing of it is kept for the next
 * one, so each sees the file as it is when it is mapped (MFS has no cache, reference section 6.1).
 */
final class MfsCopies {
  private static final int FACCESSAT2 = 439;
  private static final int OPENAT = 56;
  private static final int PREAD64 = 67;
  private static final int AT_FDCWD = -100;
  private static final int X_OK = 1;
  private static final int AT_EACCESS = 0x200;
  private static final int O_CLOEXEC = 02000000;

  /** A pointer that is not null; what it points to comes with the call. */
  private static final int GIVEN = 1;

  /** Bytes of one read: bulk crosses in pieces of that size (decision 5). */
  private static final int AT_ONCE = 64 << 10;

  private enum Stage {
    MAY,
    OPEN,
    READ
  }

  /** A file that is being read. */
  private static final class Copy {
    private long startedNanos;
    private Stage stage;
    private int fd = -1;
    private boolean opened;
    private PageStore store;
  }

  private final Kernel kernel;
  private final TreeMap<Long, Copy> copies = new TreeMap<>();

  MfsCopies(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Reads the program at a path below /mfs, which the caller must be allowed to execute and to
   * read.
   *
   * @param found gets what has been read
   * @return done with 0 if it got it, else an error or a wait
   */
  Outcome program(Process process, Call call, String path, PageStore[] found) {
    Copy copy = copies.get(key(process, call));
    if (copy == null || copy.startedNanos != call.startedNanos) {
      copy = begin(process, call, Stage.MAY);
    }
    if (copy.stage == Stage.MAY) {
      Call may = step(FACCESSAT2, call, AT_FDCWD, GIVEN, X_OK, AT_EACCESS);
      may.in(1, path.getBytes(ISO_8859_1));
      Outcome outcome = make(process, may, call);
      if (!succeeded(outcome)) {
        return end(process, call, outcome);
      }
      copy.stage = Stage.OPEN;
    }
    if (copy.stage == Stage.OPEN) {
      Call open = step(OPENAT, call, AT_FDCWD, GIVEN, O_CLOEXEC);
      open.in(1, path.getBytes(ISO_8859_1));
      Outcome outcome = make(process, open, call);
      if (!succeeded(outcome)) {
        return end(process, call, outcome);
      }
      copy.fd = (int) ((Outcome.Done) outcome).value();
      copy.opened = true;
      copy.stage = Stage.READ;
    }
    Outcome outcome = read(process, call, copy, found);
    boolean directory =
        outcome instanceof Outcome.Done done
            && (done.value() == -Errno.EISDIR || done.value() == -Errno.ENODEV);
    return directory ? Outcome.error(Errno.EACCES) : outcome;
  }

  /** As {@link #program}, for a descriptor that is open on a file of another node. */
  Outcome file(Process process, Call call, int fd, PageStore[] found) {
    Copy copy = copies.get(key(process, call));
    if (copy == null || copy.startedNanos != call.startedNanos) {
      copy = begin(process, call, Stage.READ);
    }
    copy.fd = fd;
    Outcome outcome = read(process, call, copy, found);
    boolean directory = outcome instanceof Outcome.Done done && done.value() == -Errno.EISDIR;
    return directory ? Outcome.error(Errno.ENODEV) : outcome;
  }

  private Outcome read(Process process, Call call, Copy copy, PageStore[] found) {
    OpenFile file = process.files().file(copy.fd);
    if (!(file instanceof MfsFile)) { // The path leads to this node itself.
      boolean plain = file != null && file.inode() instanceof RegularFile;
      found[0] = plain ? file.mapping(false) : null;
      return end(process, call, plain ? Outcome.done(0) : Outcome.error(Errno.ENODEV));
    }
    while (true) {
      Call pread = step(PREAD64, call, copy.fd, GIVEN, AT_ONCE, copy.store.size());
      pread.capacity(1, AT_ONCE);
      Outcome outcome = make(process, pread, call);
      if (!succeeded(outcome)) {
        return end(process, call, outcome);
      }
      byte[] bytes = pread.out(1);
      if (((Outcome.Done) outcome).value() == 0 || bytes == null || bytes.length == 0) {
        break;
      }
      try {
        copy.store.write(copy.store.size(), bytes, 0, bytes.length);
      } catch (OutOfFrames full) {
        return end(process, call, Outcome.error(Errno.ENOMEM));
      }
    }
    found[0] = copy.store;
    copy.store.seal();
    kernel.unfiled().add(copy.store);
    copy.store = null;
    return end(process, call, Outcome.done(0));
  }

  private Copy begin(Process process, Call call, Stage stage) {
    forget(process, key(process, call));
    Copy copy = new Copy();
    copy.startedNanos = call.startedNanos;
    copy.stage = stage;
    copy.store = new PageStore(kernel.frames());
    copies.put(key(process, call), copy);
    return copy;
  }

  private static Call step(int number, Call call, long... arguments) {
    long[] all = new long[Call.ARGUMENTS];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    Call step = new Call(number, call.tid(), call.pc(), all);
    step.startedNanos = call.startedNanos;
    step.place = call.place;
    return step;
  }

  private Outcome make(Process process, Call step, Call call) {
    Outcome outcome = kernel.mfs().run(process, kernel.row(step.number()).file(), step, call);
    call.place = step.place;
    return outcome;
  }

  private static boolean succeeded(Outcome outcome) {
    return outcome instanceof Outcome.Done done && done.value() >= 0;
  }

  /** A step waits, or the whole is over. */
  private Outcome end(Process process, Call call, Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      forget(process, key(process, call));
    }
    return outcome;
  }

  private void forget(Process process, long key) {
    Copy copy = copies.remove(key);
    if (copy != null) {
      if (copy.store != null) {
        copy.store.release();
      }
      if (copy.opened) {
        process.files().close(copy.fd);
      }
    }
  }

  /** A process has ended, and its descriptors are closed: what it was having read is let go of. */
  void ended(Process process) {
    long first = (long) process.id().pid() << 32;
    for (Copy copy : copies.subMap(first, first + (1L << 32)).values()) {
      copy.store.release();
    }
    copies.subMap(first, first + (1L << 32)).clear();
  }

  private static long key(Process process, Call call) {
    return (long) process.id().pid() << 32 | call.tid();
  }

  void walk(Walk walk) {
    for (Map.Entry<Long, Copy> each : copies.entrySet()) {
      walk.i64("copyFor", each.getKey());
      walk.i64("copyStarted", each.getValue().startedNanos);
      walk.i32("copyStage", each.getValue().stage.ordinal());
      walk.i32("copyFd", each.getValue().fd);
      walk.flag("copyOpened", each.getValue().opened);
      walk.i64("copied", each.getValue().store.hash());
    }
  }
}
