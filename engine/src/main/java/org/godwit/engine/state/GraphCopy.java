package org.godwit.engine.state;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Copies everything that can be reached from an object, exactly: the copy has the same shape and
 * the same values, what was one object is one object in it, and the original does not notice.
 *
 * <p>What becomes of an object follows from its class:
 *
 * <ul>
 *   <li>strings, numbers, constants, exceptions, what a class holds statically, and whatever the
 *       caller names as unchanging are shared with the original;
 *   <li>a {@link Sealable} is shared once it is sealed, a {@link CopyOnWrite} says itself what
 *       becomes of it;
 *   <li>records, immutable lists and lambdas are made anew from copies of what they hold, or shared
 *       if that is all shared;
 *   <li>arrays and the collections of java.util are filled with copies, in the same order;
 *   <li>any other class of ours is made without its constructor and filled field by field, but for
 *       {@code transient} ones: these stay empty while the copy is kept, and {@link Revivable} sets
 *       them when it is to run.
 * </ul>
 *
 * <p>A class that fits none of these is an error of ours: {@link IllegalStateException} with its
 * name and the way to it. One instance makes one copy. Not thread safe, but for what it keeps of
 * classes.
 */
public final class GraphCopy {
  private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

  /** Bytes of one in an array, as in every heap below 32 GiB. */
  private static final long REFERENCE = 4;

  private final boolean forKeeping;
  private final Predicate<Class<?>> unchanging;
  private final Map<Class<?>, Shape> shapes = new HashMap<>();
  private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();
  private final ArrayDeque<Runnable> toFill = new ArrayDeque<>();
  private final List<Runnable> toCompare = new ArrayList<>();
  private final List<Revivable> toRevive = new ArrayList<>();
  private final ArrayDeque<Object> path = new ArrayDeque<>();
  private long bytes;

  private GraphCopy(boolean forKeeping, Predicate<Class<?>> unchanging) {
    this.forKeeping = forKeeping;
    this.unchanging = unchanging;
  }

  /**
   * A copy with what it occupies.
   *
   * @param root the copy of what was to be copied
   * @param bytes of memory that it has for itself, about
   */
  public record Kept<T>(T root, long bytes) {}

  /**
   * A copy that is kept and never run: its transient fields are empty, and what is copied on write
   * it may have in common with the original.
   *
   * @param unchanging which classes of objects are never changed by anybody and can be shared
   */
  public static <T> Kept<T> kept(T root, Predicate<Class<?>> unchanging) {
    GraphCopy copy = new GraphCopy(true, unchanging);
    T made = copy.copyAll(root);
    return new Kept<>(made, copy.bytes);
  }

  /** A copy of a kept one that can be run. The kept one may be used by several threads for that. */
  public static <T> T revived(T kept, Predicate<Class<?>> unchanging) {
    return new GraphCopy(false, unchanging).copyAll(kept);
  }

  @SuppressWarnings("unchecked")
  private <T> T copyAll(T root) {
    Object copy = copy(root);
    for (Runnable next = toFill.poll(); next != null; next = toFill.poll()) {
      next.run();
    }
    toCompare.forEach(Runnable::run);
    toRevive.forEach(Revivable::revive);
    return (T) copy;
  }

  // ---------------------------------------------------------------- one object

  private Object copy(Object original) {
    if (original == null) {
      return null;
    }
    Class<?> type = original.getClass();
    Shape shape = shapes.get(type);
    if (shape == null) {
      shape = shape(type);
    }
    if (shape.kind == Kind.SHARED) {
      return original;
    }
    Object known = copies.get(original);
    if (known != null) {
      return known;
    }
    if (original instanceof Sealable sealable && sealable.sealed()) {
      return original;
    }
    Object made =
        switch (shape.kind) {
          case LEAF -> leaf((CopyOnWrite) original);
          case VALUE -> value(original, shape);
          case LIST -> list((List<?>) original);
          case ARRAY -> array(original, type.getComponentType());
          case COLLECTION -> collection(original);
          default -> object(original, shape);
        };
    copies.put(original, made);
    return made;
  }

  private Object leaf(CopyOnWrite original) {
    bytes += original.ownBytes();
    return forKeeping ? original.kept() : original.revived();
  }

