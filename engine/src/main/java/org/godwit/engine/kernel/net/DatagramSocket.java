package org.godwit.engine.kernel.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/**
 * A datagram socket: udp(7), which loses what does not fit, or AF_UNIX SOCK_DGRAM (unix(7)), which
 * makes the sender wait. What waits is charged to the node's RAM; where that is full, a datagram is
 * lost, or its sender on the node has ENOBUFS if it is AF_UNIX. Left out: broadcast, multicast.
 */
public final class DatagramSocket extends Socket {
  /** Bytes that may wait to be received, counting {@link #OVERHEAD} for each datagram. */
  private static final int ROOM = 212_992;

  private static final int OVERHEAD = 256;

  /** Largest UDP payload over IPv4. */
  private static final int MOST_UDP = 65_507;

  /**
   * A datagram that has arrived, with the open files that it brings, by number, and who sent it, if
   * that is told, or null.
   */
  public record Arrived(Address source, byte[] bytes, long[] files, Sender sender) {
    /** One that brings no files. */
    Arrived(Address source, byte[] bytes) {
      this(source, bytes, new long[0], null);
    }
  }

  private final ArrayDeque<Arrived> queue = new ArrayDeque<>();
  private int queued;

  /** The connected AF_UNIX socket on this node, or 0. */
  private int peer;

  private boolean inputShut;
  private boolean outputShut;

  DatagramSocket(NetStack stack, int family) {
    super(stack, family);
  }

  @Override
  public boolean isStream() {
    return false;
  }

  /**
   * connect(2): 0 or a positive errno.
   *
   * @param target number of the AF_UNIX socket, else 0
   */
  public int connect(Address address, int target) {
    Address to = NetStack.definite(address);
    int node = stack.route(to);
    if (node < 0) {
      return -node;
    }
    if (to instanceof Address.Internet internet) {
      int errno = stack.bindForConnect(this, internet);
      if (errno != 0) {
        return errno;
      }
    }
    remote = to;
    peer = target;
    return 0;
  }

  /** connect(2) to AF_UNSPEC: takes the connection away. */
  public void disconnect() {
    remote = null;
    peer = 0;
  }

  void pair(DatagramSocket other) {
    remote = other.local;
    peer = other.id;
    other.remote = local;
    other.peer = id;
    joins(other);
    other.joins(this);
  }

  /**
   * Sends one datagram; its length, or a negative errno, where −EAGAIN means wait on {@link #room}.
   *
   * @param to where to, or null for where it is connected to
   * @param target number of the AF_UNIX socket, else 0
   */
  public int send(byte[] data, Address to, int target) {
    return send(data, to, target, new long[0], null);
  }

  /** As {@link #send(byte[], Address, int)}, with open files, by number, and sender if AF_UNIX. */
  public int send(byte[] data, Address to, int target, long[] files, Sender sender) {
    if (error != 0) {
      return -takeError();
    }
    if (outputShut) {
      return -Errno.EPIPE;
    }
    Address place = to == null ? remote : to;
    if (place == null) {
      return family() == Address.LOCAL ? -Errno.ENOTCONN : -Errno.EDESTADDRREQ;
    }
    if (data.length > (family() == Address.LOCAL ? ROOM - OVERHEAD : MOST_UDP)) {
      return -Errno.EMSGSIZE;
    }
    return place instanceof Address.Internet internet
        ? sendInternet(data, (Address.Internet) NetStack.definite(internet))
        : sendLocal(data, to == null ? peer : target, files, sender);
  }

  private int sendInternet(byte[] data, Address.Internet to) {
    int node = stack.route(to);
    if (node < 0) {
      return node;
    }
    if (!isBound()) {
      int errno = stack.bind(this, Address.Internet.ANY);
      if (errno != 0) {
        return -errno;
      }
    }
    Address.Internet own = (Address.Internet) local;
    int ip = own.ip() != 0 ? own.ip() : stack.sourceFor(to);
    Address.Internet source = new Address.Internet(ip, own.port());
    stack.sendDatagram(node, new Packet.Datagram(source, to, data.clone()));
    return data.length;
  }

  private int sendLocal(byte[] data, int target, long[] files, Sender sender) {
    if (!(stack.socket(target) instanceof DatagramSocket there)) {
      return -Errno.ECONNREFUSED;
    }
    if (there.peer != 0 && there.peer != id) {
      return -Errno.EPERM;
    }
    if (there.inputShut) {
      return -Errno.EPIPE;
    }
    if (there.hasRoom(data.length) && !stack.memory().fits(data.length + OVERHEAD)) {
      return -Errno.ENOBUFS;
    }
    return there.take(new Arrived(local, data.clone(), files, sender))
        ? data.length
        : -Errno.EAGAIN;
  }

