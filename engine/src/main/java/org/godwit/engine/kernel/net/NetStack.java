package org.godwit.engine.kernel.net;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.memory.KernelMemory;
import org.godwit.engine.state.Walk;

/**
 * The sockets of one node: names and ports, routing, and the channels to other nodes. What goes to
 * the node itself is delivered at once; what goes elsewhere leaves through the {@link NetworkPort},
 * and what arrives comes in through {@link #receive}. Timers are the caller's: it asks {@link
 * #deadlineNanos} and calls {@link #tick}. Belongs to one island; not thread safe.
 */
public final class NetStack {
  private static final int FIRST_EPHEMERAL = 32_768;
  private static final int LAST_EPHEMERAL = 60_999;

  /** Ports below need root. */
  public static final int FIRST_UNPRIVILEGED = 1024;

  /** 10.0.0.0. */
  private static final int CLUSTER = 10 << 24;

  private final NetworkPort port;
  private final LongSupplier nanos;
  private final KernelMemory memory;
  private final TreeMap<Integer, Socket> sockets = new TreeMap<>();
  private final TreeMap<Integer, Peer> peers = new TreeMap<>();
  private Consumer<long[]> abandoned = files -> {};
  private int nextSocket = 1;
  private int nextPort = FIRST_EPHEMERAL;
  private int nextName = 1;

  /**
   * A stack without sockets.
   *
   * @param nanos virtual time
   * @param memory where the bytes are charged that wait in sockets, or for another node to
   *     acknowledge them
   */
  public NetStack(NetworkPort port, LongSupplier nanos, KernelMemory memory) {
    this.port = port;
    this.nanos = nanos;
    this.memory = memory;
  }

  /** What the node keeps in buffers. */
  public KernelMemory memory() {
    return memory;
  }

  /** The address of a node: 10.0.(n / 256).(n mod 256). */
  public static int addressOf(int node) {
    return CLUSTER | node & 0xffff;
  }

  /** The address that 0.0.0.0 means as a destination (ip(7)): this host. */
  static Address definite(Address to) {
    return to instanceof Address.Internet internet && internet.ip() == 0
        ? new Address.Internet(Address.Internet.LOOPBACK, internet.port())
        : to;
  }

  /** Says who lets go of open files that were sent and that nobody has received. */
  public void whenAbandoned(Consumer<long[]> told) {
    abandoned = told;
  }

  void abandon(long[] files) {
    abandoned.accept(files);
  }

  int ownNode() {
    return port.ownNode();
  }

  // -- Sockets ----------------------------------------------------------------------------------

  /** A new stream socket of AF_UNIX or AF_INET. */
  public StreamSocket newStream(int family) {
    return register(new StreamSocket(this, family));
  }

  /** A new datagram socket of AF_UNIX or AF_INET. */
  public DatagramSocket newDatagram(int family) {
    return register(new DatagramSocket(this, family));
  }

  /** Connects two new AF_UNIX sockets of the same kind. */
  public void pair(Socket one, Socket other) {
    if (one instanceof StreamSocket first && other instanceof StreamSocket second) {
      first.pair(second);
    } else {
      ((DatagramSocket) one).pair((DatagramSocket) other);
    }
  }

  private <T extends Socket> T register(T socket) {
    socket.id = nextSocket++;
    sockets.put(socket.id, socket);
    return socket;
  }

  /** The socket of that number, or null. */
  public Socket socket(int id) {
    return sockets.get(id);
  }

  /** The stream socket of that number, which exists. */
  public StreamSocket stream(int id) {
    return (StreamSocket) sockets.get(id);
  }

  void forget(Socket socket) {
    sockets.remove(socket.id);
  }

  /** Whether a program here could send to another node: there is an AF_INET socket. */
  public boolean reachesOut() {
    for (Socket each : sockets.values()) {
      if (each.family() == Address.INTERNET) {
        return true;
      }
    }
    return false;
  }

  // -- Names and ports --------------------------------------------------------------------------

  /** Binds; port 0 and an unnamed AF_UNIX address choose a free one. 0 or a positive errno. */
  int bind(Socket socket, Address to) {
    return switch (to) {
      case Address.Internet internet -> bindInternet(socket, internet);
      case Address.Local name -> bindLocal(socket, name);
    };
  }

  private int bindInternet(Socket socket, Address.Internet to) {
    boolean own = to.ip() == 0 || to.isLoopback() || to.ip() == addressOf(ownNode());
    if (!own) {
      return Errno.EADDRNOTAVAIL;
    }
    Address.Internet place = to.port() == 0 ? ephemeral(socket, to.ip()) : to;
    if (place == null || conflicts(socket, place, false)) {
      return Errno.EADDRINUSE;
    }
    socket.local = place;
    return 0;
  }

  private Address.Internet ephemeral(Socket socket, int ip) {
    for (int i = FIRST_EPHEMERAL; i <= LAST_EPHEMERAL; i++) {
      Address.Internet place = new Address.Internet(ip, nextPort);
      nextPort = nextPort == LAST_EPHEMERAL ? FIRST_EPHEMERAL : nextPort + 1;
      if (!conflicts(socket, place, true)) {
        return place;
      }
    }
    return null;
  }

