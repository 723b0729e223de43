package org.godwit.engine.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.godwit.engine.jit.Regions;
import org.godwit.engine.jit.Translator;

/**
 * Runs an ELF on the bare machine from a command line: {@code RunElf FILE ARGS...}, as often as
 * {@code -Dgodwit.times} says, in one JVM and with one engine ({@code
 * -Dgodwit.engine=interpreter|translator}). On stderr: instructions of one time, the median CPU
 * time of the second half of the times, and that of the first.
 */
public final class RunElf {
  private RunElf() {}

  public static void main(String[] args) throws Exception {
    byte[] elf = Files.readAllBytes(Path.of(args[0]));
    Machine machine = machine();
    int times = Integer.getInteger("godwit.times", 1);
    double[] seconds = new double[times];
    BareGuest guest = null;
    for (int i = 0; i < times; i++) {
      guest = new BareGuest(machine, elf, List.of(args));
      long begin = QemuComparison.processNanos();
      guest.run();
      seconds[i] = (QemuComparison.processNanos() - begin) / 1e9;
    }
    System.out.write(guest.out.toByteArray());
    System.out.flush();
    double first = seconds[0];
    double[] warm = Arrays.copyOfRange(seconds, times / 2, times);
    Arrays.sort(warm);
    System.err.printf(
        "%d instructions, %.3f s, first %.3f s%n",
        guest.hart.retired(), warm[warm.length / 2], first);
    System.exit(guest.status());
  }

  /** The interpreter, or the translator if {@code -Dgodwit.engine=translator}. */
  private static Machine machine() {
    if (!"translator".equals(System.getProperty("godwit.engine"))) {
      return new Interpreter();
    }
    ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    return new Translator(new Regions(thread::execute, 48 << 20), 100, 10_000_000);
  }
}
