package org.godwit.engine.kernel.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.state.Walk;

/**
 * Semaphore sets: semget(2), semop(2), semctl(2). A call that cannot do all its operations does
 * none and waits; whenever the set changes those who wait try again in the order in which they
 * came. Left out: SEM_INFO and SEM_STAT, which tell of the whole system.
 */
public final class Semaphores {
  private static final int SEM_UNDO = 010000;
  private static final int GETPID = 11;
  private static final int GETVAL = 12;
  private static final int GETALL = 13;
  private static final int GETNCNT = 14;
  private static final int GETZCNT = 15;
  private static final int SETVAL = 16;
  private static final int SETALL = 17;

  /** Most semaphores of a set (SEMMSL), of a node, and most sets (SEMMNI). */
  private static final int MOST_OF_SET = 32_000;

  private static final int MOST_OF_NODE = 1 << 20;
  private static final int MOST_SETS = 32_000;

  /** Most operations of one call (SEMOPM). */
  public static final int MOST_OPERATIONS = 500;

  private static final int MOST_VALUE = 32_767;
  private static final int OPERATION_BYTES = 6;
  private static final int STATUS_BYTES = 88;

  private static final class Set extends IpcObject {
    private int[] values;
    private int[] lastPids;
    private long usedSeconds;

    Set(Permission permission, int count) {
      super(permission);
      values = new int[count];
      lastPids = new int[count];
    }

    @Override
    void walk(Walk walk) {
      super.walk(walk);
      usedSeconds = walk.i64("used", usedSeconds);
      values = ints(walk, "values", values);
      lastPids = ints(walk, "lastPids", lastPids);
    }
  }

  private record Operation(int semaphore, int change, int flags) {
    boolean undone() {
      return (flags & SEM_UNDO) != 0;
    }
  }

  private final IpcTable<Set> sets = new IpcTable<>(MOST_SETS);

  /** What is undone when a process ends: by pid, set, then semaphore. */
  private final TreeMap<Integer, TreeMap<Integer, int[]>> undo = new TreeMap<>();

  // ---------------------------------------------------------------- calls

  /** semget(key, nsems, semflg). */
  public Outcome get(Credentials who, Call call, long nowSeconds) {
    int count = call.integer(1);
    if (count < 0 || count > MOST_OF_SET) {
      return Outcome.error(Errno.EINVAL);
    }
    int key = call.integer(0);
    boolean isNew =
        key == IpcTable.IPC_PRIVATE
            || sets.all().values().stream().noneMatch(each -> each.permission.key() == key);
    if (isNew && count == 0 && (call.integer(2) & IpcTable.IPC_CREAT) != 0
        || key == IpcTable.IPC_PRIVATE && count == 0) {
      return Outcome.error(Errno.EINVAL);
    }
    return sets.find(
        key,
        call.integer(2),
        who,
        set -> count > set.values.length ? Errno.EINVAL : 0,
        () -> {
          int all = sets.all().values().stream().mapToInt(each -> each.values.length).sum();
          if (all + count > MOST_OF_NODE) {
            return null;
          }
          Set made = new Set(new Permission(key, who, call.integer(2)), count);
          made.changedSeconds = nowSeconds;
          return made;
        });
  }

