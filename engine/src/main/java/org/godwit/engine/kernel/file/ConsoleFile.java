package org.godwit.engine.kernel.file;

import java.util.Arrays;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/** A descriptor on a console: to programs, something like a pipe. */
final class ConsoleFile extends OpenFile {
  private Console console;

  /** 1 for standard output and input, 2 for error. */
  private int descriptorKind;

  ConsoleFile(NodeFiles node, int flags, Console console, int descriptorKind) {
    super(node, flags);
    this.console = console;
    this.descriptorKind = descriptorKind;
  }

  @Override
  Kind kind() {
    return Kind.CONSOLE;
  }

  @Override
  int read(byte[] into, int from, int count) {
    return console.read(into, from, count);
  }

  @Override
  int write(FileContext by, byte[] data, int from, int count) {
    return count == 0
        ? 0
        : console.write(by.pid(), descriptorKind, Arrays.copyOfRange(data, from, from + count));
  }

  @Override
  int available() {
    return console.available();
  }

  @Override
  int poll() {
    int input = console.ready() ? PollMask.IN | PollMask.RDNORM : 0;
    return input | PollMask.OUT | PollMask.WRNORM;
  }

  @Override
  WaitChannel readable() {
    return console.readable;
  }

  @Override
  String name() {
    return "pipe:[console " + console.id() + "]";
  }

  @Override
  FileStatus status() {
    return FileStatus.anonymous(console.id(), FileMode.FIFO | 0600, node.calendarNanos());
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    int id = walk.i32("console", walk.reading() ? 0 : console.id());
    console = node.console(id);
    descriptorKind = walk.i32("descriptorKind", descriptorKind);
  }
}
