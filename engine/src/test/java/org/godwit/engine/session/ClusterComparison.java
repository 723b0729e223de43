package org.godwit.engine.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.godwit.engine.machine.QemuComparison;
import org.godwit.model.ProblemException;

/**
 * What the translator needs inside a busy cluster of two nodes, each of which executes the same
 * kernel ({@link BusyCluster}), as a multiple of what qemu-riscv64 needs for one of them: CPU time
 * of the whole JVM for a repetition, halved. Each kernel has a fresh JVM for each column; the
 * median of the second half of its repetitions counts. Outputs must be qemu's. Not a test.
 *
 * <p>Arguments: the folder {@code resources/programs-bench}, repetitions, then the kernels, all if
 * none is named.
 */
public final class ClusterComparison {
  private static final int NODES = 2;

  private record Column(String name, boolean away, int divisor) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("at home, divisor 1", false, 1),
          new Column("at home, 100", false, 100),
          new Column("away, 1", true, 1),
          new Column("away, 100", true, 100));

  private ClusterComparison() {}

  public static void main(String[] args)
      throws IOException, InterruptedException, ProblemException {
    if (args[0].equals("run")) {
      run(args);
      return;
    }
    List<String> only = List.of(args).subList(2, args.length);
    System.out.println("load average at the start: " + QemuComparison.load());
    StringBuilder head = new StringBuilder("| kernel | qemu CPU s |");
    COLUMNS.forEach(column -> head.append(' ').append(column.name).append(" |"));
    System.out.println(head);
    System.out.println("|---|---|" + "---|".repeat(COLUMNS.size()));
    double[] logarithms = new double[COLUMNS.size()];
    int count = 0;
    for (QemuComparison.Kernel kernel : QemuComparison.KERNELS) {
      if (only.isEmpty() || only.contains(kernel.name())) {
        double[] ratios = compare(kernel, Path.of(args[0]), args[1]);
        for (int i = 0; i < ratios.length; i++) {
          logarithms[i] += Math.log(ratios[i]);
        }
        count++;
      }
    }
    StringBuilder means = new StringBuilder("| geometric mean | |");
    for (double sum : logarithms) {
      means.append(String.format(Locale.ROOT, " %.2f |", Math.exp(sum / count)));
    }
    System.out.println(means);
    System.out.println("load average at the end: " + QemuComparison.load());
  }

  private static double[] compare(QemuComparison.Kernel kernel, Path folder, String times)
      throws IOException, InterruptedException {
    Path elf = folder.resolve(kernel.name()).resolve(kernel.name() + ".elf");
    QemuComparison.Outcome qemu = QemuComparison.qemu(elf, kernel.argument());
    double[] ratios = new double[COLUMNS.size()];
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < ratios.length; i++) {
      Column column = COLUMNS.get(i);
      List<String> command = QemuComparison.java(ClusterComparison.class);
      command.addAll(List.of("run", elf.toString(), kernel.argument(), times));
      command.addAll(List.of(Boolean.toString(column.away), Integer.toString(column.divisor)));
      List<String> texts = QemuComparison.run(command);
      if (!texts.getFirst().equals(qemu.output())) {
        throw new IllegalStateException(kernel + " printed " + texts);
      }
      ratios[i] = Double.parseDouble(texts.getLast().strip()) / qemu.seconds();
      line.append(String.format(Locale.ROOT, " %.2f |", ratios[i]));
    }
    System.out.printf(
        Locale.ROOT,
        "| %s %s | %.2f |%s%n",
        kernel.name(),
        kernel.argument(),
        qemu.seconds(),
        line);
    return ratios;
  }

  /** Repetitions in this JVM; prints what a guest wrote, and on stderr the seconds for one. */
  private static void run(String[] args) throws IOException, ProblemException {
    int times = Integer.parseInt(args[3]);
    SessionOptions options = SessionOptions.DEFAULT.with(BusyCluster.engine());
    double[] seconds = new double[times];
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long begin = QemuComparison.processNanos();
      try (BusyCluster cluster =
          new BusyCluster(
              Path.of(args[1]),
              args[2],
              NODES,
              Integer.parseInt(args[5]),
              Boolean.parseBoolean(args[4]),
              options)) {
        texts.addAll(cluster.toEnd());
      }
      seconds[i] = (QemuComparison.processNanos() - begin) / 1e9 / NODES;
    }
    if (texts.stream().distinct().count() != 1) {
      throw new IllegalStateException("outputs differ: " + texts);
    }
    System.out.print(texts.getFirst());
    System.out.flush();
    double[] warm = Arrays.copyOfRange(seconds, times / 2, times);
    Arrays.sort(warm);
    System.err.println(warm[warm.length / 2]);
    System.exit(0);
  }
}
