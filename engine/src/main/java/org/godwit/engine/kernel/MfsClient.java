package org.godwit.engine.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.file.FileContext;
import org.godwit.engine.kernel.file.FileRow;
import org.godwit.engine.kernel.file.MfsFile;
import org.godwit.engine.kernel.file.Resolver;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.kernel.proc.SyntheticEntry;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;
import org.godwit.model.view.LedgerRow.Place;

/**
 * The deputy's side of MFS (reference section 6): a file call on {@code /mfs/N/...}, or on a
 * descriptor that was opened there, is made by node N, with the caller's credentials. Nothing is
 * cached. N may be a magic name, which each process reads its own way.
 */
final class MfsClient {
  private static final int O_CLOEXEC = 02000000;
  private static final int O_CREAT = 0100;
  private static final int O_EXCL = 0200;
  private static final int O_NOFOLLOW = 0400000;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final String SYMLINK = "symlinkat";

  /** Calls that are about a link itself, or about a name where there is nothing yet. */
  private static final Set<String> ABOUT_LINKS =
      Set.of(SYMLINK, "readlinkat", "unlinkat", "linkat", "renameat2", "mkdirat", "mknodat");

  private static final int AT_FDCWD = -100;
  private static final int CHDIR_NUMBER = 49;
  private static final String OPEN = "openat";
  private static final String CHDIR = "chdir";
  private static final String FCHDIR = "fchdir";

  /** A call that another node makes. */
  private static final class Request {
    private long number;
    private long startedNanos;
    private int server;
    private boolean creates;
    private boolean answered;
    private long value;
    private byte[] call = new byte[0];
    private int receivedBytes;
  }

  private final Kernel kernel;
  private final TreeMap<Long, Request> requests = new TreeMap<>();
  private final WaitChannel news = new WaitChannel();
  private long nextNumber = 1;
  private int open;

