package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/** Making pipes: pipe(2). */
final class PipeCalls {
  private PipeCalls() {}

  /** O_DIRECT (packet mode) is EINVAL. */
  static Outcome pipe2(FileContext ctx, Call call) {
    int flags = call.integer(1);
    if ((flags & ~(OpenFlags.CLOSE_ON_EXEC | OpenFlags.NONBLOCK)) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if (call.capacity(0) == 0) {
      return Outcome.error(Errno.EFAULT);
    }
    if (!ctx.descriptors().hasRoom(2)) {
      return Outcome.error(Errno.EMFILE);
    }
    NodeFiles node = ctx.node();
    if (!node.hasRoom() || !node.tree().hasRoom()) {
      return Outcome.error(Errno.ENFILE);
    }
    Fifo fifo = node.tree().register(new Fifo(node, 0600));
    fifo.uid = ctx.credentials().euid();
    fifo.gid = ctx.credentials().egid();
    int kept = flags & OpenFlags.NONBLOCK;
    boolean closeOnExec = (flags & OpenFlags.CLOSE_ON_EXEC) != 0;
    PipeEnd reader = node.register(new PipeEnd(node, OpenFlags.READ_ONLY | kept, fifo));
    PipeEnd writer = node.register(new PipeEnd(node, OpenFlags.WRITE_ONLY | kept, fifo));
    call.out(0, pair(ctx.install(reader, closeOnExec), ctx.install(writer, closeOnExec)));
    return Outcome.done(0);
  }

  /** int[2] in guest memory. */
  static byte[] pair(int first, int second) {
    ByteBuffer to = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return to.putInt(first).putInt(second).array();
  }
}
