package org.godwit.engine.kernel.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/**
 * One socket (socket(2)), known on its node by a number that is never used twice. Operations answer
 * a count or 0, or a negative errno; −EAGAIN means wait on {@link #readable} or {@link #writable}.
 */
public abstract sealed class Socket permits StreamSocket, DatagramSocket {
  /** What poll(2) may find. */
  public enum Readiness {
    INPUT,
    OUTPUT,
    ERROR,
    HANG_UP,
    INPUT_ENDED
  }

  final NetStack stack;
  int id;
  Address local;
  Address remote;

  /** SO_ERROR, as a positive errno; reading it clears it. */
  int error;

  boolean reuse;

  /** Who made it a listener, connected it or made it one of a pair, for SO_PEERCRED; or null. */
  private Sender owner;

  /** Who was at the other end when it was connected, or null. */
  private Sender peerOwner;

  /** SO_PASSCRED: its receiver is told who sent what it receives. */
  boolean tellsSenders;

  private final TreeMap<Long, byte[]> options = new TreeMap<>();
  final WaitChannel readable = new WaitChannel();
  final WaitChannel writable = new WaitChannel();

  Socket(NetStack stack, int family) {
    this.stack = stack;
    local = Address.blank(family);
  }

  /** Its number on the node. */
  public int id() {
    return id;
  }

  /** AF_UNIX or AF_INET. */
  public int family() {
    return local.family();
  }

  /** Where it is bound; blank if it is not. */
  public Address local() {
    return local;
  }

  /** Whom it is connected to, or null. */
  public Address remote() {
    return remote;
  }

  /** Whether it has a name or a port. */
  public boolean isBound() {
    return local instanceof Address.Internet internet
        ? internet.port() != 0
        : !((Address.Local) local).isUnnamed();
  }

  /** SOCK_STREAM rather than SOCK_DGRAM. */
  public abstract boolean isStream();

  /** Gives it a name; the name of a path is the caller's to make. 0 or a positive errno. */
  public int bind(Address to) {
    if (isBound()) {
      return Errno.EINVAL;
    }
    return stack.bind(this, to);
  }

  /** Ends it: nobody holds it any longer. */
  public abstract void close();

  /** What is ready. */
  public abstract java.util.EnumSet<Readiness> ready();

  /** FIONREAD. */
  public abstract int available();

  /** Wakes when receiving or accepting may give another answer. */
  public WaitChannel readable() {
    return readable;
  }

  /** Wakes when sending or connecting may give another answer. */
  public WaitChannel writable() {
    return writable;
  }

  /** SO_ERROR: the pending error as a positive errno, or 0; it is then forgotten. */
  public int takeError() {
    int taken = error;
    error = 0;
    return taken;
  }

  /** Who listens, connects or makes a pair with it from now on. */
  public void owner(Sender now) {
    owner = now;
  }

  /** SO_PEERCRED. */
  public Sender peerOwner() {
    return peerOwner == null ? Sender.NOBODY : peerOwner;
  }

  /** It is connected to another of this node. */
  void joins(Socket other) {
    peerOwner = other.owner;
  }

  /** A connection that came in is its listener's. */
  void inherits(Socket listener) {
    owner = listener.owner;
    tellsSenders = listener.tellsSenders;
  }

  /** SO_PASSCRED. */
  public boolean tellsSenders() {
    return tellsSenders;
  }

  /** SO_PASSCRED. */
  public void tellsSenders(boolean on) {
    tellsSenders = on;
  }

  /** SO_REUSEADDR. */
  public void reuse(boolean on) {
    reuse = on;
  }

  /** What was set for an option, or null. */
  public byte[] option(int level, int name) {
    return options.get(key(level, name));
  }

  /** Remembers an option. */
  public void option(int level, int name, byte[] value) {
    options.put(key(level, name), value.clone());
  }

  private static long key(int level, int name) {
    return (long) level << 32 | name & 0xffff_ffffL;
  }

  void wakeAll() {
    readable.wake();
    writable.wake();
  }

  /** Every field; the number is the stack's business. */
  void walk(Walk walk) {
    local = Address.walk(walk, local);
    if (walk.present("connected", remote != null)) {
      remote = Address.walk(walk, remote);
    }
    error = walk.i32("error", error);
    reuse = walk.flag("reuse", reuse);
    owner = Sender.walk(walk, owner);
    peerOwner = Sender.walk(walk, peerOwner);
    tellsSenders = walk.flag("tellsSenders", tellsSenders);
    int count = walk.count("options", options.size());
    List<Map.Entry<Long, byte[]>> entries = new ArrayList<>(options.entrySet());
    for (int i = 0; i < count; i++) {
      boolean reading = walk.reading();
      long key = walk.i64("option", reading ? 0 : entries.get(i).getKey());
      byte[] value = walk.bytes("value", reading ? null : entries.get(i).getValue());
      options.put(key, value);
    }
  }
}
