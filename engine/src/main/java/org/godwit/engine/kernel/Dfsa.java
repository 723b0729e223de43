package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.file.FileContext;
import org.godwit.engine.kernel.file.FileRow;
import org.godwit.engine.kernel.file.MfsFile;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;
import org.godwit.model.view.LedgerRow.Place;

/**
 * Direct file system access (reference section 6.3): a body that is away sends its file calls on
 * {@code /mfs} from where it runs to the node that has the file, and home is not asked. That is so
 * if both the home and the node where it runs mount {@code /mfs} with {@code dfsa=1}.
 *
 * <p>What the body has to know for that is its {@link FileLease}. Home gives it when the body
 * leaves, renews it with the answer to a call that changed something, and hears from the body what
 * it opened and closed. This class has both ends of that; state of its own is the mount option.
 */
final class Dfsa {
  private static final byte[] NOTHING = {};

  /** What tells a body that it has a lease no longer, since home has mounted anew. */
  private static final byte[] NO_LEASE = {0};

  private static final String OPEN = "openat";
  private static final Set<String> CHANGING_DIRECTORY = Set.of("chdir", "fchdir");
  private static final String CLOSE = "close";

  private final Kernel kernel;
  private boolean mounted;

  Dfsa(Kernel kernel, boolean mounted) {
    this.kernel = kernel;
    this.mounted = mounted;
  }

  /** Whether this node mounts /mfs with dfsa=1. */
  boolean mounted() {
    return mounted;
  }

  void mounted(boolean direct) {
    mounted = direct;
  }

  // ---------------------------------------------------------------- where the body runs

  /**
   * Makes a call of a body that is away, if it needs no home.
   *
   * @return whether it is made, or under way
   */
  boolean takes(Task task, FileRow row, Call call) {
    Body body = task.body();
    FileLease lease = body.files();
    if (!mounted || lease == null || row == null) {
      return false;
    }
    if (CHANGING_DIRECTORY.contains(row.name())) {
      return false; // Home has it.
    }
    if (row.name().equals(CLOSE)) {
      return close(task, lease, call);
    }
    MfsRoute route = MfsRoute.of(caller(body, lease), row, call);
    if (route == null) {
      return false;
    }
    int errno = route.errno();
    if (errno == 0 && row.name().equals(OPEN) && lease.free() < 0) {
      errno = Errno.EMFILE;
    }
    int node = kernel.settings().node();
    if (errno == 0 && route.server() != node && !kernel.ports().isUp(route.server())) {
      errno = Errno.EHOSTUNREACH;
    }
    if (errno != 0) {
      kernel.answered(task, call, -errno);
      return true;
    }
    long number = lease.nextRequest();
    kernel.wait(task, new TaskWait.Dfsa(call, number, route.server(), node, route.creates()));
    if (route.server() == node) {
      long value =
          kernel
              .mfsServer()
              .make(
                  route.owner(),
                  body.credentials(),
                  lease.umask(),
                  lease.fileLimit(),
                  route.call());
      made(task, (TaskWait.Dfsa) task.waiting(), route.call(), value);
      return true;
    }
    call.place = Place.MFS;
    KernelMessage.DfsaCall message =
        new KernelMessage.DfsaCall(
            body.id(),
            route.owner(),
            number,
            body.credentials(),
            lease.umask(),
            lease.fileLimit(),
            Kernel.bytes(route.call()));
    body.ledger().carried(call.number(), Place.MFS, message.bytes(), 0);
    kernel.ports().send(route.server(), message);
    return true;
  }

  private MfsRoute.Caller caller(Body body, FileLease lease) {
    return new MfsRoute.Caller() {
      @Override
      public ProcessId id() {
        return body.id();
      }

      @Override
      public int here() {
        return kernel.settings().node();
      }

      @Override
      public int selected() {
        return lease.selected();
      }

      @Override
      public int lastCreate() {
        return lease.lastCreate();
      }

      @Override
      public boolean knowsDirectory() {
        return false;
      }

      @Override
      public String directory() {
        return null;
      }

      @Override
      public MfsRoute.Handle handle(int fd) {
        FileLease.Open open = lease.file(fd);
        return open == null
            ? null
            : new MfsRoute.Handle(open.server(), open.handle(), open.owner());
      }

      @Override
      public List<Integer> configured() {
        return kernel.ports().configured();
      }
    };
  }