  /** A class of ours, made empty; it is filled later, so that circles close. */
  private Object object(Object original, Shape shape) {
    Object made = shape.empty();
    bytes += 16 + 8L * shape.parts.length;
    toFill.add(
        () -> {
          for (Part part : shape.parts) {
            part.move(this, original, made);
          }
        });
    if (!forKeeping && made instanceof Revivable revivable) {
      toRevive.add(revivable);
    }
    return made;
  }

  /** A record or a lambda: by its constructor, if anything in it is another in the copy. */
  private Object value(Object original, Shape shape) {
    path.push(original);
    Object[] values = new Object[shape.parts.length];
    boolean same = true;
    for (int i = 0; i < values.length; i++) {
      Object old = shape.parts[i].get(original);
      values[i] = shape.parts[i].field.getType().isPrimitive() ? old : copy(old);
      same &= values[i] == old;
    }
    path.pop();
    bytes += same ? 0 : 16 + 8L * values.length;
    return same ? original : shape.made(values);
  }

  private Object list(List<?> original) {
    path.push(original);
    Object[] values = original.toArray();
    boolean same = true;
    for (int i = 0; i < values.length; i++) {
      Object old = values[i];
      values[i] = copy(old);
      same &= values[i] == old;
    }
    path.pop();
    if (same) {
      return original;
    }
    bytes += 40 + 8L * values.length;
    return values.length <= 2 ? List.of(values) : Arrays.stream(values).toList();
  }

  private Object array(Object original, Class<?> component) {
    if (component.isPrimitive()) {
      int length = Array.getLength(original);
      Object made = Array.newInstance(component, length);
      bytes += 16 + (long) length * size(component);
      System.arraycopy(original, 0, made, 0, length);
      return made;
    }
    Object[] old = (Object[]) original;
    Object[] made = (Object[]) Array.newInstance(component, old.length);
    bytes += 16 + REFERENCE * old.length;
    toFill.add(
        () -> {
          for (int i = 0; i < old.length; i++) {
            if (old[i] != null) {
              made[i] = copy(old[i]);
            }
          }
        });
    return made;
  }

  private static int size(Class<?> primitive) {
    return primitive == long.class || primitive == double.class
        ? 8
        : primitive == int.class || primitive == float.class
            ? 4
            : primitive == byte.class || primitive == boolean.class ? 1 : 2;
  }

  // ---------------------------------------------------------------- collections of java.util

  private Object collection(Object original) {
    return switch (original) {
      case ArrayList<?> old -> filled(old, new ArrayList<>(old.size()), false);
      case ArrayDeque<?> old -> filled(old, new ArrayDeque<>(Math.max(1, old.size())), false);
      case PriorityQueue<?> old -> filled(old, new PriorityQueue<>(order(old.comparator())), true);
      case TreeSet<?> old -> filled(old, new TreeSet<>(order(old.comparator())), true);
      case LinkedHashSet<?> old -> filled(old, new LinkedHashSet<>(), true);
      case TreeMap<?, ?> old -> filled(old, new TreeMap<>(order(old.comparator())));
      case LinkedHashMap<?, ?> old -> filled(old, new LinkedHashMap<>());
      case EnumMap<?, ?> old -> filledConstants(old);
      case EnumSet<?> old -> old.clone();
      case BitSet old -> old.clone();
      case Optional<?> old -> Optional.ofNullable(copy(old.orElse(null)));
      default -> throw unknown(original.getClass());
    };
  }

  /**
   * Elements in the order of iteration, which for a queue is the order of its heap. What compares
   * them waits until they are complete.
   */
  private Object filled(Collection<?> old, Collection<Object> made, boolean compares) {
    bytes += 64 + 16L * old.size();
    if (!old.isEmpty()) {
      toFill.add(
          () -> {
            Object[] elements = old.toArray();
            for (int i = 0; i < elements.length; i++) {
              elements[i] = copy(elements[i]);
            }
            Collection<Object> content = Arrays.asList(elements);
            if (compares) {
              toCompare.add(() -> made.addAll(content));
            } else {
              made.addAll(content);
            }
          });
    }
    return made;
  }

