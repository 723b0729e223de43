package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.proc.ProcRow.readable;
import static org.godwit.engine.kernel.proc.ProcRow.writable;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.kernel.file.DescriptorDirectory;
import org.godwit.engine.kernel.proc.ProcNumber;
import org.godwit.engine.kernel.proc.ProcRow;
import org.godwit.engine.kernel.proc.RowDirectory;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.kernel.proc.SyntheticLink;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.memory.Area;
import org.godwit.model.StayEvidence;
import org.godwit.model.command.Command;
import org.godwit.model.event.MoveCause;

/**
 * /proc/PID of a process whose home is here: openMosix's files (reference section 3.1) beside
 * Linux's (proc(5)). What only the body knows is shown as it was when it left.
 */
public final class ProcessFiles {
  /** A process and the kernel that is its home's. */
  record Seen(Kernel kernel, Process process) {
    Body body() {
      return kernel.body(process.id());
    }

    /** CPU time used, clock ticks. */
    long ticks() {
      return cpuNanos() / TICK_NANOS;
    }

    /** CPU time used. */
    long cpuNanos() {
      Body body = body();
      return !process.alive()
          ? process.ending().cpuNanos()
          : body == null ? process.leftWith().cpuNanos() : body.cpuNanos(kernel.now());
    }

    int urgency() {
      Body body = body();
      return body == null || body.tasks().isEmpty() ? 0 : body.tasks().getFirst().urgency();
    }

    int policy() {
      Body body = body();
      return body == null || body.tasks().isEmpty() ? 0 : body.tasks().getFirst().policy();
    }

    int residentPages() {
      Body body = body();
      return !process.alive()
          ? 0
          : body == null ? process.leftWith().residentPages() : body.memory().residentPages();
    }

    long bytes() {
      Body body = body();
      return !process.alive() ? 0 : body == null ? process.leftWith().bytes() : bytes(body);
    }

    static long bytes(Body body) {
      long sum = 0;
      for (Area area : body.memory().areas()) {
        sum += area.length();
      }
      return sum;
    }
  }

  /** USER_HZ: the unit of times in stat. */
  static final long TICK_NANOS = 10_000_000L;

  private static final int MOST_NODES = 65_535;
  private static final int PAGE = 4096;

  /** The files, in the order of their names. */
  static final List<ProcRow<Seen>> ROWS =
      List.of(
          readable("cantmove", "", (seen, reader) -> reasons(seen.process)),
          readable("cmdline", "", (seen, reader) -> list(seen.process.commandLine())),
          readable("comm", "", (seen, reader) -> seen.process.program() + "\n"),
          new ProcRow<>(
              "environ",
              0400,
              "",
              (seen, reader) -> list(seen.process.environment()),
              (seen, text, writer) -> Errno.EACCES),
          writable(
              "goto", "node", (seen, reader) -> where(seen.process) + "\n", ProcessFiles::move),
          writable(
              "lock",
              "0 or 1",
              (seen, reader) -> seen.process.locked() ? "1\n" : "0\n",
              ProcessFiles::lock),
          readable("maps", "", (seen, reader) -> maps(seen)),
          writable(
              "migfilter",
              "0 or 1",
              (seen, reader) -> flag(seen.process.steering().filtered()),
              (seen, text, writer) -> switched(seen, text, seen.process.steering()::filtered)),
          writable(
              "mignodes",
              "bits",
              (seen, reader) -> seen.process.steering().nodes() + "\n",
              ProcessFiles::mask),
          writable(
              "migpolicy",
              "0 or 1",
              (seen, reader) -> flag(seen.process.steering().allows()),
              (seen, text, writer) -> switched(seen, text, seen.process.steering()::allows)),
          writable(
              "migrate", "node", (seen, reader) -> where(seen.process) + "\n", ProcessFiles::move),
          readable("nmigs", "migrations", (seen, reader) -> seen.process.migrations() + "\n"),
          readable("om/debug", "hexadecimal flags", (seen, reader) -> debug(seen)),
          readable("om/stay", "", (seen, reader) -> reasons(seen.process)),
          writable("om/where", "node", (seen, reader) -> named(seen.process), ProcessFiles::move),
          writable(
              "selected",
              "node",
              (seen, reader) -> seen.process.selected() + "\n",
              ProcessFiles::select),
          readable("stat", "", (seen, reader) -> stat(seen)),
          readable("statm", "pages", (seen, reader) -> statm(seen)),
          readable("status", "", (seen, reader) -> status(seen)),
          readable("where", "node", (seen, reader) -> where(seen.process) + "\n"));

  private ProcessFiles() {}

  /** The rows, for the page that describes them. */
  public static List<ProcRow<?>> rows() {
    return List.copyOf(ROWS);
  }