  /** close(2) of a file of another node: the number is free at once; home learns of it later. */
  private boolean close(Task task, FileLease lease, Call call) {
    int fd = call.integer(0);
    if (lease.file(fd) == null) {
      return false;
    }
    FileLease.Open open = lease.close(fd);
    if (open.isNew()) { // Nobody else can have it.
      closeThere(open.server(), open.owner(), open.handle());
    }
    kernel.answered(task, call, 0);
    return true;
  }

  private void closeThere(int server, ProcessId owner, int handle) {
    if (server == kernel.settings().node()) {
      kernel.mfsServer().close(owner, handle);
    } else if (kernel.ports().isUp(server)) {
      kernel.ports().send(server, new KernelMessage.MfsClose(owner, handle));
    }
  }

  /** A node has made a call. */
  private void made(Task task, TaskWait.Dfsa wait, Call answer, long value) {
    Call call = wait.call();
    MfsClient.copyResults(answer, call);
    Body body = task.body();
    long result = value;
    if (value >= 0) {
      FileRow row = kernel.row(call.number()).file();
      if (row.name().equals(OPEN)) {
        result = opened(body, call, wait.server(), (int) value);
      }
      if (wait.creates()) {
        created(body, wait.server());
      }
    }
    kernel.answered(task, call, result);
    boolean limited = body.files() != null && body.files().fileLimit() != Long.MAX_VALUE;
    if (value == -Errno.EFBIG && limited) {
      new SignalDelivery(kernel)
          .deliver(body, task.tid(), SignalInfo.kernel(Signals.SIGXFSZ)); // As home would.
    }
  }

  /** The body opened a file; it may have come home meanwhile. */
  private long opened(Body body, Call call, int server, int handle) {
    FileLease lease = body.files();
    FileLease.Open open =
        new FileLease.Open(server, handle, body.id(), call.integer(2), call.path(1), true);
    if (lease != null) {
      int fd = lease.free();
      lease.open(fd, open);
      return fd;
    }
    Process process = kernel.process(body.id());
    int fd = process.files().descriptors().free();
    kernel.mfs().opened(process, fd, open);
    return fd;
  }

  private void created(Body body, int server) {
    if (body.files() != null) {
      body.files().lastCreate(server);
    } else {
      kernel.process(body.id()).lastCreate(server);
    }
  }

  // ---------------------------------------------------------------- answers

  /** An answer has come, perhaps to a node that the body has left. */
  void reply(KernelMessage.DfsaReply message) {
    Body body = kernel.body(message.process());
    if (body != null && (message.byHome() || !body.frozen())) {
      for (Task task : List.copyOf(body.tasks())) {
        if (task.waiting() instanceof TaskWait.Dfsa wait && wait.number() == message.number()) {
          body.ledger().carried(wait.call().number(), wait.call().place, 0, message.bytes());
          made(task, wait, Kernel.readCall(message.call()), message.value());
          return;
        }
      }
    }
    int home = message.process().home();
    KernelMessage.DfsaReply onward =
        new KernelMessage.DfsaReply(
            message.process(),
            message.number(),
            message.server(),
            message.value(),
            message.call(),
            true);
    if (home != kernel.settings().node()) {
      if (message.byHome()) {
        forgotten(message);
      } else {
        kernel.ports().send(home, onward);
      }
      return;
    }
    Process process = kernel.process(message.process());
    boolean elsewhere =
        process != null
            && process.alive()
            && (process.held() || process.where() != kernel.settings().node());
    if (elsewhere) {
      kernel.toBody(process, onward);
    } else {
      forgotten(message);
    }
  }

  /** Nobody waits for an answer any more: what it has opened is closed. */
  private void forgotten(KernelMessage.DfsaReply message) {
    Call call = Kernel.readCall(message.call());
    if (message.value() >= 0 && kernel.row(call.number()).name().equals(OPEN)) {
      closeThere(message.server(), message.process(), (int) message.value());
    }
  }

