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
 * The bench of docs/performance.md: how much CPU time the interpreter needs for small kernels, as a
 * multiple of what qemu-riscv64 needs for the same ELF and argument. Each kernel runs by turns
 * under qemu and in a fresh JVM ({@link RunElf}), so that warm-up counts and a busy host hits both;
 * outputs must be equal. Not a test: figures depend on the host.
 *
 * <p>Arguments: the folder {@code resources/programs-bench}, then how often each pair is run (the
 * quickest counts).
 */
public final class QemuComparison {
  private record Kernel(String name, String argument, boolean integer) {}

  private record Outcome(double seconds, long instructions, String output) {}

  private static final List<Kernel> KERNELS =
      List.of(
          new Kernel("mix", "40000000", true),
          new Kernel("sieve", "60", true),
          new Kernel("crc32", "1200", true),
          new Kernel("qsort", "1000000", true),
          new Kernel("sha256", "10000", true),
          new Kernel("fib", "35", true),
          new Kernel("chase", "40000000", true),
          new Kernel("strings", "100000", true),
          new Kernel("matmul", "200", false),
          new Kernel("nbody", "300000", false));

  private static final Pattern QEMU = Pattern.compile("cpu ([0-9.]+) ([0-9.]+)");
  private static final Pattern OURS = Pattern.compile("([0-9]+) instructions, ([0-9.]+) s");

  private QemuComparison() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    System.out.println("| kernel | M instructions | qemu CPU s | ours CPU s | MIPS | ratio |");
    System.out.println("|---|---|---|---|---|---|");
    double product = 1;
    double worst = 0;
    int integer = 0;
    for (Kernel kernel : KERNELS) {
      Path elf = folder.resolve(kernel.name).resolve(kernel.name + ".elf");
      Outcome qemu = null;
      Outcome ours = null;
      for (int round = 0; round < rounds; round++) {
        qemu = quicker(qemu, qemu(elf, kernel.argument));
        ours = quicker(ours, ours(elf, kernel.argument));
      }
      if (!qemu.output.equals(ours.output)) {
        throw new IllegalStateException(kernel + " printed " + ours.output + " not " + qemu.output);
      }
      double ratio = ours.seconds / qemu.seconds;
      if (kernel.integer) {
        product *= ratio;
        worst = Math.max(worst, ratio);
        integer++;
      }
      System.out.printf(
          Locale.ROOT,
          "| %s %s | %d | %.2f | %.2f | %.0f | %.1f |%n",
          kernel.name,
          kernel.argument,
          ours.instructions / 1_000_000,
          qemu.seconds,
          ours.seconds,
          ours.instructions / 1e6 / ours.seconds,
          ratio);
    }
    System.out.printf(
        Locale.ROOT,
        "%nInteger kernels: geometric mean %.1f, worst %.1f%n",
        Math.pow(product, 1.0 / integer),
        worst);
  }

  private static Outcome quicker(Outcome a, Outcome b) {
    return a == null || b.seconds < a.seconds ? b : a;
  }

  private static Outcome qemu(Path elf, String argument) throws IOException, InterruptedException {
    String script = "TIMEFORMAT='cpu %U %S'; time qemu-riscv64 \"$0\" \"$1\"";
    List<String> texts = run(List.of("bash", "-c", script, elf.toString(), argument));
    Matcher times = find(QEMU, texts.get(1));
    double seconds = Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2));
    return new Outcome(seconds, 0, texts.get(0));
  }

  private static Outcome ours(Path elf, String argument) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(RunElf.class.getName());
    command.add(elf.toString());
    command.add(argument);
    List<String> texts = run(command);
    Matcher figures = find(OURS, texts.get(1));
    return new Outcome(
        Double.parseDouble(figures.group(2)), Long.parseLong(figures.group(1)), texts.get(0));
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
