package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.SyscallTable;
import org.godwit.engine.machine.Machine;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.migration.MoveMessage;
import org.godwit.engine.network.Frame;
import org.godwit.engine.network.Payload;
import org.godwit.engine.node.Node;
import org.godwit.engine.node.Surroundings;
import org.godwit.engine.time.Draws;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Migration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A body crosses as bytes and as nothing else (decision 14): no mutable object can be reached from
 * two nodes, the source's body is dead, and what is reported is the length of what was sent.
 */
@DisplayName("A move is real bytes")
class RealBytesTest {
  /** Bytes that only messages hold are values: whoever sends or gets a message copies them. */
  private static final String MESSAGE = "message ";

  private static final ProcessId FIRST = new ProcessId(1, 1001);

  /** A program with a pipe, memory of its own, a child, a handler: something of everything. */
  private static Lab busy() {
    Lab lab = Lab.Plan.nodes(3).open();
    lab.launch("pipe", "0", "2000");
    lab.launch("files", "0", "2000");
    lab.forNanos(50 * Lab.MILLI);
    return lab;
  }

  @Test
  @DisplayName("no mutable object is reached from two nodes, at any instant of a move")
  void nothingIsShared() {
    try (Lab lab = busy()) {
      ProcessId child = new ProcessId(1, 1002);
      for (int to : new int[] {2, 3, 1, 2}) {
        lab.move(child, to);
        assertThat(
                lab.until(
                    () -> {
                      assertNothingShared(lab);
                      return lab.view(child).where() == to;
                    },
                    Lab.MILLI,
                    Lab.SECOND))
            .isTrue();
        lab.forNanos(3 * Lab.MILLI);
        assertNothingShared(lab);
      }
      lab.forNanos(100 * Lab.MILLI);
      assertNothingShared(lab);
    }
  }

  private static void assertNothingShared(Lab lab) {
    List<Map<Object, String>> reached = new ArrayList<>();
    for (int node = 1; node <= 3; node++) {
      reached.add(reachable(Inside.node(lab.session, node)));
      assertThat(reached.getLast().size()).as("objects of node " + node).isGreaterThan(50);
    }
    List<String> shared = new ArrayList<>();
    for (int a = 0; a < 3; a++) {
      for (int b = a + 1; b < 3; b++) {
        Map<Object, String> other = reached.get(b);
        reached
            .get(a)
            .forEach(
                (object, path) -> {
                  String there = other.get(object);
                  if (there != null && !(path.startsWith(MESSAGE) && there.startsWith(MESSAGE))) {
                    shared.add(path + " is " + there);
                  }
                });
      }
    }
    assertThat(shared).as("shared at " + lab.session.now()).isEmpty();
  }

  /** Mutable objects that can be reached from a node, with the way to each. */
  private static Map<Object, String> reachable(Node node) {
    Map<Object, String> seen = new IdentityHashMap<>();
    Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Map.Entry<Object, String>> work = new ArrayDeque<>();
    ArrayDeque<Map.Entry<Object, String>> messages = new ArrayDeque<>();
    work.add(Map.entry(node, "node " + node.spec().id()));
    while (!work.isEmpty() || !messages.isEmpty()) {
      var entry = work.isEmpty() ? messages.remove() : work.remove();
      Object object = entry.getKey();
      if (isImmutable(object) || visited.contains(object)) {
        continue;
      }
      String path = entry.getValue();
      if (object instanceof Payload && !path.startsWith(MESSAGE)) {
        messages.add(Map.entry(object, MESSAGE + path)); // After all that is not in a message.
        continue;
      }
      visited.add(object);
      if (isMutable(object)) {
        seen.put(object, path);
      }
      follow(object, path, work);
    }
    return seen;
  }

  /** The leaf of all unused parts of page tables, and the bytes of the page of zeros. */
  private static final List<Object> CONSTANTS =
      List.of(
          Inside.constant(AddressSpace.class, "EMPTY"),
          Inside.field(Inside.constant(Page.class, "ZERO"), "bytes"));

  /**
   * What may be shared: values, sealed contents with their decoded and translated code, and what
   * never changes.
   */
  private static boolean isImmutable(Object object) {
    return object instanceof String
        || object instanceof Number
        || object instanceof Boolean
        || object instanceof Character
        || object instanceof Enum<?>
        || object instanceof Class<?>
        || object instanceof ElfImage
        || object instanceof SyscallTable
        || object instanceof Draws
        || object instanceof Machine
        || object instanceof Surroundings
        || object instanceof Page page && page.sealed()
        || object instanceof PageStore store && store.sealed()
        || CONSTANTS.stream().anyMatch(each -> each == object)
        || isTranslated(object.getClass())
        || object.getClass().getName().startsWith("java.lang.invoke");
  }

  /** Translated code is known by the bytes that it was made from, and one copy serves all nodes. */
  private static boolean isTranslated(Class<?> type) {
    return type.getName().equals("org.godwit.engine.jit.Regions")
        || type.getSuperclass() != null
            && type.getSuperclass().getName().equals("org.godwit.engine.jit.Region");
  }

