package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/**
 * Signals to be read: signalfd(2). Whoever reads gets his own; what waits for him his body knows,
 * so that it first comes home.
 */
final class SignalFile extends OpenFile {
  static final int RECORD = 128;

  /** The signals to take, as bits. */
  private long wanted;

  SignalFile(NodeFiles node, int flags, long wanted) {
    super(node, flags);
    this.wanted = wanted;
  }

  void wanted(long signals) {
    wanted = signals;
    node.signalNews().wake();
  }

  @Override
  Kind kind() {
    return Kind.SIGNAL;
  }

  @Override
  String name() {
    return "anon_inode:[signalfd]";
  }

  @Override
  FileStatus status() {
    return FileStatus.anonymous(id, 0600, node.calendarNanos());
  }

  @Override
  boolean asksBody() {
    return true;
  }

  @Override
  Outcome hindrance(FileContext ctx, Call call, boolean writes) {
    if (!ctx.bodyHere()) {
      return Outcome.comeHome();
    }
    int room = call.capacity(1) / RECORD * RECORD;
    if (room == 0) {
      return Outcome.error(Errno.EINVAL);
    }
    byte[] all = new byte[room];
    int done = 0;
    while (done < room) {
      byte[] taken = node.signals().take(ctx.pid(), call.tid(), wanted);
      if (taken == null) {
        break;
      }
      System.arraycopy(taken, 0, all, done, RECORD);
      done += RECORD;
    }
    if (done == 0) {
      return nonBlocking() ? Outcome.error(Errno.EAGAIN) : Outcome.waitFor(node.signalNews());
    }
    call.out(1, java.util.Arrays.copyOf(all, done));
    return Outcome.done(done);
  }

  @Override
  int poll() {
    return 0;
  }

  @Override
  int poll(FileContext ctx, int tid) {
    boolean some = (node.signals().pending(ctx.pid(), tid) & wanted) != 0;
    return some ? PollMask.IN | PollMask.RDNORM : 0;
  }

  @Override
  WaitChannel readable() {
    return node.signalNews();
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    wanted = walk.i64("wanted", wanted);
  }
}
