package org.godwit.engine.kernel.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.state.Walk;

/**
 * A stream socket: tcp(7) or AF_UNIX SOCK_STREAM (unix(7)). Both ends speak in {@link Segment}s,
 * also when they are on one node. Each direction has 64 KiB of credit (decision 24): the sender
 * spends it, the receiver gives it back as the program reads.
 *
 * <p>Bytes that wait here, and bytes that another node has not acknowledged, are charged to the RAM
 * of the node that has them. A sender that finds it full has ENOBUFS; what comes from another node
 * and finds it full ends the connection, with ENOBUFS here and ECONNRESET there.
 *
 * <p>Left out: TIME_WAIT, urgent data, lingering. A connection request to a full backlog waits at
 * the listener, where Linux drops it and has the client repeat it.
 */
public final class StreamSocket extends Socket {
  /** Bytes that may be under way or unread in one direction. */
  static final int CREDIT = 65_536;

  /** Credit is given back in portions of at least this. */
  private static final int PORTION = CREDIT / 4;

  /** SOMAXCONN. */
  private static final int MOST_BACKLOG = 4096;

  /** Where it is in its life. */
  public enum State {
    /** New, or its connection was refused. */
    OPEN,
    LISTENING,
    CONNECTING,
    CONNECTED,
    /** The connection was reset or timed out. */
    DEAD
  }

  private record Request(int node, Segment.Syn syn) {}

  /**
   * Open files that come with bytes from {@code start} to {@code end} of the stream; one receive
   * does not go beyond that end (unix(7), "SCM_RIGHTS").
   */
  private record Rights(long start, long end, long[] files) {}

  /** Who sent the bytes from {@code start} to {@code end} of the stream. */
  private record Sent(long start, long end, Sender sender) {}

  private State state = State.OPEN;
  int peerNode;
  private int peerSocket;
  private final ByteQueue received = new ByteQueue(CREDIT);
  private final ArrayDeque<Rights> rights = new ArrayDeque<>();
  private final ArrayDeque<Sent> senders = new ArrayDeque<>();

  /** Bytes ever received and ever read. */
  private long arrivedBytes;

  private long readBytes;

  /** Files that came with what was read last. */
  private long[] taken = {};

  private int credit = CREDIT;
  private int owedCredit;
  private boolean inputEnded;
  private boolean peerClosed;
  private boolean inputShut;
  private boolean outputShut;
  private int backlog;

  /** Whether connect has been called and nobody has been told the result. */
  private boolean asked;

  /** Whether connect chose its port, which a refusal then frees. */
  private boolean boundByConnect;

  /** Whether it came out of a listener, whose name it then shows without owning it. */
  private boolean accepted;

  private final ArrayDeque<Integer> ready = new ArrayDeque<>();
  private final ArrayDeque<Request> requests = new ArrayDeque<>();

  StreamSocket(NetStack stack, int family) {
    super(stack, family);
  }

  @Override
  public boolean isStream() {
    return true;
  }

  boolean accepted() {
    return accepted;
  }

  /** Where it is in its life. */
  public State state() {
    return state;
  }

  // -- Connecting -------------------------------------------------------------------------------

  /** listen(2): 0 or a positive errno. An unbound TCP socket gets a port. */
  public int listen(int queue) {
    if (state != State.OPEN && state != State.LISTENING) {
      return Errno.EINVAL;
    }
    if (!isBound()) {
      if (family() == Address.LOCAL) {
        return Errno.EINVAL;
      }
      int errno = stack.bind(this, Address.Internet.ANY);
      if (errno != 0) {
        return errno;
      }
    }
    if (state == State.OPEN && !stack.mayListen(this)) {
      return Errno.EADDRINUSE;
    }
    state = State.LISTENING;
    backlog = Math.clamp(queue, 0, MOST_BACKLOG);
    promote();
    return 0;
  }

