package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.proc.ProcRow.readable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.godwit.engine.kernel.proc.ProcNumber;
import org.godwit.engine.kernel.proc.ProcRow;
import org.godwit.engine.kernel.proc.RowDirectory;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.kernel.proc.SyntheticEntry;
import org.godwit.engine.kernel.proc.SyntheticLink;

/**
 * /proc of one node: a directory for each process whose home it is, what Linux tells of the machine
 * (proc(5)), and {@code hpc}, which comes from above the kernel.
 */
public final class ProcFiles {
  /** A node, as /proc sees it. */
  record Machine(Kernel kernel, NodeFigures figures) {}

  private static final long SECOND = 1_000_000_000L;

  /** The files of the machine, in the order of their names. */
  static final List<ProcRow<Machine>> ROWS =
      List.of(
          readable("cpuinfo", "", (machine, reader) -> cpus(machine)),
          readable("filesystems", "", (machine, reader) -> "nodev\tproc\nnodev\tmfs\n\text2\n"),
          readable("loadavg", "processes", (machine, reader) -> load(machine)),
          readable("meminfo", "kB", (machine, reader) -> memory(machine)),
          readable(
              "mounts",
              "",
              (machine, reader) ->
                  "/dev/root / ext2 rw 0 0\n"
                      + "proc /proc proc rw 0 0\n"
                      + "mfs_mnt /mfs mfs rw,dfsa="
                      + (machine.kernel.dfsa().mounted() ? 1 : 0)
                      + " 0 0\n"),
          readable("stat", "1/100 s", (machine, reader) -> stat(machine)),
          readable(
              "sys/kernel/hostname",
              "",
              (machine, reader) -> machine.kernel.settings().hostName() + "\n"),
          readable(
              "sys/kernel/osrelease",
              "",
              (machine, reader) -> IdentityCalls.release(machine.kernel) + "\n"),
          readable("sys/kernel/ostype", "", (machine, reader) -> "Linux\n"),
          readable("uptime", "s", (machine, reader) -> uptime(machine)),
          readable("version", "", (machine, reader) -> version(machine)));

  private ProcFiles() {}

  /** The rows of the machine, for the page that describes them. */
  public static List<ProcRow<?>> rows() {
    return List.copyOf(ROWS);
  }

  /** The directory to be mounted as /proc. */
  public static SyntheticDirectory of(Kernel kernel, NodeFigures figures, SyntheticDirectory hpc) {
    SyntheticLink self = pid -> Integer.toString(pid);
    RowDirectory<Machine> fixed =
        new RowDirectory<>(new Machine(kernel, figures), ROWS).with("self", self).with("hpc", hpc);
    return new SyntheticDirectory() {
      @Override
      public SyntheticEntry lookup(String name) {
        SyntheticEntry entry = fixed.lookup(name);
        if (entry != null) {
          return entry;
        }
        long pid = ProcNumber.of(name, 1, Integer.MAX_VALUE);
        Process process = pid == ProcNumber.NONE ? null : kernel.process((int) pid);
        return process == null || process.gone() ? null : ProcessFiles.of(kernel, process);
      }

      @Override
      public List<String> names() {
        List<String> names = new ArrayList<>(fixed.names());
        for (Process each : kernel.processes()) {
          if (!each.gone()) {
            names.add(Integer.toString(each.id().pid()));
          }
        }
        return names;
      }
    };
  }

  private static String uptime(Machine machine) {
    long now = machine.kernel.now();
    return hundredths(now) + " " + hundredths(idle(machine)) + "\n";
  }

  private static String hundredths(long nanos) {
    return String.format(
        Locale.ROOT, "%d.%02d", nanos / SECOND, nanos / ProcessFiles.TICK_NANOS % 100);
  }

  private static long idle(Machine machine) {
    int cpus = machine.kernel.settings().cpus();
    long idle = 0;
    for (int i = 0; i < cpus; i++) {
      idle += idle(machine, i);
    }
    return idle;
  }

  private static long idle(Machine machine, int cpu) {
    return Math.max(0, machine.kernel.now() - machine.figures.busyNanos(cpu));
  }

  private static String memory(Machine machine) {
    long total = machine.kernel.frames().capacity() * 4;
    long free = machine.kernel.frames().free() * 4;
    StringBuilder text = new StringBuilder();
    kilobytes(text, "MemTotal", total);
    kilobytes(text, "MemFree", free);
    kilobytes(text, "MemAvailable", free);
    kilobytes(text, "Buffers", 0);
    kilobytes(text, "Cached", 0);
    kilobytes(text, "SwapTotal", 0);
    kilobytes(text, "SwapFree", 0);
    return text.toString();
  }

  private static void kilobytes(StringBuilder text, String name, long value) {
    text.append(String.format(Locale.ROOT, "%-14s %10d kB\n", name + ":", value));
  }

  private static String cpus(Machine machine) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < machine.kernel.settings().cpus(); i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "processor\t: %d\n"
                  + "hart\t\t: %d\n"
                  + "isa\t\t: rv64imafdc\n"
                  + "mmu\t\t: sv39\n"
                  + "cpu MHz\t\t: %d.000\n\n",
              i,
              i,
              machine.figures.megahertz()));
    }
    return text.toString();
  }

  private static String load(Machine machine) {
    double[] averages = machine.figures.loadAverages();
    return String.format(
        Locale.ROOT,
        "%.2f %.2f %.2f %d/%d %d\n",
        averages[0],
        averages[1],
        averages[2],
        machine.figures.runnable(),
        machine.kernel.processes().size(),
        machine.kernel.lastPid());
  }

  /** proc_stat(5): everything that is not idle is counted as user time, as in times(2) here. */
  private static String stat(Machine machine) {
    int cpus = machine.kernel.settings().cpus();
    StringBuilder each = new StringBuilder();
    long busy = 0;
    for (int i = 0; i < cpus; i++) {
      busy += machine.figures.busyNanos(i);
      line(each, "cpu" + i, machine.figures.busyNanos(i), idle(machine, i));
    }
    StringBuilder text = new StringBuilder();
    line(text, "cpu ", busy, idle(machine));
    text.append(each);
    text.append("intr 0\nctxt 0\nbtime ")
        .append(machine.kernel.settings().epochNanos() / SECOND)
        .append("\nprocesses ")
        .append(machine.kernel.startedProcesses())
        .append("\nprocs_running ")
        .append(machine.figures.runnable())
        .append("\nprocs_blocked 0\n");
    return text.toString();
  }

  private static void line(StringBuilder text, String name, long busy, long idle) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s %d 0 0 %d 0 0 0 0 0 0\n",
            name,
            busy / ProcessFiles.TICK_NANOS,
            idle / ProcessFiles.TICK_NANOS));
  }

  private static String version(Machine machine) {
    return "Linux version " + IdentityCalls.release(machine.kernel) + " (godwit) #1\n";
  }
}
