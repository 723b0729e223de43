package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.net.Address;
import org.godwit.engine.kernel.net.DatagramSocket;
import org.godwit.engine.kernel.net.NetStack;
import org.godwit.engine.kernel.net.Socket;
import org.godwit.engine.kernel.net.StreamSocket;

/**
 * Making, naming and connecting sockets: socket(2), socketpair(2), bind(2), listen(2), accept(2),
 * connect(2), getsockname(2), getpeername(2), shutdown(2). There are AF_UNIX and AF_INET, each with
 * SOCK_STREAM and SOCK_DGRAM.
 */
final class SocketCalls {
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_TYPE = 0xf;
  private static final int SOCK_FLAGS = OpenFlags.NONBLOCK | OpenFlags.CLOSE_ON_EXEC;
  private static final int IPPROTO_TCP = 6;
  private static final int IPPROTO_UDP = 17;
  private static final int AF_UNSPEC = 0;

  /** {@code progress} of a connect that has asked and waits. */
  private static final int ASKED = -1;

  private SocketCalls() {}

  /** The socket of a descriptor, or null (see {@link #noSocket}). */
  static SocketFile file(FileContext ctx, Call call) {
    return ctx.file(call.integer(0)) instanceof SocketFile file ? file : null;
  }

  /** EBADF or ENOTSOCK. */
  static Outcome noSocket(FileContext ctx, Call call) {
    return Outcome.error(ctx.file(call.integer(0)) == null ? Errno.EBADF : Errno.ENOTSOCK);
  }

  static Outcome socket(FileContext ctx, Call call) {
    int errno = refusal(call.integer(0), call.integer(1), call.integer(2));
    if (errno == 0) {
      errno = roomRefusal(ctx, 1);
    }
    if (errno != 0) {
      return Outcome.error(errno);
    }
    Socket made = make(ctx, call.integer(0), call.integer(1));
    return Outcome.done(install(ctx, made, call.integer(1)));
  }

  static Outcome socketpair(FileContext ctx, Call call) {
    int errno = refusal(call.integer(0), call.integer(1), call.integer(2));
    if (errno == 0 && call.integer(0) != Address.LOCAL) {
      errno = Errno.EOPNOTSUPP;
    }
    if (errno == 0) {
      errno = roomRefusal(ctx, 2);
    }
    if (errno == 0 && call.capacity(3) == 0) {
      errno = Errno.EFAULT;
    }
    if (errno != 0) {
      return Outcome.error(errno);
    }
    Socket one = make(ctx, Address.LOCAL, call.integer(1));
    Socket other = make(ctx, Address.LOCAL, call.integer(1));
    one.owner(ctx.asPeer());
    other.owner(ctx.asPeer());
    ctx.node().net().pair(one, other);
    int first = install(ctx, one, call.integer(1));
    call.out(3, PipeCalls.pair(first, install(ctx, other, call.integer(1))));
    return Outcome.done(0);
  }

  private static int refusal(int family, int type, int protocol) {
    if ((type & ~(SOCK_TYPE | SOCK_FLAGS)) != 0) {
      return Errno.EINVAL;
    }
    if (family != Address.LOCAL && family != Address.INTERNET) {
      return Errno.EAFNOSUPPORT;
    }
    int kind = type & SOCK_TYPE;
    if (kind == SOCK_RAW && family == Address.INTERNET) {
      return Errno.EPERM;
    }
    int natural =
        family == Address.LOCAL ? Address.LOCAL : kind == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP;
    boolean known = kind == SOCK_STREAM || kind == SOCK_DGRAM;
    return known && (protocol == 0 || protocol == natural) ? 0 : Errno.EPROTONOSUPPORT;
  }

  private static int roomRefusal(FileContext ctx, int count) {
    if (!ctx.descriptors().hasRoom(count)) {
      return Errno.EMFILE;
    }
    return ctx.node().hasRoom() ? 0 : Errno.ENFILE;
  }

  private static Socket make(FileContext ctx, int family, int type) {
    NetStack net = ctx.node().net();
    return (type & SOCK_TYPE) == SOCK_STREAM ? net.newStream(family) : net.newDatagram(family);
  }