  static SyntheticDirectory of(Kernel kernel, Process process) {
    Credentials owner = process.files().credentials();
    SyntheticLink cwd = pid -> process.files().directoryPath();
    SyntheticLink exe = pid -> process.executable();
    SyntheticLink root = pid -> "/";
    return new RowDirectory<>(new Seen(kernel, process), ROWS, owner.euid(), owner.egid())
        .with("cwd", cwd)
        .with("exe", exe)
        .with("root", root)
        .with("fd", new DescriptorDirectory(process.files()));
  }

  // ---------------------------------------------------------------- openMosix

  private static String reasons(Process process) {
    StringBuilder text = new StringBuilder();
    for (StayEvidence each : process.reasons()) {
      text.append(each.reason().word()).append('\n');
    }
    return text.toString();
  }

  /** Node that runs it; 0 is home (reference section 3.1). */
  private static int where(Process process) {
    return process.where() == process.id().home() ? 0 : process.where();
  }

  private static String named(Process process) {
    return where(process) == 0 ? "home\n" : where(process) + "\n";
  }

  /** Bits of the 2.6 port: DDEPUTY 1 while it is away, DPASSING 0x80 while it moves. */
  private static String debug(Seen seen) {
    Process process = seen.process;
    int reasons = process.locked() ? 0x8000_0000 : 0;
    for (StayEvidence each : process.reasons()) {
      reasons |= each.reason().bit();
    }
    int flags = (where(process) == 0 ? 0 : 1) | (process.held() ? 0x80 : 0);
    return String.format(Locale.ROOT, "dflags: 0x%08x\nstay:   0x%08x\n", flags, reasons);
  }

  private static int lock(Seen seen, String text, int writer) {
    long value = ProcNumber.of(text, 0, 1);
    if (value == ProcNumber.NONE) {
      return Errno.EINVAL;
    }
    seen.kernel.lockByFile(seen.process, value == 1, writer);
    return 0;
  }

  /** A node number, {@code home} or 0, {@code balance} or −1. */
  private static int move(Seen seen, String text, int writer) {
    long to =
        switch (text) {
          case "home" -> Command.Migrate.HOME;
          case "balance" -> Command.Migrate.BALANCE;
          default -> ProcNumber.of(text, Command.Migrate.BALANCE, MOST_NODES);
        };
    if (to == ProcNumber.NONE) {
      return Errno.EINVAL;
    }
    if (!seen.process.alive()) {
      return Errno.ESRCH;
    }
    seen.kernel.ports().requestMove(seen.process, (int) to, MoveCause.PROC_FILE);
    return 0;
  }

  private interface Switched {
    Steering with(boolean value);
  }

  private static int switched(Seen seen, String text, Switched change) {
    long value = ProcNumber.of(text, 0, 1);
    if (value == ProcNumber.NONE) {
      return Errno.EINVAL;
    }
    seen.kernel.steer(seen.process, change.with(value == 1));
    return 0;
  }

  /** The mask, decimal or with 0x before it. */
  private static int mask(Seen seen, String text, int writer) {
    boolean hexadecimal = text.startsWith("0x");
    String digits = hexadecimal ? text.substring(2) : text;
    if (!digits.matches(hexadecimal ? "[0-9a-fA-F]{1,16384}" : "[0-9]{1,19728}")) {
      return Errno.EINVAL;
    }
    BigInteger nodes = new BigInteger(digits, hexadecimal ? 16 : 10);
    if (nodes.bitLength() > MOST_NODES) {
      return Errno.EINVAL;
    }
    seen.kernel.steer(seen.process, seen.process.steering().nodes(nodes));
    return 0;
  }

  private static int select(Seen seen, String text, int writer) {
    long node = ProcNumber.of(text, 0, MOST_NODES);
    if (node == ProcNumber.NONE) {
      return Errno.EINVAL;
    }
    seen.process.selected((int) node);
    return 0;
  }

  private static String flag(boolean value) {
    return value ? "1\n" : "0\n";
  }

  // ---------------------------------------------------------------- Linux

  /** Strings with a zero after each, as cmdline and environ have them. */
  private static String list(List<String> strings) {
    StringBuilder text = new StringBuilder();
    strings.forEach(each -> text.append(each).append('\0'));
    return text.toString();
  }

