package org.godwit.app.panel.export;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.json.Units;

/**
 * What the export dialog asks: name, folder, formats. Wrong input is found while it is typed, an
 * empty field only when it is submitted. FX thread, except that files are written by {@code
 * background}.
 */
public final class ExportViewModel {
  private static final String FORBIDDEN = "/\\:*?\"<>|";

  private static final long WHOLE_NANOS = 1_000_000_000L;

  private final Work work;
  private final Executor background;
  private final Executor fx;
  private final StringProperty name = new SimpleStringProperty(this, "name", "");
  private final StringProperty folder = new SimpleStringProperty(this, "folder", "");
  private final ObservableSet<ExportFormat> formats =
      FXCollections.observableSet(EnumSet.of(ExportFormat.GODWIT));
  private final ReadOnlyObjectWrapper<Problem> problem =
      new ReadOnlyObjectWrapper<>(this, "problem");
  private final ReadOnlyObjectWrapper<Problem> warning =
      new ReadOnlyObjectWrapper<>(this, "warning");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
  private final ReadOnlyObjectWrapper<Progress> progress =
      new ReadOnlyObjectWrapper<>(this, "progress", Progress.NONE);
  private final StringProperty from = new SimpleStringProperty(this, "from", "0s");
  private final StringProperty until = new SimpleStringProperty(this, "until", "");
  private final long endNanos;
  private ExportWatch watch = new ExportWatch();

  /** A stretch of virtual time, for an animation. */
  public record Stretch(long fromNanos, long untilNanos) {}

  /**
   * How far the writing is.
   *
   * @param begun formats begun
   * @param total formats asked for
   * @param current what is being written, or null
   * @param bytes written so far
   */
  public record Progress(int begun, int total, ExportFormat current, long bytes) {
    /** Before anything is written. */
    public static final Progress NONE = new Progress(0, 0, null, 0);
  }

  /** The writing itself, on another thread. */
  @FunctionalInterface
  public interface Work {
    /** Writes and says what was made. */
    List<Path> write(
        Path folder, String name, Set<ExportFormat> formats, Stretch stretch, ExportWatch watch)
        throws ProblemException;
  }

  /**
   * @param suggested name that stands there first
   * @param home folder that stands there first
   * @param endNanos how long the session is
   * @param work writes
   * @param background runs the writing
   * @param fx runs what follows it
   */
  public ExportViewModel(
      String suggested, Path home, long endNanos, Work work, Executor background, Executor fx) {
    this.work = work;
    this.endNanos = endNanos;
    // Whole seconds are what a person would write.
    until.set(
        Units.timeText(endNanos < WHOLE_NANOS ? endNanos : endNanos / WHOLE_NANOS * WHOLE_NANOS));
    this.background = background;
    this.fx = fx;
    name.set(suggested);
    folder.set(home.toString());
    name.addListener((property, before, after) -> check());
    folder.addListener((property, before, after) -> check());
    from.addListener((property, before, after) -> check());
    until.addListener((property, before, after) -> check());
    formats.addListener((SetChangeListener<ExportFormat>) change -> check());
    check();
  }

  /** The files' common name. */
  public StringProperty name() {
    return name;
  }

  /** Where they go. */
  public StringProperty folder() {
    return folder;
  }

  /** Where an animation begins, as a person writes a time. */
  public StringProperty from() {
    return from;
  }

  /** Where it ends. */
  public StringProperty until() {
    return until;
  }

  /** What is written. */
  public ObservableSet<ExportFormat> formats() {
    return formats;
  }

  /** What is wrong, or null. */
  public ReadOnlyObjectProperty<Problem> problem() {
    return problem.getReadOnlyProperty();
  }

  /** What should be known before it happens, or null. */
  public ReadOnlyObjectProperty<Problem> warning() {
    return warning.getReadOnlyProperty();
  }

  /** Whether files are being written. */
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /** How far the writing is. */
  public ReadOnlyObjectProperty<Progress> progress() {
    return progress.getReadOnlyProperty();
  }

