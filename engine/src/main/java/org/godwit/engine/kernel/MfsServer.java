package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.kernel.file.FileContext;
import org.godwit.engine.kernel.file.FileRow;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;

/**
 * A node's part in MFS: makes file calls of other nodes' processes on its own files. What they have
 * open here is under the name of the process that opened it, with offsets; so a file has one place
 * where it is read and written (reference section 6.2). Regular files and directories only.
 */
final class MfsServer {
  /** What is not shown to others: /proc, and the files of a third node. */
  private static final Set<String> EXCLUDED = Set.of("proc", "mfs");

  private final Kernel kernel;
  private final TreeMap<ProcessId, FileContext> clients = new TreeMap<>();

  MfsServer(Kernel kernel) {
    this.kernel = kernel;
  }

  void serve(int from, KernelMessage.MfsCall message) {
    Call call = Kernel.readCall(message.call());
    long value = make(message.process(), message.who(), message.umask(), message.fileLimit(), call);
    kernel
        .ports()
        .send(
            from,
            new KernelMessage.MfsReply(
                message.process(), message.number(), value, Kernel.bytes(call)));
  }

  /** The same, asked by a body that is away, or by its deputy here. */
  void serve(int from, KernelMessage.DfsaCall message) {
    Call call = Kernel.readCall(message.call());
    long value = make(message.owner(), message.who(), message.umask(), message.fileLimit(), call);
    kernel
        .ports()
        .send(
            from,
            new KernelMessage.DfsaReply(
                message.process(),
                message.number(),
                kernel.settings().node(),
                value,
                Kernel.bytes(call),
                false));
  }

  /**
   * Makes a call on the files of this node.
   *
   * @param owner under whose name the call's descriptor is open here
   * @param fileLimit RLIMIT_FSIZE of the caller
   * @return its value; results are in {@code call}
   */
  long make(ProcessId owner, Credentials who, int umask, long fileLimit, Call call) {
    long value =
        owner.home() == kernel.settings().node() || kernel.ports().servesFiles()
            ? made(owner, who, umask, fileLimit, call)
            : -Errno.EACCES;
    dropIfIdle(owner);
    return value;
  }

  private long made(ProcessId owner, Credentials who, int umask, long fileLimit, Call call) {
    FileRow row = kernel.row(call.number()).file();
    if (excluded(row, call)) {
      return -Errno.EACCES;
    }
    FileContext files =
        clients.computeIfAbsent(owner, id -> new FileContext(kernel.files(), 0, who));
    files.credentials(who);
    files.umask(umask);
    files.fileLimit(fileLimit);
    if (!(row.handler().apply(files, call) instanceof Outcome.Done done)) {
      row.interrupted(files, call);
      return -Errno.EACCES;
    }
    if (row.name().equals("chdir")) {
      files.leaveDirectory(); // The caller's home remembers where it is.
    }
    boolean opened = row.name().equals("openat") && done.value() >= 0;
    if (opened && !files.isPlain((int) done.value())) {
      files.close((int) done.value());
      return -Errno.EACCES;
    }
    return done.value();
  }

  /** Calls that only look at a name: also at where something is mounted, so that ls can show it. */
  private static final Set<String> LOOKING = Set.of("newfstatat", "statx", "faccessat");

  private static boolean excluded(FileRow row, Call call) {
    if (LOOKING.contains(row.name())
        && call.in(1) != null
        && EXCLUDED.contains(call.path(1).replaceFirst("^/", ""))) {
      return false;
    }
    for (int i = 0; i < row.arguments().size(); i++) {
      if (row.arguments().get(i) instanceof Arg.Path && !call.isNull(i)) {
        for (String name : call.path(i).split("/")) {
          if (!name.isEmpty()) {
            if (call.path(i).startsWith("/") && EXCLUDED.contains(name)) {
              return true;
            }
            break;
          }
        }
      }
    }
    return false;
  }

  /** A descriptor is not needed any more. */
  void close(ProcessId owner, int handle) {
    FileContext files = clients.get(owner);
    if (files != null) {
      files.close(handle);
      dropIfIdle(owner);
    }
  }

  /** Of what a process has open here only these descriptors are needed. */
  void keep(ProcessId owner, List<Integer> handles) {
    FileContext files = clients.get(owner);
    if (files != null) {
      for (int handle : files.descriptors().open()) {
        if (!handles.contains(handle)) {
          files.close(handle);
        }
      }
      dropIfIdle(owner);
    }
  }

  private void dropIfIdle(ProcessId client) {
    FileContext files = clients.get(client);
    if (files != null && files.descriptors().open().isEmpty()) {
      files.closeAll();
      clients.remove(client);
    }
  }

  /** A node is gone: what its processes had open here is closed. */
  void nodeGone(int node) {
    for (ProcessId each : List.copyOf(clients.keySet())) {
      if (each.home() == node) {
        clients.remove(each).closeAll();
      }
    }
  }

  void walk(Walk walk) {
    List<ProcessId> ids = new ArrayList<>(clients.keySet());
    int count = walk.count("mfsClients", ids.size());
    for (int i = 0; i < count; i++) {
      int home = walk.i32("home", walk.reading() ? 1 : ids.get(i).home());
      int pid = walk.i32("pid", walk.reading() ? 1 : ids.get(i).pid());
      ProcessId id = new ProcessId(home, pid);
      clients
          .computeIfAbsent(id, any -> new FileContext(kernel.files(), 0, Credentials.ROOT))
          .walk(walk);
    }
  }
}