  /** Records and lambdas may be shared, what is in them is looked at. */
  private static boolean isMutable(Object object) {
    Class<?> type = object.getClass();
    if (object instanceof Collection<?> || object instanceof Map<?, ?>) {
      return !type.getName().contains("Immutable") && !type.getName().contains("Unmodifiable");
    }
    return !type.isRecord()
        && !type.isHidden()
        && (type.isArray() ? Array.getLength(object) > 0 : hasMutableFields(type));
  }

  private static boolean hasMutableFields(Class<?> type) {
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers())) {
          return true;
        }
      }
    }
    return false;
  }

  private static void follow(
      Object object, String path, ArrayDeque<Map.Entry<Object, String>> work) {
    if (object instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            push(key, path + ".key", work);
            push(value, path + "[" + key + "]", work);
          });
    } else if (object instanceof Collection<?> collection) {
      collection.forEach(each -> push(each, path + "[]", work));
    } else if (object.getClass().isArray()) {
      if (!object.getClass().getComponentType().isPrimitive()) {
        for (int i = 0; i < Array.getLength(object); i++) {
          push(Array.get(object, i), path + "[" + i + "]", work);
        }
      }
    } else if (isOurs(object.getClass())) {
      for (Class<?> at = object.getClass(); isOurs(at); at = at.getSuperclass()) {
        for (Field field : at.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            push(Inside.get(field, object), path + "." + field.getName(), work);
          }
        }
      }
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("org.godwit");
  }

  private static void push(Object next, String path, ArrayDeque<Map.Entry<Object, String>> work) {
    if (next != null) {
      work.add(Map.entry(next, path));
    }
  }

  @Test
  @DisplayName("a shared object would be found")
  void sharingWouldBeFound() {
    try (Lab lab = busy()) {
      lab.move(FIRST, 2);
      lab.until(() -> lab.view(FIRST).where() == 2, Lab.MILLI, Lab.SECOND);
      Body body = Inside.node(lab.session, 2).kernel().body(FIRST);
      Object bodies = Inside.field(Inside.node(lab.session, 3).kernel(), "bodies");
      @SuppressWarnings("unchecked")
      Map<ProcessId, Body> map = (Map<ProcessId, Body>) bodies;
      map.put(FIRST, body);
      assertThatThrownBy(() -> assertNothingShared(lab)).isInstanceOf(AssertionError.class);
      map.remove(FIRST);
    }
  }

  @Test
  @DisplayName("the source's body is dead, and the bytes reported are the bytes sent")
  void sourceIsDeadAndBytesAreReal() {
    try (Lab lab = busy()) {
      Body source = Inside.node(lab.session, 1).kernel().body(FIRST);
      lab.move(FIRST, 2);
      assertThat(
              lab.until(
                  () -> Inside.sourceState(lab.session, FIRST).equals("SENT"), 10_000, Lab.SECOND))
          .isTrue();
      byte[] serialised = Inside.node(lab.session, 1).kernel().serialise(source);
      Map<Integer, Integer> pieces = new java.util.TreeMap<>();
      assertThat(
              lab.until(
                  () -> {
                    for (Frame frame : Inside.movesInFlight(lab.session)) {
                      if (frame.payload() instanceof MoveMessage.Segment segment) {
                        pieces.put(segment.index(), segment.content().length);
                        assertThat(frame.payload().bytes()).isGreaterThan(segment.content().length);
                      }
                    }
                    return lab.view(FIRST).where() == 2;
                  },
                  10_000,
                  Lab.SECOND))
          .isTrue();
      long sent = pieces.values().stream().mapToLong(Integer::longValue).sum();
      assertThat(lab.migrations(FIRST).getLast().bytes())
          .isEqualTo(sent)
          .isEqualTo(serialised.length);
      Migration move = lab.migrations(FIRST).getLast();
      assertThat(move.pages()).isPositive();
      // What the parts must take: two lists of numbers and the contents with their lengths; at
      // least
      // 32 + 32 registers and pc of one hart.
      Migration.Cargo cargo = move.cargo();
      assertThat(cargo.pages())
          .isEqualTo(4 + 8L * move.zeroPages() + 4 + move.pages() * (8L + 4 + 4096));
      assertThat(cargo.registers()).isBetween(65 * 8L, 1024L);
      assertThat(cargo.areas()).isPositive();
      assertThat(cargo.state() + cargo.registers() + cargo.areas() + cargo.pages())
          .isEqualTo(move.bytes());
      assertThatThrownBy(source::memory).isInstanceOf(IllegalStateException.class);
      assertThat(Inside.node(lab.session, 1).kernel().body(FIRST)).isNull();
      assertThat(Inside.node(lab.session, 2).kernel().body(FIRST)).isNotSameAs(source);
    }
  }
}
