package org.godwit.engine.machine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bench of docs/performance.md: how much CPU time our engines need for small kernels, as a
 * multiple of what qemu-riscv64 needs for the same ELF and argument; beside it the same C source
 * compiled by the host's gcc -O2, if there is one. In each round a kernel runs under qemu, natively
 * and, several times, in a fresh JVM of the translator ({@link RunElf}); the slow interpreter has
 * one JVM for all its runs. All CPU time of the JVM counts, its start excepted: the guest's thread,
 * the compilers, the collector. On each side the median counts, and outputs must be equal. Not a
 * test: figures depend on the host.
 *
 * <p>Arguments: the folder {@code resources/programs-bench}, the number of rounds, then the
 * kernels, all if none is named.
 */
public final class QemuComparison {
  /** A kernel and the argument that makes it long enough. */
  public record Kernel(String name, String argument) {}

  /** What was measured of one run, or of several in one JVM. */
  public record Outcome(double seconds, double first, long instructions, String output) {}

  /** Runs of a program in one JVM; the median of the second half counts as warm. */
  private static final int TIMES = 10;

  /** All kernels, in the order of the table. */
  public static final List<Kernel> KERNELS =
      List.of(
          new Kernel("mix", "40000000"),
          new Kernel("sieve", "60"),
          new Kernel("crc32", "1200"),
          new Kernel("qsort", "1000000"),
          new Kernel("sha256", "10000"),
          new Kernel("fib", "35"),
          new Kernel("chase", "40000000"),
          new Kernel("strings", "100000"),
          new Kernel("matmul", "200"),
          new Kernel("nbody", "300000"),
          new Kernel("alloc", "3000000"),
          new Kernel("script", "1000"),
          new Kernel("copy", "300000"));

  /** What the launchers give HotSpot. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:-ClipInlining",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=MaxNodeLimit,org.godwit.engine.jit.Quick*::run,1000");

  private static final Pattern TIMES_OF_BASH = Pattern.compile("cpu ([0-9.]+) ([0-9.]+)");
  private static final Pattern OURS =
      Pattern.compile("([0-9]+) instructions, ([0-9.]+) s, first ([0-9.]+) s");

  private QemuComparison() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    List<String> only = List.of(args).subList(2, args.length);
    System.out.println("load average at the start: " + load());
    System.out.println(
        "| kernel | M instructions | qemu CPU s | native | interpreter | translator | first run |");
    System.out.println("|---|---|---|---|---|---|---|");
    double[] products = {1, 1, 1};
    int count = 0;
    for (Kernel kernel : KERNELS) {
      if (!only.isEmpty() && !only.contains(kernel.name)) {
        continue;
      }
      double[] ratios = compare(folder.resolve(kernel.name), kernel, rounds);
      for (int i = 0; i < ratios.length; i++) {
        products[i] *= ratios[i];
      }
      count++;
    }
    System.out.printf(
        Locale.ROOT,
        "| geometric mean | | | | %.2f | %.2f | %.2f |%n",
        Math.pow(products[0], 1.0 / count),
        Math.pow(products[1], 1.0 / count),
        Math.pow(products[2], 1.0 / count));
    System.out.println("load average at the end: " + load());
  }

  /** Measures one kernel, prints its line, returns interpreter, translator and first run. */
  private static double[] compare(Path folder, Kernel kernel, int rounds)
      throws IOException, InterruptedException {
    Path elf = folder.resolve(kernel.name + ".elf");
    Path host = Files.createTempFile("bench", ".host");
    boolean compiled = compile(folder.resolve(kernel.name + ".c"), host);
    List<Outcome> qemu = new ArrayList<>();
    List<Outcome> natively = new ArrayList<>();
    List<Outcome> translator = new ArrayList<>();
    Outcome interpreter = ours("interpreter", 2 * rounds, elf, kernel.argument);
    for (int round = 0; round < rounds; round++) {
      qemu.add(qemu(elf, kernel.argument));
      if (compiled) {
        natively.add(timed("\"$0\" \"$1\"", host, kernel.argument));
      }
      translator.add(ours("translator", TIMES, elf, kernel.argument));
    }
    Files.delete(host);
    List<Outcome> all = new ArrayList<>(List.of(interpreter));
    all.addAll(translator);
    for (Outcome each : all) { // The host's compiler may round otherwise: it fuses no additions.
      if (!each.output.equals(qemu.getFirst().output)) {
        throw new IllegalStateException(kernel + " printed " + each.output);
      }
    }
    double base = median(qemu, Outcome::seconds);
    double[] ratios = {
      interpreter.seconds / base,
      median(translator, Outcome::seconds) / base,
      median(translator, Outcome::first) / base
    };
    System.out.printf(
        Locale.ROOT,
        "| %s %s | %d | %.2f | %s | %.2f | %.2f | %.2f |%n",
        kernel.name,
        kernel.argument,
        interpreter.instructions / 1_000_000,
        base,
        compiled
            ? String.format(Locale.ROOT, "%.2f", median(natively, Outcome::seconds) / base)
            : "-",
        ratios[0],
        ratios[1],
        ratios[2]);
    return ratios;
  }

  private static double median(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
    double[] sorted = outcomes.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Load average of the last minute. */
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** Compiles a source for the host; false if that cannot be done here. */
  private static boolean compile(Path source, Path program) throws InterruptedException {
    try {
      String out = program.toString();
      return new ProcessBuilder("gcc", "-O2", "-w", "-o", out, source.toString(), "-lm")
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** One run under qemu. */
  public static Outcome qemu(Path elf, String argument) throws IOException, InterruptedException {
    return timed("qemu-riscv64 \"$0\" \"$1\"", elf, argument);
  }

  /** Runs a command of bash with a program as $0 and its argument as $1. */
  private static Outcome timed(String command, Path program, String argument)
      throws IOException, InterruptedException {
    String script = "TIMEFORMAT='cpu %U %S'; time " + command;
    List<String> texts = run(List.of("bash", "-c", script, program.toString(), argument));
    Matcher times = find(TIMES_OF_BASH, texts.get(1));
    double seconds = Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2));
    return new Outcome(seconds, seconds, 0, texts.get(0));
  }

  private static Outcome ours(String engine, int times, Path elf, String argument)
      throws IOException, InterruptedException {
    List<String> command =
        java(RunElf.class, "-Dgodwit.engine=" + engine, "-Dgodwit.times=" + times);
    command.addAll(List.of(elf.toString(), argument));
    List<String> texts = run(command);
    Matcher figures = find(OURS, texts.get(1));
    return new Outcome(
        Double.parseDouble(figures.group(2)),
        Double.parseDouble(figures.group(3)),
        Long.parseLong(figures.group(1)),
        texts.get(0));
  }

  /** The command for a class of ours in a JVM as the launcher makes it. */
  public static List<String> java(Class<?> type, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
    return command;
  }

  /** CPU time of all threads of this JVM: the guest's, the compilers', the collector's. */
  public static long processNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static Matcher find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no figures in: " + text);
    }
    return matcher;
  }

  /** Runs a command; returns what it wrote to stdout and to stderr. */
  public static List<String> run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("bench", ".out");
    Path err = Files.createTempFile("bench", ".err");
    try {
      new ProcessBuilder(command)
          .redirectOutput(out.toFile())
          .redirectError(err.toFile())
          .start()
          .waitFor();
      return List.of(
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
