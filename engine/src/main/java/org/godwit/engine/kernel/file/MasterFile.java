package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.state.Walk;

/** The master end of a pseudo terminal, as opening {@code /dev/ptmx} gives it (ptmx(4)). */
final class MasterFile extends InodeFile {
  private Terminal terminal;

  MasterFile(NodeFiles node, int flags, Inode inode, Terminal terminal) {
    super(node, flags, inode);
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  @Override
  Kind kind() {
    return Kind.MASTER;
  }

  @Override
  int read(byte[] into, int from, int count) {
    return terminal.masterRead(into, from, count);
  }

  @Override
  int write(FileContext by, byte[] data, int from, int count) {
    return terminal.masterWrite(data, from, count);
  }

  @Override
  int available() {
    return terminal.unread();
  }

  @Override
  int poll() {
    int ready = terminal.masterReady() ? PollMask.IN | PollMask.RDNORM : 0;
    ready |= terminal.masterHasRoom() ? PollMask.OUT | PollMask.WRNORM : 0;
    ready |= terminal.hasNews() ? PollMask.PRI : 0;
    return terminal.left() ? ready | PollMask.HUP : ready;
  }

  @Override
  WaitChannel readable() {
    return terminal.masterReadable();
  }

  @Override
  WaitChannel writable() {
    return terminal.masterWritable();
  }

  @Override
  Outcome control(FileContext ctx, Call call) {
    return TerminalCalls.controlMaster(ctx, call, terminal);
  }

  @Override
  void close() {
    super.close();
    terminal.masterClosed();
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    int number = walk.i32("terminal", walk.reading() ? 0 : terminal.number());
    terminal = node.terminals().get(number);
  }
}
