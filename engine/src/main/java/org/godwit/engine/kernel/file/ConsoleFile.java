package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/** A descriptor on a console: a terminal (tty(4)) or, to programs, something like a pipe. */
final class ConsoleFile extends OpenFile {
  static final int TCGETS = 0x5401;
  static final int TCSETS = 0x5402;
  static final int TCSETSF = 0x5404;
  static final int TIOCGPGRP = 0x540f;
  static final int TIOCSPGRP = 0x5410;
  static final int TIOCGWINSZ = 0x5413;

  /** Bytes of the kernel's struct termios: four flag words, line, 19 control characters. */
  static final int TERMIOS_BYTES = 36;

  /** Bytes of struct winsize. */
  static final int WINDOW_BYTES = 8;

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
  int write(byte[] data, int from, int count) {
    if (count > 0) {
      console.write(descriptorKind, Arrays.copyOfRange(data, from, from + count));
    }
    return count;
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
    return console.terminal() ? "/dev/console" : "pipe:[console " + console.id() + "]";
  }

  @Override
  FileStatus status() {
    long now = node.calendarNanos();
    if (!console.terminal()) {
      return FileStatus.anonymous(console.id(), FileMode.FIFO | 0600, now);
    }
    long device = FileStatus.device(5, 1);
    int mode = FileMode.CHARACTER | 0620;
    return new FileStatus(
        FileStatus.ANONYMOUS_DEVICE, console.id(), mode, 1, 0, 5, device, 0, 0, now, now, now);
  }

  /** What ioctl_tty(2) says of a terminal in canonical mode; settings are taken and ignored. */
  @Override
  Outcome control(Call call) {
    if (!console.terminal()) {
      return Outcome.error(Errno.ENOTTY);
    }
    int request = call.integer(1);
    if (request >= TCSETS && request <= TCSETSF) {
      return Outcome.done(0);
    }
    if (request == TCGETS) {
      call.out(2, termios());
      return Outcome.done(0);
    }
    if (request == TIOCGWINSZ) {
      ByteBuffer size = ByteBuffer.allocate(WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      size.putShort((short) console.rows()).putShort((short) console.columns());
      call.out(2, size.array());
      return Outcome.done(0);
    }
    if (request == TIOCGPGRP) {
      call.out(2, DescriptorCalls.bytes(console.foreground()));
      return Outcome.done(0);
    }
    if (request == TIOCSPGRP) {
      console.foreground(DescriptorCalls.integer(call.in(2)));
      return Outcome.done(0);
    }
    return Outcome.error(Errno.ENOTTY);
  }

  /** Linux's defaults (include/linux/tty.h, tty_std_termios; asm-generic/termios.h, INIT_C_CC). */
  private static byte[] termios() {
    ByteBuffer to = ByteBuffer.allocate(TERMIOS_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(0x500).putInt(0x5).putInt(0x4bf).putInt(0x8a3b).put((byte) 0);
    to.put(
        new byte[] {3, 0x1c, 0x7f, 0x15, 4, 0, 1, 0, 0x11, 0x13, 0x1a, 0, 0x12, 0xf, 0x17, 0x16});
    return to.array();
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    int id = walk.i32("console", walk.reading() ? 0 : console.id());
    console = node.console(id);
    descriptorKind = walk.i32("descriptorKind", descriptorKind);
  }
}