  MfsClient(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Whether something of other nodes is in use, so that this node may send at any time. */
  boolean reachesOut() {
    return open > 0 || !requests.isEmpty();
  }

  /** Whether another node is making this call. */
  boolean carries(Process process, Call call) {
    Request request = requests.get(key(process, call));
    return request != null && request.startedNanos == call.startedNanos;
  }

  private static long key(Process process, Call call) {
    return (long) process.id().pid() << 32 | call.tid();
  }

  // ---------------------------------------------------------------- one call

  /** Makes a file call, here or on the node whose file it is about. */
  Outcome run(Process process, FileRow row, Call call) {
    return run(process, row, call, call);
  }

  /**
   * The same as part of another call.
   *
   * @param whole the call whose cost it is
   */
  Outcome run(Process process, FileRow row, Call call, Call whole) {
    long key = key(process, call);
    Request request = requests.get(key);
    if (request != null && request.startedNanos == call.startedNanos) {
      return goOn(process, row, call, whole, key, request);
    }
    requests.remove(key); // Its caller has been interrupted and never asks for the answer.
    MfsRoute route = route(process, row, call);
    if (route == null && row.name().equals(FCHDIR)) {
      route = intoDescriptor(process, call);
    }
    if (route == null) {
      return row.handler().apply(process.files(), call);
    }
    if (route.errno() != 0) {
      return Outcome.error(route.errno());
    }
    if (route.server() == kernel.settings().node()) {
      return here(process, row, call, route);
    }
    if (!kernel.ports().isUp(route.server())) {
      return Outcome.error(Errno.EHOSTUNREACH);
    }
    request = new Request();
    request.number = nextNumber++;
    request.startedNanos = call.startedNanos;
    request.server = route.server();
    request.creates = route.creates();
    requests.put(key, request);
    FileContext files = process.files();
    KernelMessage message =
        new KernelMessage.MfsCall(
            route.owner(),
            request.number,
            files.credentials(),
            files.umask(),
            files.fileLimit(),
            Kernel.bytes(route.call()));
    if (call.place != Place.HOME) {
      call.place = Place.MFS;
      carried(process, whole, message.bytes(), 0);
    }
    kernel.ports().send(route.server(), message);
    process.countMfsCall();
    return Outcome.waitFor(news);
  }

  /** The body, which is here, sees what the call cost. */
  private void carried(Process process, Call call, long sent, long received) {
    Body body = kernel.body(process.id());
    if (body != null) {
      body.ledger().carried(call.number(), Place.MFS, sent, received);
    }
  }

  /** The node is this one: the path without its head, or a file that was opened from away. */
  private Outcome here(Process process, FileRow row, Call call, MfsRoute route) {
    if (route.byHandle() || changesDirectory(row)) {
      FileContext files = process.files();
      long value =
          kernel
              .mfsServer()
              .make(
                  route.owner(),
                  files.credentials(),
                  files.umask(),
                  files.fileLimit(),
                  route.call());
      return made(process, row, call, route.call(), route.creates(), value, route.server());
    }
    Outcome outcome = row.handler().apply(process.files(), route.call());
    if (outcome instanceof Outcome.Done done) {
      copyResults(route.call(), call);
      created(process, route.creates(), done.value(), route.server());
      return outcome;
    }
    row.interrupted(process.files(), route.call());
    return Outcome.error(Errno.EACCES); // A fifo: special files are no part of MFS.
  }

  private Outcome goOn(
      Process process, FileRow row, Call call, Call whole, long key, Request request) {
    if (!request.answered) {
      if (kernel.ports().isUp(request.server)) {
        return Outcome.waitFor(news);
      }
      requests.remove(key);
      return Outcome.error(Errno.EHOSTUNREACH);
    }
    requests.remove(key);
    if (call.place == Place.MFS) {
      carried(process, whole, 0, request.receivedBytes);
    }
    Call answer = Kernel.readCall(request.call);
    return made(process, row, call, answer, request.creates, request.value, request.server);
  }

  /** A node has made a call. */
  private Outcome made(
      Process process,
      FileRow row,
      Call call,
      Call answer,
      boolean creates,
      long value,
      int server) {
    copyResults(answer, call);
    created(process, creates, value, server);
    if (changesDirectory(row) && value >= 0) {
      String path = row.name().equals(CHDIR) ? call.path(0) : path(process, call.integer(0));
      process.files().enterRemote(MfsRoute.absolute(directory(process), path, server));
    }
    if (!row.name().equals(OPEN) || value < 0) {
      return Outcome.done(value);
    }
    String path = MfsRoute.absolute(from(process, call.integer(0)), call.path(1), server);
    boolean relative = path != null && !call.path(1).startsWith("/");
    int flags = call.integer(2);
    boolean closeOnExec = (flags & O_CLOEXEC) != 0;
    int handle = (int) value;
    int fd =
        process
            .files()
            .installRemote(
                flags, server, handle, process.id(), relative ? path : call.path(1), closeOnExec);
    open++;
    if (fd < 0) {
      closed(server, process.id(), handle);
    }
    return Outcome.done(fd);
  }

  private static boolean changesDirectory(FileRow row) {
    return row.name().equals(CHDIR) || row.name().equals(FCHDIR);
  }

  /** The current directory if it is /mfs or below, else null. */
  private static String directory(Process process) {
    String path = process.files().directoryPath();
    boolean below = path != null && (path + "/").startsWith("/" + MfsRoute.ROOT + "/");
    return below ? path : null;
  }

  /** By which path a descriptor was opened on another node's file, or null. */
  private static String path(Process process, int fd) {
    return process.files().file(fd) instanceof MfsFile file ? file.path() : null;
  }

  /** Where a relative path starts that comes with a descriptor; null if not below /mfs. */
  private static String from(Process process, int fd) {
    return fd == AT_FDCWD ? directory(process) : path(process, fd);
  }

  /** fchdir(2) to a directory of another node is chdir to the path by which it was opened. */
  private MfsRoute intoDescriptor(Process process, Call call) {
    String path = path(process, call.integer(0));
    if (path == null) {
      return null;
    }
    Call named = new Call(CHDIR_NUMBER, call.tid(), call.pc(), new long[Call.ARGUMENTS]);
    named.in(0, path.getBytes(ISO_8859_1));
    return route(process, kernel.row(CHDIR_NUMBER).file(), named);
  }

  /** Whether a path leads to a file of another node, be it by way of the current directory. */
  boolean reaches(Process process, String path) {
    return MfsRoute.absolute(directory(process), path, 0) != null;
  }

  /** The path of another node's file from the root, with the node's number; as it is otherwise. */
  String absolute(Process process, String path) {
    Call named = new Call(CHDIR_NUMBER, 0, 0, new long[] {1, 0, 0, 0, 0, 0});
    named.in(0, path.getBytes(ISO_8859_1));
    MfsRoute route = route(process, kernel.row(CHDIR_NUMBER).file(), named);
    boolean found = route != null && route.errno() == 0;
    return found ? MfsRoute.absolute(directory(process), named.path(0), route.server()) : path;
  }

  /** A body that is away has opened a file by its lease. */
  void opened(Process process, int fd, FileLease.Open file) {
    boolean closeOnExec = (file.flags() & O_CLOEXEC) != 0;
    process
        .files()
        .placeRemote(
            fd, file.flags(), file.server(), file.handle(), file.owner(), file.path(), closeOnExec);
    open++;
  }

  static void copyResults(Call from, Call to) {
    for (int i = 0; i < Call.ARGUMENTS; i++) {
      if (from.out(i) != null) {
        to.out(i, from.out(i));
      }
    }
  }

  private static void created(Process process, boolean creates, long value, int server) {
    if (creates && value >= 0) {
      process.lastCreate(server);
    }
  }

  // ---------------------------------------------------------------- where to

  /**
   * Has paths that lead below /mfs by a link of this node's tree say so, in the call itself: it is
   * tried again with what they say.
   */
  private void follow(Process process, FileRow row, Call call) {
    List<Arg> arguments = row.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      boolean path = arguments.get(i) instanceof Arg.Path && !call.isNull(i);
      if (!path || i == 0 && row.name().equals(SYMLINK) || reaches(process, call.path(i))) {
        continue;
      }
      int from = i > 0 ? call.integer(i - 1) : AT_FDCWD;
      String away =
          from != AT_FDCWD && process.files().file(from) instanceof MfsFile
              ? null
              : Resolver.away(process.files(), from, call.path(i), follows(row, call));
      if (away != null) {
        call.in(i, away.getBytes(ISO_8859_1));
      }
    }
  }