  /**
   * Whether another socket of the same kind is in the way (socket(7), SO_REUSEADDR: TCP sockets
   * that both allow it may share a place as long as neither listens).
   */
  private boolean conflicts(Socket socket, Address.Internet place, boolean strictly) {
    for (Socket each : sockets.values()) {
      if (each == socket
          || each.isStream() != socket.isStream()
          || !(each.local instanceof Address.Internet taken)
          || taken.port() != place.port()
          || taken.ip() != place.ip() && taken.ip() != 0 && place.ip() != 0) {
        continue;
      }
      boolean listens =
          each instanceof StreamSocket stream && stream.state() == StreamSocket.State.LISTENING;
      if (strictly || listens || !each.reuse || !socket.reuse) {
        return true;
      }
    }
    return false;
  }

  /** Whether no other socket listens at the same place. */
  boolean mayListen(StreamSocket socket) {
    for (Socket each : sockets.values()) {
      boolean rival =
          each != socket
              && each instanceof StreamSocket stream
              && stream.state() == StreamSocket.State.LISTENING
              && each.local.equals(socket.local)
              && socket.family() == Address.INTERNET;
      if (rival) {
        return false;
      }
    }
    return true;
  }

  /** Abstract names are this stack's; paths are the file tree's, here they are only remembered. */
  private int bindLocal(Socket socket, Address.Local to) {
    Address.Local name = to;
    while (name.isUnnamed()) {
      Address.Local free = new Address.Local("\0" + hexadecimal(nextName++));
      name = named(free) == null ? free : name;
    }
    if (name.isAbstract() && named(name) != null) {
      return Errno.EADDRINUSE;
    }
    socket.local = name;
    return 0;
  }

  /** Five digits, as autobind gives (unix(7)). */
  private static String hexadecimal(int value) {
    String digits = Integer.toHexString(value & 0xfffff);
    return "0".repeat(5 - digits.length()) + digits;
  }

  /** The socket bound to an abstract name, or null. */
  public Socket named(Address.Local name) {
    for (Socket each : sockets.values()) {
      boolean borrowed = each instanceof StreamSocket stream && stream.accepted();
      if (!borrowed && each.local.equals(name)) {
        return each;
      }
    }
    return null;
  }

  /** Gives a socket that is about to connect to {@code to} an address of its own. */
  int bindForConnect(Socket socket, Address.Internet to) {
    Address.Internet local = (Address.Internet) socket.local;
    if (local.port() == 0) {
      int errno = bindInternet(socket, new Address.Internet(local.ip(), 0));
      if (errno != 0) {
        return errno;
      }
      local = (Address.Internet) socket.local;
    }
    if (local.ip() == 0) {
      socket.local = new Address.Internet(sourceFor(to), local.port());
    }
    return 0;
  }

  /** The node's address as seen from {@code to}. */
  int sourceFor(Address.Internet to) {
    return to.isLoopback() ? Address.Internet.LOOPBACK : addressOf(ownNode());
  }

  /** The node that an address leads to, or −ENETUNREACH, −EHOSTUNREACH. */
  int route(Address to) {
    if (!(to instanceof Address.Internet internet)
        || internet.isLoopback()
        || internet.ip() == addressOf(ownNode())) {
      return ownNode();
    }
    if ((internet.ip() & 0xffff_0000) != CLUSTER) {
      return -Errno.ENETUNREACH;
    }
    int node = internet.ip() & 0xffff;
    return port.exists(node) ? node : -Errno.EHOSTUNREACH;
  }

  // -- Sending and receiving --------------------------------------------------------------------

  void send(int node, Segment segment) {
    if (node == ownNode()) {
      deliver(node, segment);
    } else if (port.exists(node)) { // Else there is nobody to tell.
      peers.computeIfAbsent(node, key -> new Peer(this, key)).send(segment, nanos.getAsLong());
    }
  }

  void sendDatagram(int node, Packet.Datagram datagram) {
    if (node == ownNode()) {
      deliver(node, datagram);
    } else {
      put(node, datagram);
    }
  }

  void put(int node, Packet packet) {
    port.send(node, packet);
  }

  /** A packet has arrived from another node. */
  public void receive(int fromNode, Packet packet) {
    long now = nanos.getAsLong();
    switch (packet) {
      case Packet.Numbered numbered -> {
        Peer peer = peers.computeIfAbsent(fromNode, key -> new Peer(this, key));
        Segment segment = peer.take(numbered, now);
        if (segment != null) {
          deliver(fromNode, segment);
        }
      }
      case Packet.Acknowledge acknowledge -> {
        Peer peer = peers.get(fromNode);
        if (peer != null) {
          peer.acknowledged(acknowledge.acknowledged(), now);
        }
      }
      case Packet.Datagram datagram -> deliver(fromNode, datagram);
      case Packet.Unreachable unreachable -> unreachable(unreachable);
    }
  }

