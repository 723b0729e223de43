package org.godwit.engine.kernel.file;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * The rows of all calls of this package, with riscv64's numbers and the argument lists of the
 * manual pages. A timespec is 16 bytes, an optional one may be null.
 *
 * <p>Messages are one buffer each way: length of the name, flags, two zero bytes, name, data; the
 * capacity of recvmsg's is that of the data.
 */
public final class FileRows {
  /** Number of openat, the one call here that leaves something behind while it waits. */
  static final int OPENAT = 56;

  /** Names of buffers that may be null pointers. */
  private static final List<String> OPTIONAL =
      List.of("timeout", "times", "sigmask", "offset", "peer", "event", "old");

  private static final int ONE = -1;
  private static final int TIMESPEC = 16;

  private final List<FileRow> rows = new ArrayList<>();

  private FileRows() {}

  /** All rows, in no particular order. */
  public static List<FileRow> all() {
    FileRows table = new FileRows();
    table.transfers();
    table.descriptors();
    table.names();
    table.looks();
    table.attributes();
    table.waits();
    table.events();
    table.splices();
    table.sockets();
    return List.copyOf(table.rows);
  }

  private void transfers() {
    Arg fd = scalar("fd");
    Arg count = scalar("count");
    add(63, "read", TransferCalls::read, fd, new Arg.Out("buf", 2, 1), count);
    loud(64, "write", TransferCalls::write, fd, new Arg.In("buf", 2, 1), count);
    add(65, "readv", TransferCalls::read, fd, new Arg.Scatter("iov", 2), count);
    loud(66, "writev", TransferCalls::write, fd, new Arg.Gather("iov", 2), count);
    Arg offset = scalar("offset");
    add(67, "pread64", TransferCalls::readAt, fd, new Arg.Out("buf", 2, 1), count, offset);
    add(68, "pwrite64", TransferCalls::writeAt, fd, new Arg.In("buf", 2, 1), count, offset);
    add(69, "preadv", TransferCalls::readAt, fd, new Arg.Scatter("iov", 2), count, offset);
    add(70, "pwritev", TransferCalls::writeAt, fd, new Arg.Gather("iov", 2), count, offset);
    Arg high = scalar("high");
    Arg flags = scalar("flags");
    Arg into = new Arg.Scatter("iov", 2);
    add(286, "preadv2", TransferCalls::readAtOrHere, fd, into, count, offset, high, flags);
    Arg from = new Arg.Gather("iov", 2);
    loud(287, "pwritev2", TransferCalls::writeAtOrHere, fd, from, count, offset, high, flags);
    Arg place = new Arg.InOut("offset", ONE, Long.BYTES);
    loud(71, "sendfile", TransferCalls::sendFile, scalar("out"), scalar("in"), place, count);
    add(62, "lseek", TransferCalls::seek, fd, offset, scalar("whence"));
    add(46, "ftruncate", TransferCalls::resize, fd, scalar("length"));
    add(82, "fsync", TransferCalls::sync, fd);
    add(83, "fdatasync", TransferCalls::sync, fd);
    add(81, "sync", TransferCalls::syncAll);
    add(267, "syncfs", TransferCalls::sync, fd);
    Arg length = scalar("length");
    add(47, "fallocate", TransferCalls::allocate, fd, scalar("mode"), offset, length);
    add(223, "fadvise64", TransferCalls::advise, fd, offset, scalar("len"), scalar("advice"));
  }

  private void descriptors() {
    Arg fd = scalar("fd");
    Arg flags = scalar("flags");
    Arg path = new Arg.Path("path");
    add(OPENAT, "openat", OpenCalls::openat, scalar("dirfd"), path, flags, scalar("mode"));
    add(57, "close", DescriptorCalls::close, fd);
    add(436, "close_range", DescriptorCalls::closeRange, scalar("first"), scalar("last"), flags);
    add(23, "dup", DescriptorCalls::dup, fd);
    add(24, "dup3", DescriptorCalls::dup3, scalar("oldfd"), scalar("newfd"), flags);
    add(59, "pipe2", PipeCalls::pipe2, new Arg.Out("pipefd", ONE, 8), flags);
    add(19, "eventfd2", EventCalls::eventfd2, scalar("initval"), flags);
    add(32, "flock", LockCalls::flock, fd, scalar("operation"));
    Arg lock = new Arg.InOut("lock", ONE, LockCalls.FLOCK_BYTES);
    SortedMap<Integer, Arg> locks = new TreeMap<>();
    locks.put(LockCalls.F_GETLK, lock);
    locks.put(LockCalls.F_SETLK, lock);
    locks.put(LockCalls.F_SETLKW, lock);
    locks.put(LockCalls.F_OFD_GETLK, lock);
    locks.put(LockCalls.F_OFD_SETLK, lock);
    locks.put(LockCalls.F_OFD_SETLKW, lock);
    byRequest(25, "fcntl", DescriptorCalls::fcntl, scalar("cmd"), locks);
    SortedMap<Integer, Arg> requests = new TreeMap<>();
    requests.put(DescriptorCalls.FIONREAD, new Arg.Out("bytes", ONE, 4));
    requests.put(DescriptorCalls.FIONBIO, new Arg.In("on", ONE, 4));
    requests.put(DescriptorCalls.FIOASYNC, new Arg.In("on", ONE, 4));
    TerminalCalls.requests(requests);
    byRequest(29, "ioctl", DescriptorCalls::ioctl, scalar("request"), requests);
  }

