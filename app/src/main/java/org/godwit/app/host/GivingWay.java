package org.godwit.app.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
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
 * that HotSpot's compilers start. Where the call is not to be had, nothing changes.
 */
public final class GivingWay {
  /** A third of the share of who has 0, where they compete (sched(7)). */
  private static final int NICE = 5;

  private static final int JAVA_PRIORITY = Thread.NORM_PRIORITY - 2;
  private static final int PRIO_PROCESS = 0;
  private static final Path TASKS = Path.of("/proc/self/task");

  private GivingWay() {}

  /** The calling thread gives way from now on, with the threads that compile for it. */
  public static void begin() {
    Thread.currentThread().setPriority(JAVA_PRIORITY);
    if (lower(0)) {
      compilers().forEach(GivingWay::lower);
    }
  }

  /** Sets the nice value of a thread, 0 for the calling one; whether that could be done. */
  @SuppressWarnings("restricted") // Whether it may is asked first.
  static boolean lower(int thread) {
    if (!System.getProperty("os.name").equals("Linux")
        || !GivingWay.class.getModule().isNativeAccessEnabled()) {
      return false;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle setpriority =
          linker.downcallHandle(
              linker.defaultLookup().find("setpriority").orElseThrow(),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      return (int) setpriority.invokeExact(PRIO_PROCESS, thread, NICE) == 0;
    } catch (Throwable e) {
      return false; // A window that is less smooth, and nothing else.
    }
  }

  /** Numbers of HotSpot's compiler threads. */
  static List<Integer> compilers() {
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks
          .filter(GivingWay::isCompiler)
          .map(task -> Integer.valueOf(task.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isCompiler(Path task) {
    try {
      return Files.readString(task.resolve("comm")).matches("C[12] Compiler.*\\s*");
    } catch (IOException e) {
      return false; // It has just ended.
    }
  }
}
