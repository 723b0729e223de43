package org.godwit.engine.kernel.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.net.NetStack;
import org.godwit.engine.kernel.net.NetworkPort;
import org.godwit.engine.kernel.net.Packet;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.KernelMemory;
import org.godwit.engine.state.StateHash;
import org.godwit.engine.state.StateReader;
import org.godwit.engine.state.StateWriter;
import org.godwit.model.scenario.NodeLimits;

/**
 * One node's files and one process, with a clock that the test moves and calls made as the
 * marshaller would make them: numbers stay, strings are paths, arrays are what the guest's buffer
 * holds, {@link Room} is a buffer to fill, null a null pointer.
 */
final class FileWorld {
  /** A buffer of so many bytes that the call fills. */
  record Room(int bytes) {}

  /** A buffer that the call reads and fills. */
  record Both(byte[] bytes) {}

  static final long EPOCH = 1_000_000_000L * 1_000_000_000L;

  private static final TreeMap<Integer, FileRow> ROWS = new TreeMap<>();

  static {
    for (FileRow row : FileRows.all()) {
      if (ROWS.put(row.number(), row) != null) {
        throw new IllegalStateException("two rows of number " + row.number());
      }
    }
  }

  long nanos;
  final Frames frames;
  final NetStack net;
  final NodeFiles node;
  final FileContext ctx;
  private int nextTid = 100;

  FileWorld() {
    this(1 << 20);
  }

  /** One node with so many pages of RAM. */
  FileWorld(long pages) {
    this(pages, 1, new Alone());
  }

  FileWorld(long pages, int number, NetworkPort port) {
    frames = new Frames(pages);
    net = new NetStack(port, () -> nanos, new KernelMemory(frames));
    node = new NodeFiles(ports(), NodeLimits.DEFAULT, net);
    ctx = new FileContext(node, number * 1000 + 1, Credentials.ROOT);
  }

  private FilePorts ports() {
    Entropy counting =
        (pid, into, from, count) -> {
          for (int i = 0; i < count; i++) {
            into[from + i] = (byte) (pid + i);
          }
        };
    return new FilePorts(() -> nanos, EPOCH, frames, counting, sha256 -> null);
  }

  /** A cluster of one node. */
  record Alone() implements NetworkPort {
    @Override
    public int ownNode() {
      return 1;
    }

    @Override
    public boolean exists(int node) {
      return node == 1;
    }

    @Override
    public void send(int toNode, Packet packet) {
      throw new AssertionError("nobody to send to");
    }
  }

  /** Takes all of the RAM but so many pages. */
  void leave(int pages) {
    assertThat(frames.take((int) frames.free() - pages)).isTrue();
  }

  static FileRow row(String name) {
    for (FileRow each : ROWS.values()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** A call that is being made: it may wait and be tried again. */
  final class Made {
    final FileContext by;
    final FileRow row;
    final Call call;
    Outcome outcome;
    boolean woken;

    Made(FileContext by, FileRow row, Call call) {
      this.by = by;
      this.row = row;
      this.call = call;
      attempt();
    }

    /** Handles it again from the start. */
    Made attempt() {
      woken = false;
      outcome = row.handler().apply(by, call);
      if (outcome instanceof Outcome.Wait wait) {
        for (WaitChannel each : wait.channels()) {
          each.add(() -> woken = true);
        }
      }
      return this;
    }

    boolean waits() {
      return outcome instanceof Outcome.Wait;
    }

    long value() {
      if (outcome instanceof Outcome.Done done) {
        return done.value();
      }
      throw new AssertionError(row.name() + " waits");
    }

    String text(int index) {
      return new String(call.out(index), StandardCharsets.ISO_8859_1);
    }

    ByteBuffer out(int index) {
      return ByteBuffer.wrap(call.out(index)).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  Made make(String name, Object... arguments) {
    return make(ctx, name, arguments);
  }

  Made make(FileContext by, String name, Object... arguments) {
    FileRow row = row(name);
    long[] scalars = new long[6];
    for (int i = 0; i < arguments.length; i++) {
      scalars[i] = arguments[i] instanceof Number number ? number.longValue() : 0x1000;
      scalars[i] = arguments[i] == null ? 0 : scalars[i];
    }
    Call call = new Call(row.number(), nextTid++, 0, scalars);
    call.startedNanos = nanos;
    List<Arg> kinds = row.arguments(scalars);
    for (int i = 0; i < arguments.length; i++) {
      marshal(call, kinds.get(i), i, arguments[i]);
    }
    return new Made(by, row, call);
  }

  private static void marshal(Call call, Arg kind, int index, Object argument) {
    switch (argument) {
      case null -> {}
      case Number number -> {
        if (!(kind instanceof Arg.Scalar)) {
          throw new IllegalArgumentException(kind + " is no number");
        }
      }
      case String path -> call.in(index, path.getBytes(StandardCharsets.ISO_8859_1));
      case byte[] bytes -> call.in(index, bytes);
      case Room room -> call.capacity(index, room.bytes());
      case Both both -> {
        call.in(index, both.bytes());
        call.capacity(index, both.bytes().length);
      }
      default -> throw new IllegalArgumentException("argument " + argument);
    }
  }

  /** The value of a call that must not wait. */
  long call(String name, Object... arguments) {
    return make(name, arguments).value();
  }

  int open(String path, int flags, int mode) {
    return (int) call("openat", OpenFlags.AT_CWD, path, flags, mode);
  }

  int openExisting(String path) {
    return open(path, OpenFlags.READ_ONLY, 0);
  }

  long write(int fd, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return call("write", fd, bytes, bytes.length);
  }

  /** What a read of at most {@code count} bytes gives; fails if it fails. */
  String read(int fd, int count) {
    Made made = make("read", fd, new Room(count), count);
    if (made.value() < 0) {
      throw new AssertionError("read: errno " + -made.value());
    }
    return made.value() == 0 ? "" : made.text(1);
  }

  int[] pipe(int flags) {
    Made made = make("pipe2", new Room(8), flags);
    if (made.value() != 0) {
      throw new AssertionError("pipe2: errno " + -made.value());
    }
    return new int[] {made.out(0).getInt(0), made.out(0).getInt(4)};
  }

  static byte[] timespec(long seconds, long nanos) {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(seconds)
        .putLong(nanos)
        .array();
  }

  long hash() {
    StateHash hash = new StateHash();
    node.walk(hash);
    ctx.walk(hash);
    return hash.value();
  }

  /** Writes everything, reads it into {@code into}, and leaves nothing unread. */
  void copyTo(FileWorld into) {
    StateWriter writer = new StateWriter();
    node.walk(writer);
    ctx.walk(writer);
    StateReader reader = new StateReader(writer.toBytes());
    into.nanos = nanos;
    into.node.walk(reader);
    into.ctx.walk(reader);
    if (!reader.atEnd()) {
      throw new AssertionError("something was written that is not read");
    }
  }
}
