package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.FileLease;
import org.godwit.engine.kernel.SignalInfo;
import org.godwit.engine.kernel.Steering;
import org.godwit.engine.kernel.Task;
import org.godwit.engine.kernel.TaskWait;
import org.godwit.engine.kernel.call.Restart;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.model.ProcessId;
import org.godwit.model.view.LedgerRow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every field of what crosses in a move is walked (decision 17): changing it changes the bytes that
 * would cross or the hash of the state. Whatever is not is named here, with the reason.
 */
@DisplayName("Every field that crosses is walked")
class WalkedFieldsTest {
  private static final Map<String, String> TRANSIENT = new TreeMap<>();

  static {
    TRANSIENT.put("Body.remotePages", "clean pages stay behind and are fetched again");
    TRANSIENT.put("Body.runnable", "counted from the tasks' states");
    TRANSIENT.put("Body.runnableSince", "part of runnableNanos, which the hash has up to now");
    TRANSIENT.put("Body.poisoned", "a body that has left is not walked");
    TRANSIENT.put("Task.body", "the owner");
    TRANSIENT.put("Task.dispatchedNanos", "part of cpuNanos, which is walked up to now");
    TRANSIENT.put("Hart.counters", "set by the CPU at each run");
    TRANSIENT.put("Hart.base", "within one run");
    TRANSIENT.put("Hart.left", "within one run");
    TRANSIENT.put("Hart.entry", "within one run");
    TRANSIENT.put("Hart.stop", "within one run");
    TRANSIENT.put("Hart.system", "within one run");
    TRANSIENT.put("Hart.scratch", "within one run");
    TRANSIENT.put("Hart.fault", "why the last run stopped; dealt with at once");
    TRANSIENT.put("Hart.pageWait", "why the last run stopped; dealt with at once");
    TRANSIENT.put("Hart.address", "why the last run stopped; dealt with at once");
    TRANSIENT.put("AddressSpace.frames", "the node's RAM");
    TRANSIENT.put("AddressSpace.read", "a cache of areas and pages");
    TRANSIENT.put("AddressSpace.write", "a cache of areas and pages");
    TRANSIENT.put("AddressSpace.codeTags", "a cache of decoded code");
    TRANSIENT.put("AddressSpace.codeCaches", "a cache of decoded code");
    TRANSIENT.put("AddressSpace.crossingTags", "a cache of decoded code");
    TRANSIENT.put("AddressSpace.crossings", "a cache of decoded code");
    TRANSIENT.put("AddressSpace.cleanings", "says that tags of pages are forgotten, and no more");
    TRANSIENT.put("AddressSpace.codeVersion", "says that the translator looks again, and no more");
    TRANSIENT.put("AddressSpace.translations", "translated code, a cache like decoded code");
    TRANSIENT.put("AddressSpace.users", "who moves is alone in its memory; the deputy's is walked");
    TRANSIENT.put("AddressSpace.epoch", "each node counts its own");
  }

  private final List<String> checked = new ArrayList<>();

  @Test
  @DisplayName("of body, task, hart, memory, handlers and call")
  void everyFieldIsWalked() {
    try (Lab lab = Lab.Plan.nodes(1).open()) {
      lab.launch("sleeper", "6", "100");
      ProcessId id = new ProcessId(1, 1001);
      assertThat(lab.until(() -> sleeps(lab, id), Lab.MILLI / 10, Lab.SECOND)).isTrue();
      Body body = Inside.node(lab.session, 1).kernel().body(id);
      Task task = body.tasks().getFirst();
      check(lab, body, body);
      check(lab, body, task);
      check(lab, body, task.hart());
      check(lab, body, Inside.field(body, "handlers"));
      check(lab, body, Inside.field(body, "shared"));
      check(lab, body, Inside.field(body, "timers"));
      Object timer = Inside.intervalTimer(Inside.field(body, "timers"), -2);
      check(lab, body, timer);
      check(lab, body, Inside.field(task, "altStack"));
      check(lab, body, body.memory());
      FileLease lease = new FileLease(1024, 022, 0, 0);
      body.files(lease);
      check(lab, body, lease);
      body.files(null);
      check(lab, body, ((TaskWait.Sleep) task.waiting()).call());
    }
    assertThat(checked).hasSizeGreaterThan(50);
    assertThat(checked).containsAll(TRANSIENT.keySet());
  }

  private static boolean sleeps(Lab lab, ProcessId id) {
    Body body = Inside.node(lab.session, 1).kernel().body(id);
    return body.tasks().getFirst().waiting() instanceof TaskWait.Sleep;
  }

  private void check(Lab lab, Body body, Object owner) {
    for (Field field : owner.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      String name = owner.getClass().getSimpleName() + "." + field.getName();
      checked.add(name);
      if (!TRANSIENT.containsKey(name)) {
        List<Object> before = state(lab, body);
        Runnable undo = change(body, owner, field);
        assertThat(state(lab, body)).as(name + " is walked").isNotEqualTo(before);
        undo.run();
        assertThat(state(lab, body)).as(name + " is as before").isEqualTo(before);
      }
    }
  }

