package org.godwit.engine.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bench of docs/performance.md: how much CPU time our engines need for small kernels, as a
 * multiple of what qemu-riscv64 needs for the same ELF and argument. Each kernel runs by turns
 * under qemu and, several times, in a fresh JVM for each engine ({@link RunElf}). All CPU time of
 * the JVM counts, its start excepted: the guest's thread, the compilers, the collector. Outputs
 * must be equal. Not a test: figures depend on the host.
 *
 * <p>Arguments: the folder {@code resources/programs-bench}, how often each is run (the quickest
 * counts), then the kernels, all if none is named.
 */
public final class QemuComparison {
  private record Kernel(String name, String argument) {}

  private record Outcome(double seconds, double first, long instructions, String output) {}

  /** Runs of a program in one JVM; the median of the second half counts as warm. */
  private static final int TIMES = 10;

  private static final List<Kernel> KERNELS =
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

  private static final Pattern QEMU = Pattern.compile("cpu ([0-9.]+) ([0-9.]+)");
  private static final Pattern OURS =
      Pattern.compile("([0-9]+) instructions, ([0-9.]+) s, first ([0-9.]+) s");

  private QemuComparison() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    List<String> only = List.of(args).subList(2, args.length);
    System.out.println(
        "| kernel | M instructions | qemu CPU s | interpreter | translator | its first run |");
    System.out.println("|---|---|---|---|---|---|");
    double[] products = {1, 1, 1};
    int count = 0;
    for (Kernel kernel : KERNELS) {
      if (!only.isEmpty() && !only.contains(kernel.name)) {
        continue;
      }
      Path elf = folder.resolve(kernel.name).resolve(kernel.name + ".elf");
      Outcome qemu = null;
      Outcome interpreter = null;
      Outcome translator = null;
      for (int round = 0; round < rounds; round++) {
        qemu = quicker(qemu, qemu(elf, kernel.argument));
        interpreter = quicker(interpreter, ours("interpreter", 2, elf, kernel.argument));
        translator = quicker(translator, ours("translator", TIMES, elf, kernel.argument));
      }
      if (!qemu.output.equals(interpreter.output) || !qemu.output.equals(translator.output)) {
        throw new IllegalStateException(kernel + " printed " + translator.output);
      }
      double[] ratios = {
        interpreter.seconds / qemu.seconds,
        translator.seconds / qemu.seconds,
        translator.first / qemu.seconds
      };
      for (int i = 0; i < ratios.length; i++) {
        products[i] *= ratios[i];
      }
      count++;
      System.out.printf(
          Locale.ROOT,
          "| %s %s | %d | %.2f | %.2f | %.2f | %.2f |%n",
          kernel.name,
          kernel.argument,
          interpreter.instructions / 1_000_000,
          qemu.seconds,
          ratios[0],
          ratios[1],
          ratios[2]);
    }
    System.out.printf(
        Locale.ROOT,
        "| geometric mean | | | %.2f | %.2f | %.2f |%n",
        Math.pow(products[0], 1.0 / count),
        Math.pow(products[1], 1.0 / count),
        Math.pow(products[2], 1.0 / count));
  }

  private static Outcome quicker(Outcome a, Outcome b) {
    return a == null || b.seconds < a.seconds ? b : a;
  }

  private static Outcome qemu(Path elf, String argument) throws IOException, InterruptedException {
    String script = "TIMEFORMAT='cpu %U %S'; time qemu-riscv64 \"$0\" \"$1\"";
    List<String> texts = run(List.of("bash", "-c", script, elf.toString(), argument));
    Matcher times = find(QEMU, texts.get(1));
    double seconds = Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2));
    return new Outcome(seconds, seconds, 0, texts.get(0));
  }

  private static Outcome ours(String engine, int times, Path elf, String argument)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:-ClipInlining"); // As the launcher.
    command.add("-Dgodwit.engine=" + engine);
    command.add("-Dgodwit.times=" + times);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(RunElf.class.getName());
    command.add(elf.toString());
    command.add(argument);
    List<String> texts = run(command);
    Matcher figures = find(OURS, texts.get(1));
    return new Outcome(
        Double.parseDouble(figures.group(2)),
        Double.parseDouble(figures.group(3)),
        Long.parseLong(figures.group(1)),
        texts.get(0));
  }

  private static Matcher find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no figures in: " + text);
    }
    return matcher;
  }

  /** Runs a command; returns what it wrote to stdout and to stderr. */
  private static List<String> run(List<String> command) throws IOException, InterruptedException {
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