  private static int install(FileContext ctx, Socket socket, int flags) {
    int kept = OpenFlags.READ_WRITE | flags & OpenFlags.NONBLOCK;
    SocketFile file = ctx.node().register(new SocketFile(ctx.node(), kept, socket));
    return ctx.install(file, (flags & OpenFlags.CLOSE_ON_EXEC) != 0);
  }

  // -- Names ------------------------------------------------------------------------------------

  static Outcome bind(FileContext ctx, Call call) {
    SocketFile file = file(ctx, call);
    if (file == null) {
      return noSocket(ctx, call);
    }
    Socket socket = file.socket();
    byte[] bytes = call.in(1);
    int family = Address.familyOf(bytes);
    if (family != socket.family()) {
      boolean foreign = socket.family() == Address.INTERNET && family >= 0;
      return Outcome.error(foreign ? Errno.EAFNOSUPPORT : Errno.EINVAL);
    }
    Address address = Address.of(bytes, family);
    if (address == null || socket.isBound()) {
      return Outcome.error(Errno.EINVAL);
    }
    return Outcome.error(
        switch (address) {
          case Address.Internet internet -> bindInternet(ctx, socket, internet);
          case Address.Local name -> bindLocal(ctx, socket, name);
        });
  }

  private static int bindInternet(FileContext ctx, Socket socket, Address.Internet to) {
    boolean reserved = to.port() != 0 && to.port() < NetStack.FIRST_UNPRIVILEGED;
    return reserved && !ctx.credentials().privileged() ? Errno.EACCES : socket.bind(to);
  }

  private static int bindLocal(FileContext ctx, Socket socket, Address.Local to) {
    if (to.isUnnamed() || to.isAbstract()) {
      return socket.bind(to);
    }
    Found place = Resolver.place(ctx, OpenFlags.AT_CWD, to.name());
    if (place.failed()) {
      return place.errno();
    }
    if (place.inode() != null) {
      return Errno.EADDRINUSE;
    }
    SocketNode inode = new SocketNode(ctx.node(), 0, socket.id());
    int errno = DirectoryCalls.create(ctx, place, inode, 0777);
    return errno == 0 ? socket.bind(to) : errno;
  }

  /** The number of the AF_UNIX socket of that name, or a negative errno. */
  static int find(FileContext ctx, Address.Local name, Socket from) {
    Socket found;
    if (name.isAbstract()) {
      found = ctx.node().net().named(name);
    } else {
      Found place = Resolver.existing(ctx, OpenFlags.AT_CWD, name.name(), true);
      if (place.failed()) {
        return -place.errno();
      }
      if (!Resolver.may(ctx.credentials(), place.inode(), FileMode.MAY_WRITE)) {
        return -Errno.EACCES;
      }
      found =
          place.inode() instanceof SocketNode socket
              ? ctx.node().net().socket(socket.socket())
              : null;
    }
    if (found == null) {
      return -Errno.ECONNREFUSED;
    }
    return found.isStream() == from.isStream() ? found.id() : -Errno.EPROTOTYPE;
  }

  static Outcome getsockname(FileContext ctx, Call call) {
    SocketFile file = file(ctx, call);
    if (file == null) {
      return noSocket(ctx, call);
    }
    call.out(1, file.socket().local().bytes());
    return Outcome.done(0);
  }

  static Outcome getpeername(FileContext ctx, Call call) {
    SocketFile file = file(ctx, call);
    if (file == null) {
      return noSocket(ctx, call);
    }
    Socket socket = file.socket();
    boolean connected =
        socket instanceof StreamSocket stream
            ? stream.state() == StreamSocket.State.CONNECTED
            : socket.remote() != null;
    if (!connected) {
      return Outcome.error(Errno.ENOTCONN);
    }
    call.out(1, socket.remote().bytes());
    return Outcome.done(0);
  }

  // -- Connections ------------------------------------------------------------------------------