  /** Whether who sends to {@code target} (0: where it is connected to) is to be told. */
  public boolean carriesSenders(int target) {
    Socket there = stack.socket(target == 0 ? peer : target);
    return family() == Address.LOCAL && (tellsSenders || there != null && there.tellsSenders);
  }

  /** Whether there is room for it; false leaves everything as it was. */
  boolean take(Arrived arrived) {
    int cost = arrived.bytes.length + OVERHEAD;
    if (!hasRoom(arrived.bytes.length) || !stack.memory().take(cost)) {
      return false;
    }
    queue.add(arrived);
    queued += cost;
    readable.wake();
    return true;
  }

  private boolean hasRoom(int bytes) {
    return bytes + OVERHEAD <= ROOM - queued;
  }

  /** Whether a datagram from there is for this socket. */
  boolean hears(Address.Internet source) {
    return remote == null || remote.equals(source);
  }

  /** Nobody is where it sent to. */
  void unreachable() {
    error = Errno.ECONNREFUSED;
    wakeAll();
  }

  /** The next datagram, or null with {@code errno()} told by {@link #receiveErrno}. */
  public Arrived receive(boolean peek) {
    Arrived first = peek ? queue.peek() : queue.poll();
    if (first != null && !peek) {
      int cost = first.bytes.length + OVERHEAD;
      queued -= cost;
      stack.memory().give(cost);
      writable.wake();
    }
    return first;
  }

  /** Why there is no datagram: −EAGAIN, a pending error, or 0 after shutdown. */
  public int receiveErrno() {
    if (error != 0) {
      return -takeError();
    }
    return inputShut ? 0 : -Errno.EAGAIN;
  }

  /** Where a sender to {@code target} (0: where it is connected to) waits for room. */
  public WaitChannel room(int target) {
    Socket there = stack.socket(target == 0 ? peer : target);
    return there == null ? writable : there.writable;
  }

  /** What {@link #room} of another is woken by: this socket has received. For poll, its peer's. */
  @Override
  public WaitChannel writable() {
    return room(0);
  }

  /** shutdown(2): 0 or a positive errno. */
  public int shutdown(boolean input, boolean output) {
    if (remote == null) {
      return Errno.ENOTCONN;
    }
    inputShut |= input;
    outputShut |= output;
    wakeAll();
    return 0;
  }

  @Override
  public void close() {
    stack.forget(this);
    queue.forEach(each -> stack.abandon(each.files));
    queue.clear();
    stack.memory().give(queued);
    queued = 0;
    wakeAll(); // Senders who wait for room find nobody.
  }

  @Override
  public int available() {
    Arrived first = queue.peek();
    return first == null ? 0 : first.bytes.length;
  }

  @Override
  public EnumSet<Readiness> ready() {
    EnumSet<Readiness> found = EnumSet.noneOf(Readiness.class);
    if (!queue.isEmpty() || inputShut) {
      found.add(Readiness.INPUT);
    }
    if (inputShut) {
      found.add(Readiness.INPUT_ENDED);
    }
    boolean full = stack.socket(peer) instanceof DatagramSocket there && there.queued > ROOM / 2;
    if (peer == 0 || !full) {
      found.add(Readiness.OUTPUT);
    }
    if (error != 0) {
      found.add(Readiness.ERROR);
    }
    if (inputShut && outputShut) {
      found.add(Readiness.HANG_UP);
    }
    return found;
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    peer = walk.i32("peer", peer);
    inputShut = walk.flag("inputShut", inputShut);
    outputShut = walk.flag("outputShut", outputShut);
    queued = walk.i32("queued", queued);
    if (walk.reading()) {
      stack.memory().recharge(queued);
    }
    List<Arrived> waiting = new ArrayList<>(queue);
    int count = walk.count("queue", waiting.size());
    for (int i = 0; i < count; i++) {
      Arrived own = walk.reading() ? new Arrived(null, null) : waiting.get(i);
      Arrived read =
          new Arrived(
              Address.walk(walk, own.source),
              walk.bytes("bytes", own.bytes),
              walk.longs("files", own.files),
              Sender.walk(walk, own.sender));
      if (walk.reading()) {
        queue.add(read);
      }
    }
  }

  /** The first {@code count} bytes of a datagram. */
  public static byte[] head(Arrived arrived, int count) {
    return Arrays.copyOf(arrived.bytes, Math.min(count, arrived.bytes.length));
  }
}