  private void names() {
    Arg dirfd = scalar("dirfd");
    Arg path = new Arg.Path("path");
    Arg flags = scalar("flags");
    add(
        61,
        "getdents64",
        DirectoryCalls::getdents,
        scalar("fd"),
        new Arg.Out("dirp", 2, 1),
        scalar("count"));
    add(33, "mknodat", DirectoryCalls::mknodat, dirfd, path, scalar("mode"), scalar("dev"));
    add(34, "mkdirat", DirectoryCalls::mkdirat, dirfd, path, scalar("mode"));
    add(35, "unlinkat", DirectoryCalls::unlinkat, dirfd, path, flags);
    add(36, "symlinkat", DirectoryCalls::symlinkat, new Arg.Path("target"), dirfd, path);
    Arg to = new Arg.Path("newpath");
    add(37, "linkat", DirectoryCalls::linkat, dirfd, path, scalar("newdirfd"), to, flags);
    add(276, "renameat2", DirectoryCalls::renameat2, dirfd, path, scalar("newdirfd"), to, flags);
    add(17, "getcwd", DirectoryCalls::getcwd, new Arg.Out("buf", 1, 1), scalar("size"));
    add(49, "chdir", DirectoryCalls::chdir, path);
    add(50, "fchdir", DirectoryCalls::fchdir, scalar("fd"));
  }

  private void looks() {
    Arg fd = scalar("fd");
    Arg dirfd = scalar("dirfd");
    Arg path = new Arg.Path("path");
    Arg flags = scalar("flags");
    Arg stat = new Arg.Out("statbuf", ONE, FileStatus.STAT_BYTES);
    add(80, "fstat", StatCalls::fstat, fd, stat);
    add(79, "newfstatat", StatCalls::fstatat, dirfd, path, stat, flags);
    Arg statx = new Arg.Out("statxbuf", ONE, FileStatus.STATX_BYTES);
    add(291, "statx", StatCalls::statx, dirfd, path, flags, scalar("mask"), statx);
    Arg buffer = new Arg.Out("buf", 3, 1);
    add(78, "readlinkat", StatCalls::readlinkat, dirfd, path, buffer, scalar("size"));
    add(48, "faccessat", StatCalls::faccessat, dirfd, path, scalar("mode"));
    add(439, "faccessat2", StatCalls::faccessat2, dirfd, path, scalar("mode"), flags);
    Arg statfs = new Arg.Out("buf", ONE, StatCalls.STATFS_BYTES);
    add(43, "statfs", StatCalls::statfs, path, statfs);
    add(44, "fstatfs", StatCalls::fstatfs, fd, statfs);
  }

  private void attributes() {
    Arg fd = scalar("fd");
    Arg dirfd = scalar("dirfd");
    Arg path = new Arg.Path("path");
    Arg flags = scalar("flags");
    Arg owner = scalar("owner");
    Arg group = scalar("group");
    add(166, "umask", AttributeCalls::umask, scalar("mask"));
    add(52, "fchmod", AttributeCalls::fchmod, fd, scalar("mode"));
    add(53, "fchmodat", AttributeCalls::fchmodat, dirfd, path, scalar("mode"));
    add(55, "fchown", AttributeCalls::fchown, fd, owner, group);
    add(54, "fchownat", AttributeCalls::fchownat, dirfd, path, owner, group, flags);
    add(45, "truncate", AttributeCalls::truncate, path, scalar("length"));
    Arg times = new Arg.In("times", ONE, 2 * TIMESPEC);
    add(88, "utimensat", AttributeCalls::utimensat, dirfd, path, times, flags);
  }

