package org.godwit.engine.machine;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.godwit.engine.jit.Regions;
import org.godwit.engine.jit.Translator;

/**
 * Runs an ELF on the bare machine from a command line: {@code RunElf FILE ARGS...}; figures go to
 * stderr. The CPU time is that of the thread which executes the guest, or with {@code
 * -Dgodwit.engine=translator} as the process counts it.
 */
public final class RunElf {
  private RunElf() {}

  public static void main(String[] args) throws Exception {
    BareGuest guest = new BareGuest(machine(), Files.readAllBytes(Path.of(args[0])), List.of(args));
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

  /** The interpreter, or the translator if {@code -Dgodwit.engine=translator}. */
  private static Machine machine() {
    if (!"translator".equals(System.getProperty("godwit.engine"))) {
      return new Interpreter();
    }
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                try {
                  tasks.take().run();
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return new Translator(new Regions(tasks::add, 48 << 20), 100, 10_000_000);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