  /** proc_pid_stat(5): 52 fields; what has no meaning here is 0. */
  private static String stat(Seen seen) {
    Process process = seen.process;
    long ticks = seen.ticks();
    Terminal terminal = seen.kernel.files().terminals().of(process.session());
    String comm = process.program();
    return String.format(
        Locale.ROOT,
        "%d (%s) %c %d %d %d %d %d 0 0 0 0 0 %d 0 %d 0 %d %d %d 0 %d %d %d %d"
            + " 0 0 0 0 0 0 0 0 0 0 0 0 %d %d %d %d 0 0 0 0 0 0 0 0 0 0 %d\n",
        process.id().pid(),
        comm.length() > 15 ? comm.substring(0, 15) : comm,
        state(seen).charAt(0),
        process.parent(),
        process.group(),
        process.session(),
        terminal == null ? 0 : terminalNumber(terminal.number()),
        terminal == null ? -1 : terminal.foreground(),
        ticks,
        process.childrenNanos() / TICK_NANOS,
        20 + process.nice(),
        process.nice(),
        process.alive() ? process.tasks() : 0,
        process.startedNanos() / TICK_NANOS,
        seen.bytes(),
        seen.residentPages(),
        -1,
        17,
        0,
        seen.urgency(),
        seen.policy(),
        process.alive() ? 0 : process.ending().waitStatus());
  }

  /** The device number of terminal N (pts(4)), as stat(2) packs it. */
  private static int terminalNumber(int number) {
    return 136 << 8 | number & 0xff | (number & ~0xff) << 12;
  }

  /** proc_pid_statm(5): size, resident, shared, text, lib, data, dirty; pages. */
  private static String statm(Seen seen) {
    long text = 0;
    long data = 0;
    Body body = seen.body();
    if (body != null) {
      for (Area area : body.memory().areas()) {
        if (area.executable()) {
          text += area.length() / PAGE;
        } else if (area.writable() && !area.shared()) {
          data += area.length() / PAGE;
        }
      }
    }
    return String.format(
        Locale.ROOT, "%d %d 0 %d 0 %d 0\n", seen.bytes() / PAGE, seen.residentPages(), text, data);
  }

  private static String status(Seen seen) {
    Process process = seen.process;
    Credentials who = process.files().credentials();
    StringBuilder text = new StringBuilder();
    line(text, "Name", process.program());
    line(text, "State", state(seen));
    line(text, "Tgid", process.id().pid());
    line(text, "Pid", process.id().pid());
    line(text, "PPid", process.parent());
    line(text, "Uid", ids(who.uid(), who.euid(), who.suid()));
    line(text, "Gid", ids(who.gid(), who.egid(), who.sgid()));
    line(text, "VmSize", seen.bytes() / 1024 + " kB");
    line(text, "VmLck", process.mappings().locked().bytes() / 1024 + " kB");
    line(text, "VmRSS", seen.residentPages() * 4 + " kB");
    line(text, "Threads", process.alive() ? process.tasks() : 0);
    Body body = seen.body();
    if (body != null && !body.tasks().isEmpty()) {
      Task first = body.tasks().getFirst();
      line(text, "SigPnd", set(first.signals().bits()));
      line(text, "ShdPnd", set(body.shared().bits()));
      line(text, "SigBlk", set(first.mask()));
      line(text, "SigIgn", set(body.handlers().ignored()));
      line(text, "SigCgt", set(body.handlers().caught()));
    }
    return text.toString();
  }

  private static String set(long bits) {
    return String.format(Locale.ROOT, "%016x", bits);
  }

  private static String ids(int real, int effective, int saved) {
    return real + "\t" + effective + "\t" + saved + "\t" + effective;
  }

  private static String state(Seen seen) {
    if (!seen.process.alive()) {
      return "Z (zombie)";
    }
    Body body = seen.body();
    if (body == null) {
      boolean sleeps = !seen.process.pending().isEmpty() || seen.process.asleepAway();
      return sleeps ? "S (sleeping)" : "R (running)";
    }
    if (body.tasks().stream().allMatch(Task::stopped)) {
      return "T (stopped)";
    }
    boolean runs = body.runnable() > 0 || body.tasks().stream().anyMatch(t -> serves(seen, t));
    return runs ? "R (running)" : "S (sleeping)";
  }

  /** Whether a task is in the kernel without waiting there, as one is that reads this file. */
  private static boolean serves(Seen seen, Task task) {
    return task.waiting() instanceof TaskWait.AtHome && seen.process.pending(task.tid()) == null;
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(":\t").append(value).append('\n');
  }

  private static String maps(Seen seen) {
    Body body = seen.body();
    StringBuilder text = new StringBuilder();
    if (body != null) {
      for (Area area : body.memory().areas()) {
        text.append(
            String.format(
                Locale.ROOT,
                "%08x-%08x %s%s%s%s %08x 00:00 0%s\n",
                area.start(),
                area.end(),
                area.readable() ? "r" : "-",
                area.writable() ? "w" : "-",
                area.executable() ? "x" : "-",
                area.shared() ? "s" : "p",
                area.offset(),
                area.name().isEmpty() ? "" : "                          " + area.name()));
      }
    }
    return text.toString();
  }
}