  /** The number of an established connection, or −EAGAIN, or −EINVAL if it does not listen. */
  public int accept() {
    if (state != State.LISTENING) {
      return -Errno.EINVAL;
    }
    if (ready.isEmpty()) {
      return -Errno.EAGAIN;
    }
    int child = ready.removeFirst();
    promote();
    return child;
  }

  /**
   * connect(2): 0, −EINPROGRESS, or another negative errno. As in Linux, TCP always answers
   * −EINPROGRESS first; the next call, or {@link #connectResult}, tells what became of it.
   *
   * @param listener number of the listening AF_UNIX socket on this node, 0 if it is found by
   *     address
   */
  public int connect(Address address, int listener) {
    if (asked) {
      return connectResult();
    }
    if (state != State.OPEN) {
      boolean local = address.family() == Address.LOCAL;
      return state == State.LISTENING && local ? -Errno.EINVAL : -Errno.EISCONN;
    }
    Address to = NetStack.definite(address);
    int node = stack.route(to);
    if (node < 0) {
      return node;
    }
    if (to instanceof Address.Internet internet) {
      boundByConnect = !isBound();
      int errno = stack.bindForConnect(this, internet);
      if (errno != 0) {
        return -errno;
      }
    }
    error = 0;
    state = State.CONNECTING;
    asked = true;
    peerNode = node;
    remote = to;
    stack.send(node, new Segment.Syn(listener, id, local, to));
    boolean answered = state != State.CONNECTING && family() == Address.LOCAL;
    return answered ? connectResult() : -Errno.EINPROGRESS;
  }

  /** What became of connect: 0, −EALREADY while it is not known, or another negative errno. */
  public int connectResult() {
    if (state == State.CONNECTING) {
      return -Errno.EALREADY;
    }
    asked = false;
    int failure = state == State.CONNECTED ? 0 : takeError();
    return state == State.CONNECTED ? 0 : failure == 0 ? -Errno.ECONNABORTED : -failure;
  }

  /** Joins two new sockets: socketpair(2). */
  void pair(StreamSocket other) {
    connected(stack.ownNode(), other.id, other.local);
    other.connected(stack.ownNode(), id, local);
    joins(other);
    other.joins(this);
  }

  private void connected(int node, int socket, Address address) {
    state = State.CONNECTED;
    peerNode = node;
    peerSocket = socket;
    remote = address;
  }

  private void promote() {
    while (state == State.LISTENING && ready.size() <= backlog && !requests.isEmpty()) {
      Request request = requests.removeFirst();
      StreamSocket child = stack.newStream(family());
      child.local = request.syn.target();
      child.reuse = reuse;
      child.accepted = true;
      child.inherits(this);
      child.connected(request.node, request.syn.from(), request.syn.source());
      if (family() == Address.LOCAL) {
        StreamSocket client = stack.stream(request.syn.from());
        if (client != null) { // Else it was closed while it waited.
          child.joins(client);
          client.joins(child);
        }
      }
      ready.add(child.id);
      stack.send(request.node, new Segment.SynAck(request.syn.from(), child.id));
      readable.wake();
    }
  }

  // -- Data -------------------------------------------------------------------------------------

  /** Bytes received, 0 at the end, or a negative errno; {@code peek} leaves them there. */
  public int receive(byte[] into, int from, int count, boolean peek) {
    if (state == State.OPEN && error == 0 || state == State.LISTENING) {
      return family() == Address.LOCAL ? -Errno.EINVAL : -Errno.ENOTCONN;
    }
    if (count == 0) {
      return 0;
    }
    if (received.size() == 0) {
      if (error != 0) {
        return -takeError();
      }
      boolean ended = inputEnded || inputShut || state == State.DEAD;
      return ended ? 0 : -Errno.EAGAIN;
    }
    Rights first = rights.peek();
    int most = first == null ? count : (int) Math.min(count, first.end - readBytes);
    most = tellsSenders ? (int) Math.min(most, fromOneSender()) : most;
    int seen = received.peek(into, from, most);
    if (!peek) {
      received.drop(seen);
      stack.memory().give(seen);
      readBytes += seen;
      if (first != null && readBytes > first.start) {
        taken = rights.remove().files;
      }
      while (!senders.isEmpty() && senders.peek().end <= readBytes) {
        senders.remove();
      }
      owe(seen);
    }
    return seen;
  }

