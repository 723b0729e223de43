package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SortedMap;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.tty.JobPort;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.kernel.tty.Termios;

/**
 * What ioctl(2) does to terminals (ioctl_tty(2)) and how they keep background jobs off. Left out:
 * modem lines, line disciplines other than N_TTY.
 */
final class TerminalCalls {
  static final int TCGETS = 0x5401;
  static final int TCSETS = 0x5402;
  static final int TCSETSF = 0x5404;
  private static final int TCSBRK = 0x5409;
  private static final int TCXONC = 0x540a;
  private static final int TCFLSH = 0x540b;
  private static final int TIOCSCTTY = 0x540e;
  private static final int TIOCGPGRP = 0x540f;
  private static final int TIOCSPGRP = 0x5410;
  private static final int TIOCOUTQ = 0x5411;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int TIOCSWINSZ = 0x5414;
  private static final int TIOCSTI = 0x5412;
  private static final int TIOCPKT = 0x5420;
  private static final int TIOCGPKT = 0x8004_5438;
  private static final int TIOCNOTTY = 0x5422;
  private static final int TIOCGETD = 0x5424;
  private static final int TCSBRKP = 0x5425;
  private static final int TIOCGSID = 0x5429;
  private static final int TIOCGPTN = 0x8004_5430;
  private static final int TIOCSPTLCK = 0x4004_5431;
  private static final int TIOCGPTLCK = 0x8004_5439;
  private static final int TIOCGPTPEER = 0x5441;
  private static final int TIOCGEXCL = 0x8004_5440;

  private static final int SIGTTIN = 21;
  private static final int SIGTTOU = 22;
  private static final int WINDOW_BYTES = 8;
  private static final int O_NOCTTY = 0400;

  private TerminalCalls() {}

  /** Kinds of the third argument. */
  static void requests(SortedMap<Integer, Arg> requests) {
    requests.put(TCGETS, new Arg.Out("termios", -1, Termios.BYTES));
    for (int set = TCSETS; set <= TCSETSF; set++) {
      requests.put(set, new Arg.In("termios", -1, Termios.BYTES));
    }
    requests.put(TIOCGWINSZ, new Arg.Out("winsize", -1, WINDOW_BYTES));
    requests.put(TIOCSWINSZ, new Arg.In("winsize", -1, WINDOW_BYTES));
    requests.put(TIOCGPGRP, new Arg.Out("pgrp", -1, 4));
    requests.put(TIOCSPGRP, new Arg.In("pgrp", -1, 4));
    requests.put(TIOCGSID, new Arg.Out("sid", -1, 4));
    requests.put(TIOCOUTQ, new Arg.Out("bytes", -1, 4));
    requests.put(TIOCGETD, new Arg.Out("discipline", -1, 4));
    requests.put(TIOCGPTN, new Arg.Out("number", -1, 4));
    requests.put(TIOCSPTLCK, new Arg.In("lock", -1, 4));
    requests.put(TIOCGPTLCK, new Arg.Out("lock", -1, 4));
    requests.put(TIOCSTI, new Arg.In("byte", -1, 1));
    requests.put(TIOCPKT, new Arg.In("on", -1, 4));
    requests.put(TIOCGPKT, new Arg.Out("on", -1, 4));
    requests.put(TIOCGEXCL, new Arg.Out("exclusive", -1, 4));
  }

  // ---------------------------------------------------------------- opening

  /** A new pair; the descriptor is its master. */
  static OpenFile openMaster(FileContext ctx, DeviceNode device, int flags) {
    Terminal terminal = ctx.node().terminals().open();
    ctx.node().tree().terminal(terminal, ctx.credentials());
    return new MasterFile(ctx.node(), flags, device, terminal);
  }

  /** The terminal end; a session leader without a terminal gets it as its own (tty(4)). */
  static Outcome openTerminal(FileContext ctx, DeviceNode device, int flags, int kept) {
    Terminal terminal = ctx.node().terminals().get(device.minor());
    if (terminal == null || terminal.hungUp() || terminal.locked()) {
      return Outcome.error(terminal == null ? Errno.ENXIO : Errno.EIO);
    }
    if ((flags & O_NOCTTY) == 0) {
      JobPort jobs = terminal.jobs();
      int session = jobs.session(ctx.pid());
      boolean leads = session != 0 && session == ctx.pid();
      if (leads && terminal.session() == 0 && ctx.node().terminals().of(session) == null) {
        terminal.control(session, jobs.group(ctx.pid()));
      }
    }
    Outcome opened =
        OpenCalls.install(ctx, new TerminalFile(ctx.node(), kept, device, terminal), flags);
    ctx.node().opened(terminal, ctx.pid());
    return opened;
  }

