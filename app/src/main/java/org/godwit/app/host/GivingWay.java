package org.godwit.app.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets work that never ends give way to the window: where both want a core, the window has it. The
 * work still takes whatever the window leaves.
 *
 * <p>Java's thread priorities are told to the system on Windows; HotSpot on Linux keeps them to
 * itself, so there a thread's nice value is set, which on Linux each thread has of its own
 * (setpriority(2), "C library/kernel differences"). Threads that it starts inherit it, as do those
 * that HotSpot's compilers start.
 *
 * <p>A nice value shares a core out, but who wakes up still waits until the other's slice is over.
 * So the threads that make a frame ask for the shortest slice there is: Linux from 6.12 on serves
 * such a thread as soon as it wakes up (sched_setattr(2), {@code sched_runtime} of SCHED_OTHER). It
 * gets no larger share by that. Where a call is not to be had, nothing changes.
 */
public final class GivingWay {
  /** A third of the share of who has 0, where they compete (sched(7)). */
  private static final int NICE = 5;

  private static final int JAVA_PRIORITY = Thread.NORM_PRIORITY - 2;
  private static final int PRIO_PROCESS = 0;

  /** The shortest that Linux grants, in ns. */
  static final long SLICE = 100_000;

  /** Size of the first version of struct sched_attr. */
  private static final int ATTRIBUTES = 48;

  /** Number of sched_setattr by machine: syscalls(2) of x86-64, and the one that others share. */
  private static final long SETATTR = System.getProperty("os.arch").equals("amd64") ? 314 : 274;

  private static final Path TASKS = Path.of("/proc/self/task");

  private GivingWay() {}

  /** The calling thread gives way from now on, with the threads that compile for it. */
  public static void begin() {
    Thread.currentThread().setPriority(JAVA_PRIORITY);
    if (lower(0)) {
      threads("C[12] Compiler.*").forEach(GivingWay::lower);
      threads("JavaFX Applicat.*|QuantumRenderer.*").forEach(GivingWay::quicken);
    }
  }

  /** Has a thread served as soon as it wakes up, 0 for the calling one; whether that could be. */
  @SuppressWarnings("restricted") // Whether it may is asked first.
  static boolean quicken(int thread) {
    if (!isToBeHad()) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      Linker linker = Linker.nativeLinker();
      MethodHandle syscall =
          linker.downcallHandle(
              linker.defaultLookup().find("syscall").orElseThrow(),
              FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
              Linker.Option.firstVariadicArg(1));
      // size, policy 0 (SCHED_OTHER), flags, nice as it is, priority, runtime, deadline, period
      MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
      attributes.set(JAVA_INT, 0, ATTRIBUTES);
      attributes.set(JAVA_INT, 16, nice(linker, thread));
      attributes.set(JAVA_LONG, 24, SLICE);
      return (long) syscall.invokeExact(SETATTR, thread, attributes, 0) == 0;
    } catch (Throwable e) {
      return false; // A window that is less smooth, and nothing else.
    }
  }

  @SuppressWarnings("restricted")
  private static int nice(Linker linker, int thread) throws Throwable {
    MethodHandle getpriority =
        linker.downcallHandle(
            linker.defaultLookup().find("getpriority").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    return (int) getpriority.invokeExact(PRIO_PROCESS, thread);
  }

  private static boolean isToBeHad() {
    return System.getProperty("os.name").equals("Linux")
        && GivingWay.class.getModule().isNativeAccessEnabled();
  }

  /** Sets the nice value of a thread, 0 for the calling one; whether that could be done. */
  @SuppressWarnings("restricted") // Whether it may is asked first.
  static boolean lower(int thread) {
    if (!isToBeHad()) {
      return false;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle setpriority =
          linker.downcallHandle(
              linker.defaultLookup().find("setpriority").orElseThrow(),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      // Who was started as a nicer one stays that.
      int value = Math.max(NICE, nice(linker, thread));
      return (int) setpriority.invokeExact(PRIO_PROCESS, thread, value) == 0;
    } catch (Throwable e) {
      return false; // A window that is less smooth, and nothing else.
    }
  }

  /** Numbers of the threads whose name, of which Linux keeps 15 letters, is like that. */
  static List<Integer> threads(String name) {
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks
          .filter(task -> isCalled(task, name))
          .map(task -> Integer.valueOf(task.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isCalled(Path task, String name) {
    try {
      return Files.readString(task.resolve("comm")).strip().matches(name);
    } catch (IOException e) {
      return false; // It has just ended.
    }
  }
}
