package org.godwit.engine.machine;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs an ELF on the bare machine from a command line: {@code RunElf FILE ARGS...}; figures go to
 * stderr.
 */
public final class RunElf {
  private RunElf() {}

  public static void main(String[] args) throws Exception {
    BareGuest guest =
        new BareGuest(new Interpreter(), Files.readAllBytes(Path.of(args[0])), List.of(args));
    long begin = cpuNanos();
    double best = 0;
    while (!guest.exited()) {
      long start = cpuNanos();
      long count = guest.step(10_000_000);
      if (count == 10_000_000) {
        best = Math.max(best, count * 1e3 / (cpuNanos() - start));
      }
    }
    long cpu = cpuNanos() - begin;
    System.out.write(guest.out.toByteArray());
    System.out.flush();
    System.err.printf(
        "%d instructions, %.3f s, %.0f MIPS, best 10 M at %.0f MIPS%n",
        guest.hart.retired(), cpu / 1e9, guest.hart.retired() * 1e3 / cpu, best);
    System.exit(guest.status());
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