  /** Who sent the next byte; {@link Sender#UNTOLD} if that was not told. */
  public Sender nextSender() {
    Sent next = senders.peek();
    return next == null || next.start > readBytes ? Sender.UNTOLD : next.sender;
  }

  /** How many of the next bytes, at the most, the same sender has sent. */
  private long fromOneSender() {
    Sent next = senders.peek();
    return next == null
        ? Long.MAX_VALUE
        : next.start > readBytes ? next.start - readBytes : next.end - readBytes;
  }

  /** Whether who sends over it is to be told even if he does not tell: either end asked for it. */
  public boolean carriesSenders() {
    boolean there =
        state == State.CONNECTED
            && stack.socket(peerSocket) instanceof StreamSocket other
            && other.tellsSenders;
    return family() == Address.LOCAL && (tellsSenders || there);
  }

  /** The open files, by number, that came with what was received last: the caller's from now on. */
  public long[] takeRights() {
    long[] files = taken;
    taken = new long[0];
    return files;
  }

  private void owe(int bytes) {
    owedCredit += bytes;
    if (owedCredit >= PORTION && state == State.CONNECTED && !inputEnded) {
      int given = owedCredit;
      owedCredit = 0;
      stack.send(peerNode, new Segment.Credit(peerSocket, id, given));
    }
  }

  /** Bytes sent, at least one unless {@code count} is 0; or a negative errno. */
  public int send(byte[] data, int from, int count) {
    return send(data, from, count, new long[0], null);
  }

  /**
   * As {@link #send(byte[], int, int)}, with open files, by number, that go if any byte does, and
   * with who sends, if not null.
   */
  public int send(byte[] data, int from, int count, long[] files, Sender sender) {
    if (error != 0) {
      return -takeError();
    }
    if (state == State.OPEN || state == State.LISTENING) {
      return family() == Address.LOCAL ? -Errno.ENOTCONN : -Errno.EPIPE;
    }
    if (state == State.CONNECTING) {
      return -Errno.EAGAIN;
    }
    if (outputShut || state == State.DEAD || peerClosed && family() == Address.LOCAL) {
      return -Errno.EPIPE;
    }
    if (count == 0) {
      return 0;
    }
    if (credit == 0) {
      return -Errno.EAGAIN;
    }
    int sent = Math.min(count, credit);
    if (!stack.memory().fits(sent)) {
      return -Errno.ENOBUFS;
    }
    credit -= sent;
    if (files.length > 0 || sender != null) {
      stack.send(peerNode, new Segment.Rights(peerSocket, id, sent, files, sender));
    }
    byte[] bytes = java.util.Arrays.copyOfRange(data, from, from + sent);
    stack.send(peerNode, new Segment.Data(peerSocket, id, bytes));
    return sent;
  }

  /** shutdown(2): 0 or a positive errno. */
  public int shutdown(boolean input, boolean output) {
    if (state != State.CONNECTED) {
      return Errno.ENOTCONN;
    }
    inputShut |= input;
    if (output && !outputShut) {
      outputShut = true;
      stack.send(peerNode, new Segment.Fin(peerSocket, id, false));
    }
    wakeAll();
    return 0;
  }

  @Override
  public void close() {
    stack.forget(this);
    abandonRights();
    int unread = abandonBytes();
    switch (state) {
      case LISTENING -> {
        for (int child : ready) {
          stack.stream(child).abort();
        }
        for (Request each : requests) {
          stack.send(each.node, new Segment.Refused(each.syn.from(), 0));
        }
      }
      case CONNECTED -> {
        if (unread > 0) {
          stack.send(peerNode, new Segment.Reset(peerSocket, id));
        } else if (!outputShut || family() == Address.LOCAL) {
          stack.send(peerNode, new Segment.Fin(peerSocket, id, true));
        }
      }
      case OPEN, CONNECTING, DEAD -> {}
    }
    state = State.DEAD;
    wakeAll();
  }