  /** Writes, if the input allows; {@code done} gets what was made, once it is. */
  public void submit(Consumer<List<Path>> done) {
    problem.set(missing().or(this::wrong).orElse(null));
    if (problem.get() != null || busy.get()) {
      return;
    }
    busy.set(true);
    Path target = Path.of(folder.get().strip());
    String wanted = name.get().strip();
    Set<ExportFormat> chosen = EnumSet.copyOf(formats);
    Stretch stretch = formats.contains(ExportFormat.GIF) ? stretch() : new Stretch(0, endNanos);
    progress.set(new Progress(0, chosen.size(), null, 0));
    ExportWatch[] own = new ExportWatch[1];
    own[0] = new ExportWatch(() -> moved(own[0], chosen.size()));
    watch = own[0];
    background.execute(() -> write(target, wanted, chosen, stretch, own[0], done));
  }

  /** Gives up what is being written, if anything is. Files that are whole stay. */
  public void cancel() {
    watch.cancel();
  }

  private void moved(ExportWatch seen, int total) {
    Progress now = new Progress(seen.begun(), total, seen.current(), seen.bytes());
    fx.execute(
        () -> {
          if (busy.get()) {
            progress.set(now);
          }
        });
  }

  private void write(
      Path target,
      String wanted,
      Set<ExportFormat> chosen,
      Stretch stretch,
      ExportWatch own,
      Consumer<List<Path>> done) {
    try {
      List<Path> made = work.write(target, wanted, chosen, stretch, own);
      fx.execute(
          () -> {
            busy.set(false);
            done.accept(made);
          });
    } catch (ProblemException e) {
      // Given up is a failure to write like any other, but nobody needs to be told why.
      Problem why = own.isCancelled() ? Problem.of("panel.export.cancelled") : e.problem();
      fx.execute(() -> fail(why));
    } catch (RuntimeException e) {
      fx.execute(
          () -> fail(Problem.of("panel.export.failed", wanted, String.valueOf(e.getMessage()))));
      throw e;
    }
  }

  private void fail(Problem why) {
    busy.set(false);
    problem.set(why);
  }

  private void check() {
    problem.set(wrong().orElse(null));
    warning.set(problem.get() == null ? replaced().orElse(null) : null);
  }

  private Optional<Problem> missing() {
    if (blank(name)) {
      return Optional.of(Problem.of("panel.export.noName"));
    }
    if (blank(folder)) {
      return Optional.of(Problem.of("panel.export.noFolder"));
    }
    return formats.isEmpty() ? Optional.of(Problem.of("panel.export.nothing")) : Optional.empty();
  }

  private Optional<Problem> wrong() {
    for (char c : FORBIDDEN.toCharArray()) {
      if (name.get() != null && name.get().indexOf(c) >= 0) {
        return Optional.of(Problem.of("panel.export.badName", String.valueOf(c)));
      }
    }
    if (formats.contains(ExportFormat.GIF)) {
      Stretch stretch = stretch();
      if (stretch == null
          || stretch.fromNanos() >= stretch.untilNanos()
          || stretch.untilNanos() > endNanos) {
        return Optional.of(
            Problem.of("export.bad-stretch", from.get(), until.get(), Units.timeText(endNanos)));
      }
    }
    if (blank(folder)) {
      return Optional.empty();
    }
    try {
      Path wanted = Path.of(folder.get().strip());
      return Files.isDirectory(wanted)
          ? Optional.empty()
          : Optional.of(Problem.of("host.not-folder", wanted.toString()));
    } catch (InvalidPathException e) {
      return Optional.of(Problem.of("host.bad-name", folder.get()));
    }
  }

  /** What the fields say, or null. */
  private Stretch stretch() {
    OptionalLong first = Units.nanos(from.get().strip());
    OptionalLong last = Units.nanos(until.get().strip());
    return first.isEmpty() || last.isEmpty()
        ? null
        : new Stretch(first.getAsLong(), last.getAsLong());
  }

  private Optional<Problem> replaced() {
    if (blank(name) || blank(folder)) {
      return Optional.empty();
    }
    for (ExportFormat format : ExportFormat.values()) {
      Path target = Path.of(folder.get().strip()).resolve(format.fileName(name.get().strip()));
      if (formats.contains(format) && Files.exists(target)) {
        return Optional.of(Problem.of("panel.export.exists", target.getFileName().toString()));
      }
    }
    return Optional.empty();
  }

  private static boolean blank(StringProperty text) {
    return text.get() == null || text.get().isBlank();
  }
}
