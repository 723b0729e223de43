package org.godwit.engine.kernel.net;

import org.godwit.engine.state.Walk;

/**
 * What two ends of a stream say to each other, in order and without loss. {@code to} and {@code
 * from} are numbers of sockets at the receiver and at the sender; 0 where it is not known yet.
 */
public sealed interface Segment {
  /** Socket at the receiver. */
  int to();

  /** Socket at the sender. */
  int from();

  /** Bytes of a program that it carries: what it costs a node to keep it. */
  default int weight() {
    return 0;
  }

  /**
   * May I connect? For AF_UNIX paths {@code to} is the listener, else it is found by its address.
   */
  record Syn(int to, int from, Address source, Address target) implements Segment {}

  /** Yes, to me. */
  record SynAck(int to, int from) implements Segment {}

  /** No, nobody listens. */
  record Refused(int to, int from) implements Segment {}

  /** Bytes of the stream; never more than the credit that the receiver has given. */
  record Data(int to, int from, byte[] bytes) implements Segment {
    @Override
    public int weight() {
      return bytes.length;
    }
  }

  /**
   * The next so many bytes, at least one, bring open files along (SCM_RIGHTS), by number, or say
   * who sent them (SCM_CREDENTIALS); {@code sender} may be null.
   */
  record Rights(int to, int from, int bytes, long[] files, Sender sender) implements Segment {}

  /** The reader has taken so many bytes; as many more may be sent. */
  record Credit(int to, int from, int bytes) implements Segment {}

  /** No more data will come; if {@code closed}, none will be read either. */
  record Fin(int to, int from, boolean closed) implements Segment {}

  /** The connection is dead. */
  record Reset(int to, int from) implements Segment {}

  /** Bytes of content, for the cost of sending it. */
  default int size() {
    return this instanceof Data data ? data.bytes().length : 0;
  }

  /** Any kind, after its tag. */
  static Segment walk(Walk walk, Segment value) {
    int tag = walk.i32("segment", walk.reading() ? 0 : tag(value));
    int to = walk.i32("to", value == null ? 0 : value.to());
    int from = walk.i32("from", value == null ? 0 : value.from());
    return switch (tag) {
      case 0 -> {
        Syn syn =
            value instanceof Syn own
                ? own
                : new Syn(0, 0, Address.Internet.ANY, Address.Internet.ANY);
        yield new Syn(to, from, Address.walk(walk, syn.source()), Address.walk(walk, syn.target()));
      }
      case 1 -> new SynAck(to, from);
      case 2 -> new Refused(to, from);
      case 3 ->
          new Data(to, from, walk.bytes("bytes", value instanceof Data own ? own.bytes() : null));
      case 4 ->
          new Credit(to, from, walk.i32("credit", value instanceof Credit own ? own.bytes() : 0));
      case 5 -> new Fin(to, from, walk.flag("closed", value instanceof Fin own && own.closed()));
      case 6 -> new Reset(to, from);
      case 7 -> {
        Rights rights = value instanceof Rights own ? own : new Rights(0, 0, 0, null, null);
        yield new Rights(
            to,
            from,
            walk.i32("bytes", rights.bytes()),
            walk.longs("files", rights.files()),
            Sender.walk(walk, rights.sender()));
      }
      default -> throw new IllegalStateException("segment tag " + tag);
    };
  }

  private static int tag(Segment value) {
    return switch (value) {
      case Syn syn -> 0;
      case SynAck synAck -> 1;
      case Refused refused -> 2;
      case Data data -> 3;
      case Credit credit -> 4;
      case Fin fin -> 5;
      case Reset reset -> 6;
      case Rights rights -> 7;
    };
  }
}