  private Object filled(Map<?, ?> old, Map<Object, Object> made) {
    bytes += 64 + 48L * old.size();
    if (!old.isEmpty()) {
      toFill.add(
          () -> {
            List<Object> content = new ArrayList<>(2 * old.size());
            old.forEach(
                (key, value) -> {
                  content.add(copy(key));
                  content.add(copy(value));
                });
            toCompare.add(
                () -> {
                  for (int i = 0; i < content.size(); i += 2) {
                    made.put(content.get(i), content.get(i + 1));
                  }
                });
          });
    }
    return made;
  }

  private <K extends Enum<K>> Object filledConstants(EnumMap<K, ?> old) {
    EnumMap<K, Object> made = new EnumMap<>(old);
    toFill.add(() -> made.replaceAll((_, value) -> copy(value)));
    return made;
  }

  /** Comparators are shared or lambdas without variables. */
  @SuppressWarnings("unchecked")
  private Comparator<Object> order(Comparator<?> old) {
    return (Comparator<Object>)
        (old == null || old.getClass().getName().startsWith("java.") ? old : copy(old));
  }

  // ---------------------------------------------------------------- classes

  private enum Kind {
    SHARED,
    LEAF,
    VALUE,
    LIST,
    ARRAY,
    COLLECTION,
    OBJECT
  }

  private static final Set<Class<?>> COLLECTIONS =
      new LinkedHashSet<>(
          List.of(
              ArrayList.class,
              ArrayDeque.class,
              PriorityQueue.class,
              TreeSet.class,
              LinkedHashSet.class,
              TreeMap.class,
              LinkedHashMap.class,
              EnumMap.class,
              BitSet.class,
              Optional.class));

  private Shape shape(Class<?> type) {
    Shape shape = unchanging.test(type) ? Shape.SHARED : SHAPES.get(type);
    if (shape == null) {
      shape = Shape.of(type, this);
      SHAPES.put(type, shape);
    }
    for (Object each : shape.statics) {
      copies.put(each, each);
    }
    shapes.put(type, shape);
    return shape;
  }

  private IllegalStateException unknown(Class<?> type) {
    List<String> way = path.stream().map(each -> each.getClass().getName()).toList();
    return new IllegalStateException("no copy is known of " + type.getName() + " in " + way);
  }

  /**
   * How objects are made that no constructor of theirs has seen: as the JDK does it for those who
   * write their own serialisation (module jdk.unsupported, JEP 260). Found by name, since javac
   * warns of its mention.
   */
  private static final class Empty {
    private static final Object FACTORY;
    private static final Method MAKER;
    private static final Constructor<?> OBJECT;

    static {
      try {
        Class<?> type = Class.forName("sun.reflect.ReflectionFactory");
        FACTORY = type.getMethod("getReflectionFactory").invoke(null);
        MAKER = type.getMethod("newConstructorForSerialization", Class.class, Constructor.class);
        OBJECT = Object.class.getDeclaredConstructor();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("this Java cannot make objects for a copy", e);
      }
    }

    static Constructor<?> maker(Class<?> type) {
      try {
        return (Constructor<?>) MAKER.invoke(FACTORY, type, OBJECT);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("no copy can be made of " + type.getName(), e);
      }
    }
  }

  /** What is known of a class. */
  private static final class Shape {
    static final Shape SHARED = new Shape(Kind.SHARED, new Part[0], null, new Object[0]);

    final Kind kind;
    final Part[] parts;
    final Object[] statics;
    private final Constructor<?> constructor;

    private Shape(Kind kind, Part[] parts, Constructor<?> constructor, Object[] statics) {
      this.kind = kind;
      this.parts = parts;
      this.constructor = constructor;
      this.statics = statics;
    }