  /** {@code /dev/tty}: the controlling terminal; ENXIO without one. */
  static Outcome openOwn(FileContext ctx, DeviceNode device, int flags, int kept) {
    Terminal terminal = own(ctx);
    return terminal == null
        ? Outcome.error(Errno.ENXIO)
        : OpenCalls.install(ctx, new TerminalFile(ctx.node(), kept, device, terminal), flags);
  }

  private static Terminal own(FileContext ctx) {
    return ctx.node().terminals().of(ctx.node().terminals().jobs().session(ctx.pid()));
  }

  // ---------------------------------------------------------------- job control

  /**
   * What stands against a call of a background job: nothing (null), EIO, or a wait that the signal
   * to its group interrupts (POSIX, "Terminal access control").
   */
  static Outcome background(FileContext ctx, Call call, Terminal terminal, boolean writes) {
    JobPort jobs = terminal.jobs();
    int group = jobs.group(ctx.pid());
    if (!terminal.inBackground(jobs.session(ctx.pid()), group)) {
      return null;
    }
    int signal = writes ? SIGTTOU : SIGTTIN;
    if (call.shuns(signal)) {
      return writes ? null : Outcome.error(Errno.EIO);
    }
    if (jobs.orphaned(group)) {
      return Outcome.error(Errno.EIO);
    }
    jobs.signalGroup(group, signal);
    return new Outcome.Wait(List.of(), Long.MAX_VALUE);
  }

  // ---------------------------------------------------------------- ioctl

  static Outcome control(FileContext ctx, Call call, Terminal terminal) {
    int request = call.integer(1);
    boolean changes =
        request >= TCSETS && request <= TCSETSF
            || request == TIOCSPGRP
            || request == TCFLSH
            || request == TCXONC
            || request == TCSBRK
            || request == TCSBRKP;
    if (changes) {
      Outcome hindrance = background(ctx, call, terminal, true);
      if (hindrance != null) {
        return hindrance;
      }
    }
    return switch (request) {
      case TCXONC -> flow(call, terminal);
      case TIOCSCTTY -> take(ctx, call, terminal);
      case TIOCNOTTY -> giveUp(ctx, terminal);
      case TIOCGPGRP ->
          terminal == own(ctx) ? number(call, terminal.foreground()) : Outcome.error(Errno.ENOTTY);
      case TIOCSPGRP -> toForeground(ctx, call, terminal);
      case TIOCSTI -> simulate(ctx, call, terminal);
      case TIOCGSID ->
          terminal == own(ctx) ? number(call, terminal.session()) : Outcome.error(Errno.ENOTTY);
      default -> common(call, terminal, false);
    };
  }

  static Outcome controlMaster(FileContext ctx, Call call, Terminal terminal) {
    return switch (call.integer(1)) {
      case TIOCGPTN -> number(call, terminal.number());
      case TIOCSPTLCK -> {
        terminal.locked(DescriptorCalls.integer(call.in(2)) != 0);
        yield Outcome.done(0);
      }
      case TIOCGPTLCK -> number(call, terminal.locked() ? 1 : 0);
      case TIOCPKT -> {
        terminal.packets(DescriptorCalls.integer(call.in(2)) != 0);
        yield Outcome.done(0);
      }
      case TIOCGPKT -> number(call, terminal.packets() ? 1 : 0);
      case TIOCGPTPEER -> {
        Inode device = ctx.node().tree().find(terminal.device());
        int flags = call.integer(2);
        yield device instanceof DeviceNode node
            ? OpenCalls.install(
                ctx,
                new TerminalFile(ctx.node(), flags & ~(O_NOCTTY | 02000000), node, terminal),
                flags)
            : Outcome.error(Errno.EIO);
      }
      case TIOCGPGRP -> number(call, terminal.foreground());
      case TIOCGSID ->
          terminal.session() == 0 ? Outcome.error(Errno.ENOTTY) : number(call, terminal.session());
      default -> common(call, terminal, true);
    };
  }