  private void waits() {
    Arg time = new Arg.In("timeout", ONE, TIMESPEC);
    Arg fds = new Arg.InOut("fds", 1, 8);
    Arg mask = new Arg.In("sigmask", 4, 1);
    add(73, "ppoll", PollCalls::ppoll, fds, scalar("nfds"), time, mask, scalar("sigsetsize"));
    Arg in = new Arg.FdSet("readfds", 0);
    Arg out = new Arg.FdSet("writefds", 0);
    Arg urgent = new Arg.FdSet("exceptfds", 0);
    Arg masks = new Arg.In("sigmask", ONE, 16);
    add(72, "pselect6", PollCalls::pselect6, scalar("nfds"), in, out, urgent, time, masks);
  }

  private void events() {
    Arg fd = scalar("fd");
    Arg flags = scalar("flags");
    Arg event = new Arg.In("event", ONE, EpollFile.EVENT_BYTES);
    Arg set = scalar("epfd");
    add(20, "epoll_create1", EventCalls::epollCreate, flags);
    add(21, "epoll_ctl", EventCalls::epollCtl, set, scalar("op"), fd, event);
    Arg events = new Arg.Out("events", 2, EpollFile.EVENT_BYTES);
    Arg most = scalar("maxevents");
    Arg mask = new Arg.In("sigmask", 5, 1);
    Arg size = scalar("sigsetsize");
    Arg millis = scalar("timeout");
    Arg time = new Arg.In("timeout", ONE, TIMESPEC);
    add(22, "epoll_pwait", EventCalls::epollWait, set, events, most, millis, mask, size);
    add(441, "epoll_pwait2", EventCalls::epollWait2, set, events, most, time, mask, size);
    Arg signals = new Arg.In("mask", 2, 1);
    add(74, "signalfd4", EventCalls::signalfd4, fd, signals, scalar("sizemask"), flags);
    Arg value = new Arg.In("new", ONE, 2 * TIMESPEC);
    Arg old = new Arg.Out("old", ONE, 2 * TIMESPEC);
    add(85, "timerfd_create", EventCalls::timerfdCreate, scalar("clock"), flags);
    add(86, "timerfd_settime", EventCalls::timerfdSettime, fd, flags, value, old);
    Arg left = new Arg.Out("value", ONE, 2 * TIMESPEC);
    add(87, "timerfd_gettime", EventCalls::timerfdGettime, fd, left);
  }

  private void splices() {
    Arg in = scalar("fd_in");
    Arg out = scalar("fd_out");
    Arg length = scalar("len");
    Arg flags = scalar("flags");
    Arg place = new Arg.InOut("offset", ONE, Long.BYTES);
    loud(76, "splice", SpliceCalls::splice, in, place, out, place, length, flags);
    loud(77, "tee", SpliceCalls::tee, in, out, length, flags);
    add(285, "copy_file_range", SpliceCalls::copyRange, in, place, out, place, length, flags);
  }

  private void sockets() {
    Arg fd = scalar("fd");
    Arg flags = scalar("flags");
    Arg length = scalar("addrlen");
    Arg to = new Arg.In("addr", 2, 1);
    Arg from = new Arg.AddressOut("addr", 2);
    Arg domain = scalar("domain");
    Arg type = scalar("type");
    Arg protocol = scalar("protocol");
    add(198, "socket", SocketCalls::socket, domain, type, protocol);
    Arg peer = new Arg.AddressOut("peer", 2);
    Arg pair = new Arg.Out("sv", ONE, 8);
    add(199, "socketpair", SocketCalls::socketpair, domain, type, protocol, pair);
    add(200, "bind", SocketCalls::bind, fd, to, length);
    add(201, "listen", SocketCalls::listen, fd, scalar("backlog"));
    add(202, "accept", SocketCalls::accept, fd, peer, length);
    add(242, "accept4", SocketCalls::accept4, fd, peer, length, flags);
    add(203, "connect", SocketCalls::connect, fd, to, length);
    add(204, "getsockname", SocketCalls::getsockname, fd, from, length);
    add(205, "getpeername", SocketCalls::getpeername, fd, from, length);
    add(210, "shutdown", SocketCalls::shutdown, fd, scalar("how"));
    Arg level = scalar("level");
    Arg option = scalar("optname");
    Arg value = new Arg.In("optval", 4, 1);
    add(208, "setsockopt", SocketOptions::set, fd, level, option, value, scalar("optlen"));
    Arg answer = new Arg.AddressOut("optval", 4);
    add(209, "getsockopt", SocketOptions::get, fd, level, option, answer, scalar("optlen"));
    Arg name = new Arg.In("peer", 5, 1);
    Arg data = new Arg.In("buf", 2, 1);
    Arg count = scalar("len");
    polite(206, "sendto", MessageCalls::sendto, fd, data, count, flags, name, length);
    polite(211, "sendmsg", MessageCalls::sendmsg, fd, new Arg.MessageIn("msg"), flags);
    Arg room = new Arg.Out("buf", 2, 1);
    Arg source = new Arg.AddressOut("peer", 5);
    add(207, "recvfrom", MessageCalls::recvfrom, fd, room, count, flags, source, length);
    add(212, "recvmsg", MessageCalls::recvmsg, fd, new Arg.MessageOut("msg"), flags);
  }

