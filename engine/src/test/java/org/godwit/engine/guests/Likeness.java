package org.godwit.engine.guests;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether two graphs of objects are alike in every field that is not transient: the same classes,
 * the same values, and one object in the one wherever there is one in the other. It knows nothing
 * of how copies are made.
 */
final class Likeness {
  private static final int ENOUGH = 10;

  private final IdentityHashMap<Object, Object> partners = new IdentityHashMap<>();
  private final ArrayDeque<Pair> left = new ArrayDeque<>();
  private final List<String> differences = new ArrayList<>();

  private record Pair(String path, Object one, Object other) {}

  private Likeness() {}

  /** Where they differ, with the way there; empty if they are alike. */
  static List<String> differences(Object one, Object other) {
    Likeness likeness = new Likeness();
    likeness.left.add(new Pair("", one, other));
    while (!likeness.left.isEmpty() && likeness.differences.size() < ENOUGH) {
      likeness.compare(likeness.left.poll());
    }
    return likeness.differences;
  }

  private void compare(Pair pair) {
    Object one = pair.one;
    Object other = pair.other;
    if (one == other) {
      return;
    }
    if (one == null || other == null || one.getClass() != other.getClass()) {
      differences.add(pair.path + ": " + one + " and " + other);
      return;
    }
    Object partner = partners.putIfAbsent(one, other);
    if (partner != null) {
      if (partner != other && !isValue(one)) {
        differences.add(pair.path + ": another one of " + one.getClass());
      }
      return;
    }
    Class<?> type = one.getClass();
    if (type.isArray() && type.getComponentType().isPrimitive()) {
      if (!Arrays.deepEquals(new Object[] {one}, new Object[] {other})) {
        differences.add(pair.path + ": other numbers");
      }
    } else if (type.isArray()) {
      elements(pair.path, Arrays.asList((Object[]) one), Arrays.asList((Object[]) other));
    } else if (one instanceof Map<?, ?> map) {
      elements(pair.path, new ArrayList<>(map.keySet()), List.copyOf(((Map<?, ?>) other).keySet()));
      elements(pair.path, new ArrayList<>(map.values()), list(((Map<?, ?>) other).values()));
    } else if (one instanceof Collection<?> collection) {
      elements(pair.path, list(collection), list((Collection<?>) other));
    } else if (isValue(one)) {
      if (!one.equals(other)) {
        differences.add(pair.path + ": " + one + " and " + other);
      }
    } else {
      fields(pair, type);
    }
  }

  /** What may be another object and still the same. */
  private static boolean isValue(Object object) {
    String name = object.getClass().getName();
    return name.startsWith("java.") && !name.startsWith("java.util.")
        || name.startsWith("org.godwit.model");
  }

  private static List<Object> list(Collection<?> collection) {
    return new ArrayList<>(collection);
  }

  private void elements(String path, List<?> one, List<?> other) {
    if (one.size() != other.size()) {
      differences.add(path + ": " + one.size() + " and " + other.size() + " elements");
      return;
    }
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i) != null || other.get(i) != null) {
        left.add(new Pair(path + "[" + i + "]", one.get(i), other.get(i)));
      }
    }
  }

  private void fields(Pair pair, Class<?> type) {
    for (Class<?> at = type; at.getName().startsWith("org.godwit"); at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)
            && !Modifier.isTransient(modifiers)
            && !CACHES.containsKey(at.getSimpleName() + "." + field.getName())) {
          Object one = Inside.get(field, pair.one);
          Object other = Inside.get(field, pair.other);
          if (field.getType().isPrimitive() ? !one.equals(other) : one != other) {
            left.add(new Pair(pair.path + "." + field.getName(), one, other));
          }
        }
      }
    }
  }

  private static final Map<String, String> CACHES = new TreeMap<>();

  static {
    CACHES.put("Page.code", "decoded code of a page that can change");
    CACHES.put("Page.decoded", "whether there is any");
    CACHES.put("Page.kept", "what a checkpoint has of it");
    CACHES.put("Page.hash", "kept until the bytes change");
    CACHES.put("Page.hashed", "whether it is");
    CACHES.put("Journal.chunks", "compared by the test: the last one has room");
  }
}
