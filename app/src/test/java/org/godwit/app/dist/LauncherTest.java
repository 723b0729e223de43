package org.godwit.app.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/godwit} finds a Java that is new enough and hands everything on unharmed. The Javas
 * here are scripts that print how they were called, so no JVM starts.
 */
class LauncherTest {

  @TempDir Path temp;

  private Path script;

  @BeforeEach
  void unpackWhereThereIsABlank() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: no /bin/sh for bin/godwit here");
    Path bin = Files.createDirectories(temp.resolve("my programs/godwit/bin"));
    script = Files.copy(Path.of("src/dist/bin/godwit"), bin.resolve("godwit"));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void javaHomeIsUsedWhenItIsNewEnough() throws Exception {
    Path home = java("jdk 26", "26.0.1");
    Run run = run(Map.of("JAVA_HOME", home.toString(), "GODWIT_JDKS", "/nowhere"));
    assertThat(run.exit).isEqualTo(7);
    assertThat(run.out.getFirst()).isEqualTo(home + "/bin/java");
  }

  @Test
  void anOldJavaHomeIsPassedOverForANewerJavaNextToIt() throws Exception {
    Path old = java("places/a-17", "17.0.15");
    Path good = java("places/b-25", "25.0.3");
    Map<String, String> environment =
        Map.of("JAVA_HOME", old.toString(), "GODWIT_JDKS", "/nowhere:" + temp.resolve("places"));
    assertThat(run(environment).out.getFirst()).isEqualTo(good + "/bin/java");
  }

  @Test
  void withoutAJavaItSaysWhatToInstall() throws Exception {
    Path old = java("places/a-17", "17.0.15");
    Map<String, String> environment =
        Map.of("JAVA_HOME", old.toString(), "GODWIT_JDKS", temp.resolve("places").toString());
    Run run = run(environment, "programs");
    assertThat(run.exit).isEqualTo(2);
    assertThat(run.out).hasSize(1);
    assertThat(run.out.getFirst()).startsWith("godwit: needs Java 25").contains("Install a JDK 25");
  }

  @Test
  void argumentsArriveAsTheyWereGivenAlsoThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), script);
    Path second = Files.createSymbolicLink(temp.resolve("second"), Path.of("link"));
    Path home = java("jdk", "25.0.3");
    Map<String, String> environment =
        Map.of("JAVA_HOME", home.toString(), "GODWIT_JAVA_OPTS", "-Xmx1g -Dx=y");
    Run run = run(second, environment, "exec", "a b", "", "*", "$HOME", "it's");
    assertThat(run.out)
        .containsExactly(
            home + "/bin/java",
            "-Xmx1g",
            "-Dx=y",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:-ClipInlining",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=MaxNodeLimit,org.godwit.engine.jit.Quick*::run,1000",
            "--enable-native-access=javafx.graphics,org.godwit.app",
            "--module-path",
            temp.toRealPath().resolve("my programs/godwit/lib").toString(),
            "--module",
            "org.godwit.app/org.godwit.app.Main",
            "exec",
            "a b",
            "",
            "*",
            "$HOME",
            "it's");
    assertThat(link).isSymbolicLink();
  }

  /** A Java home whose {@code java} prints itself and its arguments by line and exits with 7. */
  private Path java(String folder, String version) throws IOException {
    Path home = temp.resolve(folder);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\"\nexit 7\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private Run run(Map<String, String> environment, String... args) throws Exception {
    return run(script, environment, args);
  }

  private static Run run(Path program, Map<String, String> environment, String... args)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<String> out = process.inputReader().readAllLines();
    return new Run(process.waitFor(), out);
  }

  /** What a finished run left: its exit status and its lines, both streams together. */
  private record Run(int exit, List<String> out) {}
}