  /** A node is gone: who waits for it, or for what it was to pass on, waits no longer. */
  void nodeGone(int gone) {
    for (Body body : List.copyOf(kernel.bodies())) {
      for (Task task : List.copyOf(body.tasks())) {
        if (task.waiting() instanceof TaskWait.Dfsa wait
            && (wait.server() == gone || wait.via() == gone)) {
          kernel.answered(task, wait.call(), -Errno.EHOSTUNREACH);
        }
      }
    }
  }

  // ---------------------------------------------------------------- home

  /**
   * The lease as home would give it now; null if this node's mount does without, or if another
   * process could change the descriptors at any moment (CLONE_FILES, CLONE_FS).
   */
  private FileLease lease(Process process) {
    if (!mounted || process.files().isShared()) {
      return null;
    }
    FileContext files = process.files();
    FileLease lease =
        new FileLease(
                files.descriptors().limit(),
                files.umask(),
                process.selected(),
                process.lastCreate())
            .fileLimit(files.fileLimit());
    for (int fd : files.descriptors().open()) {
      if (files.file(fd) instanceof MfsFile file) {
        lease.take(fd, file.server(), file.handle(), file.owner());
      } else {
        lease.take(fd);
      }
    }
    return lease;
  }

  private byte[] leaseBytes(Process process) {
    FileLease lease = lease(process);
    return lease == null ? NOTHING : lease.bytes();
  }

  /** A body leaves home. */
  void leaves(Process process, Body body) {
    FileLease lease = lease(process);
    body.files(lease);
    process.toldFiles(lease == null ? NOTHING : lease.bytes());
  }

  /** A body is at home, back or still. */
  void atHome(Process process, Body body) {
    heard(process, body.tellFiles());
    body.files(null);
    process.toldFiles(NOTHING);
  }

  /** A child of a process that is away begins where its parent is. */
  void forked(Process parent, Process child) {
    child.toldFiles(parent.toldFiles().length == 0 ? NOTHING : leaseBytes(child));
  }

  /** A body has told what it opened and closed. */
  void heard(Process process, byte[] told) {
    if (told.length == 0) {
      return;
    }
    FileLease.Changes changes = FileLease.told(told);
    for (int fd : changes.closed()) {
      process.files().close(fd);
    }
    changes.opened().forEach((fd, file) -> kernel.mfs().opened(process, fd, file));
    process.lastCreate(changes.lastCreate());
    process.toldFiles(leaseBytes(process));
  }

  /** What an answer to a body that is away has to say of its descriptors. */
  byte[] news(Process process) {
    byte[] now = leaseBytes(process);
    if (Arrays.equals(now, process.toldFiles())) {
      return NOTHING;
    }
    process.toldFiles(now);
    return now.length == 0 ? NO_LEASE : now;
  }

  /** Home has said something of the descriptors. */
  void renew(Body body, byte[] news) {
    if (news.length == 0 || !kernel.isAway(body)) {
      return;
    }
    if (news.length == NO_LEASE.length) {
      body.files(null); // It has told everything with the call that this answers.
      return;
    }
    if (body.files() == null) {
      body.files(new FileLease());
    }
    body.files().renew(news);
  }

  /**
   * The body of a process was lost, and with it the knowledge of what it had opened: each node
   * closes what home does not know of.
   */
  void lost(Process process) {
    if (process.toldFiles().length == 0) {
      return;
    }
    TreeMap<Integer, List<Integer>> kept = new TreeMap<>();
    kernel.ports().configured().forEach(each -> kept.put(each, new ArrayList<>()));
    for (Process each : kernel.processes()) {
      if (each.alive()) {
        for (int fd : each.files().descriptors().open()) {
          if (each.files().file(fd) instanceof MfsFile file && file.owner().equals(process.id())) {
            kept.computeIfAbsent(file.server(), any -> new ArrayList<>()).add(file.handle());
          }
        }
      }
    }
    kept.forEach(
        (server, handles) -> {
          if (server == kernel.settings().node()) {
            kernel.mfsServer().keep(process.id(), handles);
          } else if (kernel.ports().isUp(server)) {
            kernel.ports().send(server, new KernelMessage.MfsKeep(process.id(), handles));
          }
        });
  }

  void walk(Walk walk) {
    mounted = walk.flag("dfsa", mounted);
  }
}
