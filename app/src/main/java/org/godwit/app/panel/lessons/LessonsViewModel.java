package org.godwit.app.panel.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.engine.session.Grading.Outcome;
import org.godwit.model.scenario.Lesson;

/**
 * A course through the lessons: choose one, predict, run, and see what held. The explanation comes
 * when the run has come to the lesson's end. FX thread only.
 */
public final class LessonsViewModel {
  /** Holds the open session against a lesson's checks; the answer comes on the FX thread. */
  @FunctionalInterface
  public interface Grader {
    /** Gives an outcome for each check. */
    void grade(Lesson lesson, Consumer<List<Outcome>> then);
  }

  private final List<Lesson> lessons;
  private final Consumer<Lesson> open;
  private final Grader grader;
  private final ObjectProperty<Lesson> lesson = new SimpleObjectProperty<>(this, "lesson");
  private final IntegerProperty prediction = new SimpleIntegerProperty(this, "prediction", -1);
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper done = new ReadOnlyBooleanWrapper();
  private final ObservableList<Outcome> outcomes = FXCollections.observableArrayList();
  private boolean asking;

  /**
   * @param lessons the lessons, in their order
   * @param open opens a lesson's scenario
   * @param grader holds the open session against checks
   */
  public LessonsViewModel(List<Lesson> lessons, Consumer<Lesson> open, Grader grader) {
    this.lessons = List.copyOf(lessons);
    this.open = open;
    this.grader = grader;
    lesson.addListener((property, before, after) -> reset());
  }

  private void reset() {
    // First of all: what became of the checks of another lesson is shown beside none of this one.
    outcomes.clear();
    prediction.set(-1);
    running.set(false);
    done.set(false);
  }

  /** All lessons. */
  public List<Lesson> lessons() {
    return lessons;
  }

  /** The lesson that is taken, or null. */
  public ObjectProperty<Lesson> lesson() {
    return lesson;
  }

  /** What the learner predicts, −1 for nothing yet. */
  public IntegerProperty prediction() {
    return prediction;
  }

  /** Whether the learner was right. */
  public boolean right() {
    return lesson.get() != null && prediction.get() == lesson.get().answer();
  }

  /** Opens the lesson's scenario, once there is a prediction. */
  public void run() {
    if (lesson.get() != null && prediction.get() >= 0) {
      outcomes.clear();
      done.set(false);
      running.set(true);
      open.accept(lesson.get());
    }
  }

  /** The session has come to {@code nanos} in the scenario of that name. */
  public void reached(String scenario, long nanos) {
    Lesson taken = lesson.get();
    if (taken == null || !running.get() || asking || !taken.scenario().equals(scenario)) {
      return;
    }
    boolean end = nanos >= taken.untilNanos();
    if (end && done.get()) {
      return;
    }
    asking = true;
    grader.grade(
        taken,
        found -> {
          asking = false;
          if (taken.equals(lesson.get()) && running.get()) {
            if (!new ArrayList<>(outcomes).equals(found)) {
              outcomes.setAll(found);
            }
            done.set(end);
          }
        });
  }

  /** Another session was opened: an answer that is still due will not come. */
  public void begin() {
    asking = false;
  }

  /** What became of the checks; empty before the first answer. */
  public ObservableList<Outcome> outcomes() {
    return FXCollections.unmodifiableObservableList(outcomes);
  }

  /** Whether the lesson's scenario was opened. */
  public ReadOnlyBooleanProperty running() {
    return running.getReadOnlyProperty();
  }

  /** Whether the run has come to the lesson's end. */
  public ReadOnlyBooleanProperty done() {
    return done.getReadOnlyProperty();
  }
}