  /** Whether a call is about what a link at the end of its path points to. */
  private static boolean follows(FileRow row, Call call) {
    if (row.name().equals(OPEN)) {
      int flags = call.integer(2);
      return (flags & O_NOFOLLOW) == 0 && (flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL);
    }
    if (ABOUT_LINKS.contains(row.name())) {
      return false;
    }
    for (int i = 0; i < row.arguments().size(); i++) {
      if (row.arguments().get(i) instanceof Arg.Scalar scalar && scalar.name().equals("flags")) {
        return (call.integer(i) & AT_SYMLINK_NOFOLLOW) == 0;
      }
    }
    return true;
  }

  /** Where a call of a process whose home is here is to be made; null: here, as it is. */
  private MfsRoute route(Process process, FileRow row, Call call) {
    follow(process, row, call);
    return MfsRoute.of(
        new MfsRoute.Caller() {
          @Override
          public ProcessId id() {
            return process.id();
          }

          @Override
          public int here() {
            return process.where() == 0 ? process.id().home() : process.where();
          }

          @Override
          public int selected() {
            return process.selected();
          }

          @Override
          public int lastCreate() {
            return process.lastCreate();
          }

          @Override
          public boolean knowsDirectory() {
            return true;
          }

          @Override
          public String directory() {
            return MfsClient.directory(process);
          }

          @Override
          public MfsRoute.Handle handle(int fd) {
            return process.files().file(fd) instanceof MfsFile file
                ? new MfsRoute.Handle(file.server(), file.handle(), file.owner())
                : null;
          }

          @Override
          public List<Integer> configured() {
            return kernel.ports().configured();
          }
        },
        row,
        call);
  }

  /** /mfs itself: what is below is on other nodes. */
  SyntheticDirectory root() {
    SyntheticDirectory elsewhere =
        new SyntheticDirectory() {
          @Override
          public SyntheticEntry lookup(String name) {
            return null;
          }

          @Override
          public List<String> names() {
            return List.of();
          }
        };
    return new SyntheticDirectory() {
      @Override
      public SyntheticEntry lookup(String name) {
        return names().contains(name) ? elsewhere : null;
      }

      @Override
      public List<String> names() {
        List<String> names = new ArrayList<>();
        kernel.ports().configured().forEach(each -> names.add(Integer.toString(each)));
        names.addAll(MfsRoute.MAGIC);
        return names;
      }
    };
  }

  // ---------------------------------------------------------------- news

  void answered(int from, KernelMessage.MfsReply reply) {
    for (Request each : requests.values()) {
      if (each.number == reply.number()) {
        each.answered = true;
        each.value = reply.value();
        each.call = reply.call();
        each.receivedBytes = reply.bytes();
        news.wake();
        return;
      }
    }
    // Who had asked has ended: what was opened for it is closed.
    boolean opened = kernel.row(Kernel.readCall(reply.call()).number()).name().equals(OPEN);
    if (opened && reply.value() >= 0 && kernel.ports().isUp(from)) {
      kernel.ports().send(from, new KernelMessage.MfsClose(reply.process(), (int) reply.value()));
    }
  }

  /** A process has ended: nobody waits for what it has asked. */
  void ended(Process process) {
    long first = (long) process.id().pid() << 32;
    requests.subMap(first, first + (1L << 32)).clear();
  }

  /** A descriptor of another node's file is gone here. */
  void closed(int server, ProcessId owner, int handle) {
    open--;
    if (server == kernel.settings().node()) {
      kernel.mfsServer().close(owner, handle);
    } else if (kernel.ports().isUp(server)) {
      kernel.ports().send(server, new KernelMessage.MfsClose(owner, handle));
    }
  }

  /** A node is gone: nobody waits for it any longer. */
  void nodeGone() {
    news.wake();
  }

  void walk(Walk walk) {
    nextNumber = walk.i64("nextRequest", nextNumber);
    open = walk.i32("open", open);
    List<Map.Entry<Long, Request>> all = new ArrayList<>(requests.entrySet());
    int count = walk.count("requests", all.size());
    for (int i = 0; i < count; i++) {
      long key = walk.i64("caller", walk.reading() ? 0 : all.get(i).getKey());
      Request each = walk.reading() ? new Request() : all.get(i).getValue();
      each.number = walk.i64("number", each.number);
      each.startedNanos = walk.i64("started", each.startedNanos);
      each.server = walk.i32("server", each.server);
      each.creates = walk.flag("creates", each.creates);
      each.answered = walk.flag("answered", each.answered);
      each.value = walk.i64("value", each.value);
      each.call = walk.bytes("call", each.call);
      each.receivedBytes = walk.i32("received", each.receivedBytes);
      requests.put(key, each);
    }
  }
}
