package org.godwit.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the system says of a thread that gives way. */
class GivingWayTest {
  /** Field 19 of proc_pid_stat(5); the name, field 2, may hold blanks. */
  private static String nice() throws Exception {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16];
  }

  @Test
  void aThreadIsNicerThanTheOthersAndThoseItStartsInheritIt() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "nice values of threads are Linux's");
    assumeTrue(GivingWay.class.getModule().isNativeAccessEnabled(), "native access is not enabled");
    int ours = Integer.parseInt(nice());
    CompletableFuture<String> own = new CompletableFuture<>();
    CompletableFuture<String> child = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                assertThat(GivingWay.lower(0)).isTrue();
                own.complete(nice());
                Thread.ofPlatform()
                    .start(() -> child.completeAsync(GivingWayTest::unchecked, Runnable::run))
                    .join();
              } catch (Exception | AssertionError e) {
                own.completeExceptionally(e);
              }
            })
        .join();
    assertThat(own.get()).isEqualTo(Integer.toString(Math.max(ours, 5)));
    assertThat(child.get()).isEqualTo(own.get());
    assertThat(nice()).as("who did not ask").isEqualTo(Integer.toString(ours));
    assertThat(GivingWay.threads("C[12] Compiler.*")).isNotEmpty();
  }

  /** "se.slice" of /proc/PID/sched, which kernels tell that were built with it. */
  private static String slice() throws Exception {
    Path told = Path.of("/proc/thread-self/sched");
    return Files.exists(told)
        ? Files.readAllLines(told).stream()
            .filter(line -> line.startsWith("se.slice"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("")
        : "";
  }

  @Test
  void aThreadThatMakesFramesIsServedAsSoonAsItWakesUp() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "slices of threads are Linux's");
    assumeTrue(GivingWay.class.getModule().isNativeAccessEnabled(), "native access is not enabled");
    assumeTrue(!slice().isEmpty(), "this kernel does not tell slices");
    CompletableFuture<String> own = new CompletableFuture<>();
    CompletableFuture<String> nice = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                own.complete(GivingWay.quicken(0) ? slice() : "");
                nice.complete(nice());
              } catch (Exception e) {
                own.completeExceptionally(e);
              }
            })
        .join();
    assumeTrue(!own.get().isEmpty(), "this kernel gives threads no slices");
    assertThat(Double.parseDouble(own.get())).isEqualTo(GivingWay.SLICE);
    assertThat(nice.get()).isEqualTo(nice());
  }

  private static String unchecked() {
    try {
      return nice();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
