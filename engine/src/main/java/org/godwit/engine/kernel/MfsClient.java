package org.godwit.engine.kernel;

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
import org.godwit.engine.kernel.proc.ProcNumber;
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
  private static final String ROOT = "mfs";
  private static final int O_CREAT = 0100;
  private static final int O_CLOEXEC = 02000000;

  /** Magic names beside numbers. */
  private static final List<String> MAGIC =
      List.of("here", "home", "lastexec", "magic", "selected");

  /** Calls on a descriptor that its own node answers whatever it is open on. */
  private static final Set<String> LOCAL =
      Set.of(
          "close", "close_range", "dup", "dup3", "fcntl", "ioctl", "fchdir", "sendfile", "flock");

  /** Calls that do not go through MFS. */
  private static final Set<String> REFUSED = Set.of("chdir", "mknodat");

  /** Calls that make something. */
  private static final Set<String> CREATING = Set.of("mkdirat", "symlinkat", "linkat", "renameat2");

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

  /** Where a call is to be made, or why not. */
  private record Route(int server, Call call, ProcessId owner, boolean creates, int errno) {
    static Route failed(int errno) {
      return new Route(0, null, null, false, errno);
    }
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
    long key = key(process, call);
    Request request = requests.get(key);
    if (request != null && request.startedNanos == call.startedNanos) {
      return goOn(process, row, call, key, request);
    }
    requests.remove(key); // Its caller has been interrupted and never asks for the answer.
    Route route = route(process, row, call);
    if (route == null) {
      return row.handler().apply(process.files(), call);
    }
    if (route.errno != 0) {
      return Outcome.error(route.errno);
    }
    if (route.server == kernel.settings().node()) {
      return here(process, row, call, route);
    }
    if (!kernel.ports().isUp(route.server)) {
      return Outcome.error(Errno.EHOSTUNREACH);
    }
    request = new Request();
    request.number = nextNumber++;
    request.startedNanos = call.startedNanos;
    request.server = route.server;
    request.creates = route.creates;
    requests.put(key, request);
    FileContext files = process.files();
    KernelMessage message =
        new KernelMessage.MfsCall(
            route.owner,
            request.number,
            files.credentials(),
            files.umask(),
            Kernel.bytes(route.call));
    if (call.place == Place.HERE) {
      call.place = Place.MFS;
      carried(process, call, message.bytes(), 0);
    }
    kernel.ports().send(route.server, message);
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

  /** The node is this one: the path without its head. */
  private Outcome here(Process process, FileRow row, Call call, Route route) {
    Outcome outcome = row.handler().apply(process.files(), route.call);
    if (outcome instanceof Outcome.Done done) {
      copyResults(route.call, call);
      created(process, route.creates, done.value(), route.server);
      return outcome;
    }
    row.interrupted(process.files(), route.call);
    return Outcome.error(Errno.EACCES); // A fifo: special files are no part of MFS.
  }

  private Outcome goOn(Process process, FileRow row, Call call, long key, Request request) {
    if (!request.answered) {
      if (kernel.ports().isUp(request.server)) {
        return Outcome.waitFor(news);
      }
      requests.remove(key);
      return Outcome.error(Errno.EHOSTUNREACH);
    }
    requests.remove(key);
    if (call.place == Place.MFS) {
      carried(process, call, 0, request.receivedBytes);
    }
    copyResults(Kernel.readCall(request.call), call);
    created(process, request.creates, request.value, request.server);
    if (!row.name().equals("openat") || request.value < 0) {
      return Outcome.done(request.value);
    }
    int flags = call.integer(2);
    int fd =
        process
            .files()
            .installRemote(
                flags,
                request.server,
                (int) request.value,
                process.id(),
                call.path(1),
                (flags & O_CLOEXEC) != 0);
    open++;
    if (fd < 0) {
      closed(request.server, process.id(), (int) request.value);
    }
    return Outcome.done(fd);
  }

  private static void copyResults(Call from, Call to) {
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

  /** Where a call is to be made; null: here, as it is. */
  private Route route(Process process, FileRow row, Call call) {
    List<Arg> arguments = row.arguments();
    Call moved = null;
    int server = 0;
    boolean plain = false;
    boolean creates =
        CREATING.contains(row.name())
            || row.name().equals("openat") && (call.integer(2) & O_CREAT) != 0;
    ProcessId owner = process.id();
    for (int i = 0; i < arguments.size(); i++) {
      int to = 0;
      Integer handle = null;
      String path = null;
      MfsFile file = null;
      if (arguments.get(i) instanceof Arg.Path && !(i == 0 && row.name().equals("symlinkat"))) {
        if (call.isNull(i)) {
          continue;
        }
        List<String> names = names(call.path(i));
        boolean relative = !call.path(i).startsWith("/");
        MfsFile from = i > 0 && relative ? remote(process, call.integer(i - 1)) : null;
        if (names != null && names.size() > 1) {
          to = nodeOf(process, names.get(1), creates);
          if (to == 0) {
            return Route.failed(Errno.ENOENT);
          }
          path = "/" + String.join("/", names.subList(2, names.size()));
        } else if (from != null) {
          file = from;
        } else {
          plain = true;
        }
      } else if (i == 0 && arguments.get(0) instanceof Arg.Scalar scalar) {
        boolean alone = scalar.name().equals("fd") && !LOCAL.contains(row.name());
        file = alone ? remote(process, call.integer(0)) : null;
        if (file == null) {
          continue;
        }
        handle = file.handle();
      } else {
        continue;
      }
      if (file != null) {
        to = file.server();
        owner = file.owner();
      }
      if (to != 0) {
        if (server != 0 && server != to) {
          return Route.failed(Errno.EXDEV);
        }
        server = to;
        moved = moved == null ? Kernel.readCall(Kernel.bytes(call)) : moved;
        if (path != null) {
          moved.in(i, path.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        } else if (handle != null) {
          moved.scalar(0, handle);
        } else {
          moved.scalar(i - 1, file.handle());
        }
      }
    }
    if (server == 0) {
      return null;
    }
    if (plain) {
      return Route.failed(Errno.EXDEV);
    }
    if (REFUSED.contains(row.name())) {
      return Route.failed(Errno.EOPNOTSUPP);
    }
    return new Route(server, moved, owner, creates, 0);
  }

  private static MfsFile remote(Process process, int fd) {
    return process.files().file(fd) instanceof MfsFile file ? file : null;
  }

  /** The names of an absolute path below /mfs, without dots; null if it is another. */
  private static List<String> names(String path) {
    if (!path.startsWith("/")) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (String each : path.split("/")) {
      if (each.equals("..")) {
        if (names.size() != 2) { // A node's root is its own parent.
          names.removeLast();
        }
      } else if (!each.isEmpty() && !each.equals(".")) {
        names.add(each);
      }
      if (!names.isEmpty() && !names.getFirst().equals(ROOT)) {
        return null;
      }
    }
    return names;
  }

  /** The node behind a name for a process, 0 if there is none (reference section 6.2). */
  private int nodeOf(Process process, String name, boolean creates) {
    int here = process.where() == 0 ? process.id().home() : process.where();
    return switch (name) {
      case "here" -> here;
      case "home" -> process.id().home();
      case "lastexec" -> process.id().home(); // exec brings a process home first.
      case "magic" -> creates || process.lastCreate() == 0 ? here : process.lastCreate();
      case "selected" -> process.selected();
      default -> {
        long number = ProcNumber.of(name, 1, 65_535);
        boolean known =
            number != ProcNumber.NONE && kernel.ports().configured().contains((int) number);
        yield known ? (int) number : 0;
      }
    };
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
        names.addAll(MAGIC);
        return names;
      }
    };
  }

  // ---------------------------------------------------------------- news

  void answered(KernelMessage.MfsReply reply) {
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
  }

  /** A descriptor of another node's file is gone here. */
  void closed(int server, ProcessId owner, int handle) {
    open--;
    if (kernel.ports().isUp(server)) {
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