  private static List<Object> state(Lab lab, Body body) {
    byte[] bytes = Inside.node(lab.session, 1).kernel().serialise(body);
    return List.of(java.util.HexFormat.of().formatHex(bytes), lab.session.stateHash());
  }

  /** Changes a field, or what it refers to; returns what undoes it. */
  private static Runnable change(Body body, Object owner, Field field) {
    Object old = Inside.get(field, owner);
    return switch (old) {
      case long[] array -> {
        int last = Math.min(array.length - 1, 31);
        array[last] ^= 4;
        yield () -> array[last] ^= 4;
      }
      case int[] array -> {
        array[0] ^= 4;
        yield () -> array[0] ^= 4;
      }
      case byte[][] array -> {
        byte[] first = array[0];
        array[0] = new byte[] {1, 2, 3};
        yield () -> array[0] = first;
      }
      case TreeSet<?> numbers when field.getName().equals("behind") -> {
        @SuppressWarnings("unchecked")
        TreeSet<Integer> behind = (TreeSet<Integer>) numbers;
        behind.add(77);
        yield () -> behind.remove(77);
      }
      case TreeSet<?> numbers when field.getName().equals("closed") -> {
        @SuppressWarnings("unchecked")
        TreeSet<Integer> closed = (TreeSet<Integer>) numbers;
        closed.add(77);
        yield () -> closed.remove(77);
      }
      case TreeMap<?, ?> descriptors when field.getName().equals("taken") -> {
        body.files().take(77);
        yield () -> descriptors.remove(77);
      }
      case List<?> signals when field.getName().equals("queue") -> {
        @SuppressWarnings("unchecked")
        List<SignalInfo> queue = (List<SignalInfo>) signals;
        queue.add(new SignalInfo(12, 0, 1, 2, 3, false));
        yield queue::removeLast;
      }
      case TreeMap<?, ?> entries when field.getName().equals("entries") -> {
        @SuppressWarnings("unchecked")
        TreeMap<Object, Object> calls = (TreeMap<Object, Object>) entries;
        var removed = calls.pollFirstEntry();
        yield () -> calls.put(removed.getKey(), removed.getValue());
      }
      case TreeMap<?, ?> timers when field.getName().equals("timers") -> {
        Inside.intervalTimer(owner, -3);
        yield () -> timers.remove(-3);
      }
      case TreeMap<?, ?> overruns when field.getName().equals("overruns") -> {
        @SuppressWarnings("unchecked")
        TreeMap<Integer, Integer> times = (TreeMap<Integer, Integer>) overruns;
        times.put(77, 7);
        yield () -> times.remove(77);
      }
      case null -> {
        boolean lease = field.getType() == FileLease.class;
        Object some = lease ? new FileLease(1024, 022, 0, 0) : Restart.IF_ASKED;
        yield set(owner, field, some, null);
      }
      case List<?> tasks -> {
        Task removed = (Task) tasks.getFirst();
        body.tasks().removeFirst();
        yield () -> body.tasks().addFirst(removed);
      }
      case Boolean value -> set(owner, field, !value, old);
      case Integer value -> set(owner, field, value ^ 4, old);
      case Long value -> set(owner, field, value ^ 4, old);
      case String value -> set(owner, field, value + "x", old);
      case ProcessId value -> set(owner, field, new ProcessId(value.home(), value.pid() + 1), old);
      case Credentials value ->
          set(
              owner,
              field,
              new Credentials(
                  value.uid() + 1,
                  value.euid(),
                  value.suid(),
                  value.gid(),
                  value.egid(),
                  value.sgid(),
                  value.groups()),
              old);
      case Steering value -> set(owner, field, value.cleared(), old);
      case LedgerRow.Place value -> set(owner, field, LedgerRow.Place.MFS, old);
      case Task.State value -> set(owner, field, Task.State.STOPPED, old);
      case TaskWait value -> set(owner, field, new TaskWait.Exercise(), old);
      case AddressSpace memory -> {
        long at = memory.heapStart();
        int word = memory.load32(at);
        memory.store32(at, word ^ 4);
        yield () -> memory.store32(at, word);
      }
      default -> inner(body, owner, field, old);
    };
  }

  private static Runnable inner(Body body, Object owner, Field field, Object old) {
    if (field.getName().equals("areas")) {
      AddressSpace memory = (AddressSpace) owner;
      long at = memory.findRoom(0, 4096);
      memory.map(new org.godwit.engine.memory.Area(at, at + 4096, 1, false, null, 0, ""));
      return () -> memory.unmap(at, 4096);
    }
    if (field.getName().equals("pages")) {
      return change(body, body, fieldOf(Body.class, "memory"));
    }
    for (Field each : old.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(each.getModifiers())) {
        return change(body, old, each);
      }
    }
    throw new IllegalStateException("do not know how to change " + field);
  }

  private static Field fieldOf(Class<?> type, String name) {
    try {
      return type.getDeclaredField(name);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Runnable set(Object owner, Field field, Object value, Object old) {
    Inside.set(field, owner, value);
    return () -> Inside.set(field, owner, old);
  }
}
