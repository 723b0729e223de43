package org.godwit.app.action;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.model.Problem;

/**
 * What the user did, in order, and how far it is undone. Doing something new forgets what was
 * undone. FX thread only; keeps the newest {@value #KEPT}.
 */
public final class UndoList {
  /** Deeds kept. */
  public static final int KEPT = 200;

  private final ObservableList<Deed> deeds = FXCollections.observableArrayList();
  private final ObservableList<Deed> view = FXCollections.unmodifiableObservableList(deeds);
  private final ReadOnlyIntegerWrapper done = new ReadOnlyIntegerWrapper(this, "done", 0);
  private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper(this, "canUndo");
  private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper(this, "canRedo");
  private boolean replaying;

  /**
   * One thing that was done.
   *
   * @param name what, as a message key with arguments
   * @param undo takes it back
   * @param redo does it again
   */
  public record Deed(Problem name, Runnable undo, Runnable redo) {}

  /** Notes something that has just been done. What an undo or redo itself does is not noted. */
  public void did(Problem name, Runnable undo, Runnable redo) {
    if (replaying) {
      return;
    }
    deeds.remove(done.get(), deeds.size());
    deeds.add(new Deed(name, undo, redo));
    if (deeds.size() > KEPT) {
      deeds.removeFirst();
    }
    place(deeds.size());
  }

  /** Takes the last deed back. */
  public void undo() {
    if (canUndo.get()) {
      int last = done.get() - 1;
      replay(deeds.get(last).undo);
      place(last);
    }
  }

  /** Does the next deed again. */
  public void redo() {
    if (canRedo.get()) {
      int next = done.get();
      replay(deeds.get(next).redo);
      place(next + 1);
    }
  }

  /** Undoes or redoes until exactly {@code count} deeds are done. */
  public void goTo(int count) {
    while (done.get() > count && canUndo.get()) {
      undo();
    }
    while (done.get() < count && canRedo.get()) {
      redo();
    }
  }

  /** Forgets everything: another session. */
  public void clear() {
    deeds.clear();
    place(0);
  }

  private void replay(Runnable deed) {
    replaying = true;
    try {
      deed.run();
    } finally {
      replaying = false;
    }
  }

  private void place(int count) {
    done.set(Math.min(count, deeds.size()));
    canUndo.set(done.get() > 0);
    canRedo.set(done.get() < deeds.size());
  }

  /** All deeds, the oldest first; those from {@link #doneProperty} on are undone. */
  public ObservableList<Deed> deeds() {
    return view;
  }

  /** How many deeds are done. */
  public ReadOnlyIntegerProperty doneProperty() {
    return done.getReadOnlyProperty();
  }

  /** Whether there is something to undo. */
  public ReadOnlyBooleanProperty canUndoProperty() {
    return canUndo.getReadOnlyProperty();
  }

  /** Whether there is something to redo. */
  public ReadOnlyBooleanProperty canRedoProperty() {
    return canRedo.getReadOnlyProperty();
  }
}
