package org.godwit.engine.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.file.FileRow;
import org.godwit.engine.kernel.proc.ProcNumber;
import org.godwit.model.ProcessId;

/**
 * Where a file call is to be made: on the node that its path below {@code /mfs} or its descriptor
 * names (reference section 6.2). The same for a deputy and for a body that has a lease.
 *
 * @param server the node
 * @param call the call as that node is to see it
 * @param owner under whose name that node has the descriptor of the call
 * @param creates whether it makes something
 * @param byHandle whether it is about a descriptor of that node's, be it as the place from which a
 *     path starts
 * @param errno why it cannot be made, or 0
 */
record MfsRoute(
    int server, Call call, ProcessId owner, boolean creates, boolean byHandle, int errno) {
  /** Magic names beside numbers. */
  static final List<String> MAGIC = List.of("here", "home", "lastexec", "magic", "selected");

  static final String ROOT = "mfs";
  private static final int O_CREAT = 0100;
  private static final int AT_FDCWD = -100;

  /** Calls on a descriptor that its own node answers whatever it is open on. */
  private static final Set<String> LOCAL =
      Set.of(
          "close", "close_range", "dup", "dup3", "fcntl", "ioctl", "fchdir", "sendfile", "flock");

  /** Calls that do not go through MFS. */
  private static final Set<String> REFUSED = Set.of("mknodat");

  /** Calls that make something. */
  private static final Set<String> CREATING = Set.of("mkdirat", "symlinkat", "linkat", "renameat2");

  /** A descriptor of another node's. */
  record Handle(int server, int number, ProcessId owner) {}

  /** The process that calls, as far as its half that asks knows it. */
  interface Caller {
    /** Its identity. */
    ProcessId id();

    /** The node where it runs. */
    int here();

    /** The node behind {@code selected}, 0 for none. */
    int selected();

    /** Node of its last successful create through MFS, 0 for none. */
    int lastCreate();

    /** What a descriptor stands for on another node, or null. */
    Handle handle(int fd);

    /** Whether {@link #directory} is known; else calls that depend on it are left to the home. */
    boolean knowsDirectory();

    /** The current directory if it is {@code /mfs} or below, else null. */
    String directory();

    /** Nodes that have not left for good. */
    List<Integer> configured();
  }

  private static MfsRoute failed(int errno) {
    return new MfsRoute(0, null, null, false, false, errno);
  }

  /** Where a call is to be made; null: by the home, as it is. */
  static MfsRoute of(Caller caller, FileRow row, Call call) {
    List<Arg> arguments = row.arguments();
    Call moved = null;
    int server = 0;
    boolean plain = false;
    boolean byHandle = false;
    boolean creates =
        CREATING.contains(row.name())
            || row.name().equals("openat") && (call.integer(2) & O_CREAT) != 0;
    ProcessId owner = caller.id();
    for (int i = 0; i < arguments.size(); i++) {
      int to = 0;
      int at = i;
      Handle handle = null;
      String path = null;
      if (arguments.get(i) instanceof Arg.Path && !(i == 0 && row.name().equals("symlinkat"))) {
        if (call.isNull(i)) {
          continue;
        }
        boolean relative = !call.path(i).startsWith("/");
        boolean fromDirectory = relative && (i == 0 || call.integer(i - 1) == AT_FDCWD);
        if (fromDirectory && !caller.knowsDirectory()) {
          return null;
        }
        List<String> names = names(fromDirectory ? caller.directory() : null, call.path(i));
        Handle from = i > 0 && relative ? caller.handle(call.integer(i - 1)) : null;
        if (names != null && names.size() > 1) {
          to = nodeOf(caller, names.get(1), creates);
          if (to == 0) {
            return failed(Errno.ENOENT);
          }
          path = path(names);
        } else if (from != null) {
          handle = from;
          at = i - 1;
        } else {
          plain = true;
        }
      } else if (i == 0 && arguments.get(0) instanceof Arg.Scalar scalar) {
        boolean alone = scalar.name().equals("fd") && !LOCAL.contains(row.name());
        handle = alone ? caller.handle(call.integer(0)) : null;
      }
      if (handle != null) {
        to = handle.server();
        owner = handle.owner();
        byHandle = true;
      }
      if (to == 0) {
        continue;
      }
      if (server != 0 && server != to) {
        return failed(Errno.EXDEV);
      }
      server = to;
      moved = moved == null ? Kernel.readCall(Kernel.bytes(call)) : moved;
      if (handle != null) {
        moved.scalar(at, handle.number());
      } else {
        moved.in(i, path.getBytes(ISO_8859_1));
      }
    }
    if (server == 0) {
      return null;
    }
    if (plain) {
      return failed(Errno.EXDEV);
    }
    if (REFUSED.contains(row.name())) {
      return failed(Errno.EOPNOTSUPP);
    }
    return new MfsRoute(server, moved, owner, creates, byHandle, 0);
  }

  /** A path of the node whose name is the second. */
  private static String path(List<String> names) {
    return "/" + String.join("/", names.subList(2, names.size()));
  }

  /**
   * A path below /mfs with a node's number in place of its name, and without dots.
   *
   * @param directory where a relative one starts, or null
   * @return null if it does not lead to a node
   */
  static String absolute(String directory, String path, int server) {
    List<String> names = names(directory, path);
    if (names == null || names.size() < 2) {
      return null;
    }
    String rest = path(names);
    return "/" + ROOT + "/" + server + (rest.equals("/") ? "" : rest);
  }

  /** The names of a path below /mfs, without dots; null if it is another. */
  private static List<String> names(String directory, String path) {
    boolean relative = !path.startsWith("/");
    if (relative && (directory == null || path.isEmpty())) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (String each : (relative ? directory + "/" + path : path).split("/")) {
      if (each.equals("..")) {
        if (!names.isEmpty() && names.size() != 2) { // A root is its own parent.
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

  /** The node behind a name for a process, 0 if there is none. */
  private static int nodeOf(Caller caller, String name, boolean creates) {
    return switch (name) {
      case "here" -> caller.here();
      case "home" -> caller.id().home();
      case "lastexec" -> caller.id().home(); // exec brings a process home first.
      case "magic" -> creates || caller.lastCreate() == 0 ? caller.here() : caller.lastCreate();
      case "selected" -> caller.selected();
      default -> {
        long number = ProcNumber.of(name, 1, 65_535);
        boolean known = number != ProcNumber.NONE && caller.configured().contains((int) number);
        yield known ? (int) number : 0;
      }
    };
  }
}
