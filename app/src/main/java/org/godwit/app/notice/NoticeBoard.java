package org.godwit.app.notice;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * All notices of this run of the program, newest first; toasts listen to {@link #onPost}. FX thread
 * only. Keeps the newest {@link #KEPT}.
 */
public final class NoticeBoard {
  /** How many notices are kept. */
  public static final int KEPT = 500;

  private final ObservableList<Notice> notices = FXCollections.observableArrayList();
  private final ObservableList<Notice> view = FXCollections.unmodifiableObservableList(notices);
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

  /** Empties the list. */
  public void clear() {
    notices.clear();
  }
}
