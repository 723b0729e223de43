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
    assertThat(GivingWay.compilers()).isNotEmpty();
  }

  private static String unchecked() {
    try {
      return nice();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
