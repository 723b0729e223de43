package org.godwit.engine.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.file.DescriptorDirectory;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.kernel.proc.SyntheticEntry;
import org.godwit.engine.kernel.proc.SyntheticFile;
import org.godwit.engine.kernel.proc.SyntheticLink;
import org.godwit.engine.memory.Area;
import org.godwit.model.StayEvidence;
import org.godwit.model.command.Command;
import org.godwit.model.event.MoveCause;

/**
 * /proc of one node: a directory for each process whose home it is, with openMosix's files beside
 * Linux's (reference section 3.1). What only the body knows is shown as it was when it left, or not
 * at all, while it is away.
 */
public final class ProcFiles {
  private final Kernel kernel;

  private ProcFiles(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The directory to be mounted as /proc. */
  public static SyntheticDirectory of(Kernel kernel) {
    return new ProcFiles(kernel).root();
  }

  private SyntheticDirectory root() {
    return new SyntheticDirectory() {
      @Override
      public SyntheticEntry lookup(String name) {
        if (name.equals("self")) {
          return self();
        }
        if (name.equals("uptime")) {
          return readOnly(ProcFiles.this::uptime);
        }
        if (name.equals("meminfo")) {
          return readOnly(ProcFiles.this::memory);
        }
        Process process = kernel.process(number(name));
        return process == null ? null : process(process);
      }

      @Override
      public List<String> names() {
        List<String> names = new ArrayList<>(List.of("meminfo", "self", "uptime"));
        kernel.processes().forEach(each -> names.add(Integer.toString(each.id().pid())));
        return names;
      }
    };
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static SyntheticLink self() {
    return pid -> Integer.toString(pid);
  }

  private String uptime() {
    return String.format(
        Locale.ROOT,
        "%d.%02d 0.00\n",
        kernel.now() / 1_000_000_000L,
        kernel.now() / 10_000_000 % 100);
  }

  private String memory() {
    return String.format(
        Locale.ROOT,
        "MemTotal: %8d kB\nMemFree:  %8d kB\n",
        kernel.frames().capacity() * 4,
        kernel.frames().free() * 4);
  }

  // ---------------------------------------------------------------- one process

  private SyntheticDirectory process(Process process) {
    TreeMap<String, SyntheticEntry> files = new TreeMap<>();
    files.put("cantmove", readOnly(() -> reasons(process)));
    files.put(
        "lock", readWrite(() -> process.locked() ? "1\n" : "0\n", data -> lock(process, data)));
    files.put("nmigs", readOnly(() -> process.migrations() + "\n"));
    files.put("where", readOnly(() -> where(process) + "\n"));
    files.put("goto", readWrite(() -> where(process) + "\n", data -> move(process, data)));
    files.put("migrate", readWrite(() -> where(process) + "\n", data -> move(process, data)));
    files.put("cmdline", readOnly(() -> commandLine(process)));
    files.put("status", readOnly(() -> status(process)));
    files.put("maps", readOnly(() -> maps(process)));
    files.put("exe", exe(process));
    files.put("fd", new DescriptorDirectory(process.files()));
    files.put("cwd", cwd(process));
    return new SyntheticDirectory() {
      @Override
      public SyntheticEntry lookup(String name) {
        return files.get(name);
      }

      @Override
      public List<String> names() {
        return List.copyOf(files.keySet());
      }
    };
  }

  private static SyntheticLink cwd(Process process) {
    return pid -> process.files().directoryPath();
  }

  private static SyntheticLink exe(Process process) {
    return pid -> process.executable();
  }

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

  private int lock(Process process, byte[] data) {
    String text = new String(data, ISO_8859_1).strip();
    if (!text.equals("0") && !text.equals("1")) {
      return Errno.EINVAL;
    }
    kernel.lock(process, text.equals("1"));
    return 0;
  }

  /** A node number, {@code home} or 0, {@code balance} or −1. */
  private int move(Process process, byte[] data) {
    String text = new String(data, ISO_8859_1).strip();
    int to =
        switch (text) {
          case "home" -> Command.Migrate.HOME;
          case "balance", "-1" -> Command.Migrate.BALANCE;
          default -> number(text);
        };
    if (to < 0 && to != Command.Migrate.BALANCE || to > 65_535) {
      return Errno.EINVAL;
    }
    kernel.ports().requestMove(process, to, MoveCause.PROC_FILE);
    return 0;
  }

  private static String commandLine(Process process) {
    StringBuilder text = new StringBuilder("/bin/" + process.program()).append('\0');
    process.arguments().forEach(each -> text.append(each).append('\0'));
    return text.toString();
  }

  private String status(Process process) {
    Body body = kernel.body(process.id());
    StringBuilder text = new StringBuilder();
    line(text, "Name", process.program());
    line(text, "State", state(process, body));
    line(text, "Pid", process.id().pid());
    line(text, "PPid", process.parent());
    line(text, "Uid", process.files().credentials().uid());
    line(text, "Gid", process.files().credentials().gid());
    if (body != null) {
      line(text, "VmRSS", body.memory().residentPages() * 4 + " kB");
    }
    line(text, "Threads", process.tasks());
    return text.toString();
  }

  private static String state(Process process, Body body) {
    if (!process.alive()) {
      return "Z (zombie)";
    }
    if (body == null || body.runnable() > 0) {
      return "R (running)";
    }
    return "S (sleeping)";
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(":\t").append(value).append('\n');
  }

  private String maps(Process process) {
    Body body = kernel.body(process.id());
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

  // ---------------------------------------------------------------- files made of functions

  private static SyntheticFile readOnly(Supplier<String> content) {
    return () -> content.get().getBytes(ISO_8859_1);
  }

  private static SyntheticFile readWrite(Supplier<String> content, ToIntFunction<byte[]> write) {
    return new SyntheticFile() {
      @Override
      public byte[] read() {
        return content.get().getBytes(ISO_8859_1);
      }

      @Override
      public int write(byte[] data) {
        return write.applyAsInt(data);
      }

      @Override
      public int mode() {
        return 0644;
      }
    };
  }
}
