package org.godwit.app.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.model.Problem;

/**
 * One source that is open: its text, whether it differs from what it came as, and its builds. What
 * is written is kept on disk as it is written, so that nothing is lost when the program ends. FX
 * thread only; the compiler and the disk are reached on threads of their own.
 */
public final class SourceViewModel {
  private final String fileName;
  private final String program;
  private final String original;
  private final Path draft;
  private final Supplier<String> compiler;
  private final Executor fx;
  private final BiConsumer<String, byte[]> built;
  private final StringProperty text = new SimpleStringProperty(this, "text");
  private final ReadOnlyBooleanWrapper building = new ReadOnlyBooleanWrapper(this, "building");
  private final BooleanProperty changed = new SimpleBooleanProperty(this, "changed");
  private final ObservableList<CompilerMessage> messages = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<Problem>> outcome =
      new ReadOnlyObjectWrapper<>(this, "outcome", Optional.empty());
  private final Object drafting = new Object();

  /**
   * @param fileName e.g. {@code spin.c}; its ending says whether it is C++
   * @param program name under which what is built becomes known
   * @param original the text as it came
   * @param draft where changes are kept, or null to keep none
   * @param compiler the command that the user set; empty to search
   * @param fx runs something on the FX thread
   * @param built takes the name and the ELF of a program that was built, on the FX thread
   */
  public SourceViewModel(
      String fileName,
      String program,
      String original,
      Path draft,
      Supplier<String> compiler,
      Executor fx,
      BiConsumer<String, byte[]> built) {
    this.fileName = fileName;
    this.program = program;
    this.original = original;
    this.draft = draft;
    this.compiler = compiler;
    this.fx = fx;
    this.built = built;
    text.set(original);
    text.addListener((_, _, now) -> changed.set(!now.equals(original)));
    recall();
  }

  private void recall() {
    if (draft == null) {
      return;
    }
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (Files.isReadable(draft)) {
                  String kept = Files.readString(draft);
                  fx.execute(
                      () -> {
                        // Somebody who typed meanwhile is right.
                        if (!changed.get()) {
                          text.set(kept);
                        }
                      });
                }
              } catch (IOException e) {
                // A draft that cannot be read is as good as none.
              }
            });
  }

  /** Keeps what is written now; called when nothing was typed for a moment, and at the end. */
  public void keep() {
    if (draft == null) {
      return;
    }
    String now = text.get();
    Thread.ofVirtual().start(() -> write(now));
  }

  /** The same at once, for who presses the key for it, and says so. */
  public void save() {
    keep();
    if (draft != null) {
      outcome.set(Optional.of(Problem.of("source.kept", fileName)));
    }
  }

  private void write(String now) {
    synchronized (drafting) {
      try {
        if (now.equals(original)) {
          Files.deleteIfExists(draft);
        } else {
          Files.createDirectories(draft.toAbsolutePath().getParent());
          Files.writeString(draft, now, StandardCharsets.UTF_8);
        }
      } catch (IOException e) {
        fx.execute(
            () ->
                outcome.set(
                    Optional.of(
                        Problem.of("source.not-kept", fileName, String.valueOf(e.getMessage())))));
      }
    }
  }

  /** Brings the text back that it came as. */
  public void reset() {
    text.set(original);
    keep();
  }

  /** Builds what is written; a build that runs already goes on alone. */
  public void build() {
    if (building.get()) {
      return;
    }
    building.set(true);
    messages.clear();
    outcome.set(Optional.of(Problem.of("source.building", fileName)));
    String source = text.get();
    String wanted = compiler.get() == null ? "" : compiler.get();
    Map<String, String> environment = System.getenv();
    Thread.ofVirtual().start(() -> build(source, wanted, environment));
  }

  private void build(String source, String wanted, Map<String, String> environment) {
    try {
      Optional<CrossCompiler> found = CrossCompiler.find(wanted, isCpp(), environment);
      if (found.isEmpty()) {
        end(
            wanted.isBlank()
                ? Problem.of("source.no-compiler")
                : Problem.of("source.no-such-compiler", wanted),
            List.of(),
            Optional.empty());
        return;
      }
      CrossCompiler.Outcome result = found.get().build(fileName, source, isCpp());
      long errors =
          result.messages().stream()
              .filter(m -> m.severity() == CompilerMessage.Severity.ERROR)
              .count();
      String command = found.get().command().getFileName().toString();
      end(
          result.elf().isPresent()
              ? Problem.of("source.built", program, command)
              : errors > 0
                  ? Problem.of("source.failed", fileName, errors)
                  : Problem.of("source.failed-otherwise", command, lastLine(result.output())),
          result.messages(),
          result.elf());
    } catch (IOException e) {
      end(
          Problem.of("source.failed-otherwise", fileName, String.valueOf(e.getMessage())),
          List.of(),
          Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String lastLine(String output) {
    String[] lines = output.strip().split("\\R");
    return lines[lines.length - 1];
  }

  private void end(Problem words, List<CompilerMessage> said, Optional<byte[]> elf) {
    fx.execute(
        () -> {
          building.set(false);
          messages.setAll(said);
          outcome.set(Optional.of(words));
          elf.ifPresent(bytes -> built.accept(program, bytes));
        });
  }

  private boolean isCpp() {
    return fileName.matches(".*\\.(cc|cpp|cxx|C)");
  }

  /** Name of the file. */
  public String fileName() {
    return fileName;
  }

  /** What is written. */
  public StringProperty textProperty() {
    return text;
  }

  /** Whether the text differs from what it came as. */
  public ReadOnlyBooleanProperty changedProperty() {
    return changed;
  }

  /** Whether the compiler is at work. */
  public ReadOnlyBooleanProperty buildingProperty() {
    return building.getReadOnlyProperty();
  }

  /** What the compiler said last. */
  public ObservableList<CompilerMessage> messages() {
    return messages;
  }

  /** How the last build went, in words; empty before the first. */
  public ReadOnlyObjectProperty<Optional<Problem>> outcomeProperty() {
    return outcome.getReadOnlyProperty();
  }
}