  private void deliver(int fromNode, Segment segment) {
    Socket target = segment instanceof Segment.Syn syn ? listener(syn) : sockets.get(segment.to());
    if (target instanceof StreamSocket stream) {
      stream.take(fromNode, segment);
      return;
    }
    switch (segment) {
      case Segment.Syn syn -> send(fromNode, new Segment.Refused(syn.from(), 0));
      case Segment.SynAck synAck -> send(fromNode, new Segment.Reset(synAck.from(), synAck.to()));
      case Segment.Data data -> send(fromNode, new Segment.Reset(data.from(), data.to()));
      case Segment.Rights rights -> abandon(rights.files());
      case Segment.Refused refused -> {}
      case Segment.Credit credit -> {}
      case Segment.Fin fin -> {}
      case Segment.Reset reset -> {}
    }
  }

  private StreamSocket listener(Segment.Syn syn) {
    if (syn.target() instanceof Address.Local) {
      return listening(sockets.get(syn.to())) ? stream(syn.to()) : null;
    }
    Address.Internet target = (Address.Internet) syn.target();
    for (Socket each : sockets.values()) {
      if (listening(each) && covers(each.local, target)) {
        return (StreamSocket) each;
      }
    }
    return null;
  }

  private static boolean listening(Socket socket) {
    return socket instanceof StreamSocket stream && stream.state() == StreamSocket.State.LISTENING;
  }

  /** Whether a socket bound to {@code place} hears what is sent to {@code target}. */
  private static boolean covers(Address place, Address.Internet target) {
    return place instanceof Address.Internet own
        && own.port() == target.port()
        && (own.ip() == 0 || own.ip() == target.ip());
  }

  private void deliver(int fromNode, Packet.Datagram datagram) {
    DatagramSocket best = null;
    for (Socket each : sockets.values()) {
      if (each instanceof DatagramSocket socket
          && covers(socket.local, datagram.target())
          && socket.hears(datagram.source())
          && (best == null || socket.remote() != null && best.remote() == null)) {
        best = socket;
      }
    }
    if (best != null) {
      best.take(new DatagramSocket.Arrived(datagram.source(), datagram.bytes()));
      return; // What does not fit is lost (udp(7)).
    }
    Packet.Unreachable answer = new Packet.Unreachable(datagram.target(), datagram.source());
    if (fromNode == ownNode()) {
      unreachable(answer);
    } else {
      put(fromNode, answer);
    }
  }

  /** Only a connected socket learns of it (udp(7)). */
  private void unreachable(Packet.Unreachable answer) {
    for (Socket each : sockets.values()) {
      if (each instanceof DatagramSocket socket
          && socket.remote() != null
          && socket.remote().equals(answer.source())
          && socket.local.equals(answer.target())) {
        socket.unreachable();
      }
    }
  }

  // -- Time and trouble -------------------------------------------------------------------------

  /** When {@link #tick} has to be called at the latest; {@link Long#MAX_VALUE} for never. */
  public long deadlineNanos() {
    long earliest = Long.MAX_VALUE;
    for (Peer each : peers.values()) {
      earliest = Math.min(earliest, each.deadlineNanos());
    }
    return earliest;
  }

  /** Acknowledges, sends again and gives up, as far as it is due. */
  public void tick(long nowNanos) {
    for (Peer each : List.copyOf(peers.values())) {
      each.tick(nowNanos);
    }
  }

  /** A node has left or crashed: connections with it are reset, and a successor starts afresh. */
  public void forgetNode(int node) {
    Peer peer = peers.remove(node);
    if (peer != null) {
      peer.forget();
    }
    failConnections(node, Errno.ECONNRESET);
    for (Socket each : sockets.values()) {
      if (each instanceof StreamSocket stream) {
        stream.forgetRequests(node);
      }
    }
  }

  void failConnections(int node, int errno) {
    for (Socket each : new ArrayList<>(sockets.values())) {
      if (each instanceof StreamSocket stream && stream.peerNode == node && node != ownNode()) {
        stream.fail(errno);
      }
    }
  }

  /** Every field. */
  public void walk(Walk walk) {
    nextSocket = walk.i32("nextSocket", nextSocket);
    nextPort = walk.i32("nextPort", nextPort);
    nextName = walk.i32("nextName", nextName);
    List<Socket> all = new ArrayList<>(sockets.values());
    int count = walk.count("sockets", all.size());
    for (int i = 0; i < count; i++) {
      Socket own = walk.reading() ? null : all.get(i);
      int id = walk.i32("socket", own == null ? 0 : own.id);
      boolean stream = walk.flag("stream", own instanceof StreamSocket);
      if (own == null) {
        own =
            stream
                ? new StreamSocket(this, Address.INTERNET)
                : new DatagramSocket(this, Address.INTERNET);
        own.id = id;
        sockets.put(id, own);
      }
      own.walk(walk);
    }
    List<Integer> nodes = new ArrayList<>(peers.keySet());
    int known = walk.count("peers", nodes.size());
    for (int i = 0; i < known; i++) {
      int node = walk.i32("node", walk.reading() ? 0 : nodes.get(i));
      peers.computeIfAbsent(node, key -> new Peer(this, key)).walk(walk);
    }
  }
}