  private static Arg scalar(String name) {
    return new Arg.Scalar(name);
  }

  private void add(
      int number, String name, BiFunction<FileContext, Call, Outcome> handler, Arg... arguments) {
    row(number, name, handler, FileRow.BrokenPipe.SILENT, new TreeMap<>(), arguments);
  }

  /** A call whose EPIPE comes with SIGPIPE. */
  private void loud(
      int number, String name, BiFunction<FileContext, Call, Outcome> handler, Arg... arguments) {
    row(number, name, handler, FileRow.BrokenPipe.SIGNAL, new TreeMap<>(), arguments);
  }

  /** A call whose EPIPE comes with SIGPIPE unless its flags say otherwise. */
  private void polite(
      int number, String name, BiFunction<FileContext, Call, Outcome> handler, Arg... arguments) {
    row(number, name, handler, FileRow.BrokenPipe.SIGNAL_UNLESS_ASKED, new TreeMap<>(), arguments);
  }

  private void byRequest(
      int number,
      String name,
      BiFunction<FileContext, Call, Outcome> handler,
      Arg request,
      SortedMap<Integer, Arg> byRequest) {
    FileRow.BrokenPipe silent = FileRow.BrokenPipe.SILENT;
    row(number, name, handler, silent, byRequest, scalar("fd"), request, scalar("arg"));
  }

  private void row(
      int number,
      String name,
      BiFunction<FileContext, Call, Outcome> handler,
      FileRow.BrokenPipe brokenPipe,
      SortedMap<Integer, Arg> byRequest,
      Arg... arguments) {
    List<Arg> kinds = List.of(arguments);
    BiFunction<FileContext, Call, Outcome> guarded =
        (ctx, call) -> {
          Arg special = byRequest.get(call.integer(1));
          boolean lacking = lacks(call, kinds) || special != null && lacks(call, 2, special);
          return lacking ? Outcome.error(Errno.EFAULT) : handler.apply(ctx, call);
        };
    rows.add(new FileRow(number, name, kinds, byRequest, guarded, brokenPipe));
  }

  /** Whether a buffer that the call needs is a null pointer: the one place where that is EFAULT. */
  private static boolean lacks(Call call, List<Arg> kinds) {
    for (int i = 0; i < kinds.size(); i++) {
      if (lacks(call, i, kinds.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean lacks(Call call, int index, Arg kind) {
    if (!call.isNull(index)) {
      return false;
    }
    return switch (kind) {
      case Arg.Scalar a -> false;
      case Arg.Path a -> false; // Path resolution has its own answer, and utimensat a use for it.
      case Arg.FdSet a -> false;
      case Arg.In a -> isNeeded(call, a.name(), a.lengthIndex());
      case Arg.Out a -> isNeeded(call, a.name(), a.lengthIndex());
      case Arg.InOut a -> isNeeded(call, a.name(), a.lengthIndex());
      case Arg.Gather a -> isNeeded(call, a.name(), a.countIndex());
      case Arg.Scatter a -> isNeeded(call, a.name(), a.countIndex());
      case Arg.AddressOut a -> isNeeded(call, a.name(), ONE);
      case Arg.MessageIn a -> true;
      case Arg.MessageOut a -> true;
    };
  }

  private static boolean isNeeded(Call call, String name, int lengthIndex) {
    return !OPTIONAL.contains(name) && (lengthIndex < 0 || call.integer(lengthIndex) != 0);
  }
}