  /**
   * semop and semtimedop(semid, sops, nsops, timeout); the operations are in the buffer of argument
   * 1, the time limit is {@code deadline}.
   */
  public Outcome operate(Credentials who, int pid, Call call, long deadline, long now, long epoch) {
    long count = call.scalar(2);
    if (count < 1 || call.integer(0) < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if (deadline < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    Operation[] operations = operations(call);
    Set set = sets.get(call.integer(0));
    if (set == null) {
      return IpcTable.gone(call);
    }
    boolean alters = false;
    for (Operation each : operations) {
      if (each.semaphore >= set.values.length) {
        return Outcome.error(Errno.EFBIG);
      }
      alters |= each.change != 0;
    }
    if (!set.permission.allows(who, alters ? Permission.WRITE : Permission.READ)) {
      return Outcome.error(Errno.EACCES);
    }
    int[] values = set.values.clone();
    int[] adjust = adjustments(pid, call.integer(0), values.length).clone();
    for (Operation each : operations) {
      int value = values[each.semaphore] + each.change;
      if (value < 0 || each.change == 0 && value != 0) {
        if ((each.flags & IpcTable.IPC_NOWAIT) != 0 || now >= deadline) {
          return Outcome.error(Errno.EAGAIN);
        }
        return IpcTable.wait(call, set, deadline);
      }
      if (value > MOST_VALUE) {
        return Outcome.error(Errno.ERANGE);
      }
      values[each.semaphore] = value;
      if (each.undone()) {
        adjust[each.semaphore] -= each.change;
        if (Math.abs(adjust[each.semaphore]) > MOST_VALUE) {
          return Outcome.error(Errno.ERANGE);
        }
      }
    }
    set.values = values;
    set.usedSeconds = (epoch + now) / 1_000_000_000L;
    boolean undoes = false;
    for (Operation each : operations) {
      set.lastPids[each.semaphore] = pid;
      undoes |= each.undone();
    }
    if (undoes) {
      undo.computeIfAbsent(pid, p -> new TreeMap<>()).put(call.integer(0), adjust);
    }
    if (alters) {
      set.news.wake();
    }
    return Outcome.done(0);
  }

  private int[] adjustments(int pid, int id, int count) {
    TreeMap<Integer, int[]> own = undo.get(pid);
    int[] found = own == null ? null : own.get(id);
    return found == null ? new int[count] : found;
  }

  private static Operation[] operations(Call call) {
    byte[] bytes = call.in(1);
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Operation[] operations = new Operation[bytes.length / OPERATION_BYTES];
    for (int i = 0; i < operations.length; i++) {
      int at = i * OPERATION_BYTES;
      operations[i] =
          new Operation(from.getShort(at) & 0xffff, from.getShort(at + 2), from.getShort(at + 4));
    }
    return operations;
  }

  /** The bytes that semctl reads for a command; −1 for those up to a whole set. */
  public static int reads(int command) {
    return switch (command) {
      case IpcTable.IPC_SET -> STATUS_BYTES;
      case SETALL -> -1;
      default -> 0;
    };
  }

  /** The most bytes of a set's values. */
  public static int mostBytes() {
    return MOST_OF_SET * Short.BYTES;
  }

  /**
   * semctl(semid, semnum, cmd, arg): a structure comes in and goes out in argument 3.
   *
   * @param waiting calls that wait on this node, for GETNCNT and GETZCNT
   */
  public Outcome control(Credentials who, int pid, Call call, List<Call> waiting, long nowSeconds) {
    int id = call.integer(0);
    int number = call.integer(1);
    Set set = sets.get(id);
    if (set == null) {
      return Outcome.error(Errno.EINVAL);
    }
    Permission permission = set.permission;
    boolean each = number >= 0 && number < set.values.length;
    switch (call.integer(2)) {
      case IpcTable.IPC_RMID, IpcTable.IPC_SET -> {
        if (!permission.ownedBy(who)) {
          return Outcome.error(Errno.EPERM);
        }
        if (call.integer(2) == IpcTable.IPC_RMID) {
          sets.remove(id);
          undo.values().forEach(own -> own.remove(id));
        } else {
          permission.set(little(call.in(3)));
          set.changedSeconds = nowSeconds;
        }
        return Outcome.done(0);
      }
      case IpcTable.IPC_STAT, GETALL, GETVAL, GETPID, GETNCNT, GETZCNT -> {
        if (!permission.allows(who, Permission.READ)) {
          return Outcome.error(Errno.EACCES);
        }
      }
      case SETVAL, SETALL -> {
        if (!permission.allows(who, Permission.WRITE)) {
          return Outcome.error(Errno.EACCES);
        }
      }
      default -> {
        return Outcome.error(Errno.EINVAL);
      }
    }
    return switch (call.integer(2)) {
      case IpcTable.IPC_STAT -> {
        ByteBuffer status = little(new byte[STATUS_BYTES]);
        permission.put(status, 0);
        status.putLong(48, set.usedSeconds).putLong(56, set.changedSeconds);
        call.out(3, status.putLong(64, set.values.length).array());
        yield Outcome.done(0);
      }
      case GETALL -> {
        ByteBuffer all = little(new byte[set.values.length * Short.BYTES]);
        for (int value : set.values) {
          all.putShort((short) value);
        }
        call.out(3, all.array());
        yield Outcome.done(0);
      }
      case SETALL -> setAll(pid, id, set, call.in(3), nowSeconds);
      case SETVAL -> {
        int value = (int) call.scalar(3);
        if (value < 0 || value > MOST_VALUE) {
          yield Outcome.error(Errno.ERANGE);
        }
        if (!each) {
          yield Outcome.error(Errno.EINVAL);
        }
        change(pid, id, set, number, value);
        set.changedSeconds = nowSeconds;
        set.news.wake();
        yield Outcome.done(0);
      }
      default -> {
        if (!each) {
          yield Outcome.error(Errno.EINVAL);
        }
        yield Outcome.done(
            switch (call.integer(2)) {
              case GETVAL -> set.values[number];
              case GETPID -> set.lastPids[number];
              default -> waiters(set, id, number, call.integer(2) == GETZCNT, waiting);
            });
      }
    };
  }

  private Outcome setAll(int pid, int id, Set set, byte[] bytes, long nowSeconds) {
    if (bytes.length < set.values.length * Short.BYTES) {
      return Outcome.error(Errno.EFAULT);
    }
    ByteBuffer from = little(bytes);
    for (int i = 0; i < set.values.length; i++) {
      if ((from.getShort(i * Short.BYTES) & 0xffff) > MOST_VALUE) {
        return Outcome.error(Errno.ERANGE);
      }
    }
    for (int i = 0; i < set.values.length; i++) {
      change(pid, id, set, i, from.getShort(i * Short.BYTES));
    }
    set.changedSeconds = nowSeconds;
    set.news.wake();
    return Outcome.done(0);
  }

  /** SETVAL: nobody undoes what was before. */
  private void change(int pid, int id, Set set, int number, int value) {
    set.values[number] = value;
    set.lastPids[number] = pid;
    for (TreeMap<Integer, int[]> own : undo.values()) {
      if (own.containsKey(id)) {
        own.get(id)[number] = 0;
      }
    }
  }

  /** Calls whose first operation that cannot be done is on this semaphore. */
  private static int waiters(Set set, int id, int number, boolean zero, List<Call> waiting) {
    int count = 0;
    for (Call call : waiting) {
      if (call.integer(0) != id) {
        continue;
      }
      int[] values = set.values.clone();
      for (Operation each : operations(call)) {
        int value = values[each.semaphore] + each.change;
        if (value < 0 || each.change == 0 && value != 0) {
          count += each.semaphore == number && zero == (each.change == 0) ? 1 : 0;
          break;
        }
        values[each.semaphore] = value;
      }
    }
    return count;
  }

  /** A process has ended: what it asked to be undone is. */
  public void ended(int pid) {
    TreeMap<Integer, int[]> own = undo.remove(pid);
    if (own == null) {
      return;
    }
    own.forEach(
        (id, adjust) -> {
          Set set = sets.get(id);
          for (int i = 0; i < adjust.length; i++) {
            if (adjust[i] != 0) {
              set.values[i] = Math.clamp(set.values[i] + adjust[i], 0, MOST_VALUE);
              set.lastPids[i] = pid;
            }
          }
          set.news.wake();
        });
  }

  // ---------------------------------------------------------------- state

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int[] ints(Walk walk, String name, int[] values) {
    long[] all = new long[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i];
    }
    all = walk.longs(name, all);
    int[] read = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      read[i] = (int) all[i];
    }
    return read;
  }

  /** Everything. */
  public void walk(Walk walk) {
    sets.walk(walk, () -> new Set(new Permission(), 0));
    int processes = walk.count("undoers", undo.size());
    Integer[] pids = undo.keySet().toArray(Integer[]::new);
    for (int i = 0; i < processes; i++) {
      int pid = walk.i32("pid", walk.reading() ? 0 : pids[i]);
      TreeMap<Integer, int[]> own = undo.computeIfAbsent(pid, p -> new TreeMap<>());
      int count = walk.count("undone", own.size());
      Map.Entry<Integer, int[]>[] entries = entries(own);
      for (int k = 0; k < count; k++) {
        int id = walk.i32("set", walk.reading() ? 0 : entries[k].getKey());
        int[] adjust = walk.reading() ? new int[0] : entries[k].getValue();
        own.put(id, ints(walk, "adjust", adjust));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map.Entry<Integer, int[]>[] entries(TreeMap<Integer, int[]> own) {
    return own.entrySet().toArray(Map.Entry[]::new);
  }
}
