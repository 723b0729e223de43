package org.godwit.engine.kernel.ipc;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.state.Walk;

/** Objects of one kind, by identifiers that are never used twice. */
final class IpcTable<T extends IpcObject> {
  static final int IPC_PRIVATE = 0;
  static final int IPC_CREAT = 01000;
  static final int IPC_EXCL = 02000;
  static final int IPC_NOWAIT = 04000;
  static final int IPC_RMID = 0;
  static final int IPC_SET = 1;
  static final int IPC_STAT = 2;

  private final TreeMap<Integer, T> objects = new TreeMap<>();
  private final int most;
  private int nextId;

  IpcTable(int most) {
    this.most = most;
  }

  T get(int id) {
    return objects.get(id);
  }

  TreeMap<Integer, T> all() {
    return objects;
  }

  /**
   * semget(2) and its like.
   *
   * @param fits 0, or a positive errno, for an object that is there
   * @param make a new one, or null if there is no room for it (ENOSPC)
   */
  Outcome find(int key, int flags, Credentials who, ToIntFunction<T> fits, Supplier<T> make) {
    if (key != IPC_PRIVATE) {
      for (Map.Entry<Integer, T> entry : objects.entrySet()) {
        T object = entry.getValue();
        if (object.permission.key() == key) {
          if ((flags & IPC_CREAT) != 0 && (flags & IPC_EXCL) != 0) {
            return Outcome.error(Errno.EEXIST);
          }
          int errno = fits.applyAsInt(object);
          if (errno == 0 && !object.permission.allowsFlags(who, flags)) {
            errno = Errno.EACCES;
          }
          return errno != 0 ? Outcome.error(errno) : Outcome.done(entry.getKey());
        }
      }
      if ((flags & IPC_CREAT) == 0) {
        return Outcome.error(Errno.ENOENT);
      }
    }
    T made = objects.size() >= most ? null : make.get();
    if (made == null) {
      return Outcome.error(Errno.ENOSPC);
    }
    objects.put(nextId, made);
    return Outcome.done(nextId++);
  }

  void remove(int id) {
    objects.remove(id).news.wake();
  }

  /**
   * What a call answers whose object is not there: it was removed if the call has waited for it.
   */
  static Outcome gone(Call call) {
    return Outcome.error(call.progress != 0 ? Errno.EIDRM : Errno.EINVAL);
  }

  /** Waits for news of an object, and remembers that it did. */
  static Outcome wait(Call call, IpcObject object, long deadline) {
    call.progress = 1;
    return new Outcome.Wait(java.util.List.of(object.news), deadline);
  }

  void walk(Walk walk, Supplier<T> blank) {
    nextId = walk.i32("nextId", nextId);
    int count = walk.count("objects", objects.size());
    Integer[] ids = objects.keySet().toArray(Integer[]::new);
    for (int i = 0; i < count; i++) {
      int id = walk.i32("id", walk.reading() ? 0 : ids[i]);
      if (walk.reading()) {
        objects.put(id, blank.get());
      }
      objects.get(id).walk(walk);
    }
  }
}
