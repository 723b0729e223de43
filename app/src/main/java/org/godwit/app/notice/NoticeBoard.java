package org.godwit.app.notice;

import java.util.ArrayList;
import java.util.List;
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
  private final List<Problem[]> tasks = new ArrayList<>();
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

  /**
   * Notes something that goes on in the background.
   *
   * @param what its name
   * @return tells that it has ended; on the FX thread
   */
  public Runnable begin(Problem what) {
    // An object of its own: the same may go on twice.
    Problem[] entry = {what};
    tasks.add(entry);
    return () -> tasks.removeIf(each -> each == entry);
  }

  /** What goes on in the background, the oldest first. */
  public List<Problem> tasks() {
    return tasks.stream().map(each -> each[0]).toList();
  }

  /** Empties the list. */
  public void clear() {
    notices.clear();
  }
}