  private static Outcome common(Call call, Terminal terminal, boolean master) {
    int request = call.integer(1);
    switch (request) {
      case TCGETS -> call.out(2, terminal.settings());
      case TCSETS, TCSETS + 1, TCSETSF -> terminal.settings(call.in(2), request == TCSETSF);
      case TIOCGWINSZ -> call.out(2, window(terminal));
      case TIOCSWINSZ -> {
        ByteBuffer size = ByteBuffer.wrap(call.in(2)).order(ByteOrder.LITTLE_ENDIAN);
        terminal.resize(
            size.getShort(0) & 0xffff,
            size.getShort(2) & 0xffff,
            size.getShort(4) & 0xffff,
            size.getShort(6) & 0xffff);
      }
      case TCFLSH -> {
        return flush(call, terminal, master);
      }
      case TIOCOUTQ -> {
        return number(call, master ? terminal.waiting() : terminal.unread());
      }
      case TIOCGETD, TIOCGEXCL -> {
        return number(call, 0);
      }
      case TCSBRK, TCSBRKP -> {}
      default -> {
        return Outcome.error(Errno.ENOTTY);
      }
    }
    return Outcome.done(0);
  }

  private static byte[] window(Terminal terminal) {
    ByteBuffer size = ByteBuffer.allocate(WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    size.putShort((short) terminal.rows()).putShort((short) terminal.columns());
    return size.putShort((short) terminal.pixelsWide())
        .putShort((short) terminal.pixelsHigh())
        .array();
  }

  private static Outcome number(Call call, int value) {
    call.out(2, DescriptorCalls.bytes(value));
    return Outcome.done(0);
  }

  /** TCIFLUSH, TCOFLUSH, TCIOFLUSH; the master's input is the terminal's output. */
  private static Outcome flush(Call call, Terminal terminal, boolean master) {
    int queue = call.integer(2);
    if (queue < 0 || queue > 2) {
      return Outcome.error(Errno.EINVAL);
    }
    if (!master) {
      terminal.flush(queue != 1, queue != 0);
      return Outcome.done(0);
    }
    if (queue != 0) {
      terminal.flushInput();
    }
    if (queue != 1) {
      terminal.flushOutput();
    }
    return Outcome.done(0);
  }

  /** TIOCSTI: types a byte, at the own terminal or as root at any. */
  private static Outcome simulate(FileContext ctx, Call call, Terminal terminal) {
    if (terminal != own(ctx) && !ctx.credentials().privileged()) {
      return Outcome.error(Errno.EPERM);
    }
    if (call.in(2) == null) {
      return Outcome.error(Errno.EFAULT);
    }
    terminal.simulate(call.in(2)[0]);
    return Outcome.done(0);
  }

  /** TCOOFF, TCOON; TCIOFF and TCION would send ^S and ^Q to the master. */
  private static Outcome flow(Call call, Terminal terminal) {
    int action = call.integer(2);
    if (action < 0 || action > 3) {
      return Outcome.error(Errno.EINVAL);
    }
    if (action < 2) {
      terminal.hold(action == 0);
    }
    return Outcome.done(0);
  }

  private static Outcome take(FileContext ctx, Call call, Terminal terminal) {
    JobPort jobs = terminal.jobs();
    int session = jobs.session(ctx.pid());
    boolean leads = session == ctx.pid();
    if (leads && terminal.session() == session) {
      return Outcome.done(0);
    }
    if (!leads || own(ctx) != null) {
      return Outcome.error(Errno.EPERM);
    }
    boolean steals = call.integer(2) == 1 && ctx.credentials().privileged();
    if (terminal.session() != 0 && !steals) {
      return Outcome.error(Errno.EPERM);
    }
    terminal.control(session, jobs.group(ctx.pid()));
    return Outcome.done(0);
  }

  /** TIOCNOTTY of a leader ends its session's hold; of others it is taken and has no effect. */
  private static Outcome giveUp(FileContext ctx, Terminal terminal) {
    if (terminal != own(ctx)) {
      return Outcome.error(Errno.ENOTTY);
    }
    if (terminal.session() == ctx.pid()) {
      terminal.leaderLeft();
    }
    return Outcome.done(0);
  }

  private static Outcome toForeground(FileContext ctx, Call call, Terminal terminal) {
    if (terminal != own(ctx)) {
      return Outcome.error(Errno.ENOTTY);
    }
    int group = DescriptorCalls.integer(call.in(2));
    if (group < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    int session = terminal.jobs().sessionOfGroup(group);
    if (session == 0) {
      return Outcome.error(Errno.ESRCH);
    }
    if (session != terminal.session()) {
      return Outcome.error(Errno.EPERM);
    }
    terminal.foreground(group);
    return Outcome.done(0);
  }
}