  private void abandonRights() {
    rights.forEach(each -> stack.abandon(each.files));
    rights.clear();
    stack.abandon(takeRights());
  }

  /** What nobody will read is gone; how many bytes that were. */
  private int abandonBytes() {
    int unread = received.size();
    stack.memory().give(unread);
    received.clear();
    return unread;
  }

  /** Ends a connection that nobody has accepted. */
  private void abort() {
    stack.forget(this);
    abandonRights();
    abandonBytes();
    if (state == State.CONNECTED) {
      stack.send(peerNode, new Segment.Reset(peerSocket, id));
    }
    state = State.DEAD;
  }

  @Override
  public int available() {
    return state == State.LISTENING ? -Errno.EINVAL : received.size();
  }

  @Override
  public EnumSet<Readiness> ready() {
    EnumSet<Readiness> found = EnumSet.noneOf(Readiness.class);
    if (error != 0) {
      found.add(Readiness.ERROR);
    }
    switch (state) {
      case OPEN -> {
        found.add(Readiness.OUTPUT);
        found.add(Readiness.HANG_UP);
      }
      case LISTENING -> {
        if (!ready.isEmpty()) {
          found.add(Readiness.INPUT);
        }
      }
      case CONNECTING -> {}
      case CONNECTED, DEAD -> readyConnected(found);
    }
    return found;
  }

  private void readyConnected(EnumSet<Readiness> found) {
    boolean dead = state == State.DEAD;
    boolean ended = inputEnded || inputShut || dead;
    if (received.size() > 0 || ended) {
      found.add(Readiness.INPUT);
    }
    if (ended) {
      found.add(Readiness.INPUT_ENDED);
    }
    if (credit > 0 || dead || outputShut) {
      found.add(Readiness.OUTPUT);
    }
    if (dead || ended && outputShut || peerClosed && family() == Address.LOCAL) {
      found.add(Readiness.HANG_UP);
    }
  }

  // -- What the other end says ------------------------------------------------------------------

  /** A segment for this socket from {@code node}. */
  void take(int node, Segment segment) {
    switch (segment) {
      case Segment.Syn syn -> {
        requests.add(new Request(node, syn));
        promote();
      }
      case Segment.SynAck answer -> {
        if (state != State.CONNECTING) {
          stack.send(node, new Segment.Reset(answer.from(), id));
          return;
        }
        connected(node, answer.from(), remote);
        wakeAll();
      }
      case Segment.Refused refused -> fail(State.OPEN, Errno.ECONNREFUSED);
      case Segment.Rights along -> {
        if (inputShut) {
          stack.abandon(along.files());
          return;
        }
        if (along.files().length > 0) {
          rights.add(new Rights(arrivedBytes, arrivedBytes + along.bytes(), along.files()));
        }
        if (along.sender() != null) {
          sentBy(along.sender(), along.bytes());
        }
      }
      case Segment.Data data -> {
        if (inputShut) {
          owe(data.bytes().length); // Nobody will read it; the sender goes on.
          return;
        }
        if (!stack.memory().take(data.bytes().length)) {
          stack.send(node, new Segment.Reset(data.from(), id));
          fail(State.DEAD, Errno.ENOBUFS);
          return;
        }
        arrivedBytes += data.bytes().length;
        if (received.put(data.bytes(), 0, data.bytes().length) < data.bytes().length) {
          throw new IllegalStateException("socket " + id + " was sent more than its credit");
        }
        readable.wake();
      }
      case Segment.Credit given -> {
        credit += given.bytes();
        writable.wake();
      }
      case Segment.Fin fin -> {
        inputEnded = true;
        peerClosed |= fin.closed();
        wakeAll();
      }
      case Segment.Reset reset ->
          fail(
              State.DEAD, inputEnded && family() != Address.LOCAL ? Errno.EPIPE : Errno.ECONNRESET);
    }
  }