  static Outcome listen(FileContext ctx, Call call) {
    SocketFile file = file(ctx, call);
    if (file == null) {
      return noSocket(ctx, call);
    }
    return file.socket() instanceof StreamSocket stream
        ? Outcome.error(listen(ctx, stream, call.integer(1)))
        : Outcome.error(Errno.EOPNOTSUPP);
  }

  private static int listen(FileContext ctx, StreamSocket stream, int backlog) {
    int errno = stream.listen(backlog);
    if (errno == 0) {
      stream.owner(ctx.asPeer());
    }
    return errno;
  }

  static Outcome accept(FileContext ctx, Call call) {
    return accept(ctx, call, 0);
  }

  static Outcome accept4(FileContext ctx, Call call) {
    int flags = call.integer(3);
    return (flags & ~SOCK_FLAGS) != 0 ? Outcome.error(Errno.EINVAL) : accept(ctx, call, flags);
  }

  private static Outcome accept(FileContext ctx, Call call, int flags) {
    SocketFile file = file(ctx, call);
    if (file == null) {
      return noSocket(ctx, call);
    }
    if (!(file.socket() instanceof StreamSocket listener)) {
      return Outcome.error(Errno.EOPNOTSUPP);
    }
    int errno = roomRefusal(ctx, 1);
    if (errno != 0) {
      return Outcome.error(errno);
    }
    int child = listener.accept();
    if (child == -Errno.EAGAIN && !file.nonBlocking()) {
      return SocketOptions.wait(ctx, call, listener, listener.readable(), true);
    }
    if (child < 0) {
      return Outcome.done(child);
    }
    StreamSocket accepted = ctx.node().net().stream(child);
    if (!call.isNull(1)) {
      call.out(1, accepted.remote().bytes());
    }
    return Outcome.done(install(ctx, accepted, flags));
  }

  static Outcome connect(FileContext ctx, Call call) {
    SocketFile file = file(ctx, call);
    if (file == null) {
      return noSocket(ctx, call);
    }
    byte[] bytes = call.in(1);
    int family = Address.familyOf(bytes);
    Socket socket = file.socket();
    if (family == AF_UNSPEC && socket instanceof DatagramSocket datagrams) {
      datagrams.disconnect();
      return Outcome.done(0);
    }
    if (family != socket.family()) {
      return Outcome.error(family < 0 ? Errno.EINVAL : Errno.EAFNOSUPPORT);
    }
    Address to = Address.of(bytes, family);
    if (to == null || to instanceof Address.Local name && name.isUnnamed()) {
      return Outcome.error(Errno.EINVAL);
    }
    if (call.progress == ASKED && socket instanceof StreamSocket stream) {
      return connecting(ctx, call, stream);
    }
    int target = to instanceof Address.Local name ? find(ctx, name, socket) : 0;
    if (target < 0) {
      return Outcome.done(target);
    }
    if (socket instanceof StreamSocket stream) {
      stream.owner(ctx.asPeer());
      int result = stream.connect(to, target);
      boolean waits = result == -Errno.EINPROGRESS || result == -Errno.EALREADY;
      return waits && !file.nonBlocking() ? connecting(ctx, call, stream) : Outcome.done(result);
    }
    return Outcome.error(((DatagramSocket) socket).connect(to, target));
  }

  private static Outcome connecting(FileContext ctx, Call call, StreamSocket stream) {
    int result = stream.connectResult();
    if (result == -Errno.EALREADY) {
      call.progress = ASKED;
      return SocketOptions.wait(ctx, call, stream, stream.writable(), false);
    }
    call.progress = 0;
    return Outcome.done(result);
  }

  static Outcome shutdown(FileContext ctx, Call call) {
    SocketFile file = file(ctx, call);
    if (file == null) {
      return noSocket(ctx, call);
    }
    int how = call.integer(1);
    if (how < 0 || how > 2) {
      return Outcome.error(Errno.EINVAL);
    }
    boolean input = how != 1;
    boolean output = how != 0;
    return Outcome.error(
        switch (file.socket()) {
          case StreamSocket stream -> stream.shutdown(input, output);
          case DatagramSocket datagrams -> datagrams.shutdown(input, output);
        });
  }
}
