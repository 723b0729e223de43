package org.godwit.app.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.model.Problem;

/**
 * All notices of this run of the program, newest first; toasts listen to {@link #onPost}. FX thread
 * only. Keeps the newest {@link #KEPT}.
 */
public final class NoticeBoard {
  /** How many notices are kept. */
  public static final int KEPT = 500;

  private final ObservableList<Notice> notices = FXCollections.observableArrayList();
  private final ObservableList<Notice> view = FXCollections.unmodifiableObservableList(notices);
  private final List<Task> tasks = new ArrayList<>();
  private final List<Consumer<Notice>> listeners = new CopyOnWriteArrayList<>();

  /** Newest first, unmodifiable. */
  public ObservableList<Notice> notices() {
    return view;
  }

  /** Adds a notice and tells the toasts. */
  public void post(Notice notice) {
    notices.addFirst(notice);
    if (notices.size() > KEPT) {
      notices.removeLast();
    }
    listeners.forEach(listener -> listener.accept(notice));
  }

  /** Calls {@code listener} with each notice as it is posted. */
  public void onPost(Consumer<Notice> listener) {
    listeners.add(listener);
  }

  /** Something that goes on in the background. */
  public static final class Task {
    private final Optional<Runnable> cancel;
    private Problem name;

    // No record: the same may go on twice, and each ends by itself.
    private Task(Problem name, Optional<Runnable> cancel) {
      this.name = name;
      this.cancel = cancel;
    }

    /** What it is called, with how far it is if that is known. */
    public Problem name() {
      return name;
    }

    /** Changes what it is called; on the FX thread. */
    public void tell(Problem now) {
      name = now;
    }

    /** How it is given up, if it can be. */
    public Optional<Runnable> cancel() {
      return cancel;
    }
  }

  /**
   * Notes something that goes on in the background and ends by itself.
   *
   * @param what its name
   * @return tells that it has ended; on the FX thread
   */
  public Runnable begin(Problem what) {
    return begin(new Task(what, Optional.empty()));
  }

  /**
   * Notes something that goes on in the background and can be given up.
   *
   * @param what its name
   * @param cancel gives it up; on the FX thread
   * @return tells that it has ended; on the FX thread
   */
  public Runnable begin(Problem what, Runnable cancel) {
    return begin(new Task(what, Optional.of(cancel)));
  }

  private Runnable begin(Task task) {
    tasks.add(task);
    return () -> end(task);
  }

  /**
   * As {@link #begin(Problem, Runnable)}, for what tells how far it is; {@link #end} ends it.
   *
   * @param what its name
   * @param cancel gives it up; on the FX thread
   */
  public Task open(Problem what, Runnable cancel) {
    Task task = new Task(what, Optional.of(cancel));
    tasks.add(task);
    return task;
  }

  /** It has ended; on the FX thread. */
  public void end(Task task) {
    tasks.remove(task);
  }

  /** What goes on in the background, the oldest first. */
  public List<Task> tasks() {
    return List.copyOf(tasks);
  }

  /** Empties the list. */
  public void clear() {
    notices.clear();
  }
}
