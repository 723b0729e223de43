package org.godwit.app.panel.inspector;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.godwit.app.text.ExplanationText;
import org.godwit.engine.session.Explanation;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;

/**
 * What holds the inspected process from moving, to any node or to one that is chosen, as the engine
 * explains it, and what a hidden copy that runs ahead finds out. FX thread only.
 */
public final class WhyViewModel {
  /** Asks the session; the answer comes on the FX thread, or never if there is none. */
  @FunctionalInterface
  public interface Asker {
    /** {@code to} is 0 for any node. */
    void ask(ProcessId process, int to, Consumer<Explanation> then);
  }

  private final Asker asker;
  private final BiConsumer<ProcessId, Consumer<Optional<Explanation.Forecast>>> foresight;
  private final Consumer<List<Command>> commands;
  private final ExplanationText text;
  private final ReadOnlyObjectWrapper<Explanation> answer = new ReadOnlyObjectWrapper<>();
  private final IntegerProperty target = new SimpleIntegerProperty(this, "target");
  private final BooleanProperty looking = new SimpleBooleanProperty(this, "looking");
  private ProcessId process;
  private boolean waiting;
  private Explanation.Forecast forecast;

  /**
   * @param asker asks the session
   * @param foresight runs a copy ahead; empty if that is not possible
   * @param commands where remedies go, each as one deed
   * @param words words keys in the window's language
   */
  public WhyViewModel(
      Asker asker,
      BiConsumer<ProcessId, Consumer<Optional<Explanation.Forecast>>> foresight,
      Consumer<List<Command>> commands,
      Function<Problem, String> words) {
    this.asker = asker;
    this.foresight = foresight;
    this.commands = commands;
    this.text = new ExplanationText(words);
    target.addListener((property, before, after) -> refresh());
  }

  /** Explains that process, or none if null. */
  public void inspect(ProcessId next) {
    if (!Objects.equals(process, next)) {
      process = next;
      forecast = null;
      // A session that was closed does not answer any more.
      waiting = false;
      answer.set(null);
      target.set(0);
    }
    refresh();
  }

  /** Asks anew; the question before must have been answered. */
  public void refresh() {
    if (process == null || waiting) {
      return;
    }
    ProcessId asked = process;
    int to = target.get();
    waiting = true;
    asker.ask(
        asked,
        to,
        found -> {
          waiting = false;
          if (asked.equals(process) && to == target.get() && found != null) {
            boolean stillAhead =
                forecast != null
                    && (forecast.leavesNanos() < 0 || forecast.leavesNanos() > found.atNanos());
            answer.set(stillAhead ? found.with(forecast) : found);
          }
        });
  }

  /** Runs a hidden copy ahead to see whether and when it will leave by itself. */
  public void lookAhead() {
    if (process == null || looking.get()) {
      return;
    }
    ProcessId asked = process;
    looking.set(true);
    foresight.accept(
        asked,
        found -> {
          looking.set(false);
          if (asked.equals(process)) {
            forecast = found.orElse(null);
            refresh();
          }
        });
  }

  /** Does what a remedy says; what was foretold no longer holds then. */
  public void apply(Explanation.Remedy remedy) {
    forecast = null;
    commands.accept(remedy.commands());
  }

  /** The answer, or null. */
  public ReadOnlyObjectProperty<Explanation> answer() {
    return answer.getReadOnlyProperty();
  }

  /** The node that is asked about, 0 for any. */
  public IntegerProperty target() {
    return target;
  }

  /** Whether a copy is running ahead. */
  public BooleanProperty looking() {
    return looking;
  }

  /** Words explanations. */
  public ExplanationText text() {
    return text;
  }
}
