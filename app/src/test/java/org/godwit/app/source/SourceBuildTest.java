package org.godwit.app.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.godwit.app.source.CompilerMessage.Severity;
import org.godwit.app.source.CrossCompiler.Kind;
import org.godwit.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources are built by a real cross compiler, and what it says is understood. */
class SourceBuildTest {
  /** e_machine of RISC-V, at byte 18 of an ELF file. */
  private static final int RISCV = 243;

  @TempDir private Path folder;

  /** Stands for the FX thread: runs what it is given when the test asks. */
  private final BlockingQueue<Runnable> fx = new LinkedBlockingQueue<>();

  private byte[] built;

  private SourceViewModel model(String file, String text, String compiler, Path draft) {
    return new SourceViewModel(
        file, "mine", text, draft, () -> compiler, fx::add, (_, elf) -> built = elf);
  }

  private void run(SourceViewModel model) throws InterruptedException {
    model.build();
    assertThat(model.buildingProperty().get()).isTrue();
    while (model.buildingProperty().get()) {
      fx.poll(60, TimeUnit.SECONDS).run();
    }
  }

  private static void needs(String compiler) {
    assumeTrue(
        Optional.ofNullable(System.getenv("PATH")).stream()
            .flatMap(path -> List.of(path.split(":")).stream())
            .anyMatch(place -> Files.isExecutable(Path.of(place, compiler))),
        compiler + " is not installed");
  }

  @Test
  void aProgramIsBuilt() throws Exception {
    needs("riscv64-linux-gnu-gcc");
    SourceViewModel model =
        model("sum.c", "int main(void) { return 0; }\n", "riscv64-linux-gnu-gcc", null);
    run(model);
    assertThat(built[18] & 0xFF).isEqualTo(RISCV);
    assertThat(model.outcomeProperty().get().map(Problem::key)).contains("source.built");
    assertThat(model.messages()).isEmpty();
  }

  @Test
  void aProgramInCppIsBuiltByTheSiblingOfTheCompiler() throws Exception {
    needs("riscv64-linux-gnu-g++");
    SourceViewModel model =
        model(
            "sum.cpp",
            "#include <vector>\nint main() { return std::vector<int>{1, -1}.size() - 2; }\n",
            "riscv64-linux-gnu-gcc",
            null);
    run(model);
    assertThat(built[18] & 0xFF).isEqualTo(RISCV);
  }

  @Test
  void mistakesHavePlaces() throws Exception {
    needs("riscv64-linux-gnu-gcc");
    SourceViewModel model =
        model(
            "bad.c",
            "int main(void) {\n  int unused;\n  return nothing\n}\n",
            "riscv64-linux-gnu-gcc",
            null);
    run(model);
    assertThat(built).isNull();
    assertThat(model.messages())
        .anyMatch(m -> m.severity() == Severity.ERROR && m.line() == 3 && m.column() > 1)
        .anyMatch(m -> m.severity() == Severity.WARNING && m.line() == 2);
    assertThat(model.outcomeProperty().get().map(Problem::key)).contains("source.failed");
  }

  @Test
  void theLinkerIsUnderstoodToo() throws Exception {
    needs("riscv64-linux-gnu-gcc");
    SourceViewModel model =
        model(
            "far.c",
            "int far(void);\nint main(void) { return far(); }\n",
            "riscv64-linux-gnu-gcc",
            null);
    run(model);
    assertThat(model.messages()).anyMatch(m -> m.text().contains("undefined reference to"));
  }

  @Test
  void withoutACompilerThereIsASentence() throws Exception {
    SourceViewModel model = model("a.c", "", "/no/such/compiler", null);
    run(model);
    assertThat(model.outcomeProperty().get())
        .contains(Problem.of("source.no-such-compiler", "/no/such/compiler"));
    assertThat(CrossCompiler.find("", false, Map.of("PATH", folder.toString()))).isEmpty();
  }

  @Test
  void theFirstCompilerOnThePathIsTaken() throws Exception {
    for (String name : List.of("zig", "clang", "clang++")) {
      Path file = Files.createFile(folder.resolve(name));
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    Map<String, String> path = Map.of("PATH", folder.toString());
    assertThat(CrossCompiler.find("", true, path))
        .contains(new CrossCompiler(folder.resolve("clang++"), Kind.CLANG));
    CrossCompiler zig = CrossCompiler.find(folder + "/zig", true, path).orElseThrow();
    assertThat(zig.line(Path.of("a.cc"), Path.of("a"), true))
        .startsWith(folder + "/zig", "c++", "-target", "riscv64-linux-musl")
        .contains("-static");
  }

  @Test
  void whatIsWrittenIsThereAtTheNextStart() throws Exception {
    Path draft = folder.resolve("sources").resolve("spin.c");
    SourceViewModel first = model("spin.c", "old", "", draft);
    first.textProperty().set("new");
    first.keep();
    waitFor(() -> Files.exists(draft) && Files.readString(draft).equals("new"));
    SourceViewModel second = model("spin.c", "old", "", draft);
    fx.poll(60, TimeUnit.SECONDS).run();
    assertThat(second.textProperty().get()).isEqualTo("new");
    assertThat(second.changedProperty().get()).isTrue();
    second.reset();
    waitFor(() -> Files.notExists(draft));
  }

  @Test
  void clangAndZigSpeakTheSameForm() {
    assertThat(
            CompilerMessage.parse(
                "a.c:3:5: error: use of undeclared identifier 'x'\n"
                    + "    x;\n    ^\n"
                    + "a.c:1:10: fatal error: 'no.h' file not found\n"
                    + "a.c:7: warning: odd\n"
                    + "1 error generated.\n"
                    + "ld.lld: error: undefined symbol: far\n"))
        .containsExactly(
            new CompilerMessage(Severity.ERROR, 3, 5, "use of undeclared identifier 'x'"),
            new CompilerMessage(Severity.ERROR, 1, 10, "'no.h' file not found"),
            new CompilerMessage(Severity.WARNING, 7, 0, "odd"),
            new CompilerMessage(Severity.ERROR, 0, 0, "error: undefined symbol: far"));
  }

  /** A condition over files. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void waitFor(Condition condition) throws Exception {
    for (int i = 0; i < 400 && !condition.holds(); i++) {
      Thread.sleep(25);
    }
    assertThat(condition.holds()).isTrue();
  }
}