  /** The next bytes to come are from that sender; those of one sender count as one. */
  private void sentBy(Sender sender, int bytes) {
    Sent last = senders.peekLast();
    boolean goesOn = last != null && last.end == arrivedBytes && last.sender.equals(sender);
    long start = goesOn ? senders.removeLast().start : arrivedBytes;
    senders.add(new Sent(start, arrivedBytes + bytes, sender));
  }

  /** The other node has been silent for too long, or is gone. */
  void fail(int errno) {
    fail(state == State.CONNECTING ? State.OPEN : State.DEAD, errno);
  }

  private void fail(State next, int errno) {
    boolean refusable = state == State.CONNECTING;
    if (refusable || state == State.CONNECTED) {
      state = next;
      error = errno;
      if (refusable) {
        remote = null;
        local = boundByConnect ? Address.blank(family()) : local;
      }
      wakeAll();
    }
  }

  /** A listener forgets requests from a node that is gone. */
  void forgetRequests(int node) {
    requests.removeIf(each -> each.node == node);
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    state = walk.constant("state", state, State.values());
    peerNode = walk.i32("peerNode", peerNode);
    peerSocket = walk.i32("peerSocket", peerSocket);
    received.walk(walk);
    if (walk.reading()) {
      stack.memory().recharge(received.size());
    }
    arrivedBytes = walk.i64("arrivedBytes", arrivedBytes);
    readBytes = walk.i64("readBytes", readBytes);
    taken = walk.longs("taken", taken);
    List<Rights> along = new ArrayList<>(rights);
    int brought = walk.count("rights", along.size());
    for (int i = 0; i < brought; i++) {
      Rights own = walk.reading() ? new Rights(0, 0, null) : along.get(i);
      Rights read =
          new Rights(
              walk.i64("start", own.start),
              walk.i64("end", own.end),
              walk.longs("files", own.files));
      if (walk.reading()) {
        rights.add(read);
      }
    }
    List<Sent> told = new ArrayList<>(senders);
    int known = walk.count("senders", told.size());
    for (int i = 0; i < known; i++) {
      Sent own = walk.reading() ? new Sent(0, 0, null) : told.get(i);
      Sent read =
          new Sent(
              walk.i64("start", own.start),
              walk.i64("end", own.end),
              Sender.walk(walk, own.sender));
      if (walk.reading()) {
        senders.add(read);
      }
    }
    credit = walk.i32("credit", credit);
    owedCredit = walk.i32("owedCredit", owedCredit);
    inputEnded = walk.flag("inputEnded", inputEnded);
    peerClosed = walk.flag("peerClosed", peerClosed);
    inputShut = walk.flag("inputShut", inputShut);
    outputShut = walk.flag("outputShut", outputShut);
    backlog = walk.i32("backlog", backlog);
    asked = walk.flag("asked", asked);
    boundByConnect = walk.flag("boundByConnect", boundByConnect);
    accepted = walk.flag("accepted", accepted);
    long[] ids = walk.longs("ready", ready.stream().mapToLong(Integer::longValue).toArray());
    List<Request> waiting = new ArrayList<>(requests);
    int count = walk.count("requests", waiting.size());
    for (int i = 0; i < count; i++) {
      Request own = walk.reading() ? new Request(0, null) : waiting.get(i);
      int node = walk.i32("node", own.node);
      Segment syn = Segment.walk(walk, own.syn);
      if (walk.reading()) {
        requests.add(new Request(node, (Segment.Syn) syn));
      }
    }
    if (walk.reading()) {
      for (long each : ids) {
        ready.add((int) each);
      }
    }
  }
}
