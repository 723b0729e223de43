package org.godwit.engine.kernel;

import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.NodeLimits;
import org.godwit.model.scenario.NodeLimits.Kind;

/**
 * Tells who watches that a call failed because a node's limit is reached: once for each process and
 * limit, since a program that runs away tries again and again. The program itself has its errno.
 */
final class Exhaustion {
  private static final int CLONE = 220;
  private static final long CLONE_THREAD = 0x10000;
  private static final long PAGE = 4096;

  private Exhaustion() {}

  /** Looks at a call's answer. */
  static void look(Kernel kernel, Process process, Call call, long value) {
    if (value >= 0 || value < -Errno.LAST) {
      return;
    }
    Kind kind = kind(kernel, process, call, (int) -value);
    if (kind != null && process.reportLimit(kind)) {
      kernel
          .ports()
          .record(
              new Happening.LimitReached(
                  process.id(), kernel.nameOf(call), kind, most(kernel, process, kind)));
    }
  }

  private static Kind kind(Kernel kernel, Process process, Call call, int errno) {
    return switch (errno) {
      case Errno.EMFILE -> Kind.DESCRIPTORS;
      case Errno.ENFILE -> Kind.OPEN_FILES;
      case Errno.EFBIG -> process.files().fileLimit() == Long.MAX_VALUE ? Kind.FILE_SIZE : null;
      case Errno.EAGAIN -> call.number() == CLONE ? clones(kernel, process, call) : null;
      case Errno.ENOSPC ->
          kernel.files().treeIsFull()
              ? Kind.FILES
              : kernel.frames().free() == 0 ? Kind.MEMORY : null;
      case Errno.ENOMEM, Errno.ENOBUFS -> kernel.frames().free() == 0 ? Kind.MEMORY : null;
      default -> null;
    };
  }

  private static Kind clones(Kernel kernel, Process process, Call call) {
    if ((call.scalar(0) & CLONE_THREAD) != 0) {
      return Kind.THREADS;
    }
    return ProcessCalls.atOwnLimit(kernel, process) ? null : Kind.PROCESSES;
  }

  private static long most(Kernel kernel, Process process, Kind kind) {
    NodeLimits limits = kernel.settings().limits();
    return switch (kind) {
      case PROCESSES -> limits.processes();
      case THREADS -> limits.threads();
      case FILES -> limits.files();
      case OPEN_FILES -> limits.openFiles();
      case DESCRIPTORS -> process.files().descriptors().limit();
      case FILE_SIZE -> limits.fileBytes();
      case MEMORY -> kernel.frames().capacity() * PAGE;
    };
  }
}
