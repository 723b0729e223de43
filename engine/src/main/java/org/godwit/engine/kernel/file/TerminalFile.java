package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.state.Walk;

/**
 * A descriptor on the terminal end of a pseudo terminal: {@code /dev/pts/N} or {@code /dev/tty}.
 */
final class TerminalFile extends InodeFile {
  private Terminal terminal;

  TerminalFile(NodeFiles node, int flags, Inode inode, Terminal terminal) {
    super(node, flags, inode);
    this.terminal = terminal;
    if (terminal != null) {
      terminal.opened();
    }
  }

  Terminal terminal() {
    return terminal;
  }

  @Override
  Kind kind() {
    return Kind.TERMINAL;
  }

  @Override
  Outcome hindrance(FileContext ctx, Call call, boolean writes) {
    return writes && !terminal.stopsWriters()
        ? null
        : TerminalCalls.background(ctx, call, terminal, writes);
  }

  @Override
  long patienceNanos() {
    return terminal.patienceNanos();
  }

  @Override
  int read(byte[] into, int from, int count) {
    return terminal.read(into, from, count, false);
  }

  @Override
  int readLate(byte[] into, int from, int count) {
    return terminal.read(into, from, count, true);
  }

  @Override
  int write(FileContext by, byte[] data, int from, int count) {
    return terminal.write(data, from, count);
  }

  @Override
  int available() {
    return terminal.available();
  }

  @Override
  int poll() {
    int ready = terminal.ready() ? PollMask.IN | PollMask.RDNORM : 0;
    ready |= terminal.hasRoom() ? PollMask.OUT | PollMask.WRNORM : 0;
    return terminal.hungUp() ? ready | PollMask.HUP | PollMask.ERR : ready;
  }

  @Override
  WaitChannel readable() {
    return terminal.readable();
  }

  @Override
  WaitChannel writable() {
    return terminal.writable();
  }

  @Override
  Outcome control(FileContext ctx, Call call) {
    return TerminalCalls.control(ctx, call, terminal);
  }

  @Override
  void close() {
    super.close();
    terminal.closed();
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    int number = walk.i32("terminal", walk.reading() ? 0 : terminal.number());
    terminal = node.terminals().get(number);
  }
}
