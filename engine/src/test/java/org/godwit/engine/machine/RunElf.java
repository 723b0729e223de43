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
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    guest.run();
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    System.out.write(guest.out.toByteArray());
    System.out.flush();
    System.err.printf(
        "%d instructions, %.3f s, %.0f MIPS%n",
        guest.hart.retired(), cpu / 1e9, guest.hart.retired() * 1e3 / cpu);
    System.exit(guest.status());
  }
}