    static Shape of(Class<?> type, GraphCopy asker) {
      if (isConstant(type)) {
        return SHARED;
      }
      if (type.isArray()) {
        return new Shape(Kind.ARRAY, new Part[0], null, new Object[0]);
      }
      if (CopyOnWrite.class.isAssignableFrom(type)) {
        return new Shape(Kind.LEAF, new Part[0], null, statics(type));
      }
      if (COLLECTIONS.contains(type) || EnumSet.class.isAssignableFrom(type)) {
        return new Shape(Kind.COLLECTION, new Part[0], null, new Object[0]);
      }
      if (type.getName().startsWith("java.util.ImmutableCollections$List")) {
        return new Shape(Kind.LIST, new Part[0], null, new Object[0]);
      }
      if (type.getModule() != GraphCopy.class.getModule()) {
        throw asker.unknown(type);
      }
      Part[] parts = parts(type, asker);
      if (type.isRecord() || type.isHidden()) {
        if (parts.length == 0) {
          return SHARED;
        }
        return new Shape(Kind.VALUE, parts, constructor(type, parts, asker), statics(type));
      }
      return new Shape(Kind.OBJECT, parts, Empty.maker(type), statics(type));
    }

    private static boolean isConstant(Class<?> type) {
      return type == String.class
          || type == Class.class
          || type == Boolean.class
          || type == Character.class
          || type == BigInteger.class
          || Number.class.isAssignableFrom(type) && type.getName().startsWith("java.lang.")
          || Enum.class.isAssignableFrom(type)
          || Throwable.class.isAssignableFrom(type);
    }

    private static boolean isRoot(Class<?> type) {
      return type == null || type == Object.class || type == Record.class;
    }

    private static Part[] parts(Class<?> type, GraphCopy asker) {
      List<Part> parts = new ArrayList<>();
      for (Class<?> each = type; !isRoot(each); each = each.getSuperclass()) {
        if (each.getModule() != GraphCopy.class.getModule()) {
          throw asker.unknown(type);
        }
        for (Field field : each.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers())
              && !Modifier.isTransient(field.getModifiers())) {
            field.setAccessible(true);
            parts.add(new Part(field));
          }
        }
      }
      return parts.toArray(new Part[0]);
    }

    /**
     * The constructor that takes the fields in their order: the canonical one of a record, and that
     * by which the JVM makes a lambda with variables. That the latter exists is seen here, not
     * promised by anybody.
     */
    private static Constructor<?> constructor(Class<?> type, Part[] parts, GraphCopy asker) {
      Class<?>[] types = new Class<?>[parts.length];
      for (int i = 0; i < types.length; i++) {
        types[i] = parts[i].field.getType();
      }
      try {
        Constructor<?> found = type.getDeclaredConstructor(types);
        found.setAccessible(true);
        return found;
      } catch (NoSuchMethodException e) {
        throw asker.unknown(type);
      }
    }

    /** Objects that a class holds for all: whoever compares with them must find the same ones. */
    private static Object[] statics(Class<?> type) {
      List<Object> found = new ArrayList<>();
      for (Class<?> each = type; !isRoot(each); each = each.getSuperclass()) {
        for (Field field : each.getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            field.setAccessible(true);
            try {
              Object value = field.get(null);
              if (value != null) {
                found.add(value);
              }
            } catch (IllegalAccessException e) {
              throw new IllegalStateException(field + " cannot be read", e);
            }
          }
        }
      }
      return found.toArray();
    }

    Object empty() {
      return made();
    }

    Object made(Object... values) {
      try {
        return constructor.newInstance(values);
      } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(constructor + " refuses a copy", e);
      }
    }
  }

  /** A field. */
  private record Part(Field field) {
    Object get(Object from) {
      try {
        return field.get(from);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(field + " cannot be read", e);
      }
    }

    void move(GraphCopy copy, Object from, Object to) {
      try {
        Class<?> type = field.getType();
        if (!type.isPrimitive()) {
          Object value = field.get(from);
          if (value != null) {
            copy.path.push(from);
            field.set(to, copy.copy(value));
            copy.path.pop();
          }
        } else if (type == long.class) {
          long value = field.getLong(from);
          if (value != 0) { // As is every field of the new object, and reflection is slow.
            field.setLong(to, value);
          }
        } else if (type == int.class) {
          int value = field.getInt(from);
          if (value != 0) {
            field.setInt(to, value);
          }
        } else if (type == boolean.class) {
          if (field.getBoolean(from)) {
            field.setBoolean(to, true);
          }
        } else {
          field.set(to, field.get(from));
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(field + " cannot be copied", e);
      }
    }
  }
}
